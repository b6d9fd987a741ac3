"""What the figures of the pages compute, asked under Node, without a browser."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from hub.bundle import bundle_text
from hub.node import run_node
from scenes.figure.__main__ import plain

Ask = Callable[..., list[Any]]
"""Calls functions of TypeScript: a list of (name, arguments) in, a list of results out."""

_CALLS: Final = """
import { readFileSync as readAsked } from "node:fs";
const asked: [string, unknown[]][] = JSON.parse(readAsked(0, "utf-8"));
process.stdout.write(JSON.stringify(asked.map(([name, args]) => calls[name]!(...args))));
"""
_DEMO: Final = """
import { read } from "./hub/demos/frame/address";
import { erase, sizeFor } from "./hub/demos/frame/demo";
import { demo as typed } from "./hub/demos/SLUG";
const demo = erase(typed);
const calls: { [name: string]: (...args: any[]) => unknown } = {
  look(figure, fragment) {
    const start = demo.settle(demo.start(figure), figure);
    const state = demo.settle(read(fragment, start)!, figure);
    const result = demo.solve(state, figure);
    return {
      state, result,
      found: demo.quests.map((quest) => quest.found(state, result, figure)),
      said: demo.say(state, result, figure),
      readouts: Object.fromEntries(demo.readouts(state, result, figure).map(({ label, value }) => [label, value])),
      picture: demo.draw(state, result, figure, sizeFor(demo, 640)),
    };
  },
};
"""


def asker(folder: Path, entry: str) -> Ask:
    """What calls the ``calls``, an object of functions, of the TypeScript ``entry``, which is bundled to ``folder``."""
    script = folder / "asked.mjs"
    script.write_bytes(bundle_text("the test's entry", entry + _CALLS, node=True))

    def ask(*calls: tuple[object, ...]) -> list[Any]:
        said = [
            (call[0], [a.tolist() if isinstance(a, np.ndarray) else a for a in call[1:]]) for call in calls
        ]
        found = json.loads(run_node([script], json.dumps(said)))
        assert len(found) == len(calls)
        return list(found)

    return ask


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure in one of its states."""

    state: dict[str, Any]
    result: Any
    """What it computes from its state, as JSON has it."""
    found: list[bool]
    """Of each thing to be found by hand, whether it is found in this state."""
    said: str
    readouts: dict[str, str]
    picture: str
    """SVG, 640 pixels wide."""


def ask_demo(slug: str, figure: Mapping[str, object], *fragments: str) -> list[Seen]:
    """The figure of the topic ``slug``, which starts from the numbers ``figure``, in a state for each of ``fragments``.

    A fragment is a state as an address says it after ``#demo&``: ``x=1.2&y=0.4``, empty for the first state.
    """
    with tempfile.TemporaryDirectory() as folder:
        ask = asker(Path(folder), _DEMO.replace("SLUG", slug))
        numbers = plain(figure)
        return [Seen(**seen) for seen in ask(*(("look", numbers, f"#demo&{one}") for one in fragments))]
