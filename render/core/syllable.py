"""Syllables of written English: how :class:`render.core.speech.SilentPace` knows how long words take to say."""

from __future__ import annotations

import re
import unicodedata

from render.core import number

# Time, in seconds.  Chosen so that the project's own narration runs at 150 words a minute, pauses included.


# Sound: what is written -> the words that are said.


_SYMBOLS = {
    "+": "plus", "=": "equals", "≠": "is not", "≈": "about", "~": "about", "<": "below", ">": "above",
    "≤": "at most", "≥": "at least", "×": "times", "·": "times", "⋅": "times", "*": "times", "÷": "over",
    "±": "plus or minus", "−": "minus", "√": "root", "∇": "gradient of", "∂": "partial", "∞": "infinity",
    "→": "to", "←": "from", "∈": "in", "∝": "is proportional to", "²": "squared", "³": "cubed",
    "½": "one half", "¼": "one quarter", "¾": "three quarters", "%": "per cent", "°": "degrees", "&": "and",
    "@": "at", "#": "number", "$": "dollars", "€": "euros", "^": "to the", "|": "", "‖": "",
}  # fmt: skip

_PIECE = re.compile(
    rf"""
      (?P<sign> [{re.escape("".join(_SYMBOLS))}] )
    | (?P<number> \d{{1,3}}(?:,\d{{3}})+(?:\.\d+)? | \d*\.\d+ | \d+ )
    | (?P<letters> [^\W\d_²³½¼¾]+(?:['’][^\W\d_]+)* )
    | (?P<other> . )
    """,
    re.VERBOSE,
)
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z]+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    # shape and scale, not table; shapes, not boxes or circles; turned and labelled, not lifted or handled
    r"(?:[^aeiouyl]e|[aeiouyl]le|[^aeiouyscxzlhg]es|[aeiouy]les|[^aeiouytdl]ed|[aeiouyl]led)$"
)
_APART = re.compile(
    # vari-ance, ratio, radi-us; line-ar, cre-ate; ge-o, manu-al; be-ing; gradi-ent, sci-ence; are-a; rhyth-m
    r"(?<![ct])ia|io(?!n|us)|iu[ms]|ea(?=r$|te)|eo|ua(?=l|t)|[eo]ing$|(?:^sc|[^ct])ien"
    r"|(?<=[aeiou].)ea$|(?:th|s)ms?$"
)


def spoken(token: str) -> tuple[str, ...]:
    """The words that are said for the written word ``token``: ``γ²=4`` is gamma squared equals four.

    It is an estimate for keeping time and no pronunciation: an abbreviation is spelled, a word of one letter for
    each of its letters.  Empty for punctuation.
    """
    said: list[str] = []
    # Signs that are words of their own go first: normalised, ² would be a plain 2 and ½ two numbers.
    pieces = "".join(
        sign if sign in _SYMBOLS else unicodedata.normalize("NFKC", sign)
        for sign in unicodedata.normalize("NFC", token)
    )
    for piece in _PIECE.finditer(pieces):
        if piece["number"]:
            said += _number(piece["number"])
        elif piece["letters"]:
            said += _letters(piece["letters"])
        else:
            said += _sign(piece[0], pieces[: piece.start()], pieces[piece.end() :])
    return tuple(said)


def _number(written: str) -> list[str]:
    """1,797 in full, 1991 as a year, .05 digit by digit after its point."""
    whole, point, decimals = written.partition(".")
    is_year = "," not in whole and not point and len(whole) == 4 and 1100 <= int(whole) < 2000
    value = int(whole.replace(",", "") or "0")
    said = number.year(value) if is_year else number.cardinal(value)
    return said + (["point", *number.digits(decimals)] if point else [])


def _letters(written: str) -> list[str]:
    """Words of a run of letters: abbreviations are spelled, XGBoost is X G boost, γ is gamma."""
    said: list[str] = []
    for part in _CAMEL.findall(_latin(written.replace("’", "'"))):
        plain = part.removesuffix("'s")
        spelled = plain.isupper() and (len(plain) < 4 or not _VOWELS.search(plain[1:].lower()))
        if len(plain) > 1 and (spelled or not _VOWELS.search(plain.lower())):
            said += list(plain.replace("'", "").lower())
        else:
            said.append(part.lower())
    return said


def _latin(written: str) -> str:
    """``written`` without accents, its Greek and other letters by the last word of their names."""
    plain = ""
    for letter in unicodedata.normalize("NFD", written):
        if letter.isascii():
            plain += letter
        elif not unicodedata.combining(letter):
            name = (
                unicodedata.name(letter, "letter")
                .split(" WITH ")[0]
                .split(" ")[-1]
                .replace("LAMDA", "LAMBDA")
            )
            # A capital opens a new word for the splitter of camel case.
            plain += name.capitalize()
    return plain


def _sign(sign: str, before: str, after: str) -> list[str]:
    """What is said for one sign between the text ``before`` and ``after`` it."""
    if sign in _SYMBOLS:
        return _SYMBOLS[sign].split()
    if sign in "-–" and after[:1].isdigit():
        if before[-1:].isdigit():
            return ["to"]
        return [] if before[-1:].isalpha() else ["minus"]
    if sign == "/" and (before[-1:].isdigit() or before[-1:] == ")" or after[:1].isdigit()):
        return ["over"]
    if unicodedata.category(sign).startswith("S"):
        return unicodedata.name(sign, "sign").lower().replace("-", " ").split()[:3]
    return []


def syllables(word: str) -> int:
    """About how many syllables the English ``word`` has; at least one.  A single letter is its name."""
    if len(word) == 1:
        return 3 if word == "w" else 1
    # A y between vowels parts them: lay-er.
    plain = re.sub(r"(?<=[aeiou])y(?=[aeiou])", "'", re.sub(r"[^a-z]", "", word.lower()))
    count = len(_VOWELS.findall(plain)) + len(_APART.findall(plain)) - bool(_SILENT.search(plain))
    return max(count, 1)
