"""What a damaged log still holds: every frame that opens, wherever it stands. Nothing is written here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from field_app.vault.frames import FRAME_MAGIC, HEADER_BYTES, Frame, FrameSeal, Header
from field_app.vault.ops import DELETE, DROP, MAKE, PUT, Op, placed_ops

Tables = dict[str, dict[str, bytes]]


@dataclass(slots=True)
class Salvaged:
    """What could be read of a damaged log, and what could not."""

    tables: Tables = field(default_factory=dict)
    frames: int = 0
    missing_frames: int = 0  # numbers up to the last that no authentic frame has
    lost_bytes: int = 0
    last_seq: int = 0

    @property
    def documents(self) -> int:
        """How many documents came out of it."""
        return sum(map(len, self.tables.values()))


def salvage(blob: bytes, header: Header, seal: FrameSeal) -> Salvaged:
    """Every authentic frame of `blob`, applied in the order of its number."""
    frames = {frame.seq: frame for frame in reversed(list(_authentic(blob, seal)))}
    found = Salvaged(frames=len(frames), last_seq=max(frames, default=header.first_seq - 1))
    found.missing_frames = found.last_seq - header.first_seq + 1 - len(frames)
    found.lost_bytes = len(blob) - min(len(blob), HEADER_BYTES) - sum(frame.size for frame in frames.values())
    for seq in sorted(frames):
        _apply(frames[seq].text, found.tables)
    return found


def ops_of(tables: Mapping[str, Mapping[str, bytes]]) -> Iterator[Op]:
    """The ops that make these tables."""
    for name, rows in tables.items():
        if not rows:
            yield Op(MAKE, name)
        for key, row in rows.items():
            yield Op(PUT, name, key, row)


def _authentic(blob: bytes, seal: FrameSeal) -> Iterator[Frame]:
    at = blob.find(FRAME_MAGIC)
    while at >= 0:
        frame = seal.open(blob, at)
        if frame is not None:
            yield frame
        at = blob.find(FRAME_MAGIC, at + (frame.size if frame else 1))


def _apply(text: bytes, tables: Tables) -> None:
    for _, op in placed_ops(text):
        if op.kind == DROP:
            tables.pop(op.table, None)
            continue
        rows = tables.setdefault(op.table, {})
        if op.kind == PUT:
            rows[op.key] = op.row
        elif op.kind == DELETE:
            rows.pop(op.key, None)
