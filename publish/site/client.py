"""One request as a visitor makes it, and what came: headers and bytes as they were sent."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3

_LANES: Final = 8
_AGENT: Final = "mlhub-visit"


class Unreachable(Exception):
    """Nothing answers; the text says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered.  ``headers`` have their names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """A header; empty where it was not sent."""
        return self.headers.get(name, "")

    @property
    def content(self) -> bytes | None:
        """The body as it was before it was compressed; None where it cannot be read."""
        encoding = self.header("content-encoding").lower()
        if encoding in ("", "identity"):
            return self.body
        if encoding != "gzip":
            return None
        try:
            return gzip.decompress(self.body)
        except (OSError, EOFError, zlib.error):
            return None


class Client:
    """Asks hosts; safe for several threads.  Keeps no cookie, follows no redirect, sends nothing that is secret."""

    def __init__(self, seconds: float = 20.0) -> None:
        """``seconds`` is how long one connection, and each wait for the next bytes, may take."""
        self._options: dict[str, Any] = {
            "maxsize": _LANES,
            "timeout": urllib3.Timeout(connect=seconds, read=seconds),
            "retries": urllib3.Retry(2, redirect=False, status=0, backoff_factor=0.2),
        }
        self._direct = urllib3.PoolManager(**self._options)
        self._proxied: dict[str, urllib3.PoolManager] = {}

    def ask(
        self, address: str, headers: Mapping[str, str] = MappingProxyType({}), most: int | None = None
    ) -> Answer:
        """GET; of the body at most ``most`` bytes are read.  :class:`Unreachable` where nothing answers."""
        sent = {"User-Agent": _AGENT, "Accept-Encoding": "identity", **headers}
        try:
            came = self._pool(address).request(
                "GET", address, headers=sent, redirect=False, preload_content=False, decode_content=False
            )
            try:
                body = came.read(most, decode_content=False)
            finally:
                if most is None:
                    came.release_conn()
                else:
                    came.close()  # what is left of a long body is not wanted
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Unreachable(_words(error)) from error
        return Answer(came.status, {name.lower(): value for name, value in came.headers.items()}, body)

    def _pool(self, address: str) -> urllib3.PoolManager:
        """What connects to an address: the proxy that the environment names, if there is one."""
        parts = urlsplit(address)
        proxy = getproxies().get(parts.scheme)
        if not proxy or proxy_bypass(parts.hostname or ""):
            return self._direct
        if proxy not in self._proxied:
            self._proxied[proxy] = urllib3.ProxyManager(proxy, **self._options)
        return self._proxied[proxy]


def _words(error: Exception) -> str:
    """Why nothing answers, without the names of classes and objects."""
    reason = getattr(error, "reason", None)
    while isinstance(reason, Exception):
        error, reason = reason, getattr(reason, "reason", None)
    text = str(error).rpartition(">: ")[2] or str(error)
    return text.rpartition("): ")[2] or text
