"""A photograph made small and bare: upright, 1600 pixels along its long edge, JPEG at 80, and nothing in it but itself.

What a camera writes beside the picture (place, time, device, a preview, trailers) does not come along: only the picture
elements are copied into a new one.
"""

import hashlib
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import ExifTags, Image, ImageOps

from visit_core.errors import NotValid, TooLarge

LONG_EDGE = 1600  # pixels
QUALITY = 80
MIME = "image/jpeg"
MOST_FILE_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 40_000_000  # in memory at once; four bytes each
MOST_PIXELS_OF_JPEG = 120_000_000  # which is read at an eighth of its size, if that is enough
FORMATS = ("JPEG", "PNG", "WEBP", "BMP")

Image.MAX_IMAGE_PIXELS = None  # it would warn and go on; refused here, before anything is unpacked
warnings.filterwarnings("ignore", module=r"PIL\.")  # damaged notes beside a picture do not matter: they are left behind
_UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error, MemoryError)


@dataclass(frozen=True, slots=True)
class Photo:
    """What is kept and sent."""

    content: bytes
    width: int
    height: int
    taken: datetime | None  # local, as the camera says; None where it says nothing

    @property
    def sha256(self) -> str:
        """Its fingerprint, 64 hex digits."""
        return hashlib.sha256(self.content).hexdigest()


def photo_of(file: bytes) -> Photo:
    """The photograph in that file; NotValid if there is none that can be read, TooLarge for more than anybody needs.

    Takes up to a second or so of one processor: run it beside whatever waits for a tap.
    """
    if len(file) > MOST_FILE_BYTES:
        raise TooLarge("photo_too_large", field="file", max=MOST_FILE_BYTES // 1024**2)
    with _refusing(), Image.open(BytesIO(file), formats=FORMATS) as image:
        _refuse_huge(image.size, MOST_PIXELS_OF_JPEG if image.format in ("JPEG", "MPO") else MOST_PIXELS)
        image.draft("RGB", (LONG_EDGE, LONG_EDGE))
        _refuse_huge(image.size, MOST_PIXELS)
        taken = _taken(image)
        bare = _bare(image)
    return Photo(_as_jpeg(bare), bare.width, bare.height, taken)


def small(content: bytes, edge: int) -> bytes:
    """The same photograph to be shown among others, `edge` pixels at most."""
    with _refusing(), Image.open(BytesIO(content), formats=FORMATS) as image:
        _refuse_huge(image.size, MOST_PIXELS)
        image.draft("RGB", (edge, edge))
        return _as_jpeg(_bare(image, edge))


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as refusal:
        raise NotValid("no_photo", field="file") from refusal


def _refuse_huge(size: tuple[int, int], most: int) -> None:
    width, height = size
    if width * height > most:
        raise TooLarge("photo_too_many_pixels", field="file", width=width, height=height)


def _bare(image: Image.Image, edge: int = LONG_EDGE) -> Image.Image:
    """Upright, no larger than wanted, on white where one sees through it, and of the picture elements alone."""
    image.load()
    image.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(image)
    bare = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
        bare.paste(upright, mask=upright.getchannel("A"))
    else:
        bare.paste(upright.convert("RGB"))
    return bare


def _as_jpeg(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _taken(image: Image.Image) -> datetime | None:
    """When, as the camera noted it; a note that cannot be read is none."""
    try:
        said = image.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
        return datetime.strptime(str(said), "%Y:%m:%d %H:%M:%S")
    except _UNREADABLE:
        return None
