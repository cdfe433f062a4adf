"""Nobody is written down twice unnoticed: by the number from its fourth digit, by the name, by the door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visit_core.rules.doors import address_key, household_key, is_same_door
from visit_core.rules.twins import Trace, alike, likeness, name_key

ZHANG = Trace("+8613800001234", "张三", address_key("北京市朝阳区花家地北里3号楼2单元501室"))


@pytest.mark.parametrize("typed", ["1380", "138 00", "+86 1380", "１３８０", "0086-138-0", "1234", "13800001234"])
def test_a_number_is_known_from_its_fourth_digit_on_whichever_digits_they_are(typed):
    assert likeness(Trace(typed), ZHANG) == "number"


@pytest.mark.parametrize("typed", ["", "138", "1381", "13800001235"])
def test_fewer_or_other_digits_say_nothing(typed):
    assert likeness(Trace(typed), ZHANG) is None


@pytest.mark.parametrize("name", ["张三", " 张 三 ", "张·三"])
def test_a_name_is_known_however_it_is_spaced(name):
    assert likeness(Trace(name=name), ZHANG) == "name"
    assert likeness(Trace("1390", name), ZHANG) == "name"


def test_two_whole_numbers_that_differ_are_two_people_of_one_name():
    assert likeness(Trace("13900001234", "张三"), ZHANG) is None


def test_who_sounds_alike_may_be_the_same():
    assert likeness(Trace(name="章三", sound="zhang san"), Trace(name="张三", sound="zhang san")) == "sound"


DOORS = [
    "北京市朝阳区花家地北里3号楼2单元501室",
    "花家地北里3号楼二单元501",
    "花家地北里 ３ 栋 2 单元 501 室",
    "花家地北里3-2-501",
    "朝阳区花家地北里三号楼2单元 501",
]


@pytest.mark.parametrize("one", DOORS)
@pytest.mark.parametrize("other", DOORS)
def test_one_door_has_one_key_however_it_is_written(one, other):
    shorter, longer = sorted((address_key(one), address_key(other)), key=len)
    assert longer.endswith(shorter)
    if not longer.startswith("北京") or shorter == longer or not shorter.startswith("朝阳"):
        assert is_same_door(shorter, longer)


@pytest.mark.parametrize(
    "other",
    ["花家地北里3号楼2单元502室", "花家地北里13号楼2单元501室", "花家地北里3号楼2单元", "花家地", "", "501"],
)
def test_another_door_is_another(other):
    assert not is_same_door(address_key(DOORS[0]), address_key(other))


def test_a_door_in_four_parts_has_the_key_of_its_address():
    told = household_key({"community": "花家地北里", "building": "3号楼", "unit": "二单元", "room": "501"})
    assert is_same_door(told, address_key(DOORS[0]))
    assert likeness(Trace(door=told), ZHANG) == "door"
    assert likeness(Trace(name="张三", door=told), ZHANG) == "name_and_door"


def test_tens_are_counted():
    assert address_key("幸福小区十二栋二十一层三室") == address_key("幸福小区12栋21层3室")


def test_the_likeliest_comes_first():
    known = {
        "ends so": Trace("+8613911111380"),
        "begins so": Trace("+8613800009999"),
        "lives there": Trace("+8613922222222", door=ZHANG.door),
        "is nobody": Trace("+8613933333333", "李四"),
    }
    found = alike(Trace("1380", "王五", ZHANG.door), known, known.__getitem__)
    assert [(by, who) for by, who in found] == [("number", "begins so"), ("number", "ends so"), ("door", "lives there")]


@given(st.text(max_size=30))
def test_a_key_of_any_address_is_made_and_is_the_same_door_as_itself(address):
    key = address_key(address)
    assert key == "" or is_same_door(key, key)


@given(st.text(st.characters(categories=["Lo", "Lu", "Zs", "Nd"]), min_size=1, max_size=20))
def test_a_name_has_one_key(name):
    assert name_key(name_key(name)) == name_key(name)


@given(st.integers(13_000_000_000, 19_999_999_999), st.integers(0, 7), st.integers(4, 11))
def test_any_four_digits_in_a_row_find_a_number(number, start, length):
    assert likeness(Trace(str(number)[start : start + max(4, length)]), Trace(f"+86{number}")) in ("number", None)
    assert likeness(Trace(str(number)[start : start + 4]), Trace(f"+86{number}")) == "number"
