"""The wire between the devices and the server: a relay on loopback whose answers can be cut."""

import socket
import socketserver
import threading
from typing import Self


class Wire:
    """Passes bytes both ways. While `answers_cut`, requests arrive but no answer comes back."""

    def __init__(self) -> None:
        self.answers_cut = False
        self.target = ("127.0.0.1", 0)
        self._relay = _Relay(("127.0.0.1", 0), _Call)
        self._relay.wire = self

    @property
    def address(self) -> str:
        """Where the devices call."""
        return f"http://127.0.0.1:{self._relay.server_address[1]}"

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
                asked = threading.Thread(target=_pour, args=(self.request, server, None), daemon=True)
                asked.start()
                _pour(server, self.request, wire)
        except OSError:
            return  # the server is away: so is the wire


def _pour(source: socket.socket, sink: socket.socket, wire: Wire | None) -> None:
    """Pass bytes on until the source ends; an answer on a cut wire is read whole and thrown away."""
    try:
        while piece := source.recv(65536):
            if wire is not None and wire.answers_cut:
                return
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return
