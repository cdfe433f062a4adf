"""All tokens as Flet's theme, one for each brightness.

Inside a theme colours are written out: the names of slots do not resolve there.
"""

from collections.abc import Mapping
from dataclasses import fields

import flet as ft

from field_app.theme.colours import DARK, LIGHT, Tone
from field_app.theme.measures import BAR_RADIUS, BOTTOM_BAR, ROW, XS, L
from field_app.theme.styles import common_button, focused, idle_chip, touched
from field_app.theme.type import BAR_MOST_SCALE, FACES, FAMILY, Role, sign_of, size_of

Palette = Mapping[Tone, str]
TAPPED_SIGN = 24  # an icon that is a button by itself
ON_A_DIAL = 1.0  # figures round a clock have no room to grow

# Material's own styles that our controls fall back on, and which of ours they are.
ALIASES = {
    "label_large": Role.STRONG,  # buttons, chips
    "body_small": Role.SECOND,  # help and error under a field
    "display_large": Role.DISPLAY,
    "display_medium": Role.DISPLAY,
    "headline_large": Role.DISPLAY,
    "headline_medium": Role.TITLE,
}


def dress(page: ft.Page, scale: float) -> None:
    """Give a page both brightnesses, for a person who reads at `scale`.

    The new look comes at once: while sizes glide, a busy browser may keep single letters at a size in between.
    """
    page.theme, page.dark_theme = theme(LIGHT, scale), theme(DARK, scale)
    page.theme_animation_style = ft.AnimationStyle(duration=ft.Duration())


def theme(palette: Palette, scale: float) -> ft.Theme:
    """One brightness as Flet wants it."""
    return ft.Theme(
        font_family=FAMILY,
        color_scheme=colour_scheme(palette),
        scaffold_bgcolor=palette[Tone.PAGE],
        divider_color=palette[Tone.LINE],
        splash_color=palette[Tone.PRESSED],
        hint_color=palette[Tone.EDGE],
        visual_density=ft.VisualDensity.STANDARD,  # or a desktop browser packs buttons tighter than a phone
        text_theme=text_theme(palette, scale),
        focus_color=ft.Colors.with_opacity(0.2, palette[Tone.INK]),  # of rows, heads and places, which have no ring
        icon_theme=ft.IconTheme(size=sign_of(scale)),
        icon_button_theme=ft.IconButtonTheme(
            ft.ButtonStyle(
                icon_size=sign_of(scale, TAPPED_SIGN),
                side=focused(palette[Tone.INK]),
                overlay_color=touched(palette[Tone.INK]),
            )
        ),
        filled_button_theme=ft.FilledButtonTheme(common_button(palette[Tone.INK], scale)),
        outlined_button_theme=ft.OutlinedButtonTheme(
            idle_chip(palette[Tone.INK], palette[Tone.CARD], palette[Tone.LINE], scale)
        ),
        list_tile_theme=_list_tiles(palette, scale),
        navigation_bar_theme=_navigation_bar(palette, scale),
        progress_indicator_theme=_progress(palette),
        switch_theme=_switch(palette),
        dialog_theme=ft.DialogTheme(bgcolor=palette[Tone.CARD]),
        time_picker_theme=ft.TimePickerTheme(dial_text_style=text_style(Role.BODY, ON_A_DIAL)),
    )


def colour_scheme(palette: Palette) -> ft.ColorScheme:
    """Every token in its slot, and in Material's other slots the token that fits."""
    slots = {slot.name.replace("_", ""): slot.name for slot in fields(ft.ColorScheme)}
    tokens = {slots[tone.value]: colour for tone, colour in palette.items()}
    return ft.ColorScheme(
        **tokens,
        secondary=palette[Tone.PRIMARY],
        on_secondary=palette[Tone.ON_PRIMARY],
        secondary_container=palette[Tone.TINT],
        on_secondary_container=palette[Tone.ON_TINT],
        on_tertiary=palette[Tone.ON_PRIMARY],
        on_tertiary_container=palette[Tone.INFO],
        on_error=palette[Tone.CARD],
        on_error_container=palette[Tone.DANGER],
        surface_bright=palette[Tone.CARD],
        surface_container=palette[Tone.CARD],
        surface_container_low=palette[Tone.CARD],
        surface_tint=ft.Colors.TRANSPARENT,
    )


def text_theme(palette: Palette, scale: float) -> ft.TextTheme:
    """Every style of text at a person's factor."""
    slots = {slot.name.replace("_", ""): slot.name for slot in fields(ft.TextTheme)}
    role_by_slot = {**{slots[role.value.lower()]: role for role in Role}, **ALIASES}
    # Without a colour a text field would write black on black.
    return ft.TextTheme(
        **{slot: text_style(role, scale, palette[Tone.INK]) for slot, role in role_by_slot.items()},
    )


def text_style(role: Role, scale: float, colour: str | None = None) -> ft.TextStyle:
    """One style of text, written out."""
    face = FACES[role]
    return ft.TextStyle(
        size=size_of(role, scale),
        height=face.line / face.size,
        weight=ft.FontWeight(f"w{face.weight}"),
        color=colour,
        font_family=FAMILY,
    )


def _list_tiles(palette: Palette, scale: float) -> ft.ListTileTheme:
    """Rows of a list: two lines on a card, and what they are touched with."""
    return ft.ListTileTheme(
        bgcolor=palette[Tone.CARD],
        content_padding=ft.Padding.symmetric(horizontal=L),
        min_height=ROW,
        title_text_style=text_style(Role.STRONG, scale, palette[Tone.INK]),
        subtitle_text_style=text_style(Role.SECOND, scale, palette[Tone.INK2]),
    )


def _navigation_bar(palette: Palette, scale: float) -> ft.NavigationBarTheme:
    grown = FACES[Role.CAPTION].line * (min(scale, BAR_MOST_SCALE) - 1)
    return ft.NavigationBarTheme(
        bgcolor=palette[Tone.CARD],
        elevation=0,
        height=BOTTOM_BAR + grown,
        indicator_color=ft.Colors.TRANSPARENT,
        overlay_color=ft.Colors.TRANSPARENT,
        label_text_style={
            ft.ControlState.SELECTED: text_style(Role.BAR, scale, palette[Tone.PRIMARY]),
            ft.ControlState.DEFAULT: text_style(Role.CAPTION, scale, palette[Tone.INK2]),
        },
    )


def _progress(palette: Palette) -> ft.ProgressIndicatorTheme:
    return ft.ProgressIndicatorTheme(
        color=palette[Tone.PRIMARY],
        linear_track_color=palette[Tone.PRESSED],
        stop_indicator_color=ft.Colors.TRANSPARENT,
        track_gap=0,
        border_radius=BAR_RADIUS,
    )


def _switch(palette: Palette) -> ft.SwitchTheme:
    chosen, idle = ft.ControlState.SELECTED, ft.ControlState.DEFAULT
    return ft.SwitchTheme(
        padding=ft.Padding.symmetric(horizontal=XS, vertical=XS),  # in a browser on a desk it is 40 high without
        thumb_color={chosen: palette[Tone.ON_PRIMARY], idle: palette[Tone.RIM]},
        track_color={chosen: palette[Tone.PRIMARY], idle: palette[Tone.CARD]},
        track_outline_color={chosen: palette[Tone.PRIMARY], idle: palette[Tone.RIM]},
    )
