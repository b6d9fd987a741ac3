"""A tree of nodes and links: each node is a bar of what reaches it, and a branch opens out of its bar.

What is split is kept: the pieces of a bar slide out of it, class by class, and back into it when the branch is
folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import EMPTY, Floats, chain, loops, pieces

BAR: Final = 0.2
"""Height of a bar, in scene units."""
PAST: Final = 0.28
"""Opacity of a bar whose pieces have moved on."""
_AIR: Final = 0.18
"""Between a bar and the words at it."""
_HEAD: Final = 0.46
"""Height that a question takes over its bar."""
_FOOT: Final = 0.4
"""Height that a value takes under its bar."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a tree's nodes stand: ``spots`` (m, 2), middles of the bars from the upper left corner of its box.

    ``unit`` is the width of a bar for an amount of 1.
    """

    spots: Floats
    unit: float

    def toward(self, other: Layout, share: float) -> Layout:
        """The layout ``share`` (0 to 1) of the way from this one to the ``other``."""
        return Layout(
            self.spots + share * (other.spots - self.spots), self.unit + share * (other.unit - self.unit)
        )


class Tree(VGroup):
    """Nodes by number, 0 the root; ``children`` says which can open, and into which, from left to right.

    ``amounts`` (m, k) are what reaches each node, by kind; ``colors`` are the kinds'.  A bar is as wide as its
    amount, so that the bars of all leaves together are as wide as the root's.  (Leaf scores of one sign each are
    amounts of two kinds, of which one is 0.)  ``questions`` stand over the bars of nodes that open and ``values``
    under those of leaves; they are seen when :meth:`ask` and :meth:`tell` show them.

    Nothing is open at first.  The tree takes ``width`` and ``height`` when all of it is, with the room for
    questions and values; :meth:`settle` spreads a smaller one over the same box.

    Raises ``ValueError`` for amounts that are negative, or a root that nothing reaches.
    """

    def __init__(
        self,
        children: Mapping[int, Sequence[int]],
        amounts: npt.ArrayLike,
        width: float = 6.0,
        height: float = 4.0,
        *,
        colors: Sequence[ManimColor] = ink.CLASSES,
        questions: Mapping[int, str] | None = None,
        values: Mapping[int, str] | None = None,
        gap: float = 0.35,
    ) -> None:
        super().__init__()
        self.children = {number: tuple(parts) for number, parts in children.items()}
        self.amounts: Floats = np.asarray(amounts, dtype=float)
        if (self.amounts < 0).any() or not self.amounts[0].sum() > 0:
            raise ValueError("amounts are 0 or more, and something must reach the root")
        self._parents = {part: number for number, parts in self.children.items() for part in parts}
        self._box = (width, height, gap)
        self._worded = (bool(questions), bool(values))
        self.opened: dict[int, float] = {}
        # Never drawn: its points are the box, and follow whatever moves the tree.
        self._anchor = VMobject(stroke_width=0, stroke_opacity=0)
        self._anchor.points = chain(np.array([[0, 0, 0], [width, 0, 0], [width, -height, 0]], float))
        self.links = VMobject(stroke_color=ink.faint, stroke_width=THIN)
        self.past = [_blank(color, PAST) for color in colors[: self.amounts.shape[1]]]
        self.bars = [_blank(color, 1.0) for color in colors[: self.amounts.shape[1]]]
        self.questions = {number: words.label(text) for number, text in (questions or {}).items()}
        self.values = {number: words.label(text) for number, text in (values or {}).items()}
        self._shown: dict[tuple[str, int], float] = {}
        self._standing: dict[int, Floats] = {}
        self.layout = self.layout_of()
        self.add(self._anchor, self.links, *self.past, *self.bars)
        self.add(*self.questions.values(), *self.values.values())
        self._draw()
        self.center()

    # Layout

    def layout_of(self, opening: Iterable[int] | None = None) -> Layout:
        """The layout in which exactly the nodes ``opening`` (all that can, if none are named) are open."""
        opens = set(self.children if opening is None else opening)
        order = list(self._order(0, opens, 0))
        leaves = [number for number, _ in order if number not in opens]
        deepest = max(depth for _, depth in order)
        width, height, gap = self._box
        gap = min(gap, 0.45 * width / max(len(leaves) - 1, 1))
        unit = (width - gap * (len(leaves) - 1)) / self.amounts[0].sum()
        top = _HEAD * self._worded[0] + BAR / 2
        step = (height - top - BAR / 2 - _FOOT * self._worded[1]) / max(deepest, 1)
        spans: dict[int, tuple[float, float]] = {}
        left = 0.0
        for number, _ in order:
            if number not in opens:
                right = left + unit * self.amounts[number].sum()
                spans[number], left = (left, right), right + gap
        for number, _ in reversed(order):
            if number in opens:
                parts = self.children[number]
                spans[number] = (spans[parts[0]][0], spans[parts[-1]][1])
        middles = {number: (sum(spans[number]) / 2, -top - step * depth) for number, depth in order}
        spots = np.zeros((len(self.amounts), 2))
        for number in range(len(self.amounts)):
            shown = number
            while shown not in middles:
                shown = self._parents[shown]
            spots[number] = middles[shown]
        return Layout(spots, unit)

    def _order(self, number: int, opens: set[int], depth: int) -> Iterator[tuple[int, int]]:
        yield number, depth
        if number in opens:
            for part in self.children[number]:
                yield from self._order(part, opens, depth + 1)

    # What changes

    def open(self, number: int, share: float = 1.0) -> Self:
        """Slide the node's pieces ``share`` (0 to 1) of the way out to its children; 0 folds the whole branch."""
        return self.open_each({number: share})

    def open_each(self, shares: Mapping[int, float]) -> Self:
        """As :meth:`open`, for several nodes at once, node to share.  ``ValueError`` for one without children."""
        for number, share in shares.items():
            if number not in self.children:
                raise ValueError(f"node {number} has no children")
            self.opened[number] = min(max(share, 0.0), 1.0)
        return self._draw()

    def settle(self, layout: Layout) -> Self:
        """Move all nodes to where ``layout`` has them."""
        self.layout = layout
        return self._draw()

    def fill(self, number: int, amounts: npt.ArrayLike) -> Self:
        """Let other ``amounts`` (k,) reach the node; where it stands does not change."""
        self.amounts[number] = np.asarray(amounts, dtype=float)
        return self._draw()

    def ask(self, number: int, share: float = 1.0) -> Self:
        """Show the node's question at ``share`` (0 to 1) of its opacity."""
        self._shown["question", number] = share
        return self._draw()

    def tell(self, number: int, share: float = 1.0) -> Self:
        """Show the leaf's value at ``share`` (0 to 1) of its opacity."""
        self._shown["value", number] = share
        return self._draw()

    def way(self, nodes: Sequence[int], color: ManimColor = ink.focus) -> Way:
        """The way through ``nodes``, from the root down; nothing of it is seen until :meth:`Way.reveal`."""
        return Way(self, nodes, color)

    # Where things are

    def bar(self, number: int) -> Floats:
        """Lower left and upper right corner (2, 3) of the node's bar now, on the scene."""
        origin, unit = self._frame()
        while number not in self._standing:
            number = self._parents[number]
        rows = self._standing[number]
        full = rows[:, 1] > rows[:, 0] if (rows[:, 1] > rows[:, 0]).any() else slice(None)
        x0, x1, y = float(rows[full, 0].min()), float(rows[full, 1].max()), float(rows[0, 2])
        return origin + unit * np.array([[x0, y - BAR / 2, 0.0], [x1, y + BAR / 2, 0.0]])

    def link(self, number: int) -> Floats:
        """Both ends (2, 3), on the scene, of the link that leads to the node when its parent is open."""
        above, here = self.bar(self._parents[number]), self.bar(number)
        _, unit = self._frame()
        head = unit * _HEAD * self._shown.get(("question", number), 0.0)
        start = np.array([above[:, 0].mean(), above[0, 1], 0.0])
        return np.array([start, [here[:, 0].mean(), here[1, 1] + head, 0.0]])

    def _frame(self) -> tuple[Floats, float]:
        start, end = self._anchor.points[0], self._anchor.points[3]
        return start, float(np.linalg.norm(end - start)) / self._box[0]

    def _home(self, number: int) -> Floats:
        """Left end, right end and height (k, 3) of the pieces of the node's bar, from the box's corner."""
        x, y = self.layout.spots[number]
        ends = np.concatenate([[0.0], np.cumsum(self.amounts[number])]) * self.layout.unit
        ends += x - ends[-1] / 2
        return np.column_stack([ends[:-1], ends[1:], np.full(len(ends) - 1, y)])

    def _seen(self, number: int, pieces_: Floats, ride: float = 1.0) -> Iterator[tuple[int, Floats]]:
        """Nodes that are seen with the pieces of their bars: their own place, or on the way out of their parent.

        A branch below one that closes closes with it: ``ride`` is how far all above are open.
        """
        yield number, pieces_
        share = ride * self.opened.get(number, 0.0)
        if not share:
            return
        parts = self.children[number]
        amounts = self.amounts[list(parts)]
        before = np.concatenate([np.zeros((1, amounts.shape[1])), np.cumsum(amounts, axis=0)])
        whole = np.where(before[-1] > 0, before[-1], 1.0)
        wide = pieces_[:, 1] - pieces_[:, 0]
        for row, part in enumerate(parts):
            inside = pieces_.copy()
            inside[:, 0] = pieces_[:, 0] + before[row] / whole * wide
            inside[:, 1] = pieces_[:, 0] + before[row + 1] / whole * wide
            yield from self._seen(part, inside + share * (self._home(part) - inside), share)

    # How it is drawn

    def _draw(self) -> Self:
        origin, unit = self._frame()
        seen = self._standing = dict(self._seen(0, self._home(0)))
        opened = {number for number in seen if self.opened.get(number, 0.0) > 0}
        for kind, (past, live) in enumerate(zip(self.past, self.bars, strict=True)):
            for mark, chosen in ((past, opened), (live, seen.keys() - opened)):
                rows = [seen[number][kind] for number in sorted(chosen)]
                corners = [_corners(row) for row in rows if row[1] - row[0] > 1e-9]
                mark.points = loops(origin + unit * np.array(corners)) if corners else EMPTY
        ends = [self.link(part) for number in sorted(opened) for part in self.children[number]]
        hanging = [pair for pair in ends if pair[1, 1] < pair[0, 1] - 1e-6]
        starts, stops = np.array(hanging).reshape(-1, 2, 3).swapaxes(0, 1)
        self.links.points = pieces(starts, stops)
        self._place_words()
        return self

    def _place_words(self) -> None:
        _, unit = self._frame()
        for side, group in (("question", self.questions), ("value", self.values)):
            up = side == "question"
            for number, text in group.items():
                shown = self._shown.get((side, number), 0.0) * self._ride(number)
                text.set_opacity(shown if number in self._standing else 0.0)
                if number not in self._standing or not shown:
                    continue
                low, high = self.bar(number)
                base = high[1] + unit * _AIR if up else low[1] - unit * (_AIR + 0.18)
                middle = (low + high)[0] / 2
                text.shift(np.array([middle - text.get_x(), base - words.baseline(text), 0.0]))

    def _ride(self, number: int) -> float:
        """How far the branches that lead to the node are open."""
        share = 1.0
        while number:
            number = self._parents[number]
            share = min(share, self.opened.get(number, 0.0))
        return max(0.0, 2 * share - 1)


