"""A balance of evidence: blocks that have fallen tilt it by their sum."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.evidence_balance import EvidenceBalance, signed
from tests.golden import assert_golden

HANG = [(0.0, 2.8)] * 3


def tilt(scale: EvidenceBalance) -> float:
    """Rise of the right end over the left one."""
    ends = scale.beam.points
    return float(ends[-1, 1] - ends[0, 1])


def test_what_has_fallen_is_summed_and_tilts_the_beam() -> None:
    scale = EvidenceBalance(["a", "b", "c"], [-1.0, 2.0, 0.5], HANG)
    assert scale.sum() == 0 and tilt(scale) == pytest.approx(0)
    scale.redraw(landed=[1, 0, 0])
    assert scale.sum() == -1 and tilt(scale) > 0
    light = tilt(scale.redraw(landed=[1, 1, 0]))
    assert scale.sum() == 1 and light < 0
    assert scale.sum() < scale.redraw(landed=[1, 1, 1]).sum() == 1.5 and tilt(scale) < light


def test_blocks_pile_on_their_own_side_without_overlap() -> None:
    scale = EvidenceBalance(["a", "b", "c"], [-1.0, 2.0, 0.5], HANG).redraw(landed=[1, 1, 1])
    left, low, high = (block[0] for block in scale.blocks)
    assert left.get_x() < 0 < low.get_x()
    assert high.get_bottom()[1] == pytest.approx(low.get_top()[1], abs=1e-6)
    assert low.height == pytest.approx(2 * 0.42)


def test_a_hanging_block_waits_where_it_hangs_and_one_that_is_unseen_is_clear() -> None:
    scale = EvidenceBalance(["a", "b", "c"], [-1.0, 2.0, 0.5], HANG).redraw(seen=[1, 0, 1])
    np.testing.assert_allclose(scale.blocks[0][0].get_center()[:2], HANG[0], atol=1e-6)
    assert scale.blocks[1][0].get_fill_opacity() == 0


def test_a_block_falls_from_what_is_there_now() -> None:
    scale = EvidenceBalance(["a", "b", "c"], [-1.0, 2.0, 0.5], HANG).redraw([0, 0, 0], [0, 0, 0])
    scale.drop(1).path(1.0)
    assert scale.landed.tolist() == scale.seen.tolist() == [0, 1, 0]


def test_a_weight_without_bound_tilts_as_far_as_the_beam_goes() -> None:
    scale = EvidenceBalance(["zero", "b", "c"], [-np.inf, 2.0, 0.5], HANG).redraw(landed=[1, 1, 1])
    assert np.isfinite(scale.beam.points).all() and tilt(scale) > 1
    assert [signed(each) for each in (-np.inf, -1.25, 2.0)] == ["−∞", "−1.25", "+2.00"]


def test_as_many_values_and_places_as_names() -> None:
    with pytest.raises(ValueError, match="2 blocks"):
        EvidenceBalance(["a", "b"], [1.0], HANG)


def test_golden_evidence_balance() -> None:
    scale = EvidenceBalance(["a", "b", "c"], [-1.0, 2.0, 0.5], HANG).redraw(landed=[1, 1, 0])
    assert_golden("evidence-balance", scale, text=True)
