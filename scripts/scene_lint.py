"""What lessons say by a number and should say by a word: seconds, blends by hand, places in the frame.

    .venv/bin/python scripts/scene_lint.py [TOPIC ...]    every finding, with its place and what to do

Four kinds of findings:

``seconds``     a literal length or lag of a motion, where :mod:`scenes.kit.pace` has roles and a beat knows its words
``blend``       states that are mixed in a closure, where ``glide`` and ``Value`` do it
``score``       a live number that is mixed of numbers which were computed at two stops of a sweep
``coordinate``  a place or a way in scene units, where things stand beside others or where :mod:`scenes.kit.place` says

The code is read, not run, so a number that comes by other ways (an argument of a lesson's own function, a list) is not
seen.  A test holds every lesson to having none.
"""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]

KINDS: Final = {
    "seconds": "say how fast it is (run_time=pace.QUICK, BRISK, CALM, SLOW or LONG, lag_ratio=pace.LAG), "
    'or let it last while something is said: beat.over("word", ..., until="word", least=pace.LONG)',
    "blend": "let the noun go from one state to the other: glide(noun.verb, start, end); "
    "a number that others read is a Value: number.to(end)",
    "score": "a metric has no value between two states that were computed: let it change when one is reached, "
    "sweep.score(numbers); what is no metric is computed of the mixed state, sweep.mixed(states).of(measure)",
    "coordinate": "say what it stands beside: words.caption(noun, text, side), plane.label(x, y, text, side), "
    "curve.label(text, at=x), next_to(noun, side); or where the kit puts such things: place.picture, aside, under; "
    "what slides in comes by place.NUDGE",
}
"""Kinds of findings, and what to do about them."""

_NO_LESSONS: Final = frozenset({"kit", "maths", "figure"})
"""Folders of ``scenes/`` that tell nothing."""
_LENGTHS: Final = frozenset({"run_time", "least", "beyond", "pause", "lag", "lag_ratio"})
"""Arguments that are lengths in time, or shares of one."""
_WAITS: Final = frozenset({"wait", "hold"})
"""Methods whose first argument is a length in time."""
_SIDES: Final = frozenset({"top", "bottom", "left", "right"})
"""Arguments that are coordinates of the frame."""
_MOVES: Final = frozenset({"move_to", "next_to", "align_to", "shift"})
_SETS: Final = frozenset({"set_x", "set_y", "set_z"})
_DIRECTIONS: Final = frozenset({"UP", "DOWN", "LEFT", "RIGHT", "UL", "UR", "DL", "DR", "IN", "OUT"})
_PLAIN_CALLS: Final = frozenset({"max", "min", "round", "float", "int", "abs"})
"""Calls that only pass numbers on."""
_LIVE: Final = frozenset({"Readout", "Gauge", "Dial"})
"""What shows a number that changes."""
_MIXERS: Final = frozenset({"interpolate", "interpolate_color", "toward"})
"""Calls that mix two states by a share."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in a lesson's code: ``what`` of a ``kind`` at ``path:line:column``, both from 1."""

    path: str
    line: int
    column: int
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.kind}: {self.what}; {KINDS[self.kind]}"


def lessons(root: Path = ROOT) -> dict[str, list[Path]]:
    """The files of each lesson, by its slug: one file in ``scenes/``, or all of a package there."""
    found: dict[str, list[Path]] = {}
    for path in sorted((root / "scenes").iterdir()):
        if path.suffix == ".py" and path.stem != "__init__":
            found[path.stem.replace("_", "-")] = [path]
        elif path.is_dir() and path.name not in _NO_LESSONS and (files := sorted(path.rglob("*.py"))):
            found[path.name.replace("_", "-")] = files
    return found


def look(root: Path = ROOT, only: str | None = None) -> dict[str, list[Finding]]:
    """Every lesson's findings, or those of ``only`` one, by its slug."""
    found = {}
    for slug, paths in lessons(root).items():
        if only not in (None, slug):
            continue
        sources = {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in paths}
        # Acts import the constants of their stage.
        numbers = frozenset[str]().union(*(_number_names(ast.parse(source)) for source in sources.values()))
        found[slug] = [each for path, source in sources.items() for each in findings(source, path, numbers)]
    return found


