"""疑似重复: the pairs that wait for a word, and below them what was said, with the way back."""

from functools import partial

import flet as ft

from field_app.actions.duplicates import Duplicates, Said, Somebody
from field_app.actions.merging import undo
from field_app.places import Place
from field_app.screens.days import moment_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.button import plain
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import heading, quiet
from field_app.theme.colours import Tone
from field_app.theme.measures import S
from field_app.theme.type import Role
from visit_core.kinds.customer_merge import MERGE_STATE
from visit_core.rules.duplicates import Pair


@ft.component
def duplicates_screen(model: Duplicates, do: Do, look: Look) -> ft.Control:
    """A page at a time of what was said; pairs are few."""
    pages, _ = ft.use_state(Pages())
    waiting = group([_pair(each, do, look) for each in pages.of(model.pairs)], look.row_indent)
    said = group([_said(each, model, do, look) for each in pages.of(model.said)], look.row_indent)
    nothing = empty(look.says("duplicates.none"), ft.Icons.TASK_ALT_ROUNDED)
    parts = [quiet(look.says("duplicates.below")), waiting if model.pairs else nothing]
    if model.said:
        parts.append(ft.Column([heading(look.says("duplicates.said"), Role.SECTION), said], spacing=S))
    bar = middle(top_bar(look.says("duplicates.title"), look.says("duplicates.back"), do.back), look, grows=False)
    body = paged(page_body(*parts), pages, max(len(model.pairs), len(model.said)))
    return ft.Column([bar, middle(body, look)], spacing=0, expand=True)


def _pair(pair: Pair[Somebody], do: Do, look: Look) -> ft.Control:
    async def compare() -> None:
        await do.go(Place("merge", f"{pair.one.id}.{pair.other.id}"))

    names = list(dict.fromkeys((pair.one.name, pair.other.name)))
    why = [look.says(f"duplicates.by.{pair.by}")]
    why += [look.says("duplicates.same_door")] if pair.is_at_one_door and pair.by == "number" else []
    below = "·".join(filter(None, (pair.one.phone, *why)))
    return row(" / ".join(names), below, lead=ft.Icons.PEOPLE_OUTLINE_ROUNDED, tail=chevron(), on_tap=compare)


def _said(said: Said, model: Duplicates, do: Do, look: Look) -> ft.Control:
    async def open_customer() -> None:
        await do.go(Place("customer", said.customer))

    async def take_back() -> None:
        await do.act(partial(undo, merge_id=said.id), look.says("duplicates.taken_back"))

    names = " / ".join(dict.fromkeys((said.name, said.other_name)))
    told = [_state(said, look), said.by, moment_words(said.at, look, model.today)]
    late = [look.says("duplicates.late", count=said.late)] if said.late else []
    back = plain(look.says("duplicates.undo"), take_back) if said.may_be_undone else None
    return row(
        names,
        "\n".join(["·".join(filter(None, told)), *late]),
        lead=ft.Icons.CALL_MERGE_ROUNDED if said.is_in_force else ft.Icons.PEOPLE_OUTLINE_ROUNDED,
        tone=Tone.ATTENTION if said.late else Tone.INK2,
        tail=back,
        on_tap=open_customer,
        is_stacked=look.is_large,
    )


def _state(said: Said, look: Look) -> str:
    """What was said; of a merge that another one overruled, that."""
    is_overruled = said.state == "merged" and not said.is_in_force
    return look.says("duplicates.overruled") if is_overruled else MERGE_STATE.label(said.state, look.lang)
