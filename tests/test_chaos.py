"""Random kills leave no trace in the result."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.chaos import Broken, check_listed, torment

pytestmark = pytest.mark.end_to_end


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param(10, marks=pytest.mark.timeout(600)),
        pytest.param(200, marks=[pytest.mark.slow, pytest.mark.timeout(7200)]),
    ],
)
def test_after_random_kills_the_manifest_is_that_of_an_undisturbed_run(tiny: Path, kills: int) -> None:
    outcome = torment(tiny, kills, seed=kills)
    assert outcome.kills.total() == kills
    assert outcome.kills["worker"] > kills // 4


def test_the_chaos_run_sees_what_is_not_whole(tiny: Path) -> None:
    torment(tiny, 0, seed=0)
    check_listed(tiny / "storm")
    poster = tiny / "storm" / "out" / "moving-dot" / "poster.png"
    poster.write_bytes(poster.read_bytes()[:-1])
    with pytest.raises(Broken, match="poster_png is listed and not whole"):
        check_listed(tiny / "storm")
