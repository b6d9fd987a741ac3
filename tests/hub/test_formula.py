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
        ("frac(1, ", "unclosed"),
        ("#{", "found code"),
    ],
)
def test_what_cannot_be_set_is_told(source: str, words: str) -> None:
    with pytest.raises(FormulaError, match=words):
        set_formulas([Formula(source, {})])


SECRET = "what a file says"
INTRUDERS = {
    "an element of HTML": '#html.elem("script")[alert(1)]',
    "the same by its full name": 'std.html.elem("script")',
    "a handler of events": '#html.elem("mrow", attrs: (onclick: "alert(1)"), $x$)',
    "a link": '#link("javascript:alert(1)")[x]',
    "a style": "#text(fill: red)[x]",
    "a file": '#read("secret.txt")',
    "a file of the project": '#read("/hub/serve.py")',
    "a file by the full name": 'std.read("secret.txt")',
    "a file by code in a text": 'std.eval("read(\\"secret.txt\\")")',
    "a file in a symbol of a part": '{{ std.read("secret.txt") : focus }}',
    "data": 'std.json("package.json")',
    "a picture": '#image("secret.png")',
    "another document": '#include "secret.typ"',
    "a package": '#import "@preview/cetz:0.3.0"',
    "a program": "#while true {}",
    "a binding": "#let x = 1; y",
    "code after a text": '"a" #read("secret.txt")',
    "code after an escaped quote": '\\" #read("secret.txt") \\"',
    "a formula that ends": 'x $ #read("secret.txt") $ y',
    "quotes in comments": '/* " */ std.read("secret.txt") /* " */',
    "a comment that hides the end": 'x // #read("secret.txt")',
}


@pytest.mark.parametrize("source", INTRUDERS.values(), ids=INTRUDERS)
def test_a_formula_gives_no_markup_but_maths_and_reads_no_file(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scripts, handlers and the project's files used to come through."""
    for name in ("secret.txt", "secret.typ", "package.json"):
        (tmp_path / name).write_text(f'"{SECRET}"')
    monkeypatch.chdir(tmp_path)
    for formula_ in (Formula(source, {}), Formula("x", {source: "focus"})):
        with pytest.raises(FormulaError) as refused:
            set_formulas([formula_])
        assert SECRET not in str(refused.value) and str(tmp_path) not in str(refused.value)


@pytest.mark.parametrize(
    "source",
    ['op("arg min", limits: #true)_x', '"# 1, std"', "primes(#3)", r"\# 7", "mat(augment: #1, 1, 2)"],
)
def test_plain_values_and_texts_are_no_code(source: str) -> None:
    assert set_formulas([Formula(source, {})])


@pytest.mark.parametrize(
    "page",
    [
        "<math><script>alert(1)</script></math>",
        '<math><mi onclick="alert(1)">x</mi></math>',
        '<math><mi href="javascript:alert(1)">x</mi></math>',
        '<math><annotation-xml encoding="text/html"><b/></annotation-xml></math>',
        '<math><mspace width="url(x)"/></math>',
        "<math><mi>x</mi><svg/></math>",
        "<math><mi>x</math>",
    ],
)
def test_whatever_comes_of_it_only_mathml_is_passed_on(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.formula.typst.compile", lambda *_, **__: page.encode())
    with pytest.raises(FormulaError, match="expected maths alone"):
        set_formulas([Formula("x", {})])
