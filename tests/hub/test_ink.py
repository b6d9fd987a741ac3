"""The pages wear the lessons' ink, and it can be read on both papers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from hub import site

ROOT = Path(site.__file__).parent
CSS = (ROOT / "assets" / "hub.css").read_text(encoding="utf-8")


def ink() -> dict[str, str]:
    """Name and value of every colour that scenes/kit/ink.py writes (read, not imported: Manim is slow)."""
    module = ast.parse((ROOT.parent / "scenes" / "kit" / "ink.py").read_text(encoding="utf-8"))
    found = {}
    for node in module.body:
        match node:
            case ast.AnnAssign(
                target=ast.Name(name), value=ast.Call(ast.Name("ManimColor"), [ast.Constant(value)])
            ):
                found[name] = str(value)
    return found


def properties(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6});", block))


def contrast(one: str, other: str) -> float:
    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


ROOTS = re.findall(r":root \{\n(.*?)\n\s*\}", CSS, flags=re.DOTALL)
INK, LIGHT, DARK = (properties(block) for block in ROOTS[:3])


def test_the_ink_is_that_of_the_lessons() -> None:
    assert len(ink()) >= 11
    assert {f"ink-{name}": value for name, value in ink().items()} == INK


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_every_paper(theme: dict[str, str]) -> None:
    words = [name for name in theme if name == "text" or name.endswith("-text")]
    assert len(words) == 10
    for paper in ("paper", "raised"):
        assert {
            name: contrast(theme[name], theme[paper])
            for name in words
            if contrast(theme[name], theme[paper]) < 4.5
        } == {}
        assert contrast(theme["ring"], theme[paper]) >= 3
        assert contrast(theme["edge-line"], theme[paper]) >= 3


def test_no_colour_is_written_twice_over() -> None:
    """Both themes answer for the same roles: none is left to shine through from the other."""
    assert LIGHT.keys() == DARK.keys()
