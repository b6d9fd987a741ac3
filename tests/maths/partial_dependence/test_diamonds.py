"""The table of diamonds is what was packed, and samples are those of pandas."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest

from scenes.maths.partial_dependence import diamonds

DIGEST = "8ceaeb4416194923ecbb61ce73eb91e4c55b74719f793d719ea12ce588aaa237"


def test_the_table_is_what_was_packed() -> None:
    table = diamonds.table()
    whole = np.round(table / np.array(diamonds.UNITS)).astype("<u2")
    assert hashlib.sha256(np.ascontiguousarray(whole).tobytes()).hexdigest() == DIGEST
    assert table.shape == (53_779, len(diamonds.PACKED))
    low, high = table.min(axis=0), table.max(axis=0)
    assert low == pytest.approx([0.2, 0, 0, 0, 43.0, 3.73, 0.326])
    assert high == pytest.approx([3.67, 7, 6, 4, 79.0, 9.86, 18.823])


def test_a_sample_is_that_of_pandas() -> None:
    frame = pd.DataFrame(diamonds.table()).sample(22_000, random_state=3)
    sample = diamonds.sample(3)
    assert (sample.rows == frame.to_numpy()[:, :-1]).all() and (sample.price == frame.to_numpy()[:, -1]).all()


def test_learned_and_unseen_rows_are_parted() -> None:
    sample = diamonds.sample(0)
    assert (len(sample.train), len(sample.test), len(sample.drawn)) == (20_000, 2_000, 300)
    assert (sample.drawn == sample.rows[20_000:20_300]).all()
    assert (sample.drawn_price == sample.price[20_000:20_300]).all()
