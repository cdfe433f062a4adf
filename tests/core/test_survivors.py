"""Is one customer left of those that were merged, whoever merged whom and in which order?"""

from hypothesis import given
from hypothesis import strategies as st

from visit_core.rules.survivors import survivors

IDS = st.sampled_from([letter * 32 for letter in "abcdef"])
MERGES = st.dictionaries(IDS, IDS)


def test_a_merged_customer_leads_to_the_other():
    assert survivors({"b": "a"}) == {"b": "a"}


def test_a_chain_leads_to_its_end():
    assert survivors({"c": "b", "b": "a"}) == {"c": "a", "b": "a"}


def test_of_two_who_were_merged_opposite_ways_the_smaller_is_left():
    assert survivors({"b": "a", "a": "b"}) == {"b": "a"}


def test_whoever_leads_into_a_circle_leads_to_the_smallest_of_it():
    assert survivors({"d": "c", "c": "b", "b": "c"}) == {"d": "b", "c": "b"}


def test_nobody_is_merged_into_themselves():
    assert survivors({"a": "a"}) == {}


@given(MERGES)
def test_who_is_left_is_merged_into_nobody_and_everybody_ends_there(into):
    found = survivors(into)
    assert set(found.values()).isdisjoint(found)
    assert all(found.get(into[one], into[one]) == found.get(one, one) for one in into)
