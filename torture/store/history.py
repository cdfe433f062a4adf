"""A store as a crash would leave it, with what it looked like after each of its commits and where each of them ends."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from field_app.vault.verify import verify
from torture.store.disks import SteppingDisk
from torture.store.story import Act, act_of, capture, correct, index_disagrees, play, pull, seen, settle, sweep
from torture.store.vaults import begin, checkpointed, fresh_copy, index_file_of, log_of, reopen, torn_bytes
from visit_core.errors import StoreError

ACTS = (capture, correct, settle, sweep, pull)
State = dict[str, Any]


@dataclass(slots=True)
class History:
    """What was done to the store in `folder`: `states[k]` is what it looks like when its log ends at `ends[k]`."""

    folder: Path
    states: list[State] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    covered: int = 0  # where the index ends

    def commits_before(self, end: int) -> int:
        """How many commits lie whole before that place of the log; -1 if not even its head does."""
        return sum(each <= end for each in self.ends) - 1

    @property
    def log(self) -> bytes:
        """The bytes of the log, without the room that is set aside behind."""
        return log_of(self.folder).read_bytes()[: self.ends[-1]]


def a_history(folder: Path, seed: int, *, commits: int = 24, is_tail_large: bool = False) -> History:
    """Some acts, an index in the middle, some more; at the end one that needs many frames if that is asked for."""
    teller = _Teller(folder, seed)
    teller.tell(ACTS, commits // 2)
    checkpointed(teller.db)
    teller.told.covered = teller.told.ends[-1]
    teller.tell(ACTS, commits // 2)
    teller.tell((capture, settle), 3)  # few bytes: every one of them is cut at
    if is_tail_large:
        teller.fill()
    fresh_copy(folder / "lived", teller.told.folder)
    teller.db.close()
    return teller.told


class _Teller:
    """Tells the same acts to a store and to a plain TinyDB, and notes what comes of each."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.db, self._model = begin(folder / "lived", SteppingDisk()), TinyDB(storage=MemoryStorage)
        self.told = History(folder / "history")
        self._seed, self._n = seed, 0
        self._note()

    def tell(self, kinds: Sequence[Act], commits: int) -> None:
        """So many more commits, by acts of these kinds."""
        wanted = len(self.told.ends) + commits
        while len(self.told.ends) < wanted:
            if act_of(self._n, self._seed) in kinds:
                play(self.db, self._n, self._seed)
                play(self._model, self._n, self._seed)
                self._note()
            self._n += 1

    def fill(self) -> None:
        """One commit that needs many frames."""
        for each in (self.db, self._model):
            each.table("customers").insert_multiple({"n": n, "remark": f"备注 {n} " * 40} for n in range(120))
        self._note()

    def _note(self) -> None:
        end = self.db.vault.engine.log.end
        if not self.told.ends or end > self.told.ends[-1]:
            self.told.ends.append(end)
            self.told.states.append(seen(self._model))
        if seen(self.db) != self.told.states[-1]:
            raise AssertionError("the store does not do what a plain TinyDB does")


def torn_behind(end: int, log: bytes) -> int:
    """How many bytes behind that end were written and are to be reported: zeros are room set aside."""
    return max(0, len(log.rstrip(b"\0")) - end)


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader sees: everything, or why nothing; and whether `verify` is content."""

    state: State | None = None
    refused: str = ""
    torn: int = 0
    is_verified: bool = False
    wrong: str = ""  # what must never be


def look(folder: Path) -> Look:
    """Open the store in `folder` and read all of it, by table, by index and by `verify`."""
    try:
        db = reopen(folder, SteppingDisk())
        state, wrong = seen(db), ", ".join(index_disagrees(db))
        is_verified = _is_verified(db)
        db.close()
        return Look(state, torn=torn_bytes(db), is_verified=is_verified, wrong=wrong and f"index: {wrong}")
    except StoreError as refusal:
        return Look(refused=type(refusal).__name__)
    except Exception as error:  # any other one is a finding
        return Look(wrong=f"{type(error).__name__}: {error}")


def _is_verified(db: Any) -> bool:
    try:
        verify(db.vault)
    except StoreError:
        return False
    return True


def put(history: History, copy: Path, log: bytes, *, with_index: bool = True) -> Path:
    """A folder with these bytes for a log, and the history's index."""
    copy.mkdir(exist_ok=True)
    log_of(copy).write_bytes(log)
    index_file_of(copy).unlink(missing_ok=True)
    if with_index:
        index_file_of(copy).write_bytes(index_file_of(history.folder).read_bytes())
    return copy