class Way(VMobject):
    """The way through a tree's nodes: links light up one after the other, and the bars that they lead to."""

    def __init__(self, tree: Tree, nodes: Sequence[int], color: ManimColor) -> None:
        super().__init__(stroke_color=color, stroke_width=LINE)
        self.tree = tree
        self.nodes = tuple(nodes)
        self.points = EMPTY

    def reveal(self, share: float) -> Self:
        """Show the first ``share`` (0 to 1) of the way."""
        reach = min(max(share, 0.0), 1.0) * (len(self.nodes) - 1)
        drawn = [self._frame_of(self.nodes[0])] if share > 0 else []
        for step, node in enumerate(self.nodes[1:]):
            part = min(reach - step, 1.0)
            if part <= 0:
                break
            start, end = self.tree.link(node)
            drawn.append(pieces(start[None], start[None] + min(part / 0.8, 1.0) * (end - start)[None]))
            if part > 0.8:
                drawn.append(self._frame_of(node))
        self.points = np.concatenate(drawn) if drawn else EMPTY
        return self

    def _frame_of(self, node: int) -> Floats:
        low, high = self.tree.bar(node) + np.array([[-0.05], [0.05]]) * [1.0, 1.0, 0.0]
        corners = np.array([low, [high[0], low[1], 0.0], high, [low[0], high[1], 0.0]])
        return loops(corners[None])


def _corners(row: Floats) -> Floats:
    x0, x1, y = row
    return np.array([[x, y + up * BAR / 2, 0.0] for x, up in ((x0, -1), (x1, -1), (x1, 1), (x0, 1))])


def _blank(color: ManimColor, opacity: float) -> VMobject:
    return VMobject(fill_color=color, fill_opacity=opacity, stroke_width=0)
