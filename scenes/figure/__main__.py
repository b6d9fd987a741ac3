"""``python -m scenes.figure svm``: print the numbers of one lesson's figure as compact JSON.

An object with the ``figure`` and with the project's ``files`` that were imported for it, relative to the project.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

DECIMALS = 6
"""Digits behind the point that are kept: far more than any screen shows, and short where the data are short."""


def plain(value: object) -> object:
    """``value`` as JSON can say it: arrays as lists, floats rounded to :data:`DECIMALS`, whole ones as integers.

    Raises ``TypeError`` for anything but arrays, numbers, words and lists or mappings of these, ``ValueError`` for
    a number that is not finite.
    """
    match value:
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case np.ndarray() | np.generic():
            return plain(value.tolist())
        case bool() | int() | str():
            return value
        case float():
            if not np.isfinite(value):
                raise ValueError(f"a figure shows finite numbers, not {value}")
            rounded = round(value, DECIMALS)
            return int(rounded) if rounded == int(rounded) else rounded
    raise TypeError(f"a figure takes arrays, numbers and words, not {type(value).__name__}")


def main() -> None:
    """Print the figure that the first argument names."""
    module = importlib.import_module(f"scenes.figure.{sys.argv[1]}")
    told = {"figure": plain(module.figure()), "files": _imported(Path(__file__).parents[2])}
    json.dump(told, sys.stdout, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _imported(root: Path) -> list[str]:
    """Files below ``scenes`` that this process has imported, relative to ``root``."""
    found = {
        Path(file) for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))
    }
    return sorted(str(path.relative_to(root)) for path in found if path.is_relative_to(root / "scenes"))


if __name__ == "__main__":
    main()
