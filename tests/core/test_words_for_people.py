"""Every error and refusal has its sentence in both languages, with nothing left unfilled."""

import ast
import re
from pathlib import Path

import pytest

import visit_core
from visit_core.error_codes import BY_CODE, from_wire
from visit_core.errors import DeviceRevoked, NotValid, TooSoon, Unreachable
from visit_core.explain import LANGUAGES, explain, sentences
from visit_core.fields import fields_of
from visit_core.kinds import KINDS
from visit_core.notices import notice
from visit_core.picklists import CONSENT_PURPOSE

HEARD = {
    ("service", 1, "05f36fb8fc4935a3"),
    ("marketing", 1, "b2c9c6ef2863c6bd"),
    ("location", 1, "1fa162dd155c7876"),
    ("photo", 1, "d47808e58a1f15ec"),
    ("audio", 1, "1407ab034089dd7d"),
    ("share", 1, "23f75ec2c45441b2"),
    ("minor", 1, "463afb1213d1dc3c"),
}
"""Purpose, version and fingerprint of every text that was ever read out."""

ROOT = Path(visit_core.__file__).parents[1]
PACKAGES = [ROOT / name for name in ("visit_core", "field_app", "sync_server")]


def reasons_given():
    """The code of every `NotValid("…")` and its kin, and of every `Pattern`, in the source."""
    for call in (node for node in _nodes() if isinstance(node, ast.Call)):
        place = {"NotValid": 0, "NotFound": 0, "TooLarge": 0, "Pattern": 1}.get(getattr(call.func, "id", ""))
        given = call.args[place : place + 1] if place is not None else []
        yield from (one.value for one in given if isinstance(one, ast.Constant))


def _nodes():
    for path in (path for package in PACKAGES for path in package.rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def test_both_languages_have_the_same_keys_and_the_same_gaps_to_fill():
    zh, en = sentences("zh"), sentences("en")
    assert zh.keys() == en.keys()
    for key in zh:
        assert set(re.findall(r"{\w+}", zh[key])) == set(re.findall(r"{\w+}", en[key])), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_error_has_its_sentence(lang):
    assert {f"error.{code}" for code in BY_CODE if code not in ("not_found", "too_large")} <= sentences(lang).keys()


def test_every_refusal_in_the_source_has_its_sentence():
    assert {f"invalid.{why}" for why in reasons_given()} - sentences("zh").keys() == set()


def test_the_words_of_the_source_article_are_kept_to_the_letter():
    assert explain(NotValid("mobile", field="mobile"), "zh", kind="customer") == "请输入正确的11位手机号码"
    helped = fields_of(next(kind for kind in KINDS if kind.kind_name == "purchase"))["purchase_date"]
    assert "(yyyy-mm-dd)" in helped.asked.zh
    assert helped.asked.help_zh == "请按照此格式填写日期"


def test_a_refusal_calls_the_field_by_its_label():
    assert explain(NotValid("required", field="name"), "zh", kind="customer") == "请填写客户姓名"
    assert explain(NotValid("required", field="name"), "en", kind="customer") == "Please fill in Name"


def test_facts_fill_the_sentence():
    assert "30 秒" in explain(TooSoon(wait_s=30), "zh")


def test_chinese_sentences_keep_their_tone():
    assert not [text for text in sentences("zh").values() if "!" in text or "！" in text]


def test_every_kind_and_field_has_a_label_in_both_languages():
    for kind in KINDS:
        assert all((kind.zh, kind.en, kind.__doc__))
        assert all(spec.asked.zh and spec.asked.en for spec in fields_of(kind).values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind_name)
def test_no_two_fields_of_a_kind_are_called_alike(kind, lang):
    """A table that is written could not be read again."""
    labels = [spec.asked.label(lang).casefold() for spec in fields_of(kind).values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("purpose", [choice.code for choice in CONSENT_PURPOSE.choices])
def test_a_notice_that_customers_heard_is_not_altered_without_a_new_version(purpose):
    told = notice(purpose)
    assert told is not None
    assert (purpose, told.version, told.hash[:16]) in HEARD
    assert told.text("zh") == sentences("zh")[f"consent.notice.{purpose}"]


def test_a_purpose_that_only_a_newer_version_knows_has_no_text_here():
    assert notice("telepathy") is None


def test_an_error_goes_over_the_wire_and_comes_back_as_itself():
    for code, kind in BY_CODE.items():
        if code != "unexpected":
            sent = kind("mobile", field="x") if issubclass(kind, NotValid) else kind(wait_s=3)
            back = from_wire(sent.code, sent.facts)
            assert (type(back), back.facts) == (kind, sent.facts)
    assert isinstance(from_wire("nonsense", {}), Unreachable)
    assert DeviceRevoked().status == 410
