"""A device of the first release meets this server: its own bytes are taken, and it understands what it is answered."""

from tests.server.world import NINE

FIRST_RELEASE = """{"protocol":1,"device":"%(device)s","epoch":"%(epoch)s",
"sent":{"wall_ms":%(now)d,"mono_ms":1000060000,"boot":"boot-1"},
"changes":[{"n":1,"op":"create","kind":"customer","id":"0199a8f0a5b07c3d8e2f000000000001","scope":"team:%(team)s",
"fields":{"name":"王芳","mobile":"+8613800000001","tags.vip":1},"at":"%(at)s",
"clock":{"wall_ms":%(now)d,"mono_ms":1000000000,"boot":"boot-1"},"base":0,"schema_v":1,"by":"%(by)s"},
{"n":2,"op":"set","kind":"customer","id":"0199a8f0a5b07c3d8e2f000000000001","fields":{"remark":"有狗","aura":"blue"},
"at":"%(later)s","clock":{"wall_ms":%(now)d,"mono_ms":1000030000,"boot":"boot-1"},"base":0,"schema_v":1,"by":"%(by)s"}],
"pull":{"epoch":"%(epoch)s","scopes_v":0,"cursors":{},"limit":1000,"max_bytes":1000000,"schema_v":1}}"""
"""As its program wrote it, but for who it is and when."""

KNOWN_TO_IT = {
    "epoch", "expect_n", "results", "server_ms", "clock", "safe_n", "backoff_s", "max_batch", "pull",
}  # fmt: skip
PAGE = {"epoch", "scopes_v", "scopes", "rows", "cursors", "more", "head"}


def test_its_recorded_request_is_taken_twice_as_once_and_nothing_of_it_is_lost(office):
    ana = office.phone("Ana")
    epoch = office.store.teams()[0].epoch
    at = f"{NINE:011x}0000{ana.device}"
    who = {"device": ana.device, "by": ana.person, "team": ana.team, "epoch": epoch}
    body = (FIRST_RELEASE % {**who, "now": NINE, "at": at, "later": f"{NINE:011x}0001{ana.device}"}).encode()
    first, again = ana.posts(body).json(), ana.posts(body).json()
    assert [result["status"] for result in first["results"]] == ["applied", "applied"]
    assert [result["status"] for result in again["results"]] == ["duplicate", "duplicate"]
    assert (first["expect_n"], set(first) >= KNOWN_TO_IT - {"safe_n"}) == (3, True)
    assert set(first["pull"]) >= PAGE
    row = next(row for row in first["pull"]["rows"] if row["kind"] == "customer")
    fields = {name: row["fields"][name] for name in ("name", "mobile", "tags.vip", "remark", "aura")}
    assert fields == {"name": "王芳", "mobile": "+8613800000001", "tags.vip": 1, "remark": "有狗", "aura": "blue"}
