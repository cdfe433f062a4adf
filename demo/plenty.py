"""What the story's customers have been through besides, and an admin's work: every screen has something to show."""

import json
import time
from datetime import date, timedelta

from demo import people
from demo.photographs import photograph
from demo.processes import Answer, Device, wait_until_past
from demo.stage import Stage
from demo.staying_away import stays_away

ADMIN, ADMIN_PIN = "周敏", "403817"
KNOWN: Answer = {
    **{"province": "110000", "district": "110105", "wechat_id": "zhangsan_66", "gender": "male", "occupation": "教师"},
    **{"tags": ["老客户", "有狗"], "interests": ["智能手表"], "custom.pets": ["dog"]},
}
COMPANIES = (
    {"name": "晨曦健身有限公司", "address": "北京市朝阳区建国路88号"},
    {"name": "欧阳修远之家电维修服务有限公司"},
)
PETS = "t_pets"
LIVING_THERE = (
    {"title": "小白", "custom.species": "cat", "custom.weight": "4.2"},
    {"title": "旺财", "custom.species": "dog", "custom.weight": "18"},
)
ABROAD: Answer = {
    "name": "林美玲",
    "mobile": "13655556666",
    "address_detail": "12 Orchard Road",
    "is_international": True,
    "willingness": 5,
    "purchase_power": 5,
}
LIFE: dict[str, tuple[Answer, ...]] = {
    "behaviour_event": (
        {"kind": "browse", "target": "按摩椅详情页", "source": "官网"},
        {"kind": "favourite", "target": "按摩椅", "source": "小程序"},
    ),
    "need": ({"need_type": "product", "detail": "想给父母买一台按摩椅", "urgency": "normal"},),
    "complaint": ({"kind": "complaint", "complaint_type": "logistics", "content": "送货晚了两天"},),
    "opportunity": (
        {"title": "健身房整套器材", "stage": "quote", "amount_expected": "26000.00"},
        {"title": "按摩椅", "stage": "contact"},
    ),
    "preference": (
        {"category": "brand", "value": "国产品牌", "polarity": "like", "source": "said"},
        {"category": "contact_time", "value": "晚上不接电话", "polarity": "dislike"},
    ),
}
UNTIDY: tuple[Answer, ...] = (
    {"landline": "01065432100", "company_name": "晨曦　健身"},
    {"landline": "02158765432", "age": 41, "birth_year": 1950},
    {"company_name": "ＡＢＣ 电维修"},
)
"""As people write without a thought: what a cleaning finds."""

TWICE: tuple[Answer, ...] = (
    {"name": "刘芳", "mobile": "13522223333", "address_detail": "北京市海淀区学院路37号6号楼1102", "remark": "有狗"},
    {"name": "何伟", "mobile": "13644445555", "address_detail": "北京市海淀区知春路9号2单元301"},
)
MOVED_BY_REP = {"province": "310000", "district": "310115"}
MOVED_BY_COLLEAGUE = {"province": "440000", "city": "440100", "district": "440106"}


def tell_plenty(stage: Stage) -> None:
    """A life for one customer, fields of our own, and a place that two people changed."""
    stage.found["admin"] = _admin(stage)
    _make_fields(stage.found["admin"])
    _make_strategies(stage.found["admin"])
    _make_a_table(stage.found["admin"])
    _sync(stage.found["admin"], stage.rep)
    _fill_a_life(stage)
    photograph(stage)
    _sync(*stage.devices)
    _weigh(stage)
    _sync(*stage.devices)
    _move_apart(stage)
    _sync(stage.colleague, stage.rep, stage.found["admin"], stage.rep)
    _write_down_twice(stage)
    stage.found["away"] = stays_away(stage)
    conflicts = stage.rep.run("conflicts")["conflicts"]
    stage.found["group_conflict"] = next(one["id"] for one in conflicts if one["field"] != "mobile")


def _sync(*devices: Device) -> None:
    for device in devices:
        device.run("sync")


def _admin(stage: Stage) -> Device:
    env = {"FIELD_APP_PIN": ADMIN_PIN, "FIELD_APP_SECRETS": str(stage.folder / "keystores" / "device-4")}
    device = Device(ADMIN, stage.folder / "device-4", env)
    words = ("--name", ADMIN, "--role", "admin", "--team", people.TEAM)
    person = stage.server.run("add-person", *words)["person_id"]
    device.run("enrol", "--invite", stage.server.run("enrol-code", "--person", person)["invite"])
    return device


