"""What an admin says customers of a grade are to have stands on every phone of the team, with no network too."""

from field_app.actions import care, customer_page


def test_a_strategy_reaches_every_phone_and_changes_whom_a_visit_is_due_to(street):
    ana, ada = street.phone("安娜"), street.phone("艾达", "admin")
    key = ana.adds("customer", name="张三", grade_manual="A", grade_reason="老客户")
    ana.adds("visit", customer_id=key, outcome="interested", check_in_at="2026-11-01T02:00:00Z")
    strategy = ada.adds("care_strategy", tier="A", visit_every_days=7, reward="生日礼盒")
    street.everyone_syncs()
    ana.wire.is_cut = True
    page = customer_page.load(ana.store, key)
    assert (page.care.days, page.care.reward) == (7, "生日礼盒")
    assert str(page.next_visit) == "2026-11-08"
    assert [one.name for one in care.load(ana.store).tiers[0].customers] == ["张三"]
    first = care.load(ada.store).tiers[0]
    assert (first.strategy, first.customers) == (strategy, ())
