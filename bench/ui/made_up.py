"""A device that has been in use for years: made-up customers, companies, visits and promises, the same every time."""

import random
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain, islice
from typing import Any

from bench.store.made_up import FIRST_DAY, a_visit
from visit_core.picklists import LIFECYCLE_STAGE
from visit_core.protocol import FeedRow
from visit_core.registers import spread
from visit_core.stamp import instant

Made = dict[str, Any]

TEAM = "team:north"
PER_COMPANY = 20  # customers
PER_PROMISE = 20  # customers, of whom one is waiting to be called on
AT_ONCE = 2_000  # records in one commit
FIRST_MS = int(FIRST_DAY.timestamp() * 1000)
BESIDE_A_VISIT = {"visit_id", "visit_date", "sync"}

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰文建国志红云海燕雪梅晨曦浩宇子涵一诺"
ROADS = ("幸福路", "人民南路", "解放大道", "中山东路", "建设街", "和平里", "朝阳北路", "滨河西街")
TRADES = ("净水设备", "食品", "家具", "五金", "服装", "医药", "电器", "印刷")
TAGS = ("老客户", "转介绍", "价格敏感", "周末在家", "有孩子", "vip")
STAGES = tuple(choice.code for choice in LIFECYCLE_STAGE.choices)


def rows(customers: int, visits: int, person: str) -> Iterator[FeedRow]:
    """All rows that the server has sent: numbered, in the order they were made."""
    companies = max(1, customers // PER_COMPANY)
    made = chain(
        (("company", _id(1, number), _company(number)) for number in range(companies)),
        (("customer", customer_id(number), _customer(number, companies, person)) for number in range(customers)),
        (_visit(number, customers, person) for number in range(visits)),
        (("followup", _id(3, number), _promise(number, person)) for number in range(customers // PER_PROMISE)),
    )
    for seq, (kind, record, fields) in enumerate(made, start=1):
        yield FeedRow(scope=TEAM, seq=seq, op="put", kind=kind, id=record, fields=spread(kind, {}, fields))


def in_pages(fed: Iterable[FeedRow]) -> Iterator[list[FeedRow]]:
    """So many rows at once."""
    rest = iter(fed)
    while page := list(islice(rest, AT_ONCE)):
        yield page


def customer_id(number: int) -> str:
    """The id of the customer of that number."""
    return _id(2, number)


def name_of(number: int) -> str:
    """What the customer of that number is called; one in some hundreds shares it."""
    dice = random.Random(f"name/{number}")
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))


def mobile_of(number: int) -> str:
    """The number of that customer's telephone; no two are alike."""
    return f"+8613{(number * 7_919 + 123_456_789) % 1_000_000_000:09d}"


def company_of(number: int) -> str:
    """The name of the company of that number."""
    dice = random.Random(f"company/{number}")
    return f"{''.join(dice.sample(GIVEN, 2))}{dice.choice(TRADES)}有限公司{number}"


def address_of(number: int) -> str:
    """Where the customer of that number lives."""
    dice = random.Random(f"address/{number}")
    return f"{dice.choice(ROADS)}{dice.randrange(1, 400)}号{dice.randrange(1, 30)}栋{dice.randrange(101, 3309)}室"


def _customer(number: int, companies: int, person: str) -> Made:
    dice = random.Random(f"customer/{number}")
    return {
        "name": name_of(number),
        "mobile": mobile_of(number),
        "address_detail": address_of(number),
        "company_id": _id(1, dice.randrange(companies)),
        "tags": dice.sample(TAGS, 2),
        "lifecycle_stage": dice.choice(STAGES),
        "gender": dice.choice(("male", "female")),
        "email": f"k{number}@mail.example",
        "remark": "约好周末再来，带新款样品和报价单。" * dice.randint(1, 2),
        "updated_at": _moment(dice),
        "owner_id": person,
    }


def _company(number: int) -> Made:
    return {"name": company_of(number), "address_detail": address_of(number)}


def _visit(number: int, customers: int, person: str) -> tuple[str, str, Made]:
    made = a_visit(number, customers)
    fields = {name: value for name, value in made.items() if name not in BESIDE_A_VISIT}
    dice = random.Random(f"visit/{number}")
    fields["customer_id"] = customer_id(dice.randrange(customers))
    fields["review_state"] = "approved" if dice.random() < 0.99 else "pending"
    if dice.random() < 0.25:  # a team of four
        fields["owner_id"] = person
    return "visit", str(made["visit_id"]), fields


def _promise(number: int, person: str) -> Made:
    due = FIRST_DAY + timedelta(days=500 + number % 60)
    about = customer_id(number * PER_PROMISE)
    return {"customer_id": about, "title": "回访", "due_date": f"{due:%Y-%m-%d}", "status": "open", "owner_id": person}


def _moment(dice: random.Random) -> str:
    return instant(FIRST_MS + dice.randrange(500 * 86_400_000))


def _id(group: int, number: int) -> str:
    return f"{FIRST_MS + number:012x}7{group:03x}8{number:015x}"
