"""Splits that see a few columns: they take the best of these, and strong columns open fewer trees."""

from __future__ import annotations

from scenes.maths.decision_trees import forest, hidden, tree
from scenes.maths.shared.wine import wines


def test_a_split_takes_the_best_of_what_it_sees() -> None:
    table = wines()
    for seed in (0, 3, 7):
        root = hidden.two_levels(table.measures, table.cultivar, 3, seed)[0]
        assert root.visible.sum() == 3 and root.visible[root.column]
        rows = forest.resample(len(table.measures), seed)
        gains = [
            tree.sweep(table.measures[rows, column], table.cultivar[rows]).gain.max()
            for column in root.visible.nonzero()[0]
        ]
        chosen = tree.sweep(table.measures[rows, root.column], table.cultivar[rows]).gain.max()
        assert chosen == max(gains)


def test_a_strong_column_opens_fewer_trees_of_a_forest() -> None:
    bagged, hidden_from = hidden.first_columns(13), hidden.first_columns(3)
    assert bagged.sum() == hidden_from.sum() == 200
    assert hidden_from.max() < bagged.max() / 2
    assert (hidden_from > 0).sum() > (bagged > 0).sum()
