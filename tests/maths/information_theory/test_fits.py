"""One bell on two humps, against the closed form of the forward fit and against searches by scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from scenes.maths.information_theory import fits
from scenes.maths.information_theory.fits import Bell, Direction


def search(direction: Direction, start: tuple[float, float]) -> tuple[Bell, float]:
    """The bell in which scipy's simplex ends, and its divergence in bits."""
    found = optimize.minimize(
        lambda at: fits.divergence(Bell(at[0], float(np.exp(at[1]))), direction),
        start,
        method="Nelder-Mead",
        options={"xatol": 1e-7, "fatol": 1e-10},
    )
    return Bell(float(found.x[0]), float(np.exp(found.x[1]))), float(found.fun)


def test_divergences_are_the_integrals() -> None:
    bell = Bell(0.4, 1.3)
    p = lambda x: 0.6 * stats.norm(-2.5, 0.7).pdf(x) + 0.4 * stats.norm(2.5, 0.7).pdf(x)  # noqa: E731
    q = stats.norm(0.4, 1.3).pdf
    ahead, _ = integrate.quad(lambda x: p(x) * np.log2(p(x) / q(x)), -9, 9, limit=200)
    back, _ = integrate.quad(lambda x: q(x) * np.log2(q(x) / p(x)), -8, 8, limit=200)
    assert fits.divergence(bell, "forward") == pytest.approx(ahead, abs=1e-6)
    assert fits.divergence(bell, "reverse") == pytest.approx(back, abs=1e-4)


def test_the_forward_fit_has_the_targets_moments() -> None:
    end, moments = fits.descend(fits.START, "forward")[-1], fits.moments()
    assert (end.mu, end.sigma) == pytest.approx((moments.mu, moments.sigma), abs=1e-2)
    found, _ = search("forward", (0.0, 0.0))
    assert (found.mu, found.sigma) == pytest.approx((moments.mu, moments.sigma), abs=1e-4)


def test_the_lowest_reverse_divergence_sits_in_one_hump() -> None:
    starts = [(mu, log) for mu in np.linspace(-5, 5, 11) for log in np.log([0.4, 0.7, 1.5, 3.0])]
    found = [search("reverse", start) for start in starts]
    best, least = min(found, key=lambda each: each[1])
    end = fits.descend(fits.LEFT, "reverse")[-1]
    assert (best.mu, best.sigma) == pytest.approx((end.mu, end.sigma), abs=1e-2)
    assert best.mu == pytest.approx(fits.MEANS[0], abs=0.01)
    assert least == pytest.approx(fits.divergence(end, "reverse"), abs=1e-4)
    # The other hump comes second, and a wide bell that rests between both costs more than either.
    resting = sorted({round(cost, 2) for bell, cost in found})
    assert resting == [pytest.approx(cost, abs=0.01) for cost in (0.74, 1.32, 2.0)]


def test_from_the_right_the_reverse_fit_ends_in_the_right_hump() -> None:
    end = fits.descend(fits.RIGHT, "reverse")[-1]
    assert end.mu == pytest.approx(fits.MEANS[1], abs=0.01)
    found, cost = search("reverse", (fits.RIGHT.mu, float(np.log(fits.RIGHT.sigma))))
    assert found.mu == pytest.approx(end.mu, abs=0.01)
    assert cost == pytest.approx(fits.divergence(end, "reverse"), abs=1e-4)


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_slopes_are_those_of_the_divergence(direction: Direction) -> None:
    bell, small = Bell(0.7, 1.1), 1e-4
    by_mu, by_log = fits.slope(bell, direction)
    nats = lambda each: fits.divergence(each, direction) * np.log(2)  # noqa: E731
    right, left = Bell(0.7 + small, 1.1), Bell(0.7 - small, 1.1)
    wide, slim = Bell(0.7, 1.1 * np.exp(small)), Bell(0.7, 1.1 * np.exp(-small))
    assert by_mu == pytest.approx((nats(right) - nats(left)) / (2 * small), abs=1e-3)
    assert by_log == pytest.approx((nats(wide) - nats(slim)) / (2 * small), abs=1e-3)


@pytest.mark.parametrize(
    ("start", "direction"), [(fits.START, "forward"), (fits.LEFT, "reverse"), (fits.RIGHT, "reverse")]
)
def test_descents_fall(start: Bell, direction: Direction) -> None:
    costs = [fits.divergence(each, direction) for each in fits.even(fits.descend(start, direction), 30)]
    assert (np.diff(costs) <= 1e-6).all()


def test_the_ends_of_a_descent_are_shown() -> None:
    way = fits.descend(fits.LEFT, "reverse")
    shown = fits.even(way, 20)
    assert (shown[0], len(shown)) == (way[0], 20)
    assert shown[-1].mu == pytest.approx(way[-1].mu, abs=1e-3)


def test_a_bell_goes_to_another() -> None:
    half = Bell(0, 1).toward(Bell(2, 4), 0.5)
    assert half == Bell(1, 2)
    assert Bell(0, 1).toward(Bell(2, 4), 1) == Bell(2, 4)
