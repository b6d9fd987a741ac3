"""One spelling, two words: we use it, its use; to live, live data.

The sense of a word is told from its neighbours by a few rules.  They are right in the usual sentences of a lesson and
no grammar: where they err, a phrase in ``scenes/lexicon`` says what is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DETERMINERS = _words(
    "the a an my your his her its our their this these those no some any every each another whose"
)
_NUMBERS = _words("two three four five six seven eight nine ten few many several most more both all")
_OF_PLACE = _words("of in for with without by from on at as into than is was like not about")
_BEFORE_NOUN = (
    _DETERMINERS
    | _NUMBERS
    | _words("that of in for with without by from on at as into than per")
    | _words("one first second third last next same only")
)
_BEFORE_VERB = _words(
    "to will would can could may might must shall should cannot don't doesn't didn't won't can't couldn't"
) | _words("let lets let's i we you they who not never always please")
_BE = _words("am is are was were be been being isn't aren't it's that's")
_HAVE = _words("have has had having i've we've you've they've haven't hasn't hadn't")
_SINGULAR = _words("it he she this that which who nobody everybody everyone somebody each one")
_OBJECTS = _DETERMINERS | _words("them him us me it all both everything everyone what how")
_ATTRIBUTES = _words("own new old good best other single whole true real")

_NO_NOUN = _words("close closer combine converse intimate invalid produce refuse sow upset")
"""After the or a these are more often not the noun that the dictionaries know: the close neighbours."""
_VERB_FIRST = _words("live lives")
"""A verb unless something speaks against it: the good trials live here, the live world, five lives."""


def sense(word: str, before: Sequence[str], after: str | None, known: Collection[str]) -> str:
    """Which of the senses ``known`` of ``word`` is meant between the words ``before`` it and the one ``after``.

    All words are in small letters; ``before`` reaches back to the last pause, ``after`` is None at a pause.
    """
    last = before[-1] if before else None
    if word == "used":
        habit = after == "to" and last in {"i", "we", "you", "they", "he", "she", "it", "never"}
        return "VBD" if habit else "DEFAULT"
    if word == "that":
        points = last is None or last in _OF_PLACE or after is None
        return "DT" if points and after not in _DETERMINERS else "DEFAULT"
    if word in ("read", "reread"):
        return "VBN" if last in _HAVE | _BE | {"it", "he", "she", "ever", "already", "never"} else "DEFAULT"
    if "VERB" in known and _is_verb(word, before, after):
        return "VERB"
    if "NOUN" in known and word not in _NO_NOUN and _is_noun(word, before, after):
        return "NOUN"
    if "ADJ" in known and last in _DETERMINERS and after is not None and after != "of":
        return "ADJ"
    return "DEFAULT"


def _is_verb(word: str, before: Sequence[str], after: str | None) -> bool:
    last = before[-1] if before else None
    if word in _VERB_FIRST:
        if last is None:
            return after is None or after in _OF_PLACE | {"here", "there"}
        plural = _NUMBERS if word == "lives" else frozenset[str]()
        return last not in (_DETERMINERS - {"each"}) | _OF_PLACE | _BE | plural | {"go", "goes", "stay"}
    if last in _BEFORE_VERB:
        return True
    if last in _DETERMINERS | _BE | _ATTRIBUTES | {"of"}:
        return False
    if word.endswith("s") and last in _SINGULAR:
        return True
    return after in _OBJECTS


def _is_noun(word: str, before: Sequence[str], after: str | None) -> bool:
    last = before[-1] if before else None
    if last in _BEFORE_VERB:
        return False
    if after == "of" or last in _BEFORE_NOUN:
        return after not in _DETERMINERS or last in _DETERMINERS
    if word.endswith("s") or last is None or last.endswith(("s", "ly")) or last in _OBJECTS | _BE:
        return False
    return any(earlier in _DETERMINERS for earlier in before[-3:-1])
