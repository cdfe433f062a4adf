"""A supervisor's comment as the rep reads it: on which field, by whom, when."""

from datetime import date

import flet as ft

from field_app.actions.review_notes import NoteRead
from field_app.screens.days import moment_words
from field_app.screens.look import Look
from field_app.screens.parts.note import Note, note_bubble
from field_app.screens.register_words import register_label


def supervisor_note(note: NoteRead, today: date, look: Look) -> ft.Control:
    """The comment in a bubble that names its field."""
    about = register_label("visit", note.field, look) if note.field else look.says("review.whole")
    by = "·".join(part for part in (note.by, moment_words(note.at, look, today)) if part)
    return note_bubble(Note(about, note.comment, by, note.is_resolved))
