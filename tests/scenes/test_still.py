"""Every ready lesson shows the key frames that a person has blessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from render.core.catalog import Topic, load_catalog
from tests import still

TOPICS = load_catalog(Path(__file__).parents[2] / "catalog.yaml").topics
READY = [topic for topic in TOPICS if topic.status == "ready"]


@pytest.mark.certified("pieces")
@pytest.mark.parametrize("topic", READY, ids=lambda topic: topic.slug)
def test_it_looks_as_it_was_blessed(topic: Topic) -> None:
    complaints = still.complaints(topic.slug, topic.module)
    assert not complaints, "\n".join(complaints)


def test_stills_belong_to_lessons() -> None:
    lessons = {topic.slug for topic in TOPICS if topic.status != "planned"}
    strays = {folder.name for folder in still.STILLS.iterdir()} - lessons
    assert not strays, f"{still.STILLS} has stills of what has no lesson: {', '.join(sorted(strays))}"
