"""The sample rows of the source article are stored, synced, shown and written back to the letter."""

import csv
import io

import pytest

from field_app.actions.exporting import Wish, export_table
from field_app.actions.importing import Asked, import_table

CUSTOMER = {
    "客户姓名": "张三",
    "联系电话": "13800000000",
    "电子邮箱": "zhangsan@example.com",
    "家庭住址": "北京市朝阳区XX路XX号",
    "购买意向": "非常感兴趣",
    "产品兴趣": "运动鞋、健身器材",
    "附加备注": "客户表示希望获得更详细的产品使用手册。",
}
PURCHASE = {
    "购买日期(yyyy-mm-dd)": "2024-09-10",
    "产品名称": "智能手表",
    "反馈意见": "功能齐全，但电池续航有待提高。",
}
CONTACT = {
    "联系日期(yyyy-mm-dd)": "2024-09-15",
    "联系方式": "电话",
    "沟通主题": "产品咨询",
    "沟通结果": "解答了客户所有问题，并提供了优惠券。",
}

IN_FULL = Wish(reason="核对")


def table(row, path):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, row)
    writer.writeheader()
    writer.writerow(row)
    path.write_bytes(out.getvalue().encode("gbk"))
    return path


def cells(path):
    return next(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("kind", "row"), [("customer", CUSTOMER), ("purchase", PURCHASE), ("contact_record", CONTACT)])
def test_a_sample_row_comes_back_to_the_letter_from_another_device(street, tmp_path, kind, row):
    rep, colleague = street.phone("安娜"), street.phone("本")
    belongs_to = {} if kind == "customer" else {"客户": rep.adds("customer", name="张三")}
    made = import_table(rep.store, table({**belongs_to, **row}, tmp_path / "in.csv"), Asked(kind))
    assert (len(made.ids), made.refusals) == (1, ())
    street.everyone_syncs()
    export_table(colleague.store, kind, tmp_path / "out.csv", IN_FULL)
    written = cells(tmp_path / "out.csv")
    assert {name: written[name] for name in row} == row


def test_a_written_table_is_read_in_again_as_it_was(street, tmp_path):
    rep = street.phone("安娜")
    import_table(rep.store, table(CUSTOMER, tmp_path / "in.csv"), Asked())
    export_table(rep.store, "customer", tmp_path / "out.csv", IN_FULL)
    other = street.phone("西", team="west")
    import_table(other.store, tmp_path / "out.csv", Asked())
    export_table(other.store, "customer", tmp_path / "again.csv", IN_FULL)
    first, again = cells(tmp_path / "out.csv"), cells(tmp_path / "again.csv")
    own = {"id", "负责人"}
    assert {name: again[name] for name in again if name not in own} == {n: first[n] for n in first if n not in own}
