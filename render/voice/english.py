"""English words as phonemes, from the dictionaries of misaki.

The dictionaries (``us_gold.json``, ``us_silver.json``) and the rules that make *rings* and *ringing* out of *ring*
are those of misaki 0.9.4 (https://github.com/hexgrad/misaki, Apache-2.0, ``misaki/en.py``), which Kokoro was trained
with; they are read and followed here without its part-of-speech tagger and without its guesses for unknown words.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from render.core.fault import EnvironmentFault

VOWELS = frozenset("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻɐ")
_LONG = frozenset("AIOQWYʤʧ")
_TAPPED = frozenset("AIOWYiuæɑəɛɪɹʊʌ")
"""After these a t is tapped: waiting, sorted."""
_MAIN, _SIDE = "ˈ", "ˌ"

_SPELLINGS = (
    (r"is(e|ed|er|ers|es|ing|ation|ations|able)$", r"iz\1"),
    (r"ys(e|ed|er|ers|es|ing)$", r"yz\1"),
    (r"our", "or"),
    (r"l(l(?:ed|ing|er|ers))$", r"\1"),
    (r"tre(s?)$", r"ter\1"),
    (r"ogue(s?)$", r"og\1"),
)
"""British spellings that the American dictionaries lack."""

_PREFIXES = {
    "auto": "ˌɔɾO", "co": "kˌO", "de": "dˌi", "hyper": "hˌIpəɹ", "inter": "ˌɪntəɹ", "mis": "mˌɪs", "multi": "mˌʌlti",
    "non": "nˌɑn", "out": "ˌWt", "over": "ˌOvəɹ", "pre": "pɹˌi", "re": "ɹˌi", "semi": "sˌɛmi", "sub": "sˌʌb",
    "un": "ˌʌn", "under": "ˌʌndəɹ",
}  # fmt: skip
"""What makes reweighted of weighted, and overfit of fit."""

Senses = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a word's sound depends on besides its letters."""

    sense: str = "DEFAULT"
    """As the dictionaries call it: DEFAULT, NOUN, VERB, ADJ, VBD, VBN, DT."""
    vowel: bool | None = None
    """Whether the next sound is a vowel; None before a pause and at the end."""


