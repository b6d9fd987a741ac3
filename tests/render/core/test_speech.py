"""The silent pace keeps the time of a reader, for any text, and always the same."""

from __future__ import annotations

import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.core.fault import Exit, UsageFault
from render.core.speech import SilentPace, Speech, Voice
from render.core.syllable import spoken, syllables
from render.voice import voice_named

PACE = SilentPace()

NARRATION = """
Every tilt of this line separates the flowers perfectly. Which one would you trust with the next
flower? Grow the line into a street until a flower touches the kerb. Some directions leave a lane,
one leaves an avenue. The middle of the widest street is the line we keep. Ninety-seven flowers
leave, and the street does not notice. Take one of these three, and everything shifts: they are
called support vectors. From one side we widen the street; from the other we push on its kerbs, and
both stop at the same number. When no line works, trespassing has to be allowed, at a price that is
called C. A small C makes a wide street with many trespassers, a large C makes a narrow one that
turns for the sake of single flowers.
"""


def test_narration_runs_at_about_150_words_a_minute() -> None:
    speech = PACE.speak(NARRATION)
    pause_after_the_last_sentence = 0.4
    words_a_minute = 60 * len(speech.words) / (speech.seconds + pause_after_the_last_sentence)
    assert 140 <= words_a_minute <= 160


def test_a_voice_is_known_by_its_identity() -> None:
    voice: Voice = voice_named("silent")
    assert voice.identity(["Widest street."]) == "silent/1"
    assert voice.speak("Widest street.") == PACE.speak("Widest street.")


@pytest.mark.parametrize("name", ["silnt", "Silent"])
def test_an_unknown_voice_names_the_nearest(name: str) -> None:
    with pytest.raises(
        UsageFault, match=rf"VOICE={name}: expected one of silent, kokoro, .*\. Did you mean silent\?"
    ) as caught:
        voice_named(name)
    assert caught.value.exit is Exit.USAGE


def test_nothing_takes_no_time() -> None:
    assert PACE.speak(" \n ") == Speech(0.0, ())


texts = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=string.ascii_letters + string.digits + " .,;:—?!γ²−()%'", max_size=120),
)


@given(texts)
def test_words_are_those_of_the_text_one_after_the_other(text: str) -> None:
    speech = PACE.speak(text)
    assert " ".join(word.text for word in speech.words) == " ".join(text.split())
    assert all(0 <= word.start <= word.end <= speech.seconds for word in speech.words)
    assert all(one.end <= other.start for one, other in pairwise(speech.words))
    assert speech == PACE.speak(text)


@given(st.lists(st.sampled_from(["kerb", "γ", "1.397", "street,", "—", "R²", "C."]), min_size=1), st.data())
def test_a_word_takes_its_time_wherever_it_stands(tokens: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(tokens) - 1))
    word = PACE.speak(" ".join(tokens)).words[index]
    (alone,) = PACE.speak(tokens[index]).words
    assert word.text == alone.text
    assert word.end - word.start == pytest.approx(
        alone.end, abs=0.0021
    )  # each time is rounded to a millisecond


@pytest.mark.parametrize(
    ("mark", "gap"),
    [
        ("", 0),
        (",", 0.2),
        (";", 0.2),
        (":", 0.2),
        (" —", 0.2),
        (".", 0.4),
        ("?", 0.4),
        ("!", 0.4),
        (".”", 0.4),
    ],
)
def test_punctuation_adds_its_pause(mark: str, gap: float) -> None:
    before, *_, after = PACE.speak(f"street{mark} kerb").words
    assert after.start - before.end == pytest.approx(gap, abs=0.0021)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("kerb.", "kerb"),
        ("1.397", "one point three nine seven"),
        (".05", "zero point zero five"),
        ("150", "one hundred and fifty"),
        ("1,797", "one thousand seven hundred and ninety seven"),
        ("2005", "two thousand and five"),
        ("1000000", "one million"),
        ("1991", "nineteen ninety one"),
        ("1905", "nineteen oh five"),
        ("1900", "nineteen hundred"),
        ("5–9", "five to nine"),
        ("−28.6°", "minus twenty eight point six degrees"),
        ("(-5)", "minus five"),
        ("85%", "eighty five per cent"),
        ("γ", "gamma"),
        ("Σα", "sigma alpha"),
        ("λ", "lambda"),
        ("ε-tube", "epsilon tube"),
        ("C×γ", "c times gamma"),
        ("R²", "r squared"),
        ("½‖w‖²", "one half w squared"),
        ("x₁", "x one"),
        ("K(K−1)/2", "k k minus one over two"),
        ("and/or", "and or"),
        ("√d", "root d"),
        ("3-D", "three d"),
        ("SVM", "s v m"),
        ("K-means", "k means"),
        ("XGBoost", "x g boost"),
        ("GPT-2", "g p t two"),
        ("SHAP", "shap"),
        ("cm", "c m"),
        ("won’t", "won't"),
        ("naïve", "naive"),
        ("—", ""),
        ("...", ""),
    ],
)
def test_numbers_and_symbols_count_as_they_are_spoken(written: str, said: str) -> None:
    assert " ".join(spoken(written)) == said


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "the shape shapes scale turned used street points line squares v"),
        (2, "margin boxes lifted table labelled layer kernel circles being science"),
        (3, "gradient variance hyperplane linear ratio radius area idea created w"),
        (4, "algorithm material iteration dimensional"),
    ],
)
def test_syllables_are_those_of_a_dictionary(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_long_words_take_longer_than_short_ones() -> None:
    lengths = [PACE.speak(text).seconds for text in ("C", "margin", "hyperplane", "dimensionality", "1.397")]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) == len(lengths)
