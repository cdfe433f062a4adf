"""Many records under one unlock: each line of standard input is answered by a line, once it is saved.

Lines that came while others were being saved are saved together, in one commit.
"""

import codecs
import os
from argparse import Namespace
from collections.abc import Iterator
from typing import TextIO

from pydantic import JsonValue

from field_app.actions import records
from field_app.cli_commands.desk import Desk, json_from
from field_app.cli_commands.telling import Printed, print_json, told
from field_app.local_store import LocalStore
from visit_core.errors import NotValid, VisitError

MOST_BYTES_TOGETHER = 65_536
REFUSED = 2

Line = tuple[int, str]
"""Its number, from 1, and what it says."""


def add_lines(desk: Desk, said: Namespace) -> int:
    """Keep a record for each line; a refused one hinders no other. Gives the exit status."""
    status = 0
    with desk.store() as store:
        for lines in _together(desk.stdin):
            for (row, _), made in zip(lines, _made(store, said.kind, lines), strict=True):
                status = REFUSED if isinstance(made, VisitError) else status
                print_json(_answer(desk, said.kind, row, made), desk.stdout, indent=None)
    return status


def _answer(desk: Desk, kind: str, row: int, made: str | VisitError) -> Printed:
    if isinstance(made, str):
        return {"id": made}
    return {"error": {**told(made, desk.settings.lang, kind)["error"], "row": row}}


def _made(store: LocalStore, kind: str, lines: list[Line]) -> list[str | VisitError]:
    read = [_object(line) for _, line in lines]
    kept = iter(records.add_each(store, kind, [given for given in read if not isinstance(given, NotValid)]))
    return [given if isinstance(given, NotValid) else next(kept) for given in read]


def _object(line: str) -> dict[str, JsonValue] | NotValid:
    try:
        given = json_from(line, "line")
    except NotValid as refused:
        return refused
    return given if isinstance(given, dict) else NotValid("json", field="line")


def _together(stream: TextIO) -> Iterator[list[Line]]:
    """The lines that hold anything, as many at a time as have come."""
    row, rest = 0, ""
    for piece in _pieces(stream):
        *whole, rest = (rest + piece).split("\n")
        yield [(row + place, line) for place, line in enumerate(whole, start=1) if line.strip()]
        row += len(whole)
    if rest.strip():
        yield [(row + 1, rest)]


def _pieces(stream: TextIO) -> Iterator[str]:
    """What has come so far, then what comes next; a stream that is no file is read as a whole."""
    try:
        fd = stream.fileno()
    except OSError:
        yield stream.read()
        return
    decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
    while blob := os.read(fd, MOST_BYTES_TOGETHER):
        yield decoder.decode(blob)