class English:
    """The dictionaries, and the words that can be made from theirs."""

    def __init__(self, gold: Mapping[str, str | Senses], silver: Mapping[str, str | Senses]) -> None:
        self._gold, self._silver = gold, silver

    @classmethod
    @functools.cache
    def load(cls) -> English:
        """The American dictionaries of the installed misaki.

        :raises EnvironmentFault: if there is no misaki.
        """
        try:
            data = importlib.resources.files("misaki.data")
            gold, silver = (
                cast("dict[str, str | Senses]", json.loads((data / name).read_text(encoding="utf-8")))
                for name in ("us_gold.json", "us_silver.json")
            )
        except (ModuleNotFoundError, FileNotFoundError) as error:
            raise EnvironmentFault(
                f"The pronouncing dictionaries are missing ({error}). Expected misaki 0.9.4: run `make setup`."
            ) from None
        return cls(gold, silver)

    def words(self) -> Iterator[str]:
        """Every word of the dictionaries."""
        yield from self._gold
        yield from self._silver

    def senses(self, word: str) -> Senses:
        """The sounds of ``word`` by sense, empty if it has no more than one."""
        entry = self._entry(word)
        return entry if isinstance(entry, Mapping) else {}

    def sound(self, word: str, setting: Setting = Setting()) -> str | None:
        """Phonemes of ``word``; None if neither the dictionaries nor their rules know it."""
        small = self._small_word(word, setting)
        if small is not None:
            return small
        for spelling in (word, *_american(word)):
            found = self._spelled_so(spelling, setting)
            if found is not None:
                return found
        return self._prefixed(word, setting)

    def _small_word(self, word: str, setting: Setting) -> str | None:
        """The words whose sound leans on the next one: the apple, the pear."""
        lower = word.lower()
        if word == "a":
            return "ɐ"
        if word in ("an", "An"):
            return "ɐn"
        if word in ("to", "To"):
            return {None: "tu", False: "tə", True: "tʊ"}[setting.vowel]
        if word in ("in", "In"):
            return "ˈɪn" if setting.vowel is None else "ɪn"
        if lower == "the" and word != "THE":
            return "ði" if setting.vowel else "ðə"
        if word == "I":
            return "ˌI"
        return "ɐm" if word == "am" and setting.vowel is not None else None

    def _spelled_so(self, word: str, setting: Setting) -> str | None:
        stress = None if word == word.lower() else 2 if word == word.upper() else 0.5
        if (
            len(word) > 1
            and word.replace("'", "").isalpha()
            and word != word.lower()
            and (word == word.upper() or word[1:] == word[1:].lower())
            and self._gold.get(word) is None
            and self._silver.get(word) is None
            and (len(word) > 2 or word != word.upper())
            and self._sound(word.lower(), setting, stress) is not None
        ):
            word = word.lower()
        return self._sound(word, setting, stress)

    def _prefixed(self, word: str, setting: Setting) -> str | None:
        lower = word.lower()
        for prefix, sound in _PREFIXES.items():
            rest = lower.removeprefix(prefix)
            if rest == lower or len(rest) < 3 or not rest.isalpha():
                continue
            found = self._spelled_so(rest, setting)
            if found is not None and _MAIN in found:
                return sound + found
        return None

    def _sound(self, word: str, setting: Setting, stress: float | None) -> str | None:
        found = self._listed(word, setting, stress)
        if found is None and word.endswith("s'"):
            found = self._listed(word[:-2] + "'s", setting, stress) or self._sound(word[:-1], setting, stress)
        if found is None:
            found = self._with_s(word, setting, stress)
        if found is None:
            found = self._with_ed(word, setting, stress)
        if found is None:
            found = self._with_ing(word, setting, 0.5 if stress is None else stress)
        return found

    def _entry(self, word: str) -> str | Senses | None:
        other = (
            word.capitalize() if word == word.lower() else word.lower() if word == word.capitalize() else word
        )
        for words in (self._gold, self._silver):
            entry = words.get(word) or (words.get(other) if len(word) > 1 else None)
            if entry is not None:
                return entry
        return None

    def _listed(self, word: str, setting: Setting, stress: float | None) -> str | None:
        """From the dictionaries; an abbreviation in capitals is spelled."""
        entry = self._entry(word)
        if isinstance(entry, Mapping):
            sense = "None" if setting.vowel is None and "None" in entry else setting.sense
            entry = entry.get(sense, entry["DEFAULT"])
        if entry is not None:
            return stressed(entry, stress)
        if word.isascii() and word.isalpha() and word == word.upper() and len(word) <= 5:
            return self.spelled(word)
        return None

    def spelled(self, letters: str) -> str:
        """The names of the capital ``letters``, with the stress on the last: SVM, and SVM's."""
        plain = letters.removesuffix("'s")
        names = "".join(str(self._gold[letter]) for letter in plain)
        head, mark, tail = stressed(names, 0).rpartition(_SIDE)
        sound = head + _MAIN + tail if mark else names
        return sound if plain == letters else with_s(sound)

    def _stem(self, candidates: list[str], setting: Setting, stress: float | None) -> str | None:
        for stem in candidates:
            found = self._listed(stem, setting, stress) if stem else None
            if found is not None:
                return found
        return None

    def _with_s(self, word: str, setting: Setting, stress: float | None) -> str | None:
        if len(word) < 3 or not word.endswith("s"):
            return None
        stems = [word[:-1]] if not word.endswith("ss") else []
        if word.endswith("'s") or (len(word) > 4 and word.endswith("es") and not word.endswith("ies")):
            stems.append(word[:-2])
        if word.endswith("'s") and self._listed(word[:-2], setting, stress) is None:
            # The possessive of a plural or of a made word: the others's, the optimiser's.
            made = self.sound(word[:-2], setting)
            return None if made is None else with_s(made)
        if len(word) > 4 and word.endswith("ies"):
            stems.append(word[:-3] + "y")
        stem = self._stem(stems, setting, stress)
        return None if stem is None else with_s(stem)

    def _with_ed(self, word: str, setting: Setting, stress: float | None) -> str | None:
        if len(word) < 4 or not word.endswith("d"):
            return None
        stems = [word[:-1]] if not word.endswith("dd") else []
        if len(word) > 4 and word.endswith("ed") and not word.endswith("eed"):
            stems += [word[:-2], *([word[:-3]] if word[-4] == word[-3] else [])]
        if len(word) > 4 and word.endswith("ied"):
            stems.append(word[:-3] + "y")
        stem = self._stem(stems, setting, stress)
        return None if stem is None else _with_ed(stem)

    def _with_ing(self, word: str, setting: Setting, stress: float | None) -> str | None:
        if len(word) < 5 or not word.endswith("ing"):
            return None
        stems = [word[:-3]] if len(word) > 5 else []
        stems.append(word[:-3] + "e")
        if len(word) > 5 and re.search(r"([bcdgklmnprstvxz])\1ing$|cking$", word):
            stems.append(word[:-4])
        stem = self._stem(stems, setting, stress)
        return None if stem is None else _with_ing(stem)


