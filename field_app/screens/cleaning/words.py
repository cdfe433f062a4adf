"""A finding in words: the field, what is wrong with it, and how it would be written; what is masked stays so."""

from field_app.actions.cleaning.finding import KIND, Finding
from field_app.actions.cleaning.looking import Cases
from field_app.screens.look import Look
from visit_core.explain import explain
from visit_core.masks import veiled


def finding_words(finding: Finding, model: Cases, look: Look) -> str:
    """One line."""
    spec = model.specs.get(finding.field)
    label = spec.asked.label(look.lang) if spec else finding.field
    if finding.is_fixable:
        was, says = (_seen(finding, text, model) for text in (finding.said, finding.says))
        key = "cleaning.respell_masked" if finding.field in model.masked else "cleaning.respell"
        return look.says(key, field=label, was=was, says=says)
    if finding.error:
        return look.says("cleaning.of_field", field=label, why=explain(finding.error, look.lang, kind=KIND))
    return look.says("cleaning.of_field", field=label, why=look.says(f"cleaning.why.{finding.why}", **finding.facts))


def _seen(finding: Finding, text: str, model: Cases) -> str:
    return veiled(text) if finding.field in model.masked else text
