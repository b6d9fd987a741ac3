"""``release.json``: what lies on a host beside the site and says what is ours there, and what each release named.

It is all that a later run needs, so that a fresh clone of the project knows what the last one has put.  It is written
before anything is put, and again when all is there, so that a kill at any moment leaves it true.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from publish.site.host import Held

NAME: Final = "release.json"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Release:
    """A site that was published, or is being published while it is not ``whole``."""

    id: str
    whole: bool
    named: frozenset[str]
    """Paths of its files that are named by their digest."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a host is known to hold of ours.  ``releases`` are the newest first."""

    releases: tuple[Release, ...] = ()
    known: Mapping[str, Held] = field(default_factory=dict)
    """All files that we ever put and have not removed, by path."""

    def keeps(self, id: str) -> frozenset[str]:
        """Named files that stay when the release ``id`` is there: those of the last whole release before it.

        What releases in between have named stays as well: they were seen, though never as a whole.
        """
        kept: frozenset[str] = frozenset()
        for release in self.releases:
            kept |= release.named
            if release.whole and release.id != id:
                break
        return kept

    def is_whole(self, id: str) -> bool:
        """Whether the release ``id`` is the one that is there, as a whole."""
        return bool(self.releases) and self.releases[0].id == id and self.releases[0].whole

    def begin(self, id: str, named: frozenset[str], paths: frozenset[str]) -> Record:
        """The record while the release ``id`` is being published."""
        before = [release for release in self.releases if release.id != id]
        whole = next((number for number, release in enumerate(before) if release.whole), len(before))
        files = {**dict.fromkeys(paths, Held("")), **self.known}
        return Record((Release(id, False, named), *before[: whole + 1]), files)

    def finish(self, held: Mapping[str, Held]) -> Record:
        """The record when all is there: ``held`` of ours."""
        newest, *before = self.releases
        return Record((replace(newest, whole=True), *before), held)

    def to_json(self) -> bytes:
        """Text that :func:`read_record` reads back to an equal record."""
        record: dict[str, Any] = {
            "version": VERSION,
            "releases": [
                {"id": release.id, "whole": release.whole, "named": sorted(release.named)}
                for release in self.releases
            ],
            "files": {
                path: [held.digest, held.headers, held.tag] for path, held in sorted(self.known.items())
            },
        }
        return (json.dumps(record, indent=0, ensure_ascii=False) + "\n").encode()


def read_record(text: bytes | None) -> Record:
    """The record in ``text``, an empty one where there is none; :class:`ValueError` where it cannot be read."""
    if text is None:
        return Record()
    try:
        record = json.loads(text)
        if record["version"] != VERSION:
            raise ValueError(f"version {record['version']}")
        return Record(
            tuple(
                Release(str(release["id"]), bool(release["whole"]), frozenset(map(str, release["named"])))
                for release in record["releases"]
            ),
            {str(path): Held(*map(str, held)) for path, held in record["files"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a record: {error}") from error
