"""What a lesson really used in this process: code that ran, results that were recalled, sources that were imported."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from render.plan.dependencies import Reference
from render.task.loading import loaded, ran

_MEMO: Final = "scenes/maths/shared/memo.py"
_MARKS: Final = ("scenes/kit/lesson.py", "chapter")


class Use:
    """What the pieces of a lesson use while it is told, piece by piece: code that runs, results that are recalled."""

    def __init__(self, root: Path) -> None:
        """The lesson has just been imported: what that used counts for all pieces."""
        self._root = root
        self._piece = ""
        self.code: dict[str, set[Reference]] = defaultdict(set)
        self.computed: dict[str, dict[str, str]] = defaultdict(dict)
        self._import = code_run(root), recalled()

    def begin(self, piece: str) -> None:
        """From now on a piece is told, as if it were drawn alone: what another has asked for is not at hand."""
        self.take()
        forget(self._root)
        self._piece = piece
        self.code[piece] |= self._import[0]
        self.computed[piece] |= self._import[1]

    def take(self) -> None:
        """What was used since the last time belongs to the piece that is told."""
        self.code[self._piece] |= code_run(self._root)
        self.computed[self._piece] |= recalled()

    def leave(self) -> None:
        """What was used since the last time was not the lesson's doing."""
        code_run(self._root)
        recalled()


def forget(root: Path) -> None:
    """Let what the lesson's functions keep in this process (:func:`functools.cache`) be computed anew.

    Who asks for it runs that code then, and is given the results that it recalls; a piece that is drawn alone does.
    The kit's caches hold pictures of words: they recall nothing.
    """
    scenes, kit = root / "scenes", root / "scenes" / "kit"
    for module in [*sys.modules.values()]:
        path = Path(getattr(module, "__file__", None) or "/")
        if not path.is_relative_to(scenes) or path.is_relative_to(kit):
            continue
        for kept in [*vars(module).values()]:
            if clear := getattr(kept, "cache_clear", None):
                clear()


def code_run(root: Path) -> set[Reference]:
    """The functions and methods in ``scenes`` that ran since this was last asked.

    Left out is what marks chapters, which all are, and what finds results that are kept: those have keys of their own.
    """
    found = ((str(Path(path).relative_to(root)), name) for path, name in ran())
    return {one for one in found if one != _MARKS and one[0] != _MEMO}


def recalled() -> dict[str, str]:
    """Digests of the kept results that this process was given since this was last asked."""
    memo = sys.modules.get(
        "scenes.maths.shared.memo"
    )  # only there where a lesson computes something that is kept
    found = dict(memo.recalled) if memo else {}
    if memo:
        memo.recalled.clear()
    return found


def texts_loaded(root: Path) -> dict[str, bytes]:
    """The sources of the project's files as this process has imported them, by their paths from ``root``."""
    return {
        str(Path(path).relative_to(root)): source
        for path, source in loaded().items()
        if Path(path).is_relative_to(root)
    }


def unnamed_by(names: Mapping[str, frozenset[str]], used: Iterable[Reference]) -> tuple[str, ...]:
    """What of the code that a piece was seen to run is not among the ``names`` that it reaches, by file."""
    return tuple(sorted(f"{path}:{name}" for path, name in used if name not in names.get(path, ())))


def is_of_scenes(path: str) -> bool:
    """Whether a path from the project's folder is in ``scenes``."""
    return path.startswith("scenes/")
