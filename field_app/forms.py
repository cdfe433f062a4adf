"""What is in a form and is not yet a record.

What a person types lives here and never in a screen: a screen may be drawn anew between two keys, and a save may
follow a key at once. An answer is told to the journal the moment it changes, so that a killed app resumes there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import flet as ft
from pydantic import JsonValue

from visit_core import phones
from visit_core.errors import NotValid
from visit_core.explain import explain
from visit_core.fields import CUSTOM, Fields, FieldSpec, Record, Section, Specs, Template, fields_of
from visit_core.picklists import Language
from visit_core.shapes import Moment, SetOf

Tell = Callable[[str, JsonValue], object]
"""Hears of each change: the field's name and what was put there, as it was put."""


@ft.observable
@dataclass(eq=False)
class Answer:
    """What a person put into one field, and what is wrong with it."""

    spec: FieldSpec
    raw: JsonValue = None  # as typed or chosen; the canonical value once it came from a record
    wrong: NotValid | None = None
    is_left: bool = False  # the cursor was here and went on: from now on a mistake is shown as one

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in the field."""
        return self.raw not in (None, "", []) and not (isinstance(self.raw, str) and not self.raw.strip())

    def take(self, raw: JsonValue, moment: Moment) -> None:
        """Put in what was typed or chosen, and look whether it can be read."""
        self.raw = raw
        self.wrong = _refusal(self.spec, raw, moment)


@ft.observable
class Draft:
    """One form: an answer for every field that is asked, in the order of the declaration."""

    def __init__(
        self, kind: type[Record], given: Fields, moment: Callable[[], Moment], tell: Tell, *, specs: Specs | None = None
    ) -> None:
        self.kind = kind
        self.moment = moment
        self.tell = tell
        self.pointed_at: frozenset[Section] = frozenset()  # sections with a mistake the person was told of
        self.answers: Mapping[str, Answer] = {
            name: Answer(spec, as_typed(spec, given.get(name)))
            for name, spec in (specs or fields_of(kind)).items()
            if is_asked(spec)
        }

    def change(self, name: str, raw: JsonValue) -> None:
        """Put in what was typed or chosen. It is kept as it is, even where it cannot be read yet."""
        self.answers[name].take(raw, self.moment())
        self.tell(name, raw)

    def leave(self, name: str) -> None:
        """The cursor went on: a mistake here is no longer an unfinished word."""
        self.answers[name].is_left = True

    def refuse(self, refusal: NotValid) -> None:
        """Show what a save was refused for at the field it is about, if this form has that field."""
        answer = self.answers.get(refusal.field or "")
        if answer is not None:
            answer.wrong = refusal
            self._point_at([answer])

    def mistakes(self) -> list[NotValid]:
        """Everything that cannot be read, in the order of the form; from now on each is shown."""
        self._point_at([answer for answer in self.answers.values() if answer.wrong])
        return [answer.wrong for answer in self.answers.values() if answer.wrong]

    def fields(self) -> dict[str, JsonValue]:
        """The canonical value of every field that can be read; None where nothing stands."""
        now = self.moment()
        readable = {name: answer for name, answer in self.answers.items() if answer.wrong is None}
        return {name: answer.spec.read(answer.raw, now) for name, answer in readable.items()}

    def section(self, section: Section) -> list[Answer]:
        """The answers of one section, in order, those that wait for another field among them."""
        return [answer for answer in self.answers.values() if answer.spec.asked.section == section]

    def is_shown(self, answer: Answer) -> bool:
        """Whether a field is asked for by what stands in the form now."""
        condition = answer.spec.asked.shown_if
        return condition is None or condition.holds({name: each.raw for name, each in self.answers.items()})

    def waited_for(self, answer: Answer) -> Answer | None:
        """The field of this form that decides whether another one is asked for."""
        condition = answer.spec.asked.shown_if
        named = (condition.field, f"{CUSTOM}.{condition.field}") if condition else ()
        return next((self.answers[name] for name in named if name in self.answers), None)

    def missing(self, template: Template) -> Iterator[str]:
        """The fields a complete record of that template must have, and that are empty."""
        return (
            name
            for name, answer in self.answers.items()
            if template in answer.spec.asked.must and not answer.is_filled and self.is_shown(answer)
        )

    def _point_at(self, wrong: Iterable[Answer]) -> None:
        for answer in wrong:
            answer.is_left = True
            self.pointed_at |= {answer.spec.asked.section}


def is_asked(spec: FieldSpec) -> bool:
    """Whether a form has a place for the field: people set it, and it has a control."""
    return spec.asked.writer == "anyone" and spec.control != "hidden"


def as_typed(spec: FieldSpec, value: JsonValue) -> JsonValue:
    """A record's value as a person would type it: `138 0000 0000`, 手表、耳机."""
    if spec.control == "phone" and isinstance(value, str):
        return phones.shown(value)
    if isinstance(spec.shape, SetOf) and isinstance(value, list):
        return "、".join(map(str, value))
    return value


def complaint(answer: Answer, kind: str, lang: Language) -> str:
    """What is wrong with an answer, as a sentence; empty if nothing is."""
    return explain(answer.wrong, lang, kind=kind) if answer.wrong else ""


def _refusal(spec: FieldSpec, raw: JsonValue, moment: Moment) -> NotValid | None:
    try:
        spec.read(raw, moment)
    except NotValid as refusal:
        return refusal
    return None
