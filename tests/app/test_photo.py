"""A photograph is kept small and bare: no place, no device, no preview, and nothing that would bring the app down."""

import struct
import zlib
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image

from field_app import photo
from field_app.photo import LONG_EDGE, MIME, Photo, photo_of, small
from visit_core.errors import NotValid, TooLarge

SECRETS = (b"Canon", b"31.2304", b"GPS", b"Exif", b"JFXX", b"xpacket", b"shop of Mrs Wang", b"trailer")


def a_file(size: tuple[int, int] = (64, 48), format: str = "JPEG", mode: str = "RGB", **kept: Any) -> bytes:
    """A picture, red but for its upper left quarter, which is blue; of mode LA or RGBA one sees through the red."""
    image = Image.new(mode, size, (0,) * len(mode) if mode.endswith("A") else "red")
    image.paste((0, 255)[: len(mode)] if mode == "LA" else "blue", (0, 0, size[0] // 2, size[1] // 2))
    written = BytesIO()
    image.save(written, format, **kept)
    return written.getvalue()


def notes(orientation: int = 1, taken: str = "2026:05:01 09:30:00") -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation], exif[ExifTags.Base.Make] = orientation, "Canon"
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal: taken}
    exif[ExifTags.IFD.GPSInfo] = {ExifTags.GPS.GPSMapDatum: "GPS 31.2304"}
    return exif


def opened(made: Photo) -> Image.Image:
    return Image.open(BytesIO(made.content))


def colour_at(made: Photo, x: float, y: float) -> str:
    red, _, blue = opened(made).convert("RGB").getpixel((int(made.width * x), int(made.height * y)))  # type: ignore[misc]
    return "white" if red > 200 and blue > 200 else "red" if red > blue else "blue"


def test_a_photograph_is_no_longer_than_1600_pixels_and_keeps_its_shape() -> None:
    made = photo_of(a_file((4000, 3000)))
    assert (made.width, made.height) == (LONG_EDGE, 1200) == opened(made).size
    assert opened(made).format == "JPEG"
    assert MIME == "image/jpeg"


def test_a_small_one_is_not_blown_up() -> None:
    assert opened(photo_of(a_file((64, 48)))).size == (64, 48)


def test_nothing_that_a_camera_wrote_beside_the_picture_comes_along() -> None:
    beside: dict[str, Any] = {"exif": notes(), "comment": b"shop of Mrs Wang"}
    file = a_file((64, 48), xmp=b"<?xpacket?>", icc_profile=b"JFXX", **beside) + b"trailer"
    assert all(secret in file for secret in (b"Canon", b"31.2304", b"shop of Mrs Wang", b"trailer"))
    made = photo_of(file)
    assert [secret for secret in SECRETS if secret in made.content] == []
    assert made.content.endswith(b"\xff\xd9")
    assert not opened(made).getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright_whichever_way_the_phone_was_held(orientation: int) -> None:
    lies = orientation >= 5
    blue = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[orientation]
    made = photo_of(a_file((64, 48), exif=notes(orientation)))
    assert (made.width, made.height) == ((48, 64) if lies else (64, 48))
    corners = {(x, y): colour_at(made, 0.1 + 0.8 * x, 0.1 + 0.8 * y) for x in (0, 1) for y in (0, 1)}
    assert [at for at, colour in corners.items() if colour == "blue"] == [blue]


@pytest.mark.parametrize(("format", "mode"), [("PNG", "RGBA"), ("WEBP", "RGBA"), ("PNG", "LA")])
def test_what_one_sees_through_is_white(format: str, mode: str) -> None:
    assert colour_at(photo_of(a_file(format=format, mode=mode)), 0.9, 0.9) == "white"


@pytest.mark.parametrize(
    ("format", "mode"), [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "1"), ("BMP", "RGB")]
)
def test_pictures_of_other_kinds_are_taken_too(format: str, mode: str) -> None:
    written = BytesIO()
    Image.new("RGB", (64, 48), "red").convert(mode).save(written, format)
    assert opened(photo_of(written.getvalue())).mode == "RGB"


def test_when_it_was_taken_is_known_where_the_camera_says_so() -> None:
    assert photo_of(a_file(exif=notes())).taken == datetime(2026, 5, 1, 9, 30)
    assert photo_of(a_file(exif=notes(taken="yesterday"))).taken is None
    assert photo_of(a_file()).taken is None


@pytest.mark.parametrize(
    "file", [b"", b"%PDF-1.7", b"\xff\xd8\xff", a_file()[:300], a_file(format="PNG")[:90], a_file(format="GIF")]
)
def test_what_is_no_photograph_is_refused(file: bytes) -> None:
    with pytest.raises(NotValid) as refused:
        photo_of(file)
    assert refused.value.why == "no_photo"


@pytest.mark.filterwarnings("ignore::UserWarning")  # of notes beside the picture that cannot be read
def test_a_file_damaged_anywhere_is_read_or_refused_and_nothing_else() -> None:
    for file in (a_file((16, 16), exif=notes()), a_file((16, 16), "PNG"), a_file((16, 16), "WEBP")):
        for at in range(0, len(file), 5):
            hurt = file[:at] + bytes([file[at] ^ 0x55]) + file[at + 1 :]
            try:
                made = photo_of(hurt)
            except NotValid:
                continue
            assert opened(made).format == "JPEG"


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked() -> None:
    bomb = png_that_claims(100_000, 100_000)
    assert len(bomb) < 100
    with pytest.raises(TooLarge) as refused:
        photo_of(bomb)
    assert refused.value.why == "photo_too_many_pixels"
    with pytest.raises(TooLarge):
        small(bomb, 320)


def png_that_claims(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 9) + b"IDAT"


def test_a_file_of_more_bytes_than_any_photograph_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo, "MOST_FILE_BYTES", 100)
    with pytest.raises(TooLarge):
        photo_of(a_file())


def test_among_others_it_is_shown_small() -> None:
    shown = Image.open(BytesIO(small(photo_of(a_file((640, 480))).content, 160)))
    assert shown.size == (160, 120)