def findings(source: str, path: str = "scene.py", numbers: frozenset[str] = frozenset()) -> list[Finding]:
    """What is found in the ``source`` of a file, in the order of its lines.

    ``numbers`` are names that stand for plain numbers, beside those that the file itself gives to such ones.
    """
    tree = ast.parse(source)
    lines = source.splitlines()
    numbers |= _number_names(tree)
    found = {
        Finding(path, node.lineno, _column(lines, node), kind, what)
        for kind, node, what in (
            *_seconds(tree, numbers),
            *_blends(tree),
            *_scores(tree),
            *_coordinates(tree, numbers),
        )
    }
    return sorted(found)


# -- seconds

_Found = tuple[str, ast.expr | ast.arg, str]


def _seconds(tree: ast.Module, numbers: frozenset[str]) -> Iterator[_Found]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            lengths = [(each.arg, each.value) for each in node.keywords if each.arg in _LENGTHS]
            if isinstance(node.func, ast.Attribute) and node.func.attr in _WAITS and node.args:
                lengths.append((node.func.attr, node.args[0]))
            for name, value in lengths:
                if (number := _first_number(value, numbers)) is not None:
                    yield "seconds", number, f"{name} is a literal {ast.unparse(number)}"
        for argument, default in _defaults(node):
            if argument.arg in _LENGTHS | {"seconds"} and _first_number(default, numbers) is not None:
                yield "seconds", argument, f"{argument.arg} is {ast.unparse(default)} unless told otherwise"


def _first_number(value: ast.expr, numbers: frozenset[str]) -> ast.expr | None:
    """The first number but 0 that is written in an expression, or stands in it by its name."""
    if _is_number(value, numbers):
        return value
    parts: list[ast.expr] = []
    if isinstance(value, ast.BinOp):
        parts = [value.left, value.right]
    elif isinstance(value, ast.UnaryOp):
        parts = [value.operand]
    elif isinstance(value, ast.IfExp):
        parts = [value.body, value.orelse]
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in _PLAIN_CALLS:
        parts = value.args
    return next((found for part in parts if (found := _first_number(part, numbers)) is not None), None)


# -- blends


def _blends(tree: ast.Module) -> Iterator[_Found]:
    yield from _blends_in(tree, frozenset())


def _blends_in(node: ast.AST, shares: frozenset[str]) -> Iterator[_Found]:
    """Blends in ``node``, the outermost of each; ``shares`` are the arguments of the functions that it stands in."""
    if isinstance(node, ast.Call) and _name_of(node.func) == "drive":
        straight = [each for each in node.args if isinstance(each, ast.Lambda) and _is_straight(each)]
        for each in straight:
            yield "blend", each, f"`{_short(each)}` is straight in {each.args.args[0].arg}"
        if straight:
            return
    if isinstance(node, ast.BinOp) and (share := _mixed_by(node, shares)):
        yield "blend", node, f"`{_short(node)}` mixes by {share}"
        return
    if (
        isinstance(node, ast.Call)
        and _name_of(node.func) in _MIXERS
        and any(_names_in(value, share) for value in node.args for share in shares)
    ):
        yield "blend", node, f"`{_short(node)}` mixes"
        return
    if isinstance(node, (ast.Lambda, ast.FunctionDef)):
        shares = shares | {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    for child in ast.iter_child_nodes(node):
        yield from _blends_in(child, shares)


def _mixed_by(node: ast.BinOp, shares: frozenset[str]) -> str | None:
    """What the share is called by which ``node`` mixes: s in one of the four ways to write that."""
    if isinstance(node.op, ast.Mult):
        return _by_factors(node) or _from_something(node, shares)
    if isinstance(node.op, (ast.Add, ast.Sub)):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if share := _by_rest(one, other) or _by_step(one, other, shares):
                return share
    return None


def _by_rest(one: ast.expr, other: ast.expr) -> str | None:
    """s of ``(1 - s) * a + s * b``."""
    there = {ast.unparse(factor) for factor in _factors(other)}
    return next((share for factor in _factors(one) if (share := _rest_of(factor)) in there), None)


def _by_step(one: ast.expr, other: ast.expr, shares: frozenset[str]) -> str | None:
    """s of ``a + s * (b - a)``, an argument or an attribute."""
    factors = _factors(other)
    steps = [each for each in factors if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub)]
    if not any(ast.unparse(one) in {ast.unparse(step.left), ast.unparse(step.right)} for step in steps):
        return None
    named = [each for each in factors if isinstance(each, ast.Attribute) or _is_one_of([each], shares)]
    return ast.unparse(named[0]) if named else None


