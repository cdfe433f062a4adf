"""The description of the API at /v1/openapi.json: FastAPI's own, and the bodies that we read ourselves."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from visit_core.behaviour import EventsRequest
from visit_core.joining import EnrolRequest, RecoverRequest
from visit_core.protocol import ReassignRequest, SettleRequest, SyncRequest
from visit_core.rescues import RescueFile

READ_BY_US = (
    SyncRequest,
    EnrolRequest,
    EventsRequest,
    ReassignRequest,
    RecoverRequest,
    RescueFile,
    SettleRequest,
)
_REF = "#/components/schemas/{model}"


def describe(app: FastAPI) -> dict[str, Any]:
    """The whole document; built once."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        for model in READ_BY_US:
            schema = model.model_json_schema(ref_template=_REF)
            document["components"]["schemas"] |= {**schema.pop("$defs", {}), model.__name__: schema}
        app.openapi_schema = document
    return app.openapi_schema


def body_of(model: str) -> dict[str, Any]:
    """How an operation declares a JSON body that it reads by itself."""
    schema = {"$ref": _REF.format(model=model)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