def _make_fields(admin: Device) -> None:
    options = [{"code": "cat", "zh": "猫", "en": "Cat"}, {"code": "dog", "zh": "狗", "en": "Dog"}]
    pets = {"key": "pets", "label_zh": "宠物", "label_en": "Pets", "data_type": "choices", "options": options}
    shoes = {"key": "shoes", "label_zh": "鞋码", "label_en": "Shoe size", "data_type": "integer"}
    admin.add_each("custom_field", ({"entity": "customer", **each} for each in (pets, shoes)))


def _make_a_table(admin: Device) -> None:
    pets = {"key": "pets", "name_zh": "宠物档案", "name_en": "Pets"}
    admin.add_each(
        "own_table", (pets, {"key": "demos", "name_zh": "样品台账", "name_en": "Samples", "is_attached": False})
    )
    options = [{"code": "cat", "zh": "猫", "en": "Cat"}, {"code": "dog", "zh": "狗", "en": "Dog"}]
    species = {"key": "species", "label_zh": "种类", "label_en": "Species", "data_type": "choice", "options": options}
    weight = {"key": "weight", "label_zh": "体重", "label_en": "Weight", "data_type": "decimal"}
    admin.add_each("custom_field", ({"entity": PETS, **each} for each in (species, weight)))


def _make_strategies(admin: Device) -> None:
    key = {"tier": "A", "visit_every_days": 21, "reward": "生日礼盒，九折", "care": "主管每季回访一次"}
    admin.add_each("care_strategy", (key, {"tier": "B", "visit_every_days": 45, "reward": "节日礼品"}))


def _fill_a_life(stage: Stage) -> None:
    """One customer has bought, wished, complained and said what they like."""
    of = {"customer_id": stage.found["customers"][0]["id"]}
    for kind, records in LIFE.items():
        stage.rep.add_each(kind, ({**of, **each} for each in records))
    bought = ((12, "智能手表", "1299.00"), (80, "X200 跑步机", "8650.00"), (300, "运动耳机", None))
    stage.rep.add_each("purchase", ({**of, **_bought(*each)} for each in bought))
    stage.rep.add_each("company", COMPANIES)
    stage.rep.add_each("customer", [ABROAD])
    stage.rep.add_each(PETS, ({**of, **each} for each in LIVING_THERE))
    _set(stage.rep, of["customer_id"], KNOWN)
    for customer, given in zip(stage.found["customers"], UNTIDY, strict=False):
        _set(stage.rep, customer["id"], given)
    for customer, label in zip(stage.found["customers"], ("孩子几岁", "孩子几岁", "车位"), strict=False):
        _set(stage.rep, customer["id"], {"extra_lines": [{"label": label, "value": "6"}]})


def _bought(days: int, name: str, amount: str | None) -> Answer:
    day = (date.today() - timedelta(days=days)).isoformat()
    paid = {"amount": amount} if amount else {}
    return {"product_name": name, "purchase_date": day, "quantity": 1, **paid}


def _write_down_twice(stage: Stage) -> None:
    """Two customers whom both reps wrote down at one door; one pair is merged, and then somebody writes there again."""
    twice = [[_add(device, "customer", each) for device in (stage.rep, stage.colleague)] for each in TWICE]
    _set(stage.colleague, twice[0][1], {"remark": "晚上八点后在家", "email": "liufang@example.com", "name": "刘 芳"})
    _sync(*stage.devices, *stage.devices)
    waiting, merged = twice
    stage.supervisor.run("merge", *merged)
    _sync(stage.supervisor)
    _set(stage.colleague, merged[1], {"wechat_id": "hewei_2026", "tags": ["爱喝茶"]})
    _sync(*stage.devices, *stage.devices)
    stage.found["twice"], stage.found["merged"] = ".".join(waiting), merged[0]


def _add(device: Device, kind: str, given: Answer) -> str:
    return str(device.run("add", kind, *(f"{name}={value}" for name, value in given.items()))["id"])


def _move_apart(stage: Stage) -> None:
    """Two people write where the second customer lives; the later word stands."""
    customer = stage.found["customers"][1]["id"]
    _set(stage.rep, customer, MOVED_BY_REP)
    wait_until_past(time.time_ns() // 1_000_000)
    _set(stage.colleague, customer, MOVED_BY_COLLEAGUE)


def _weigh(stage: Stage) -> None:
    """A supervisor says what a customer is worth to us: reps see it, and cannot change it."""
    stage.supervisor.run("sync")
    _set(stage.supervisor, stage.found["customers"][0]["id"], {"strategic_value": 4})


def _set(device: Device, customer: str, given: Answer) -> None:
    device.run("set", "customer", customer, *(f"{name}:={json.dumps(value)}" for name, value in given.items()))
