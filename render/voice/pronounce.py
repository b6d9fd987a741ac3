"""What is said -> the phonemes that Kokoro reads, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from render.core.fault import UsageFault
from render.voice import homograph
from render.voice.english import VOWELS, English, Setting, compounded
from render.voice.lexicon import SYMBOLS, Lexicon, Sound, Word
from render.voice.spoken_text import Pause, Spoken, Token, Unknown, say

__all__ = ["SYMBOLS", "Lexicon", "Said", "UnknownWord", "pronounce", "unknown_words"]


@dataclass(frozen=True, slots=True)
class Said:
    """A word on the screen, punctuation attached, and its sound."""

    shown: str
    phonemes: str
    """In the symbols of Kokoro, with the punctuation it breathes at; empty if nothing is said."""


class UnknownWord(UsageFault):
    """A narration has a word that neither the lexicon nor the dictionaries can say.

    ``file`` is where it should be taught; ``taught`` a file of another lesson that does it already, if there is one.
    """

    def __init__(
        self, word: str, text: str, nearest: Sequence[str] = (), *, file: str, taught: str | None = None
    ) -> None:
        self.word, self.text, self.nearest = word, text, tuple(nearest)
        near = f"Nearest: {', '.join(nearest)}." if nearest else "Nothing is near it."
        super().__init__(
            f"Nobody has said how {word!r} is pronounced, in: {text}\n"
            + (
                f"{taught} says it for another lesson. Repeat its line in {file}."
                if taught
                else f'{near} Add it to {file}, as "{word}" = {{ say = "other English words" }} '
                f'or {{ phonemes = "..." }}.'
            )
        )


def pronounce(text: str, lexicon: Lexicon) -> tuple[Said, ...]:
    """What ``text`` sounds like: one for each of its whitespace-separated words, in order.

    The phonemes that are not empty, with one space between them, are what the model reads.

    :raises UnknownWord: at the first word that nobody knows how to say.
    :raises EnvironmentFault: if the dictionaries are not installed.
    """
    english = English.load()
    tokens = say(text, lexicon)
    unknown = _unknown(tokens, english)
    if unknown:
        word = unknown[0]
        taught = lexicon.elsewhere.get(word) or lexicon.elsewhere.get(word.lower())
        raise UnknownWord(word, text, _nearest(word, lexicon, english), file=lexicon.file, taught=taught)
    return tuple(
        Said(token.shown, sound.replace("ɾ", "T").replace("ʔ", "t"))  # as misaki writes them for Kokoro 1.0
        for token, sound in zip(tokens, _sounds(tokens, english), strict=True)
    )


def unknown_words(text: str, lexicon: Lexicon) -> list[str]:
    """The words of ``text`` that nobody knows how to say, each once, in order."""
    return list(dict.fromkeys(_unknown(say(text, lexicon), English.load())))


def _unknown(tokens: Sequence[Token], english: English) -> list[str]:
    unknown = []
    for token in tokens:
        for item in token.spoken:
            if isinstance(item, Unknown):
                unknown.append(item.sign)
            elif isinstance(item, Word) and english.sound(item.text) is None:
                unknown.append(item.text)
    return unknown


def _nearest(word: str, lexicon: Lexicon, english: English) -> list[str]:
    """Up to three entries that look like ``word``, those of the lexicon first."""
    folded = word.lower()
    own = {entry.key.lower(): entry.key for entry in lexicon.entries}
    near = [own[key] for key in difflib.get_close_matches(folded, own, n=3, cutoff=0.6)]
    like = {
        known.lower(): known
        for known in english.words()
        if known[:1].lower() == folded[:1] and abs(len(known) - len(word)) <= 2
    }
    near += [like[key] for key in difflib.get_close_matches(folded, like, n=3, cutoff=0.7)]
    return list(dict.fromkeys(near))[:3]


@dataclass(frozen=True, slots=True)
class _Spot:
    """One thing that is said, and where."""

    token: int
    item: Spoken


def _sounds(tokens: Sequence[Token], english: English) -> list[str]:
    """Phonemes of each token.  Read from the end, because a word leans on the one after it."""
    spots = [_Spot(place, item) for place, token in enumerate(tokens) for item in token.spoken]
    sounds: list[str] = [""] * len(spots)
    vowel: bool | None = None
    for place in range(len(spots) - 1, -1, -1):
        sounds[place] = _sound(spots, place, vowel, english)
        opening = next((sign for sign in sounds[place] if sign not in "ˈˌ"), None)
        if opening is not None:
            vowel = opening in VOWELS if opening.isalpha() else None
    joined = [""] * len(tokens)
    place = 0
    while place < len(spots):
        end = place + 1
        while end < len(spots) and isinstance(item := spots[end].item, Word | Sound) and item.tight:
            end += 1
        token = spots[place].token
        glue = "" if isinstance(spots[place].item, Pause) or not joined[token] else " "
        joined[token] += glue + _compound(spots[place:end], sounds[place:end], english)
        place = end
    return joined


def _compound(spots: Sequence[_Spot], sounds: Sequence[str], english: English) -> str:
    """What is said in one breath; letters are an abbreviation, and the dictionaries have some hyphened words."""
    if len(spots) == 1:
        return sounds[0]
    texts = [spot.item.text if isinstance(spot.item, Word) else "sound" for spot in spots]
    if all(re.fullmatch(r"[A-Z](?:'s)?", text) for text in texts):
        return english.spelled("".join(texts))
    return english.sound("-".join(texts)) or compounded(texts, list(sounds))


def _sound(spots: Sequence[_Spot], place: int, vowel: bool | None, english: English) -> str:
    item = spots[place].item
    if isinstance(item, Pause):
        return item.mark
    if isinstance(item, Sound):
        return item.phonemes
    if isinstance(item, Unknown):
        return ""
    senses = english.senses(item.text)
    known = homograph.sense(item.text.lower(), *_around(spots, place), senses) if senses else "DEFAULT"
    return english.sound(item.text, Setting(known, vowel)) or ""


def _around(spots: Sequence[_Spot], place: int) -> tuple[list[str], str | None]:
    """The words before, back to the last pause, and the word after, if no pause comes first; in small letters."""
    before: list[str] = []
    for spot in reversed(spots[max(0, place - 4) : place]):
        if not isinstance(spot.item, Word):
            break
        before.insert(0, spot.item.text.lower())
    following = spots[place + 1].item if place + 1 < len(spots) else None
    return before, following.text.lower() if isinstance(following, Word) else None
