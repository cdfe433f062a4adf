"""What the rules say of a customer, in sentences: 「为什么是A」."""

from typing import Any

from visit_core.fields import Fields
from visit_core.picklists import Language
from visit_core.prices import price_words
from visit_core.rules.assessing import Assessment
from visit_core.rules.chances import Chance
from visit_core.rules.grade import Graded, Term
from visit_core.sentences import sentence


def why_grade(customer: Fields, told: Assessment, lang: Language) -> list[str]:
    """Why a customer has the grade that counts: the reason given by hand, or the score with its terms."""
    if told.is_by_hand:
        return [sentence("grade.by_hand", lang, reason=str(customer.get("grade_reason") or ""))]
    never = [sentence("grade.never_bought", lang)] if told.worth.days_since is None else []
    return [*never, *_score(told.by_rule, lang)]


def why_all(customer: Fields, told: Assessment, lang: Language) -> dict[str, Any]:
    """Grade, promise, stage and chance, each with its reasons, as a program prints them."""
    return {
        "grade": {"is": told.grade, "score": told.by_rule.score, "why": why_grade(customer, told, lang)},
        "prospect": {"score": told.prospect.score, "why": why_promising(told, lang)},
        "chance": {"score": told.chance.score, "why": why_likely(told.chance, lang)},
        "stage": {"is": told.staged.stage, "why": why_stage(told, lang)},
    }


def why_promising(told: Assessment, lang: Language) -> list[str]:
    """Why somebody who has not bought yet is worth the next visit, or is not."""
    return _score(told.prospect, lang)


def why_likely(chance: Chance, lang: Language) -> list[str]:
    """Why a sale may come of it now, the strongest reason first."""
    return [sentence(f"chance.{one.key}", lang, gives=one.gives, **one.facts) for one in chance.reasons]


def why_stage(told: Assessment, lang: Language) -> str:
    """The rule that the stage follows from."""
    return sentence(f"stage.why.{told.staged.why}", lang)


def _score(graded: Graded, lang: Language) -> list[str]:
    unknown = [sentence("grade.unknown", lang, count=graded.unknown)] if graded.unknown else []
    return [sentence("grade.score", lang, score=graded.score), *(_term(term, lang) for term in graded.terms), *unknown]


def _term(term: Term, lang: Language) -> str:
    fact = price_words(term.fact) if term.fact and term.letter == "M" else term.fact
    what = sentence(f"grade.term.{term.letter}" if fact else "grade.term.none", lang, fact=fact)
    return sentence("grade.term", lang, what=what, points=term.points, gives=term.gives)
