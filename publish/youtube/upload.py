"""The bytes of a video, in a session that survives the one who sends: after a kill it goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from publish.step import StepFault
from publish.youtube.api import Api
from publish.youtube.fault import Transient

UNIT: Final = 256 * 1024
"""All chunks but the last are multiples of so many bytes."""
CHUNK: Final = 8 * 1024 * 1024

_METHOD: Final = "videos.insert"


class SessionGone(Exception):
    """The server does not know the session any more: the upload starts anew."""


class Upload:
    """One video file on its way.  ``progress`` is told how many bytes have arrived."""

    def __init__(self, api: Api, path: Path, size: int, chunk: int, progress: Callable[[int], None]) -> None:
        self._api = api
        self._path = path
        self._size = size
        self._chunk = chunk
        self._progress = progress

    def begin(self, body: dict[str, Any], parts: str) -> str:
        """Open a session for a video with these properties; returns its address.  No byte of the video is sent."""
        from googleapiclient.http import MediaFileUpload

        media = MediaFileUpload(str(self._path), mimetype="video/mp4", chunksize=self._chunk, resumable=True)
        request = self._api.request(_METHOD, part=parts, body=body, media_body=media, notifySubscribers=True)
        headers = {
            **request.headers,
            "X-Upload-Content-Type": "video/mp4",
            "X-Upload-Content-Length": str(self._size),
        }
        self._api.spend(_METHOD)
        response, content = self._api.send(request.uri, request.method, request.body.encode(), headers)
        if response.status != 200 or "location" not in response:
            raise self._api.fault(response, content, _METHOD)
        return str(response["location"])

    def go_on(self, address: str) -> dict[str, Any]:
        """Send what has not arrived yet in the session at ``address``; returns the video as the API describes it.

        Raises :class:`SessionGone`, :class:`Transient`, or the fault of a refusal.  May be called again after
        each of them: it asks first how much has arrived.
        """
        arrived = self._put(address, b"", f"bytes */{self._size}")
        with self._path.open("rb") as file:
            while isinstance(arrived, int):
                self._progress(arrived)
                file.seek(arrived)
                chunk = file.read(self._chunk)
                if not chunk:
                    raise StepFault(f"YouTube counts {arrived:,} bytes and has not finished: run again later")
                last = arrived + len(chunk) - 1
                after = self._put(address, chunk, f"bytes {arrived}-{last}/{self._size}")
                if after == arrived:
                    raise Transient("nothing of the chunk has arrived")
                arrived = after
        self._progress(self._size)
        return arrived

    def _put(self, address: str, chunk: bytes, content_range: str) -> int | dict[str, Any]:
        """How many bytes the server has afterwards, or the whole video's description."""
        headers = {"Content-Length": str(len(chunk)), "Content-Range": content_range}
        response, content = self._api.send(address, "PUT", chunk, headers)
        if response.status in (200, 201):
            try:
                video: dict[str, Any] = json.loads(content)
            except ValueError:
                raise Transient("the last answer broke off") from None
            return video
        if response.status == 308:
            told = response.get("range")
            return int(told.rpartition("-")[2]) + 1 if told else 0
        if response.status in (404, 410):
            raise SessionGone
        raise self._api.fault(response, content, _METHOD)
