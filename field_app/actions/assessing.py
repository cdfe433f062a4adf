"""What the rules say of a customer, from what this device has: grade, promise, stage, freshness."""

from pydantic import JsonValue

from field_app.actions.declared import layouts_here
from field_app.actions.histories import histories_of
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core.kinds.customer import Customer
from visit_core.rules.assessing import Assessment, assess
from visit_core.rules.consents import allowed
from visit_core.rules.grade import Graded
from visit_core.rules.profile import profile


def assessed(store: LocalStore, customer: View) -> Assessment:
    """The assessment of today."""
    history = histories_of(store, [customer.id], {})[customer.id]
    return assess(customer.fields, history, store.moment().today)


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


def _terms(graded: Graded) -> JsonValue:
    return [
        {"term": term.letter, "fact": term.fact, "points": term.points, "gives": term.gives} for term in graded.terms
    ]
