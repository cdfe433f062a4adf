"""What a customer is worth to us and how far they have come: two words, and why on a sheet behind them."""

import flet as ft

from field_app.actions.customer_page import CustomerPage
from field_app.screens.care_words import care_lines, next_visit_words
from field_app.screens.look import Look
from field_app.screens.parts.sheet import sheet_of
from field_app.screens.parts.tag import tag_button
from field_app.screens.parts.words import Do, heading, words
from field_app.theme.measures import S
from field_app.theme.type import Role
from visit_core.picklists import GRADE, LIFECYCLE_STAGE
from visit_core.rules.why import why_grade, why_promising, why_stage


def is_graded(model: CustomerPage) -> bool:
    """Whether a grade says anything: of somebody who never bought only one that a person gave does."""
    return model.told.is_by_hand or model.told.worth.days_since is not None


@ft.component
def customer_worth(model: CustomerPage, look: Look) -> ft.Control:
    """Grade and stage; a tap on either tells why."""
    is_open, turn = ft.use_state(False)
    ft.use_dialog(_sheet(model, lambda: turn(False), look) if is_open else None)
    grade = [f"{model.told.grade} {GRADE.label(model.told.grade, look.lang)}"] if is_graded(model) else []
    stage = [LIFECYCLE_STAGE.label(model.stage, look.lang)] if model.stage else []
    return ft.Row([tag_button(each, lambda: turn(True)) for each in (*grade, *stage)], spacing=S, tight=True, wrap=True)


def _sheet(model: CustomerPage, close: Do, look: Look) -> ft.BottomSheet:
    return sheet_of([*_grade(model, look), *_stage(model, look), *_care(model, look)], close)


def _grade(model: CustomerPage, look: Look) -> list[ft.Control]:
    """The terms of the grade; of somebody who never bought, how promising they are."""
    if not is_graded(model):
        return _told(look.says("customer.promising"), why_promising(model.told, look.lang))
    why = why_grade({"grade_reason": model.grade_reason}, model.told, look.lang)
    return _told(look.says("grade.why", grade=model.told.grade), why)


def _stage(model: CustomerPage, look: Look) -> list[ft.Control]:
    """The rule behind the stage; where the stage is not what the rule says today, both are told."""
    by_rule, why = model.told.staged.stage, why_stage(model.told, look.lang)
    said = why
    if by_rule != model.stage:
        said = look.says("customer.stage_by_rule", stage=LIFECYCLE_STAGE.label(by_rule, look.lang), why=why)
    return _told(look.says("customer.stage", stage=LIFECYCLE_STAGE.label(model.stage, look.lang)), [said])


def _told(title: str, lines: list[str]) -> list[ft.Control]:
    return [ft.Column([heading(title, Role.TITLE), *(words(line) for line in lines)], spacing=S)]


def _care(model: CustomerPage, look: Look) -> list[ft.Control]:
    """What customers of this grade are to have, and when the next visit is due by it."""
    due = [next_visit_words(model.next_visit, model.today, look)] if model.next_visit else []
    return _told(look.says("care.customer", grade=model.care.tier), [*care_lines(model.care, look), *due])
