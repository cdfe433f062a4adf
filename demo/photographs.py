"""A visit with photographs: a door plate, a shelf and a delivery note, drawn for the pictures of the screens."""

from pathlib import Path

from PIL import Image, ImageDraw

from demo.stage import Stage

SIZE = (2400, 1800)
OUTCOME = ("outcome=interested", "content=看了样品柜，约好下周带目录再来。")


def photograph(stage: Stage) -> None:
    """Keep three photographs of one visit on the rep's device; they travel with its next sync."""
    customer = stage.found["customers"][2]["id"]
    visit = str(stage.rep.run("add", "visit", f"customer_id={customer}", *OUTCOME)["id"])
    drawn = {"door": _door(), "shelf": _shelf(), "note": _note()}
    kept = []
    for name, picture in drawn.items():
        file = stage.folder / f"{name}.jpg"
        picture.save(file, "JPEG", quality=90)
        kept.append(_attached(stage, visit, file))
    stage.found["photographed"], stage.found["photo"] = visit, kept[0]


def next_door(stage: Stage) -> Path:
    """A photograph that nobody has yet: the server knows the bytes of the others."""
    number = stage.found["doors"] = stage.found.get("doors", 1102) + 1
    file = stage.folder / f"door-{number}.jpg"
    _door(f"37-{number}").save(file, "JPEG", quality=90)
    return file


def _attached(stage: Stage, visit: str, file: Path) -> str:
    return str(stage.rep.run("attach", visit, str(file), "--source", "camera")["id"])


def _door(number: str = "37-1102") -> Image.Image:
    """A blue plate on a brick wall."""
    image = Image.new("RGB", SIZE, "#8d5a44")
    draw = ImageDraw.Draw(image)
    for row in range(0, SIZE[1], 120):
        draw.line((0, row, SIZE[0], row), fill="#c9b5a8", width=12)
        for column in range(row % 240, SIZE[0], 320):
            draw.line((column, row, column, row + 120), fill="#c9b5a8", width=12)
    draw.rounded_rectangle((600, 500, 1800, 1200), 60, fill="#1b4f9c", outline="#f2f4f8", width=24)
    draw.text((1200, 850), number, fill="#ffffff", font_size=260, anchor="mm")
    return image


def _shelf() -> Image.Image:
    """Boxes on three boards."""
    image = Image.new("RGB", SIZE, "#efe7da")
    draw = ImageDraw.Draw(image)
    colours = ("#0f766e", "#b26a00", "#7a5aa8", "#3b6fb6", "#b3261e")
    for board, top in enumerate((120, 680, 1240)):
        for box in range(7):
            left, height = 120 + box * 310, 300 + (box * 7 + board * 5) % 4 * 40
            corners = (left, top + 460 - height, left + 260, top + 460)
            draw.rectangle(corners, fill=colours[(box + board) % 5], outline="#5b4a3a", width=6)
        draw.rectangle((60, top + 460, SIZE[0] - 60, top + 500), fill="#7c5b3d")
    return image


def _note() -> Image.Image:
    """Lines on white paper, upright."""
    image = Image.new("RGB", SIZE[::-1], "#5d6b68")
    draw = ImageDraw.Draw(image)
    draw.rectangle((200, 160, 1600, 2240), fill="#fdfdfb")
    for number, line in enumerate(range(420, 2000, 120)):
        draw.rectangle((320, line, 1480 - number % 3 * 240, line + 34), fill="#3d4543")
    return image
