"""数据清理 without a screen: what every check finds, whom one check finds, and its certain forms applied."""

from argparse import ArgumentParser, Namespace

from field_app.actions.cleaning import CHECKS
from field_app.actions.cleaning.applying import clean
from field_app.actions.cleaning.finding import KIND, Finding
from field_app.actions.cleaning.looking import Cases, load, load_one
from field_app.cli_commands.desk import Command, Desk
from field_app.cli_commands.telling import Printed
from visit_core.errors import NotValid
from visit_core.explain import explain
from visit_core.masks import veiled
from visit_core.picklists import Language


def look_through(desk: Desk, said: Namespace) -> Printed:
    """Count, list or apply; NotValid for `--apply` without a check."""
    if said.apply and not said.check:
        raise NotValid("required", field="check")
    with desk.store() as store:
        if said.apply:
            done = clean(store, said.check)
            return {"clean": done.id, "customers": done.customers, "fields": done.fields}
        if said.check:
            return _listed(load_one(store, said.check), desk.settings.lang)
        told = load(store)
    counts = [{"check": one.check, "customers": one.customers, "fixable": one.fixable} for one in told.counts]
    return {"customers": told.customers, "checks": counts}


def _listed(found: Cases, lang: Language) -> Printed:
    rows = [
        {"id": case.id, "findings": [_told(finding, found, lang) for finding in case.findings]} for case in found.cases
    ]
    return {"check": found.check, "fixable": found.fixable, "found": rows}


def _told(finding: Finding, found: Cases, lang: Language) -> Printed:
    """Masked as on the screen."""
    why = finding.error.why if finding.error else finding.why
    said, says = (veiled(text) if finding.field in found.masked else text for text in (finding.said, finding.says))
    told: Printed = {"field": finding.field, "why": why}
    if finding.error:
        told["message"] = explain(finding.error, lang, kind=KIND)
    return told | ({"says": said} if said else {}) | ({"better": says} if finding.is_fixable else {})


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--check", choices=[check.name for check in CHECKS], help="whom this one finds")
    parser.add_argument("--apply", action="store_true", help="bring all that it finds into its one certain form")


COMMANDS = (Command("clean", "look through the customers for what is to be put right", look_through, _arguments),)
