"""What was said and what was heard are compared word by word, in the same plain words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.asr_check import BOUND, Heard, align, check, main, plain, rate, report


def heard(said: str, understood: str) -> Heard:
    return Heard(61.5, said, align(plain(said, str), plain(understood, str)))


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("Here it is widest: 1.397 centimetres.", "Here it is widest, 1.397 cm"),
        ("Only 96 percent.", "only ninety-six per cent"),
        ("They reach 96%.", "They reach 96 percent!"),
        ("A hundred and five flowers.", "100 5 flowers"),
        ("The 21st of 1,797 digits.", "the twenty first of 1797 digits"),
        ("A rubber band at 20 °C.", "a rubberband at twenty degrees Celsius"),
        ("It’s on the kerb.", "Its on the curb."),
    ],
)
def test_what_sounds_the_same_is_the_same(written: str, understood: str) -> None:
    assert heard(written, understood).slips == []


def test_slips_are_lost_made_up_and_mistaken_words() -> None:
    beat = heard("Gamma says how near it is.", "Gamma says so how near is")
    assert beat.slips == [("", "so"), ("it", "")]
    assert beat.said == 6
    assert heard("K nearest neighbours", "Canary neighbours").slips == [("k", "canary"), ("nearest", "")]
    assert rate([beat]) == pytest.approx(2 / 6)
    assert rate([beat, heard("one two three four", "one two three four")]) == pytest.approx(2 / 10)


def test_nothing_heard_is_every_word_lost() -> None:
    assert rate([heard("not a word", "")]) == 1.0


def test_the_report_has_rate_worst_beats_and_words() -> None:
    beats = [heard("the slack of it", "the slacks of it"), heard("no slack here now", "no slacks here now")]
    lines = list(report("film", beats))
    assert (
        lines[0] == f"film: word error rate 25.0 % (2 slips in 8 words): expected {100 * BOUND:g} % at most"
    )
    assert lines[1] == "  1:01.5  25 %  slack → slacks   [the slack of it]"
    assert lines[-1] == "  2 × slack → slacks"
    assert list(report("film", [heard("well said", "well said")])) == [
        "film: word error rate 0.0 % (0 slips in 2 words): understood"
    ]


def test_what_cannot_be_heard_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["film", "--out", str(tmp_path)]) == 2
    assert "film is not rendered. Run: make render TOPIC=film VOICE=kokoro" in capsys.readouterr().err
    (tmp_path / "film").mkdir()
    timeline = tmp_path / "film" / "timeline.json"
    timeline.write_text(json.dumps({"voice": "silent/1"}))
    assert check(timeline.parent) == "film is silent. Run: make render TOPIC=film VOICE=kokoro"
    timeline.write_text(json.dumps({"voice": "kokoro/1"}))
    assert check(timeline.parent) is None
    assert main([]) == 2
