"""Numbers as English words: 17632 is seventeen thousand six hundred and thirty-two, 1991 nineteen ninety-one."""

from __future__ import annotations

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def cardinal(number: int) -> list[str]:
    """Words of the whole ``number``, not negative; from 10¹⁵ on, digit by digit."""
    if number < 20:
        return [_ONES[number]]
    if number < 100:
        return [_TENS[number // 10 - 2], *(cardinal(number % 10) if number % 10 else [])]
    if number < 1000:
        rest = number % 100
        return [_ONES[number // 100], "hundred", *(["and", *cardinal(rest)] if rest else [])]
    if number >= 10**15:
        return digits(str(number))
    size, name = next(scale for scale in _SCALES if number >= scale[0])
    rest = number % size
    joint = ["and"] if 0 < rest < 100 else []
    return [*cardinal(number // size), name, *joint, *(cardinal(rest) if rest else [])]


def digits(written: str) -> list[str]:
    """The decimal digits of ``written`` one by one."""
    return [_ONES[int(digit)] for digit in written]


def decimal(whole: str, decimals: str) -> list[str]:
    """0.27 is zero point two seven; no ``whole`` part is said as zero."""
    return [*cardinal(int(whole or "0")), "point", *digits(decimals)]


def ordinal(number: int) -> list[str]:
    """20 is twentieth, 101 one hundred and first."""
    *before, last = cardinal(number)
    if last in _ORDINALS:
        return [*before, _ORDINALS[last]]
    return [*before, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"]


def year(number: int) -> list[str]:
    """The year ``number`` of four digits: 1905 is nineteen oh five, 2000 two thousand, 2010 twenty ten."""
    century, rest = divmod(number, 100)
    if century % 10 == 0 and rest < 10:
        return cardinal(number)
    if rest == 0:
        return [*cardinal(century), "hundred"]
    return [*cardinal(century), *(["oh"] if rest < 10 else []), *cardinal(rest)]


def fraction(numerator: int, denominator: int) -> list[str]:
    """1/2 is one half, 3/10 three tenths, 5/400 five over four hundred."""
    if 0 < numerator < denominator and (denominator <= 10 or denominator in (100, 1000)):
        name = {2: "half", 4: "quarter"}.get(denominator) or ordinal(denominator)[-1]
        return [*cardinal(numerator), name if numerator == 1 else "halves" if name == "half" else f"{name}s"]
    return [*cardinal(numerator), "over", *cardinal(denominator)]


def group(value: int, place: int, places: int) -> list[str]:
    """The words of one group of three digits of ``value``, where the groups are written apart as in 17 632.

    ``place`` is the number of the group, from 0 at the left, and ``places`` how many groups there are.  The
    words of all groups in order say the number.
    """
    size = 1000 ** (places - 1 - place)
    part = value // size % 1000
    if value == 0:
        return ["zero"] if place == 0 else []
    if part == 0:
        return []
    scale = [name for scale, name in _SCALES if scale == size]
    joint = ["and"] if not scale and place and part < 100 else []
    return [*joint, *cardinal(part), *scale]
