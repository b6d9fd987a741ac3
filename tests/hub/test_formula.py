"""Formulas are MathML in the lessons' ink."""

from __future__ import annotations

import ast
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hub import formula, site
from hub.formula import Formula, FormulaError, set_formulas

ROOT = Path(site.__file__).parents[1]


def drawn(source: str, **symbols: str) -> ET.Element:
    return ET.fromstring(set_formulas([Formula(source, symbols)])[0])


def inked(math: ET.Element) -> list[tuple[str, str]]:
    """What has an ink of its own, and which."""
    return [("".join(e.itertext()), e.attrib["class"]) for e in math.iter() if "ink-" in e.get("class", "")]


def test_symbols_wear_the_ink_of_the_lessons() -> None:
    module = ast.parse((ROOT / "scenes" / "kit" / "ink.py").read_text(encoding="utf-8"))
    found = {}
    for node in ast.walk(module):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "SYMBOLS":
            assert isinstance(node.value, ast.Call) and isinstance(node.value.args[0], ast.Dict)
            table = node.value.args[0]
            found = {
                ast.literal_eval(key): ast.unparse(value)
                for key, value in zip(table.keys, table.values, strict=True)
                if key
            }
    assert len(found) > 9 and found == formula.SYMBOLS


def test_symbols_are_known_wherever_they_stand() -> None:
    math = drawn("hat(y)_i = w_1 x^2 + alpha bold(w)", alpha="third")
    assert inked(math) == [
        ("𝑦̂", "ink-second"),
        ("𝑤", "ink-fourth"),
        ("𝑥", "ink-first"),
        ("𝛼", "ink-third"),
        ("𝒘", "ink-fourth"),
    ]


def test_a_part_with_an_ink_of_its_own_keeps_it() -> None:
    assert inked(drawn("{{ x + y : focus }} - x")) == [("𝑥+𝑦", "ink-focus"), ("𝑥", "ink-first")]


def test_a_part_may_end_a_row_of_a_matrix() -> None:
    math = drawn("mat({{ 1 : first }}, {{ 2 : second }}; {{ 3 : first }}, 4)")
    rows = [["".join(cell.itertext()).strip() for cell in row] for row in math.iter("mtr")]
    assert rows == [["1", "2"], ["3", "4"]]


def test_fences_stretch_only_around_what_is_tall() -> None:
    math = drawn("f(x') + (1 / 2)")
    fences = [e.get("stretchy") for e in math.iter("mo") if e.text in ("(", ")")]
    assert fences == ["false", "false", None, None]


def test_no_formula_has_a_style_of_its_own() -> None:
    text = set_formulas([Formula('cases(a "if" x > 0, b "else")', {}), Formula("sum_(i=1)^n x_i / n", {})])
    assert "style" not in "".join(text)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nowhere x", "unknown variable: nowhere"),
        ("x $ y $ z", "one formula"),
        ("#{", "unclosed"),
    ],
)
def test_what_cannot_be_set_is_told(source: str, words: str) -> None:
    with pytest.raises(FormulaError, match=words):
        set_formulas([Formula(source, {})])
