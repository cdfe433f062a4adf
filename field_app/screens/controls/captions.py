"""What stands round a control: label, required, help, and what is wrong."""

from field_app.forms import Answer, Draft, complaint
from field_app.screens.parts.field import Caption
from field_app.screens.surroundings import Surroundings


def caption(draft: Draft, answer: Answer, around: Surroundings, *, help_text: str = "") -> Caption:
    """While a person still types, what is wrong is advice; once the cursor has gone on, it is an error."""
    asked, look = answer.spec.asked, around.look
    wrong = complaint(answer, draft.kind.kind_name, look.lang)
    return Caption(
        label=asked.label(look.lang),
        must=look.says("form.must") if around.template in asked.must else "",
        help=wrong or asked.help(look.lang) or help_text,
        error=wrong if answer.is_left else "",
    )
