"""Act one: a server, three people, their customers."""

import httpx

from demo import people
from demo.processes import Answer, Device
from demo.stage import Stage, prove


def a_server_of_its_own_serves_on_loopback(stage: Stage) -> Answer:
    """A server process of its own serves on 127.0.0.1, with an encrypted SQLite file as the central store."""
    stage.server.run("init", "--organisation", people.ORGANISATION, "--address", stage.wire.address)
    address = stage.serve()
    answer = httpx.get(f"{address}/v1/healthz")
    prove(answer.status_code == 200, f"{address} answers")
    prove(address.startswith("http://127.0.0.1:"), "it listens on loopback alone")
    central = (stage.server.home / "central.db").read_bytes()
    prove(not central.startswith(b"SQLite format 3"), "the central store is sealed")
    return {"address": address, "bytes": len(central)}


def two_reps_and_a_supervisor_enrol_by_invite(stage: Stage) -> Answer:
    """Two reps and a supervisor enrol their devices, each with an invite pasted once."""
    for device, role in zip(stage.devices, ("rep", "rep", "supervisor"), strict=True):
        _enrol(stage, device, role)
    said = [device.run("status") for device in stage.devices]
    prove([one["role"] for one in said] == ["rep", "rep", "supervisor"], "each device knows its person's role")
    prove(len({one["device"] for one in said}) == 3, "each device has a name of its own")
    return {"devices": [one["device"] for one in said]}


def an_invite_opens_the_door_once(stage: Stage) -> Answer:
    """A used invite enrols nobody else."""
    thief = Device("?", stage.folder / "device-thief", {**stage.rep.env, "FIELD_APP_SECRETS": str(stage.folder / "x")})
    refused = thief.run("enrol", "--invite", stage.found["invite"], expect=2)
    prove(refused["error"]["code"] == "code_refused", "the used code is refused")
    return {"said": refused["error"]["message"]}


def customers_are_imported_and_everybody_has_them(stage: Stage) -> Answer:
    """Customers are imported from a table on one device; after a sync every device and the server hold them."""
    imported = stage.supervisor.run("import", str(stage.table))
    stage.everyone_syncs()
    lists = [device.run("list", "customer")["records"] for device in stage.devices]
    prove(lists[0] and lists[0] == lists[1] == lists[2], "all devices list the same customers")
    prove(len(lists[0]) == imported["imported"], "every good row has become a customer")
    stage.found["customers"] = lists[0]
    stage.secrets += [one[name] for one in lists[0] for name in ("name", "email", "address_detail") if one.get(name)]
    stage.secrets += [str(one["mobile"]).removeprefix("+86") for one in lists[0] if one.get("mobile")]
    return {key: imported[key] for key in ("imported", "refused") if key in imported}


def _enrol(stage: Stage, device: Device, role: str) -> None:
    words = ("--name", device.name, "--role", role, "--team", people.TEAM)
    person = stage.server.run("add-person", *words)["person_id"]
    invite = stage.server.run("enrol-code", "--person", person)["invite"]
    device.run("enrol", "--invite", invite)
    stage.secrets.append(device.name)
    stage.found[device.name] = person
    stage.found["invite"] = invite
