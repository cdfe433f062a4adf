"""Spaces, corners and the sizes a finger needs, in density-independent pixels."""

XS, S, M, L, XL = 4, 8, 12, 16, 24  # spaces
MARGIN = L  # between a page's edge and what stands on it

CARD_RADIUS = 16
RADIUS = 12  # buttons, tiles, fields
CHIP_RADIUS = 10
TAG_RADIUS = 6
BAR_RADIUS = 2

TOUCH = 48  # nothing to be tapped is smaller
ROW = 64
DENSE_ROW = 44  # a table at a desk, with a mouse
BOTTOM_BAR = 72
STACKED_BAR = 184  # two buttons one above the other, at large words
DESK_WIDTH = 1024  # from here on a rail, a list and the chosen record stand side by side
TEXT_WIDTH = 640  # a form grows no wider

CHOSEN_EDGE = 2
FOCUS_RING = 2
SECTION_BAR = 4
QUICK_MS = 150  # every motion ends within this