def _by_factors(node: ast.BinOp) -> str | None:
    """s of ``a ** (1 - s) * b ** s``."""
    powers = [
        each.right for each in _factors(node) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Pow)
    ]
    there = {ast.unparse(power) for power in powers}
    return next((share for power in powers if (share := _rest_of(power)) in there), None)


def _from_something(node: ast.BinOp, shares: frozenset[str]) -> str | None:
    """s of ``(1 - s) * a``, an argument, where a is more than a number."""
    factors = _factors(node)
    if all(_rest_of(each) or _is_number(each, frozenset()) for each in factors):
        return None
    return next((share for each in factors if (share := _rest_of(each)) in shares), None)


def _is_straight(node: ast.Lambda) -> bool:
    """Whether a path calls something with what changes evenly with its share, and not with the share itself."""
    if len(node.args.args) != 1:
        return False
    share = node.args.args[0].arg
    calls = node.body.elts if isinstance(node.body, (ast.Tuple, ast.List)) else [node.body]
    given = [
        [*call.args, *(each.value for each in call.keywords)] for call in calls if isinstance(call, ast.Call)
    ]
    return any(
        all(_is_even(value, share) for value in values)
        and any(_names_in(value, share) and not isinstance(value, ast.Name) for value in values)
        for values in given
    )


def _is_even(value: ast.expr, share: str) -> bool:
    """Whether ``value`` is c + share * d, however it is written."""
    if not _names_in(value, share):
        return True
    if isinstance(value, ast.Name):
        return True
    if isinstance(value, ast.UnaryOp):
        return _is_even(value.operand, share)
    if not isinstance(value, ast.BinOp) or not (_is_even(value.left, share) and _is_even(value.right, share)):
        return False
    if isinstance(value.op, ast.Mult):
        return not (_names_in(value.left, share) and _names_in(value.right, share))
    return isinstance(value.op, (ast.Add, ast.Sub)) or (
        isinstance(value.op, ast.Div) and not _names_in(value.right, share)
    )


def _factors(value: ast.expr) -> list[ast.expr]:
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
        return [*_factors(value.left), *_factors(value.right)]
    return [value]


def _rest_of(value: ast.expr) -> str | None:
    """s, where ``value`` is ``1 - s`` with the name or the attribute s."""
    if (
        isinstance(value, ast.BinOp)
        and isinstance(value.op, ast.Sub)
        and isinstance(value.left, ast.Constant)
    ):
        named = isinstance(value.right, (ast.Name, ast.Attribute)) and value.left.value == 1
        return ast.unparse(value.right) if named else None
    return None


# -- scores


def _scores(tree: ast.Module) -> Iterator[_Found]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name_of(node.func) in _LIVE:
            for value in (*node.args, *(each.value for each in node.keywords)):
                if mixed := _shown_mixture(value):
                    yield "score", mixed, f"`{_short(mixed)}` is shown between two states that were computed"


def _shown_mixture(value: ast.expr) -> ast.expr | None:
    """The mixture that ``value`` is, or returns as it is, for a live number: a call of ``mix`` or ``mixed``."""
    if isinstance(value, ast.Lambda):
        return _shown_mixture(value.body)
    if not isinstance(value, ast.Call):
        return None
    name = _name_of(value.func)
    if name in {"mix", "mixed"}:
        return value
    inner = value.args if name in _PLAIN_CALLS | {"of"} else []
    return next((found for each in inner if (found := _shown_mixture(each)) is not None), None)


# -- coordinates


def _coordinates(tree: ast.Module, numbers: frozenset[str]) -> Iterator[_Found]:
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div)):
            sides = (node.left, node.right)
            if any(isinstance(side, ast.Name) and side.id in _DIRECTIONS for side in sides) and any(
                _is_number(side, numbers) for side in sides
            ):
                yield "coordinate", node, f"`{_short(node)}` is a way in scene units"
        if isinstance(node, ast.Call):
            yield from _placed(node, numbers)
        for argument, default in _defaults(node):
            if argument.arg in _SIDES | {"x", "y"} and _has_bare_term(default, numbers):
                yield (
                    "coordinate",
                    argument,
                    f"{argument.arg} is {ast.unparse(default)} unless told otherwise",
                )


