"""The register of record kinds: one file each, one line here, in the order in which people are offered them."""

from visit_core.errors import NotValid
from visit_core.fields import Record, fields_of
from visit_core.kinds.attachment import Attachment
from visit_core.kinds.audit_event import AuditEvent
from visit_core.kinds.behaviour_event import BehaviourEvent
from visit_core.kinds.campaign import Campaign
from visit_core.kinds.campaign_participation import CampaignParticipation
from visit_core.kinds.care_strategy import CareStrategy
from visit_core.kinds.company import Company
from visit_core.kinds.complaint import Complaint
from visit_core.kinds.conflict import Conflict
from visit_core.kinds.consent import Consent
from visit_core.kinds.contact_record import ContactRecord
from visit_core.kinds.custom_field import CustomField
from visit_core.kinds.customer import Customer
from visit_core.kinds.customer_merge import CustomerMerge
from visit_core.kinds.followup import Followup
from visit_core.kinds.form_template import FormTemplate
from visit_core.kinds.household import Household
from visit_core.kinds.label_use import LabelUse
from visit_core.kinds.lifecycle_event import LifecycleEvent
from visit_core.kinds.need import Need
from visit_core.kinds.opportunity import Opportunity
from visit_core.kinds.own_record import own_kind
from visit_core.kinds.own_table import OwnTable
from visit_core.kinds.person import Person
from visit_core.kinds.preference import Preference
from visit_core.kinds.product import Product
from visit_core.kinds.purchase import Purchase
from visit_core.kinds.satisfaction_rating import SatisfactionRating
from visit_core.kinds.survey_response import SurveyResponse
from visit_core.kinds.visit import Visit
from visit_core.kinds.visit_plan import VisitPlan

KINDS: tuple[type[Record], ...] = (
    Customer,
    Visit,
    ContactRecord,
    Purchase,
    Followup,
    Need,
    Complaint,
    Opportunity,
    Preference,
    SatisfactionRating,
    Company,
    Household,
    BehaviourEvent,
    VisitPlan,
    Campaign,
    CampaignParticipation,
    Consent,
    Product,
    CareStrategy,
    Attachment,
    LifecycleEvent,
    CustomerMerge,
    CustomField,
    FormTemplate,
    OwnTable,
    LabelUse,
    SurveyResponse,
    AuditEvent,
    Conflict,
    Person,
)

FILLED_IN = tuple(kind.kind_name for kind in KINDS if kind.filled_in)
"""What people fill in a form for."""

ABOUT_A_CUSTOMER = tuple(kind.kind_name for kind in KINDS if kind.filled_in and "customer_id" in fields_of(kind))
"""Those of them that hang on a customer."""

_KIND_BY_NAME = {kind.kind_name: kind for kind in KINDS}


def known(name: str) -> type[Record] | None:
    """The kind of that name, be it declared or a table of an organisation's own; None for one of a newer version."""
    return _KIND_BY_NAME.get(name) or own_kind(name)


def kind_named(name: str) -> type[Record]:
    """The kind of that name; NotValid if there is none."""
    kind = known(name)
    if kind is None:
        raise NotValid("kind", field="kind", kinds="、".join(_KIND_BY_NAME))
    return kind
