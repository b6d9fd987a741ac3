"""A server that speaks the protocol of the YouTube Data API v3, for one channel, as its discovery document has it.

Paths, parameters and bodies are held against the document that comes with Google's client library: what the API does
not know is refused.  What a call does, and what it refuses, follows Google's reference.  Quota, lost answers, broken
chunks, expired sessions and errors of any kind come on demand.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from zoneinfo import ZoneInfo

import googleapiclient

DOCUMENT = json.loads(
    (Path(googleapiclient.__file__).parent / "discovery_cache/documents/youtube.v3.json").read_text()
)
UNIT = 256 * 1024
SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"
UNITS = {
    "captions.insert": 400, "captions.update": 450, "captions.list": 50, "captions.delete": 50,
    "thumbnails.set": 50, "videos.update": 50, "videos.delete": 50, "playlists.insert": 50, "playlists.update": 50,
    "playlistItems.insert": 50, "playlistItems.update": 50, "playlistItems.delete": 50,
}  # fmt: skip
"""What a call costs; all others 1, and videos.insert nothing: it has a bucket of its own."""

Item = dict[str, Any]


class Refused(Exception):
    """An answer that is an error."""

    def __init__(
        self, status: int, reason: str, message: str = "", headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(reason)
        self.status, self.reason, self.message = status, reason, message or reason
        self.headers = headers or {}


@dataclass
class Trouble:
    """Something that goes wrong with a call, so many times."""

    method: str
    """``videos.insert``, ``upload`` for a chunk of a video, ``token``, or ``*``."""
    status: int = 0
    """Status of the answer; 0 closes the connection without one."""
    reason: str = "backendError"
    message: str = ""
    times: int = 1
    after: bool = False
    """The call is done all the same, and only its answer is lost."""
    skip: int = 0
    """So many calls go well before."""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Session:
    """A resumable upload."""

    body: Item
    size: int
    arrived: bytes = b""
    video: str | None = None
    is_gone: bool = False


@dataclass
class YouTubeServer:
    """The channel and its server; all state may be read and changed by a test."""

    channel: str = "UCabcdefghijklmnopqrstuv"
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    units_a_day: int = 10_000
    uploads_a_day: int = 100
    delay: float = 0.0
    """Seconds that each answer takes."""
    long_uploads: str = "allowed"
    videos: dict[str, Item] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each video's file."""
    thumbnails: dict[str, str] = field(default_factory=dict)
    captions: dict[str, Item] = field(default_factory=dict)
    caption_texts: dict[str, str] = field(default_factory=dict)
    playlists: dict[str, Item] = field(default_factory=dict)
    entries: dict[str, list[Item]] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    """What was wrong with calls that no client should make."""
    refresh_tokens: set[str] = field(default_factory=lambda: {"refresh-1"})
    access_tokens: set[str] = field(default_factory=set)
    scope: str = SCOPE
    watch: Callable[[str, str], None] = lambda method, phase: None
    """Told of each call when it is ``heard``, ``done`` and ``answered``."""
    address: str = ""
    bytes_in: int = 0
    """Bytes of videos that were sent."""

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self._about = threading.local()
        self._spent: Counter[tuple[str, str]] = Counter()
        self._number = 0

    # --- the channel, seen from outside ---

    def snapshot(self) -> Item:
        """What viewers and owner see, without the names that chance gave."""
        with self.lock:
            mark = {
                id: next((tag for tag in video["snippet"].get("tags", [])), id)
                for id, video in self.videos.items()
            }
            return {
                "videos": sorted(
                    (
                        {
                            "snippet": {k: v for k, v in video["snippet"].items() if k != "publishedAt"},
                            "status": self._status(video),
                            "content": self.content[id],
                            "thumbnail": self.thumbnails.get(id),
                            "captions": sorted(
                                (track["snippet"]["language"], self.caption_texts[key])
                                for key, track in self.captions.items()
                                if track["snippet"]["videoId"] == id
                            ),
                        }
                        for id, video in self.videos.items()
                    ),
                    key=lambda video: (video["snippet"]["title"], video["content"]),
                ),
                "playlists": sorted(
                    (
                        {
                            "snippet": playlist["snippet"],
                            "status": playlist["status"],
                            "videos": [mark.get(_video(entry), "gone") for entry in self.entries[id]],
                        }
                        for id, playlist in self.playlists.items()
                    ),
                    key=lambda playlist: playlist["snippet"]["title"],
                ),
            }

    def add_video(self, title: str, *, tags: list[str] | None = None, privacy: str = "public") -> str:
        """A video that was uploaded some other way."""
        id = self._name("video")
        self.videos[id] = {
            "id": id,
            "snippet": {"title": title, "description": "", "tags": tags or [], "publishedAt": self._stamp()},
            "status": {"privacyStatus": privacy, "uploadStatus": "processed"},
        }
        self.content[id] = hashlib.sha256(title.encode()).hexdigest()
        return id

    def delete_video(self, id: str) -> None:
        """As a person does it in Studio."""
        for kept in (self.videos, self.content, self.thumbnails):
            kept.pop(id, None)
        self.captions = {k: v for k, v in self.captions.items() if v["snippet"]["videoId"] != id}
        for playlist, entries in self.entries.items():
            self.entries[playlist] = [entry for entry in entries if _video(entry) != id]

    def delete_playlist(self, title: str) -> None:
        """As a person does it in Studio."""
        (id,) = (id for id, one in self.playlists.items() if one["snippet"]["title"] == title)
        del self.playlists[id], self.entries[id]

    # --- calls ---

    def handle(self, verb: str, target: str, headers: Any, body: bytes) -> tuple[int, dict[str, str], bytes]:
        """The answer to a request."""
        parts = urlsplit(target)
        query = parse_qs(parts.query, keep_blank_values=True)
        if parts.path == "/token":
            return self._troubled("token", lambda: self._token(body))
        if parts.path == "/auth":
            self._about.method = "auth"
            back = f"{query['redirect_uri'][0]}?state={quote(query['state'][0])}&code=code-1&scope={quote(self.scope)}"
            return 302, {"Location": back}, b""
        if "upload_id" in query:
            return self._troubled("upload", lambda: self._chunk(verb, query["upload_id"][0], headers, body))
        is_upload = parts.path.startswith("/upload/")
        path = parts.path.removeprefix("/upload" if is_upload else "").removeprefix("/")
        method, description = _method(verb, path)
        return self._troubled(
            method, lambda: self._call(method, description, query, headers, body, is_upload=is_upload)
        )

    def _troubled(
        self, method: str, deed: Callable[[], tuple[int, dict[str, str], bytes]]
    ) -> tuple[int, dict[str, str], bytes]:
        self.calls[method] += 1
        self._about.method = method
        self.watch(method, "heard")
        trouble = self._trouble(method)
        if trouble and not trouble.after:
            return self._troublesome(trouble)
        answer = deed()
        self.watch(method, "done")
        return self._troublesome(trouble) if trouble else answer

    def answered(self) -> None:
        """The answer to the call of this thread is sent."""
        self.watch(self._about.method, "answered")

    def _trouble(self, method: str) -> Trouble | None:
        for trouble in self.troubles:
            if trouble.method in (method, "*") and trouble.times:
                if trouble.skip:
                    trouble.skip -= 1
                    return None
                trouble.times -= 1
                return trouble
        return None

    @staticmethod
    def _troublesome(trouble: Trouble) -> tuple[int, dict[str, str], bytes]:
        if not trouble.status:
            raise ConnectionAbortedError
        if trouble.method == "token":
            return (
                trouble.status,
                {},
                json.dumps({"error": trouble.reason, "error_description": trouble.message}).encode(),
            )
        raise Refused(trouble.status, trouble.reason, trouble.message, trouble.headers)

    def _call(
        self,
        method: str,
        description: Item,
        query: dict[str, list[str]],
        headers: Any,
        body: bytes,
        *,
        is_upload: bool,
    ) -> tuple[int, dict[str, str], bytes]:
        if headers.get("authorization", "").removeprefix("Bearer ") not in self.access_tokens:
            raise Refused(401, "authError", "Invalid Credentials")
        if not set(description["scopes"]) & set(self.scope.split()):
            raise Refused(403, "insufficientPermissions", "Insufficient Permission")
        self._spend(method)
        _check_query(description, query, is_upload)
        record, media, kind = _split(query, headers, body, is_upload=is_upload)
        if "request" in description and record is not None:
            _check_body(record, description["request"]["$ref"])
        if is_upload and not any(
            _matches(kind, accepted) for accepted in description["mediaUpload"]["accept"]
        ):
            raise Refused(400, "mediaBodyRequired", f"no {kind}")
        one = {key: values[-1] for key, values in query.items()}
        deed = getattr(self, "_" + method.replace(".", "_"))
        answer = deed(one, record or {}, media, headers)
        if isinstance(answer, tuple):
            return answer
        return (200, {}, json.dumps(answer).encode()) if answer is not None else (204, {}, b"")

    def _spend(self, method: str) -> None:
        day = self.now().astimezone(ZoneInfo("America/Los_Angeles")).date().isoformat()
        if method == "videos.insert":
            if self._spent[day, "uploads"] >= self.uploads_a_day:
                message = "Quota exceeded for quota metric 'Video uploads' and limit 'Video uploads per day'"
                raise Refused(429, "rateLimitExceeded", message)
            self._spent[day, "uploads"] += 1
            return
        units = UNITS.get(method, 1)
        if self._spent[day, "units"] + units > self.units_a_day:
            raise Refused(
                403, "quotaExceeded", "The request cannot be completed because you have exceeded your quota."
            )
        self._spent[day, "units"] += units

    def spent(self) -> int:
        """Units of quota that were used in all."""
        return sum(count for (_, kind), count in self._spent.items() if kind == "units")

    def _name(self, kind: str) -> str:
        self._number += 1
        return hashlib.sha256(f"{kind}{self._number}".encode()).hexdigest()[: 11 if kind == "video" else 20]

    def _stamp(self) -> str:
        return self.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def _token(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
        granted: Item = {
            "access_token": self._name("token"),
            "expires_in": 3599,
            "scope": self.scope,
            "token_type": "Bearer",
        }
        if form["grant_type"] == "authorization_code":
            if form.get("code") != "code-1" or "code_verifier" not in form:
                return 400, {}, b'{"error": "invalid_grant"}'
            granted |= {"refresh_token": "refresh-1", "refresh_token_expires_in": 604_799}
        elif form["refresh_token"] not in self.refresh_tokens:
            words = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
            return 400, {}, json.dumps(words).encode()
        self.access_tokens.add(granted["access_token"])
        return 200, {}, json.dumps(granted).encode()

    # --- channel and videos ---

    def _channels_list(self, query: Item, *_: object) -> Item:
        if query.get("mine") != "true":
            raise Refused(400, "missingRequiredParameter")
        whole = {
            "id": self.channel,
            "snippet": {"title": "Small Channel"},
            "status": {"privacyStatus": "public", "longUploadsStatus": self.long_uploads},
            "contentDetails": {"relatedPlaylists": {"uploads": "UU" + self.channel[2:]}},
        }
        return {"items": [_parts(whole, query)]}

    def _videos_insert(
        self, query: Item, body: Item, _media: bytes, headers: Any
    ) -> tuple[int, dict[str, str], bytes]:
        if query.get("uploadType") != "resumable":
            raise Refused(400, "badRequest", "only resumable uploads are served here")
        _check_parts(query, body)
        self._check_snippet(body["snippet"])
        self._check_status(body.get("status", {}), None)
        name = self._name("session")
        self.sessions[name] = Session(body, int(headers["x-upload-content-length"]))
        location = f"{self.address}upload/youtube/v3/videos?uploadType=resumable&upload_id={name}"
        return 200, {"Location": location, "X-GUploader-UploadID": name}, b""

    def _chunk(self, verb: str, name: str, headers: Any, body: bytes) -> tuple[int, dict[str, str], bytes]:
        session = self.sessions.get(name)
        if verb != "PUT" or session is None or session.is_gone:
            raise Refused(404, "notFound", "the session is not known")
        if session.video:
            return 200, {}, json.dumps(self.videos[session.video]).encode()
        span = re.fullmatch(r"bytes (?:(\d+)-(\d+)|\*)/(\d+)", headers.get("content-range", ""))
        if span is None or int(span[3]) != session.size:
            raise self._wrong("badRequest", f"Content-Range {headers.get('content-range')}")
        if span[1] is not None:
            first, last = int(span[1]), int(span[2])
            if last - first + 1 != len(body) or first != len(session.arrived):
                raise self._wrong("badRequest", f"{span[0]}, where {len(session.arrived)} bytes have arrived")
            if last + 1 != session.size and len(body) % UNIT:
                raise self._wrong("badRequest", f"a chunk of {len(body)} bytes")
            self.bytes_in += len(body)
            session.arrived += body[: self._heard(body)]
        if len(session.arrived) < session.size:
            told = {"Range": f"bytes=0-{len(session.arrived) - 1}"} if session.arrived else {}
            return 308, told, b""
        session.video = self._finish(session)
        return 200, {}, json.dumps(self.videos[session.video]).encode()

    def _heard(self, body: bytes) -> int:
        """How many bytes of a chunk arrive: fewer, where one breaks."""
        for trouble in self.troubles:
            if trouble.method == "break" and trouble.times:
                trouble.times -= 1
                return len(body) // 2 // UNIT * UNIT
        return len(body)

    def _wrong(self, reason: str, message: str) -> Refused:
        self.refused.append(message)
        return Refused(400, reason, message)

    def _finish(self, session: Session) -> str:
        id = self._name("video")
        snippet = {
            "description": "",
            **session.body["snippet"],
            "publishedAt": self._stamp(),
            "channelId": self.channel,
        }
        status = {"privacyStatus": "public", **session.body.get("status", {}), "uploadStatus": "uploaded"}
        self.videos[id] = {"kind": "youtube#video", "id": id, "snippet": snippet, "status": status}
        self.content[id] = hashlib.sha256(session.arrived).hexdigest()
        return id

    def _videos_list(self, query: Item, *_: object) -> Item:
        ids = query["id"].split(",")
        if len(ids) > 50:
            raise self._wrong("invalidFilters", "more than 50 ids")
        found = [self.videos[id] for id in dict.fromkeys(ids) if id in self.videos]
        return {"items": [_parts({**video, "status": self._status(video)}, query) for video in found]}

    def _status(self, video: Item) -> Item:
        """A video's status now: what was to be public from a moment on is."""
        status: Item = dict(video["status"])
        if (at := status.get("publishAt")) and datetime.fromisoformat(at) <= self.now():
            status = {
                **{key: value for key, value in status.items() if key != "publishAt"},
                "privacyStatus": "public",
            }
        return status

    def _videos_update(self, query: Item, body: Item, *_: object) -> Item:
        video = self.videos.get(body.get("id", ""))
        if video is None:
            raise Refused(404, "videoNotFound", "The video cannot be found.")
        _check_parts(query, body)
        for part in query["part"].split(","):
            if part == "snippet":
                self._check_snippet(body["snippet"])
                if "categoryId" not in body["snippet"]:
                    raise Refused(400, "invalidCategoryId")
                kept = {
                    key: video["snippet"][key]
                    for key in ("publishedAt", "channelId")
                    if key in video["snippet"]
                }
                video["snippet"] = {"description": "", **body["snippet"], **kept}
            elif part == "status":
                self._check_status(body["status"], self._status(video))
                video["status"] = {**body["status"], "uploadStatus": video["status"]["uploadStatus"]}
            else:
                raise Refused(400, "unexpectedPart")
        return {**video, "status": self._status(video)}

    def _check_snippet(self, snippet: Item) -> None:
        title = snippet.get("title", "")
        if not title or len(title) > 100 or set(title) & set("<>"):
            raise Refused(
                400, "invalidTitle", "The request metadata specifies an invalid or empty video title."
            )
        description = snippet.get("description", "")
        if len(description.encode()) > 5000 or set(description) & set("<>"):
            raise Refused(400, "invalidDescription")
        tags = snippet.get("tags", [])
        if len(",".join(f'"{tag}"' if " " in tag else tag for tag in tags)) > 500 or set("".join(tags)) & set(
            "<>,"
        ):
            raise Refused(400, "invalidTags")

    def _check_status(self, status: Item, before: Item | None) -> None:
        if "publishAt" not in status:
            return
        past = datetime.fromisoformat(status["publishAt"]) <= self.now()
        was_public = before is not None and before["privacyStatus"] == "public"
        if status.get("privacyStatus") != "private" or past or was_public:
            raise Refused(
                400,
                "invalidPublishAt",
                "The request metadata specifies an invalid scheduled publishing time.",
            )

    def _thumbnails_set(self, query: Item, _body: Item, media: bytes, *_: object) -> Item:
        if query["videoId"] not in self.videos:
            raise Refused(404, "videoNotFound")
        if not media.startswith(b"\x89PNG") or len(media) > int(
            DOCUMENT["resources"]["thumbnails"]["methods"]["set"]["mediaUpload"]["maxSize"]
        ):
            raise Refused(400, "invalidImage")
        self.thumbnails[query["videoId"]] = hashlib.sha256(media).hexdigest()
        return {"items": [{"default": {"url": f"https://i.ytimg.com/vi/{query['videoId']}/default.jpg"}}]}

    # --- captions ---

    def _captions_list(self, query: Item, *_: object) -> Item:
        return {"items": [t for t in self.captions.values() if t["snippet"]["videoId"] == query["videoId"]]}

    def _captions_insert(self, _query: Item, body: Item, media: bytes, *_: object) -> Item:
        snippet = body["snippet"]
        if snippet["videoId"] not in self.videos:
            raise Refused(404, "videoNotFound")
        for track in self.captions.values():
            same = ("videoId", "language", "name")
            if all(track["snippet"][key] == snippet[key] for key in same):
                raise Refused(
                    409, "captionExists", "The specified video already has a caption track with these."
                )
        id = self._name("caption")
        self.captions[id] = {"id": id, "snippet": {**snippet, "trackKind": "standard", "status": "serving"}}
        self.caption_texts[id] = media.decode()
        return self.captions[id]

    def _captions_update(self, _query: Item, body: Item, media: bytes, *_: object) -> Item:
        if body.get("id") not in self.captions:
            raise Refused(404, "captionNotFound")
        self.caption_texts[body["id"]] = media.decode()
        return self.captions[body["id"]]

    # --- playlists ---

    def _playlists_list(self, query: Item, *_: object) -> Item:
        return _page([_parts(one, query) for one in self.playlists.values()], query)

    def _playlists_insert(self, query: Item, body: Item, *_: object) -> Item:
        _check_parts(query, body)
        if not body["snippet"].get("title"):
            raise Refused(400, "playlistTitleRequired")
        id = "PL" + self._name("playlist")
        status = body.get("status", {"privacyStatus": "public"})
        self.playlists[id] = {"id": id, "snippet": body["snippet"], "status": status}
        self.entries[id] = []
        return self.playlists[id]

    def _playlists_update(self, query: Item, body: Item, *_: object) -> Item:
        if body.get("id") not in self.playlists:
            raise Refused(404, "playlistNotFound")
        self.playlists[body["id"]] |= {part: body[part] for part in query["part"].split(",") if part != "id"}
        return self.playlists[body["id"]]

    def _playlistItems_list(self, query: Item, *_: object) -> Item:  # noqa: N802 - the API's name
        id = query["playlistId"]
        if id == "UU" + self.channel[2:] and self.videos:  # an empty channel has no list of uploads
            newest = sorted(
                self.videos.values(), key=lambda video: video["snippet"]["publishedAt"], reverse=True
            )
            entries = [{"id": v["id"], "contentDetails": {"videoId": v["id"]}, "snippet": {}} for v in newest]
        elif id in self.entries:
            entries = [
                {**entry, "snippet": {**entry["snippet"], "position": place}}
                for place, entry in enumerate(self.entries[id])
            ]
        else:
            raise Refused(404, "playlistNotFound")
        return _page([_parts(entry, query) for entry in entries], query)

    def _playlistItems_insert(self, _query: Item, body: Item, *_: object) -> Item:  # noqa: N802
        snippet = body["snippet"]
        entries = self.entries.get(snippet["playlistId"])
        if entries is None:
            raise Refused(404, "playlistNotFound")
        if snippet["resourceId"]["videoId"] not in self.videos:
            raise Refused(404, "videoNotFound")
        position = snippet.get("position", len(entries))
        if position > len(entries):
            raise Refused(400, "invalidPlaylistItemPosition")
        entry = {"id": self._name("entry"), "snippet": snippet}
        entries.insert(position, entry)
        return entry

    def _playlistItems_update(self, _query: Item, body: Item, *_: object) -> Item:  # noqa: N802
        entries = self.entries.get(body["snippet"]["playlistId"])
        if entries is None:
            raise Refused(404, "playlistNotFound")
        entry = next((one for one in entries if one["id"] == body["id"]), None)
        if entry is None or _video(entry) != _video(body):
            raise Refused(404, "playlistItemNotFound")
        entries.remove(entry)
        entries.insert(body["snippet"]["position"], entry)
        return entry

    def _playlistItems_delete(self, query: Item, *_: object) -> None:  # noqa: N802
        for entries in self.entries.values():
            for entry in entries:
                if entry["id"] == query["id"]:
                    entries.remove(entry)
                    return
        raise Refused(404, "playlistItemNotFound")


# --- what the discovery document says ---


def _method(verb: str, path: str) -> tuple[str, Item]:
    for resource, described in DOCUMENT["resources"].items():
        for name, method in described.get("methods", {}).items():
            if method["path"] == path and method["httpMethod"] == verb:
                return f"{resource}.{name}", method
    raise Refused(404, "notFound", f"{verb} {path}")


def _check_query(method: Item, query: dict[str, list[str]], is_upload: bool) -> None:
    known = method.get("parameters", {}) | DOCUMENT["parameters"]
    for name, parameter in known.items():
        if parameter.get("required") and name not in query:
            raise Refused(400, "missingRequiredParameter", name)
    for name, values in query.items():
        if name not in known and not (is_upload and name == "uploadType"):
            raise Refused(400, "badRequest", f"Unknown name {name}")
        allowed = known.get(name, {}).get("enum")
        if allowed and not set(values) <= set(allowed):
            raise Refused(400, "invalidParameter", name)
        if name == "maxResults" and not 0 <= int(values[-1]) <= 50:
            raise Refused(400, "invalidParameter", name)
        if name == "sync":
            raise Refused(400, "badRequest", "sync is gone since April 2024")


def _check_body(value: object, schema: str) -> None:
    """:class:`Refused` for a name, a type or a word that the schema does not know."""
    _check_value(value, {"$ref": schema})


def _check_value(value: object, schema: Item) -> None:
    if "$ref" in schema:
        schema = DOCUMENT["schemas"][schema["$ref"]]
    kinds: dict[str, type | tuple[type, ...]] = {
        "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
    }  # fmt: skip
    if not isinstance(value, kinds[schema["type"]]):
        raise Refused(400, "badRequest", f"{value!r} is no {schema['type']}")
    if "enum" in schema and value not in schema["enum"]:
        raise Refused(400, "badRequest", f"{value!r} is none of {schema['enum']}")
    if isinstance(value, list):
        for one in value:
            _check_value(one, schema["items"])
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in schema.get("properties", {}):
                raise Refused(400, "badRequest", f"Unknown name {name}")
            _check_value(inner, schema["properties"][name])


def _check_parts(query: Item, body: Item) -> None:
    """Each part that is set must be named, and each that is named must be there."""
    named = set(query["part"].split(",")) - {"id"}
    given = set(body) - {"id"}
    if named != given:
        raise Refused(400, "unexpectedPart", f"{sorted(named)} named, {sorted(given)} given")


def _parts(whole: Item, query: Item) -> Item:
    named = query["part"].split(",")
    return {key: value for key, value in whole.items() if key in (*named, "kind", "etag", "id")}


def _page(items: list[Item], query: Item) -> Item:
    start, size = int(query.get("pageToken") or 0), int(query.get("maxResults", 5))
    rest = {"nextPageToken": str(start + size)} if start + size < len(items) else {}
    return {"items": items[start : start + size], "pageInfo": {"totalResults": len(items)}, **rest}


def _split(
    query: dict[str, list[str]], headers: Any, body: bytes, *, is_upload: bool
) -> tuple[Item | None, bytes, str]:
    """The record, the medium and its type, however they were sent."""
    kind = headers.get("content-type", "")
    way = query.get("uploadType", [""])[-1]
    if is_upload and way == "media":
        return None, body, kind
    if is_upload and way == "multipart":
        boundary = re.search(r'boundary="?([^";]+)"?', kind)
        assert boundary, kind
        parts = body.split(b"--" + boundary[1].encode())[1:-1]
        (_, record), (head, media) = (
            part.strip(b"\r\n").replace(b"\r\n", b"\n").split(b"\n\n", 1) for part in parts
        )
        told = re.search(rb"(?i)content-type: *([^\s;]+)", head)
        return json.loads(record), media, told[1].decode() if told else ""
    if is_upload:
        return json.loads(body), b"", headers.get("x-upload-content-type", "")
    return (json.loads(body) if body else None), b"", ""


def _matches(kind: str, accepted: str) -> bool:
    return (
        accepted == "*/*" or kind == accepted or (accepted.endswith("/*") and kind.startswith(accepted[:-1]))
    )


def _video(entry: Item) -> str:
    return str(entry["snippet"]["resourceId"]["videoId"])


# --- HTTP ---


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    youtube: YouTubeServer

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        server = self.youtube
        try:
            if server.delay:
                time.sleep(server.delay)
            with server.lock:
                status, headers, content = server.handle(self.command, self.path, self.headers, body)
        except Refused as refused:
            status, headers = refused.status, refused.headers
            error = {"message": refused.message, "domain": "youtube", "reason": refused.reason}
            content = json.dumps(
                {"error": {"code": status, "message": refused.message, "errors": [error]}}
            ).encode()
        except ConnectionAbortedError:
            self.close_connection = True
            return
        with suppress(ConnectionError):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if content:
                self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        server.answered()

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - the names that http.server calls

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(self.youtube.now(), usegmt=True)

    def log_message(self, *_: object) -> None:
        """Tests read the server's state, not its log."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that was killed is no news here; what is wrong with this server shows in the answers."""
        import sys
        import traceback

        if not isinstance(sys.exception(), ConnectionError):
            traceback.print_exc()


@contextmanager
def serve_youtube(server: YouTubeServer | None = None) -> Iterator[YouTubeServer]:
    """A server on this machine, until the context ends."""
    server = server or YouTubeServer()
    handler = type("Handler", (_Handler,), {"youtube": server})
    with _Server(("127.0.0.1", 0), handler) as http:
        server.address = f"http://127.0.0.1:{http.server_address[1]}/"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def client_json(server: YouTubeServer) -> str:
    """What Google's console offers for download, with this server in place of Google's."""
    return json.dumps(
        {
            "installed": {
                "client_id": "client-1.apps.googleusercontent.com",
                "client_secret": "secret-1",
                "auth_uri": f"{server.address}auth",
                "token_uri": f"{server.address}token",
                "redirect_uris": ["http://localhost"],
            }
        }
    )


def token_json(server: YouTubeServer, *, age: timedelta = timedelta(), refresh: str = "refresh-1") -> str:
    """A token as a consent leaves it."""
    return json.dumps(
        {
            "refresh_token": refresh,
            "client_id": "client-1.apps.googleusercontent.com",
            "client_secret": "secret-1",
            "token_uri": f"{server.address}token",
            "granted": (server.now() - age).isoformat(),
        }
    )
