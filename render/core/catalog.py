"""What the hub teaches: ``catalog.yaml`` read into frozen records, or refused with each mistake at its place.

The shape is told by the models below, from which ``catalog.schema.json`` is generated as well.  What a shape
cannot tell (a slug used twice, a prerequisite that does not exist, a cycle) is looked for on the plain data,
so that one run reports all that is wrong, however much is.
"""

from __future__ import annotations

import difflib
import graphlib
import json
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, PrivateAttr

from render.core.fault import UsageFault
from render.core.yaml_record import (
    BASE,
    BRANCH,
    BUCKET,
    CHANNEL,
    LINK,
    MEDIA,
    SITE,
    SLUG,
    TERM,
    TITLE,
    Line,
    Loc,
    Mistake,
    Phrase,
    Sheet,
    Slug,
    Version,
    YamlRecord,
    either,
    found,
    read_sheet,
    read_text,
    refuse,
    shape,
)

Title = Annotated[str, Field(pattern=TITLE, max_length=100)]
TermLine = Annotated[str, Field(pattern=TERM, max_length=100)]
Level = Literal["beginner", "intermediate", "advanced"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
"""From little to bring along to much."""
SYNONYM: Final = " = "
"""What parts the words for one thing in a line of ``terms``."""
Status = Literal["ready", "draft", "planned"]
RESERVED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("assets", "glossary", "media"), "the site has a folder"),
    **dict.fromkeys(("figure", "kit", "lexicon", "maths", "shared"), "scenes/ has a folder or a file"),
    **dict.fromkeys((word.lower() for word in keyword.kwlist), "Python has a word"),
}
"""What cannot be the slug of a topic, and what has that name."""


class Author(YamlRecord):
    """Who answers for the hub."""

    name: Line = Field(description="Shown as the author of every page and video.")
    contact: Line = Field(description="Address of a mailbox or of a contact page.")


class CallToAction(YamlRecord):
    """What a viewer is invited to do next."""

    line: Line | None = Field(default=None, description="One sentence on what for.")
    words: Line = Field(description="The invitation, without a full stop.")
    link: str = Field(pattern=LINK, description="Where it leads: a full address.")


class Licence(YamlRecord):
    """On which terms the lessons may be used."""

    name: Phrase = Field(description="Its name.")
    link: str = Field(pattern=LINK, description="Where its text is: a full address.")
    is_creative_commons: bool = Field(
        default=False, strict=True, description="Whether it is CC BY, which YouTube has a setting for."
    )


class ChannelSettings(YamlRecord):
    """The YouTube channel to which lessons are published, and what YouTube has to be told of them."""

    id: str | None = Field(
        default=None,
        pattern=CHANNEL,
        description="Id of the channel, so that a consent for another one is refused.",
    )
    category: int = Field(
        default=27, strict=True, ge=1, le=44, description="YouTube's category; 27: Education."
    )
    tags: tuple[Phrase, ...] = Field(default=(), description="Tags of every video, the weightiest first.")
    synthetic_media: bool = Field(
        strict=True,
        description="Whether videos are declared as altered or synthetic content (the voice is synthetic).",
    )
    made_for_kids: bool = Field(
        default=False, strict=True, description="Whether videos are made for children."
    )
    audited: bool = Field(
        default=False,
        strict=True,
        description="Whether Google has audited the API project; until then what it uploads stays private.",
    )
    units_a_day: int = Field(
        default=10_000, strict=True, ge=1, description="The API project's quota, in units a day."
    )


class SiteSettings(YamlRecord):
    """Where the site is published: into a bucket, or as a branch, whose videos may go into a bucket."""

    bucket: str | None = Field(
        default=None,
        pattern=BUCKET,
        description="The bucket and prefix that take the site; beside a branch its videos: s3://lessons/hub.",
    )
    branch: str | None = Field(
        default=None, pattern=BRANCH, description="The branch that takes the site, such as gh-pages."
    )
    media_base: str | None = Field(
        default=None,
        pattern=MEDIA,
        description="The address at which pages look for videos: that of the bucket, where it is another one than "
        "theirs.",
    )

    @property
    def media_address(self) -> str:
        """:attr:`media_base` with one slash at the end; empty where videos lie beside their pages."""
        return f"{self.media_base.rstrip('/')}/" if self.media_base else ""


