"""A visit in progress: what came of it first, then the rest, and one button to leave."""

import flet as ft

from field_app.actions.visiting import VisitForm
from field_app.screens.doing import Do
from field_app.screens.form import form
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.open_visit import ABOVE, FIXED, OpenVisit
from field_app.screens.parts.surface import page_body
from field_app.screens.parts.words import quiet
from field_app.screens.surroundings import Surroundings
from field_app.screens.visit_blocks import (
    block,
    intention_block,
    next_step_block,
    outcome_block,
    products_block,
    remark_notes,
)
from field_app.screens.visit_frame import leave_bar, visit_head
from field_app.theme.measures import M


@ft.component
def visit_screen(model: VisitForm, do: Do, look: Look) -> ft.Control:
    """One form; what is typed in it outlives every new drawing of this screen."""
    opened = ft.use_memo(lambda: OpenVisit(model, do), [model.draft.id])
    is_whole, set_whole = ft.use_state(False)
    around = _around(model, look)
    body = page_body(*_quick(model, opened, around, do), *(_sections(opened, around) if is_whole else []), gap=M)
    body.build_controls_on_demand = False  # what is not built cannot be scrolled to

    async def go_on() -> None:
        """What lies below the first screenful travels second: no message is more than a phone bears."""
        if not is_whole:
            set_whole(True)
        elif opened.left_in:
            await body.scroll_to(scroll_key=opened.left_in)

    ft.use_effect(go_on, [is_whole])
    head, bar = visit_head(model, do, look), leave_bar(opened, look)
    return ft.Column([head, middle(body, look), bar], spacing=0, expand=True)


def _quick(model: VisitForm, opened: OpenVisit, around: Surroundings, do: Do) -> list[ft.Control]:
    """What takes a tap each, in the order of the talk."""
    draft, answers, today = opened.draft, opened.draft.answers, do.moment().today
    return [
        *remark_notes(model.remarks, today, around.look),
        *([quiet(around.look.says("visit.keeps_no_place"))] if model.door and model.door.keeps_no_place else []),
        outcome_block(draft, answers["outcome"], around),
        intention_block(draft, answers["purchase_intention"], around, model.carried_on),
        products_block(draft, answers["product_interest"], around),
        next_step_block(draft, answers["next_date"], around, today),
    ]


def _sections(opened: OpenVisit, around: Surroundings) -> list[ft.Control]:
    """All else that is asked of a visit."""
    return [block(around.look.says("visit.record"), form(opened.draft, around, (*ABOVE, *FIXED)))]


def _around(model: VisitForm, look: Look) -> Surroundings:
    """No field of this form names another record: the customer is fixed."""
    name = model.door.name if model.door else ""
    return Surroundings(look, lambda *_: name, lambda _: None, suggested=model.suggested)
