"""Act two: the server is away, the work goes on."""

import time

import httpx

from demo.processes import Answer, wait_until_past
from demo.secrets_on_disk import files_in, shown_in
from demo.stage import Stage, prove

LOSING, WINNING, ADDRESS = "13811112222", "13822223333", "北京市海淀区学院路30号"
REP_SAW, COLLEAGUE_SAW = "客户表示希望获得更详细的产品使用手册", "门口有狗，约周六下午再来"


def the_server_process_is_stopped(stage: Stage) -> Answer:
    """The server process is ended: nothing answers any more."""
    status = stage.server.stop()
    try:
        httpx.get(f"{stage.wire.address}/v1/healthz", timeout=5)
    except httpx.TransportError:
        return {"exit": status}
    prove(False, "nothing answers")
    return {}


def each_rep_records_a_visit_offline(stage: Stage) -> Answer:
    """Each rep records a visit with no network; the words are saved on the device and wait for the server."""
    customer = _customer(stage)
    interests = "product_interest=运动鞋、健身器材"
    stage.found["visit"] = stage.rep.run(
        "add", "visit", f"customer_id={customer}", "outcome=感兴趣", f"content={REP_SAW}", interests
    )["id"]
    stage.found["other_visit"] = stage.colleague.run(
        "add", "visit", f"customer_id={customer}", "outcome=follow_up", f"content={COLLEAGUE_SAW}"
    )["id"]
    stage.secrets += [REP_SAW, COLLEAGUE_SAW]
    shown = stage.rep.get("visit", stage.found["visit"])
    prove((shown["content"], shown["outcome"]) == (REP_SAW, "interested"), "the visit reads as it was entered")
    waiting = [device.run("status")["waiting"] for device in (stage.rep, stage.colleague)]
    prove(all(waiting), "both wait to be sent")
    return {"waiting": waiting}


def both_edit_the_same_number_offline(stage: Stage) -> Answer:
    """Both change the same customer's number; the first also changes the address, the second edits later."""
    customer = _customer(stage)
    stage.rep.run("set", "customer", customer, f"mobile={LOSING}", f"address_detail={ADDRESS}")
    wait_until_past(time.time_ns() // 1_000_000)
    stage.colleague.run("set", "customer", customer, f"mobile={WINNING}")
    stage.secrets += [LOSING, WINNING, ADDRESS]
    numbers = [device.get("customer", customer)["mobile"] for device in (stage.rep, stage.colleague)]
    prove(numbers == [f"+86{LOSING}", f"+86{WINNING}"], "each sees their own number")
    return {"customer": customer}


def a_sync_without_a_server_loses_nothing(stage: Stage) -> Answer:
    """A sync without a server says so in plain words and loses nothing."""
    before = stage.rep.run("status")["waiting"]
    refused = stage.rep.run("sync", expect=3)["error"]
    prove(stage.rep.run("status")["waiting"] == before, "all of it still waits")
    return {"code": refused["code"], "said": refused["message"]}


def no_file_shows_a_name_or_a_number(stage: Stage) -> Answer:
    """No byte of any file shows a name, number or note: UTF-8, UTF-16, GBK, base64, JSON escapes."""
    folders = [device.home for device in stage.devices]
    folders += [stage.server.home, stage.folder / "keystores", stage.folder / "server-keys"]
    shown = shown_in(folders, stage.secrets)
    prove(not shown, f"nothing is readable on disk: {shown[:3]}")
    log = stage.server.log.read_text("utf-8")
    prove(not [secret for secret in stage.secrets if secret in log], "nor in the server's log")
    return {"files": len(files_in(folders)), "secrets": len(stage.secrets)}


def a_killed_device_has_what_it_saved(stage: Stage) -> Answer:
    """A device killed with SIGKILL right after a save has the save when it is opened again."""
    promised = {"customer_id": _customer(stage), "title": "送产品使用手册", "due_date": "2026-12-01"}
    saved = stage.rep.save_and_be_killed("followup", promised)
    shown = stage.rep.get("followup", saved)
    prove(all(shown[name] == value for name, value in promised.items()), "the save is there")
    return {"followup": saved}


def _customer(stage: Stage) -> str:
    reachable = [one for one in stage.found["customers"] if one.get("mobile")]
    prove(reachable, "there is a customer with a number to tell the story on")
    return str(reachable[0]["id"])
