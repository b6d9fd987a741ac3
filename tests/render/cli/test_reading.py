"""What readers get: pictures and words of a lesson in one folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from render.cli.reading import FULL, PHONE, main_stretches
from tests.conftest import Run


def test_the_folder_holds_what_a_reader_needs_and_nothing_else(tiny: Path, mlhub: Run) -> None:
    catalog = tiny / "catalog.yaml"
    catalog.write_text(catalog.read_text().replace("status: planned", "status: draft"))
    done = mlhub("reading", "moving-dot", "someday")
    assert done.returncode == 1, "a topic without a scene fails, the others go on"
    assert "someday" in done.stderr
    folder = tiny / "build" / "reading" / "moving-dot"
    assert done.stdout == f"{folder}\n"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    strips = {name for name in files if name.startswith("strips/")}
    assert len(strips) >= 2
    assert {name.split("/")[1][:2] for name in strips} == {"01", "02"}
    assert files - strips == {
        "sheet/01.png", "sheet/02.png", "frames/01.png", "frames/02.png", "frames/poster.png",
        "phone/01.png", "phone/02.png", "transcript.md", "terms.md",
    }  # fmt: skip
    for name in ("01", "02", "poster"):
        with Image.open(folder / "frames" / f"{name}.png") as frame:
            assert frame.size == FULL
    with Image.open(folder / "phone" / "01.png") as phone:
        assert phone.width == 16 + 4 * (PHONE + 16)
    words = (folder / "transcript.md").read_text()
    told = [line for line in words.splitlines() if "[1." in line or "[2." in line]
    assert len(told) >= 3
    assert told[0].startswith("0:00.0 [1.1] ")
    assert [line.partition(" ")[0] for line in told] == sorted(line.partition(" ")[0] for line in told)
    assert not list((tiny / "build").glob("out/*")), "nothing is encoded"


def test_a_second_reading_takes_the_place_of_the_first(tiny: Path, mlhub: Run) -> None:
    folder = tiny / "build" / "reading" / "still-square"
    assert mlhub("reading", "still-square").returncode == 0
    (folder / "strips" / "of-old.png").write_bytes(b"")
    assert mlhub("reading", "still-square").returncode == 0
    assert not (folder / "strips" / "of-old.png").exists()


def test_strips_are_taken_where_most_changes() -> None:
    pictures = [np.zeros((12, 12, 3), np.uint8) for _ in range(40)]
    for at in range(20, 26):
        pictures[at] = np.full((12, 12, 3), 40 * (at - 19), np.uint8)
    assert main_stretches(pictures, 8, 2) == [0, 19], (
        "from the last picture before it begins to the first after it"
    )
    assert main_stretches(pictures[:5], 8, 2) == [0]
