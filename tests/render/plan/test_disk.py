"""What a lesson reads besides code: the data of one topic are nothing to another one."""

from __future__ import annotations

from pathlib import Path

from render.plan.disk import names_of, state_of


def write(root: Path, path: str, text: str = "") -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def states(root: Path, names: list[str]) -> list[str]:
    return [state_of(root, name) for name in names]


def test_data_of_one_topic_change_what_its_own_lesson_reads_and_no_other(tmp_path: Path) -> None:
    birds = names_of([], ["scenes/maths/__init__.py", "scenes/maths/birds/table.py"])
    bells = names_of([], ["scenes/maths/__init__.py", "scenes/maths/bells/curve.py"])
    write(tmp_path, "scenes/maths/bells/curve.csv", "1")
    write(tmp_path, "scenes/maths/birds/data/table.csv", "1")
    before = states(tmp_path, birds), states(tmp_path, bells)
    write(tmp_path, "scenes/maths/birds/data/table.csv", "2")
    after = states(tmp_path, birds), states(tmp_path, bells)
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_a_file_of_another_topic_that_is_read_counts_by_its_name(tmp_path: Path) -> None:
    read = "scenes/maths/birds/table.csv"
    names = names_of([read], ["scenes/maths/__init__.py", "scenes/maths/bells/curve.py"])
    assert read in names
    write(tmp_path, read, "1")
    before = states(tmp_path, names)
    write(tmp_path, read, "2")
    assert states(tmp_path, names) != before


def test_a_file_beside_the_topics_counts_for_all_of_them(tmp_path: Path) -> None:
    names = names_of([], ["scenes/maths/__init__.py", "scenes/maths/bells/curve.py"])
    before = states(tmp_path, names)
    write(tmp_path, "scenes/maths/shared.csv", "1")
    assert states(tmp_path, names) != before
