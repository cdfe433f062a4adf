"""What another system tells of customers over the API: `POST /v1/behaviour-events`."""

from typing import Annotated

from pydantic import BaseModel, Field

MOST_EVENTS = 500

Text = Annotated[str, Field(min_length=1, max_length=200)]


class ToldEvent(BaseModel):
    """One thing that a customer did. `customer` is a phone number, a customer number, an id or a name of one alone."""

    customer: Text
    kind: Text  # browse, click, purchase, search, favourite, other; or as people call them
    at: Text  # an instant with a zone, or a day
    target: Annotated[str, Field(max_length=1000)] = ""
    source: Annotated[str, Field(max_length=1000)] = ""


class EventsRequest(BaseModel):
    """Several of them, in any order; what was told before is told in vain."""

    events: Annotated[list[ToldEvent], Field(min_length=1, max_length=MOST_EVENTS)]


class EventRefused(BaseModel):
    """One that was not taken: its place in the request, from 0, and which field breaks which rule."""

    place: int
    field: str
    why: str


class EventsTaken(BaseModel):
    """How many were taken now, how many were here already, and which were refused."""

    taken: int
    known: int
    refused: list[EventRefused] = []