def _placed(call: ast.Call, numbers: frozenset[str]) -> Iterator[_Found]:
    """Places in the frame that a call is given."""
    name = _name_of(call.func)
    if name in _MOVES:
        for point in (point for value in call.args for point in _points(value)):
            if any(_has_bare_term(each, numbers) for each in point.elts):
                yield "coordinate", point, f"`{_short(point)}` is a place in the frame"
    if name in _SETS and call.args and _has_bare_term(call.args[0], numbers):
        yield "coordinate", call.args[0], f"`{name}({_short(call.args[0])})` is a place in the frame"
    for each in call.keywords:
        if each.arg in _SIDES and _has_bare_term(each.value, numbers):
            yield "coordinate", each.value, f"`{each.arg}={_short(each.value)}` is a place in the frame"


def _points(value: ast.expr) -> Iterator[ast.Tuple | ast.List]:
    """Points that are written out in an argument, alone, in a sum, or as an array."""
    if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) in (2, 3):
        yield value
    elif isinstance(value, ast.BinOp):
        yield from _points(value.left)
        yield from _points(value.right)
    elif isinstance(value, ast.Call) and _name_of(value.func) in {"array", "asarray"} and value.args:
        yield from _points(value.args[0])


def _has_bare_term(value: ast.expr, numbers: frozenset[str]) -> bool:
    """Whether a plain number but 0 is added up in ``value``; a multiple of something else is a relation to it."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Sub)):
        return _has_bare_term(value.left, numbers) or _has_bare_term(value.right, numbers)
    if isinstance(value, ast.UnaryOp):
        return _has_bare_term(value.operand, numbers)
    return _is_number(value, numbers)


# -- what all of them ask


def _is_number(value: ast.expr, numbers: frozenset[str]) -> bool:
    """Whether ``value`` is a number but 0: written out, by the name of a constant, or computed from such ones."""
    if isinstance(value, ast.Constant):
        return type(value.value) in (int, float) and value.value != 0
    if isinstance(value, ast.Name):
        return value.id in numbers
    if isinstance(value, ast.UnaryOp):
        return _is_number(value.operand, numbers)
    return (
        isinstance(value, ast.BinOp) and _is_number(value.left, numbers) and _is_number(value.right, numbers)
    )


def _number_names(tree: ast.Module) -> frozenset[str]:
    """Names of the module's constants that are numbers written out."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets, value = [node.target], node.value
        else:
            continue
        pairs = [(target, value) for target in targets]
        for target in targets:
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs += zip(target.elts, value.elts, strict=False)
        found |= {
            name.id
            for name, given in pairs
            if isinstance(name, ast.Name) and _is_number(given, frozenset(found))
        }
    return frozenset(found)


def _defaults(node: ast.AST) -> Iterator[tuple[ast.arg, ast.expr]]:
    """Arguments of a function with their defaults."""
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        named = node.args.args
        yield from zip(named[len(named) - len(node.args.defaults) :], node.args.defaults, strict=True)
        for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if default is not None:
                yield argument, default


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _names_in(value: ast.expr, name: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(value))


def _is_one_of(values: Sequence[ast.expr], names: frozenset[str]) -> bool:
    return any(isinstance(each, ast.Name) and each.id in names for each in values)


def _short(node: ast.AST) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 50 else f"{text[:47]}..."


def _column(lines: Sequence[str], node: ast.expr | ast.arg) -> int:
    """Characters, not bytes, to where ``node`` begins, from 1."""
    return len(lines[node.lineno - 1].encode()[: node.col_offset].decode()) + 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is found; exit code 1 where there is anything."""
    parser = argparse.ArgumentParser(
        prog="scene_lint", description="Numbers in lessons that should be words."
    )
    parser.add_argument("topics", metavar="TOPIC", nargs="*", help="slugs; all lessons unless named")
    options = parser.parse_args(arguments)
    found = look()
    if unknown := [slug for slug in options.topics if slug not in found]:
        parser.error(f"no lesson {', '.join(unknown)}; there are {', '.join(found)}")
    chosen = [each for slug in options.topics or found for each in found[slug]]
    for each in chosen:
        print(each)
    return int(bool(chosen))


if __name__ == "__main__":
    raise SystemExit(main())
