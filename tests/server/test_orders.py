"""Whatever people do offline and in whatever order they come back: everybody ends with the same (M2)."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.world import Office, Phone

edits = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["remark", "occupation", "position", "delete", "restore"]),
        st.sampled_from(["red", "green", "blue", None]),
    ),
    min_size=1,
    max_size=12,
)


def edit(phone: Phone, id: str, field: str, value: str | None) -> None:
    if field in ("delete", "restore"):
        phone.does(field, "customer", id)
    else:
        phone.sets("customer", id, **{field: value})


def last_words(script: list[tuple[int, str, str | None]]) -> set[tuple[str, str]]:
    """What each person said last of each field."""
    said = {(who, field): value for who, field, value in script if field not in ("delete", "restore")}
    return {(field, value) for (_, field), value in said.items() if value is not None}


def ends_with(seen_order: list[int], script: list[tuple[int, str, str | None]], *, twice: bool) -> tuple:
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "home")
        phones = [office.phone(name) for name in ("Ana", "Ben", "Cai")]
        id = phones[0].creates(name="王芳")
        for phone in [*phones, *phones]:
            phone.syncs()
        for minute, (who, field, value) in enumerate(script, start=1):
            office.clock.at(minute)
            edit(phones[who], id, field, value)
        office.clock.at(60)
        for who in seen_order:
            phones[who].syncs()
        for phone in phones * (2 if twice else 1):
            phone.syncs()
        rows = [dict(phone.sees("customer", id)) for phone in phones]
        assert rows[0] == rows[1] == rows[2]
        assert not office.store.flaws()
        overruled = {(one["field"], str(one["loser"]["value"])) for one in office.conflicts(phones[0].team)}
        assert {said for said in last_words(script) if rows[0].get(said[0]) != said[1]} <= overruled
        office.store.close()
        told = ("created_by", "updated_by", "team_id")
        return tuple(sorted((name, str(value)) for name, value in rows[0].items() if name not in told))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits, st.permutations([0, 1, 2]), st.permutations([0, 1, 2]))
def test_the_order_of_deliveries_does_not_matter_and_whatever_did_not_stand_is_in_the_conflict_log(script, one, other):
    assert ends_with(one, script, twice=True) == ends_with(other, script, twice=False)
