"""The wire between the devices and the server: a relay on loopback whose answers can be cut."""

import socket
import socketserver
import threading
from collections.abc import Callable
from typing import Self


class Wire:
    """Passes bytes both ways. While `answers_cut`, requests arrive but no answer comes back; whatever begins with
    `held_back` does not pass, and ends its connection."""

    def __init__(self) -> None:
        self.answers_cut = False
        self.held_back = b""
        self.target = ("127.0.0.1", 0)
        self._relay = _Relay(("127.0.0.1", 0), _Call)
        self._relay.wire = self

    @property
    def address(self) -> str:
        """Where the devices call."""
        return f"http://127.0.0.1:{self._relay.server_address[1]}"

    def asks_in_vain(self, piece: bytes) -> bool:
        """Whether that request does not get through."""
        return bool(self.held_back) and piece.startswith(self.held_back)

    def lead_to(self, address: str) -> None:
        """Pass everything on to the server at `address`."""
        host, _, port = address.removeprefix("http://").rpartition(":")
        self.target = (host, int(port))

    def __enter__(self) -> Self:
        threading.Thread(target=self._relay.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._relay.shutdown()
        self._relay.server_close()


class _Relay(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    wire: Wire


class _Call(socketserver.BaseRequestHandler):
    server: _Relay

    def handle(self) -> None:
        wire = self.server.wire
        try:
            with socket.create_connection(wire.target, timeout=5) as server:
                asked = threading.Thread(target=_pour, args=(self.request, server, wire.asks_in_vain), daemon=True)
                asked.start()
                _pour(server, self.request, lambda _: wire.answers_cut)
        except OSError:
            return  # the server is away: so is the wire


def _pour(source: socket.socket, sink: socket.socket, is_lost: Callable[[bytes], bool]) -> None:
    """Pass bytes on until the source ends, or up to a piece that is lost."""
    try:
        while (piece := source.recv(65536)) and not is_lost(piece):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return
