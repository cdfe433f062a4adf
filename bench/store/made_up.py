"""Made-up visits of some 700 bytes, in Chinese and English; the same seed makes the same visits."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from visit_core.stamp import instant

VISITS_PER_CUSTOMER = 50
FIRST_DAY = datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=8)))
DAYS = 500

Made = dict[str, Any]

SAID = (
    "客户对新款净水器很感兴趣，询问了滤芯更换周期和价格，希望周末带家人到店里看样品。",
    "家里老人主要关心售后服务，上次安装师傅迟到了一个小时，希望下次提前打电话。",
    "目前使用的是竞品，合同到明年三月才到期，到时候愿意再谈一次，先留下了宣传册。",
    "The customer asked for an offer in writing and compares us with two other suppliers.",
    "Not at home; a neighbour says that they are back after six in the evening.",
    "Wants the larger model with a warranty of three years; the price is the open question.",
)
NEEDS = ("全屋净水方案报价", "更换滤芯两支", "a demonstration on Saturday", "维修上门时间改到下午")
TOPICS = ("新品", "价格", "售后", "活动", "安装", "warranty", "delivery")
OUTCOMES = ("interested", "sold", "not_home", "follow_up", "refused")


def a_visit(number: int, customers: int, seed: int = 1) -> Made:
    """The visit of that number, at one of so many customers; its `visit_id` and date are unlike any other's."""
    dice = random.Random(f"{seed}/{number}")
    arrived_ms = int(_arrival(dice).timestamp() * 1000)
    return {
        "visit_id": f"{arrived_ms:012x}7{number:019x}",
        "customer_id": customer_id(dice.randrange(customers)),
        "visit_date": instant(arrived_ms)[:10],
        "sync": "queued",
        "visit_type": dice.choice(("first", "revisit", "service")),
        "check_in_at": instant(arrived_ms),
        "check_out_at": instant(arrived_ms + dice.randrange(3, 40) * 60_000),
        "check_in_fix": {
            "lat": round(dice.uniform(39.8, 40.1), 6),
            "lng": round(dice.uniform(116.2, 116.6), 6),
            "acc": 12,
        },
        "outcome": dice.choice(OUTCOMES),
        "contact_person": dice.choice("张李王刘陈杨赵黄") + dice.choice(["先生", "女士", "老师"]),
        "topics": sorted(dice.sample(TOPICS, 2)),
        "content": "".join(dice.sample(SAID, 2)),
        "need_summary": dice.choice(NEEDS),
        "satisfaction": dice.randint(1, 5),
        "owner_id": f"{dice.getrandbits(128):032x}",
    }


def customer_id(number: int) -> str:
    """The id of the customer of that number."""
    return f"0198c0de00007{number:019x}"


def an_entry(visit: Made) -> Made:
    """The change that is to tell the server of a visit, as the outbox keeps it: what, when, by whom."""
    return {
        "op": "create",
        "kind": "visit",
        "id": visit["visit_id"],
        "at": f"{visit['check_in_at']}-0000-abcdefgh",
        "clock": {"wall_ms": 1_795_226_400_000, "mono_ms": 1_000_000, "boot": "b" * 12},
        "base": 0,
        "schema_v": 1,
        "by": visit["owner_id"],
    }


def visits(first: int, beyond: int, customers: int) -> Iterator[Made]:
    """The visits from one number up to another."""
    return (a_visit(number, customers) for number in range(first, beyond))


def customers_of(records: int) -> int:
    """At how many doors so many visits were made."""
    return max(1, records // VISITS_PER_CUSTOMER)


def _arrival(dice: random.Random) -> datetime:
    return FIRST_DAY + timedelta(
        days=dice.randrange(DAYS), minutes=dice.randrange(540, 1_200), seconds=dice.randrange(60)
    )
