"""The YouTube Data API v3 through Google's client library: each call counted, each failure told in our words."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

import google.auth.exceptions
import googleapiclient
import httplib2
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaFileUpload

from publish.quota import COSTS, Meter
from publish.youtube.account import AGAIN, Token
from publish.youtube.fault import Refusal, Transient, fault_of
from render.core.fault import EnvironmentFault

ROOT_VARIABLE: Final = "YOUTUBE_API_ROOT"
"""Where the API is, for tests: the address of a server that speaks its protocol."""
PAGE: Final = 50
"""So many entries of a list come at once, and so many ids may be asked for."""

Answer = dict[str, Any]

_DOCUMENT: Final = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents" / "youtube.v3.json"


def _once(kind: type[http.client.HTTPConnection]) -> type[http.client.HTTPConnection]:
    """A connection of this kind that never sends a request twice.

    httplib2 repeats any request whose connection closes before an answer comes, although it may have been heard: a
    playlist would be made twice.  Whether to repeat is decided by who knows what the request does.
    """

    class Once(kind):  # type: ignore[misc, valid-type]
        def getresponse(self) -> http.client.HTTPResponse:
            try:
                response: http.client.HTTPResponse = super().getresponse()
            except http.client.BadStatusLine as error:
                self.close()
                raise ConnectionResetError(f"no answer: {error}") from error
            return response

    return Once


_CONNECTIONS: Final = {
    "http": _once(httplib2.HTTPConnectionWithTimeout),
    "https": _once(httplib2.HTTPSConnectionWithTimeout),
}


class _Http(httplib2.Http):  # type: ignore[misc]
    """httplib2 that sends each request once, and takes 308 for an answer: it is that of an upload under way."""

    def __init__(self) -> None:
        super().__init__(timeout=60)
        self.redirect_codes = httplib2.REDIRECT_CODES - {308}

    def request(self, uri: str, *arguments: Any, **named: Any) -> tuple[httplib2.Response, bytes]:
        named["connection_type"] = _CONNECTIONS[uri.partition(":")[0]]
        answer: tuple[httplib2.Response, bytes] = super().request(uri, *arguments, **named)
        return answer


class Api:
    """Calls by their name in the API, such as ``videos.list``."""

    def __init__(self, token: Token, meter: Meter, environment: Mapping[str, str]) -> None:
        self._http = AuthorizedHttp(token.credentials(), http=_Http())
        self._meter = meter
        document = json.loads(_DOCUMENT.read_text(encoding="utf-8"))
        if root := environment.get(ROOT_VARIABLE):
            document |= {"rootUrl": root, "baseUrl": root}
        self._service = build_from_document(document, http=self._http)
        self.server_time: datetime | None = None
        """What the server's clock showed when it last answered."""

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    @property
    def now(self) -> Callable[[], datetime]:
        """This machine's clock."""
        return self._meter.now

    def request(self, method: str, **parameters: Any) -> Any:
        """The client library's request for a call, not sent yet."""
        resource, _, verb = method.partition(".")
        return getattr(getattr(self._service, resource)(), verb)(**parameters)

    def call(self, method: str, **parameters: Any) -> Answer:
        """What a call answers.

        Raises :class:`Transient` for what passes, and a :class:`render.core.fault.Fault` for all else.  A call that
        raises :class:`Transient` may have been done all the same.
        """
        self._meter.spend(COSTS[method])
        request = self.request(method, **parameters)
        request.add_response_callback(self._note)
        try:
            with network_faults():
                answer: Answer = request.execute(num_retries=0) or {}
        except HttpError as error:
            raise self.fault(error.resp, error.content, method) from None
        return answer

    def send(self, address: str, verb: str, body: bytes, headers: Mapping[str, str]) -> Any:
        """Send a request of an upload as it stands; returns the response and its body.

        Raises :class:`Transient` where no answer comes; what an answer means is for the caller to say.
        """
        with network_faults():
            response, content = self._http.request(address, verb, body=body, headers=dict(headers))
        self._note(response)
        return response, content

    def spend(self, method: str) -> None:
        """Count a call that is made by :meth:`send`."""
        self._meter.spend(COSTS[method])

    def fault(self, response: httplib2.Response, content: bytes, method: str) -> Exception:
        """What is to be raised for an answer that is an error."""
        asked = str(response.get("retry-after", ""))
        after = float(asked) if asked.isdecimal() else None
        return fault_of(Refusal.read(int(response.status), content), method, self.now(), after)

    def listed(self, method: str, **parameters: Any) -> Iterator[Answer]:
        """All entries of a list, page by page."""
        page: str | None = None
        while True:
            answer = self.call(method, maxResults=PAGE, pageToken=page, **parameters)
            yield from answer.get("items", [])
            page = answer.get("nextPageToken")
            if not page:
                return

    def by_id(self, method: str, ids: list[str], **parameters: Any) -> Iterator[Answer]:
        """Those of the things with these ids that there are."""
        for start in range(0, len(ids), PAGE):
            answer = self.call(method, id=",".join(ids[start : start + PAGE]), **parameters)
            yield from answer.get("items", [])

    def _note(self, response: httplib2.Response) -> None:
        if told := response.get("date"):
            self.server_time = parsedate_to_datetime(told).astimezone(UTC)


def media(path: Path, kind: str) -> MediaFileUpload:
    """A small file to be sent with a call."""
    return MediaFileUpload(str(path), mimetype=kind, resumable=False)


class network_faults:  # noqa: N801 - used like a function
    """Turns what the network and the consent's keeper say into our words."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        match error:
            case google.auth.exceptions.RefreshError():
                raise _refused(error) from None
            case google.auth.exceptions.TransportError() | httplib2.ServerNotFoundError():
                raise Transient(f"no network: {_first(error)}", is_network=True) from None
            case ssl.SSLCertVerificationError():
                raise EnvironmentFault(
                    f"The server's certificate is not accepted ({error.verify_message}). Look at this machine's clock, "
                    "and whether something stands between it and the network."
                ) from None
            case OSError() | http.client.HTTPException() | httplib2.HttpLib2Error():
                raise Transient(f"no answer: {_first(error)}", is_network=True) from None


def _refused(error: google.auth.exceptions.RefreshError) -> Exception:
    told = " ".join(str(part) for part in error.args)
    if error.retryable or (
        "invalid_grant" not in told and any(f"{status}" in told for status in (500, 502, 503))
    ):
        return Transient(f"Google's sign-in does not answer: {_first(error)}")
    if "invalid_grant" in told:
        return EnvironmentFault(
            "The consent has expired or was taken back (while the consent screen is in “Testing”, it ends after seven "
            f"days: publish the screen in Google's console). {AGAIN}"
        )
    if "scope" in told:
        return EnvironmentFault(f"The consent does not cover what is to be done. {AGAIN}")
    if "invalid_client" in told or "unauthorized_client" in told:
        return EnvironmentFault(f"Google does not know the OAuth client any more. {AGAIN}")
    return EnvironmentFault(f"Google does not accept the consent ({_first(error)}). {AGAIN}")


def _first(error: BaseException) -> str:
    return str(error.args[0] if error.args else error).split("\n")[0] or type(error).__name__
