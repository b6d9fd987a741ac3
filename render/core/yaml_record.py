"""YAML that people write, read into frozen records, or refused with each mistake at its line and column.

What a file looks like is told by models that derive from :class:`YamlRecord`.  A text is first read as plain data
that remembers where each key and value stands (:func:`read_sheet`), then held against a model (:func:`shape`);
what a shape cannot tell, whoever knows the meaning looks for on the same data and reports as a
:class:`Mistake`, so that one run tells all that is wrong, however much is.

Everything that people write in YAML is read here, and by libyaml alone.  PyYAML's own parser is no substitute: it
refuses some of what libyaml reads (``[Is it?, No]``, a tab after a colon), so that a file would read on one machine and
not on the next.
"""

from __future__ import annotations

import difflib
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Annotated, Final, Literal, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from render.core.fault import EnvironmentFault, Place, UsageFault

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:
    raise EnvironmentFault(
        "PyYAML was built without libyaml, by which all files in YAML are read. Install it as a wheel: "
        "python -m pip install --force-reinstall --only-binary :all: pyyaml"
    ) from None

SLUG = r"^[a-z][a-z0-9-]*$"
TITLE = r"^[^<>]+$"
SITE = r"^https?://[^\s/<>]+$"
BASE = r"^/([A-Za-z0-9._~-]+/)*$"
LINK = r"^https?://[^\s<>]+$"
DOI = r"^10\.[0-9]{4,9}/[^\s<>\"]+$"
TERM = r"^[^\s=]+( [^\s=]+)*( = [^\s=]+( [^\s=]+)*)*$"
CHANNEL = r"^UC[A-Za-z0-9_-]{22}$"
BUCKET = r"^s3://[a-z0-9][a-z0-9.-]+[a-z0-9](/[A-Za-z0-9._~-]+)*/?$"
BRANCH = r"^[A-Za-z0-9_][A-Za-z0-9_-]*([./][A-Za-z0-9_-]+)*$"
MEDIA = r"^(https://|http://(localhost|127\.0\.0\.1)[:/])[^\s<>\"'?#;]+$"
SHA256 = r"^[0-9a-f]{64}$"
SHA256_START = r"^[0-9a-f]{12,64}$"
IDENTIFIER = r"^[A-Za-z0-9_=.-]{1,128}$"

LARGEST: Final = 4_000_000
"""Bytes of a file that people write, at the most."""
DEEPEST: Final = 32
"""How deep lists and mappings may stand in each other: no model has more than ten."""

_WORDS_FOR = {
    SLUG: "a slug of lower-case letters, digits and hyphens that starts with a letter, such as naive-bayes",
    TITLE: "text without < and >, which YouTube refuses",
    SITE: "scheme and host without a closing slash, such as https://example.org",
    BASE: "a path that starts and ends with a slash, such as /hub/",
    LINK: "an address that starts with https:// or http://",
    DOI: "a DOI without its resolver, such as 10.1038/323533a0",
    TERM: "a term, and after “ = ” each of its synonyms, such as anomaly = outlier",
    CHANNEL: "the id of a channel: UC and 22 more letters, digits, - or _ (youtube.com/account_advanced shows it)",
    BUCKET: "a bucket, and a prefix if you like, such as s3://lessons/hub",
    BRANCH: "the name of a branch, such as gh-pages",
    MEDIA: "an address that starts with https://, such as https://media.example.org/hub/",
    SHA256: "a SHA-256 of 64 hexadecimal digits",
    SHA256_START: "a SHA-256, or 12 of its hexadecimal digits or more",
    IDENTIFIER: "an id of letters, digits and - _ . =",
}

Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Phrase = Annotated[str, Field(min_length=1, max_length=80)]


def _whole(value: object) -> object:
    """``value`` if it is a whole number; as text otherwise, for 1.0 and true equal 1 in Python."""
    return value if type(value) is int else str(value)


Version = Annotated[Literal[1], BeforeValidator(_whole)]


