"""Workbooks under a password, as Excel itself locks them: AES-256 by ECMA-376."""

import io


def locked(workbook: bytes, password: str) -> bytes:
    """The same workbook, which nobody opens without the password."""
    from msoffcrypto.format.ooxml import OOXMLFile  # here: a phone that locks no file need not wait for it

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, out)
    return out.getvalue()
