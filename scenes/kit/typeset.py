"""Typst markup into outlines: what :mod:`scenes.kit.words` is drawn from.

Only the vendored fonts and those inside Typst's own wheel are used, so every machine sets the same type.
Parts are told apart by colour: markup gives each run a colour of its own, its *tag*, which changes no
spacing, and the tag is read back from each outline.  What was set once is kept on disk, addressed by content.

The folder is ``build/cache/words`` of the project unless the environment names another in
``MLHUB_WORDS_CACHE``.  A cache that cannot be read or written costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import numpy as np
import svgelements
import typst
from numpy.typing import NDArray

WORDS: Final = "Inter"
CODE: Final = "JetBrains Mono"
MATHS: Final = "New Computer Modern Math"

CAPITAL: Final = {WORDS: 1490 / 2048, CODE: 0.73, MATHS: 0.683}
"""Height of a capital H in em, as drawn in each font."""
MATHS_SIZE: Final = CAPITAL[WORDS] / CAPITAL[MATHS]
"""How much larger maths is set, so that its capitals are as tall as those of the words around it."""

FONTS: Final = Path(__file__).parent / "fonts"
_POINTS: Final = 10.0
_FOOT: Final = "#ffffff"

_PREAMBLE: Final = f"""\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(size: {_POINTS}pt, font: ("{WORDS}", "{MATHS}"), fallback: false, lang: "en")
#set text(features: (calt: 0), ligatures: false, hyphenate: false)
#set par(leading: 0.62em, justify: false)
#show math.equation: set text(font: "{MATHS}", size: {MATHS_SIZE:.6f}em, weight: 450)
#let tagged(n, body) = text(
  fill: rgb(calc.quo(n, 65536), calc.rem(calc.quo(n, 256), 256), calc.rem(n, 256)), body)
#let foot = box(width: 0pt, height: 0pt, fill: rgb("{_FOOT}"))
#let softmax = math.op("softmax")
#let argmin = math.op("arg\\u{{2009}}min", limits: true)
#let argmax = math.op("arg\\u{{2009}}max", limits: true)
#let sign = math.op("sign")
#let ReLU = math.op("ReLU")
#let KL = math.op("KL")
#let Var = math.op("Var")
#let Cov = math.op("Cov")
#let diag = math.op("diag")
"""

MATHS_START: Final = '$ #math.class("opening", foot) '
"""How displayed maths begins; ``foot`` marks the baseline and, as an opening, changes no spacing."""
WORDS_START: Final = "#foot"
"""How a text begins."""

Curves = NDArray[np.float64]
"""Cubic Béziers, four points each, one after the other: (4 × number of curves, 2), in em, y up."""


class WordsError(ValueError):
    """Words that cannot be set, with the place in what the author wrote.

    ``line`` and ``column`` count from 1; both are 0 when the mistake has no one place.
    """

    def __init__(self, problem: str, source: str, at: int | None = None, length: int = 1) -> None:
        self.problem = problem
        self.source = source
        self.line, self.column = (0, 0) if at is None else _line_and_column(source, at)
        super().__init__(problem + _pointed_at(source, self.line, self.column, length))


class _Refusal(Exception):
    """What Typst finds wrong; ``diagnostic`` names the place."""

    def __init__(self, message: str, diagnostic: str = "", hints: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message, self.diagnostic, self.hints = message, diagnostic, tuple(hints)


@dataclass(frozen=True, slots=True)
class Outline:
    """One glyph or bar where it stands; x = 0 is the left edge and y = 0 the first line's baseline.

    ``shape`` is equal for outlines that differ in size and place only.  ``tag`` is its run, 0 for none.
    """

    curves: Curves
    shape: str
    tag: int


@dataclass(frozen=True, slots=True)
class Markup:
    """Typst markup and where it comes from.

    Character ``i`` of ``body`` stands for character ``origin[i]`` of ``source``, which the author wrote.
    ``setup`` is Typst code that goes before the body.
    """

    body: str
    source: str
    origin: tuple[int, ...]
    setup: str = ""


def set_type(markup: Markup) -> tuple[Outline, ...]:
    """The outlines of ``markup`` in drawing order, which for a line of words is reading order.

    Raises :class:`WordsError` where Typst finds a mistake, and for a font that is not there.
    """
    try:
        return _set_type(f"{_PREAMBLE}{markup.setup}\n{markup.body}\n")
    except _Refusal as error:
        raise _explain(error, markup) from None


@lru_cache(maxsize=4096)
def _set_type(source: str) -> tuple[Outline, ...]:
    file = _folder() / f"{_key(source)}.type"
    kept = _read(file)
    if kept is None:
        kept = _parse(_compile(source))
        _write(file, kept)
    return kept


# -- Typst


@cache
def fonts() -> typst.Fonts:
    """The fonts that may be used: the vendored ones and those inside Typst, never the machine's own."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _compile(source: str) -> bytes:
    try:
        svg, warnings = typst.compile_with_warnings(source.encode(), format="svg", font_paths=fonts())
    except typst.TypstError as error:
        raise _Refusal(error.message, error.diagnostic, error.hints or ()) from None
    for warning in warnings:  # a font that is not there is no more than a warning to Typst
        raise _Refusal(warning.message, warning.diagnostic, warning.hints or ())
    if not isinstance(svg, bytes):
        raise _Refusal("words fill one page, never more")
    return svg