class YamlRecord(BaseModel):
    """A mapping of a file, with exactly the keys that are told and a description of each."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Written = TypeVar("Written", bound=YamlRecord)


def read_text(path: Path, missing: str) -> tuple[str, str]:
    """The text of a file and the name by which faults call it, as seen from the working directory.

    Raises :class:`UsageFault` for a file that is not there (which ends in the sentence ``missing``), cannot be
    read, is larger than anybody writes, or is not UTF-8.
    """
    name = str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise UsageFault(f"{name}: expected a file, found something else of that name. Move it away.")
        if status.st_size > LARGEST:
            raise UsageFault(
                f"{name}: expected at most {LARGEST:,} bytes, found {status.st_size:,}. It is written by hand: cut it."
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UsageFault(f"{name}: no such file. {missing}") from None
    except OSError as error:
        raise UsageFault(f"{name}: cannot be read: {error.strerror}. Make it readable.") from None
    try:
        return raw.decode("utf-8-sig"), name
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start)
        start = raw.rfind(b"\n", 0, error.start) + 1
        place = Place(name, line + 1, len(raw[start : error.start].decode("utf-8-sig")) + 1)
        raise UsageFault(f"{place}: expected UTF-8, found the byte 0x{raw[error.start]:02x}.") from None


def refuse(mistakes: Iterable[Mistake]) -> UsageFault:
    """The fault that tells ``mistakes``, a line each, in the order of the file."""
    ordered = sorted(mistakes, key=lambda mistake: (mistake.place.line, mistake.place.column))
    return UsageFault("\n".join(map(str, ordered)))


# Reading: text -> plain data, and the place of every key and value.

Loc = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong; ``path`` names the value by its keys, ``words`` say what was expected."""

    place: Place
    path: str
    words: str

    def __str__(self) -> str:
        return f"{self.place}: {self.path}: {self.words}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where each key and value of a YAML text was written, and what was wrong with how it was written."""

    name: str
    kind: str
    """What the text as a whole is called: ``catalog``."""
    keys: dict[Loc, Place] = field(default_factory=dict)
    values: dict[Loc, Place] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    refused: set[Loc] = field(default_factory=set)
    """Values that were not read, so that nothing more can be said about them."""

    def place(self, loc: Loc) -> Place:
        """Where the value at ``loc`` starts, or the nearest thing that holds it."""
        while loc not in self.values:
            loc = loc[:-1]
        return self.values[loc]

    def at(self, mark: yaml.Mark) -> Place:
        """The place of a mark of the parser."""
        return Place(self.name, mark.line + 1, mark.column + 1)

    def mistake(self, loc: Loc, words: str) -> Mistake:
        """A mistake of the value at ``loc``."""
        return Mistake(self.place(loc), self.dotted(loc), words)

    def dotted(self, loc: Loc) -> str:
        """``sections.0.topics.2.level``; the kind of the text for the whole of it."""
        return ".".join(map(str, loc)) or self.kind


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


def read_sheet(text: str, name: str, kind: str, model: type[YamlRecord]) -> tuple[Sheet, object]:
    """The places in ``text`` and its plain data; :class:`UsageFault` at once when it is not YAML.

    Faults call the file ``name``, the whole of it ``kind``, and tell the keys of ``model`` where it is empty.
    """
    if stray := _UNPRINTABLE.search(text):
        lines = text[: stray.start()].split("\n")
        place = Place(name, len(lines), len(lines[-1]) + 1)
        raise UsageFault(f"{place}: expected text, found the control character U+{ord(stray[0]):04X}.")
    loader = _Loader(text)
    sheet = Sheet(name, kind)
    try:
        _check_depth(text, sheet)
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = sheet.at(mark) if mark else name
        words = ", ".join(part for part in (error.context, error.problem) if part)
        raise UsageFault(f"{where}: not valid YAML: {words}.") from None
    finally:
        loader.dispose()
    if root is None:
        *keys, last = model.model_fields
        raise UsageFault(f"{name}:1:1: {kind}: expected {', '.join(keys)} and {last}, found an empty file.")
    return sheet, _read_node(root, (), sheet, set())


def _check_depth(text: str, sheet: Sheet) -> None:
    """:class:`UsageFault` where a text is nested deeper than what builds its nodes can follow."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                mark = event.start_mark
                place = Place(sheet.name, mark.line + 1, mark.column + 1) if mark else sheet.name
                raise UsageFault(
                    f"{place}: {sheet.kind}: expected lists and mappings at most {DEEPEST} deep, found deeper ones."
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _read_node(node: yaml.Node, loc: Loc, sheet: Sheet, seen: set[int]) -> object:
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


def _read_mapping(node: yaml.MappingNode, loc: Loc, sheet: Sheet, seen: set[int]) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key, value in node.value:
        place = sheet.at(key.start_mark)
        if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
            sheet.mistakes.append(Mistake(place, sheet.dotted(loc), "expected a word as key"))
            continue
        inner = (*loc, key.value)
        if inner in sheet.keys:
            words = f"this key is written twice, first at {sheet.keys[inner]}; keep one"
            sheet.mistakes.append(Mistake(place, sheet.dotted(inner), words))
        sheet.keys[inner] = place
        mapping[key.value] = _read_node(value, inner, sheet, seen)
    return mapping


def _refuse(sheet: Sheet, loc: Loc, words: str) -> None:
    sheet.refused.add(loc)
    sheet.mistakes.append(Mistake(sheet.values[loc], sheet.dotted(loc), words))


# Shape: what the models expect of each key and value.


def shape(model: type[Written], data: object, sheet: Sheet) -> tuple[Written | None, list[Mistake]]:
    """What ``data`` is as a ``model``, unless there are mistakes of shape."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        errors = [detail for detail in error.errors(include_url=False) if _tells(detail, sheet)]
    unknown = [detail for detail in errors if detail["type"] == "extra_forbidden"]
    mistakes = []
    meant: set[Loc] = set()
    for detail in unknown:
        *outer, key = detail["loc"]
        present = {inner[-1] for inner in sheet.keys if inner[:-1] == tuple(outer)}
        known = list(_model_at(model, outer).model_fields)
        near = difflib.get_close_matches(str(key), [name for name in known if name not in present], n=1)
        meant.update((*outer, name) for name in near)
        hint = f"did you mean {near[0]}?" if near else f"expected {either(known)}"
        place = sheet.keys[detail["loc"]]
        mistakes.append(Mistake(place, sheet.dotted(detail["loc"]), f"there is no key {key} here; {hint}"))
    for detail in errors:
        # A misspelt key is missing under its right name as well: one mistake, one line.
        if detail not in unknown and detail["loc"] not in meant:
            place = sheet.place(detail["loc"])
            mistakes.append(Mistake(place, sheet.dotted(detail["loc"]), _expectation(model, detail)))
    return None, mistakes


