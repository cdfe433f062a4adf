"""What the rules say of a customer, from what this device has: grade, promise, stage, freshness."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from field_app.actions.declared import layouts_here
from field_app.actions.in_mind import in_mind
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core.fields import Fields
from visit_core.kinds.customer import Customer
from visit_core.rules.assessing import HANGS_ON, Assessment, History, assess
from visit_core.rules.consents import allowed
from visit_core.rules.grade import Graded
from visit_core.rules.profile import profile


def assessed(store: LocalStore, customer: View, beside: Mapping[tuple[str, str], Fields] | None = None) -> Assessment:
    """The assessment of today; `beside` are records by kind and id that are about to be kept."""
    return assess(customer.fields, history_of(store, customer.id, beside or {}), store.moment().today)


def history_of(store: LocalStore, customer: str, beside: Mapping[tuple[str, str], Fields]) -> History:
    """All that hangs on a customer."""
    found = {kind: list(_of(store, kind, customer, beside)) for kind in HANGS_ON}
    return History(
        purchases=found["purchase"],
        visits=found["visit"],
        contacts=found["contact_record"],
        ratings=found["satisfaction_rating"],
        stages=found["lifecycle_event"],
        referrals=sum(each.fields.get("referrer_id") == customer for each in in_mind(store, "customer")),
    )


def worked_out(store: LocalStore, customer: View) -> dict[str, JsonValue]:
    """What is shown with a customer and never kept."""
    told, filled = (
        assessed(store, customer),
        profile("customer", customer.fields, layouts_here(store, Customer).of(customer.fields)),
    )
    is_due = told.is_stale and filled.status == "complete"
    return {
        "profile_status": "to_verify" if is_due else filled.status,
        "allows": _allows(store, customer.id),
        "grade": told.grade,
        "grade_auto": told.by_rule.grade,
        "grade_score": told.by_rule.score,
        "grade_terms": _terms(told.by_rule),
        "prospect_score": told.prospect.score,
        "stage_auto": told.staged.stage,
        "referral_count": told.worth.referrals,
    }


def _allows(store: LocalStore, customer: str) -> dict[str, JsonValue]:
    """What stands for each purpose that the customer was ever asked for; `outdated` if it is to be asked anew."""
    said = [view.fields for view in store.find("consent", {"customer_id": customer})]
    stand = {str(one.get("purpose")): allowed(said, str(one.get("purpose"))) for one in said}
    return {purpose: "outdated" if one.is_outdated else one.standing for purpose, one in stand.items()}


def _of(
    store: LocalStore, kind: str, customer: str, beside: Mapping[tuple[str, str], Fields]
) -> Iterator[Mapping[str, JsonValue]]:
    kept = {view.id: view.fields for view in store.find(kind, {"customer_id": customer})}
    fresh = {record: fields for (its_kind, record), fields in beside.items() if its_kind == kind}
    return (fields for fields in {**kept, **fresh}.values() if fields.get("customer_id") == customer)


def _terms(graded: Graded) -> JsonValue:
    return [
        {"term": term.letter, "fact": term.fact, "points": term.points, "gives": term.gives} for term in graded.terms
    ]
