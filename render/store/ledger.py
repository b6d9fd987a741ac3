"""``publish.json`` beside the catalog: what was published where, under which id, and from which content.

Made to be committed: it holds no secret and no path.  The site reads it to link to the videos; only
:mod:`publish` writes it.  A digest is the SHA-256 of what was sent, so that a plan can tell what has changed.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, Field

from render.core.fault import Place, UsageFault
from render.core.yaml_record import (
    IDENTIFIER,
    SHA256,
    SHA256_START,
    Slug,
    Version,
    YamlRecord,
    read_sheet,
    read_text,
    refuse,
    shape,
)

NAME: Final = "publish.json"

Digest = Annotated[str, Field(pattern=SHA256)]
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
Privacy = Literal["private", "unlisted", "public"]


class Upload(YamlRecord):
    """A video whose bytes are under way.

    The address of the upload's session is as good as a password, so that it stands in the state folder of the
    user who uploads, under ``session``, and not here.
    """

    session: Identifier = Field(description="Name of the session in the user's state folder.")
    sha256: Digest = Field(description="Digest of the video file.")
    bytes: int = Field(strict=True, ge=1, description="Size of the video file.")
    cut: Digest = Field(description="Digest of the chapters' times.")
    text: Digest = Field(description="Digest of title, description and tags that were sent with it.")
    settings: Digest = Field(description="Digest of the settings that were sent with it.")


class CaptionTrack(YamlRecord):
    """Captions of a video in one language."""

    id: Identifier | None = Field(default=None, description="Id of the track, as far as known.")
    sha256: Digest | None = Field(default=None, description="Digest of the captions that are there.")
    begun: Digest | None = Field(
        default=None, description="Digest of captions that were being sent when this was written."
    )


class PlaylistEntry(YamlRecord):
    """A video's entry in the playlist of a section."""

    section: Slug = Field(description="Slug of the section whose playlist it is.")
    video: Identifier = Field(description="Id of the video that stands there.")
    item: Identifier = Field(description="Id of the entry.")


class Release(YamlRecord):
    """Who may see a video, as we set it last."""

    privacy: Privacy = Field(description="private, unlisted or public.")
    at: AwareDatetime | None = Field(
        default=None, description="The moment from which a private video is public."
    )
    settings: Digest = Field(description="Digest of the other settings.")

    def at_time(self, now: datetime) -> Privacy:
        """Who may see the video at the moment ``now``."""
        return "public" if self.at is not None and self.at <= now else self.privacy


class Video(YamlRecord):
    """What is on the channel of one topic."""

    id: Identifier | None = Field(
        default=None, description="Id of the video, once all its bytes have arrived."
    )
    sha256: Annotated[str, Field(pattern=SHA256_START)] | None = Field(
        default=None, description="Digest of its file, or the first 12 digits, where only its mark was found."
    )
    cut: Digest | None = Field(default=None, description="Digest of its chapters' times.")
    upload: Upload | None = Field(default=None, description="What is being uploaded.")
    text: Digest | None = Field(default=None, description="Digest of title, description and tags.")
    thumbnail: Digest | None = Field(default=None, description="Digest of the thumbnail.")
    captions: dict[str, CaptionTrack] = Field(default={}, description="Captions by language.")
    playlist: PlaylistEntry | None = Field(default=None, description="Its entry in a playlist.")
    release: Release | None = Field(default=None, description="Who may see it.")
    replaced: tuple[Identifier, ...] = Field(default=(), description="Ids of earlier videos of the topic.")

    def is_of(self, sha256: str) -> bool:
        """Whether the video on the channel was made from the file with this digest."""
        return self.sha256 is not None and sha256.startswith(self.sha256)


class Playlist(YamlRecord):
    """The playlist of a section."""

    id: Identifier = Field(description="Id of the playlist.")
    text: Digest | None = Field(default=None, description="Digest of its title and description.")
    privacy: Privacy = Field(description="Who may see it.")
    order: tuple[Slug, ...] = Field(default=(), description="Topics in the order in which they stand there.")


class Channel(YamlRecord):
    """A YouTube channel and what we have put there."""

    id: Identifier | None = Field(default=None, description="Id of the channel.")
    videos: dict[str, Video] = Field(default={}, description="Videos by the slug of their topic.")
    playlists: dict[str, Playlist] = Field(default={}, description="Playlists by the slug of their section.")


class Ledger(YamlRecord):
    """All that was published."""

    version: Version = Field(default=1, description="Version of this format.")
    youtube: Channel = Field(default=Channel(), description="The YouTube channel.")

    def watchable(self, now: datetime) -> dict[str, str]:
        """By slug, ids of the videos on YouTube that whoever has a link may watch at the moment ``now``."""
        return {
            slug: video.id
            for slug, video in self.youtube.videos.items()
            if video.id and video.release and video.release.at_time(now) != "private"
        }

    def to_record(self) -> dict[str, Any]:
        """Plain data that :func:`parse_ledger` reads back to an equal ledger; defaults are left out."""
        return {"version": 1, **self.model_dump(mode="json", exclude_defaults=True)}


def read_ledger(root: Path) -> Ledger:
    """The ledger of the project in the folder ``root``; an empty one where nothing was published yet.

    Raises :class:`UsageFault` with one line for every mistake, such as
    ``publish.json:7:14: youtube.videos.svm.id: expected text, found the number 7``.
    """
    path = root / NAME
    if not path.exists():
        return Ledger()
    return parse_ledger(*read_text(path, "It is written by `mlhub publish run`."))


def parse_ledger(text: str, name: str = NAME) -> Ledger:
    """The ledger written in ``text``; faults call it ``name`` and are those of :func:`read_ledger`."""
    try:
        return Ledger.model_validate(json.loads(text, object_pairs_hook=_without_repeats))
    except json.JSONDecodeError as error:
        place = Place(name, error.lineno, error.colno)
        raise UsageFault(_not_json(place, text.split("\n")[error.lineno - 1], error.msg)) from None
    except (ValueError, RecursionError):
        raise _mistakes(text, name) from None


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON; :class:`ValueError` where a key is written twice, as a careless merge leaves it."""
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValueError
    return record


def _mistakes(text: str, name: str) -> UsageFault:
    """All that is wrong with a text of JSON, each at its place."""
    sheet, data = read_sheet(text, name, "ledger", Ledger)  # JSON is YAML too, and read so it has places
    _, mistakes = shape(Ledger, data, sheet)
    return refuse([*sheet.mistakes, *mistakes])


def _not_json(place: Place, line: str, words: str) -> str:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return (
            f"{place}: expected JSON, found a mark of a merge that was not finished. Keep all topics of both "
            "sides; of a topic that both have, the side with more ids."
        )
    return (
        f"{place}: expected JSON: {words}. Take the file's last good state from git; what is missing then is "
        "found again on the channel by the next run."
    )
