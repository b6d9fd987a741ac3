"""What is shown -> what is said: ``γ²=4`` is gamma squared equals four.

A narration is written as it is shown, and is said in words.  Each word on the screen, that is each run of characters
between spaces, keeps what is said for it, so that captions and pictures know when it is spoken.  The lexicon is asked
first, for phrases, for whole words and for their parts; only then are numbers, letters and signs spelled out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from render.core.number import cardinal, decimal, digits, fraction, group, ordinal, year
from render.voice.english import with_s
from render.voice.lexicon import Entry, Lexicon, Sound, Word


@dataclass(frozen=True, slots=True)
class Pause:
    """Punctuation that the voice breathes at."""

    mark: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A sign for which nobody has said how it is spoken."""

    sign: str


Spoken = Word | Sound | Pause | Unknown


@dataclass(frozen=True, slots=True)
class Token:
    """A word on the screen and what is said for it, which may be nothing."""

    shown: str
    spoken: tuple[Spoken, ...]


def say(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """What is said for each whitespace-separated word of ``text``, in order."""
    shown = text.split()
    plain = [_plain(word) for word in shown]
    cores = [word.strip(_AROUND) for word in plain]
    tokens: list[Token] = []
    while len(tokens) < len(shown):
        place = len(tokens)
        tokens += (
            _phrase(place, shown, plain, cores, lexicon)
            or _grouped(place, shown, plain)
            or [Token(shown[place], tuple(_Scan(place, plain, cores, lexicon).run()))]
        )
    return tuple(tokens)


def entries_in(text: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """The entries that are written in ``text``: with them alone :func:`say` would make the same of it.

    More may be found than are said, because a longer entry wins; never fewer.
    """
    folded = " ".join(map(_plain, text.split())).casefold()
    return tuple(entry for entry in lexicon.entries if _is_written(entry.key.casefold(), folded))


def _is_written(key: str, text: str) -> bool:
    """Whether ``key`` stands anywhere in ``text`` where an entry may be found: not inside a run of letters."""
    at = text.find(key)
    while at >= 0:
        end = at + len(key)
        if (not key[-1].isalnum() or _WORD_ENDS.match(text, end)) and _WORD_BEGINS.match(text, at):
            return True
        at = text.find(key, at + 1)
    return False


# Signs.  Where a name is a choice, it is the shortest that a teacher would say at the board.


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PAUSES = ",.!?;:—…"
_SILENT = "\"“”„«»'’‘`()[]{}_|\u200b\u2060\ufeff\u00ad"
_AROUND = _PAUSES + _SILENT + "*"
_SIGNS = {
    "+": "plus", "=": "equals", "≠": "is not", "≈": "about", "~": "about", "∼": "about", "≡": "is", "<": "below",
    ">": "above", "≤": "at most", "≥": "at least", "≪": "far below", "≫": "far above", "±": "plus or minus",
    "∓": "minus or plus", "−": "minus", "⋅": "dot", "∘": "after", "÷": "divided by", "√": "root", "∂": "partial",
    "∫": "integral of", "∞": "infinity", "→": "to", "⇒": "implies", "↔": "to and from", "↦": "to", "←": "from",
    "∈": "in", "∝": "is proportional to", "∪": "union", "∩": "and", "∀": "for all", "∏": "product of", "∑": "sum of",
    "½": "one half", "⅓": "one third", "⅔": "two thirds", "¼": "one quarter", "¾": "three quarters",
    "⅛": "one eighth", "%": "percent", "‰": "per thousand", "°": "degrees", "&": "and", "@": "at", "#": "number",
    "^": "to the", "′": "prime", "⊤": "transpose", "…": "",
}  # fmt: skip
_CURRENCIES = {"$": ("dollar", "dollars"), "€": ("euro", "euros"), "£": ("pound", "pounds")}
_HATS = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde", "\u0307": "dot"}
_GREEK = {"LAMDA": "lambda"}
_UNITS = {
    "%": ("percent", "percent"), "mm": ("millimetre", "millimetres"), "cm": ("centimetre", "centimetres"),
    "m": ("metre", "metres"), "km": ("kilometre", "kilometres"), "µm": ("micrometre", "micrometres"),
    "g": ("gram", "grams"), "mg": ("milligram", "milligrams"), "kg": ("kilogram", "kilograms"),
    "ns": ("nanosecond", "nanoseconds"), "µs": ("microsecond", "microseconds"), "ms": ("millisecond", "milliseconds"),
    "s": ("second", "seconds"), "min": ("minute", "minutes"), "h": ("hour", "hours"), "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"), "GHz": ("gigahertz", "gigahertz"),
    "bit": ("bit", "bits"), "bits": ("bits", "bits"), "kbit": ("kilobit", "kilobits"), "Mbit": ("megabit", "megabits"),
    "kB": ("kilobyte", "kilobytes"), "KB": ("kilobyte", "kilobytes"), "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"), "TB": ("terabyte", "terabytes"), "px": ("pixel", "pixels"),
    "dB": ("decibel", "decibels"), "W": ("watt", "watts"), "kW": ("kilowatt", "kilowatts"),
    "kWh": ("kilowatt hour", "kilowatt hours"), "GPa": ("gigapascal", "gigapascals"),
    "°": ("degree", "degrees"), "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"), "fps": ("frame per second", "frames per second"),
    "lb": ("pound", "pounds"), "ft": ("foot", "feet"), "mAh": ("milliamp hour", "milliamp hours"),
    "ppm": ("part per million", "parts per million"),
}  # fmt: skip
_ALWAYS_UNITS = frozenset(unit for unit in _UNITS if len(unit) > 1 and unit not in ("min", "bit", "bits"))
"""Read as units without a number before them, too: in cm."""
_POWERS = {"²": "square", "³": "cubic"}

