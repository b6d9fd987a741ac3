"""A bucket as a host, at S3 or whatever speaks like it: each file is put with its type, encoding and lifetime.

Where and who stands in the usual variables: ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``,
``AWS_REGION``...  Texts are put in gzip, because a bucket compresses nothing itself.  What was put is told by the
object itself: its digest is among its metadata, so that a host whose record is lost is known again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from publish.site.content import Content, Contents, packed
from publish.site.host import Held, Sent
from publish.step import Objection
from render.core.fault import EnvironmentFault
from render.store.remote_store import keep_keys_quiet

if TYPE_CHECKING:
    from s3fs import S3FileSystem

_LANES: Final = 8
_PART: Final = 16 * 2**20
"""Files of twice that or more go in parts of so many bytes."""
_DIGEST: Final = "sha256"
"""Name of the digest among an object's metadata."""

_REFUSED: Final = {
    "AccessDenied": "these credentials may not do that; give them s3:ListBucket, s3:GetObject, s3:PutObject and "
    "s3:DeleteObject there",
    "403": "these credentials may not do that, or do not fit each other; they need s3:ListBucket, s3:GetObject, "
    "s3:PutObject and s3:DeleteObject there",
    "InvalidAccessKeyId": "it does not know AWS_ACCESS_KEY_ID; set the key that belongs to it",
    "SignatureDoesNotMatch": "AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID; set both",
    "ExpiredToken": "AWS_SESSION_TOKEN has expired; get a new one",
    "NoSuchBucket": "there is no such bucket; make it, or mend the address",
    "PermanentRedirect": "the bucket is in another region; set AWS_REGION",
    "AuthorizationHeaderMalformed": "the bucket is in another region; set AWS_REGION",
    "RequestTimeTooSkewed": "this machine's clock is wrong; set it",
}
"""What to do by the code of an S3 error."""


class BucketHost:
    """The bucket and prefix at ``address``, such as ``s3://lessons/hub``.  It connects when it is first asked."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._bucket, _, prefix = self._address.removeprefix("s3://").partition("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self._opened: S3FileSystem | None = None

    @property
    def name(self) -> str:
        """Its address."""
        return self._address

    @property
    def lanes(self) -> int:
        """Several: most of the time goes into waiting."""
        return _LANES

    def prepare(self, contents: Contents) -> Contents:
        """Texts in gzip, all else as it is."""
        return packed(contents)

    def check(self, contents: Contents) -> Iterator[Objection]:
        """Nothing: a bucket takes any file."""
        yield from ()

    def tags(self) -> Mapping[str, str]:
        """ETags of all objects below the prefix."""
        tags: dict[str, str] = {}
        more: dict[str, str] = {}
        with self._told("read"):
            while True:
                page = self._open().call_s3(
                    "list_objects_v2", Bucket=self._bucket, Prefix=self._prefix, **more
                )
                for entry in page.get("Contents", ()):
                    path = str(entry["Key"]).removeprefix(self._prefix)
                    if path and not path.endswith("/"):
                        tags[path] = str(entry["ETag"]).strip('"')
                if not page.get("IsTruncated"):
                    return tags
                more = {"ContinuationToken": page["NextContinuationToken"]}

    def ask(self, path: str) -> Held:
        """The digest and the headers with which an object was put; no digest of one that is not ours."""
        with self._told("read"):
            head = self._open().call_s3("head_object", Bucket=self._bucket, Key=self._prefix + path)
        headers = (head.get("ContentType"), head.get("CacheControl"), head.get("ContentEncoding"))
        return Held(
            head.get("Metadata", {}).get(_DIGEST, ""),
            "; ".join(header for header in headers if header),
        )

    def read(self, path: str) -> bytes | None:
        """The object's bytes."""
        with self._told("read"):
            try:
                content: bytes = self._open().cat_file(f"{self._bucket}/{self._prefix}{path}")
            except FileNotFoundError as error:
                if _code(error) == "NoSuchBucket":
                    raise
                return None
            return content

    def put(self, content: Content, sent: Sent) -> None:
        """Put the object with all its headers; a large file goes in parts."""
        headers = {"ContentType": content.type, "CacheControl": content.cache}
        if content.encoding:
            headers["ContentEncoding"] = content.encoding
        kept = {**headers, "Metadata": {_DIGEST: content.digest}}
        with self._told("written"):
            if isinstance(content.source, Path) and not content.encoding:
                where = f"{self._bucket}/{self._prefix}{content.path}"
                self._open().put_file(
                    str(content.source), where, callback=_follow(sent), chunksize=_PART, **kept
                )
                return
            key = self._prefix + content.path
            self._open().call_s3("put_object", Bucket=self._bucket, Key=key, Body=content.stored(), **kept)

    def remove(self, path: str) -> None:
        """Remove the object."""
        with self._told("written"):
            self._open().call_s3("delete_object", Bucket=self._bucket, Key=self._prefix + path)

    @property
    def settles(self) -> str:
        """Nothing: what is put can be seen."""
        return ""

    def settle(self, message: str) -> None:
        """Do nothing."""

    def _open(self) -> S3FileSystem:
        if self._opened is None:
            from s3fs import S3FileSystem  # late: who publishes elsewhere needs none of it

            keep_keys_quiet()
            self._opened = S3FileSystem(
                skip_instance_cache=True,
                use_listings_cache=False,
                config_kwargs={
                    "connect_timeout": 10,
                    "read_timeout": 60,
                    "max_pool_connections": 2 * _LANES,
                    "retries": {"max_attempts": 4, "mode": "standard"},
                    # Servers that are not Amazon's know the newer checksums only in part.
                    "request_checksum_calculation": "when_required",
                    "response_checksum_validation": "when_required",
                },
            )
        return self._opened

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """Turn whatever goes wrong over there into a sentence."""
        try:
            yield
        except EnvironmentFault:
            raise
        except Exception as error:  # botocore, aiohttp and s3fs have errors of their own
            raise EnvironmentFault(f"{self._address} cannot be {what}: {self._words(error)}.") from error

    def _words(self, error: Exception) -> str:
        name = type(error).__name__
        if name in ("NoCredentialsError", "PartialCredentialsError"):
            return "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        code = _code(error)
        if code in _REFUSED:
            return f"{_REFUSED[code]} ({code})"
        if isinstance(error, PermissionError):
            return _REFUSED["AccessDenied"]
        words = str(error).strip().rstrip(".") or name
        if name in (
            "EndpointConnectionError",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "ConnectionClosedError",
        ):
            return f"it does not answer ({words}); look at the network and at AWS_ENDPOINT_URL, and run again"
        return f"{words}; run again when that is mended: what was put stays"


def _follow(sent: Sent) -> object:
    """What fsspec tells of a file that is on its way."""
    from fsspec.callbacks import Callback

    class Told(Callback):  # type: ignore[misc]  # fsspec has no types
        def call(self, hook_name: str | None = None, **kwargs: object) -> None:
            if self.size:
                sent(self.value, self.size)

    return Told()


def _code(error: BaseException | None) -> str:
    """The code of an S3 error, which s3fs translates into errors of Python; empty where it has none."""
    while error is not None:
        response = getattr(error, "response", None)
        if isinstance(response, dict):
            return str(response.get("Error", {}).get("Code", ""))
        error = error.__cause__
    return ""
