"""Formulas as MathML: set by Typst, as the lessons' own are, with the lessons' ink as classes.

MathML is text: it is read aloud, copied, searched and printed, and needs no script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


class FormulaError(ValueError):
    """Typst cannot set a formula; the text says why."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Typst source, in which ``{{ body : role }}`` colours a part; ``symbols`` joins the hub's own table."""

    source: str
    symbols: Mapping[str, str]


def set_formulas(formulas: Sequence[Formula]) -> list[str]:
    """MathML of each formula, in one run of Typst.  Raises :class:`FormulaError`."""
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
        page = typst.compile((_PREAMBLE + "\n\n".join(maths)).encode(), format="html")
    except typst.TypstError as error:
        raise FormulaError(str(error.message)) from None
    assert isinstance(page, bytes)
    found = [ET.fromstring(text) for text in _MATHS.findall(page.decode().replace("&nbsp;", "\u00a0"))]
    if len(found) != len(maths):
        raise FormulaError("expected one formula, found a text that ends it or begins another ($)")
    return found


def _shape(math: ET.Element) -> str:
    """What the symbol alone looks like, by which it is known in a formula."""
    (symbol,) = math
    return ET.tostring(symbol, encoding="unicode")


def _colour(element: ET.Element, roles: Mapping[str, str]) -> ET.Element:
    """Give each known symbol its class; what stands in a part that has an ink of its own keeps that."""
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
    """Make up for what browsers do less well: room after leaning letters, and fences at the size of the text where
    nothing tall stands between, which they would stretch for a prime.
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
