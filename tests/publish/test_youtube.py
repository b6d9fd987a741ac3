"""A channel brought up to date, through the real client library, on a server that speaks the real protocol."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from render.store.ledger import NAME
from tests.publish.desk import Clock, Desk
from tests.publish.project import Lesson
from tests.publish.youtube_server import UNIT, Trouble


def test_a_lesson_comes_with_all_that_belongs_to_it(desk: Desk) -> None:
    desk.project.lesson("lines").languages = ("en", "de")
    desk.project.write()
    desk.publish()
    seen = {video["snippet"]["title"]: video for video in desk.server.snapshot()["videos"]}
    assert set(seen) == {"Lines", "Streets", "Cubes"}
    lines = seen["Lines"]
    file = desk.project.build / "out" / "lines" / "lines.mp4"
    assert lines["content"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert lines["thumbnail"] == hashlib.sha256(file.with_name("poster.png").read_bytes()).hexdigest()
    assert [language for language, _ in lines["captions"]] == ["de", "en"]
    assert "00:00 Look at it\n00:12 It rises\n00:24 So it is two" in lines["snippet"]["description"]
    assert "https://learn.small-hub.org/hub/lines/" in lines["snippet"]["description"]
    assert lines["status"] == {
        "privacyStatus": "private",
        "selfDeclaredMadeForKids": False,
        "containsSyntheticMedia": True,
        "license": "creativeCommon",
        "embeddable": True,
        "uploadStatus": "uploaded",
    }
    assert (lines["snippet"]["categoryId"], lines["snippet"]["defaultLanguage"]) == ("27", "en")


def test_playlists_hold_the_sections_in_the_catalogs_order(desk: Desk) -> None:
    desk.publish("streets")
    desk.publish()
    names = {desk.on_channel(slug): slug for slug in ("lines", "streets", "cubes")}
    told = {
        playlist["snippet"]["title"]: [names[entry["snippet"]["resourceId"]["videoId"]] for entry in entries]
        for id, entries in desk.server.entries.items()
        for playlist in [desk.server.playlists[id]]
    }
    assert told == {"Basics Things": ["lines", "streets"], "Beyond Things": ["cubes"]}
    assert desk.channel.playlists["basics"].order == ("lines", "streets")


def test_a_second_run_changes_nothing_and_costs_a_look(desk: Desk) -> None:
    desk.publish()
    before, spent, ledger = (
        desk.server.snapshot(),
        desk.server.spent(),
        (desk.project.root / NAME).read_bytes(),
    )
    desk.publish()
    assert desk.server.snapshot() == before
    assert desk.server.spent() - spent == 2
    assert (desk.project.root / NAME).read_bytes() == ledger
    assert desk.plan().steps == ()


def test_what_a_plan_says_is_what_a_run_does_and_costs(desk: Desk) -> None:
    plan = desk.plan(privacy="public")
    assert not (desk.project.root / NAME).exists()
    assert not desk.server.calls
    desk.publish(privacy="public")
    assert [(subject, kind) for subject, kind, _ in desk.told.done] == desk.steps(plan)
    assert desk.server.spent() <= plan.cost.units <= desk.server.spent() + 5  # the look foresees a page
    assert desk.server.calls["videos.insert"] == plan.cost.uploads == 3


def test_the_ledger_holds_no_secret(desk: Desk) -> None:
    desk.publish()
    ledger = (desk.project.root / NAME).read_text()
    for secret in ("upload_id", "http", "refresh-1", "secret-1", str(desk.home)):
        assert secret not in ledger


def test_a_changed_text_is_an_update_and_nothing_else(desk: Desk) -> None:
    desk.publish()
    lesson = desk.project.lesson("streets")
    lesson.title, lesson.blurb = "Wide Streets", lesson.blurb.replace("one question", "another question")
    desk.project.write()
    plan = desk.plan()
    assert desk.steps(plan) == [("streets", "text")]
    assert plan.steps[-1].reason == "changed"
    id = desk.on_channel("streets")
    desk.publish()
    assert desk.on_channel("streets") == id
    assert desk.server.videos[id]["snippet"]["title"] == "Wide Streets"
    assert desk.server.calls["videos.insert"] == 3
    assert desk.plan().steps == ()


def test_changed_captions_and_a_new_language_are_sent_alone(desk: Desk) -> None:
    desk.publish()
    lesson = desk.project.lesson("lines")
    lesson.words, lesson.languages = "Look at that line.", ("en", "fr")
    desk.project.write()
    plan = desk.plan()
    assert [(step.part, step.reason, step.cost.units) for step in plan.steps if step.kind == "captions"] == [
        ("en", "changed", 450),
        ("fr", "new", 400),
    ]
    desk.publish()
    texts = {
        track["snippet"]["language"]: desk.server.caption_texts[id]
        for id, track in desk.server.captions.items()
        if track["snippet"]["videoId"] == desk.on_channel("lines")
    }
    assert {language: "that line" in text for language, text in texts.items()} == {"en": True, "fr": True}


def test_a_changed_video_waits_for_replace(desk: Desk) -> None:
    desk.publish()
    before = desk.server.snapshot()
    lesson = desk.project.lesson("lines")
    lesson.chapters = ((0, "Look at it"), (11, "It rises"), (24, "So it is two"))
    lesson.words = "New words."
    film = desk.project.root / "other.mp4"
    film.write_bytes(desk.project.film.read_bytes() + b"\0\0\0\x09freex")
    lesson.film = film
    desk.project.write()
    plan = desk.plan()
    assert plan.steps == ()
    assert "lines: the video has changed, and YouTube exchanges none" in plan.notices[0]
    desk.publish()
    assert desk.server.snapshot() == before

    old = desk.on_channel("lines")
    assert ("lines", "upload") in desk.steps(desk.plan(replace=True))
    desk.publish(replace=True)
    new = desk.on_channel("lines")
    assert new != old
    assert desk.video("lines").replaced == (old,)
    playlist = next(entries for entries in desk.server.entries.values() if len(entries) == 2)
    assert [entry["snippet"]["resourceId"]["videoId"] for entry in playlist] == [
        new,
        desk.on_channel("streets"),
    ]
    assert old in desk.server.videos  # what viewers have linked to is a person's to take away
    assert desk.plan(replace=True).steps == ()


def test_a_video_drawn_anew_in_the_same_time_keeps_its_texts_up_to_date(desk: Desk) -> None:
    desk.publish()
    film = desk.project.root / "other.mp4"
    film.write_bytes(desk.project.film.read_bytes() + b"\0\0\0\x09freex")
    lesson = desk.project.lesson("lines")
    lesson.film, lesson.title = film, "Straight Lines"
    desk.project.write()
    mark = f"mlhub-lines-{desk.server.content[desk.on_channel('lines')][:12]}"
    assert desk.steps(desk.plan()) == [("lines", "text")]
    desk.publish()
    snippet = desk.server.videos[desk.on_channel("lines")]["snippet"]
    assert (snippet["title"], snippet["tags"][0]) == ("Straight Lines", mark)


def test_the_catalogs_order_is_kept_with_as_few_moves_as_can_be(desk: Desk) -> None:
    desk.project.lessons = [Lesson(f"topic-{letter}") for letter in "abcd"]
    desk.project.write()
    desk.publish()
    stranger = desk.server.add_video("Somebody else's")
    (playlist,) = desk.server.entries
    entry = {"id": "entry-x", "snippet": {"playlistId": playlist, "resourceId": {"videoId": stranger}}}
    desk.server.entries[playlist].insert(1, entry)
    desk.project.lessons = [desk.project.lesson(f"topic-{letter}") for letter in "dabc"]
    desk.project.write()
    plan = desk.plan()
    assert [(step.subject, step.kind, step.cost.units) for step in plan.steps[1:]] == [
        ("basics", "order", 51)
    ]
    desk.publish()
    names = {desk.on_channel(f"topic-{letter}"): letter for letter in "abcd"} | {stranger: "x"}
    order = "".join(names[one["snippet"]["resourceId"]["videoId"]] for one in desk.server.entries[playlist])
    assert order == "daxbc"
    assert desk.plan().steps == ()


def test_a_topic_that_moves_to_another_section_moves_to_its_playlist(desk: Desk) -> None:
    desk.publish()
    desk.project.lesson("streets").section = "beyond"
    desk.project.write()
    assert ("streets", "entry") in desk.steps(desk.plan())
    desk.publish()
    assert sorted(len(entries) for entries in desk.server.entries.values()) == [1, 2]
    assert desk.channel.playlists["beyond"].order == ("streets", "cubes")
    assert desk.plan().steps == ()


def test_a_video_is_opened_only_when_all_its_parts_are_there(desk: Desk) -> None:
    desk.server.troubles.append(Trouble("captions.insert", 400, "invalidMetadata"))
    outcome = desk.run("lines", privacy="public")
    assert outcome.exit == 1
    assert desk.server.videos[desk.on_channel("lines")]["status"]["privacyStatus"] == "private"
    assert desk.video("lines").playlist is not None  # what does not need the captions went on
    desk.publish("lines", privacy="public")
    assert desk.server.videos[desk.on_channel("lines")]["status"]["privacyStatus"] == "public"
    assert {playlist["status"]["privacyStatus"] for playlist in desk.server.playlists.values()} == {"public"}


def test_the_calendar_opens_one_video_at_each_date(desk: Desk, clock: Clock) -> None:
    desk.publish("lines", every="mon,thu 16:00")
    desk.publish(every="mon,thu 16:00")
    at = {
        slug: desk.server.videos[desk.on_channel(slug)]["status"]["publishAt"]
        for slug in ("lines", "streets", "cubes")
    }
    assert at == {
        "lines": "2026-11-30T15:00:00Z",
        "streets": "2026-12-03T15:00:00Z",
        "cubes": "2026-12-07T15:00:00Z",
    }
    clock.now = datetime(2026, 12, 4, tzinfo=UTC)
    assert desk.channel.videos["lines"].release is not None
    assert desk.plan(every="mon,thu 16:00").steps == ()


def test_a_setting_that_changes_does_not_hide_what_is_public_by_now(desk: Desk, clock: Clock) -> None:
    desk.publish(every="daily 16:00")
    clock.advance(days=10)
    desk.project.settings = desk.project.settings.replace("synthetic_media: true", "synthetic_media: false")
    desk.project.write()
    assert {step.words for step in desk.plan().steps if step.kind == "release"} == {"settings"}
    desk.publish()
    for video in desk.server.snapshot()["videos"]:
        status = video["status"]
        assert (status["privacyStatus"], status["containsSyntheticMedia"]) == ("public", False)


def test_an_upload_is_sent_in_chunks_and_never_twice(desk: Desk) -> None:
    desk.publish("lines")
    size = (desk.project.build / "out/lines/lines.mp4").stat().st_size
    assert desk.server.bytes_in == size
    assert desk.server.calls["upload"] == 1 + -(-size // UNIT)  # one question, then the chunks


def test_a_lesson_can_be_found_again_when_the_ledger_is_lost(desk: Desk) -> None:
    desk.publish(privacy="unlisted")
    before = desk.server.snapshot()
    (desk.project.root / NAME).unlink()
    assert ("lines", "upload") in desk.steps(desk.plan())
    desk.publish()
    assert desk.server.calls["videos.insert"] == 3
    assert desk.server.calls["playlists.insert"] == 2
    assert desk.server.snapshot() == before
    assert desk.plan().steps == ()
    assert ("lines", f"found on the channel: https://youtu.be/{desk.on_channel('lines')}") in desk.told.said


def test_a_lesson_that_was_uploaded_by_hand_is_known_by_its_mark(desk: Desk) -> None:
    (publication,) = desk.publications(["lines"])
    id = desk.server.add_video("Lines", tags=["maths", publication.mark], privacy="public")
    desk.publish("lines")
    assert desk.on_channel("lines") == id
    assert desk.server.calls["videos.insert"] == 0
    assert desk.server.videos[id]["status"]["privacyStatus"] == "public"


def test_no_two_steps_of_a_plan_are_the_same(desk: Desk) -> None:
    steps = [(step.subject, step.kind, step.part) for step in desk.plan().steps]
    assert len(set(steps)) == len(steps) == 15
