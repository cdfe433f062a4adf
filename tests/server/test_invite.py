"""The one string that lets a device find, trust and enter."""

import pytest

from visit_core.errors import NotValid
from visit_core.invite import Invite, make_invite, parse_invite

PINNED = Invite("https://visits.example.cn:8460", "ab" * 32, "code-1")
LOCAL = Invite("http://127.0.0.1:8460", None, "code-2")


@pytest.mark.parametrize("invite", [PINNED, LOCAL, Invite("http://[::1]:1", None, "c")])
def test_what_was_made_is_read_back(invite):
    assert parse_invite(make_invite(invite)) == invite


def test_blanks_and_line_breaks_of_a_chat_do_no_harm():
    text = make_invite(PINNED)
    assert parse_invite(f"  {text[:20]}\n{text[20:50]} {text[50:]}\r\n") == PINNED


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_cut_or_altered_invite_is_noticed(cut):
    text = make_invite(PINNED)
    for broken in (text[:-cut], text[cut:], text[:30] + "A" * cut + text[30 + cut :]):
        with pytest.raises(NotValid):
            parse_invite(broken)


@pytest.mark.parametrize(
    "text", ["", "visit1-", "visit1-AAAA", "visit1-é", "visit2-abc", "https://example.cn", "visit1-" + "A" * 9999]
)
def test_anything_else_is_no_invite(text):
    with pytest.raises(NotValid):
        parse_invite(text)


@pytest.mark.parametrize(
    "invite",
    [
        Invite("http://visits.example.cn", None, "c"),
        Invite("http://visits.example.cn", "ab" * 32, "c"),
        Invite("http://127.0.0.1.example.cn", None, "c"),
        Invite("https://visits.example.cn", None, "c"),
        Invite("https://visits.example.cn", "short", "c"),
        Invite("ftp://127.0.0.1", None, "c"),
        Invite("https://", "ab" * 32, "c"),
        Invite("https://visits.example.cn", "ab" * 32, ""),
    ],
    ids=str,
)
def test_no_invite_lets_a_device_talk_in_the_open(invite):
    with pytest.raises(NotValid):
        make_invite(invite)
