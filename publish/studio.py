"""A folder for a person who uploads by hand in YouTube Studio: every file and every text, and a page that leads.

Uploads through an API project that Google has not audited stay private for ever; by hand there is no such lock.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from publish.ledger import LedgerFile, write_durably
from publish.limits import check_declarations, check_hub, check_publications
from publish.publication import LANGUAGE, Payload, Publication, digest
from publish.step import Cost, Listener, Objection, Plan, Step, StepFault
from publish.text import Text, text_of
from render.core.catalog import ChannelSettings, Hub
from render.core.fault import EnvironmentFault
from render.core.template import open_templates
from render.store.store import read_json, write_json

RECORD: Final = "studio.json"
"""What lies in the folder: by topic the digest of each file."""
_PAGE: Final = "index.html"
_CATEGORIES: Final = {26: "Howto & Style", 27: "Education", 28: "Science & Technology"}
"""As Studio calls them."""

Shelf = Mapping[str, "str | Payload"]
"""What belongs into the folder of a topic, by file name: a text or a file."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of Studio and what belongs into it."""

    name: str
    value: str
    rows: int = 1


class Studio:
    """The folder ``out``, brought up to date topic by topic."""

    def __init__(
        self,
        hub: Hub,
        settings: ChannelSettings,
        ledger: LedgerFile,
        out: Path,
        everything: Sequence[Publication],
    ) -> None:
        """``everything`` are all lessons that could be published: the folder of any other topic is removed."""
        self._hub = hub
        self._settings = settings
        self._ledger = ledger
        self._out = out
        self._everything = {publication.slug: publication for publication in everything}

    def plan(self, publications: Sequence[Publication]) -> Plan:
        """A step for each topic whose folder is not what it should be, and one for the page."""
        recorded = self._recorded()
        steps = []
        for publication in publications:
            slug, shelf = publication.slug, self._shelf(publication)
            if reason := self._reason(slug, _digests(shelf), recorded.get(slug)):
                size = sum(content.bytes for content in shelf.values() if isinstance(content, Payload))
                steps.append(Step(slug, "folder", f"write {slug}/", reason, Cost(bytes=size)))
        gone = sorted(recorded.keys() - self._everything.keys())
        steps += [Step(slug, "remove", f"remove {slug}/", "no longer among the lessons") for slug in gone]
        if steps or not self._has_page():
            reason = "the folders have changed" if steps else "changed"
            steps.append(Step("page", "page", f"write {_PAGE}", reason))
        return Plan(tuple(steps))

    def check(self, publications: Sequence[Publication]) -> Iterator[Objection]:
        """What Studio would refuse."""
        yield from check_hub(self._hub)
        yield from check_declarations(self._settings, {one.voice for one in publications})
        yield from check_publications(publications, self._settings)

    @contextmanager
    def open(
        self, _publications: Sequence[Publication], _listener: Listener
    ) -> Iterator[Callable[[Step], str]]:
        """The folder, made where it is not there."""

        def do(step: Step) -> str:
            try:
                return self._do(step)
            except OSError as error:
                raise EnvironmentFault(
                    f"{error.filename}: {error.strerror}. Mend that and run again."
                ) from error

        try:
            self._out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EnvironmentFault(
                f"{self._out} cannot be made: {error.strerror}. Choose another with --out."
            ) from None
        yield do

    def _do(self, step: Step) -> str:
        match step.kind:
            case "folder":
                self._write(self._everything[step.subject])
            case "remove":
                shutil.rmtree(self._out / step.subject, ignore_errors=True)
                self._note(step.subject, None)
            case "page":
                write_durably(self._out / _PAGE, self._page())
        return str(self._out / (_PAGE if step.kind == "page" else step.subject))

    # --- what is there ---

    def _recorded(self) -> dict[str, dict[str, str]]:
        record = read_json(self._out / RECORD) or {}
        topics = record.get("topics")
        return topics if isinstance(topics, dict) else {}

    def _note(self, slug: str, digests: dict[str, str] | None) -> None:
        topics = {**self._recorded(), slug: digests}
        kept = {key: value for key, value in topics.items() if value is not None}
        write_json(self._out / RECORD, {"topics": kept})

    def _reason(self, slug: str, wanted: dict[str, str], recorded: dict[str, str] | None) -> str:
        if not recorded:
            return "new"
        if changed := [name for name in wanted if recorded.get(name) != wanted[name]]:
            return f"changed: {', '.join(changed)}"
        if recorded.keys() != wanted.keys():
            return f"not needed any more: {', '.join(sorted(recorded.keys() - wanted.keys()))}"
        if missing := [name for name in wanted if not (self._out / slug / name).is_file()]:
            return f"missing: {', '.join(missing)}"
        return ""

    # --- what belongs there ---

    def _shelf(self, publication: Publication) -> dict[str, str | Payload]:
        slug, text = publication.slug, text_of(publication, self._settings)
        shelf: dict[str, str | Payload] = {f"{slug}.mp4": publication.video}
        if publication.thumbnail:
            shelf[f"{slug}.png"] = publication.thumbnail
        for language, payload in publication.captions.items():
            shelf[f"{slug}.{language}.srt"] = payload
        shelf["title.txt"] = text.title + "\n"
        shelf["description.txt"] = text.description + "\n"
        shelf["tags.txt"] = ", ".join(text.tags) + "\n"
        steps = enumerate(self._steps(publication, text), 1)
        shelf["steps.txt"] = "\n".join(f"{number}. {words}" for number, words in steps) + "\n"
        return shelf

    def _steps(self, publication: Publication, text: Text) -> list[str]:
        """What a person does in Studio, in the order of its dialogs."""
        slug, settings, hub = publication.slug, self._settings, self._hub
        is_open = hub.publish is not None and hub.publish.licence.is_creative_commons
        languages = ", ".join(publication.captions)
        return [
            f"Open https://studio.youtube.com, Create, Upload videos, and choose {slug}.mp4.",
            "Title and description: paste title.txt and description.txt.",
            f"Thumbnail: upload {slug}.png." if publication.thumbnail else "Thumbnail: there is none yet.",
            f"Playlist: “{publication.section.title}”; make it where it is not there, and keep the catalog's order.",
            f"Audience: {'Yes, it is' if settings.made_for_kids else 'No, it is not'} made for kids.",
            f"Show more, altered content: {'Yes' if settings.synthetic_media else 'No'}.",
            "Tags: paste tags.txt; the first one lets the programs of this project know the video.",
            f"Language: {LANGUAGE}. Licence: {'Creative Commons' if is_open else 'Standard YouTube Licence'}. "
            f"Category: {_CATEGORIES.get(text.category, f'number {text.category}')}.",
            f"Subtitles ({languages}): Add, upload file, with timing, and choose the file of that language."
            if languages
            else "Subtitles: there are none yet.",
            "Visibility: Private until all is looked at, then Public or Schedule.",
            f"Tell the project its address: mlhub publish adopt {slug}=https://youtu.be/...",
        ]

    # --- writing ---

    def _write(self, publication: Publication) -> None:
        """The folder of a topic, in place of the one that we wrote before."""
        slug, shelf = publication.slug, self._shelf(publication)
        home, part = self._out / slug, self._out / f".{slug}.part"
        if home.exists() and slug not in self._recorded():
            raise StepFault(
                f"{home} is there already, and not from us: move it away, or choose another --out"
            )
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        for name, content in shelf.items():
            if isinstance(content, Payload):
                _link(content.path, part / name)
            else:
                (part / name).write_text(content, encoding="utf-8")
        self._note(slug, {})  # a kill from here on leaves a folder that is ours and is written again
        shutil.rmtree(home, ignore_errors=True)
        os.rename(part, home)
        self._note(slug, _digests(shelf))

    def _has_page(self) -> bool:
        try:
            return (self._out / _PAGE).read_text(encoding="utf-8") == self._page()
        except OSError:
            return False

    def _page(self) -> str:
        """The page that leads, with the topics whose folder is there."""
        recorded = self._recorded()
        videos = self._ledger.read().youtube.videos
        topics = []
        for slug, publication in self._everything.items():
            if not recorded.get(slug):
                continue
            text = text_of(publication, self._settings)
            video = videos.get(slug)
            topics.append(
                {
                    "slug": slug,
                    "title": text.title,
                    "section": publication.section.title,
                    "files": _files(self._shelf(publication)),
                    "fields": [
                        Field("Title", text.title),
                        Field("Description", text.description, 12),
                        Field("Tags", ", ".join(text.tags), 3),
                    ],
                    "steps": self._steps(publication, text),
                    "id": video.id if video else None,
                    "is_same": video is not None and video.is_of(publication.video.sha256),
                    "thumbnail": f"{slug}.png" if publication.thumbnail else None,
                }
            )
        values: dict[str, Any] = {"hub": self._hub, "topics": topics}
        return open_templates(Path(__file__).parent / "templates").get_template("studio.html").render(values)


def _files(shelf: Shelf) -> list[str]:
    return [name for name, content in shelf.items() if isinstance(content, Payload)]


def _digests(shelf: Shelf) -> dict[str, str]:
    return {
        name: content.sha256 if isinstance(content, Payload) else digest(content)
        for name, content in shelf.items()
    }


def _link(source: Path, target: Path) -> None:
    """The file ``source`` at ``target`` as well: linked, or copied where links cannot be."""
    try:
        target.hardlink_to(source.resolve())
    except OSError:
        shutil.copyfile(source, target)
