"""What a look at a table showed: what becomes of the rows, what is faulty or doubled, columns, first rows."""

from collections.abc import Mapping, Sequence

import flet as ft
from pydantic import JsonValue

from field_app.actions.bringing_in import counted
from field_app.actions.doubles import Double
from field_app.actions.importing import Refusal, told_refusals
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import tonal
from field_app.screens.parts.choice import Option, grid
from field_app.screens.parts.field import Caption, advised
from field_app.screens.parts.menu import menu
from field_app.screens.parts.row import fact
from field_app.screens.parts.surface import card
from field_app.screens.parts.tag import Count, counts
from field_app.screens.parts.words import heading, quiet, words
from field_app.screens.register_words import value_words
from field_app.screens.tables.incoming import Incoming
from field_app.screens.tables.underway import begun
from field_app.theme.colours import Tone
from field_app.theme.measures import L, M, S
from field_app.theme.type import Role
from visit_core import phones
from visit_core.explain import explain
from visit_core.fields import FieldSpec, Specs
from visit_core.shapes import Landline, Mobile

NAMED = 5  # rows that are told of one by one; the error file has them all


def table_parts(way: Incoming, do: Do, look: Look) -> Sequence[ft.Control]:
    """Counts first; then what is to be decided or mended."""
    if way.table is None:
        return []
    told = counted(way.table, skip_doubles=way.skips_doubles)
    numbers = [
        Count(told.fresh, look.says("tables.fresh")),
        Count(told.doubles, look.says("tables.doubles"), Tone.ATTENTION),
        Count(told.faulty, look.says("tables.faulty"), Tone.DANGER),
    ]
    parts: list[ft.Control] = [card(counts(numbers, look))]
    if way.table.doubles:
        parts.append(_doubles(way, way.table.doubles, look))
    if told.refusals:
        parts.append(refusals_card(told.refusals, way.kind, do, look))
    return parts


def preview_parts(way: Incoming, specs: Specs, do: Do, look: Look) -> Sequence[ft.Control]:
    """The first rows as they are read: whether a column is what it seems is seen at a glance."""
    shown = way.table.preview if way.table else ()
    rows = [_preview(number, fields, specs, do, look) for number, fields in enumerate(shown, start=1)]
    return [_column([heading(look.says("tables.preview")), *rows], M)] if rows else []


def refusals_card(refusals: Sequence[Refusal], kind: str, do: Do, look: Look) -> ft.Control:
    """The first cells that must be mended, and the file of them all."""

    async def save() -> None:
        name = f"{look.says('tables.errors_name')}.csv"
        kept = await do.outside.save_file(name, told_refusals(refusals, kind, look.lang))
        do.say(look.says("tables.file_kept", name=name) if kept else look.says("tables.file_not_kept"))

    lines = [_line(_refused(each, kind, look)) for each in refusals[:NAMED]]
    sign = ft.Icons.DOWNLOAD_ROUNDED
    parts = [heading(look.says("tables.to_mend", count=len({each.row for each in refusals}))), *lines]
    return card(_column([*parts, *_more(len(refusals), look), tonal(look.says("tables.errors"), save, sign=sign)]))


def columns_card(way: Incoming, specs: Specs, do: Do, look: Look) -> ft.Control:
    """Each column under its heading, with the field that it is taken for."""
    fields = [Option("", look.says("tables.no_column"))]
    fields += [Option(name, spec.asked.label(look.lang)) for name, spec in specs.items()]
    menus = [_named_column(column, field, fields, way, do) for column, field in way.columns_read.items()]
    return card(_column([heading(look.says("tables.columns")), quiet(look.says("tables.columns_below")), *menus], L))


def _named_column(column: str, field: str, fields: Sequence[Option], way: Incoming, do: Do) -> ft.Control:
    def choose(code: str) -> None:
        begun(way.name_column, column, code, do)()

    known = field if any(option.code == field for option in fields) else ""
    return advised(Caption(column), menu(fields, known, choose))


def _doubles(way: Incoming, doubles: Sequence[Double], look: Look) -> ft.Control:
    def choose(code: str) -> None:
        way.skips_doubles = code == "skip"

    options = [Option(code, look.says(f"tables.doubles_{code}")) for code in ("skip", "take")]
    lines = [_line(_doubled(each, way, look)) for each in doubles[:NAMED]]
    chosen = "skip" if way.skips_doubles else "take"
    choice = grid(options, chosen, choose, columns=1 if look.is_large else 2)
    head = heading(look.says("tables.doubled", count=len(doubles)))
    return card(_column([head, *lines, *_more(len(doubles), look), choice]))


def _doubled(double: Double, way: Incoming, look: Look) -> str:
    names = way.found.name_by_id if way.found else {}
    by = look.says(f"tables.by.{double.by}")
    if double.id:
        return look.says("tables.doubled_known", row=double.row, name=names.get(double.id, ""), by=by)
    return look.says("tables.doubled_row", row=double.row, first=double.first_row, by=by)


def _refused(refusal: Refusal, kind: str, look: Look) -> str:
    why = explain(refusal.why, look.lang, kind=kind)
    return look.says("tables.refused", row=refusal.row, column=refusal.column or "—", why=why)


def _preview(number: int, fields: Mapping[str, JsonValue], specs: Specs, do: Do, look: Look) -> ft.Control:
    said = [
        fact(_label(specs.get(n), n, look), _value(specs.get(n), v, do, look), is_stacked=look.is_large)
        for n, v in fields.items()
    ]
    return card(_column([quiet(look.says("tables.preview_row", number=number), Role.LABEL), *said]))


def _value(spec: FieldSpec | None, value: JsonValue, do: Do, look: Look) -> str:
    """A number as it is dialled: whether all its digits came in is what one looks for here."""
    if spec and isinstance(spec.shape, Mobile | Landline):
        return phones.digits(str(value))
    return value_words(spec, value, look, do.moment().today)


def _label(spec: FieldSpec | None, name: str, look: Look) -> str:
    return spec.asked.label(look.lang) if spec else name


def _more(count: int, look: Look) -> list[ft.Control]:
    return [quiet(look.says("tables.more", count=count - NAMED))] if count > NAMED else []


def _line(said: str) -> ft.Control:
    return words(said, Role.BODY)


def _column(parts: Sequence[ft.Control], spacing: float = S) -> ft.Column:
    return ft.Column(list(parts), spacing=spacing, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
