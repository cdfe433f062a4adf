"""What a change says travels and is remembered in one form for ever: devices send it again after any update."""

import json

import pytest

from visit_core.change import Change, fingerprint, said_in

CLOCK = {"wall_ms": 1_795_226_400_000, "mono_ms": 5, "boot": "b1"}
STAMP = "019000000000000abcdefgh"
VALUES = {"name": "王芳", "lat": 39.5, "tags.vip": 1, "flag": True, "none": None, "in": {"b": [1, 2], "a": "x"}}
FULL = {
    "n": 7, "op": "create", "kind": "visit", "id": "0198c0de00007" + "0" * 19, "scope": "user:ana", "fields": VALUES,
    "at": STAMP, "clock": CLOCK, "base": 3, "tx": 2, "by": "b" * 32,
}  # fmt: skip
BARE = {
    "n": 1, "op": "delete", "kind": "visit", "id": "a" * 32, "at": STAMP,
    "clock": {"wall_ms": 1, "mono_ms": 5, "boot": "b1"}, "by": "b" * 32,
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (FULL, "3da47a2d65f66ee61b345392c336950d6c5394d8a090d65903f6bf652ffd4cae"),
        (BARE, "818b59033d32d6d4b82a12c3209f375580184a75c572930303eb4b309197aff6"),
    ],
)
def test_a_change_has_the_fingerprint_that_it_had_in_the_first_release(said, known):
    assert fingerprint(said_in(Change.model_validate(said))) == known


@pytest.mark.parametrize("said", [FULL, BARE])
def test_what_goes_without_saying_is_left_out(said):
    spelled_out = {"base": 0, "tx": None, "scope": None, "fields": {}, "schema_v": 1, **said}
    change = Change.model_validate(spelled_out)
    assert said_in(change) == said == json.loads(change.model_dump_json(exclude_defaults=True))
