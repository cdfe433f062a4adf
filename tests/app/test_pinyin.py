"""Is a name found by the letters that spell it, and heard where it is written otherwise?"""

import subprocess
import sys

import pytest

from field_app.actions import records
from field_app.actions.customer_list import load, matching
from field_app.actions.twins import known_customers, twins
from field_app.pinyin import is_meant, readings_of, sound
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone


@pytest.mark.parametrize("typed", ["zhangsanfeng", "zsf", "zs", "zhangs", "zhsanf", "sanfeng", "ZS", "zhang san"])
def test_letters_spell_a_name_in_full_by_initials_and_from_any_character_on(typed):
    assert is_meant(readings_of("张三丰"), typed)


@pytest.mark.parametrize("typed", ["", "x", "zx", "zhangsi", "138", "张"])
def test_other_letters_mean_somebody_else(typed):
    assert not is_meant(readings_of("张三丰"), typed)


@pytest.mark.parametrize(("name", "typed"), [("单雄信", "shan"), ("单雄信", "dan"), ("曾明", "zeng"), ("吕布", "lvbu")])
def test_a_character_of_several_readings_is_found_by_each(name, typed):
    assert is_meant(readings_of(name), typed)


def test_a_long_name_is_searched_without_a_detour():
    assert not is_meant(readings_of("家" * 50), "j" * 60)


def test_a_search_finds_who_is_written_so_before_who_is_spelled_so(tmp_path):
    store = a_phone(tmp_path / "phone", FakeServer(FakeClock())).store
    records.add_each(store, "customer", [{"name": "张三"}, {"name": "ZS Co"}, {"name": "李四"}])
    assert [row.name for row in matching(load(store).rows, "zs")] == ["ZS Co", "张三"]


def test_who_sounds_like_somebody_known_is_perhaps_the_same(tmp_path):
    store = a_phone(tmp_path / "phone", FakeServer(FakeClock())).store
    records.add(store, "customer", {"name": "张三", "mobile": "13800000000"})
    found = twins(known_customers(store), "章三", "")
    assert [(by, one.name) for by, one in found] == [("sound", "张三")]
    assert sound("章三") == sound("张三") == "zhang san"


def test_the_large_table_of_phrases_stays_out_of_memory():
    reads = "from field_app.pinyin import sound; sound('张三')"
    asked = f"{reads}; from pypinyin.constants import PHRASES_DICT; print(len(PHRASES_DICT))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == "0"
