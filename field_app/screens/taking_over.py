"""附加项转入字段: what an admin made of labels people used, and one tap to move what their lines say."""

from functools import partial

import flet as ft

from field_app.actions import taking_over
from field_app.actions.taking_over import Offer
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.parts.button import plain
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import row
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import quiet
from visit_core.errors import VisitError


@ft.component
def taking_over_screen(model: tuple[Offer, ...], do: Do, look: Look) -> ft.Control:
    """A row for each field; what cannot be read stays where it is, and the row says how much that is."""
    nothing = empty(look.says("taking.none"), ft.Icons.CHECK_CIRCLE_OUTLINE_ROUNDED)
    rows = group([_offer(each, do, look) for each in model], look.row_indent)
    parts = [quiet(look.says("taking.below")), rows] if model else [nothing]
    bar = top_bar(look.says("taking.title"), look.says("taking.back"), do.back)
    return ft.Column([middle(bar, look, grows=False), middle(page_body(*parts), look)], spacing=0, expand=True)


def _offer(offer: Offer, do: Do, look: Look) -> ft.Control:
    async def take() -> None:
        taken = await do.act(partial(taking_over.take_over, entity=offer.entity, field=offer.spec.name))
        if not isinstance(taken, VisitError):
            do.say(look.says("taking.taken", count=taken))

    kind = look.calls(offer.entity)
    lines = [look.says("taking.of", kind=kind, count=offer.ready)]
    lines += [look.says("taking.left", count=offer.left)] if offer.left else []
    button = plain(look.says("taking.take"), take)
    return row(
        offer.spec.asked.label(look.lang),
        "\n".join(lines),
        lead=ft.Icons.MOVE_DOWN_ROUNDED,
        tail=button,
        is_stacked=look.is_large,
    )
