"""Numbers are read back from what is said: each with its value, its last place, and how exactly it holds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.core import number
from render.core.spoken_number import SpokenNumber, read_numbers


def only(text: str) -> SpokenNumber:
    (found,) = read_numbers(text)
    assert text[found.start : found.end] == found.text
    return found


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        ("1.397", "digits", "1.397"),
        ("1,797 digits", "digits", "1797"),
        ("it falls to −0.16.", "digits", "-0.16"),
        ("minus 0.924", "digits", "-0.924"),
        ("top-5", "digits", "5"),
        ("911 thousand", "digits", "911000"),
        ("3 thousand million", "digits", "3000000000"),
        ("zero", "cardinal", "0"),
        ("Ninety-seven flowers", "cardinal", "97"),
        ("a hundred", "cardinal", "100"),
        ("All hundred are", "cardinal", "100"),
        ("two hundred and eighty steps", "cardinal", "280"),
        ("ten thousand", "cardinal", "10000"),
        ("a thousand million", "cardinal", "1000000000"),
        ("two million three thousand", "cardinal", "2003000"),
        ("half a dozen", "", None),
        ("a dozen", "cardinal", "12"),
        ("twenty-layer nets", "cardinal", "20"),
        ("the eleventh sweep", "ordinal", "11"),
        ("the twenty-first", "ordinal", "21"),
        ("the 23rd", "ordinal", "23"),
        ("a hundredth", "fraction", "1/100"),
        ("nine tenths of it", "fraction", "9/10"),
        ("two-thirds", "fraction", "2/3"),
        ("a third stays out", "fraction", "1/3"),
        ("two halves", "fraction", "1"),
        ("half of w", "fraction", "1/2"),
        ("minus a half", "fraction", "-1/2"),
        ("two and a half", "fraction", "5/2"),
        ("a million-millionth", "fraction", "1/1000000000000"),
        ("twice", "times", "2"),
        ("it halves", "times", "1/2"),
        ("tenfold", "times", "10"),
        ("six-fold", "times", "6"),
        ("ten thousandfold", "times", "10000"),
        ("12-fold", "times", "12"),
    ],
)
def test_a_number_is_read_in_whatever_form_it_is_said(text: str, form: str, value: str | None) -> None:
    if value is None:
        assert len(read_numbers(text)) == 2
    else:
        assert (only(text).form, only(text).value) == (form, Fraction(value))


@pytest.mark.parametrize(
    "text",
    ["both of them", "hundreds of digits", "halfway", "a half-open gate", "F1 and L2", "five-0", "v0.2.1"],
)
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert [found.text for found in read_numbers(text)] in ([], ["five", "0"])


@given(st.integers(0, 10**15 - 1))
def test_what_is_said_is_read(value: int) -> None:
    assert only(" ".join(number.cardinal(value))).value == value


@given(st.integers(0, 999), st.integers(1, 999))
def test_two_counts_in_a_row_stay_two(one: int, other: int) -> None:
    texts = ["-".join(number.cardinal(each)) if each < 100 else str(each) for each in (one, other)]
    assert [found.value for found in read_numbers(", ".join(texts))] == [one, other]
    assert [found.value for found in read_numbers("six and seven")] == [6, 7]


def test_the_last_place_is_the_one_that_is_spoken() -> None:
    places = {"1.560": "0.001", "911 thousand": "1000", "ninety": "1", "2.4 million": "100000"}
    assert {text: only(text).place for text in places} == {t: Fraction(p) for t, p in places.items()}


@pytest.mark.parametrize("text", ["98.5 percent", "98.5 per cent", "98.5 %", "98.5%"])
def test_a_percentage_knows_that_it_is_one(text: str) -> None:
    assert only(text).percent and only(text).value == Fraction("98.5") and only(text).text == text
    assert not only("98.5 of them").percent


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("It is 7.", ""),
        ("Only 7.", ""),
        ("about 37 percent", "about"),
        ("Roughly a third", "about"),
        ("seven or so", "about"),
        ("almost six-fold", "nearly"),
        ("more than a hundred", "above"),
        ("at least the 7", "above"),
        ("7 or more", "above"),
        ("under 7 percent", "below"),
        ("is proline at most 755?", "below"),
        ("No number is off by more than 0.002.", "below"),
        ("No crowd gets below 3.9.", "above"),
        ("It does not. More than 7.", "above"),
        ("no more than 7", "below"),
        ("not less than 7", "above"),
    ],
)
def test_what_is_said_about_it_is_kept(text: str, hedge: str) -> None:
    assert only(text).hedge == hedge
