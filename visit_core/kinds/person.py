"""Somebody of the team, so that everybody can see who did what."""

from typing import Annotated, ClassVar

from visit_core.fields import Asked, Record
from visit_core.picklists import ROLE
from visit_core.shapes import Name, OneOf, YesNo


class Person(Record):
    """Somebody of the team. Written by the server alone."""

    kind_name: ClassVar[str] = "person"
    zh: ClassVar[str] = "同事"
    en: ClassVar[str] = "Colleague"
    made_by_server: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("name", "role")

    name: Annotated[str | None, Name(50), Asked("姓名", "Name", writer="server")] = None
    role: Annotated[str | None, OneOf(ROLE), Asked("角色", "Role", writer="server")] = None
    active: Annotated[bool | None, YesNo(), Asked("在职", "Active", writer="server")] = True
