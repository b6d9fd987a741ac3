"""Kills at random moments leave no trace on the channel."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.publish_chaos import Broken, lay_out, torment
from tests.limit import HOURS, LONG
from tests.publish.youtube_server import YouTubeServer


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param(6, marks=[pytest.mark.end_to_end, pytest.mark.timeout(LONG)]),
        pytest.param(100, marks=[pytest.mark.slow, pytest.mark.timeout(HOURS)]),
    ],
)
def test_after_random_kills_the_channel_is_that_of_an_undisturbed_run(tmp_path: Path, kills: int) -> None:
    outcome = torment(tmp_path / "chaos", kills, seed=kills)
    assert outcome.kills.total() == kills
    assert outcome.channels >= 1


def test_the_chaos_run_sees_what_is_there_twice(tmp_path: Path) -> None:
    from scripts.publish_chaos import _check

    project, server = lay_out(tmp_path / "chaos"), YouTubeServer()
    for _ in range(2):
        server.add_video("Lines")
    with pytest.raises(Broken, match="on the channel twice"):
        _check(project, server)
