"""The site is made also where something of one topic is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from render.cli import hub
from render.cli.__main__ import main
from render.core.catalog import Topic
from render.core.fault import Exit, JobFault
from render.store.rendered import Stock
from scripts.chaos import ROOT


def test_a_broken_figure_is_told_and_the_site_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It used to leave the whole site as it was."""
    asked: list[str] = []

    def make(root: Path, build: Path, topics: list[Topic]) -> None:
        asked.extend(topic.slug for topic in topics)
        if topics[0].slug == "svm":
            raise JobFault("scenes/figure/svm.py failed with code 1")

    built: list[Path] = []
    monkeypatch.setattr(hub, "read_stock", lambda _: Stock(dict.fromkeys(("svm", "transformers")), ()))  # type: ignore[arg-type]
    monkeypatch.setattr(hub, "make_figures", make)
    monkeypatch.setattr(hub, "build_site", lambda *given, **_: built.append(given[2]))
    assert main(["--root", str(ROOT), "--build", str(tmp_path), "hub"]) == Exit.JOB_FAILED
    assert asked == ["svm", "transformers"] and built == [tmp_path / "site"]
    assert capsys.readouterr().err == "svm: scenes/figure/svm.py failed with code 1\n"
