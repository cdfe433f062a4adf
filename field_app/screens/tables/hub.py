"""数据导入导出: the two ways a table goes, and what was brought in so far, each with the way back."""

from functools import partial

import flet as ft

from field_app.actions.reverting import revert_import
from field_app.actions.tables_here import Earlier, TablesHere
from field_app.places import Place
from field_app.screens.days import moment_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.parts.button import danger, plain
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.question import question
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import heading, quiet, words
from field_app.screens.tables.taken_back import back_words
from field_app.theme.colours import Tone
from field_app.theme.measures import M
from visit_core.errors import VisitError


@ft.observable
class Asking:
    """Which import a person is about to take back; none while nothing is asked."""

    def __init__(self) -> None:
        self.about: Earlier | None = None

    def ask(self, about: Earlier | None) -> None:
        """Whether this one is to be taken back."""
        self.about = about


@ft.component
def tables_screen(model: TablesHere, do: Do, look: Look) -> ft.Control:
    """The ways first."""
    asking, _ = ft.use_state(Asking())
    ft.use_dialog(_question(asking.about, asking, do, look) if asking.about else None)
    bar = middle(top_bar(look.says("tables.title"), look.says("app.back"), do.back), look, grows=False)
    body = middle(page_body(_ways(model, do, look), _earlier(model, asking, do, look)), look)
    return ft.Column([bar, body], spacing=0, expand=True)


def _ways(model: TablesHere, do: Do, look: Look) -> ft.Control:
    return group(
        [
            _way(Place("table_in"), "tables.in", ft.Icons.FILE_OPEN_OUTLINED, do, look),
            _way(Place("table_out", model.wanted), "tables.out", ft.Icons.FILE_DOWNLOAD_OUTLINED, do, look),
        ],
        look.row_indent,
    )


def _way(place: Place, key: str, sign: ft.IconData, do: Do, look: Look) -> ft.Control:
    async def go() -> None:
        await do.go(place)

    return row(look.says(key), look.says(f"{key}_row"), lead=sign, tail=chevron(), on_tap=go)


def _earlier(model: TablesHere, asking: Asking, do: Do, look: Look) -> ft.Control:
    title = heading(look.says("tables.earlier"))
    if not model.earlier:
        return ft.Column([title, empty(look.says("tables.no_earlier"), ft.Icons.INVENTORY_2_OUTLINED)], spacing=M)
    rows = [_one(each, asking, do, look) for each in model.earlier]
    return ft.Column([title, group(rows)], spacing=M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _one(each: Earlier, asking: Asking, do: Do, look: Look) -> ft.Control:
    kind = look.calls(each.kind)
    said = look.says(f"tables.earlier_one{_of_book(each)}", count=each.records, kind=kind, cells=each.cells)
    at = moment_words(each.at, look, do.moment().today)
    tail: ft.Control = quiet(look.says("tables.was_reverted"))
    if not each.is_reverted:
        tail = plain(look.says("tables.revert_short"), partial(asking.ask, each), tone=Tone.DANGER)
    return row(said, at, tail=tail, is_stacked=look.is_large)


def _of_book(about: Earlier) -> str:
    return "_book" if about.cells else ""


def _question(about: Earlier, asking: Asking, do: Do, look: Look) -> ft.AlertDialog:
    async def take_back() -> None:
        asking.ask(None)
        answer = await do.act(partial(revert_import, import_id=about.id))
        if not isinstance(answer, VisitError):
            told, stay = back_words(answer, look)
            do.say(f"{told}{look.says('value.semicolon')}{stay}" if stay else told)

    keep = plain(look.says("tables.keep_it"), lambda: asking.ask(None))
    go = danger(look.says("tables.revert"), take_back)
    asked = look.says(f"tables.revert_asked{_of_book(about)}", count=about.records, cells=about.cells)
    below = words(look.says(f"tables.revert_below{_of_book(about)}"))
    return question(asked, [below], [keep, go], lambda: asking.ask(None))
