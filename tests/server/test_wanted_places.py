"""Of one push with visits at many doors each keeps its place, or not, by what its own customer said."""

from tests.server.world import Phone

FIX = {"lat": 31.2304, "lng": 121.4737, "acc": 9.0, "age": 2, "provider": "device", "mock": False, "sys": "wgs84"}


def says(phone: Phone, customer: str, state: str) -> str:
    said = {"customer_id": customer, "purpose": "location", "state": state, "method": "verbal"}
    return phone.creates("consent", **said, given_at="2026-11-21T21:00:00.000Z")


def visits(phone: Phone, customer: str) -> str:
    at = "2026-11-21T21:30:00.000Z"
    return phone.creates("visit", customer_id=customer, check_in_at=at, check_in_fix=FIX, content="谈成了")


def test_each_visit_of_a_push_keeps_its_place_by_the_word_of_its_own_customer(office):
    ana, ben = office.phone("Ana"), office.phone("Ben")
    doors = [ana.creates(name=f"客户{number}") for number in range(12)]
    told = {doors[2]: "refused", doors[5]: "given", doors[7]: "withdrawn"}
    for customer, state in told.items():
        says(ana, customer, state)
    ana.syncs()
    made = {visits(ben, customer): customer for customer in doors}
    answer = ben.syncs()
    left_out = {doors[2], doors[7]}
    assert [result.error is not None for result in answer.results] == [door in left_out for door in doors]
    kept = {made[id] for id in made if "check_in_fix" in office.sees(ben.team, "visit", id)}
    assert kept == set(doors) - left_out


def test_a_no_that_comes_in_the_same_push_counts_for_the_visit_behind_it(office):
    ana = office.phone("Ana")
    door, other = ana.creates(name="客户"), ana.creates(name="旁边")
    before = visits(ana, other)
    says(ana, door, "refused")
    behind = visits(ana, door)
    ana.syncs()
    assert "check_in_fix" in office.sees(ana.team, "visit", before)
    assert "check_in_fix" not in office.sees(ana.team, "visit", behind)


def test_a_no_that_is_undone_with_its_company_counts_for_nobody(office):
    ana = office.phone("Ana")
    door = ana.creates(name="客户")
    says(ana, door, "refused")
    ana.sets("customer", door, mobile="not a number")
    for change in ana.unsent[1:]:
        change["tx"] = 7
    visit = visits(ana, door)
    answer = ana.syncs()
    assert [result.status for result in answer.results] == ["applied", "rejected", "rejected", "applied"]
    assert "check_in_fix" in office.sees(ana.team, "visit", visit)
