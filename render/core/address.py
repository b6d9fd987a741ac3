"""Addresses as they may be shown: without the passwords that stand in them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

HIDDEN: Final = "***"
"""What is shown in a password's place."""

_USER: Final = re.compile(r"(?<=://)[^/\s'\"<>]*@")
"""What stands before the host: a name and a password, or a token alone."""
_FIELD: Final = re.compile(r"(?i)([?&;][\w.-]*(?:pass|secret|token|key|sig|credential)[\w.-]*=)[^&;\s'\"<>]+")


def without_passwords(text: str, address: str = "") -> str:
    """``text`` with whatever stands before the host of an address hidden, and fields of a query that sound secret.

    The password of ``address`` is hidden wherever it stands in the text.
    """
    for password in passwords(address):
        text = text.replace(password, HIDDEN)
    return _FIELD.sub(rf"\1{HIDDEN}", _USER.sub(f"{HIDDEN}@", text))


def passwords(address: str) -> list[str]:
    """The password in an address, as it is written there and as it is meant; none where there is none."""
    try:
        password = urlsplit(address).password
    except ValueError:
        return []
    return [form for form in dict.fromkeys((password or "", unquote(password or ""))) if len(form) > 2]
