"""Who has forgotten the PIN gets in with an admin's code, and is told plainly where that cannot be."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from field_app.vault.opening import entrusted_of
from tests.app.device import PIN
from tests.screens.house import enter

NEW_PIN = "902147"


@pytest.fixture
def locked_out(house):
    """Ana's window, at the part for a forgotten PIN; her admin has made the code `once`."""
    house.belongs_to_ana()
    house.server.recovery_codes["once"] = house.run("status")["device"]
    window = house.window()
    window.tap("忘记 PIN")
    return window


def gives(window, code="once", pin=NEW_PIN, again=None):
    window.type("一次性码", code)
    window.type("新 PIN", pin)
    window.type("再输一次新 PIN", again or pin)
    window.tap("用新 PIN 打开")


def test_a_code_and_a_new_pin_open_the_app_with_all_that_was_there(house, locked_out):
    assert locked_out.sees("本机的记录一条也不会丢")
    gives(locked_out)
    assert locked_out.sees("今日")
    assert house.run_here(house.device.run(lambda store: store.find("customer")[0].fields["name"])) == "张三"
    house.run_here(house.apps[0].entrance.lock())
    enter(locked_out, PIN)
    assert locked_out.sees("PIN 不正确")
    enter(locked_out, NEW_PIN)
    assert locked_out.sees("今日")


def test_who_remembers_goes_back_to_the_pin(locked_out):
    locked_out.tap("返回解锁")
    enter(locked_out)
    assert locked_out.sees("今日")


def test_a_code_that_is_refused_is_said_so_and_another_may_follow(locked_out):
    gives(locked_out, "guessed")
    assert locked_out.sees("一次性码不正确、已用过或已过期")
    gives(locked_out)
    assert locked_out.sees("今日")


def test_without_a_network_it_is_told_that_it_takes_one_and_the_code_stays_good(house, locked_out):
    house.server.is_off = True
    gives(locked_out)
    assert locked_out.sees("换 PIN 需要网络")
    house.server.is_off = False
    gives(locked_out)
    assert locked_out.sees("今日")


@pytest.mark.parametrize(
    ("pin", "again", "said"), [("123456", None, "请换一个更难猜的 PIN"), (NEW_PIN, "902148", "两次输入的 PIN 不一样")]
)
def test_a_pin_that_will_not_do_uses_up_no_code(house, locked_out, pin, again, said):
    gives(locked_out, pin=pin, again=again)
    assert locked_out.sees(said)
    assert "once" in house.server.recovery_codes


def test_a_device_that_was_never_entrusted_is_told_what_remains(house):
    house.server.organisation_key = None
    house.belongs_to_ana()
    window = house.window()
    window.tap("忘记 PIN")
    gives(window)
    assert window.sees("管理员的一次性码打不开它。已同步的记录在服务器上都在")
    window.tap("返回解锁")
    enter(window)
    assert window.sees("今日")


def test_a_store_that_is_open_in_another_window_uses_up_no_code(house):
    house.belongs_to_ana()
    house.server.recovery_codes["once"] = house.run("status")["device"]
    enter(house.window())
    second = house.window()
    second.tap("忘记 PIN")
    gives(second)
    assert second.sees("另一个程序")
    assert "once" in house.server.recovery_codes


def test_a_device_from_before_recovery_keys_entrusts_its_own_once_it_meets_a_server_that_has_one(house):
    key, house.server.organisation_key = house.server.organisation_key, None
    house.belongs_to_ana()
    public = X25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw().hex()
    house.server.told["/v1/recovery-key"] = {"organisation_key": public}
    window = house.window()
    enter(window)
    house.run_here(house.device.meet())
    assert entrusted_of(house.device.place)[1].organisation_key == public
