"""Every colour by name, light and dark.

A control is given a `Tone`, the name of a slot in Flet's colour scheme, and the device puts in the colour: when
it turns dark, nothing is drawn or sent anew. Slots no stock control uses hold the tokens that Material lacks.
"""

from dataclasses import dataclass
from enum import StrEnum

from visit_core.fields import Section


class Tone(StrEnum):
    """The tokens; each value is the slot of the colour scheme that holds it."""

    PAGE = "surface"
    CARD = "surfacecontainerlowest"
    FILL = "surfacecontainerhigh"  # tonal buttons, quiet banners
    PRESSED = "surfacecontainerhighest"
    INK = "onsurface"
    INK2 = "onsurfacevariant"
    LINE = "outlinevariant"
    RIM = "surfacedim"  # round fields, dark enough for sunlight
    EDGE = "outline"  # hint and disabled words
    PRIMARY = "primary"
    ON_PRIMARY = "onprimary"
    TINT = "primarycontainer"
    ON_TINT = "onprimarycontainer"
    SUCCESS = "secondaryfixed"
    SUCCESS_TINT = "onsecondaryfixed"
    ATTENTION = "tertiaryfixed"
    ATTENTION_TINT = "ontertiaryfixed"
    DANGER = "error"
    DANGER_TINT = "errorcontainer"
    INFO = "tertiary"
    INFO_TINT = "tertiarycontainer"
    BASIC = "primaryfixed"
    BEHAVIOUR = "primaryfixeddim"
    CONTACT = "onprimaryfixed"
    LEADS = "onprimaryfixedvariant"
    REMARKS = "secondaryfixeddim"
    TOAST = "inversesurface"
    ON_TOAST = "oninversesurface"
    TOAST_ACTION = "inverseprimary"
    NIGHT = "onsecondaryfixedvariant"  # round a photograph, dark by day, too


LIGHT = {
    Tone.PAGE: "#F5F7F6",
    Tone.CARD: "#FFFFFF",
    Tone.FILL: "#EDF1F0",
    Tone.PRESSED: "#E2E8E6",
    Tone.INK: "#14201E",
    Tone.INK2: "#56625F",
    Tone.LINE: "#E1E7E5",
    Tone.RIM: "#85918E",
    Tone.EDGE: "#64706D",
    Tone.PRIMARY: "#0F766E",
    Tone.ON_PRIMARY: "#FFFFFF",
    Tone.TINT: "#DDF0ED",
    Tone.ON_TINT: "#0B5A53",
    Tone.SUCCESS: "#2E7D32",
    Tone.SUCCESS_TINT: "#EBF6EC",
    Tone.ATTENTION: "#945600",
    Tone.ATTENTION_TINT: "#FBF0DF",
    Tone.DANGER: "#B3261E",
    Tone.DANGER_TINT: "#FBE9E7",
    Tone.INFO: "#1565C0",
    Tone.INFO_TINT: "#E5EFFA",
    Tone.BASIC: "#3B6FB6",
    Tone.BEHAVIOUR: "#7A5AA8",
    Tone.CONTACT: "#1F7A6E",
    Tone.LEADS: "#B26A00",
    Tone.REMARKS: "#6D6259",
    Tone.TOAST: "#14201E",
    Tone.ON_TOAST: "#F5F7F6",
    Tone.TOAST_ACTION: "#9FE5DB",
    Tone.NIGHT: "#14201E",
}

DARK = {
    Tone.PAGE: "#0D1312",
    Tone.CARD: "#171F1E",
    Tone.FILL: "#25302E",
    Tone.PRESSED: "#303C3A",
    Tone.INK: "#E8EEEC",
    Tone.INK2: "#A5B1AE",
    Tone.LINE: "#2A3432",
    Tone.RIM: "#6B7774",
    Tone.EDGE: "#8C9894",
    Tone.PRIMARY: "#4FBFB2",
    Tone.ON_PRIMARY: "#00231F",
    Tone.TINT: "#123F3A",
    Tone.ON_TINT: "#9FE5DB",
    Tone.SUCCESS: "#81C784",
    Tone.SUCCESS_TINT: "#173020",
    Tone.ATTENTION: "#FFB74D",
    Tone.ATTENTION_TINT: "#34260E",
    Tone.DANGER: "#F2B8B5",
    Tone.DANGER_TINT: "#3D1F1D",
    Tone.INFO: "#90CAF9",
    Tone.INFO_TINT: "#162A3E",
    Tone.BASIC: "#7FA6DC",
    Tone.BEHAVIOUR: "#B49AD8",
    Tone.CONTACT: "#5DB8AA",
    Tone.LEADS: "#E0A04A",
    Tone.REMARKS: "#A89C92",
    Tone.TOAST: "#303C3A",
    Tone.ON_TOAST: "#E8EEEC",
    Tone.TOAST_ACTION: "#9FE5DB",
    Tone.NIGHT: "#0D1312",
}

SCRIM = "black,0.54"  # over the page that a sheet lies on, as Material has it

SECTION_TONES: dict[Section, Tone] = {
    "basic": Tone.BASIC,
    "behaviour": Tone.BEHAVIOUR,
    "contact": Tone.CONTACT,
    "leads": Tone.LEADS,
    "remarks": Tone.REMARKS,
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a colour says: the tone of its words and icons, and the quiet ground under them."""

    tone: Tone
    ground: Tone


PLAIN = Meaning(Tone.ON_TINT, Tone.TINT)
SUCCESS = Meaning(Tone.SUCCESS, Tone.SUCCESS_TINT)
WAITING = Meaning(Tone.INK2, Tone.FILL)  # grey: being offline is normal
ATTENTION = Meaning(Tone.ATTENTION, Tone.ATTENTION_TINT)
DANGER = Meaning(Tone.DANGER, Tone.DANGER_TINT)
INFO = Meaning(Tone.INFO, Tone.INFO_TINT)
MEANINGS = (PLAIN, SUCCESS, WAITING, ATTENTION, DANGER, INFO)
