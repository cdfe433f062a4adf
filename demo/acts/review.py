"""Act four: the supervisor's word reaches the door, and a lost answer does no harm."""

import csv
import io

from demo.acts.apart import REP_SAW
from demo.processes import Answer
from demo.stage import Stage, prove

ADVICE, MENDED = "请补充客户具体想要哪一本手册", "客户想要 X200 跑步机的使用手册和保养手册"


def the_supervisor_returns_the_visit(stage: Stage) -> Answer:
    """The supervisor returns the visit with a comment on one field; without a comment it is refused."""
    visit = stage.found["visit"]
    refused = stage.supervisor.run("review", visit, "returned", expect=2)["error"]
    prove(refused["code"] == "not_valid", "a return without a word is refused")
    stage.supervisor.run("review", visit, "returned", "--field", "content", "--comment", ADVICE)
    stage.supervisor.run("sync")
    prove(_on_server(stage)["review_state"] == "returned", "the server holds the verdict")
    return {"refused": refused["message"]}


def the_verdict_is_read_offline(stage: Stage) -> Answer:
    """With the server stopped again, the rep's device shows the visit returned and the comment on its field."""
    stage.rep.run("sync")
    stage.server.stop()
    shown = stage.rep.get("visit", stage.found["visit"])
    (note,) = shown["review_notes"]
    prove(shown["review_state"] == "returned", "it shows as returned")
    prove((note["field"], note["comment"]) == ("content", ADVICE), "with the comment on its field")
    stage.secrets.append(ADVICE)
    return {"round": shown["review_round"]}


def the_rep_corrects_and_the_supervisor_approves(stage: Stage) -> Answer:
    """The rep corrects offline and syncs: the second round is pending; the supervisor approves."""
    visit = stage.found["visit"]
    stage.rep.run("set", "visit", visit, f"content={MENDED}")
    stage.secrets.append(MENDED)
    stage.serve()
    stage.everyone_syncs()
    again = stage.supervisor.get("visit", visit)
    state = (again["review_state"], again["review_round"], again["content"])
    prove(state == ("pending", 2, MENDED), f"the second round is pending: {state[:2]}")
    stage.supervisor.run("review", visit, "approved")
    stage.everyone_syncs()
    prove(set(stage.everywhere("visit", visit, "review_state")) == {"approved"}, "all see it approved")
    return {"round": 2}


def a_retry_changes_nothing(stage: Stage) -> Answer:
    """An answer is lost on the wire after the server has committed; the same request again changes nothing."""
    customer = stage.found["customers"][-1]["id"]
    stage.rep.run("set", "customer", customer, "tags=老客户、有狗")
    stage.wire.answers_cut = True
    stage.rep.run("sync", expect=3)
    stage.wire.answers_cut = False
    waiting, before = stage.rep.run("status")["waiting"], stage.server.run("verify")
    prove(waiting == 1, "the device does not know that it arrived")
    report = stage.rep.run("sync")
    after = stage.server.run("verify")
    prove(report["waiting"] == 0, "now it knows")
    prove(before == after, "the central store is the same, to the last number")
    counts: Answer = after["counts"]
    return counts


def the_export_equals_what_was_entered(stage: Stage) -> Answer:
    """The visits exported as CSV equal what was entered at the doors."""
    path = stage.folder / "visits.csv"
    stage.supervisor.run("export", "visit", str(path))
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))}
    told = rows[stage.found["visit"]]
    entered = {"沟通内容": MENDED, "拜访结果": "感兴趣", "产品兴趣": "运动鞋、健身器材", "审核状态": "已通过"}
    prove({name: told[name] for name in entered} == entered, "every cell is as entered")
    prove(set(rows) == {stage.found["visit"], stage.found["other_visit"]}, "and no visit more or less")
    prove(REP_SAW not in told.values(), "the corrected words stand")
    return {"visits": len(rows)}


def _on_server(stage: Stage) -> Answer:
    record: Answer = stage.server.run("get", "visit", stage.found["visit"])["record"]
    return record
