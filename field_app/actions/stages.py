"""A customer's stage moves with what happens: by the rule, or because somebody says so. Every move is told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from field_app.actions.edits import correction, creation, with_registers
from field_app.actions.histories import histories_of
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from visit_core.fields import Fields
from visit_core.merge import DELETED
from visit_core.registers import fold
from visit_core.rules.assessing import MOVES_STAGE, History, assess

STAGE = "lifecycle_stage"
FIRST = "lead"
MOVES = frozenset(MOVES_STAGE) - {"lifecycle_event"}


def with_stages(store: LocalStore, edits: Sequence[Edit]) -> list[Edit]:
    """The edits of one commit, and what they make of the customer's stage."""
    return with_stages_each(store, [edits])[0]


def with_stages_each(store: LocalStore, done: Iterable[Sequence[Edit]]) -> list[list[Edit]]:
    """Several things done one after the other, and what all of them make of the customers' stages.

    However much is done about a customer, the stage moves once, with the last of it: as it would stand had each been
    kept by itself.
    """
    told = [[*edits, *_said_in(store, edits)] for edits in done]
    happened = _happened(store, told)
    histories = histories_of(store, happened.last_by_customer, happened.beside) if happened.last_by_customer else {}
    for customer, place in happened.last_by_customer.items():
        told[place] = _moved(store, told[place], happened.customers[customer], histories[customer])
    return told


@dataclass(slots=True)
class _Happened:
    """What several things done are about: records as they will be, and which customers they may move."""

    beside: dict[tuple[str, str], Fields | None] = field(default_factory=dict)
    customers: dict[str, View] = field(default_factory=dict)  # as they will be
    last_by_customer: dict[str, int] = field(default_factory=dict)  # the place of what is done last about them


def _said_in(store: LocalStore, edits: Sequence[Edit]) -> Iterator[Edit]:
    for edit in edits:
        event = _said(store, edit) if edit.kind == "customer" else None
        if event:
            yield event


def _said(store: LocalStore, edit: Edit) -> Edit | None:
    """The event of a stage that somebody set; a new customer begins at the first one without a word."""
    stage = edit.registers.get(STAGE)
    before = store.view("customer", edit.id) if stage is not None else None
    stood = before.fields.get(STAGE) if before else FIRST
    if stage in (None, stood):
        return None
    moved = {"customer_id": edit.id, "from": stood, "to": stage, "cause": "manual"}
    return creation(store, "lifecycle_event", moved, beside={edit.id})


def _happened(store: LocalStore, done: Sequence[Sequence[Edit]]) -> _Happened:
    happened = _Happened()
    for place, edits in enumerate(done):
        if any(edit.kind == "lifecycle_event" for edit in edits):
            continue  # somebody has said what the stage is
        for edit in (edit for edit in edits if edit.kind in MOVES):
            _note(store, happened, edit, place)
    for edit in (edit for edits in done for edit in edits if edit.kind == "customer"):
        if edit.id in happened.customers:
            view = happened.customers[edit.id]
            happened.customers[edit.id] = replace(view, fields={**view.fields, **fold("customer", edit.registers)})
    return happened


def _note(store: LocalStore, happened: _Happened, edit: Edit, place: int) -> None:
    """Whom it is about, and whom it was about before."""
    key = edit.kind, edit.id
    view = None if edit.op == "create" else store.view(*key)
    before: Fields = happened.beside.get(key) or (view.fields if view else {})
    after: Fields = {**before, **fold(edit.kind, edit.registers)}
    happened.beside[key] = after if edit.op != "delete" and (edit.op == "restore" or not after.get(DELETED)) else None
    for customer in {str(fields.get("customer_id") or ""): None for fields in (before, after)}:
        known = happened.customers.get(customer) or store.view("customer", customer)
        if known:
            happened.customers[customer] = known
            happened.last_by_customer[customer] = place


def _moved(store: LocalStore, edits: Sequence[Edit], customer: View, history: History) -> list[Edit]:
    staged = assess(customer.fields, history, store.moment().today).staged
    if staged.stage == customer.fields.get(STAGE):
        return list(edits)
    moved = {"customer_id": customer.id, "from": customer.fields.get(STAGE), "to": staged.stage}
    event = creation(store, "lifecycle_event", {**moved, "cause": "rule", "reason": staged.why})
    return [*_with_stage(store, edits, customer.id, staged.stage), replace(event, by_rule=True)]


def _with_stage(store: LocalStore, edits: Sequence[Edit], customer: str, stage: str) -> list[Edit]:
    """The stage goes into the change that is made of the customer anyway."""
    about = [edit for edit in edits if edit.kind == "customer" and edit.id == customer]
    if about:
        return [with_registers(edit, {STAGE: stage}) if edit in about else edit for edit in edits]
    view = store.view("customer", customer)
    return [*edits, replace(correction(store, view, {STAGE: stage}), by_rule=True)] if view else list(edits)
