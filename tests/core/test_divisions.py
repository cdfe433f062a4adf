"""Are provinces, cities and districts all there, called as people call them, and read from any table?"""

import pytest

from tests.core.test_tables import NOW, names
from visit_core.cell_words import cell_words
from visit_core.divisions import below, called, is_no_city, line_to, name_of, path_of
from visit_core.errors import NotValid
from visit_core.fields import fields_of
from visit_core.kinds import kind_named
from visit_core.tables import read_table, records_from

CUSTOMER = kind_named("customer")


def read(level, said):
    return fields_of(CUSTOMER)[level].read(said, NOW)


def rows(text):
    return list(records_from(read_table(text.encode(), names(CUSTOMER)), CUSTOMER, NOW))


def test_there_are_34_provinces_each_with_a_code_and_a_name():
    assert len(below()) == 34
    assert all(code.endswith("0000") and len(code) == 6 and name_of(code) for code in below())
    assert name_of("710000") == "台湾省"


def test_the_table_is_as_long_as_that_of_the_package():
    inside = [place for province in below() for place in below(province)]
    districts = [place for each in inside for place in below(each)]
    assert (len(inside), len(districts)) == (450, 2728)
    assert len({*below(), *inside, *districts}) == 34 + 450 + 2728


@pytest.mark.parametrize(("province", "count"), [("110000", 16), ("120000", 16), ("310000", 16), ("500000", 37)])
def test_the_four_cities_of_their_own_have_districts_and_no_city(province, count):
    assert len(below(province)) == count
    assert all(list(line_to(district)) == ["province", "district"] for district in below(province))
    assert is_no_city(name_of(province))
    assert read("city", name_of(province)) is None


@pytest.mark.parametrize("code", ["419001", "441900", "469021", "659001"])
def test_a_city_or_county_without_districts_ends_the_way_down(code):
    assert below(code) == ()
    assert list(line_to(code)) == ["province", "city"]


@pytest.mark.parametrize(
    ("level", "said", "code"),
    [
        ("province", "浙江", "330000"),
        ("province", "内蒙古", "150000"),
        ("city", "杭州市", "330100"),
        ("city", "延边", None),
        ("district", "西湖区", None),
        ("district", "徐汇", "310104"),
        ("district", "310104", "310104"),
    ],
)
def test_a_place_is_read_by_its_code_or_by_a_name_that_only_one_has(level, said, code):
    if code:
        assert read(level, said) == code
    else:
        with pytest.raises(NotValid):
            read(level, said)


def test_a_name_that_several_places_have_is_refused_alone_and_read_beside_the_place_above_it():
    assert len(called("district", "鼓楼区")) > 1
    with pytest.raises(NotValid) as refused:
        read("district", "鼓楼区")
    assert refused.value.why == "division_several"
    (row,) = rows("姓名,省,市,区县\n王五,江苏,南京市,鼓楼区\n")
    assert (row.fields["province"], row.fields["city"], row.fields["district"]) == ("320000", "320100", "320106")


def test_a_table_that_names_beijing_twice_means_a_district_of_it():
    (row,) = rows("姓名,省,市,区县\n赵六,北京市,北京市,朝阳区\n")
    assert row.fields["district"] == "110105"
    assert "city" not in row.fields


def test_a_place_that_nobody_knows_is_refused_on_its_column():
    (row,) = rows("姓名,省,市,区县\n孙七,东海省,,\n")
    assert [(column, flaw.why) for column, flaw in row.refused] == [("省", "division")]


def test_a_code_of_before_is_kept_and_called_as_it_was():
    assert read("district", "500112") == "500112"
    assert path_of("500112") == ("渝北区",)


def test_what_a_table_says_of_a_place_is_its_name():
    shape = fields_of(CUSTOMER)["district"].shape
    assert cell_words(shape, "320106", "zh") == "鼓楼区"
    assert cell_words(shape, "999999", "zh") == "999999"
