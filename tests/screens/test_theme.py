"""Can everything be read: in both brightnesses, at every size, and without the colour?"""

from dataclasses import fields
from typing import Any

import flet as ft
import pytest

from field_app.screens.fitting import text_width
from field_app.theme.colours import DARK, LIGHT, MEANINGS, SECTION_TONES, Tone
from field_app.theme.material import ALIASES, colour_scheme, text_theme, theme
from field_app.theme.measures import TOUCH
from field_app.theme.styles import BUTTON_SIGN, button, common_button, idle_chip, tile
from field_app.theme.type import FACES, Role, sign_of, size_of
from visit_core.explain import LANGUAGES, sentence

PLACES = ("today", "customers", "visit", "reminders", "mine", "review", "conflicts", "fields", "forms", "labels")
GROUNDS = (Tone.PAGE, Tone.CARD)
WORDS_ON = [
    *((tone, ground) for tone in (Tone.INK, Tone.INK2) for ground in (*GROUNDS, Tone.FILL, Tone.PRESSED)),
    *((Tone.INK, meaning.ground) for meaning in MEANINGS),
    *((meaning.tone, ground) for meaning in MEANINGS for ground in (*GROUNDS, meaning.ground)),
    *((Tone.EDGE, ground) for ground in (*GROUNDS, Tone.FILL)),
    *((Tone.PRIMARY, ground) for ground in (*GROUNDS, Tone.TINT, Tone.INFO_TINT)),
    (Tone.ON_PRIMARY, Tone.PRIMARY),
    (Tone.ON_TOAST, Tone.TOAST),
    (Tone.TOAST_ACTION, Tone.TOAST),
    (Tone.ON_TOAST, Tone.NIGHT),
]
SIGNS_ON = [
    *((tone, ground) for tone in SECTION_TONES.values() for ground in GROUNDS),
    (Tone.RIM, Tone.CARD),
    (Tone.PRIMARY, Tone.PRESSED),  # a progress bar on its track
]


def luminance(colour: str) -> float:
    """How bright a colour is, from 0 to 1, as WCAG 2.2 measures it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def edge_of(style):
    """How thick a button's edge is."""
    return style.side[ft.ControlState.DEFAULT].width


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS_ON)
def test_words_can_be_read_on_every_ground_they_stand_on(palette, words, ground):
    assert contrast(palette[words], palette[ground]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("sign", "ground"), SIGNS_ON)
def test_icons_bars_and_rims_are_seen(palette, sign, ground):
    assert contrast(palette[sign], palette[ground]) >= 3


def test_light_and_dark_give_every_token_a_colour():
    assert LIGHT.keys() == DARK.keys() == set(Tone)


def test_every_token_is_a_colour_that_flet_knows_by_name():
    assert {tone.value for tone in Tone} <= {colour.value for colour in ft.Colors}


def test_no_token_borrows_the_slot_of_another():
    scheme = colour_scheme(LIGHT)
    slots = {slot.name.replace("_", ""): slot.name for slot in fields(scheme)}
    assert {tone: getattr(scheme, slots[tone.value]) for tone in Tone} == LIGHT


def test_bold_is_one_real_weight_and_plain_the_other():
    assert {face.weight for face in FACES.values()} == {400, 700}


def test_every_text_says_its_line_height_and_its_colour():
    styles = [getattr(text_theme(LIGHT, 1.0), slot.name) for slot in fields(ft.TextTheme)]
    given = [style for style in styles if style is not None]
    assert len(given) == len(Role) + len(ALIASES)
    assert all(style.height and style.color for style in given)


BOUNDED = (Role.DISPLAY, Role.TITLE, Role.CAPTION, Role.BAR)


@pytest.mark.parametrize("role", [role for role in Role if role not in BOUNDED])
def test_a_person_who_needs_twice_the_size_gets_it_in_all_that_is_read(role):
    assert size_of(role, 2.0) == 2 * size_of(role, 1.0)


def test_what_is_large_already_grows_less_and_stays_the_largest():
    sizes = [size_of(role, 2.0) for role in (Role.DISPLAY, Role.TITLE, Role.SECTION, Role.STRONG)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 1.5 * size_of(Role.DISPLAY, 1.0)


def test_icons_grow_with_the_words_beside_them_but_leave_them_their_width():
    plain: Any = theme(LIGHT, 1.0)
    large: Any = theme(LIGHT, 2.0)
    assert large.icon_theme.size == 1.5 * plain.icon_theme.size
    assert common_button(LIGHT[Tone.INK], 2.0).icon_size == sign_of(1.5, BUTTON_SIGN)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_labels_of_the_five_places_grow_only_as_far_as_they_fit(lang):
    assert size_of(Role.CAPTION, 2.0) > size_of(Role.CAPTION, 1.0)
    labels = [sentence(f"nav.{each}", lang) for each in PLACES]
    assert all(text_width(label, size_of(Role.BAR, 2.0)) <= 360 / 5 - 2 for label in labels)


@pytest.mark.parametrize(
    "style",
    [
        button(Tone.INK, Tone.FILL, tall=False),
        tile(chosen=False, tall=False),
        idle_chip("#000000", "#FFFFFF", "#EEEEEE"),
    ],
)
def test_the_smallest_button_is_as_high_as_a_finger_needs(style):
    assert FACES[Role.BODY].line + 2 * style.padding.top >= TOUCH


def test_what_is_chosen_shows_it_without_colour():
    chosen, idle = (edge_of(tile(chosen=chosen, tall=True)) for chosen in (True, False))
    assert chosen > idle


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_whatever_enter_would_press_has_a_ring_one_can_see(palette):
    whole: Any = theme(palette, 1.0)
    styles: list[Any] = [whole.filled_button_theme.style, whole.icon_button_theme.style, tile(chosen=True, tall=False)]
    for style in styles:
        ring = style.side[ft.ControlState.FOCUSED]
        assert ring.width >= 2
        colour = ring.color if ring.color in palette.values() else palette[ring.color]
        assert all(contrast(colour, palette[ground]) >= 3 for ground in (*GROUNDS, Tone.FILL, Tone.TINT))


def test_figures_round_a_clock_do_not_outgrow_their_cells():
    large: Any = theme(LIGHT, 2.0)
    assert large.time_picker_theme.dial_text_style.size <= 16


def test_nothing_throws_a_shadow():
    whole: Any = theme(LIGHT, 1.0)
    assert whole.navigation_bar_theme.elevation == 0
    assert common_button(LIGHT[Tone.INK]).shadow_color == ft.Colors.TRANSPARENT
