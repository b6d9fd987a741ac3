"""The command line: what is given in a wrong way is told before anything is done."""

from __future__ import annotations

import pytest

from render.__main__ import main


@pytest.mark.parametrize("command", [["render"], ["review"], ["sheet", "svm"]])
@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--memory", "lots", "--memory: 'lots': expected 0 or a larger number"),
        ("--memory", "-5", "expected 0 or a larger number"),
        ("--patience", "soon", "--patience: 'soon': expected seconds, more than 0"),
        ("--patience", "0", "expected seconds, more than 0"),
        ("--patience", "inf", "expected seconds, more than 0"),
        ("--workers", "two", "--workers: invalid int value"),
    ],
)
def test_bounds_are_numbers(
    command: list[str], option: str, value: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main([*command, f"{option}={value}"])
    assert end.value.code == 2
    assert words in capsys.readouterr().err
