"""What visitors of the site average: the lesson's visits to a doctor, and what other sources are known to have."""

from __future__ import annotations

from typing import Final

from scenes.maths.probability_statistics import visits

# Mean, standard deviation and skewness in closed form; the Cauchy distribution has none of them.
# Source: G. Casella and R. L. Berger, Statistical Inference, 2nd edition (2002), table of common distributions.
KNOWN: Final[dict[str, tuple[float, float, float]]] = {
    "coin": (0.5, 0.5, 0.0),
    "uniform": (0.5, 12**-0.5, 0.0),
    "exponential": (1.0, 1.0, 2.0),
}


def figure() -> dict[str, object]:
    """``tally`` (78,): person-years with 0, 1, 2, ... visits.

    ``known``: mean, standard deviation and skewness of each source that has them.
    """
    found = visits.summary(visits.visits())
    known: dict[str, object] = {name: list(facts) for name, facts in KNOWN.items()}
    return {
        "tally": visits.tally(),
        "known": {"visits": [found.mean, found.deviation, found.skewness], **known},
    }
