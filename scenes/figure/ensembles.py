"""Sixty rounds of AdaBoost on two moons, with clean and with flipped labels: the stumps, with which visitors start."""

from __future__ import annotations

from scenes.maths.ensembles import boosting


def stumps(boosted: boosting.Boosted) -> list[tuple[int, float, int, int]]:
    """Of each round: the feature that is cut, where, and the classes (0 or 1) below and above; they may be one."""
    told = []
    for tree in boosted.trees:
        feature, level = boosting.cut_of(tree)
        below, above = (
            int(tree.tree_.value[child[0]][0].argmax())
            for child in (tree.tree_.children_left, tree.tree_.children_right)
        )
        told.append((feature, round(level, 6), below, above))
    return told


def figure() -> dict[str, object]:
    """``points`` (200, 2), their ``labels``, which are ``flipped``, and the ``clean`` and ``noisy`` stumps."""
    points, labels = boosting.moons()
    _, which = boosting.flipped(labels, 0)
    return {
        "points": points.round(6),
        "labels": labels,
        "flipped": sorted(int(number) for number in which),
        "clean": stumps(boosting.shown()),
        "noisy": stumps(boosting.shown_flipped()),
    }
