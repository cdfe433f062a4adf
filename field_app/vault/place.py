"""Where a store lives and what guards it."""

from dataclasses import dataclass, field
from pathlib import Path

from field_app.clock import DeviceClock
from field_app.vault.attachments import attachments_of
from field_app.vault.declared import Indexes
from field_app.vault.files import Disk
from field_app.vault.kdf import STRONG, KdfCost
from field_app.vault.lock import StoreLock
from field_app.vault.secrets import Secrets
from visit_core.errors import Failed


@dataclass(frozen=True, slots=True)
class Place:
    """One home. Where its key ring is, there is a store."""

    home: Path
    secrets: Secrets
    clock: DeviceClock
    cost: KdfCost = STRONG
    disk: Disk = field(default_factory=Disk)
    indexes: Indexes = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder of all that follows."""
        return self.home / "store"

    @property
    def keys(self) -> Path:
        """The key ring's file."""
        return self.folder / "keys.json"

    @property
    def log(self) -> Path:
        """The store's file."""
        return self.folder / "data.log"

    @property
    def attachments(self) -> Path:
        """The folder of photographs, each sealed by itself."""
        return attachments_of(self.log)

    @property
    def first_format(self) -> Path:
        """The store's file as the first release wrote it."""
        return self.folder / "data.vault"

    def lock(self) -> StoreLock:
        """Keep everybody else out, or raise Locked."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return StoreLock(self.folder / "data.lock")
        except OSError as refusal:
            raise Failed(step="home", errno=refusal.errno or 0) from refusal
