"""The lesson anomaly-detection: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np
from scipy import stats

from scenes.maths.anomaly_detection import cases, fences, flows, frontier, isolation, neighbours, scores
from tests.scenes.harness.table import Claims, Figures, Waivers

LINE = neighbours.lof(neighbours.LINE, neighbours.K_LINE)
SHORE = frontier.around_crowds()


def newcomer() -> float:
    """How far the newcomer lies from the first readings, in their standard deviations."""
    own = np.array(fences.HAND)
    return float((fences.STRANGER - own.mean()) / own.std(ddof=1))


def let_in() -> float:
    """The same, once it is one of them."""
    return float(stats.zscore([*fences.HAND, fences.STRANGER], ddof=1)[-1])


def lone_z() -> float:
    """The z-score of the lone dot in the column that is shown."""
    return float(stats.zscore(isolation.cloud()[:, 0], ddof=1)[isolation.LONE])


def most_readings() -> int:
    """The largest number of readings of which none can lie beyond the fence."""
    return max(n for n in range(2, 100) if (n - 1) / np.sqrt(n) < fences.Z_FENCE)


def in_thirteen() -> float:
    """Of how many values of a clean log-normal population one is flagged."""
    drawn = np.exp(np.random.default_rng(0).normal(size=400_000))
    return float(1 / fences.beyond(drawn).mean())


def inside_box() -> float:
    """The share of a large sample between its quartiles."""
    drawn = np.random.default_rng(0).normal(size=10_000)
    low, _, high = fences.quartiles(drawn)
    return float(((drawn > low) & (drawn < high)).mean())


def swarm_found(k: int) -> float:
    """Percent of intruders among as many of the highest factors, mean of the draws."""
    found = [
        np.argsort(-flows.factors(k, seed))[: flows.SWARM] >= flows.ORDINARY for seed in range(flows.DRAWS)
    ]
    return float(100 * np.mean(found))


def honest() -> float:
    """Percent of payments that are honest."""
    return float(100 * (~cases.payments().stolen).mean())


def worse_than(number: int) -> float:
    """Percent of false alarms, mean of the draws, by the line from seen parts (0) or from held-out ones (1)."""
    return float(100 * cases.alarms()[:, number, 0].mean())


FIGURES: Figures = {
    "one_does_not_fit": {
        "two hundred and fifty-seven": lambda: len(isolation.cloud()),
        "Five": lambda: len(scores.DETECTORS),
        "three": lambda: sum(callable(each) for each in (cases.tumours, cases.payments, cases.parts)),
    },
    "stretched_ruler": {
        "three. Our": lambda: fences.Z_FENCE,
        "at four": lone_z,
        "five readings": lambda: len(fences.HAND),
        "almost four": newcomer,
        "ten": most_readings,
        "pass three": lambda: fences.Z_FENCE,
        "twenty": lambda: len(fences.readings()),
        "two, three": lambda: len(fences.INTRUDERS[2]),
        "five of": lambda: len(fences.INTRUDERS[3]),
        "thousand": lambda: len(fences.largest_z(2)),
        "three such": lambda: len(fences.INTRUDERS[2]),
    },
    "holds_still": {
        "half: the": inside_box,
        "one and a half": lambda: (
            (fences.tukey(fences.HAND)[1] - fences.quartiles(fences.HAND)[2])
            / (fences.quartiles(fences.HAND)[2] - fences.quartiles(fences.HAND)[0])
        ),
        "three, five": lambda: len(fences.INTRUDERS[2]),
        "five: the": lambda: len(fences.INTRUDERS[3]),
        "thousand": lambda: len(fences.largest_z(3)),
    },
    "shape_assumed": {
        "hundred": lambda: 100 * fences.flagged_share("bell") * 100 / (100 * fences.flagged_share("bell")),
        "thirteen": in_thirteen,
        "seventy-two": lambda: len(fences.spending()),
        "four": lambda: fences.beyond(fences.spending()).sum(),
    },
    "random_cuts": {
        "five": lambda: len(isolation.LINE),
        "Sixteen": lambda: isolation.LINE[-1] - isolation.LINE[-2],
        "nineteen": lambda: isolation.LINE[-1] - isolation.LINE[0],
        "After three": lambda: len(isolation.isolate(isolation.cloud(), isolation.LONE, isolation.SHOWN)),
        "fourteenth": lambda: len(isolation.isolate(isolation.cloud(), isolation.middle(), isolation.SHOWN)),
        "about three": lambda: round(isolation.lone_paths().mean()),
        "twelve": lambda: isolation.crowd_paths().mean(),
        "half": lambda: float(isolation.score(isolation.usual_length(257), 257)),
    },
    "small_gap": {
        "nine": lambda: len(neighbours.LINE),
        "fifth": lambda: neighbours.ODD + 1,
        "gap of three": lambda: neighbours.LINE[neighbours.ODD] - neighbours.LINE[neighbours.ODD - 1],
        "gaps of four": lambda: np.diff(neighbours.LINE[5:]).mean(),
        "Here three": lambda: LINE.reach[neighbours.ODD].min(),
        "and four": lambda: LINE.reach[neighbours.ODD].max(),
        "three and a half": lambda: 1 / LINE.densities[neighbours.ODD],
        "one and a half": lambda: (1 / LINE.densities[LINE.neighbours[neighbours.ODD]]).mean(),
        "twentieth": lambda: neighbours.lof(neighbours.crowds(), neighbours.K).distances.shape[1],
        "thirty-third": lambda: neighbours.ranks()[neighbours.SHOWN, 0],
        "twenty": lambda: neighbours.lof(isolation.cloud(), neighbours.K).neighbours.shape[1],
    },
    "shoreline": {
        "three": lambda: len(frontier.HAND),
        "Ten": lambda: 100 * frontier.NU,
        "five": lambda: 100 * SHORE.outside(neighbours.crowds()).mean(),
        "thirteen": lambda: 100 * len(SHORE.feet) / len(neighbours.crowds()),
    },
    "own_crowd": {
        "twenty": lambda: flows.FEW,
        "hundred": lambda: flows.MANY,
        "three percent": lambda: swarm_found(flows.FEW),
        "seventy-seven": lambda: swarm_found(flows.MANY),
    },
    "budget_line": {
        "ten": lambda: cases.BUDGET,
        "Seven": lambda: cases.hits()[cases.CASES],
        "third": lambda: cases.interval(int(cases.hits()[cases.CASES]), cases.BUDGET)[0],
        "nine tenths": lambda: cases.interval(int(cases.hits()[cases.CASES]), cases.BUDGET)[1],
        "four": lambda: cases.hits().min(),
        "eight": lambda: cases.hits().max(),
        "sixteen": lambda: (cases.contest()["fences"] > cases.contest()["isolation"]).sum(),
        "twenty": lambda: len(cases.contest()["fences"]),
    },
    "odd_for_whom": {
        "99.5": honest,
        "twenty": lambda: len(cases.thefts()),
        "12": lambda: 100 * cases.thefts()[:, 0].mean(),
        "86": lambda: 100 * cases.thefts()[:, 1].mean(),
        "three": lambda: 3,
    },
    "good_parts": {
        "eight": lambda: cases.parts().learnt.shape[2],
        "Ten": lambda: cases.PICTURES,
        "ninety-five": lambda: 100 * cases.MARK,
        "four": lambda: 100 / worse_than(0),
        "five": lambda: worse_than(1),
    },
    "the_end": {
        "three": lambda: round(isolation.lone_paths().mean()),
        "twelve": lambda: isolation.crowd_paths().mean(),
    },
}

CLAIMS: Claims = {
    "stretched_ruler": {"never caught": "test_three_intruders_hide_in_all_draws"},
    "shape_assumed": {"None is left": "test_logarithms_leave_no_spending_beyond"},
}

WAIVERS: Waivers = {}
