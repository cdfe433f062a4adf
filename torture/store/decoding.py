"""The decoders of what stands on disk, fed with hurt bytes: they answer, or say Corrupt, and nothing else."""

import random
from collections.abc import Callable
from pathlib import Path

from field_app.vault.frames import HEADER_BYTES, FrameSeal, frame_size, open_header
from field_app.vault.ops import placed_ops, row_at, to_bytes
from torture.store.history import a_history
from torture.store.shuffles import frames_of
from torture.store.vaults import KEY
from torture.tally import Tally
from visit_core.errors import Corrupt

Decoder = Callable[[bytes], object]


def decoding(_folder: Path, count: int, seed: int) -> Tally:
    """Read `count` hurt headers, frames and texts of frames."""
    tally, dice = Tally("hurt bytes given to the decoders"), random.Random(seed)
    log = a_history(_folder, seed, is_tail_large=True).log
    header, frames = log[:HEADER_BYTES], frames_of(log)
    seal = FrameSeal(open_header(header, KEY), KEY)
    texts = [opened.text for opened in map(seal.open, frames) if opened]
    for number in range(count):
        name, sound, decoder = (
            ("header", header, _header),
            ("frame", dice.choice(frames), lambda blob: _frame(seal, blob)),
            ("text", dice.choice(texts), _ops),
        )[number % 3]
        _tried(name, sound, _hurt(sound, dice), decoder, tally)
    return tally


def _tried(name: str, sound: bytes, hurt: bytes, decoder: Decoder, tally: Tally) -> None:
    try:
        said = decoder(hurt)
    except Corrupt:
        tally.ended(f"{name}: Corrupt")
    except Exception as error:  # whatever it is, nobody above expects it
        tally.lost(f"{name}: {type(error).__name__}: {error} for {hurt[:80].hex()}")
    else:
        is_sealed = name != "text"
        if is_sealed and said is not None and not hurt.startswith(sound):
            tally.lost(f"{name}: read what was never written: {hurt[:80].hex()}")
        else:
            tally.ended(f"{name}: {'nothing' if said is None else 'read'}")


def _header(blob: bytes) -> object:
    return open_header(blob, KEY)


def _frame(seal: FrameSeal, blob: bytes) -> object:
    frame_size(blob)
    return seal.open(blob)


def _ops(blob: bytes) -> object:
    """Behind the seal nobody can hurt a text; a decoder that trusts it would still be one bug from a misread."""
    for pos, op in placed_ops(blob):
        if row_at(blob, pos) != op.row or next(placed_ops(to_bytes(op))).op != op:
            raise AssertionError("what was read is not what stands there")
    return True


def _hurt(sound: bytes, dice: random.Random) -> bytes:
    blob = bytearray(sound)
    for _ in range(dice.choice((1, 1, 2, 8))):
        at = dice.randrange(len(blob) + 1)
        match dice.randrange(6):
            case 0:
                blob[at : at + 1] = bytes([dice.randrange(256)])
            case 1 if at < len(blob):
                blob[at] ^= 1 << dice.randrange(8)
            case 2:
                del blob[at : at + dice.randrange(1, 40)]
            case 3:
                blob[at:at] = dice.randbytes(dice.randrange(1, 40))
            case 4:
                blob[at : at + 4] = dice.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"VFR1", b"\x01\0\0\0"))
            case _:
                blob[at:at] = blob[max(0, at - 20) : at]
    return bytes(blob)
