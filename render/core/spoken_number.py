"""Numbers read back from what is said: 1,797, two hundred and eighty, nine tenths, twice, more than 7 percent.

:mod:`render.core.number` says numbers; this module finds them in a text that somebody speaks, in digits and in words,
with the value, the last place that is spoken, and what is said about how exactly it holds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from render.core import number

Form = Literal["digits", "cardinal", "ordinal", "fraction", "times"]
"""1.397; ninety-seven; eleventh; nine tenths, half; twice, tenfold, doubles."""
Hedge = Literal["", "about", "nearly", "above", "below"]
"""Nothing; about, some; almost, just under; more than, at least; less than, up to."""


_MEASURES: Final = re.compile(r"\s+(?:as|the|that|its|their|his|her|our|your|what|more|of)\b", re.IGNORECASE)
"""What makes a multiple of "twice": twice as long, twice the width."""
_FEW: Final = 10
"""Counts in words below this burden nobody."""


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number in a text."""

    text: str
    """As it stands there, sign, scale and "percent" included: "minus a half", "911 thousand", "98.5 percent"."""
    start: int
    """Its first character in the text, and in :attr:`end` the one after its last."""
    end: int
    form: Form
    figure: Fraction
    """The number without a spoken "minus" and without a scale that follows digits: 911 of "911 thousand"."""
    decimals: int = 0
    """Digits after the point, as they are written."""
    scale: int = 1
    """A thousand for "911 thousand"; a thousand million for two of them."""
    negative: bool = False
    """Whether "minus" is said before it."""
    percent: bool = False
    hedge: Hedge = ""

    @property
    def value(self) -> Fraction:
        """The number itself; a percentage in percent."""
        return (-1 if self.negative else 1) * self.figure * self.scale

    @property
    def place(self) -> Fraction:
        """What one step of the last place that is spoken is worth: 0.001 for 1.397, 1000 for "911 thousand"."""
        return Fraction(self.scale, 10**self.decimals)


# Words.

_UNITS: Final = {number.cardinal(n)[0]: n for n in range(1, 10)}
_TEENS: Final = {number.cardinal(n)[0]: n for n in range(10, 20)}
_TENS: Final = {number.cardinal(n)[0]: n for n in range(20, 100, 10)}
_LARGE: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_VALUES: Final = {"zero": 0, **_UNITS, **_TEENS, **_TENS, **_LARGE}
_ORDINALS: Final = {number.ordinal(n)[-1]: n for n in (*range(1, 20), *range(20, 100, 10))}
_LARGE_ORDINALS: Final = {f"{word}th": value for word, value in _LARGE.items()}
_PARTS: Final = {
    "half": 2, "quarter": 4, **{word: n for word, n in _ORDINALS.items() if n > 2}, **_LARGE_ORDINALS,
}  # fmt: skip
"""What one is divided into: a third, a quarter, a hundredth."""
_TIMES: Final = {
    "once": Fraction(1), "twice": Fraction(2), "thrice": Fraction(3),
    **dict.fromkeys(("double", "doubles", "doubled", "doubling"), Fraction(2)),
    **dict.fromkeys(("triple", "triples", "tripled", "tripling"), Fraction(3)),
    **dict.fromkeys(("halve", "halves", "halved", "halving"), Fraction(1, 2)),
}  # fmt: skip