def _tells(detail: ErrorDetails, sheet: Sheet) -> bool:
    """Whether ``detail`` says something that is not a mere consequence of another mistake."""
    loc = detail["loc"]
    if any(loc[:length] in sheet.refused for length in range(len(loc) + 1)):
        return False
    # Pydantic counts only the sound items of a list, and would call a list with one bad item empty.
    return detail["type"] != "too_short" or len(detail["input"]) < detail["ctx"]["min_length"]


def _type_at(model: type[YamlRecord], loc: Iterable[int | str]) -> object:
    """The type that describes the value at ``loc``: a model, or what stands in a list, a mapping, an option."""
    found: object = model
    for key in loc:
        found = _without_none(found)
        if isinstance(found, type) and issubclass(found, BaseModel):
            found = found.model_fields[str(key)].annotation
        else:
            found = next(inner for inner in reversed(get_args(found)) if inner is not Ellipsis)
    return _without_none(found)


def _without_none(kind: object) -> object:
    """``kind`` where None may stand beside it, and bare where it is annotated."""
    while get_origin(kind) in (Union, UnionType, Annotated):
        kind = next(inner for inner in get_args(kind) if inner is not type(None))
    return kind


def _model_at(model: type[YamlRecord], loc: Iterable[int | str]) -> type[BaseModel]:
    """The model that describes the mapping at ``loc``."""
    inner = _type_at(model, loc)
    assert isinstance(inner, type)
    assert issubclass(inner, BaseModel)
    return inner


def _expectation(model: type[YamlRecord], detail: ErrorDetails) -> str:
    """What was expected, and what was found, in the words of who wrote it."""
    context, value, loc = detail.get("ctx", {}), detail["input"], detail["loc"]
    match detail["type"]:
        case "missing":
            what = _model_at(model, loc[:-1]).model_fields[str(loc[-1])].description
            return f"expected the key {loc[-1]}, which is missing ({what})"
        case "literal_error":
            allowed = [str(name) for name in get_args(_type_at(model, loc))]
            near = (
                difflib.get_close_matches(value, allowed, n=1)
                if isinstance(value, str) and value not in allowed
                else []
            )
            hint = f"; did you mean {near[0]}?" if near else ""
            return f"expected {either(allowed)}, found {found(value)}{hint}"
        case "string_pattern_mismatch":
            return f"expected {_WORDS_FOR[context['pattern']]}, found {found(value)}"
        case "string_too_short":
            return f"expected {context['min_length']} characters or more, found {len(value)}"
        case "string_too_long":
            return f"expected {context['max_length']} characters or fewer, found {len(value)}"
        case "too_short":
            return f"expected {context['min_length']} or more, found {context['actual_length']}"
        case "string_type":
            return f"expected text, found {found(value)}"
        case "dict_type":
            return f"expected a mapping, found {found(value)}"
        case "date_from_datetime_parsing" | "date_from_datetime_inexact" | "date_type" | "date_parsing":
            return f"expected a day such as 2026-11-22, found {found(value)}"
        case "int_type":
            return f"expected a whole number, found {found(value)}"
        case "bool_type":
            return f"expected true or false, found {found(value)}"
        case "greater_than_equal":
            return f"expected {context['ge']} or more, found {found(value)}"
        case "less_than_equal":
            return f"expected {context['le']} or less, found {found(value)}"
        case "tuple_type":
            return f"expected a list, found {found(value)}"
        case "model_type":
            keys = ", ".join(_model_at(model, loc).model_fields)
            return f"expected a mapping with the keys {keys}, found {found(value)}"
        case _:
            return f"{detail['msg']}, found {found(value)}"


def found(value: object) -> str:
    """What a value is, as a mistake tells it."""
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


def either(names: Sequence[str]) -> str:
    """a, b or c."""
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
