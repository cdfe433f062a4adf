"""Writes docs/data-model.md from the declarations of the record kinds: `python -m demo.data_model`."""

from collections.abc import Iterator
from pathlib import Path

from visit_core.fields import FieldSpec, Record, fields_of
from visit_core.kinds import KINDS
from visit_core.picklists import Picklist
from visit_core.shapes import Amount, Entries, Line, OneOf, Parts, Passage, Pattern, Reference, SetOf, Shape, Whole

PAGE = Path(__file__).parents[1] / "docs" / "data-model.md"
HEAD = """# Data model

Written by `python3 dev.py data-model` from the declarations in `visit_core/kinds/`; a test keeps the two alike.
Every record also has `id`, `created_at`, `created_by`, `updated_at`, `updated_by`, `team_id` and `deleted`, which
the server tells. **Must** and **soft** name the templates that ask for a field: without the first a record is
incomplete, the second counts towards completeness. Fields of one group travel together.
"""


_WHOSE = {"team": "team", "form": "form", "watched": "person, seen by the supervisors"}

LISTS_HEAD = """## Picklists

The code is stored; a label in either language is read, too.
"""


def page() -> str:
    """The whole page."""
    kinds = "\n\n".join("\n".join(_kind(kind)) for kind in KINDS)
    lists = "\n".join(_list(picklist) for _, picklist in sorted(_picklists().items()))
    return (
        f"{HEAD}\n{kinds}\n\n## Picklists\n\nThe code is stored; a label in either language is read, too.\n\n{lists}\n"
    )


def _kind(kind: type[Record]) -> Iterator[str]:
    yield f"## {kind.kind_name} · {kind.zh} · {kind.en}\n"
    yield f"{(kind.__doc__ or '').strip().split(chr(10))[0]} {_whose(kind)}\n"
    yield "| field | 中文 | English | value | must | soft | besides |"
    yield "|---|---|---|---|---|---|---|"
    for spec in fields_of(kind).values():
        asked = spec.asked
        must, soft = " ".join(sorted(asked.must)), " ".join(sorted(asked.soft))
        value = _value(spec.shape)
        yield f"| `{spec.name}` | {asked.zh} | {asked.en} | {value} | {must} | {soft} | {'; '.join(_besides(spec))} |"
    if kind.worked_out:
        named = ", ".join(f"`{name}` {zh}" for name, (zh, _) in kind.worked_out.items())
        yield f"\nShown and never kept: {named}."


def _whose(kind: type[Record]) -> str:
    if kind.made_by_server:
        return "Made by the server."
    altered = "; never altered" if kind.append_only else ""
    once = f"; one for each {' and '.join(kind.once_for)}" if kind.once_for else ""
    return f"Written by {', '.join(sorted(kind.written_by))}; lies with the {_WHOSE[kind.lies_in]}{altered}{once}."


def _besides(spec: FieldSpec) -> Iterator[str]:
    asked = spec.asked
    if asked.rule == "first":
        yield "written once"
    if asked.writer != "anyone":
        yield f"by the {asked.writer} alone"
    if asked.group:
        yield f"group {asked.group}"
    if asked.masked:
        yield f"masked as {asked.masked}"
    if asked.sensitive:
        yield "sensitive"
    if asked.usual:
        yield f"usually {asked.usual}"
    if spec.default is not None:
        yield f"default `{spec.default}`"


def _value(shape: Shape) -> str:
    match shape:
        case OneOf():
            return f"one of {shape.picklist.name}"
        case Reference():
            return f"a {shape.kind}"
        case SetOf():
            return f"up to {shape.most}: {_value(shape.member)}"
        case Entries() | Parts():
            return f"{'list of ' if isinstance(shape, Entries) else ''}{{{', '.join(shape.columns)}}}"
    return _plain(shape)


def _plain(shape: Shape) -> str:
    match shape:
        case Line():
            return f"{type(shape).__name__.lower()}, up to {shape.limit}"
        case Passage():
            return f"text, up to {shape.limit}"
        case Whole():
            return f"whole, {shape.least} to {shape.most}"
        case Amount():
            return (
                f"{'money' if shape.money else 'decimal'}, {'above' if shape.above_zero else 'from'} 0 to {shape.most}"
            )
        case Pattern():
            return f"`{shape.regex}`".replace("|", "\\|")
    return type(shape).__name__.lower()


def _picklists() -> dict[str, Picklist]:
    shapes = [spec.shape for kind in KINDS for spec in fields_of(kind).values()]
    parts = [part for shape in shapes if isinstance(shape, Entries | Parts) for part in shape.columns.values()]
    members = [shape.member for shape in shapes if isinstance(shape, SetOf)]
    return {shape.picklist.name: shape.picklist for shape in (*shapes, *parts, *members) if isinstance(shape, OneOf)}


def _list(picklist: Picklist) -> str:
    return f"- **{picklist.name}**: {' · '.join(f'`{one.code}` {one.zh} {one.en}' for one in picklist.choices)}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
