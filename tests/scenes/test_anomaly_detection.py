"""The lesson anomaly-detection: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np
from scipy import stats

from scenes.maths.anomaly_detection import cases, fences, flows, frontier, isolation, neighbours, scores
from tests.scenes.harness.table import Claims, Figures, Waivers

LINE = neighbours.lof(neighbours.LINE, neighbours.K_LINE)


def newcomer() -> float:
    """How far the newcomer lies from the first readings, in their standard deviations."""
    own = np.array(fences.HAND)
    return float((fences.STRANGER - own.mean()) / own.std(ddof=1))


def far_out(step: int) -> float:
    """The largest z-score of the intruders of that step, once they are a million farther out."""
    values = fences.readings(intruders=np.array(fences.INTRUDERS[step]) + 1e6)
    return float(stats.zscore(values, ddof=1).max())


def fence_z() -> float:
    """How many standard deviations from the mean the usual fence stands."""
    values = fences.readings()
    return float((fences.z_fence(values)[1] - values.mean()) / values.std(ddof=1))


def intruders(step: int) -> int:
    """How many intruders have come by that step."""
    return len(fences.readings(intruders=fences.INTRUDERS[step])) - len(fences.readings())


def pictures() -> int:
    """How many pictures good parts are mixed of, besides their mean."""
    each = cases.parts()
    mixed = cases.redrawn(each.learnt, each.new).reshape(len(each.new), -1)
    return int(np.linalg.matrix_rank(mixed - each.learnt.reshape(len(each.learnt), -1).mean(axis=0)))


def passing() -> float:
    """Percent of the training parts on this side of their line."""
    each = cases.parts()
    return float(100 * (cases.errors(each.learnt, each.learnt) <= cases.thresholds()[0]).mean())


def let_in() -> float:
    """The same, once it is one of them."""
    return float(stats.zscore([*fences.HAND, fences.STRANGER], ddof=1)[-1])


def lone_z() -> float:
    """The z-score of the lone dot in the column that is shown."""
    return float(stats.zscore(isolation.cloud()[:, 0], ddof=1)[isolation.LONE])


def most_readings() -> int:
    """The largest number of readings of which none can lie beyond the fence."""
    return 1 + sum(fences.largest_possible(count) < fence_z() for count in range(2, 100))


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
        "Five": lambda: sum(scores.scored(each).argmax() == isolation.LONE for each in scores.DETECTORS),
    },
    "stretched_ruler": {
        "three. Our": fence_z,
        "at four": lone_z,
        "five readings": lambda: fences.HAND.size,
        "almost four": newcomer,
        "ten": most_readings,
        "pass three": fence_z,
        "twenty": lambda: len(fences.readings()),
        "two, three": lambda: intruders(2),
        "five of": lambda: intruders(3),
        "three of": lambda: intruders(2),
        "two and a half": lambda: far_out(2),
    },
    "holds_still": {
        "half: the": inside_box,
        "one and a half": lambda: (
            (fences.tukey(fences.HAND)[1] - fences.quartiles(fences.HAND)[2])
            / (fences.quartiles(fences.HAND)[2] - fences.quartiles(fences.HAND)[0])
        ),
        "two, three": lambda: intruders(2),
        "five: the": lambda: intruders(3),
        "thousand": lambda: len(fences.largest_z(3)),
    },
    "shape_assumed": {
        "one percent": lambda: 100 * fences.flagged_share("bell"),
        "thirteen": in_thirteen,
        "seventy-two": lambda: len(fences.spending()),
        "four": lambda: fences.beyond(fences.spending()).sum(),
    },
    "random_cuts": {
        "five": lambda: isolation.LINE.size,
        "Sixteen": lambda: isolation.LINE[-1] - isolation.LINE[-2],
        "nineteen": lambda: isolation.LINE[-1] - isolation.LINE[0],
        "After three": lambda: len(isolation.isolate(isolation.cloud(), isolation.LONE, isolation.SHOWN)),
        "fourteenth": lambda: len(isolation.isolate(isolation.cloud(), isolation.middle(), isolation.SHOWN)),
        "about three": lambda: round(isolation.lone_paths().mean()),
        "twelve": lambda: isolation.crowd_paths().mean(),
        "half": lambda: float(isolation.score(isolation.usual_length(257), 257)),
    },
    "small_gap": {
        "nine": lambda: neighbours.LINE.size,
        "fifth": lambda: int(LINE.factors.argmax()) + 1,
        "gap of three": lambda: neighbours.LINE[neighbours.ODD] - neighbours.LINE[neighbours.ODD - 1],
        "gaps of four": lambda: np.diff(neighbours.LINE[5:]).mean(),
        "Here three": lambda: LINE.reach[neighbours.ODD].min(),
        "and four": lambda: LINE.reach[neighbours.ODD].max(),
        "three and a half": lambda: 1 / LINE.densities[neighbours.ODD],
        "one and a half": lambda: (1 / LINE.densities[LINE.neighbours[neighbours.ODD]]).mean(),
        "twentieth": lambda: neighbours.lof(neighbours.crowds(), neighbours.K).distances.shape[1],
        "thirty-third": lambda: neighbours.ranks()[neighbours.SHOWN, 0],
        "twenty": lambda: neighbours.lof(isolation.cloud(), neighbours.K).neighbours.shape[1],
        "put it fifth": lambda: np.median(isolation.body_ranks()),
    },
    "shoreline": {
        "ten dots": lambda: frontier.HAND.size,
    },
    "own_crowd": {
        "twenty": lambda: neighbours.lof(flows.flows(), flows.FEW).neighbours.shape[1],
        "hundred": lambda: neighbours.lof(flows.flows(), flows.MANY).neighbours.shape[1],
        "three times": lambda: flows.MANY / flows.swarm().sum(),
        "three percent": lambda: swarm_found(flows.FEW),
        "seventy-seven": lambda: swarm_found(flows.MANY),
    },
    "budget_line": {
        "ten": lambda: len(cases.opened()),
        "Seven": lambda: cases.hits()[cases.CASES],
        "But ten": lambda: len(cases.opened()),
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
    },
    "good_parts": {
        "eight": lambda: cases.parts().learnt.shape[2],
        "Ten": pictures,
        "ninety-five": passing,
        "four": lambda: 100 / worse_than(0),
        "five": lambda: worse_than(1),
    },
    "the_end": {
        "three": lambda: round(isolation.lone_paths().mean()),
        "twelve": lambda: isolation.crowd_paths().mean(),
    },
}

CLAIMS: Claims = {
    "shoreline": {"get none": "test_inner_dots_have_no_hill"},
    "shape_assumed": {"none is left": "test_logarithms_leave_no_spending_beyond"},
}

WAIVERS: Waivers = {}
