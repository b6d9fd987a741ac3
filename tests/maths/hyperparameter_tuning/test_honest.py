"""What a winner's score is worth: coins by simulation, nested cross-validation by watching its rows."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.hyperparameter_tuning import honest, studies
from scenes.maths.hyperparameter_tuning.landscape import Floats, Ints


def test_the_luckiest_coin_is_that_of_simulation() -> None:
    heads = np.random.default_rng(0).binomial(10, 0.5, (100_000, 20)).max(axis=1).mean()
    assert honest.luckiest() == pytest.approx(heads, abs=0.01)


def test_outer_rows_are_never_inside_the_search() -> None:
    images, labels, settings = honest.nothing(0)
    marked = np.column_stack([images, np.arange(len(images))])
    seen: list[set[int]] = []

    def watch(rows: Floats, names: Ints) -> int:
        assert len(rows) == len(names)
        seen.append({int(row) for row in rows[:, -1]})
        return 0

    honest.nested(marked, labels, settings, 0, watch)
    held = [set(range(len(images))) - rows for rows in seen]
    assert [len(rows) for rows in held] == [12] * 5
    assert set.union(*held) == set(range(len(images)))
    assert sum(map(len, held)) == len(images)


def test_trainings_are_counted() -> None:
    assert honest.trainings() == (30 * 5 + 1, 5 * (30 * 5 + 1))


def test_on_shuffled_labels_the_winner_flatters_and_the_outer_loop_does_not() -> None:
    table = honest.shuffled()
    assert table.flat.mean() == pytest.approx(0.573, abs=1e-3)
    assert table.nested.mean() == pytest.approx(0.4875, abs=1e-3)
    assert table.tried.mean() == pytest.approx(0.486, abs=1e-3)
    error = table.nested.std(ddof=1) / np.sqrt(len(table.nested))
    assert abs(table.nested.mean() - 0.5) < 2 * error
    assert table.flat.mean() - 0.5 > 4 * table.flat.std(ddof=1) / np.sqrt(len(table.flat))
    assert (table.flat > table.nested).sum() == 17


def test_unseen_digits_confirm_the_tuned_machine() -> None:
    table = honest.unseen()
    assert table.tuned.mean() == pytest.approx(0.9831, abs=1e-4)
    assert table.default.mean() == pytest.approx(0.9775, abs=1e-4)
    assert (table.tuned > table.default).sum() == 9
    assert abs(table.chosen.mean() - table.tuned.mean()) < 0.001


def test_pruned_studies_save_a_third_and_lose_at_most_an_image() -> None:
    kept = studies.studies()
    whole = studies.TRIALS * studies.EPOCHS
    assert np.median(kept.epochs) == pytest.approx(409.5)
    assert 1 - np.median(kept.epochs) / whole == pytest.approx(1 / 3, abs=0.02)
    assert np.abs(kept.best - kept.best_full).max() == 1
    assert (kept.best > kept.best_fewer).sum() == 9
    assert (kept.best == kept.best_fewer).sum() == 11
