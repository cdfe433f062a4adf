"""The acceptance scenarios that need two sides hold for other values than those they are written with."""

import csv
import io

import pytest

from field_app.actions.assessing import assessed as assessed_here
from field_app.actions.edits import wanted
from field_app.actions.exporting import Wish, export_table
from field_app.actions.importing import Asked, import_table
from sync_server.assessing import assessed as assessed_there
from visit_core.errors import NotValid
from visit_core.explain import explain
from visit_core.rules.why import why_all

PETS = {"key": "pets", "label_zh": "宠物数", "data_type": "整数", "validation": {"min": "0", "max": "9"}}
CAGE = {"key": "cage", "label_zh": "笼子", "data_type": "单选"}
SIZES = [{"code": "s", "zh": "小号"}, {"code": "l", "zh": "大号"}]


def refused(phone, **fields):
    with pytest.raises(NotValid) as why:
        phone.adds("customer", name="小宝", **fields)
    return explain(why.value, "zh", kind="customer")


def test_t09_fields_of_other_names_and_limits_are_asked_and_checked(street):
    ana, ada = street.phone("安娜"), street.phone("艾达", "admin")
    old = ana.adds("customer", name="韩梅")
    ada.adds("custom_field", entity="customer", **PETS)
    ada.adds("custom_field", entity="customer", **CAGE, options=SIZES)
    form = {"name": "上门快速登记", "key": "quick", "entity": "customer", "version": 2, "status": "published"}
    ada.adds("form_template", **form, fields=[{"field": "custom.pets"}, {"field": "custom.cage"}])
    street.everyone_syncs()
    new = ana.adds("customer", name="小宝", **{"custom.pets": "9", "custom.cage": "大号"})
    assert ana.sees("customer", new)["custom"] == {"pets": 9, "cage": "l"}
    assert ana.sees("customer", new)["template_version"] == 2
    assert ana.sees("customer", old)["template_version"] in (None, 1)
    assert ana.sees("customer", old)["custom"] == {}
    assert refused(ana, **{"custom.pets": "10"}) == "宠物数应在 0 到 9 之间"
    assert refused(ana, **{"custom.pets": "2.5"}) == "宠物数：请输入整数"
    assert refused(ana, **{"custom.cage": "中号"}) == "笼子请从下列选项中选择：小号、大号"


BOUGHT = [
    [("2026-11-02", "3000", None), ("2026-09-01", None, None)],
    [("2025-12-01", "21000", "2"), ("2026-06-30", "0.5", "1"), ("2026-11-22", "99999", "1")],
    [],
]
SAID = [{"purchase_intention": "yes"}, {"willingness": 1, "purchase_power": 3}, {"purchase_intention": "very"}]


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_t28_phone_and_server_tell_the_same_grade_promise_and_stage(street, place, lang):
    ana = street.phone("安娜")
    customer = ana.adds("customer", name="韩梅", **SAID[place])
    for day, amount, quantity in BOUGHT[place]:
        told = {"product_name": "跑步机", "amount": amount, "quantity": quantity}
        ana.adds("purchase", customer_id=customer, purchase_date=min(day, "2026-11-21"), **told)
    ana.adds("customer", name="朋友", referrer_id=customer)
    ana.adds("visit", customer_id=customer, outcome="interested", content="x")
    gone = ana.adds("satisfaction_rating", customer_id=customer, score=1)
    ana.deletes("satisfaction_rating", gone)
    ana.adds("satisfaction_rating", customer_id=customer, score=5)
    street.everyone_syncs()
    view = wanted(ana.store, "customer", customer)
    here = why_all(view.fields, assessed_here(ana.store, view), lang)
    found = assessed_there(street.office.store, ana.me.team, customer, ana.store.moment().today)
    assert why_all(found.customer, found.told, lang) == here
    assert found.told.worth.referrals == 1


ROWS = {
    "customer": {
        "客户姓名": "欧阳靖",
        "联系电话": "18655550101",
        "电子邮箱": "ouyang@example.org",
        "家庭住址": "浙江省杭州市西湖区文三路 8 号",
        "购买意向": "犹豫",
        "产品兴趣": "瑜伽垫、跑步机",
        "附加备注": "等孩子放学后再来；-5℃以下不出门",
    },
    "purchase": {"购买日期(yyyy-mm-dd)": "2025-02-28", "产品名称": "跑步机", "反馈意见": '"噪音大",\n但结实'},
    "contact_record": {
        "联系日期(yyyy-mm-dd)": "2025-03-01",
        "联系方式": "微信",
        "沟通主题": "=退换货",
        "沟通结果": "@已换新",
    },
}


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_t10_other_rows_are_exported_by_a_colleague_and_read_in_again_to_the_byte(street, tmp_path, kind, encoding):
    ana, ben = street.phone("安娜"), street.phone("本")
    belongs_to = {} if kind == "customer" else {"客户": ana.adds("customer", name="欧阳靖")}
    file = written(tmp_path / "in.csv", {**belongs_to, **ROWS[kind]}, encoding)
    (made,) = import_table(ana.store, file, Asked(kind)).ids
    street.everyone_syncs()
    first = exported(ben, kind, tmp_path / "first.csv")
    told = {name: cell.removeprefix("'") for name, cell in first.items()}
    assert {name: told[name] for name in ROWS[kind]} == ROWS[kind]
    ben.deletes(kind, made)
    import_table(ben.store, tmp_path / "first.csv", Asked(kind))
    again = exported(ben, kind, tmp_path / "again.csv")
    own = {"id"}
    assert {n: c for n, c in again.items() if n not in own} == {n: c for n, c in first.items() if n not in own}


def written(file, row, encoding):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([row.keys(), row.values()])
    file.write_bytes(out.getvalue().encode(encoding))
    return file


def exported(phone, kind, file):
    export_table(phone.store, kind, file, Wish(reason="核对"))
    (row,) = csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    return row