_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵀᵏᵗᵈᵐᵃᵇᶜᵉᵖʲʳˢˣʸᶻ"
_SUB = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
_FRACTIONS = "½⅓⅔¼¾⅛"
_KEPT = _SUPER + _SUB + _FRACTIONS + "…°µ"
_LETTER = rf"[^\W\d_{_SUPER}{_SUB}{_FRACTIONS}]"
_MINUS = "−-–"
_WORD_BEGINS = re.compile(rf"(?<!{_LETTER})")
_WORD_ENDS = re.compile(r"(?:'?e?s)?(?![^\W_])")

_UNIT = re.compile(
    rf"(?P<unit>{'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))})(?P<power>[²³])?"
    rf"(?:/(?P<per>{'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))}))?(?![\w])"
)
_PIECE = re.compile(
    rf"""
      (?P<time> (?<![\d:]) \d{{1,2}} : [0-5]\d (?![\d:]) )
    | (?P<ratio> \d+(?:\.\d+)? (?: : \d+(?:\.\d+)? )+ )
    | (?P<fraction> (?<![\w.]) \d+ / \d+ (?![\w/]) )
    | (?P<money> [$€£]\d+(?:,\d{{3}})*(?:\.\d+)? )
    | (?P<number> \d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d) | \d+(?:\.\d+)* | (?<![\w)])\.\d+ )
      (?: [eE] (?P<power> [+−-]?\d+ ) (?!\w) | (?P<ordinal> st|nd|rd|th ) (?!\w) | (?P<plural> ['’]?s ) (?!\w) )?
    | (?P<initials> (?:[A-Za-z]\.){{2,}} )
    | (?P<letters> {_LETTER}+ (?: ['’]{_LETTER}+ )* [{"".join(_HATS)}]? )
    | (?P<super> [{_SUPER}]+ )
    | (?P<sub> [{_SUB}]+ )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_BEFORE_YEAR = _words(
    "in since from until till by before after during of year years early late mid"
) | _words(
    "spring summer autumn winter january february march april may june july august september october november december"
)
_VERSIONED = _words("python numpy scipy scikit-learn manim version versions release")
_AFTER_LETTER = _words("= + < > ≤ ≥ × · → − – is and or equals are if then goes grows falls rises has")
_SENTENCE_ENDS = (".", "!", "?", "…", ":", "—", "–", ";")


def _plain(word: str) -> str:
    """``word`` composed, with one kind of apostrophe, and styled letters and digits as plain ones."""
    return "".join(
        sign if sign in _KEPT or not sign.isalnum() else unicodedata.normalize("NFKC", sign)
        for sign in unicodedata.normalize("NFC", word).replace("’", "'").replace("...", "…").replace("μ", "μ")
    )


def _phrase(
    place: int, shown: Sequence[str], plain: Sequence[str], cores: Sequence[str], lexicon: Lexicon
) -> list[Token]:
    """The tokens of an entry of several words that begins at ``place``, if there is one."""
    reach = place
    while reach < len(plain) - 1 and plain[reach].endswith(cores[reach]) and cores[reach]:
        reach += 1
    entry = lexicon.phrase(cores[place : reach + 1])
    if entry is None:
        return []
    last = place + len(entry.spoken) - 1
    if any(not plain[at].startswith(cores[at]) for at in range(place + 1, last + 1)):
        return []
    tail = plain[last][plain[last].rindex(cores[last]) + len(cores[last]) :]
    tokens = [Token(shown[place + at], said) for at, said in enumerate(entry.spoken)]
    tokens[-1] = Token(shown[last], (*entry.spoken[-1], *_closing(tail)))
    return tokens


def _closing(tail: str) -> list[Spoken]:
    marks = "".join(sign for sign in tail if sign in _PAUSES)
    return [Pause(marks)] if marks else []


def _grouped(place: int, shown: Sequence[str], plain: Sequence[str]) -> list[Token]:
    """The tokens of a number that is written in groups: 17 632."""
    if not re.fullmatch(r"[1-9]\d{0,2}", plain[place].lstrip("(−")):
        return []
    last = place
    while last + 1 < len(plain) and re.fullmatch(r"\d{3}[,.;:!?)]*", plain[last + 1]):
        last += 1
        if not plain[last].isdigit():
            break
    if last == place:
        return []
    parts = [re.sub(r"\D", "", word) for word in plain[place : last + 1]]
    value, count = int("".join(parts)), len(parts)
    tokens = [
        Token(shown[place + at], tuple(Word(word) for word in group(value, at, count))) for at in range(count)
    ]
    if plain[place].startswith("−"):
        tokens[0] = Token(shown[place], (Word("minus"), *tokens[0].spoken))
    tokens[-1] = Token(shown[last], (*tokens[-1].spoken, *_closing(plain[last])))
    return tokens


@dataclass
class _Scan:
    """One word on the screen, read from left to right."""

    place: int
    words: Sequence[str]
    cores: Sequence[str]
    lexicon: Lexicon
    said: list[Spoken] = field(default_factory=list)
    at: int = 0
    norm: bool = False
    """Inside ‖ ‖."""

    @property
    def text(self) -> str:
        return self.words[self.place]

    def run(self) -> list[Spoken]:
        while self.at < len(self.text):
            if not (self._entry() or self._unit()):
                self._piece()
        return self.said

    def left(self) -> str:
        """The character before, or nothing."""
        return self.text[self.at - 1 : self.at] if self.at else ""

    def after(self, end: int) -> str:
        """The character at ``end``, or nothing."""
        return self.text[end : end + 1]

    def before_word(self) -> str:
        """The word on the screen before this one, in small letters, or nothing."""
        return self.cores[self.place - 1].lower() if self.place else ""

    def next_word(self, further: int = 1) -> str:
        """The word on the screen after this one, as written, if no pause comes between; or nothing."""
        place = self.place
        for step in range(further):
            if place + 1 >= len(self.words) or (step == 0 and self.text[-1:] in _AROUND):
                return ""
            place += 1
        return self.cores[place] or self.words[place]

    def put(self, words: str | Sequence[str], tight: bool = False) -> None:
        for word in words.split() if isinstance(words, str) else words:
            self.said.append(Word(word, tight))
            tight = False

    # What may begin here.  The first that does is taken.

    def _entry(self) -> bool:
        found = self.lexicon.match(self.text, self.at)
        if found is None:
            return False
        entry, end = found
        spoken = _tied(entry.spoken[0], self._tight())
        ending = re.compile(r"(?:['’]s|e?s)(?!\w)").match(self.text, end)
        if ending:
            spoken = _plural(spoken, ending[0])
            end = ending.end()
        self.said += spoken
        self._applied(end)
        self.at = end
        return True

    def _unit(self) -> bool:
        found = _UNIT.match(self.text, self.at)
        number = self.left() if self.at else self.words[self.place - 1][-1:] if self.place else ""
        counted = number != "" and (number.isdigit() or number in _FRACTIONS)
        named = found is not None and found[0] == self.text.strip(_AROUND) and found["unit"] in _ALWAYS_UNITS
        if found is None or not (counted or named) or (found["unit"] in ("W", "h") and self.at):
            return False
        written = self.text[: self.at] if self.at else self.words[self.place - 1] if self.place else ""
        one = re.search(r"(?<![\d.,])1$", written) is not None
        self.put(
            " ".join(
                [
                    *([_POWERS[found["power"]]] if found["power"] else []),
                    _UNITS[found["unit"]][0 if one else 1],
                    *(["per", _UNITS[found["per"]][0]] if found["per"] else []),
                ]
            )
        )
        self.at = found.end()
        return True

    def _piece(self) -> None:
        piece = _PIECE.match(self.text, self.at)
        assert piece is not None  # the last alternative takes any character
        kind = piece.lastgroup if piece.lastgroup not in ("power", "ordinal", "plural") else "number"
        read: dict[str, Callable[[re.Match[str]], None]] = {
            "time": self._time,
            "ratio": self._ratio,
            "fraction": self._fraction,
            "money": self._money,
            "number": self._number,
            "initials": self._initials,
            "letters": self._letters,
            "super": self._super,
            "sub": self._sub,
            "other": self._sign,
        }
        read[str(kind)](piece)
        self.at = piece.end()

    def _time(self, piece: re.Match[str]) -> None:
        hour, minute = map(int, piece[0].split(":"))
        if hour > 24 or self.next_word() in ("ratio", "odds", "split"):
            self._ratio(piece)
        elif minute == 0:
            self.put([*cardinal(hour), "o'clock"])
        else:
            self.put([*cardinal(hour), *(["oh"] if minute < 10 else []), *cardinal(minute)])

    def _ratio(self, piece: re.Match[str]) -> None:
        for place, part in enumerate(piece[0].split(":")):
            self.put((["to"] if place else []) + _amount(part))

    def _fraction(self, piece: re.Match[str]) -> None:
        numerator, denominator = map(int, piece[0].split("/"))
        self.put(fraction(numerator, denominator))

    def _money(self, piece: re.Match[str]) -> None:
        one, many = _CURRENCIES[piece[0][0]]
        self.put([*_amount(piece[0][1:]), one if piece[0][1:] == "1" else many])

    def _number(self, piece: re.Match[str]) -> None:
        number = piece["number"]
        if piece["ordinal"]:
            self.put(ordinal(int(number.replace(",", "").split(".")[-1])))
        elif piece["power"]:
            self.put([] if number == "1" else [*_amount(number), "times"])
            self.put(["ten", "to", "the", *_signed(piece["power"])])
        elif self._versioned(number):
            self.put(" point ".join(" ".join(cardinal(int(part))) for part in number.split(".")))
        elif self._is_year(number, piece.end("number")):
            self.put(year(int(number)))
        else:
            self.put(_amount(number))
        if self.after(piece.end()) in _FRACTIONS and self.after(piece.end()):
            self.put("and")
        if piece["plural"] and isinstance(last := self.said[-1], Word):
            self.said[-1] = Word(_pluralised(last.text), last.tight)

    def _versioned(self, number: str) -> bool:
        return number.count(".") > 1 or (
            "." in number and (self.before_word() in _VERSIONED or self.left().lower() == "v")
        )

    def _is_year(self, number: str, end: int) -> bool:
        if not re.fullmatch(r"1[1-9]\d\d|20\d\d", number):
            return False
        if self.text[end : end + 1] == "s":
            return True
        if re.search(rf"[12]\d{{3}}[–-]{number}$", self.text[:end]) or re.match(
            r"[–-][12]\d{3}(?!\d)", self.text[end:]
        ):
            return True
        following = self.next_word() if end == len(self.text) else "" if self.text[end] in _AROUND else "="
        counted = re.fullmatch(r"[a-z]+s", following) is not None or following[:1] in tuple("×·=+%°")
        counted = (counted and following not in ("is", "was", "has", "as")) or following in _UNITS
        if self.at and self.left() not in _AROUND:
            return False
        if self.before_word() in _BEFORE_YEAR:
            return not counted and not (self.before_word() == "of" and int(number) < 1900)
        return int(number) >= 1900 and int(number) != 2048 and not counted

    def _initials(self, piece: re.Match[str]) -> None:
        self.put([letter.upper() for letter in piece[0].replace(".", "")])
        following = self.cores[self.place + 1][:1] if self.place + 1 < len(self.cores) else ""
        if piece.end() == len(self.text) and not following.islower():
            self.said.append(Pause("."))

    def _letters(self, piece: re.Match[str]) -> None:
        word, tight = piece[0], self._tight()
        bare = unicodedata.normalize("NFD", word)
        if len(bare) == 2 and bare[1] in _HATS:
            self._letter(bare[0], tight)
            self.put(_HATS[bare[1]])
        elif len(word) == 1:
            self._letter(word, tight, piece.end())
        elif re.fullmatch(r"[A-Za-z]'s", word):
            self.said.append(Word(word[0].upper() + "'s", tight))
        elif not word.isascii() and any(_greek(letter) for letter in word):
            for run in re.finditer(r"[A-Za-z']+|.", word):
                if len(run[0]) == 1:
                    self._letter(run[0], False, self.at + run.end())
                else:
                    self.put(run[0])
        else:
            plain = "".join(sign for sign in bare if not unicodedata.combining(sign))
            self.said.append(Word(plain, tight))
        self._applied(piece.end())

    def _letter(self, letter: str, tight: bool, end: int | None = None) -> None:
        name = _greek(letter)
        if name == "sigma" and letter == "Σ" and end is not None and self.after(end).isalpha():
            self.put("sum of")
        elif name:
            self.said.append(Word(name, tight))
        elif letter in "aA" and end is not None and self._is_article(letter, end):
            self.said.append(Word("a", tight))
        else:
            self.said.append(Word(letter.upper(), tight))

    def _is_article(self, letter: str, end: int) -> bool:
        """Whether this a is the article, and not a letter or a variable."""
        if (
            self.text.strip(_SILENT) != letter
            or end != len(self.text.rstrip(_SILENT))
            or self.text[-1] in ")'"
        ):
            return False
        following, later = self.next_word(), self.next_word(2)
        if not following or following in _AFTER_LETTER:
            return False
        if following in ("plus", "minus", "times", "dot", "over", "squared", "cubed", "to"):
            return not (
                re.fullmatch(rf"{_LETTER}|\d+", later) or later in ("", "plus", "minus", "equals", "is")
            )
        if letter == "a":
            return self.before_word() not in ("letter", "between")
        first = self.place == 0 or self.words[self.place - 1].rstrip(_SILENT)[-1:] in _SENTENCE_ENDS
        return first and (following[0].islower() or following[0].isdigit() or len(following) > 1)

    def _super(self, piece: re.Match[str]) -> None:
        written = unicodedata.normalize("NFKC", piece[0]).replace("(", "").replace(")", "")
        if written in ("2", "3"):
            self.put("squared" if written == "2" else "cubed")
        elif written == "T":
            self.put("transpose")
        elif written in ("−1", "-1") and self.left().isupper():
            self.put("inverse")
        else:
            self.put("to the")
            self._index(written)

    def _sub(self, piece: re.Match[str]) -> None:
        self._index(unicodedata.normalize("NFKC", piece[0]))

    def _index(self, written: str) -> None:
        for part in re.findall(r"\d+|.", written):
            if part.isdigit():
                self.put(cardinal(int(part)))
            elif part in "+−-":
                self.put("plus" if part == "+" else "minus")
            elif part.isalpha():
                self.put(part.upper())

    def _sign(self, piece: re.Match[str]) -> None:
        sign, left, right = piece[0], self.left(), self.after(piece.end())
        if sign in _MINUS:
            self._dash(sign, left, right)
        elif sign in "×·*":
            self._product(sign, left, right)
        elif sign == "/":
            if not left or not right:
                self._pause(",")
            elif not re.search(rf"{_LETTER}{{2}}/{_LETTER}{{2}}", self.text[: piece.end() + 2]):
                self.put("over")
        elif sign == "|" and "(" in self.text[: self.at] and left and right:
            self.put("given")
        elif sign == "‖":
            self.norm = not self.norm
            self.put("norm of" if self.norm else "")
        elif sign == "∇":
            self.put("gradient of" if right else "nabla")
        elif sign == "." and left.isalnum() and right.isalpha():
            self.put("dot")
        elif sign in _PAUSES:
            self._pause(sign)
        elif sign == "%" and left == "" and self.place and self.words[self.place - 1][-1:].isdigit():
            self.put("percent")
        elif sign in _SIGNS:
            self.put(_SIGNS[sign])
        elif sign not in _SILENT:
            self.said.append(Unknown(sign))

    def _dash(self, sign: str, left: str, right: str) -> None:
        joins = left != "" and (left.isalnum() or left in _FRACTIONS + _SUPER + _SUB + ")%'")
        if sign == "−" or (not joins and right and (right.isdigit() or right in ".∞")):
            self.put("minus")
        elif joins and left.isdigit() and right.isdigit():
            self.put("to")
        elif not joins and not right:
            self._pause("—")

    def _product(self, sign: str, left: str, right: str) -> None:
        spaced = left == "" and right == ""
        if sign == "×":
            sizes = left.isalnum() and right.isalnum() and left != "" and right != ""
            self.put("by" if sizes else "times")
        elif sign == "·":
            before = left or self.before_word()[-1:]
            self.put("times" if before.isdigit() or right.isdigit() or not before else "dot")
        elif (left.isalnum() and right.isalnum()) or spaced:
            self.put("times")

    def _pause(self, mark: str) -> None:
        if self.said and isinstance(last := self.said[-1], Pause):
            self.said[-1] = Pause(last.mark + mark if mark not in last.mark else last.mark)
        else:
            self.said.append(Pause(mark))

    def _tight(self) -> bool:
        """Whether what comes now is said in one breath with the word before its hyphen."""
        return self.at > 1 and self.left() in "-‑" and self.text[self.at - 2].isalpha() and bool(self.said)

    def _applied(self, end: int) -> None:
        """f(x) is f of x."""
        if (
            self.after(end) == "("
            and self.after(end + 1) not in ("", ")")
            and self.text[end - 1 : end].isalnum()
        ):
            self.put("of")


def _tied(spoken: tuple[Word | Sound, ...], tight: bool) -> list[Word | Sound]:
    first = spoken[0]
    if not tight:
        return list(spoken)
    head = Word(first.text, True) if isinstance(first, Word) else Sound(first.phonemes, True)
    return [head, *spoken[1:]]


def _plural(spoken: list[Word | Sound], ending: str) -> list[Word | Sound]:
    last = spoken[-1]
    if isinstance(last, Word):
        text = last.text + "'s" if len(last.text) == 1 or "'" in ending else _pluralised(last.text)
        return [*spoken[:-1], Word(text, last.tight)]
    return [*spoken[:-1], Sound(with_s(last.phonemes), last.tight)]


def _pluralised(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _amount(number: str) -> list[str]:
    """1,797 and 0.27 and 007."""
    whole, point, decimals = number.replace(",", "").partition(".")
    if point:
        return decimal(whole, decimals)
    return digits(whole) if len(whole) > 1 and whole[0] == "0" else cardinal(int(whole))


def _signed(number: str) -> list[str]:
    sign = ["minus"] if number[0] in "−-" else []
    return sign + cardinal(int(number.lstrip("+−-")))


def _greek(letter: str) -> str:
    """The name of a Greek letter in small letters, or nothing."""
    name = unicodedata.name(letter, "")
    if not name.startswith("GREEK") and letter != "µ":
        return ""
    last = "mu" if letter == "µ" else name.split(" WITH ")[0].split()[-2 if name.endswith("SYMBOL") else -1]
    return _GREEK.get(last, last.lower())
