"""Keys: what may not change a picture does not change its key, and what may does."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions, version
from pathlib import Path

from render.plan.dependencies import Code
from render.plan.fingerprint import DRAWING, SOFTWARE, STILL, fonts, key_of, software
from render.store.digest import meaning

ROOT = Path(__file__).parents[3]


def test_meaning_is_blind_to_comments_only() -> None:
    assert meaning("x = 1  # one") == meaning("x   =   1")
    assert meaning("x = 1") != meaning("x = 2")
    assert meaning('def f():\n    "doc"\n    return 1') == meaning("def f():\n    return 1")
    assert meaning('def f():\n    return "doc"') != meaning('def f():\n    return "cod"')
    assert meaning('x = 1\n"""What x is."""') == meaning("x = 1")


def test_a_key_depends_on_names_and_digests_not_on_order() -> None:
    assert key_of({"a": "1", "b": "2"}) == key_of({"b": "2", "a": "1"})
    assert key_of({"a": "1"}) != key_of({"b": "1"})
    assert key_of({"a": "1"}) != key_of({"a": "2"})


def test_versions_are_those_that_are_installed() -> None:
    found = software()
    for name in ("manim", "numpy", "scikit-learn", "mapbox-earcut", "manimpango"):
        assert found[f"version of {name}"] == version(name)
    assert "not installed" not in found.values()


def test_every_package_that_what_is_drawn_imports_counts_with_its_version() -> None:
    paths = list((ROOT / "scenes").rglob("*.py"))
    roots = Code(ROOT).of_names((*DRAWING, *STILL))
    paths += [ROOT / path for path in roots.files]
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                found.add(node.module.split(".")[0])
    found -= {*sys.stdlib_module_names, "scenes", "render"}
    assert {"manim", "numpy", "typst", "av"} <= found
    made_by = packages_distributions()
    for package in found:
        assert {name.lower().replace("_", "-") for name in made_by[package]} & {*SOFTWARE}, package


def test_a_font_counts_by_its_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "one" / "scenes" / "kit" / "fonts"
    folder.mkdir(parents=True)
    (folder / "a.ttf").write_bytes(b"glyphs")
    other = tmp_path / "two" / "scenes" / "kit" / "fonts"
    other.mkdir(parents=True)
    (other / "a.ttf").write_bytes(b"glyphs")
    assert fonts(tmp_path / "one") == fonts(tmp_path / "two")
    third = tmp_path / "three" / "scenes" / "kit" / "fonts"
    third.mkdir(parents=True)
    (third / "a.ttf").write_bytes(b"glyqhs")
    assert fonts(tmp_path / "three") != fonts(tmp_path / "one")
