"""Tables come in as Excel leaves them and go out so that Excel does no harm."""

from datetime import date

import pytest
from pydantic import JsonValue

from visit_core.cell_files import write_rows
from visit_core.columns import headings_of
from visit_core.errors import NotValid
from visit_core.fields import NO_CUSTOM, fields_of
from visit_core.kinds import kind_named
from visit_core.shapes import Moment
from visit_core.tables import read_table, records_from, table_of

NOW = Moment(now_ms=1_795_226_400_000, today=date(2026, 11, 21))
CUSTOMER, VISIT = kind_named("customer"), kind_named("visit")
S4 = "客户姓名,联系电话,电子邮箱,家庭住址\n张三,13800000000,zhangsan@example.com,北京市朝阳区XX路XX号\n"


def names(kind):
    return headings_of(fields_of(kind))


def rows(text, encoding="utf-8", kind=CUSTOMER):
    return list(records_from(read_table(text.encode(encoding), names(kind)), kind, NOW))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_file_is_read_in_any_usual_encoding(encoding):
    (row,) = rows(S4, encoding)
    assert row.fields["name"] == "张三"
    assert row.fields["mobile"] == "+8613800000000"


def written_table(kind, records, lang="zh"):
    """A CSV file of these records, as an export writes it."""
    header, *rows = table_of(kind, records, lang, NO_CUSTOM)
    return write_rows(header, rows)


def test_cells_may_hold_quotes_commas_and_line_breaks():
    (row,) = rows('客户姓名,附加备注\n"李,""四""","第一行\n第二行"\n')
    assert row.fields == {"name": '李,"四"', "remark": "第一行\n第二行"}


def test_a_refused_cell_is_told_with_its_row_and_column_and_the_rest_is_read():
    first, second = rows("客户姓名,联系电话\n张三,123\n\n李四,13900000000\n")[0:2]
    ((column, broken),) = first.refused
    assert (first.row, column, broken.why) == (2, "联系电话", "mobile")
    assert (second.row, second.fields["name"]) == (4, "李四")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "table_empty"),
        ("\n , \n", "table_empty"),
        ("联系电话\n13800000000\n", "table_header"),
        ("客户姓名,姓名\n张三,李四\n", "table_twice"),
        ("客户姓名\n张三,多余\n", "table_wide"),
        ('客户姓名\n"张三\n', "table_broken"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text, rule):
    with pytest.raises(NotValid) as refused:
        rows(text)
    assert refused.value.why == rule


def test_bytes_of_no_encoding_are_refused():
    with pytest.raises(NotValid, match="table_encoding"):
        read_table(b"\xff\xff\x00\xfe\x81", names(CUSTOMER))


def test_unknown_columns_are_left_out():
    assert rows("客户姓名,星座\n张三,白羊\n")[0].fields == {"name": "张三"}


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@x", "'=1", "''=1", "\t=1", " =1", "'普通", "普通"])
def test_a_formula_is_written_harmless_and_read_back_to_the_letter(text):
    written = written_table(CUSTOMER, [{"id": "0" * 32, "name": "张三", "remark": text}])
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in written.decode("utf-8-sig").split(","))
    assert next(records_from(read_table(written, names(CUSTOMER)), CUSTOMER, NOW)).fields["remark"] == text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_written_is_read_back_equal(lang):
    record: dict[str, JsonValue] = {
        "name": "张三",
        "mobile": "+8613800000000",
        "email": "zhangsan@example.com",
        "interests": ["运动鞋", "健身器材"],
        "purchase_intention": "very",
        "do_not_visit": True,
        "age": 35,
        "remark": '客户表示，"希望"获得更详细的\n产品使用手册 👍',
    }
    written = written_table(CUSTOMER, [{"id": "0" * 32, **record}], lang)
    assert next(records_from(read_table(written, names(CUSTOMER)), CUSTOMER, NOW)).fields == record


def test_a_file_writes_a_mobile_number_as_its_eleven_digits():
    assert b",13800000000," in written_table(CUSTOMER, [{"id": "x", "mobile": "+8613800000000"}])


def test_every_heading_of_a_written_table_is_known_when_read():
    header = read_table(written_table(VISIT, []), names(VISIT)).header
    labels = {spec.asked.zh for spec in fields_of(VISIT).values()}
    assert set(header) - {"id"} <= labels