def _explain(error: _Refusal, markup: Markup) -> WordsError:
    problem = "\n  ".join([error.message, *(f"hint: {hint}" for hint in error.hints)])
    place = re.search(r"\.typ:(\d+):(\d+)", error.diagnostic)
    if place is None:
        return WordsError(problem, markup.source)
    before = f"{_PREAMBLE}{markup.setup}\n".count("\n")
    lines = markup.body.split("\n")
    line = int(place[1]) - 1 - before
    if not 0 <= line < len(lines):
        return WordsError(problem, markup.source)
    index = sum(len(earlier) + 1 for earlier in lines[:line]) + int(place[2])
    at = markup.origin[min(index, len(markup.origin) - 1)]
    carets = re.search(r"│\s*(\^+)\s*$", error.diagnostic, re.MULTILINE)
    return WordsError(problem, markup.source, at, len(carets[1]) if carets else 1)


def _line_and_column(source: str, at: int) -> tuple[int, int]:
    before = source[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _pointed_at(source: str, line: int, column: int, length: int) -> str:
    if not line:
        return f"\n  in {source!r}"
    text = source.split("\n")[line - 1]
    carets = "^" * max(1, min(length, len(text) - column + 1))
    return f"\n  line {line}, column {column}:\n    {text}\n    {' ' * (column - 1)}{carets}"


# -- SVG, as Typst writes it


def _parse(svg: bytes) -> tuple[Outline, ...]:
    root = ET.fromstring(svg)
    glyphs = {
        symbol.attrib["id"]: symbol[0].attrib["d"] for symbol in root.iter() if _name(symbol) == "symbol"
    }
    outlines: list[Outline] = []
    feet: list[NDArray[np.float64]] = []
    for element, matrix in _drawn(root, np.eye(3)):
        if _name(element) == "use":
            tag, path = element.attrib["fill"], glyphs[element.attrib[_HREF][1:]]
            step = np.eye(3)
            step[:2, 2] = float(element.attrib["x"]), float(element.attrib["y"])
            curves, shape = _curves(path)
            matrix = matrix @ step
        elif _name(element) == "path" and element.attrib.get("fill") == _FOOT:
            feet.append(matrix[:2, 2])
            continue
        elif _name(element) == "path" and element.attrib.get("fill") == "none":
            tag, (curves, shape) = element.attrib["stroke"], _bar(element)
        elif _name(element) == "path":
            tag, (curves, shape) = element.attrib["fill"], _curves(element.attrib["d"])
        else:
            raise _Refusal(f"only letters and rules are words, not a drawn {_name(element)}")
        if len(curves):
            placed = curves @ matrix[:2, :2].T + matrix[:2, 2]
            outlines.append(Outline(placed, shape, int(tag[1:7], 16)))
    foot = feet[0]
    scale = np.array([1.0, -1.0]) / _POINTS
    return tuple(Outline(_kept((each.curves - foot) * scale), each.shape, each.tag) for each in outlines)


_HREF: Final = "{http://www.w3.org/1999/xlink}href"


def _name(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _drawn(
    parent: ET.Element, matrix: NDArray[np.float64]
) -> Iterator[tuple[ET.Element, NDArray[np.float64]]]:
    for element in parent:
        if _name(element) == "defs":
            continue
        here = matrix @ _matrix(element.get("transform", ""))
        if _name(element) == "g":
            yield from _drawn(element, here)
        else:
            yield element, here


def _matrix(transform: str) -> NDArray[np.float64]:
    parsed = svgelements.Matrix(transform)
    return np.array([[parsed.a, parsed.c, parsed.e], [parsed.b, parsed.d, parsed.f], [0.0, 0.0, 1.0]])


@lru_cache(maxsize=4096)
def _curves(path: str) -> tuple[Curves, str]:
    """An SVG path as closed cubic Béziers, and its shape."""
    points: list[complex] = []
    start = 0j
    for piece in svgelements.Path(path):
        if isinstance(piece, svgelements.Move):
            start = complex(piece.end)
            continue
        a, d = complex(piece.start), complex(piece.end)
        if isinstance(piece, svgelements.CubicBezier):
            b, c = complex(piece.control1), complex(piece.control2)
        elif isinstance(piece, svgelements.QuadraticBezier):
            q = complex(piece.control)
            b, c = a + (q - a) * 2 / 3, d + (q - d) * 2 / 3
        else:
            d = start if isinstance(piece, svgelements.Close) else d
            b, c = a + (d - a) / 3, a + (d - a) * 2 / 3
        if not (a == b == c == d):
            points += [a, b, c, d]
    curves = np.array([(point.real, point.imag) for point in points]).reshape(-1, 2)
    curves.setflags(write=False)
    return curves, _shape(curves)


def _bar(element: ET.Element) -> tuple[Curves, str]:
    """A stroked line (of a fraction, a root, an underline) as the filled rectangle that it covers."""
    line, _ = _curves(element.attrib["d"])
    if len(line) != 4:
        raise _Refusal("only straight rules can be drawn among words")
    along = line[3] - line[0]
    across = np.array([-along[1], along[0]]) / np.linalg.norm(along)
    across = across * float(element.attrib["stroke-width"]) / 2
    corners = [line[0] + across, line[3] + across, line[3] - across, line[0] - across]
    sides = [np.linspace(a, b, 4) for a, b in zip(corners, corners[1:] + corners[:1], strict=True)]
    return np.concatenate(sides), "bar"


def _shape(curves: Curves) -> str:
    if not len(curves):
        return ""
    low = curves.min(axis=0)
    grid = np.floor((curves - low) / np.ptp(curves, axis=0).max() * 500 + 0.37)
    return hashlib.sha256(grid.astype(np.int16).tobytes()).hexdigest()[:12]


def _kept(curves: Curves) -> Curves:
    """``curves`` in the precision of the cache, so that a cold and a warm process draw the same."""
    rounded = curves.astype(np.float32).astype(np.float64)
    rounded.setflags(write=False)
    return rounded


# -- the cache on disk


def _folder() -> Path:
    named = os.environ.get("MLHUB_WORDS_CACHE")
    return Path(named) if named else Path(__file__).parents[2] / "build" / "cache" / "words"


def _key(source: str) -> str:
    parts = (version("typst"), _digest(), source)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


@cache
def _digest() -> str:
    """Of the fonts and of this file, which makes outlines of what Typst writes."""
    digest = hashlib.sha256()
    for path in [*sorted(FONTS.glob("*.[to]tf")), Path(__file__)]:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _read(file: Path) -> tuple[Outline, ...] | None:
    try:
        packed = file.read_bytes()
        body = zlib.decompress(packed[32:])
        if hashlib.sha256(body).digest() != packed[:32]:
            return None
    except (OSError, zlib.error):
        return None
    head, _, numbers = body.partition(b"\n")
    table = json.loads(head)
    points = np.frombuffer(numbers, dtype="<f4").reshape(-1, 2).astype(np.float64)
    points.setflags(write=False)
    ends = np.cumsum([count for count, _, _ in table])
    return tuple(
        Outline(points[end - count : end], shape, tag)
        for end, (count, shape, tag) in zip(ends, table, strict=True)
    )


def _write(file: Path, outlines: tuple[Outline, ...]) -> None:
    table = [(len(each.curves), each.shape, each.tag) for each in outlines]
    points = np.concatenate([each.curves for each in outlines] or [np.zeros((0, 2))])
    body = json.dumps(table).encode() + b"\n" + points.astype("<f4").tobytes()
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as scratch:
            try:
                scratch.write(hashlib.sha256(body).digest() + zlib.compress(body, 1))
                scratch.close()
                Path(scratch.name).replace(file)
            except OSError:
                Path(scratch.name).unlink()
                raise