def with_s(stem: str) -> str:
    """``stem`` with the s of a plural, a verb or a possessive: cats, dogs, horses."""
    if stem[-1] in "ptkfθ":
        return stem + "s"
    return stem + ("ᵻz" if stem[-1] in "szʃʒʧʤ" else "z")


def _with_ed(stem: str) -> str:
    if stem[-1] in "pkfθʃsʧ":
        return stem + "t"
    if stem[-1] == "d":
        return stem + "ᵻd"
    if stem[-1] != "t":
        return stem + "d"
    return stem[:-1] + "ɾᵻd" if stem[-2:-1] and stem[-2] in _TAPPED else stem + "ᵻd"


def _with_ing(stem: str) -> str:
    return stem[:-1] + "ɾɪŋ" if len(stem) > 1 and stem[-1] == "t" and stem[-2] in _TAPPED else stem + "ɪŋ"


def stressed(sound: str, stress: float | None) -> str:
    """``sound`` with its stress raised or lowered, by misaki's scale.

    −1 lowers all, −0.5 and 0 lower a main stress; 0.5 gives a side stress, 2 a main stress to a word without any.
    """
    if stress is None:
        return sound
    if stress == -1 or (stress in (0, -0.5) and _MAIN in sound):
        return sound.replace(_SIDE, "").replace(_MAIN, _SIDE)
    bare = _MAIN not in sound and _SIDE not in sound
    if bare and stress >= 0:
        mark = _MAIN if stress > 1 else _SIDE
        return re.sub(f"(?=[{''.join(VOWELS)}])", mark, sound, count=1)
    if stress >= 1 and _MAIN not in sound:
        return sound.replace(_SIDE, _MAIN)
    return sound


def compounded(texts: list[str], sounds: list[str]) -> str:
    """The parts of a hyphened word said as one: the weaker half of the parts loses its main stress."""
    if len(sounds) == 2 and len(texts[0]) == 1:
        return sounds[0] + stressed(sounds[1], -0.5)
    if len(sounds) > 1 and sum(_MAIN in sound for sound in sounds) > (len(sounds) + 1) // 2:
        weight = [
            (_MAIN in sound, sum(2 if symbol in _LONG else 1 for symbol in sound), place)
            for place, sound in enumerate(sounds)
        ]
        weak = {place for *_, place in sorted(weight)[: len(sounds) // 2]}
        sounds = [stressed(sound, -0.5) if place in weak else sound for place, sound in enumerate(sounds)]
    return "".join(sounds)


def _american(word: str) -> Iterator[str]:
    for british, american in _SPELLINGS:
        changed = re.sub(british, american, word)
        if changed != word:
            yield changed
