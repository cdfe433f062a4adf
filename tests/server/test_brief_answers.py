"""A brief answer says the same: what follows from the result before is left out and filled in again."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from sync_server.entering import answered
from sync_server.exchange import Answer
from visit_core.protocol import ChangeResult, ClockVerdict, ErrorInfo, FieldStamp, SyncResponse

AT = "0199c0de0000000abcdefgh"
TOLD = SyncResponse(epoch="e" * 32, expect_n=9, server_ms=1, clock=ClockVerdict(offset_ms=0, status="ok"))
LOST = {"name": FieldStamp(at=AT, seq=5, by="a" * 32)}

results = st.lists(
    st.builds(
        ChangeResult,
        n=st.integers(1, 5),
        status=st.sampled_from(["applied", "applied", "merged", "duplicate", "rejected"]),
        stamp=st.sampled_from([AT, None]),
        seq=st.sampled_from([None, 4, 5, 6, 57]),
        lost=st.sampled_from([{}, LOST]),
        error=st.sampled_from([None, ErrorInfo(code="not_valid", field="name", facts={"seq": 5, "n": 2})]),
        seal=st.sampled_from([None, "0" * 16]),
    ).filter(lambda result: result.status != "applied" or (result.seq is not None and not result.lost)),
    max_size=6,
)


def applied(count: int) -> list[ChangeResult]:
    return [ChangeResult(n=n, status="applied", stamp=AT, seq=2**32 + n, seal="0" * 16) for n in range(1, count + 1)]


@given(results)
@example(applied(3))
def test_a_brief_answer_is_read_as_the_whole_one(said):
    whole = Answer(TOLD, [answered(result) for result in said], None)
    brief = Answer(TOLD, whole.results, None, is_brief=True)
    assert SyncResponse.model_validate_json(brief.as_json()) == SyncResponse.model_validate_json(whole.as_json())
    assert SyncResponse.model_validate_json(brief.as_json()).results == said


def test_of_a_run_of_new_records_only_the_first_result_names_its_numbers():
    brief = Answer(TOLD, [answered(result) for result in applied(3)], None, is_brief=True)
    first, *others = json.loads(brief.as_json())["results"]
    assert (first["n"], first["seq"]) == (1, 2**32 + 1)
    assert others == [{"status": "applied", "stamp": AT, "seal": "0" * 16}] * 2


def test_who_does_not_ask_for_it_is_told_every_number(filed):
    ana = filed.phone("Ana")
    ana.creates(name="王芳")
    ana.creates(name="李雷")
    told = ana.posts(json.dumps(ana.request()).encode()).json()["results"]
    assert [result["n"] for result in told] == [1, 2]
    assert all("seq" in result for result in told)
    again = ana.posts(json.dumps(ana.request(brief=True)).encode()).json()["results"]
    assert ["n" in result for result in again] == [True, False]
