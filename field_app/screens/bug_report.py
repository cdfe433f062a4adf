"""报告问题: one line that hands a file to the system, in which no value anybody entered stands."""

import flet as ft

from field_app.actions import reporting
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.row import row
from field_app.screens.parts.surface import group
from visit_core.errors import VisitError


def bug_report(device: str, do: Do, look: Look) -> ft.Control:
    """The line, and what is in the file."""
    name = f"field-visits-report-{device}.json"

    async def keep() -> None:
        content = await do.ask(reporting.report)
        kept = not isinstance(content, VisitError) and await do.outside.save_file(name, content)
        do.say(look.says("report.saved", name=name) if kept else look.says("report.not_saved"))

    sign = ft.Icons.BUG_REPORT_OUTLINED
    return group([row(look.says("report.begin"), look.says("report.below"), lead=sign, on_tap=keep)], look.row_indent)