class PublishSettings(YamlRecord):
    """What publishing needs to know beyond the lessons."""

    licence: Licence = Field(description="On which terms the lessons may be used.")
    youtube: ChannelSettings | None = Field(default=None, description="The YouTube channel, if there is one.")
    site: SiteSettings | None = Field(default=None, description="Where the site is published.")


class Hub(YamlRecord):
    """The hub as a whole."""

    title: Title = Field(description="Name of the hub.")
    promise: Line = Field(description="One sentence that says what a learner gets.")
    site_url: str = Field(pattern=SITE, description="Scheme and host of the site, without a closing slash.")
    base_path: str = Field(pattern=BASE, description="Path of the site on that host, from slash to slash.")
    author: Author = Field(description="Who answers for the hub.")
    call_to_action: CallToAction = Field(description="What a viewer is invited to do next.")
    publish: PublishSettings | None = Field(
        default=None, description="What `mlhub publish` needs to know; without it nothing is published."
    )

    @property
    def address(self) -> str:
        """The full address of the site, with a slash at the end."""
        return self.site_url + self.base_path

    @property
    def media_address(self) -> str:
        """The address at which pages look for videos, with a slash at the end; empty where they lie beside them."""
        return self.publish.site.media_address if self.publish and self.publish.site else ""


class Topic(YamlRecord):
    """One lesson of the hub.  Its scene, tests and page are found by its slug."""

    slug: Slug = Field(description="Name in addresses and in TOPIC=; '-' becomes '_' in file names.")
    title: Title = Field(description="What people read; at most 100 characters, as YouTube has it.")
    blurb: str = Field(
        min_length=90,
        max_length=160,
        description="One sentence that makes a learner want to watch and promises only what the lesson does.",
    )
    level: Level = Field(description="How much a viewer has to bring along.")
    prerequisites: tuple[Slug, ...] = Field(description="Slugs of the topics to watch before this one.")
    status: Status = Field(
        description="ready: its lesson is rendered, checked and published; draft: it is being made, and rendered "
        "only where it is named; planned: announced only."
    )
    published: date | None = Field(
        default=None, description="The day on which its lesson was first published: 2026-11-22."
    )
    explains: tuple[Phrase, ...] = Field(
        min_length=1,
        description="What the lesson must teach, one idea each; chapters name these items in the same words.",
    )
    terms: tuple[TermLine, ...] = Field(
        min_length=1,
        description="The field's words that the lesson must speak and write, in order; synonyms follow after ' = '.",
    )

    _section: str = PrivateAttr(default="")

    @property
    def section(self) -> str:
        """Slug of the section that holds the topic."""
        return self._section

    @property
    def synonyms(self) -> tuple[tuple[str, ...], ...]:
        """Of each term the words for it, the catalog's first choice first; the lesson needs one of them."""
        return tuple(tuple(line.split(SYNONYM)) for line in self.terms)

    @property
    def module(self) -> str:
        """Name of the package with the topic's lesson: ``scenes.naive_bayes`` for ``naive-bayes``."""
        return f"scenes.{self.slug.replace('-', '_')}"

    @property
    def folder(self) -> Path:
        """The package of the topic's lesson, relative to the project's root."""
        return Path(*self.module.split("."))

    @property
    def path(self) -> Path:
        """The file with the class of the topic's lesson, relative to the project's root."""
        return self.folder / "__init__.py"


