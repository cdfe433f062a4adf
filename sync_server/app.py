"""The HTTP application: routes, errors as `{"code", "facts"}`, and the machinery they share, wired together."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request

from sync_server.machinery import Machinery
from sync_server.routes import ROUTERS
from sync_server.routes.openapi import describe
from sync_server.routes.rim import Rim
from sync_server.settings import Settings
from sync_server.store import CentralStore
from sync_server.trustee import Trustee
from visit_core.blobs import OFFSET
from visit_core.errors import NotFound, NotValid, OffsetMoved, OutOfRange, VisitError

RETRY_S = 5
"""After how long it is worth asking a store again that is busy or away."""


def build(settings: Settings, store: CentralStore, trustee: Trustee, now_ms: Callable[[], int]) -> FastAPI:
    """The application over an open store; `now_ms` is the server's clock."""
    app = FastAPI(
        title="Field visits",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        lifespan=_lifespan,
    )
    app.state.machinery = Machinery.of(settings, store, trustee, now_ms)
    for router in ROUTERS:
        app.include_router(router, prefix="/v1")
    app.exception_handler(VisitError)(_refusal)
    app.exception_handler(RequestValidationError)(_unreadable)
    app.exception_handler(HTTPException)(_elsewhere)
    app.add_middleware(Rim)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = app.state.machinery.settings.threads
    yield


def _refusal(_: Request, refused: VisitError) -> JSONResponse:
    wait_s = refused.facts.get("wait_s")
    if refused.status == 503:
        wait_s = wait_s or RETRY_S
    headers = {"Retry-After": str(wait_s)} if wait_s else {}
    if refused.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refused, OffsetMoved):
        headers[OFFSET] = str(refused.facts["offset"])
    if isinstance(refused, OutOfRange):
        headers["Content-Range"] = f"bytes */{refused.facts['size']}"
    return JSONResponse({"code": refused.code, "facts": refused.facts}, refused.status, headers)


def _unreadable(request: Request, refused: RequestValidationError) -> JSONResponse:
    """What stood in the request is not repeated: it may be about a person."""
    first = refused.errors()[0]
    place = ".".join(str(part) for part in first["loc"][1:])[:80]
    return _refusal(request, NotValid("shape", field=place or None, rule=first["type"]))


def _elsewhere(request: Request, refused: HTTPException) -> JSONResponse:
    """Paths and methods that there are not."""
    error = NotFound("not_found", what="path") if refused.status_code == 404 else NotValid("method")
    answer = _refusal(request, error)
    answer.status_code = refused.status_code
    return answer
