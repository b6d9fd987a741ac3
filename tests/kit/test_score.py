"""A score: it changes when a computed state is reached, and nobody can mix it."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.gauge import Gauge
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.readout import Readout

ERRORS = [0.4, 0.1, 0.3]


def sweep(value: float | None = None) -> ParameterSweep:
    return ParameterSweep([1.0, 2.0, 4.0], value=value)


def test_it_changes_only_when_a_state_is_reached() -> None:
    gamma = sweep()
    error = gamma.score(ERRORS)
    seen = []
    for place in (1.0, 1.4, 1.99, 2.0, 3.9, 4.0, 2.1, 2.0, 1.2, 1.0):
        gamma.set(place)
        seen.append(error.value)
    assert seen == [0.4, 0.4, 0.4, 0.1, 0.1, 0.3, 0.3, 0.1, 0.1, 0.4]


def test_a_state_that_is_passed_between_two_pictures_has_been_reached() -> None:
    gamma = sweep()
    error = gamma.score(ERRORS)
    for place, expected in ((3.0, 0.1), (1.5, 0.1), (4.0, 0.3), (1.5, 0.1), (1.8, 0.1)):
        gamma.set(place)
        assert error.value == expected


def test_one_that_turns_back_before_the_next_state_keeps_its_own() -> None:
    gamma = sweep(2.0)
    error = gamma.score(ERRORS)
    for place in (3.0, 2.5, 3.5, 2.2):
        gamma.set(place)
        assert error.value == 0.1


def test_its_readout_shows_computed_numbers_alone_however_the_sweep_moves() -> None:
    gamma = ParameterSweep(np.geomspace(0.1, 1000, 5), log=True)
    gauge = Gauge("error", gamma.score([0.5, 0.25, 0.125, 0.375, 0.75]), 3)
    shown = set()
    for place in np.geomspace(0.1, 1000, 83):
        gamma.set(place)
        shown.add(gauge.readout.shown)
        assert gauge.readout.due == gauge.readout.shown
    assert shown == {"0.500", "0.250", "0.125", "0.375", "0.750"}


def test_what_is_made_of_it_follows() -> None:
    gamma = sweep()
    right = Readout(gamma.score(ERRORS).of(lambda error: 100 * (1 - error)), 0, "%")
    gamma.set(1.9)
    assert right.shown == "60"
    gamma.set(2.0)
    assert right.shown == "90"


def test_mixing_it_is_refused() -> None:
    gamma = sweep()
    error = gamma.score(ERRORS)
    for mix in (gamma.mix, gamma.mixed, np.asarray):
        with pytest.raises(TypeError, match="cannot be mixed"):
            mix(error)


def test_a_live_number_refuses_what_is_mixed_and_takes_what_is_computed_of_it() -> None:
    gamma = sweep()
    with pytest.raises(TypeError, match=r"sweep\.score"):
        Readout(gamma.mixed(ERRORS))
    with pytest.raises(TypeError, match=r"sweep\.score"):
        Gauge("error", gamma.mixed(ERRORS))
    length = Readout(gamma.mixed([[3.0, 4.0], [6.0, 8.0], [0.0, 0.0]]).of(lambda w: float(np.hypot(*w))), 1)
    gamma.set(1.5)
    assert length.shown == "7.5"


@pytest.mark.parametrize(
    ("value", "numbers", "says"),
    [
        (None, [0.4, 0.1], "3 stops"),
        (None, [[1, 2], [3, 4], [5, 6]], "3 stops"),
        (1.5, ERRORS, "between two"),
    ],
)
def test_a_score_that_is_none_is_refused(value: float | None, numbers: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        sweep(value).score(numbers)