class Section(YamlRecord):
    """Topics that belong together, in the order in which they are best watched."""

    slug: Slug = Field(description="Name in addresses.")
    title: Title = Field(description="What people read.")
    line: Line = Field(description="One sentence on what the section's topics have in common.")
    topics: tuple[Topic, ...] = Field(min_length=1, description="The lessons, in order.")

    def model_post_init(self, _context: object) -> None:
        """Tell each topic where it belongs."""
        for topic in self.topics:
            topic._section = self.slug


class Catalog(YamlRecord):
    """Everything the hub teaches, in order."""

    version: Version = Field(description="Version of this format.")
    hub: Hub = Field(description="The hub as a whole.")
    sections: tuple[Section, ...] = Field(min_length=1, description="The sections, in order.")

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic in the order of the catalog."""
        return tuple(topic for section in self.sections for topic in section.topics)

    def section(self, slug: str) -> Section:
        """The section called ``slug``; a :class:`UsageFault` that lists the sections otherwise."""
        for section in self.sections:
            if section.slug == slug:
                return section
        raise UsageFault(f"section {slug}: expected one of {', '.join(s.slug for s in self.sections)}.")

    def topic(self, slug: str) -> Topic:
        """The topic called ``slug``; a :class:`UsageFault` that names the nearest ones otherwise."""
        for topic in self.topics:
            if topic.slug == slug:
                return topic
        near = self._near(slug)
        hint = f"Did you mean {either(near)}?" if near else f"Expected one of {_listed(self.topics)}."
        raise UsageFault(f"TOPIC={slug}: the catalog has no such topic. {hint}")

    def lesson(self, slug: str) -> Topic:
        """The topic called ``slug`` if it has a lesson, ready or a draft; a :class:`UsageFault` otherwise."""
        topic = self.topic(slug)
        if topic.status != "planned":
            return topic
        ready, drafts = (
            _listed(topic for topic in self.topics if topic.status == status) for status in ("ready", "draft")
        )
        raise UsageFault(
            f"TOPIC={slug}: this topic is planned and has no lesson yet. Ready: {ready or 'none yet'}. "
            + (f"Drafts: {drafts}. " if drafts else "")
            + f"To begin its lesson: make new TOPIC={slug}."
        )

    def _near(self, slug: str) -> list[str]:
        """Slugs that look like ``slug``, else those whose title speaks of it (xgboost: gradient-boosting)."""
        said = slug.casefold().replace("_", "-")
        return difflib.get_close_matches(said, [topic.slug for topic in self.topics], n=3) or [
            topic.slug
            for topic in self.topics
            if len(said) > 2 and (said in topic.slug or said in topic.title.casefold())
        ]


def load_catalog(path: Path) -> Catalog:
    """The catalog in the file ``path``.

    Raises :class:`UsageFault` with one line for every mistake, such as ``catalog.yaml:9:14:
    sections.0.topics.2.level: expected beginner, intermediate or advanced, found “begin”``.
    """
    text, name = read_text(path, "Run from the project's root, where the catalog is.")
    return parse_catalog(text, name)


def parse_catalog(text: str, name: str = "catalog.yaml") -> Catalog:
    """The catalog written in ``text``; faults call it ``name`` and are those of :func:`load_catalog`."""
    sheet, data = read_sheet(text, name, "catalog", Catalog)
    catalog, mistakes = shape(Catalog, data, sheet)
    mistakes = [*sheet.mistakes, *mistakes, *_sense(data, sheet)]
    if catalog is None or mistakes:
        raise refuse(mistakes)
    return catalog


def catalog_schema() -> str:
    """The JSON Schema (draft 2020-12) of the catalog, for editors, as the text of ``catalog.schema.json``."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Catalog.model_json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


# Sense: what holds between entries.  Read from the plain data, which may have mistakes of shape elsewhere.


