"""A TCP relay that hurts what goes through it: it cuts after so many bytes, drops, delays, doubles, and sends late."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PIECE = 65_536
PATIENCE_S = 20
QUIET_S = 0.1  # then a device has said what it had to say
RESET = struct.pack("ii", 1, 0)  # closing throws away what was not sent yet and says so at once


@dataclass(slots=True)
class Fate:
    """What happens to one connection. Bytes are counted from its start, one way and the other."""

    up_to: int | None = None  # of what the device says; then the connection breaks
    down_to: int | None = None  # of what the server says
    waits_s: float = 0.0  # before what the device says goes on
    is_doubled: bool = False  # what the device says reaches the server a second time, from nowhere
    is_late: bool = False  # the device hears nothing; what it says arrives after its next try


@dataclass(slots=True)
class Relay:
    """Stands before a server on loopback; `fate` is asked once for each connection."""

    port: int
    fate: Callable[[], Fate] = Fate
    up: int = 0  # bytes of the last connection that the device said
    down: int = 0
    _late: list[bytes] = field(default_factory=list)
    _listener: socket.socket = field(init=False)

    def __enter__(self) -> "Relay":
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self.delivers_late()

    @property
    def address(self) -> str:
        """Where devices go instead."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def delivers_late(self) -> None:
        """What was held back arrives at the server now; nobody hears the answers."""
        late, self._late = self._late, []
        for said in late:
            self._says_from_nowhere(said)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                device, _ = self._listener.accept()
                threading.Thread(target=self._relay, args=(device, self.fate()), daemon=True).start()

    def _relay(self, device: socket.socket, fate: Fate) -> None:
        self.up = self.down = 0
        with device, contextlib.suppress(OSError):
            device.settimeout(PATIENCE_S)
            if fate.is_late:
                self._late.append(_all_said(device))
                _breaks(device)
                return
            with socket.create_connection(("127.0.0.1", self.port), PATIENCE_S) as server:
                back = threading.Thread(target=self._answers, args=(server, device, fate.down_to), daemon=True)
                back.start()
                self._asks(device, server, fate)
                back.join(PATIENCE_S)

    def _asks(self, device: socket.socket, server: socket.socket, fate: Fate) -> None:
        said = b""
        with contextlib.suppress(OSError):
            while piece := device.recv(PIECE):
                time.sleep(fate.waits_s)
                passed = piece if fate.up_to is None else piece[: max(0, fate.up_to - self.up)]
                server.sendall(passed)
                self.up += len(passed)
                said += passed
                if len(passed) < len(piece) or self.up == fate.up_to:
                    _breaks(device)
                    break
        _breaks(server)
        if fate.is_doubled:
            self._says_from_nowhere(said)

    def _answers(self, server: socket.socket, device: socket.socket, most: int | None) -> None:
        with contextlib.suppress(OSError):
            while piece := server.recv(PIECE):
                passed = piece if most is None else piece[: max(0, most - self.down)]
                device.sendall(passed)
                self.down += len(passed)
                if most is not None and self.down >= most:
                    break
        with contextlib.suppress(OSError):
            device.shutdown(socket.SHUT_RDWR)

    def _says_from_nowhere(self, said: bytes) -> None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5) as server:
            server.sendall(said)
            server.recv(PIECE)


def _all_said(device: socket.socket) -> bytes:
    said = device.recv(PIECE)
    device.settimeout(QUIET_S)
    with contextlib.suppress(TimeoutError):
        while piece := device.recv(PIECE):
            said += piece
    return said


def _breaks(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        connection.shutdown(socket.SHUT_RDWR)
