"""Draw the golden pictures again, show what changed, and keep the new ones.

usage: python scripts/bless.py [name ...]

With no name, every golden picture is drawn again.  What changed is shown under build/golden/ as old, new and
difference side by side: look at it before you commit the new goldens.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
golden = importlib.import_module("tests.golden")


def main(names: list[str]) -> int:
    """Bless ``names`` (all when empty); exit code 0 done, 1 a test failed, 2 a name that no test draws."""
    if any(name.startswith("-") for name in names):
        print(__doc__)
        return 0 if {"-h", "--help"} & set(names) else 2
    asking = [path for path in sorted((ROOT / "tests" / "kit").rglob("test_*.py")) if _asks(path)]
    if not asking:
        print("no test of the kit asks for a golden picture", file=sys.stderr)
        return 2
    with golden.blessing(frozenset(names)) as looks:
        failed = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *map(str, asking)])
    for look in looks:
        beside = f"  {look.beside.relative_to(ROOT)}" if look.beside else ""
        print(f"{look.name}: {look.change}{beside}")
    drawn = {look.name for look in looks}
    if unknown := sorted(set(names) - drawn):
        print(f"no test of the kit draws {', '.join(unknown)}", file=sys.stderr)
        return 2
    if not names and not failed:
        for path in sorted(golden.GOLDEN.glob("*.png")):
            if path.stem not in drawn:
                print(f"{path.relative_to(ROOT)}: no test draws it; delete it")
    return 1 if failed else 0


def _asks(path: Path) -> bool:
    return re.search(r"\bassert_golden\(", path.read_text(encoding="utf-8")) is not None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
