"""What is shown is said as a teacher would read it aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.voice.lexicon import Entry, Lexicon, Sound, Word
from render.voice.spoken_text import Pause, Unknown, say

LEXICON = Lexicon(
    [
        Entry("L1", ((Word("ell"), Word("one")),)),
        Entry("IoU", ((Word("I"), Word("O", tight=True), Word("U", tight=True)),)),
        Entry("He", ((Word("pronoun"),),)),
        Entry("softmax", ((Sound("sˈɔftmˌæks"),),)),
        Entry("so He puts", ((Word("so"),), (Word("huh"),), (Word("puts"),))),
        Entry("e.g.", ((Word("for"), Word("example")),)),
        Entry("top", ((Word("upper"),),)),
        Entry("top-k", ((Word("best"), Word("k")),)),
    ]
)


def spoken(text: str) -> str:
    """All that is said, a bar between the words on the screen and a hyphen inside one breath."""
    tokens = []
    for token in say(text, LEXICON):
        said = ""
        for item in token.spoken:
            if isinstance(item, Pause):
                said += item.mark
            else:
                name = {Word: "text", Sound: "phonemes", Unknown: "sign"}[type(item)]
                said += ("-" if getattr(item, "tight", False) else " ") + getattr(item, name)
        tokens.append(said.strip())
    return " | ".join(tokens)


NUMBERS = {
    "0": "zero",
    "54": "fifty four",
    "120": "one hundred and twenty",
    "1,265": "one thousand two hundred and sixty five",
    "2,000": "two thousand",
    "2,876,001": "two million eight hundred and seventy six thousand and one",
    "17 632": "seventeen thousand | six hundred and thirty two",
    "273 280.": "two hundred and seventy three thousand | two hundred and eighty.",
    "1 000 002": "one million |  | and two",
    "0.27": "zero point two seven",
    ".05": "zero point zero five",
    "1.397": "one point three nine seven",
    "007": "zero zero seven",
    "−28.6": "minus twenty eight point six",
    "-3": "minus three",
    "±1": "plus or minus one",
    "99.5 %": "ninety nine point five | percent",
    "70%": "seventy percent",
    "20th": "twentieth",
    "1st 2nd 3rd 12th 31st": "first | second | third | twelfth | thirty first",
    "0s and 1s": "zeros | and | ones",
    "3:2": "three to two",
    "70:30": "seventy to thirty",
    "1:30": "one thirty",
    "9:05": "nine oh five",
    "1:00": "one o'clock",
    "3:20 odds": "three to twenty | odds",
    "½": "one half",
    "2½": "two and one half",
    "3/4": "three quarters",
    "5/400": "five over four hundred",
    "10⁻³": "ten to the minus three",
    "2e−7": "two times ten to the minus seven",
    "1e5": "ten to the five",
    "0–16": "zero to sixteen",
    "16×16": "sixteen by sixteen",
    "3 × 4": "three | times | four",
    "10×": "ten times",
    "3-D": "three D",
    "$5 and €1": "five dollars | and | one euro",
    "Python 3.11": "Python | three point eleven",
    "scipy 1.17.1": "scipy | one point seventeen point one",
    "about 3.11": "about | three point one one",
}
YEARS = {
    "in 1991": "in | nineteen ninety one",
    "since 1857": "since | eighteen fifty seven",
    "1905.": "nineteen oh five.",
    "in 1900": "in | nineteen hundred",
    "in 2000": "in | two thousand",
    "In 2024, it": "In | twenty twenty four, | it",
    "1991–2010": "nineteen ninety one to twenty ten",
    "the 1990s": "the | nineteen nineties",
    "a 1974 survey": "a | nineteen seventy four | survey",
    "2000 samples": "two thousand | samples",
    "in 1797 digits": "in | one thousand seven hundred and ninety seven | digits",
    "1797 digits": "one thousand seven hundred and ninety seven | digits",
    "n = 1974": "N | equals | nineteen seventy four",
    "2048": "two thousand and forty eight",
    "1024": "one thousand and twenty four",
    "2010 kB": "two thousand and ten | kilobytes",
    "2010 %": "two thousand and ten | percent",
}
UNITS = {
    "3 cm": "three | centimetres",
    "1 cm": "one | centimetre",
    "0.1 cm": "zero point one | centimetres",
    "30ms": "thirty milliseconds",
    "5 °C": "five | degrees Celsius",
    "1 °C": "one | degree Celsius",
    "28.6°": "twenty eight point six degrees",
    "64 kB": "sixty four | kilobytes",
    "4 cm²": "four | square centimetres",
    "3 km/h": "three | kilometres per hour",
    "5 s": "five | seconds",
    "the s": "the | S",
    "in cm.": "in | centimetres.",
}
FORMULAS = {
    "w·x + b = 1": "W dot X | plus | B | equals | one",
    "w · x": "W | dot | X",
    "3·10⁻¹⁸": "three times ten to the minus eighteen",
    "k=5": "K equals five",
    "x²": "X squared",
    "x³": "X cubed",
    "2ⁿ": "two to the N",
    "√2": "root two",
    "Kᵀ": "K transpose",
    "A⁻¹": "A inverse",
    "10⁻¹": "ten to the minus one",
    "x₁": "X one",
    "x_1": "X one",
    "wᵢ": "W I",
    "ŷ": "Y hat",
    "x̄": "X bar",
    "x′": "X prime",
    "γ²=4": "gamma squared equals four",
    "Σα": "sum of alpha",
    "Δx": "delta X",
    "5 µm": "five | micrometres",
    "∇f": "gradient of F",
    "∂L/∂w": "partial L over partial W",
    "f(x)": "F of X",
    "p(x|c)": "P of X given C",
    "softmax(QKᵀ/√d)V": "sˈɔftmˌæks of QK transpose over root D V",
    "‖w‖": "norm of W",
    "a ≤ b": "A | at most | B",
    "p → q": "P | to | Q",
    "≠": "is not",
    "6 ÷ 2": "six | divided by | two",
    "x/y": "X over Y",
}
LETTERS = {
    "a line": "a | line",
    "A line": "a | line",
    "a 16×16 stencil": "a | sixteen by sixteen | stencil",
    "a = 3": "A | equals | three",
    "Between a and b.": "Between | A | and | B.",
    "a plus b": "A | plus | B",
    "a plus sign": "a | plus | sign",
    "a dot asks": "a | dot | asks",
    "a squared distance": "a | squared | distance",
    "Take a.": "Take | A.",
    "Path: A A B.": "Path: | A | A | B.",
    "label A is": "label | A | is",
    "k nearest": "K | nearest",
    "two a's": "two | A's",
    "C is the price": "C | is | the | price",
    "U.S. data": "U S | data",
    "the U.S. It": "the | U S. | It",
}
WORDS = {
    "ninety-seven": "ninety-seven",
    "leave-one-out": "leave-one-out",
    "ε-tube": "epsilon-tube",
    "16-wide": "sixteen wide",
    "and/or": "and or",
    "programmers’ words": "programmers | words",
    "bias–variance": "bias variance",
    "wait — now": "wait | — | now",
    "one—two": "one— two",
    "Ben…?": "Ben…?",
    "and so...": "and | so…",
    '"Grow it," he said.': "Grow | it, | he | said.",
    "seen / heard": "seen | , | heard",
    "*far*": "far",
    "(or not)": "or | not",
    "naïve Schütze": "naive | Schutze",
    "model.fit": "model dot fit",
    "body_mass": "body mass",
}
ENTRIES = {
    "L1": "ell one",
    "L1-norm": "ell one norm",
    "L10": "L ten",
    "IoU.": "I-O-U.",
    "IoUs": "I-O-U's",
    "IoU's": "I-O-U's",
    "mIoU": "mIoU",
    "Softmax": "sˈɔftmˌæks",
    "softmaxes": "sˈɔftmˌæksᵻz",
    "softmax's": "sˈɔftmˌæksᵻz",
    "He said he": "pronoun | said | he",
    "So He puts two": "So | pronoun | puts | two",
    "and so He puts, then": "and | so | huh | puts, | then",
    "so, He puts": "so, | pronoun | puts",
    "e.g. this": "for example | this",
    "top-k": "best k",
    "top-5": "upper five",
    "stop": "stop",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=text)
        for cases in (NUMBERS, YEARS, UNITS, FORMULAS, LETTERS, WORDS, ENTRIES)
        for text, expected in cases.items()
    ],
)
def test_it_is_said(text: str, expected: str) -> None:
    assert spoken(text) == expected


def test_a_sign_without_a_name_is_kept_for_the_error() -> None:
    assert say("a ☃ b", LEXICON)[1].spoken == (Unknown("☃"),)


@given(
    st.one_of(
        st.text(max_size=60),
        st.text(alphabet="aAkxIL1 0123456789.,:;-–−—/×·²½%°()‖|'’sé", max_size=60),
    )
)
def test_there_is_one_token_for_each_word_on_the_screen(text: str) -> None:
    assert [token.shown for token in say(text, LEXICON)] == text.split()
