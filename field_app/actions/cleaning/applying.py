"""What one check can put right, put right at once: ordinary changes in one commit, written down, with a way back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import JsonValue

from field_app.actions.cleaning.finding import KIND, Finding
from field_app.actions.cleaning.looking import CLEANING, findings_of, only_supervisors, register_of
from field_app.actions.edits import creation
from field_app.actions.records import edits_alone
from field_app.actions.reverting import note_import
from field_app.actions.stages import with_stages_each
from field_app.drawing import View
from field_app.exchanges import ChangedField
from field_app.local_store import Edit, LocalStore


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was put right."""

    id: str  # by which it can be taken back; empty if nothing was changed
    customers: int
    fields: int


def clean(store: LocalStore, check: str) -> Cleaned:
    """Bring all that one check finds into its one certain form; what needs a person stays."""
    only_supervisors(store)
    done: list[list[Edit]] = []
    changed: dict[str, dict[str, ChangedField]] = {}
    for view, findings in findings_of(store, check, register_of(store)):
        better = {finding.field: finding for finding in findings if finding.is_fixable}
        if better:
            done.append(_edits(store, view, better))
            changed[view.id] = {name: _changed(view, one) for name, one in better.items()}
    fields = sum(map(len, changed.values()))
    made = _kept(store, check, done, changed) if done else ""
    return Cleaned(made, len(done), fields)


def _edits(store: LocalStore, view: View, better: Mapping[str, Finding]) -> list[Edit]:
    return edits_alone(store, KIND, view.id, {name: finding.better for name, finding in better.items()})


def _changed(view: View, finding: Finding) -> ChangedField:
    return ChangedField(before=view.fields.get(finding.field), after=finding.better, was=finding.said)


def _kept(
    store: LocalStore, check: str, done: list[list[Edit]], changed: Mapping[str, Mapping[str, ChangedField]]
) -> str:
    with store.together.transaction():
        store.keep_each([*with_stages_each(store, done), [_told(store, check, changed)]])
        return note_import(store, KIND, (), changed=changed, why=f"{CLEANING}{check}")


def _told(store: LocalStore, check: str, changed: Mapping[str, Mapping[str, ChangedField]]) -> Edit:
    """For the supervisors: that it was done, to how many, in which fields; never what they said."""
    fields: list[JsonValue] = [*dict.fromkeys(name for one in changed.values() for name in one)]
    told: dict[str, JsonValue] = {"action": "edit", "entity": KIND, "fields_changed": fields, "records": len(changed)}
    return replace(creation(store, "audit_event", {**told, "reason": f"{CLEANING}{check}"}), by_rule=True)
