"""A text of the tables as its bytes: what is only handed on need not become a text of Python's and bytes again."""

from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Utf8(FunctionElement[bytes]):
    """The bytes of one text; None for none."""

    name = "utf8"
    type = LargeBinary()
    inherit_cache = True


@compiles(Utf8, "sqlite")
def _on_sqlite(asked: Utf8, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST({compiler.process(asked.clauses, **how)} AS BLOB)"


@compiles(Utf8, "postgresql")
def _on_postgresql(asked: Utf8, compiler: SQLCompiler, **how: Any) -> str:
    return f"convert_to({compiler.process(asked.clauses, **how)}, 'UTF8')"
