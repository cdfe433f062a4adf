"""A form that is open: what is in it, and the draft that every change of it is kept as."""

from functools import partial

import flet as ft
from pydantic import JsonValue

from field_app.actions.drafting import Saved, drop, with_answer
from field_app.drafts import KeptDraft
from field_app.forms import Draft
from field_app.screens.doing import Do
from field_app.screens.look import Look
from visit_core.errors import NotValid, VisitError
from visit_core.explain import explain
from visit_core.fields import Fields, Specs
from visit_core.kinds import kind_named


class OpenForm:
    """One form on the screen. It journals every change, and is asked at the moment of the tap what is in it."""

    def __init__(self, kept: KeptDraft, fields: Fields, do: Do, specs: Specs | None = None) -> None:
        """`fields` are what the form shows when it opens: the record, and what was typed since."""
        self.kept, self.do = kept, do
        self.draft = Draft(kind_named(kept.kind), fields, do.moment, self._changed, specs=specs)
        for name in kept.given.keys() & self.draft.answers.keys():
            answer = self.draft.answers[name]
            answer.take(answer.raw, do.moment())  # what could not be read yet when the app was killed

    def _changed(self, name: str, raw: JsonValue) -> None:
        self.kept = with_answer(self.kept, name, raw)
        ft.context.page.run_task(self.do.journal, self.kept)

    def fields(self) -> dict[str, JsonValue]:
        """What is to be saved: all that stands in a new form; of a record only what was touched.

        What a form does not ask, such as the customer a contact is with, comes from how it was begun.
        """
        read = self.draft.fields()
        if self.kept.record:
            return {name: value for name, value in read.items() if name in self.kept.given}
        begun = {name: value for name, value in self.kept.given.items() if name not in self.draft.answers}
        return {**begun, **read}

    async def save(self, look: Look) -> Saved | None:
        """Make it a record; None, and the person told where and why, if that is refused."""
        saved = self._refused() or await self.do.save(self.kept, self.fields())
        if isinstance(saved, VisitError):
            self._refuse(saved, look)
            return None
        return saved

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed or chosen since it was begun."""
        return bool(self.kept.at_field)

    async def leave(self, look: Look) -> None:
        """Close it; what was typed is kept as a draft, an untouched form is let go of."""
        if not self.is_touched:
            await self.discard()
            return
        await self.do.back()
        self.do.say(look.says("record_form.kept"))

    async def discard(self) -> None:
        """Leave, and forget what was typed."""
        kept = self.kept
        await self.do.back()
        await self.do.act(partial(drop, draft=kept))

    def _refused(self) -> NotValid | None:
        """Why it cannot even be tried: a mistake, or nothing at all in a new form."""
        mistakes = self.draft.mistakes()
        if mistakes:
            return mistakes[0]
        return None if self.kept.record or self.kept.given else NotValid("empty")

    def _refuse(self, refused: VisitError, look: Look) -> None:
        if isinstance(refused, NotValid):
            self.draft.refuse(refused)
        self.do.say(explain(refused, look.lang, kind=self.kept.kind))
