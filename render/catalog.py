"""What the hub teaches: ``catalog.yaml`` read into frozen records, or refused with each mistake at its place.

The shape is told by the models below, from which ``catalog.schema.json`` is generated as well.  What a shape
cannot tell (a slug used twice, a prerequisite that does not exist, a cycle) is looked for on the plain data,
so that one run reports all that is wrong, however much is.
"""

from __future__ import annotations

import difflib
import graphlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError
from pydantic_core import ErrorDetails

from render.fault import Place, UsageFault

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML built without libyaml: same marks, several times slower
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

SLUG = r"^[a-z][a-z0-9-]*$"
TITLE = r"^[^<>]+$"
SITE = r"^https?://[^\s/<>]+$"
BASE = r"^/([A-Za-z0-9._~-]+/)*$"
LINK = r"^https?://[^\s<>]+$"

_WORDS_FOR = {
    SLUG: "a slug of lower-case letters, digits and hyphens that starts with a letter, such as naive-bayes",
    TITLE: "text without < and >, which YouTube refuses",
    SITE: "scheme and host without a closing slash, such as https://example.org",
    BASE: "a path that starts and ends with a slash, such as /hub/",
    LINK: "an address that starts with https:// or http://",
}

Slug = Annotated[str, Field(pattern=SLUG)]
Title = Annotated[str, Field(pattern=TITLE, max_length=100)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Phrase = Annotated[str, Field(min_length=1, max_length=80)]


def _whole(value: object) -> object:
    """``value`` if it is a whole number; as text otherwise, for 1.0 and true equal 1 in Python."""
    return value if type(value) is int else str(value)


Version = Annotated[Literal[1], BeforeValidator(_whole)]
Level = Literal["beginner", "intermediate", "advanced"]
Status = Literal["ready", "draft", "planned"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Author(_Record):
    """Who answers for the hub."""

    name: Line = Field(description="Shown as the author of every page and video.")
    contact: Line = Field(description="Address of a mailbox or of a contact page.")


class CallToAction(_Record):
    """What a viewer is invited to do next."""

    words: Line = Field(description="The invitation, without a full stop.")
    link: str = Field(pattern=LINK, description="Where it leads: a full address.")


class Hub(_Record):
    """The hub as a whole."""

    title: Title = Field(description="Name of the hub.")
    promise: Line = Field(description="One sentence that says what a learner gets.")
    site_url: str = Field(pattern=SITE, description="Scheme and host of the site, without a closing slash.")
    base_path: str = Field(pattern=BASE, description="Path of the site on that host, from slash to slash.")
    author: Author = Field(description="Who answers for the hub.")
    call_to_action: CallToAction = Field(description="What a viewer is invited to do next.")


class Topic(_Record):
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

    _section: str = PrivateAttr(default="")

    @property
    def section(self) -> str:
        """Slug of the section that holds the topic."""
        return self._section

    @property
    def module(self) -> str:
        """Name of the module with the topic's scene: ``scenes.naive_bayes`` for ``naive-bayes``."""
        return f"scenes.{self.slug.replace('-', '_')}"

    @property
    def path(self) -> Path:
        """File of the topic's scene, relative to the project's root."""
        return Path(*self.module.split(".")).with_suffix(".py")


class Section(_Record):
    """Topics that belong together, in the order in which they are best watched."""

    slug: Slug = Field(description="Name in addresses.")
    title: Title = Field(description="What people read.")
    line: Line = Field(description="One sentence on what the section's topics have in common.")
    topics: tuple[Topic, ...] = Field(min_length=1, description="The lessons, in order.")

    def model_post_init(self, _context: object) -> None:
        """Tell each topic where it belongs."""
        for topic in self.topics:
            topic._section = self.slug


class Catalog(_Record):
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
        hint = f"Did you mean {_either(near)}?" if near else f"Expected one of {_listed(self.topics)}."
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
    name = str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UsageFault(
            f"{name}: no such file. Run from the project's root, where the catalog is."
        ) from None
    except OSError as error:
        raise UsageFault(f"{name}: cannot be read: {error.strerror}.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start)
        start = raw.rfind(b"\n", 0, error.start) + 1
        place = Place(name, line + 1, len(raw[start : error.start].decode("utf-8-sig")) + 1)
        raise UsageFault(f"{place}: expected UTF-8, found the byte 0x{raw[error.start]:02x}.") from None
    return parse_catalog(text, name)


def parse_catalog(text: str, name: str = "catalog.yaml") -> Catalog:
    """The catalog written in ``text``; faults call it ``name`` and are those of :func:`load_catalog`."""
    sheet, data = _read_sheet(text, name)
    catalog, mistakes = _shape(data, sheet)
    mistakes = [*sheet.mistakes, *mistakes, *_sense(data, sheet)]
    if catalog is None or mistakes:
        mistakes.sort(key=lambda mistake: (mistake.place.line, mistake.place.column))
        raise UsageFault("\n".join(map(str, mistakes)))
    return catalog


def catalog_schema() -> str:
    """The JSON Schema (draft 2020-12) of the catalog, for editors, as the text of ``catalog.schema.json``."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Catalog.model_json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


# Reading: text -> plain data, and the place of every key and value.

_Loc = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class _Mistake:
    place: Place
    path: str
    words: str

    def __str__(self) -> str:
        return f"{self.place}: {self.path}: {self.words}"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where each key and value of a YAML text was written, and what was wrong with how it was written."""

    name: str
    keys: dict[_Loc, Place] = field(default_factory=dict)
    values: dict[_Loc, Place] = field(default_factory=dict)
    mistakes: list[_Mistake] = field(default_factory=list)
    refused: set[_Loc] = field(default_factory=set)
    """Values that were not read, so that nothing more can be said about them."""

    def place(self, loc: _Loc) -> Place:
        """Where the value at ``loc`` starts, or the nearest thing that holds it."""
        while loc not in self.values:
            loc = loc[:-1]
        return self.values[loc]

    def at(self, mark: yaml.Mark) -> Place:
        return Place(self.name, mark.line + 1, mark.column + 1)


class _Loader(_SafeLoader):
    """Safe YAML whose plain words stay words: ``no`` is not False, ``1:30`` is not 90."""


_SCALARS: dict[str, Callable[[str], object]] = {
    "null": lambda text: None,
    "bool": lambda text: text == "true",
    "int": int,
    "float": float,
    "str": str,
}

_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})", list("-+0123456789")),
    ("float", r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _read_sheet(text: str, name: str) -> tuple[_Sheet, object]:
    """The places in ``text`` and its plain data; :class:`UsageFault` at once when it is not YAML."""
    if stray := _UNPRINTABLE.search(text):
        lines = text[: stray.start()].split("\n")
        place = Place(name, len(lines), len(lines[-1]) + 1)
        raise UsageFault(f"{place}: expected text, found the control character U+{ord(stray[0]):04X}.")
    loader = _Loader(text)
    sheet = _Sheet(name)
    try:
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = sheet.at(mark) if mark else name
        words = ", ".join(part for part in (error.context, error.problem) if part)
        raise UsageFault(f"{where}: not valid YAML: {words}.") from None
    finally:
        loader.dispose()
    if root is None:
        raise UsageFault(f"{name}:1:1: catalog: expected version, hub and sections, found an empty file.")
    return sheet, _read_node(root, (), sheet, set())


def _read_node(node: yaml.Node, loc: _Loc, sheet: _Sheet, seen: set[int]) -> object:
    """Plain data of ``node``, whose places and mistakes go to ``sheet``."""
    sheet.values[loc] = sheet.at(node.start_mark)
    tag = node.tag.removeprefix("tag:yaml.org,2002:")
    if id(node) in seen:
        # The parser tells where the anchor is, not its alias: the key, or the list around it, is nearer.
        sheet.values[loc] = sheet.keys.get(loc) or sheet.values[loc[:-1]]
        _refuse(sheet, loc, "expected the value itself, found an alias (*); write it out")
        return None
    if tag not in ("seq", "map", *_SCALARS):
        _refuse(sheet, loc, f"expected plain YAML, found the tag {node.tag}")
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _read_mapping(node, loc, sheet, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_read_node(item, (*loc, index), sheet, seen) for index, item in enumerate(node.value)]
    try:
        return _SCALARS[tag](node.value)
    except (KeyError, ValueError):
        _refuse(sheet, loc, f"expected what the tag {node.tag} promises")
        return None


def _read_mapping(node: yaml.MappingNode, loc: _Loc, sheet: _Sheet, seen: set[int]) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key, value in node.value:
        place = sheet.at(key.start_mark)
        if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
            sheet.mistakes.append(_Mistake(place, _dotted(loc), "expected a word as key"))
            continue
        inner = (*loc, key.value)
        if inner in sheet.keys:
            words = f"this key is written twice, first at {sheet.keys[inner]}; keep one"
            sheet.mistakes.append(_Mistake(place, _dotted(inner), words))
        sheet.keys[inner] = place
        mapping[key.value] = _read_node(value, inner, sheet, seen)
    return mapping


def _refuse(sheet: _Sheet, loc: _Loc, words: str) -> None:
    sheet.refused.add(loc)
    sheet.mistakes.append(_Mistake(sheet.values[loc], _dotted(loc), words))


# Shape: what the models expect of each key and value.


def _shape(data: object, sheet: _Sheet) -> tuple[Catalog | None, list[_Mistake]]:
    """The catalog, unless there are mistakes of shape."""
    try:
        return Catalog.model_validate(data), []
    except ValidationError as error:
        errors = [detail for detail in error.errors(include_url=False) if _tells(detail, sheet)]
    unknown = [detail for detail in errors if detail["type"] == "extra_forbidden"]
    mistakes = []
    meant: set[_Loc] = set()
    for detail in unknown:
        *outer, key = detail["loc"]
        present = {inner[-1] for inner in sheet.keys if inner[:-1] == tuple(outer)}
        known = list(_model_at(outer).model_fields)
        near = difflib.get_close_matches(str(key), [name for name in known if name not in present], n=1)
        meant.update((*outer, name) for name in near)
        hint = f"did you mean {near[0]}?" if near else f"expected {_either(known)}"
        place = sheet.keys[detail["loc"]]
        mistakes.append(_Mistake(place, _dotted(detail["loc"]), f"there is no key {key} here; {hint}"))
    for detail in errors:
        # A misspelt key is missing under its right name as well: one mistake, one line.
        if detail not in unknown and detail["loc"] not in meant:
            place = sheet.place(detail["loc"])
            mistakes.append(_Mistake(place, _dotted(detail["loc"]), _expectation(detail)))
    return None, mistakes


def _tells(detail: ErrorDetails, sheet: _Sheet) -> bool:
    """Whether ``detail`` says something that is not a mere consequence of another mistake."""
    loc = detail["loc"]
    if any(loc[:length] in sheet.refused for length in range(len(loc) + 1)):
        return False
    # Pydantic counts only the sound items of a list, and would call a list with one bad item empty.
    return detail["type"] != "too_short" or len(detail["input"]) < detail["ctx"]["min_length"]


def _model_at(loc: Iterable[int | str]) -> type[BaseModel]:
    """The model that describes the mapping at ``loc``."""
    model: type[BaseModel] = Catalog
    for key in loc:
        if isinstance(key, str):
            annotation = model.model_fields[key].annotation
            inner: object = next(iter(get_args(annotation)), annotation)
            assert isinstance(inner, type)
            assert issubclass(inner, BaseModel)
            model = inner
    return model


def _expectation(detail: ErrorDetails) -> str:
    """What was expected, and what was found, in the words of a catalog's author."""
    context, value, loc = detail.get("ctx", {}), detail["input"], detail["loc"]
    match detail["type"]:
        case "missing":
            what = _model_at(loc[:-1]).model_fields[str(loc[-1])].description
            return f"expected the key {loc[-1]}, which is missing ({what})"
        case "literal_error":
            allowed = [
                str(name) for name in get_args(_model_at(loc[:-1]).model_fields[str(loc[-1])].annotation)
            ]
            near = (
                difflib.get_close_matches(value, allowed, n=1)
                if isinstance(value, str) and value not in allowed
                else []
            )
            hint = f"; did you mean {near[0]}?" if near else ""
            return f"expected {_either(allowed)}, found {_found(value)}{hint}"
        case "string_pattern_mismatch":
            return f"expected {_WORDS_FOR[context['pattern']]}, found {_found(value)}"
        case "string_too_short":
            return f"expected {context['min_length']} characters or more, found {len(value)}"
        case "string_too_long":
            return f"expected {context['max_length']} characters or fewer, found {len(value)}"
        case "too_short":
            return f"expected {context['min_length']} or more, found {context['actual_length']}"
        case "string_type":
            return f"expected text, found {_found(value)}"
        case "tuple_type":
            return f"expected a list, found {_found(value)}"
        case "model_type":
            keys = ", ".join(_model_at(loc).model_fields)
            return f"expected a mapping with the keys {keys}, found {_found(value)}"
        case _:
            return f"{detail['msg']}, found {_found(value)}"


def _found(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case str():
            return f"“{value}”" if len(value) <= 40 else f"“{value[:39]}…”"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case bool():
            return str(value).lower()
        case _:
            return f"the number {value}"


# Sense: what holds between entries.  Read from the plain data, which may have mistakes of shape elsewhere.


def _sense(data: object, sheet: _Sheet) -> Iterator[_Mistake]:
    sections = list(_mappings(data, "sections", ()))
    topics = [topic for loc, section in sections for topic in _mappings(section, "topics", loc)]
    for entries in (sections, topics):
        yield from _repeats(
            [(*loc, "slug") for loc, _ in entries], [e.get("slug") for _, e in entries], sheet
        )
    for loc, topic in topics:
        for key in ("prerequisites", "explains"):
            items = topic.get(key)
            if isinstance(items, list):
                yield from _repeats([(*loc, key, index) for index in range(len(items))], items, sheet)
    yield from _order({str(topic.get("slug")): (loc, topic) for loc, topic in topics}, sheet)


def _mappings(holder: object, key: str, loc: _Loc) -> Iterator[tuple[_Loc, dict[str, object]]]:
    """The mappings in the list ``holder[key]`` with their places."""
    items = holder.get(key) if isinstance(holder, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield (*loc, key, index), item


def _repeats(locs: list[_Loc], values: list[object], sheet: _Sheet) -> Iterator[_Mistake]:
    first: dict[str, _Loc] = {}
    for loc, value in zip(locs, values, strict=True):
        if isinstance(value, str) and first.setdefault(value, loc) is not loc:
            words = (
                f"expected something new, found {_found(value)} again; first at {sheet.place(first[value])}"
            )
            yield _Mistake(sheet.place(loc), _dotted(loc), words)


def _order(topics: dict[str, tuple[_Loc, dict[str, object]]], sheet: _Sheet) -> Iterator[_Mistake]:
    """Prerequisites that are unknown, that name their own topic, or that lead round in a circle."""
    needs: dict[str, dict[str, _Loc]] = {slug: {} for slug in topics}
    for slug, (loc, topic) in topics.items():
        listed = topic.get("prerequisites")
        for index, other in enumerate(listed if isinstance(listed, list) else []):
            at = (*loc, "prerequisites", index)
            place, path = sheet.place(at), _dotted(at)
            if other == slug:
                yield _Mistake(place, path, f"expected another topic, found {slug} itself")
            elif isinstance(other, str) and other in topics:
                needs[slug].setdefault(other, at)
            elif isinstance(other, str) and re.match(SLUG, other):
                near = difflib.get_close_matches(other, topics, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                yield _Mistake(place, path, f"expected the slug of a topic, found {_found(other)}{hint}")
    while circle := _circle(needs):
        closing = needs[circle[0]].pop(circle[1])
        words = f"expected prerequisites without a circle, found {' → '.join(circle)}"
        yield _Mistake(sheet.place(closing), _dotted(closing), words)


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


def _dotted(loc: _Loc) -> str:
    return ".".join(map(str, loc)) or "catalog"


def _either(names: Sequence[str]) -> str:
    """a, b or c."""
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _listed(topics: Iterable[Topic]) -> str:
    return ", ".join(topic.slug for topic in topics)
