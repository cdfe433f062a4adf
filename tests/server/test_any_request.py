"""Whatever may be sent, alone or one after the other: every answer is one that is described, and none is a defect.

Requests are drawn from the OpenAPI document by schemathesis; its stateful phase goes from an answer to the next
request along the links that the document names.
"""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.generation.stateful.state_machine import APIStateMachine

from tests.server.test_access import OPERATIONS
from tests.server.world import Office, Phone
from visit_core.blobs import CHUNK_TYPE

schemathesis.serializer.alias(CHUNK_TYPE, "application/octet-stream")
CALM = settings(
    max_examples=30, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def patient(tmp_path):
    """An office that never loses its patience with wrong codes or tokens."""
    made = Office(tmp_path / "home", wrong_tokens_per_hour=10**9, wrong_codes_per_hour=10**9)
    yield made
    made.store.close()


def asker(office: Office, role: str) -> Phone:
    phone = office.phone("Somebody", role)
    phone.creates(name="王芳")
    phone.syncs()
    return phone


def headers_of(phone: Phone) -> dict[str, str]:
    return {"authorization": f"Bearer {phone.token}"}


@pytest.mark.parametrize("role", ["supervisor", "admin"])
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_no_single_request_meets_a_defect(patient, operation, role):
    method, path = OPERATIONS[operation]
    phone = asker(patient, role)
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", patient.app)
    asked = 0

    @CALM
    @given(case=schema[path][method].as_strategy())
    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        answer = case.call(headers=headers_of(phone))
        case.validate_response(answer, checks=(not_a_server_error,))
        assert str(answer.status_code) in schema[path][method].definition.raw["responses"], answer.text

    ask()
    assert asked > 0
    assert list(patient.store.flaws()) == []


class InAnOfficeOfItsOwn:
    """The app of whichever office is open now: what a chain meets must not depend on those before it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._opened = folder, 0
        self.office = self._another()

    def move(self) -> None:
        """Leave this office as it must be left, for an empty one."""
        self.leave()
        self.office = self._another()

    def leave(self) -> None:
        """Everything in it holds together."""
        assert list(self.office.store.flaws()) == []
        self.office.store.close()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.office.app(scope, receive, send)

    def _another(self) -> Office:
        self._opened += 1
        patience = {"wrong_tokens_per_hour": 10**9, "wrong_codes_per_hour": 10**9}
        return Office(self._folder / str(self._opened), **patience)


def test_no_chain_of_requests_meets_a_defect(tmp_path):
    place = InAnOfficeOfItsOwn(tmp_path)
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", place)
    followed: set[tuple[str, int]] = set()

    class Chain(schema.as_state_machine()):  # type: ignore[misc]
        """Each begins with an admin of its own: it may well revoke itself."""

        def setup(self) -> None:
            place.move()
            self.phone = asker(place.office, "admin")

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": headers_of(self.phone)}

        def validate_response(self, response: Response, case: Any, **_: Any) -> None:
            followed.add((case.operation.label, response.status_code))
            case.validate_response(response, checks=(not_a_server_error,))

    assert issubclass(Chain, APIStateMachine)
    Chain.run(settings=settings(CALM, stateful_step_count=8))
    assert {("GET /v1/devices", 200), ("POST /v1/devices/{device}/revoke", 200)} <= followed
    place.leave()
