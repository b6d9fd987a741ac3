"""Every lesson that the catalog calls ready keeps the rules, without exception.

What the rules are stands in :mod:`tests.scenes.harness`; docs/authoring.md tells them to authors.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hub.note import hear, note_path, read_note
from render.core.profile import PROFILES
from render.core.speech import SilentPace
from render.store.rendered import Script
from tests.limit import LONG
from tests.scenes.harness.claims import MOST_WAIVERS
from tests.scenes.harness.rules import RULES
from tests.scenes.harness.table import lesson, test_of
from tests.scenes.harness.telling import READY, telling

SLUGS = [topic.slug for topic in READY]


@pytest.mark.timeout(LONG)  # where what lessons train has never been trained on this machine
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.certified("truth")
@pytest.mark.parametrize("slug", SLUGS)
def test_a_lesson_keeps_the_rule(slug: str, rule: str) -> None:
    if wrong := [fault.message for fault in RULES[rule](lesson(slug))]:
        pytest.fail("\n".join([str(RULES[rule].__doc__), *wrong]), pytrace=False)


@pytest.mark.parametrize("slug", SLUGS)
def test_few_claims_are_waived_and_all_waivers_are_told(
    slug: str, record_property: Callable[[str, object], None]
) -> None:
    waived = [
        (chapter, words, why)
        for chapter, entries in test_of(slug).WAIVERS.items()
        for words, why in entries.items()
    ]
    for chapter, words, why in waived:
        record_property("waived", f"{slug}: {chapter}: “{words}”: {why}")
    assert len(waived) <= MOST_WAIVERS


@pytest.mark.certified("truth")
@pytest.mark.parametrize("slug", SLUGS)
def test_the_lesson_says_every_phrase_of_its_note(slug: str) -> None:
    profile = PROFILES["draft"]
    record = telling(slug).timeline.public_record(quality=profile.name, fps=profile.fps)
    heard = hear(read_note(note_path(slug)), Script.model_validate(record))
    assert len(heard.terms) == len(read_note(note_path(slug)).note.terms)


@pytest.mark.certified("truth")
@pytest.mark.parametrize("slug", SLUGS)
def test_a_telling_is_timed_by_the_silent_pace(slug: str) -> None:
    pace, timeline = SilentPace(), telling(slug).timeline
    assert timeline.voice == pace.identity(())
    assert all(beat.speech == pace.speak(beat.text).seconds for _, _, beat in timeline.beats())
