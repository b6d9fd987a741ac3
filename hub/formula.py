"""Formulas as MathML: set by Typst, as those in the lessons are, with the lessons' colours as classes.

MathML is text: it is read aloud, copied, searched and printed, and needs no script.

Formulas are the one place where what a note says becomes markup of a page.  So a formula is maths and no program, it is
set where there are no files to be read, and of what comes of it only MathML is passed on.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import typst

SYMBOLS: Final[Mapping[str, str]] = {
    "x": "first",
    "bold(x)": "first",
    "w": "fourth",
    "bold(w)": "fourth",
    "theta": "fourth",
    "y": "truth",
    "bold(y)": "truth",
    "hat(y)": "second",
    "hat(bold(y))": "second",
    "cal(L)": "error",
    "ell": "error",
}
"""Symbols that keep their colour through the whole hub; a test holds this to the lessons' own table."""

_PREAMBLE: Final = """\
#let ink(role, body) = html.elem("mrow", attrs: (class: "ink-" + role), body)
#let softmax = math.op("softmax")
#let argmin = math.op("arg\\u{2009}min", limits: true)
#let argmax = math.op("arg\\u{2009}max", limits: true)
#let sign = math.op("sign")
#let ReLU = math.op("ReLU")
#let Var = math.op("Var")
#let clip = math.op("clip")
"""

_PART: Final = re.compile(r"\{\{(.+?):\s*([a-z]+)\s*\}\}")
_MATHS: Final = re.compile(r"<math\b[^>]*>.*?</math>", re.DOTALL)


_SKIPPED: Final = re.compile(r'\\.|"(?:\\.|[^"\\])*"', re.DOTALL)
"""Texts and escaped signs, in which nothing is code."""
_CODE: Final = re.compile(r"#(?!(?:true|false|none|auto)\b|\d)|\bstd\b|//|/\*")
"""What leads from maths into code: a hash before anything but a plain value, the name of all that Typst has, and
comments, in which quotes count for nothing."""

_ELEMENTS: Final = re.compile(
    "math|merror|mfrac|mi|mmultiscripts|mn|mo|mover|mpadded|mphantom|mprescripts|mroot|mrow|ms|mspace|msqrt|msub|msubsup|"
    "msup|mtable|mtd|mtext|mtr|munder|munderover"
)
_ATTRIBUTES: Final = re.compile(
    "accent|accentunder|class|columnalign|columnspan|depth|display|displaystyle|fence|form|height|largeop|linethickness|"
    "lspace|mathvariant|maxsize|minsize|movablelimits|rowspan|rspace|scriptlevel|separator|stretchy|symmetric|voffset|"
    "width"
)
_VALUE: Final = re.compile(r"[\w .%+-]*")


class FormulaError(ValueError):
    """Typst cannot set a formula; the text says why."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Typst source, in which ``{{ body : role }}`` colours a part; ``symbols`` joins the hub's own table."""

    source: str
    symbols: Mapping[str, str]


def set_formulas(formulas: Sequence[Formula]) -> list[str]:
    """MathML of each formula, in one run of Typst.  Raises :class:`FormulaError`.

    Elements are those of MathML alone, attributes those that change how it is set.
    """
    for formula in formulas:
        for written in (formula.source, *formula.symbols):
            if code := _CODE.search(_SKIPPED.sub(" ", written)):
                raise FormulaError(f"expected maths alone, found code ({code[0]})")
    tables = [{**SYMBOLS, **formula.symbols} for formula in formulas]
    symbols = sorted({symbol for table in tables for symbol in table})
    displayed = [f"$ {_PART.sub(_inked, formula.source)} $" for formula in formulas]
    set_ = _set([*displayed, *(f"${symbol}$" for symbol in symbols)])
    shapes = {symbol: _shape(element) for symbol, element in zip(symbols, set_[len(formulas) :], strict=True)}
    return [
        _written(_calm(_colour(element, {shapes[symbol]: role for symbol, role in table.items()})))
        for element, table in zip(set_, tables, strict=False)
    ]


def _inked(part: re.Match[str]) -> str:
    # The space keeps a semicolon that follows, which ends a row of a matrix, from ending the code instead.
    return f'#ink("{part[2]}", ${part[1].strip()}$) '


def _set(maths: Sequence[str]) -> list[ET.Element]:
    try:
        with tempfile.TemporaryDirectory() as name:
            alone = Path(name)
            source = alone / "formulas.typ"
            source.write_text(_PREAMBLE + "\n\n".join(maths), encoding="utf-8")
            page = typst.compile(
                source, root=alone, package_path=alone, package_cache_path=alone, format="html"
            )
    except typst.TypstError as error:
        raise FormulaError(str(error.message)) from None
    assert isinstance(page, bytes)
    try:
        found = [ET.fromstring(text) for text in _MATHS.findall(page.decode().replace("&nbsp;", "\u00a0"))]
    except ET.ParseError:
        raise FormulaError("expected maths alone, found what is no MathML") from None
    for math in found:
        _admit(math)
    if len(found) != len(maths):
        raise FormulaError("expected one formula, found a text that ends it or begins another ($)")
    return found


def _admit(math: ET.Element) -> None:
    """Hold a formula to the elements and attributes that are let through; a style of its own is left out."""
    for element in math.iter():
        element.attrib.pop("style", None)  # the pages' policy would ignore it
        stray = [
            name
            for name, value in element.items()
            if not (_ATTRIBUTES.fullmatch(name) and _VALUE.fullmatch(value))
        ]
        if stray or not _ELEMENTS.fullmatch(element.tag):
            raise FormulaError(f"expected maths alone, found the markup {' '.join([element.tag, *stray])}")


def _shape(math: ET.Element) -> str:
    """The MathML of a symbol as text, by which it is found in a formula."""
    (symbol,) = math
    return ET.tostring(symbol, encoding="unicode")


def _colour(element: ET.Element, roles: Mapping[str, str]) -> ET.Element:
    """Give each known symbol the class of its colour, unless it is inside a part that has a colour already."""
    if (element.get("class") or "").startswith("ink-"):
        return element
    if (role := roles.get(ET.tostring(element, encoding="unicode"))) is not None:
        element.set("class", f"ink-{role}")
        return element
    for child in element:
        _colour(child, roles)
    return element


_LEANING: Final = frozenset("𝑓𝐹𝑃𝑇𝑉𝑊𝑌")
"""Italics that reach into what follows: browsers leave out the correction that Typst makes."""
_FENCES: Final = frozenset("()[]|‖")
_TALL: Final = ("mfrac", "mtable", "munder", "munderover", "msqrt")


def _calm(element: ET.Element) -> ET.Element:
    """Correct what browsers set less well than Typst: leaning letters get room behind them, and brackets around what is
    not tall keep the size of the text (browsers would stretch them for a prime).
    """
    for child in element:
        _calm(child)
    if element.text in _LEANING:
        element.set("class", f"{element.get('class', '')} leaning".strip())
    if not any(found.tag in _TALL for found in element.iter()):
        for child in element:
            if child.tag == "mo" and child.text in _FENCES:
                child.set("stretchy", "false")
    return element


def _written(math: ET.Element) -> str:
    text = ET.tostring(math, encoding="unicode")
    return re.sub(r'="(0\.\d{3})\d+em"', r'="\1em"', text)
