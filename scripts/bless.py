"""Draw golden pictures again, show what changed, and keep the new ones.

The kit's nouns are held to pictures that tests ask for by name; a lesson is held to stills of its key frames.
What changed is shown under build/golden/ as old, new and difference side by side: look at it before you commit
the new goldens.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.golden import Look

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
golden = importlib.import_module("tests.golden")
still = importlib.import_module("tests.still")
catalog = importlib.import_module("render.core.catalog")
fault = importlib.import_module("render.core.fault")


def main(arguments: list[str]) -> int:
    """Bless what is named; exit code 0 done, 1 a test or a lesson failed, 2 a name that nothing draws."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--lesson", metavar="SLUG", help="bless stills of this lesson instead of the kit's pictures"
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="a picture of the kit (all by default); or of a lesson: poster, CHAPTER/BEAT (beats from 1), or "
        "CHAPTER, which means the beat whose picture has most in it; a chapter's old stills are replaced "
        "(default: what is blessed, and the richest beat of every chapter that has none)",
    )
    options = parser.parse_args(arguments)
    return _bless_lesson(options.lesson, options.names) if options.lesson else _bless_kit(options.names)


def _bless_lesson(slug: str, names: list[str]) -> int:
    try:
        topic = catalog.load_catalog(ROOT / "catalog.yaml").lesson(slug)
        looks = still.bless(slug, topic.module, names)
    except fault.Fault as error:
        print(error, file=sys.stderr)
        return int(error.exit)
    except (ValueError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, ValueError) else 1
    _tell(looks)
    sizes = [path.stat().st_size for path in still.blessed(slug).values()]
    print(f"{slug}: {len(sizes)} stills, {sum(sizes):,} bytes")
    return 0


def _bless_kit(names: list[str]) -> int:
    asking = [path for path in sorted((ROOT / "tests" / "kit").rglob("test_*.py")) if _asks(path)]
    if not asking:
        print("no test of the kit asks for a golden picture", file=sys.stderr)
        return 2
    with golden.blessing(frozenset(names)) as looks:
        failed = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *map(str, asking)])
    _tell(looks)
    drawn = {look.name for look in looks}
    if unknown := sorted(set(names) - drawn):
        print(f"no test of the kit draws {', '.join(unknown)}", file=sys.stderr)
        return 2
    if not names and not failed:
        for path in sorted(golden.GOLDEN.glob("*.png")):
            if path.stem not in drawn:
                print(f"{path.relative_to(ROOT)}: no test draws it; delete it")
    return 1 if failed else 0


def _tell(looks: Iterable[Look]) -> None:
    for look in looks:
        beside = f"  {look.beside.relative_to(ROOT)}" if look.beside else ""
        print(f"{look.name}: {look.change}{beside}")


def _asks(path: Path) -> bool:
    return re.search(r"\bassert_golden\(", path.read_text(encoding="utf-8")) is not None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
