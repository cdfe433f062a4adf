"""A customer's stage moves with what happens: by the rule, or because somebody says so. Every move is told."""

from collections.abc import Sequence
from dataclasses import replace

from field_app.actions.assessing import assessed
from field_app.actions.edits import correction, creation, with_registers
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from visit_core.fields import Fields
from visit_core.registers import fold
from visit_core.rules.assessing import HANGS_ON

STAGE = "lifecycle_stage"
FIRST = "lead"


def with_stages(store: LocalStore, edits: Sequence[Edit]) -> list[Edit]:
    """The edits of one commit, and what they make of the customer's stage."""
    told = [event for edit in edits if edit.kind == "customer" and (event := _said(store, edit))]
    if told or not edits or edits[0].kind not in HANGS_ON:
        return [*edits, *told]
    return _by_rule(store, edits)


def _said(store: LocalStore, edit: Edit) -> Edit | None:
    """The event of a stage that somebody set; a new customer begins at the first one without a word."""
    stage = edit.registers.get(STAGE)
    before = store.view("customer", edit.id)
    stood = before.fields.get(STAGE) if before else FIRST
    if stage in (None, stood):
        return None
    moved = {"customer_id": edit.id, "from": stood, "to": stage, "cause": "manual"}
    return creation(store, "lifecycle_event", moved, beside={edit.id})


def _by_rule(store: LocalStore, edits: Sequence[Edit]) -> list[Edit]:
    first, before = edits[0], store.view(edits[0].kind, edits[0].id)
    after: Fields = {**(before.fields if before else {}), **fold(first.kind, first.registers)}
    customer = store.view("customer", str(after.get("customer_id") or ""))
    if customer is None or first.kind == "lifecycle_event":
        return list(edits)
    staged = assessed(store, customer, {(first.kind, first.id): after}).staged
    if staged.stage == customer.fields.get(STAGE):
        return list(edits)
    moved = {"customer_id": customer.id, "from": customer.fields.get(STAGE), "to": staged.stage}
    event = creation(store, "lifecycle_event", {**moved, "cause": "rule", "reason": staged.why})
    return [*_with_stage(store, edits, customer, staged.stage), replace(event, by_rule=True)]


def _with_stage(store: LocalStore, edits: Sequence[Edit], customer: View, stage: str) -> list[Edit]:
    """The stage goes into the change that is made of the customer anyway."""
    about = [edit for edit in edits if edit.kind == "customer" and edit.id == customer.id]
    if about:
        return [with_registers(edit, {STAGE: stage}) if edit in about else edit for edit in edits]
    return [*edits, replace(correction(store, customer, {STAGE: stage}), by_rule=True)]
