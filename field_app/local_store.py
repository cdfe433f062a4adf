"""What this device knows: the server's rows, and its own changes drawn on top.

Every method that writes is ONE durable commit of the vault.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import JsonValue

from field_app.base_rows import BaseRows
from field_app.batches import as_one, batch
from field_app.clock import DeviceClock, evidence
from field_app.drafts import Drafts
from field_app.drawing import View
from field_app.earlier import Before
from field_app.enrolment import Me
from field_app.entry import Entry, clock_of, said_of
from field_app.exchanges import Headings, Imports
from field_app.fetched import Fetched
from field_app.gists import Gists
from field_app.lent_books import LentBooks
from field_app.list_views import ListViews
from field_app.numbering import Codes
from field_app.outbox import Outbox
from field_app.progress import Anchor, Progress
from field_app.rescued import Rescued, numbered_for_rescue
from field_app.sight import Sight
from field_app.survivors import Survivors
from field_app.taking_in import Taken, take_answer
from field_app.uncertain import lost_count, questions
from field_app.validity import Watch
from field_app.vault.database import VaultDB
from visit_core.change import SCHEMA_V, Op, Registers
from visit_core.errors import NotEnrolled
from visit_core.ids import RecordId, new_id
from visit_core.protocol import MAX_CHANGES, OlderResponse, PullRequest, SyncRequest, SyncResponse
from visit_core.shapes import Moment
from visit_core.stamp import HybridClock

ME, PROGRESS = 1, 2


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person does to one record, before it has a stamp."""

    op: Op
    kind: str
    id: str
    registers: Registers
    by_rule: bool = False  # a rule of ours adds it to what a person does
    seen: int | None = None  # the server's number that the person had in sight; None: the one that is here now


