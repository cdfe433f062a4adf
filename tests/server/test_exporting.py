"""A team's records leave by the operator's command: masked or for a reason, written down, harmless, locked."""

import csv
import io
import stat

import pytest
from msoffcrypto import OfficeFile
from openpyxl import load_workbook

from sync_server.exporting import Wish, export
from tests.server.running import Operator
from tests.server.test_recovery import audited

LIST = '客户姓名,联系电话,电子邮箱,附加备注\n张三,13800001234,zhang@example.com,"=HYPERLINK(""http://x"")"\n李四,13900005678,,@ta\n'


@pytest.fixture
def operator(tmp_path):
    operator = Operator(tmp_path)
    operator.environment["LANG"] = "zh_CN.UTF-8"
    operator.says("init")
    operator.says("add-person", "--name", "安娜", "--role", "rep", "--team", "east")
    operator.says("add-person", "--name", "本", "--role", "rep", "--team", "west")
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    operator.says("import", str(tmp_path / "list.csv"), "--team", "east")
    return operator


def exports(operator, file, *more, team="east", **said):
    return operator.says("export", "customer", str(file), "--team", team, *more, **said)


def rows(file):
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))


def test_without_a_reason_numbers_and_mailboxes_leave_masked(operator, tmp_path):
    told = exports(operator, tmp_path / "out.csv")
    assert (told["exported"], told["masked"], told["locked"]) == (2, True, False)
    zhang, li = rows(tmp_path / "out.csv")
    assert (zhang["客户姓名"], zhang["联系电话"], zhang["电子邮箱"]) == ("张三", "138****1234", "z****@example.com")
    assert li["联系电话"] == "139****5678"
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600


def test_with_a_reason_they_leave_in_full_and_no_cell_is_a_formula(operator, tmp_path):
    assert exports(operator, tmp_path / "out.xlsx", "--reason", "年度核对")["masked"] is False
    header, zhang, li = load_workbook(tmp_path / "out.xlsx").active.values
    said = dict(zip(header, zhang, strict=True))
    assert (said["联系电话"], said["附加备注"]) == ("13800001234", '\'=HYPERLINK("http://x")')
    assert dict(zip(header, li, strict=True))["附加备注"] == "'@ta"


def test_what_left_comes_in_again_as_it_was(operator, tmp_path):
    exports(operator, tmp_path / "out.csv", "--reason", "搬家")
    told = operator.says("import", str(tmp_path / "out.csv"), "--team", "west")
    assert (told["imported"], told["refused"]) == (2, [])


def test_a_locked_workbook_opens_with_its_password_alone(operator, tmp_path):
    operator.environment["SYNC_SERVER_FILE_PASSWORD"] = "correct horse"
    assert exports(operator, tmp_path / "out.xlsx", "--reason", "核对")["locked"] is True
    content = (tmp_path / "out.xlsx").read_bytes()
    assert b"13800001234" not in content
    book, opened = OfficeFile(io.BytesIO(content)), io.BytesIO()
    book.load_key(password="correct horse", verify_password=True)
    book.decrypt(opened)
    assert load_workbook(opened).active["B2"].value == "张三"
    error = exports(operator, tmp_path / "out.csv", status=2)["error"]
    assert (error["code"], (tmp_path / "out.csv").exists()) == ("export_password", False)


def test_nobody_elses_records_leave_nor_those_in_the_bin(operator, tmp_path):
    assert exports(operator, tmp_path / "out.csv", team="west")["exported"] == 0
    (tmp_path / "more.csv").write_text("客户姓名\n王五\n", "utf-8")
    made = operator.says("import", str(tmp_path / "more.csv"), "--team", "east")
    operator.says("revert-import", made["import"], "--team", "east")
    assert exports(operator, tmp_path / "out.csv")["exported"] == 2


@pytest.mark.parametrize("reason", ["", "年度核对"])
def test_that_they_left_is_written_down_and_never_what_they_said(office, reason):
    ana = office.phone("Ana")
    ana.creates(name="王芳", mobile="13800001234")
    ana.syncs()
    going = export(office.store, ana.team, "customer", Wish("zh", reason), office.clock())
    assert going.records == 1
    told = [(actor, facts) for actor, action, facts in audited(office) if action == "exported"]
    why = {"reason": reason} if reason else {}
    assert told == [("operator", {"kind": "customer", "records": 1, "masked": int(not reason), **why})]
    assert list(office.store.flaws()) == []


def test_fields_of_our_own_leave_too_and_what_is_sensitive_masked(office):
    ana = office.phone("Ana")
    for key, sensitive in (("shoes", False), ("illness", True)):
        told = {"entity": "customer", "key": key, "label_zh": key, "data_type": "text", "sensitive": sensitive}
        ada = office.phone(f"Ada {key}", "admin")
        ada.creates("custom_field", **told)
        ada.syncs()
    ana.creates(name="王芳", **{"custom.shoes": "42", "custom.illness": "哮喘"})
    ana.syncs()
    content = export(office.store, ana.team, "customer", Wish("zh"), office.clock()).content
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (row["shoes"], row["illness"]) == ("42", "****")


def test_what_cannot_be_is_refused_by_name(operator, tmp_path):
    assert operator.says("export", "dragon", str(tmp_path / "x.csv"), "--team", "east", status=2)["error"]
    assert exports(operator, tmp_path / "nowhere" / "x.csv", status=2)["error"]["code"] == "file_unwritable"
    assert exports(operator, tmp_path / "x.csv", team="north", status=2)["error"]
