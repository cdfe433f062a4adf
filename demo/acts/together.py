"""Act three: the server is back; two people's edits meet."""

from demo.acts.apart import ADDRESS, LOSING, WINNING
from demo.processes import Answer
from demo.stage import Stage, prove


def the_server_process_is_back(stage: Stage) -> Answer:
    """The server process is started again on the same central store."""
    address = stage.serve()
    prove(stage.server.run("verify")["ok"], "the central store is sound")
    return {"address": address}


def both_sync_in_the_losing_order(stage: Stage) -> Answer:
    """The later edit arrives first, the earlier one last; the later one still stands everywhere."""
    for device in (stage.colleague, stage.rep, stage.colleague, stage.supervisor):
        device.run("sync")
    customer = _edited(stage)
    numbers = stage.everywhere("customer", customer, "mobile")
    prove(set(numbers) == {f"+86{WINNING}"}, f"devices and server hold the later number: {numbers}")
    waiting = [device.run("status")["waiting"] for device in stage.devices]
    prove(waiting == [0, 0, 0], "nothing waits any more")
    return {"holders": len(numbers)}


def the_other_field_survived(stage: Stage) -> Answer:
    """The address that the overruled person changed in the same breath stands: merging is per field."""
    addresses = stage.everywhere("customer", _edited(stage), "address_detail")
    prove(set(addresses) == {ADDRESS}, "the address stands everywhere")
    return {"holders": len(addresses)}


def the_losing_number_is_kept_with_who_and_when(stage: Stage) -> Answer:
    """The losing number is in the conflict log, with who and when; the supervisor and the loser are told."""
    (logged,) = stage.server.run("conflicts")["conflicts"]
    (notice,) = stage.rep.run("conflicts")["conflicts"]
    (overseen,) = stage.supervisor.run("conflicts")["conflicts"]
    prove(notice["id"] == overseen["id"] == logged["id"], "it is one conflict for everybody")
    prove((notice["kind"], notice["field"]) == ("customer", "mobile"), "it names the field")
    prove(notice["loser"]["value"] == f"+86{LOSING}", "the losing number is kept")
    prove(notice["loser"]["by"] == stage.found[stage.rep.name], "with who")
    prove(notice["loser"]["at"] < notice["winner"]["at"], "and when")
    stage.found["conflict"] = notice["id"]
    return {"conflict": notice["id"], "at": notice["loser"]["at"]}


def the_loser_restores_in_one_call(stage: Stage) -> Answer:
    """The loser makes the losing number current again with one call; everybody has it."""
    stage.rep.run("restore", stage.found["conflict"])
    stage.everyone_syncs()
    numbers = stage.everywhere("customer", _edited(stage), "mobile")
    prove(set(numbers) == {f"+86{LOSING}"}, "the restored number stands everywhere")
    (logged,) = stage.server.run("conflicts")["conflicts"]
    prove(logged["state"] == "restored", "the conflict log says that it was restored")
    return {"holders": len(numbers)}


def _edited(stage: Stage) -> str:
    return str(next(one for one in stage.found["customers"] if one.get("mobile"))["id"])