class LocalStore:
    """One device's records. Ask it with `view` and `find`, tell it with `keep`, sync it with the rest."""

    def __init__(self, db: VaultDB, clock: DeviceClock) -> None:
        """Over an open vault that belongs to somebody; NotEnrolled if it does not yet."""
        self._db, self.clock, self.list_views = db, clock, ListViews(db)
        self._base, self._outbox, self.drafts = BaseRows(db), Outbox(db), Drafts(db)
        self.headings, self.imports, self.lent, self.fetched = Headings(db), Imports(db), LentBooks(db), Fetched(db)
        self.attachments = db.vault.attachments  # of a store whose key is not rotated while it is in hand
        self.survivors, self.gists = Survivors(db, self._base, self._outbox), Gists(db, self._base, self._outbox)
        self._sight = Sight(self._base, self._outbox, self.survivors)
        me = db.rows_of("state").row(ME)
        if me is None:
            raise NotEnrolled()
        self.me = Me.model_validate(me)
        self._last_id_ms, self.codes = 0, Codes(self.me.device, self.progress().last_code)

    @property
    def together(self) -> VaultDB:
        """What lets several steps on this store be one commit."""
        return self._db

    def keep(self, *edits: Edit, instead_of: str = "") -> list[int]:
        """Keep what a person did at once: from here on it is on this device, and will reach the server as a whole.

        `instead_of` is the draft it was; gives the places by which it can be taken back while it is unsent.
        """
        with self._db.transaction():
            places = self.keep_each([edits])
            if instead_of:
                self.drafts.drop(instead_of)
        return places

    def keep_each(self, done: Iterable[Sequence[Edit]]) -> list[int]:
        """Keep several things that a person did, in one commit; the server may take one of them and refuse another."""
        progress = self.progress()
        stamps, last_tx, places = HybridClock(self.me.device, progress.stamp), progress.last_tx, list[int]()
        with self._db.transaction():
            for edits in done:
                entries = [self._entry(edit, str(stamps.tick(self.clock.wall_ms())), progress.epoch) for edit in edits]
                company = self._outbox.deal_with(entries)
                together = as_one([*entries, *company], last_tx)
                last_tx = max([last_tx, *(entry.tx for entry in together if entry.tx)])
                places += self._outbox.add(together)[: len(entries)]
            moved = {"stamp": str(stamps.last), "last_tx": last_tx, "last_code": self.codes.last}
            self._keep_progress(progress.model_copy(update=moved))
        return places

    def take_back(self, places: Sequence[int]) -> bool:
        """Undo what was kept, if none of it was ever sent; tells whether it could be."""
        return self._outbox.take_back(places)

    def _entry(self, edit: Edit, stamp: str, epoch: str) -> Entry:
        row = self._base.get(edit.kind, edit.id)
        in_sight = row.seq if row and row.is_of(epoch) else 0
        return Entry(
            op=edit.op,
            kind=edit.kind,
            id=edit.id,
            scope=self.me.scope_of(edit.kind) if edit.op == "create" else None,
            said=said_of(edit.registers),
            at=stamp,
            clock=clock_of(evidence(self.clock)),
            base=in_sight if edit.seen is None else edit.seen,
            schema_v=SCHEMA_V,
            by=self.me.person,
            by_rule=edit.by_rule,
        )

    # ---------------------------------------------------------------- what a person sees

    def view(self, kind: str, record_id: str) -> View | None:
        """The record as this device draws it, or None; of a merged customer the one that is left."""
        return self._sight.view(kind, record_id)

    def itself(self, kind: str, record_id: str) -> View | None:
        """The very record of that id, merged or not."""
        return self._sight.itself(kind, record_id)

    def find(self, kind: str, where: Mapping[str, JsonValue] | None = None, *, deleted: bool = False) -> list[View]:
        """The records of a kind whose fields are as `where` says, oldest first; deleted ones only if asked for."""
        return self._sight.find(kind, where or {}, deleted=deleted)

    def numbers(self, kind: str) -> dict[str, int]:
        """By id, up to where this device has read each record of a kind that the server has sent in this epoch."""
        epoch = self.progress().epoch
        return {row.id: row.seq for row in self._base.of_kind(kind) if row.is_of(epoch)}

    def own_edits(self, kind: str, after: str) -> list[Entry]:
        """What this device itself did to records of a kind after a stamp, as far as its log goes."""
        made = (*self._outbox.entries(), *self._outbox.acknowledged())
        return [entry for entry in made if entry.kind == kind and entry.at > after]

    def waiting(self) -> list[Entry]:
        """Changes that the server has not yet named, in order."""
        return self._outbox.waiting()

    def waiting_records(self) -> int:
        """How many records a person has changed that the server has not named; what rules add is not counted."""
        return len({entry.key for entry in self.waiting() if not entry.by_rule})

    def quarantined(self) -> list[Entry]:
        """Changes that the server refused."""
        return self._outbox.quarantined()

    def confirmed(self, most: int) -> list[Entry]:
        """The changes that the server has named last, newest first; what rules add is left out."""
        return [entry for entry in self._outbox.confirmed(most) if not entry.by_rule]

    def made_here(self, kind: str, record_id: str) -> list[Entry]:
        """What this device did to a record, as far as it is still kept here, oldest first."""
        return self._outbox.about((kind, record_id))

    def before(self, kind: str, record_id: str) -> Before:
        """What stood in a record's registers before a sync changed them."""
        row = self._base.get(kind, record_id)
        return row.was if row else {}

    def discard(self, view: View) -> None:
        """Let go of what the server refused about a record."""
        self._outbox.discard((view.kind, view.id))

    def count(self) -> int:
        """How many records the server has sent."""
        return self._base.count()

    # ---------------------------------------------------------------- the server

    def next_request(self, limit: int = MAX_CHANGES) -> SyncRequest:
        """What to send next: the oldest changes, numbered durably before they leave, and where to read on."""
        progress = self.progress()
        chosen = [] if progress.asks_first else batch(self._outbox.waiting(), limit)
        unnumbered = sum(entry.n is None for entry in chosen)
        with self._db.transaction():
            chosen = self._outbox.number(chosen, progress.next_n)
            if unnumbered:
                self._keep_progress(progress.model_copy(update={"next_n": progress.next_n + unnumbered}))
        asked = self._request(chosen, progress.epoch, progress.reading_on)
        return asked.model_copy(update={"asks": questions(progress, self._outbox)})

    def for_rescue(self) -> Rescued:
        """Everything that only this device may have, numbered for good, as it would be sent."""
        with self._db.transaction():
            parts, progress = numbered_for_rescue(self.progress(), self._outbox)
            self._keep_progress(progress)
        requests = [self._request(part, progress.epoch) for part in parts]
        return Rescued(self.now_ms(), requests, progress.next_n - 1)

    def is_rescued(self, rescued: Rescued) -> None:
        """That is in a file which somebody keeps; it no longer holds anybody on this device."""
        self._keep_progress(rescued.noted_in(self.progress(), self.attachments.ids()))

    def _request(self, chosen: Sequence[Entry], epoch: str, pull: PullRequest | None = None) -> SyncRequest:
        return SyncRequest(
            device=self.me.device,
            epoch=epoch,
            sent=evidence(self.clock),
            changes=[entry.change() for entry in chosen],
            resent=[resent for entry in chosen if (resent := entry.resent())] or None,
            pull=pull,
            brief=True,
        )

    def take_in(self, answer: SyncResponse, asked: SyncRequest) -> Taken:
        """Settle what was sent and draw what was pulled. An answer to a question we no longer ask is ignored."""
        progress = self.progress()
        if asked.epoch != progress.epoch or not (asked.pull is None or progress.still_asks(asked.pull)):
            return Taken(is_ignored=True)
        with self._db.transaction(frees_room=True):
            taken, moved = take_answer(answer, asked, progress, self._outbox, self._base)
            self._keep_progress(moved.heard(self.me.device, answer.server_ms, self.clock))
        return taken

    def take_older(self, customer: str, answer: OlderResponse) -> int:
        """Keep all that was ever done with a customer; give how many records. Of another epoch it is not taken."""
        progress = self.progress()
        if answer.epoch != progress.epoch:
            return 0
        before = self.count()
        with self._db.transaction():
            self._base.take(answer.rows, progress.mark, is_asked_for=True)
            known = tuple(dict.fromkeys([*progress.older_of, customer]))
            self._keep_progress(progress.model_copy(update={"older_of": known}))
        return self.count() - before

    def begin_epoch(self, epoch: str, instead_of: str | None) -> None:
        """The central store was restored: read all of it again; what it lost is sent again."""
        progress = self.progress()
        if progress.epoch == instead_of != epoch:
            with self._db.transaction():
                self._outbox.forget_bases()
                self._keep_progress(progress.begun_anew(epoch))

    def begin_after_salvage(self) -> None:
        """Send nothing before the server has said which numbers it has, and read again what may have been lost."""
        self._keep_progress(lost_count(self.progress(), self.me.device, self.clock))

    # ---------------------------------------------------------------- time and progress

    def progress(self) -> Progress:
        """How far this device has come with the server."""
        return Progress.model_validate(self._db.rows_of("state").row(PROGRESS))

    def standing(self) -> tuple[object, ...]:
        """What one more exchange must move, or it is in vain."""
        progress = self.progress()
        still = progress.model_dump(include={"epoch", "scopes_v", "cursors", "asks_first", "asked_to"})
        return still, [entry.n for entry in self.waiting()]

    def now_ms(self) -> int:
        """The true time as well as this device can tell."""
        anchor = self.progress().anchor
        return anchor.now_ms(self.clock) if anchor else self.clock.wall_ms()

    def fresh_id(self) -> RecordId:
        """An id for a new record; those of one program sort in the order they were made."""
        self._last_id_ms = max(self.now_ms(), self._last_id_ms + 1)
        return new_id(self._last_id_ms)

    def moment(self) -> Moment:
        """Now, for reading what a person typed."""
        return moment_at(self.now_ms())

    def keep_watch(self, watch: Watch) -> None:
        """Remember what the clocks have shown since the last meeting."""
        self._keep_progress(self.progress().model_copy(update={"watch": watch}))

    def _keep_progress(self, progress: Progress) -> None:
        self._db.rows_of("state").put_many({PROGRESS: progress.model_dump(mode="json")})


def settle_in(db: VaultDB, me: Me, epoch: str, anchor: Anchor) -> None:
    """Make an empty store this person's: one commit."""
    state: dict[int, dict[str, Any]] = {
        ME: me.model_dump(mode="json"),
        PROGRESS: Progress(epoch=epoch, anchor=anchor).model_dump(mode="json"),
    }
    db.rows_of("state").put_many(state)


def moment_at(now_ms: int) -> Moment:
    """That instant, with the day it is here."""
    return Moment(now_ms, datetime.fromtimestamp(now_ms / 1000).astimezone().date())
