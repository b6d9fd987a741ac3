"""A place for the first act, which replaces this file."""

from __future__ import annotations

from scenes.python_ml_stack.stage import PythonMlStackStage


class Descent(PythonMlStackStage):
    """Nothing yet."""
