"""What hangs on a customer and is done is found on every database, and only where its reader may see it."""

from tests.server.world import Office, Phone


def older(office: Office, phone: Phone, customer: str) -> set[tuple[str, str]]:
    signed = {"authorization": f"Bearer {phone.token}"}
    answer = office.answers("GET", f"/v1/customers/{customer}/older", headers=signed)
    assert answer.status_code == 200
    return {(row["kind"], row["id"]) for row in answer.json()["rows"]}


def test_only_what_is_done_with_that_customer_is_handed_out_and_to_the_team_alone(office):
    ana, wen = office.phone("Ana"), office.phone("Wen", team="west")
    fang, lei = ana.creates(name="王芳"), ana.creates(name="李雷")
    contact = {"contact_at": "2026-11-20", "channel": "phone", "content": "来电"}
    wanted = ana.creates("contact_record", customer_id=fang, **contact)
    ana.creates("contact_record", customer_id=lei, **{**contact, "content": f"见 {fang}"})
    ana.creates("purchase", customer_id=fang, purchase_date="2026-11-20", product_name="净水器")
    ana.syncs()
    assert older(office, ana, fang) == {("contact_record", wanted)}
    assert older(office, wen, fang) == set()
