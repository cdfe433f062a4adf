"""A server of another age in the place of the real one: whatever is asked, it says that the app is too old."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from visit_core.errors import ProtocolTooOld
from visit_core.protocol import ErrorAnswer

TOO_OLD = ErrorAnswer(code=ProtocolTooOld.code, facts={"oldest": 9}).model_dump_json().encode()


class _Newer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(426)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(TOO_OLD)))
        self.end_headers()
        self.wfile.write(TOO_OLD)

    do_GET = do_POST  # noqa: N815 -- as the library calls them

    def log_message(self, *_: object) -> None:
        """Nothing to say: the picture shows it."""


@contextmanager
def newer_server() -> Iterator[str]:
    """Serve on loopback; gives the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Newer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
