"""For whom and how wide a screen is drawn: all that a part may need to know besides its own words."""

from collections.abc import Iterable
from dataclasses import dataclass

from field_app.actions.own_tables import OwnTableNamed, named_as
from field_app.screens.fitting import columns_that_fit, longest_run, widest_word
from field_app.theme.measures import DESK_WIDTH, MARGIN, TEXT_WIDTH, M, S
from field_app.theme.styles import BUTTON_SIGN
from field_app.theme.type import Role, sign_of, size_of
from visit_core.explain import sentence
from visit_core.kinds import kind_named
from visit_core.picklists import Language

LARGE = 1.5
NAME_ROLES = (Role.DISPLAY, Role.TITLE, Role.STRONG)


@dataclass(frozen=True, slots=True)
class Look:
    """A person's language, the width of the window and the factor the person reads at."""

    lang: Language = "zh"
    width: float = 390  # density-independent pixels
    scale: float = 1.0  # 1.0 to 2.0
    own: tuple[OwnTableNamed, ...] = ()  # the organisation's own tables

    @property
    def is_desk(self) -> bool:
        """Whether there is room for a rail, a list and a record side by side."""
        return self.width >= DESK_WIDTH

    @property
    def is_large(self) -> bool:
        """Whether words need the whole width: what else stands side by side is stacked."""
        return self.scale > LARGE

    @property
    def body_width(self) -> float:
        """How wide a page's content is: never wider than one reads well."""
        return min(self.width - 2 * MARGIN, TEXT_WIDTH)

    @property
    def button_sign(self) -> float:
        """How wide the icon of a button is, with the space after it."""
        return sign_of(self.scale, BUTTON_SIGN) + S

    @property
    def row_indent(self) -> float:
        """Where the words of a row begin: margin, icon, space."""
        return MARGIN + sign_of(self.scale) + M

    def columns(self, labels: Iterable[str], *, beside: float = 0, inset: float = 0, role: Role = Role.STRONG) -> int:
        """How many equal parts stand side by side and keep their words whole.

        `beside` is what each part needs for all but words, `inset` what lies round them all.
        """
        return columns_that_fit(self.body_width - inset, widest_word(labels, size_of(role, self.scale)) + beside, S)

    def has_room(self, labels: Iterable[str], *, beside: float) -> bool:
        """Whether words stand in one line of a page from edge to edge, each with `beside` round it."""
        size = size_of(Role.STRONG, self.scale)
        return sum(widest_word([label], size) + beside for label in labels) <= self.body_width + 2 * MARGIN

    def name_role(self, name: str, *, inset: float = 0) -> Role:
        """The largest style in which no word of a name breaks; `inset` is what lies round it."""
        width, sizes = self.body_width - inset, {role: size_of(role, self.scale) for role in NAME_ROLES}
        return next((role for role in NAME_ROLES if longest_run(name, sizes[role]) <= width), NAME_ROLES[-1])

    def calls(self, kind: str) -> str:
        """What people call a kind of record: a declared one, or a table of the organisation's own."""
        own = named_as(self.own, kind)
        return own.label(self.lang) if own else kind_named(kind).label(self.lang)

    def says(self, key: str, **facts: str | int) -> str:
        """The sentence under a key, in the person's language."""
        return sentence(key, self.lang, **facts)
