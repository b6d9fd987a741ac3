"""Findings: the faults that a review has found in a lesson, and the rules that say how grave each kind is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of fault."""

    severity: Severity
    title: str
    """What is wrong, in a few words."""
    advice: str
    """What to do about it, in a sentence."""


RULES: Final[dict[str, Rule]] = {
    "covered": Rule("error", "text covered", "Move one of the two, or let one leave first."),
    "crossed": Rule("error", "text crossed", "Move the text off what runs behind it, or put it on a card."),
    "outside": Rule(
        "error",
        "text outside the frame",
        "Move it in, break its line or make it smaller, or let the frame leave it behind as a whole.",
    ),
    "margin": Rule(
        "warning", "text in the margin", "Keep half a unit between text and the edge of the frame."
    ),
    "caption": Rule(
        "error",
        "picture under the captions",
        "Stay above place.FLOOR while a beat is spoken; only the picture of a wide shot or a close-up runs below it.",
    ),
    "contrast": Rule(
        "error", "text hard to tell from its ground", "Take a brighter role, or darken what is behind."
    ),
    "faint": Rule("warning", "mark hard to tell from its ground", "Take a brighter role or more opacity."),
    "small": Rule(
        "error",
        "text too small",
        "Use a size of scenes/kit/ink.py (35 px of capital height, 28 for ticks), or go nearer.",
    ),
    "hurry": Rule(
        "warning", "too many new words at once", "Show fewer words, or let them come one after the other."
    ),
    "unread": Rule("warning", "text gone before it can be read", "Let it stand longer, or shorten it."),
    "alike": Rule(
        "warning", "colours alike to some viewers", "Give one of the two another shape, dash or brightness."
    ),
    "flash": Rule("error", "flashing picture", "Slow the change down, or let it be smaller or less bright."),
    "frozen": Rule("warning", "picture stands still", "Let something move, or let the words ask to look."),
    "empty": Rule("warning", "empty stage", "Begin the next picture sooner."),
    "pop": Rule("error", "something pops in or out", "Let it fade, grow or move: FadeIn, Create, leave."),
    "digits": Rule("warning", "more digits than are meant", "Round to what the number can tell."),
    "stale": Rule(
        "error",
        "number lags behind the picture",
        "Let it read what it shows: a Value, and nothing that changes beside it; in a second step set the Value last.",
    ),
    "title": Rule(
        "error",
        "title over the last picture",
        "Let it leave before: self.title_leaves(), or self.untitled().",
    ),
    "unfilled": Rule(
        "error",
        "picture leaves the frame empty",
        "Make it larger, go nearer (self.frame.to), or take a shot that fills the frame (scenes/kit/shot.py).",
    ),
    "allowance": Rule(
        "warning", "allowance without use", "Delete the call of allow: what it allows does not happen."
    ),
    "pace": Rule("warning", "pace of the voice", "Shorten the words, or give the picture less time."),
    "sentence": Rule("warning", "long sentence", "Make two of it."),
    "overrun": Rule("warning", "picture goes on when all is said", "Shorten the play, or say more."),
    "silence": Rule("warning", "long silence", "Shorten it, or say why: # silence: why"),
    "contradiction": Rule("error", "voice and screen differ", "Say and show the same digits."),
    "unshown": Rule("warning", "number said and not shown", "Show it, or say it more loosely."),
}
"""Every kind of finding, of pictures first, then of words (see :mod:`render.review.narration`)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a lesson, as a person wants to be told of it."""

    kind: str
    """A key of :data:`RULES`."""
    topic: str
    chapter: str
    """The method that tells it."""
    beat: int
    """Number of the beat in its chapter, from 0; -1 where a whole chapter is meant."""
    said: str
    """What the beat says."""
    seconds: float
    """When the fault is first seen, in seconds from the start of its chapter."""
    lasted: float
    """Seconds that it is seen for; 0 for a single look."""
    what: str
    """The text in quotes, or the mobject: ``Curve self.loss``."""
    against: str
    """What covers, crosses or resembles it; empty where nothing does."""
    where: str
    """``scenes/svm/margin.py:197``: the play or wait that drew it, or the beat."""
    message: str
    """The fault in words, with figure and bound."""
    figure: float
    bound: float
    crop: str = ""
    """Name of the picture that shows it, within the chapter's review; empty where there is none."""
    key: str = ""
    """Name of the fault, which stays the same when lines and times move (see :func:`keyed`)."""

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return RULES[self.kind].severity

    def __str__(self) -> str:
        return f"{self.where}: {self.severity}: {self.kind}: {self.message}"

    def to_record(self) -> dict[str, Any]:
        """Plain data that :meth:`from_record` reads back."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Finding:
        """What :meth:`to_record` wrote."""
        return cls(**record)


def keyed(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with their keys, made of kind, topic, chapter, ``what`` and ``against``; equal ones are numbered."""
    counts: dict[str, int] = {}
    named = []
    for finding in findings:
        name = "\n".join((finding.kind, finding.topic, finding.chapter, finding.what, finding.against))
        counts[name] = counts.get(name, 0) + 1
        digest = hashlib.sha256(f"{name}\n{counts[name]}".encode()).hexdigest()[:10]
        named.append(replace(finding, key=f"{finding.kind}-{digest}"))
    return named
