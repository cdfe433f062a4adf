"""The organisation's certificate authority, for devices that know only its fingerprint yet."""

from fastapi import APIRouter, Response

from sync_server.routes.parts import Parts, refusals
from visit_core.errors import NotFound

router = APIRouter(tags=["server"])


@router.get(
    "/ca",
    operation_id="certificateAuthority",
    response_class=Response,
    responses={**refusals(404), 200: {"content": {"application/x-pem-file": {}}, "description": "PEM"}},
)
def certificate_authority(parts: Parts) -> Response:
    """The authority's certificate. Compare its SHA-256 with the invite before trusting it."""
    path = parts.settings.home / "ca.pem"
    if not path.exists():
        raise NotFound("not_found", what="ca")
    return Response(path.read_bytes(), media_type="application/x-pem-file")
