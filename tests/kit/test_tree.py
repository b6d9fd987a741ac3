"""The tree: what splits is kept, branches fold into their bars, and it stays one thing that redraws in place."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, UP

from scenes.kit.tree import Layout, Tree
from tests.golden import assert_golden

CHILDREN = {0: (1, 2), 1: (3, 4), 4: (5, 6)}
AMOUNTS = np.array([[6, 4], [4, 3], [2, 1], [3, 0], [1, 3], [1, 0], [0, 3]])
"""Ten rows of two kinds."""


def grown(**how: object) -> Tree:
    tree = Tree(CHILDREN, AMOUNTS, 6.0, 4.0, **how)  # type: ignore[arg-type]
    for number in CHILDREN:
        tree.open(number)
    return tree


def width(tree: Tree, number: int) -> float:
    low, high = tree.bar(number)
    return float((high - low)[0])


def drawn_area(tree: Tree) -> float:
    """Of all live pieces, by their corners."""
    area = 0.0
    for mark in tree.bars:
        corners = mark.points[::4].reshape(-1, 4, 3)
        area += float((np.ptp(corners[..., 0], axis=1) * np.ptp(corners[..., 1], axis=1)).sum())
    return area


def test_a_grown_tree() -> None:
    tree = grown().open(1, 0.5)
    assert_golden("tree-grown", tree)


def test_a_way_through_it() -> None:
    tree = grown()
    assert_golden("tree-way", tree, tree.way([0, 1, 4, 5]).reveal(0.8))


def test_a_tree_with_words() -> None:
    tree = grown(questions={0: "x ≤ 1", 1: "y ≤ 2"}, values={2: "3", 3: "3"})
    for number in (0, 1):
        tree.ask(number)
    assert_golden("tree-words", tree.tell(2).tell(3, 0.5), text=True)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_pieces_of_a_bar_are_kept_while_it_opens(share: float) -> None:
    tree = Tree(CHILDREN, AMOUNTS, 6.0, 4.0)
    whole = drawn_area(tree)
    assert drawn_area(tree.open(0, share)) == pytest.approx(whole)
    assert drawn_area(tree.open(1, share)) == pytest.approx(whole)


def test_a_closed_branch_lies_in_its_bar() -> None:
    tree = Tree(CHILDREN, AMOUNTS, 6.0, 4.0)
    before = [mark.points.copy() for mark in tree.bars]
    opened = grown().open(0, 1e-9)
    for mark, points in zip(opened.bars, before, strict=True):
        low, high = mark.points.min(axis=0), mark.points.max(axis=0)
        np.testing.assert_allclose([low, high], [points.min(axis=0), points.max(axis=0)], atol=1e-6)


def test_bars_are_as_wide_as_their_amounts() -> None:
    tree = grown()
    unit = width(tree, 0) / 10
    for number, amount in enumerate(AMOUNTS.sum(axis=1)):
        assert width(tree, number) == pytest.approx(unit * amount)


def test_bars_of_one_depth_do_not_touch_and_all_stay_in_the_box() -> None:
    tree = grown(gap=0.2)
    low, high = tree._anchor.points.min(axis=0), tree._anchor.points.max(axis=0)
    for level in ((1, 2), (3, 4), (5, 6)):
        left, right = (tree.bar(number) for number in level)
        assert right[0, 0] - left[1, 0] >= 0.2 - 1e-9
    for number in range(7):
        assert (tree.bar(number) >= low - 1e-9).all() and (tree.bar(number) <= high + 1e-9).all()


def test_folding_a_branch_takes_along_what_is_below() -> None:
    tree = grown().open(1, 0.0)
    assert 4 in tree.opened and tree.bar(6).tolist() == tree.bar(1).tolist()
    assert tree.open(1).bar(6).tolist() == grown().bar(6).tolist()


def test_it_settles_over_the_same_box() -> None:
    tree = grown()
    small = tree.layout_of([0])
    full = tree.layout
    tree.open(1, 0.0).settle(small)
    assert tree.bar(1)[0, 0] == pytest.approx(tree.bar(0)[0, 0], abs=0.5)
    assert small.unit > full.unit
    middle = full.toward(small, 0.5)
    np.testing.assert_allclose(middle.spots, (full.spots + small.spots) / 2)
    assert isinstance(middle, Layout) and middle.unit == pytest.approx((full.unit + small.unit) / 2)


def test_other_amounts_can_fill_it() -> None:
    tree = grown().fill(1, [5, 2]).fill(2, [1, 2])
    assert width(tree, 2) == pytest.approx(width(tree, 0) * 0.3)


def test_words_are_seen_when_asked_and_ride_on_their_branch() -> None:
    tree = grown(questions={1: "y ≤ 2"}, values={3: "3"})
    question, value = tree.questions[1], tree.values[3]

    def opacity(text: object) -> float:
        return float(max(glyph.get_fill_opacity() for glyph in text.family_members_with_points()))  # type: ignore[attr-defined]

    assert opacity(question) == 0
    tree.ask(1).tell(3)
    assert opacity(question) == opacity(value) == 1
    assert float(question.get_bottom()[1]) > tree.bar(1)[1, 1]
    assert float(value.get_top()[1]) < tree.bar(3)[0, 1]
    assert question.get_x() == pytest.approx(tree.bar(1)[:, 0].mean())
    assert opacity(tree.open(0, 0.75).questions[1]) == 0.5
    assert opacity(tree.open(0, 0.0).values[3]) == 0


def test_it_redraws_where_it_was_moved_to() -> None:
    tree = grown()
    before = tree.bar(5)
    tree.shift(2 * RIGHT + UP)
    np.testing.assert_allclose(tree.open(1, 0.2).open(1).bar(5), before + 2 * RIGHT + UP)
    live = np.concatenate([mark.points for mark in tree.bars])
    assert live[:, 0].max() == pytest.approx(max(tree.bar(number)[1, 0] for number in (2, 3, 5, 6)))


def test_a_way_grows_link_by_link() -> None:
    tree = grown()
    way = tree.way([0, 1, 3])
    lengths = [len(way.reveal(share).points) for share in (0.0, 0.1, 0.5, 1.0)]
    assert lengths == sorted(lengths) and lengths[0] == 0 and len(set(lengths)) == 4


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="must reach the root"):
        Tree({}, [[0, 0]])
    with pytest.raises(ValueError, match="0 or more"):
        Tree({0: (1, 2)}, [[1, 1], [2, 1], [-1, 0]])
    with pytest.raises(ValueError, match="node 2 has no children"):
        grown().open(2)
