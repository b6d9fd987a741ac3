"""The two shapes that visitors stretch over each other."""

from __future__ import annotations

from scenes.maths.python_ml_stack import broadcast


def figure() -> dict[str, object]:
    """``first`` and ``second``, the shapes of the lesson's column and row; ``itemsize``, bytes of a number."""
    column, row = broadcast.column(), broadcast.row()
    return {"first": list(column.shape), "second": list(row.shape), "itemsize": column.itemsize}
