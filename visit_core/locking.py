"""Workbooks under a password, as Excel itself locks them: AES-256 by ECMA-376."""

import io

from visit_core.errors import NotValid
from visit_core.workbooks import is_locked


def locked(workbook: bytes, password: str) -> bytes:
    """The same workbook, which nobody opens without the password."""
    from msoffcrypto.format.ooxml import OOXMLFile  # here: a phone that locks no file need not wait for it

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, out)
    return out.getvalue()


def unlocked(content: bytes, password: str) -> bytes:
    """What a password opens; what needs none, and a workbook of the old form, as it is. NotValid for a wrong one."""
    if not is_locked(content):
        return content
    from msoffcrypto.exceptions import FileFormatError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    try:
        book = OOXMLFile(io.BytesIO(content))
        book.load_key(password=password, verify_password=True)
        book.decrypt(out)
    except InvalidKeyError:
        raise NotValid("workbook_password", field="file") from None
    except FileFormatError:
        return content
    except Exception:  # nobody knows what else a damaged file makes of the library
        raise NotValid("workbook_broken") from None
    return out.getvalue()