def _sense(data: object, sheet: Sheet) -> Iterator[Mistake]:
    sections = list(_mappings(data, "sections", ()))
    topics = [topic for loc, section in sections for topic in _mappings(section, "topics", loc)]
    for entries in (sections, topics):
        yield from _repeats(
            [(*loc, "slug") for loc, _ in entries], [e.get("slug") for _, e in entries], sheet
        )
    for loc, topic in topics:
        slug = topic.get("slug")
        if isinstance(slug, str) and (other := RESERVED.get(slug)):
            yield sheet.mistake((*loc, "slug"), f"expected another slug than {slug}: {other} of that name")
        for key in ("prerequisites", "explains"):
            items = topic.get(key)
            if isinstance(items, list):
                yield from _repeats([(*loc, key, index) for index in range(len(items))], items, sheet)
        lines = topic.get("terms")
        if isinstance(lines, list):
            words = [
                ((*loc, "terms", index), word.casefold())
                for index, line in enumerate(lines)
                if isinstance(line, str)
                for word in line.split(SYNONYM)
            ]
            yield from _repeats([at for at, _ in words], [word for _, word in words], sheet)
    yield from _places(data, sheet)
    yield from _order({str(topic.get("slug")): (loc, topic) for loc, topic in topics}, sheet)


def _places(data: object, sheet: Sheet) -> Iterator[Mistake]:
    """Places of the site that do not go together."""
    loc: Loc = ("hub", "publish", "site")
    place: object = data
    for key in loc:
        place = place.get(key) if isinstance(place, dict) else None
    if (
        isinstance(place, dict)
        and place.get("branch")
        and place.get("bucket")
        and not place.get("media_base")
    ):
        words = "expected a branch or a bucket, or media_base beside them: the address of the videos in the bucket"
        yield sheet.mistake((*loc, "branch"), words)


def _mappings(holder: object, key: str, loc: Loc) -> Iterator[tuple[Loc, dict[str, object]]]:
    """The mappings in the list ``holder[key]`` with their places."""
    items = holder.get(key) if isinstance(holder, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield (*loc, key, index), item


def _repeats(locs: list[Loc], values: list[object], sheet: Sheet) -> Iterator[Mistake]:
    first: dict[str, Loc] = {}
    for loc, value in zip(locs, values, strict=True):
        if isinstance(value, str) and first.setdefault(value, loc) is not loc:
            words = (
                f"expected something new, found {found(value)} again; first at {sheet.place(first[value])}"
            )
            yield sheet.mistake(loc, words)


def _order(topics: dict[str, tuple[Loc, dict[str, object]]], sheet: Sheet) -> Iterator[Mistake]:
    """Prerequisites that are unknown, that name their own topic, or that lead round in a circle."""
    needs: dict[str, dict[str, Loc]] = {slug: {} for slug in topics}
    for slug, (loc, topic) in topics.items():
        listed = topic.get("prerequisites")
        for index, other in enumerate(listed if isinstance(listed, list) else []):
            at = (*loc, "prerequisites", index)
            if other == slug:
                yield sheet.mistake(at, f"expected another topic, found {slug} itself")
            elif isinstance(other, str) and other in topics:
                needs[slug].setdefault(other, at)
            elif isinstance(other, str) and re.match(SLUG, other):
                near = difflib.get_close_matches(other, topics, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                yield sheet.mistake(at, f"expected the slug of a topic, found {found(other)}{hint}")
    while circle := _circle(needs):
        closing = needs[circle[0]].pop(circle[1])
        words = f"expected prerequisites without a circle, found {' → '.join(circle)}"
        yield sheet.mistake(closing, words)


def _circle(needs: Mapping[str, Iterable[str]]) -> list[str]:
    """Slugs each of which needs the next, the last being the first again; empty if there is no circle.

    It starts at the topic that ``needs`` names first: what that one needs is the likeliest mistake.
    """
    try:
        graphlib.TopologicalSorter(needs).prepare()
    except graphlib.CycleError as error:
        circle: list[str] = error.args[1][:0:-1]
        first = circle.index(min(circle, key=list(needs).index))
        return [*circle[first:], *circle[: first + 1]]
    return []


def _listed(topics: Iterable[Topic]) -> str:
    return ", ".join(topic.slug for topic in topics)