def _any(words: Iterable[str]) -> str:
    """A pattern of one of ``words``, the longest that fits."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_SMALL: Final = rf"(?:{_any(_TENS)}(?:[\s-]{_any(_UNITS)}\b)?|{_any(_TEENS)}|{_any(_UNITS)}|zero)"
_HUNDREDS: Final = rf"(?:(?:(?:a|{_SMALL})\s)?hundred\b(?:\s(?:and\s)?{_SMALL}\b)?|{_SMALL}\b)"
_SCALE: Final = _any(word for word in _LARGE if word != "hundred")
_LARGER: Final = rf"{_HUNDREDS}\s{_SCALE}\b(?:\s{_SCALE}\b)*"
_CARDINAL: Final = (
    rf"(?:(?:{_LARGER}|(?:a\s)?{_SCALE}\b(?:\s{_SCALE}\b)*)(?:\s{_LARGER})*(?:\s(?:and\s)?{_HUNDREDS})?"
    rf"|(?:a\s)?dozen\b|{_HUNDREDS})"
)
_DIGITS: Final = r"(?<![\w.])[-−+]?\d+(?:,\d{3})*(?:\.\d+)?(?!\w|\.\d)"
_FOLD: Final = rf"(?:(?:(?:(?:{_SMALL}\s)?{_any(_LARGE)}|{_SMALL}|\d+)[\s-]?fold|{_any(_TIMES)})\b)"
_PART: Final = rf"(?:{_any(_LARGE)}[\s-])?{_any(word for word in _PARTS if word != 'half')}"
_NUMBER: Final = re.compile(
    rf"""
    (?P<minus>\bminus\s)?
    (?:
        \b(?P<whole>{_CARDINAL})\sand\sa\s(?P<rest>half|third|quarter)\b
      | \b(?P<over>{_CARDINAL})[\s-](?P<parts>halves|{_PART}s)\b
      | \b(?:an?|one)[\s-](?P<part>half|{_PART})\b(?!-)
      | \b(?P<half>half)\b(?!-)
      | \b(?P<times>{_FOLD})
      | (?P<ordinal>\b(?:{_any(_TENS)}-)?{_any([*_ORDINALS, *_LARGE_ORDINALS])}|(?<![\w.])\d+(?:st|nd|rd|th))\b
      | (?: (?P<digits>{_DIGITS})(?P<scale>(?:\s(?:hundred|{_SCALE})\b)*) | \b(?P<cardinal>{_CARDINAL}) )
        (?P<percent>\s*(?:%|percent\b|per\scent\b))?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_HEDGES: Final[Mapping[Hedge, tuple[str, ...]]] = {
    "about": ("about", "roughly", "around", "some", "close to", "approximately", "better than", "worse than"),
    "nearly": ("nearly", "almost", "just under", "not quite", "hardly"),
    "above": (
        "over",
        "above",
        "beyond",
        "more than",
        "at least",
        "no fewer than",
        "no less than",
        "just over",
    ),
    "below": ("under", "below", "within", "less than", "fewer than", "at most", "up to", "no more than"),
}
_HEDGED: Final = {phrase: hedge for hedge, phrases in _HEDGES.items() for phrase in phrases}
_BEFORE: Final = re.compile(rf"\b({_any(_HEDGED)})\s(?:the\s|an?\s)?$", re.IGNORECASE)
_AFTER: Final = re.compile(r"\sor\s(so|more|less|fewer)\b", re.IGNORECASE)
_AFTERWARDS: Final[Mapping[str, Hedge]] = {"so": "about", "more": "above", "less": "below", "fewer": "below"}
_CLAUSE: Final = re.compile(r"[.?!…;:,—](?!\d)")
_DENIED: Final = re.compile(
    r"\b(?:not?|never|none|nobody|nothing|nowhere|cannot|neither)\b|n['’]t\b", re.IGNORECASE
)


def read_numbers(text: str) -> tuple[SpokenNumber, ...]:
    """The numbers in ``text``, in order; "one" and "first" are numbers too, "both" and "hundreds" are none."""
    return tuple(_read(text, found) for found in _NUMBER.finditer(text))


def is_free(number: SpokenNumber, text: str) -> bool:
    """Whether nobody has to compute a number that stands in ``text``.

    In words, and not as a percentage: zero, one and two with either sign; first, second and third; once, and twice
    unless it measures (twice as long).
    """
    if number.percent or number.form not in ("cardinal", "ordinal", "times"):
        return False
    if number.form == "cardinal":
        return number.figure <= 2
    if number.form == "ordinal":
        return number.figure <= 3 and not number.text[0].isdigit()
    word = number.text.lower()
    return word == "once" or (word == "twice" and not _MEASURES.match(text[number.end :]))


def is_heavy(number: SpokenNumber, text: str) -> bool:
    """Whether a number that stands in ``text`` counts against the four that a minute bears: small counts do not."""
    return not is_free(number, text) and not (
        number.form in ("cardinal", "ordinal") and number.figure < _FEW and not number.percent
    )


def heavy_numbers(text: str) -> tuple[SpokenNumber, ...]:
    """The numbers of a text that burden a listener."""
    return tuple(number for number in read_numbers(text) if is_heavy(number, text))


def _read(text: str, found: re.Match[str]) -> SpokenNumber:
    form, figure, decimals, scale = _value(found)
    return SpokenNumber(
        found[0],
        found.start(),
        found.end(),
        form,
        figure,
        decimals,
        scale,
        negative=bool(found["minus"]),
        percent=bool(found["percent"]),
        hedge=_hedge(text[: found.start()], text[found.end() :]),
    )


def _value(found: re.Match[str]) -> tuple[Form, Fraction, int, int]:
    """Form, figure, decimals and scale of what matched."""
    if written := found["digits"]:
        figure = Fraction(written.replace(",", "").replace("−", "-").lstrip("+"))
        return "digits", figure, len(written.partition(".")[2]), _product(found["scale"])
    if found["cardinal"]:
        return "cardinal", Fraction(_count(found["cardinal"])), 0, 1
    if found["whole"]:
        return "fraction", _count(found["whole"]) + Fraction(1, _PARTS[found["rest"].lower()]), 0, 1
    if found["parts"]:
        return "fraction", Fraction(_count(found["over"]), _parts(found["parts"])), 0, 1
    if found["part"] or found["half"]:
        return "fraction", Fraction(1, _parts(found["part"] or "half")), 0, 1
    if found["ordinal"]:
        return "ordinal", Fraction(_order(found["ordinal"].lower())), 0, 1
    return "times", _factor(found["times"].lower()), 0, 1


def _count(words: str) -> int:
    """One hundred and twenty is 120, two million three thousand 2,003,000."""
    total = group = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            group = max(group, 1) * 100
        elif word == "dozen":
            group = 12
        elif word in _LARGE:
            # "a thousand million" multiplies what has been closed already
            total, group = (
                (total * _LARGE[word], 0)
                if total and not group
                else (total + max(group, 1) * _LARGE[word], 0)
            )
        else:
            group += _VALUES.get(word, 0)  # none for "a" and "and"
    return total + group


def _product(scales: str) -> int:
    return math.prod(_LARGE[word] for word in scales.lower().split())


def _parts(words: str) -> int:
    """Thirds are parts of three, million-millionths of 10¹²."""
    names = [
        _PARTS.get(word) or _LARGE.get(word) or _PARTS[_singular(word)]
        for word in re.split(r"[\s-]", words.lower())
    ]
    return math.prod(names)


def _singular(word: str) -> str:
    return "half" if word == "halves" else word.removesuffix("s")


def _order(words: str) -> int:
    """Eleventh is 11, twenty-first 21, 3rd 3."""
    if words[0].isdigit():
        return int(words[:-2])
    return sum(_TENS.get(word) or _ORDINALS.get(word) or _LARGE_ORDINALS[word] for word in words.split("-"))


def _factor(words: str) -> Fraction:
    """Twice is 2, tenfold and 10-fold are 10."""
    if words in _TIMES:
        return _TIMES[words]
    many = words.removesuffix("fold").rstrip(" -")
    return Fraction(int(many) if many.isdigit() else _count(many))


def _hedge(before: str, after: str) -> Hedge:
    """What is said about how exactly a number holds, in the text before and after it.

    "No more than 7" is a limit from above, and so is "none is more than 7".
    """
    if found := _BEFORE.search(before):
        hedge, before = _HEDGED[found[1].lower()], before[: found.start()]
    elif found := _AFTER.match(after):
        hedge = _AFTERWARDS[found[1].lower()]
    else:
        return ""
    if hedge in ("above", "below") and _DENIED.search(_CLAUSE.split(before)[-1]):
        return "below" if hedge == "above" else "above"
    return hedge
