"""What goes wrong: each told in one line with what to do, and nothing lost or done twice."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from publish.step import Halt
from publish.youtube.fault import Refusal
from publish.youtube.patience import TRIES
from render.core.fault import Exit
from tests.publish.desk import MORNING, Clock, Desk, sit_down
from tests.publish.project import Lesson, three_lessons
from tests.publish.youtube_server import UNIT, Trouble, YouTubeServer, serve_youtube, token_json

EACH_ONCE = {"videos.insert": 3, "playlists.insert": 2, "playlistItems.insert": 3, "captions.insert": 3}


def stopped(desk: Desk, words: str, code: Exit, **wishes: object) -> None:
    """A run that has to stop, in one line that says ``words``."""
    outcome = desk.run(**wishes)  # type: ignore[arg-type]
    assert outcome.halted is not None
    assert words in str(outcome.halted)
    assert "\n" not in str(outcome.halted)
    assert outcome.exit == code


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory, film: Path) -> object:
    """The channel after an undisturbed run."""
    home = tmp_path_factory.mktemp("calm")
    with pytest.MonkeyPatch.context() as patch, serve_youtube(YouTubeServer(now=MORNING)) as server:
        desk = sit_down(three_lessons(home / "project", film), server, home, patch)
        desk.publish()
        return server.snapshot()


# --- consent ---


def test_without_consent_nothing_is_begun(desk: Desk) -> None:
    desk.token = " "
    stopped(desk, "YOUTUBE_TOKEN: ", Exit.ENVIRONMENT)
    assert not desk.server.calls


@pytest.mark.parametrize("when", ["before", "between"])
def test_a_consent_that_ended_or_was_taken_back(desk: Desk, when: str) -> None:
    if when == "before":
        desk.server.refresh_tokens.clear()
    else:

        def take_back(method: str, phase: str) -> None:
            if (method, phase) == ("thumbnails.set", "done"):
                desk.server.refresh_tokens.clear()
                desk.server.access_tokens.clear()

        desk.server.watch = take_back
    stopped(desk, "The consent has expired or was taken back", Exit.ENVIRONMENT)
    assert desk.server.calls["videos.insert"] <= 1
    desk.server.watch = lambda method, phase: None
    desk.server.refresh_tokens.add("refresh-1")
    desk.publish()
    assert desk.server.calls["videos.insert"] == 3


def test_an_access_token_that_runs_out_is_renewed_unseen(desk: Desk) -> None:
    def run_out(method: str, phase: str) -> None:
        if method != "token" and phase == "answered":
            desk.server.access_tokens.clear()

    desk.server.watch = run_out
    desk.publish()
    assert not desk.slept


def test_a_consent_for_less_than_is_needed(desk: Desk) -> None:
    desk.server.scope = "https://www.googleapis.com/auth/youtube.readonly"
    stopped(desk, "The consent does not cover what is to be done", Exit.ENVIRONMENT)


def test_a_consent_that_the_api_does_not_take(desk: Desk) -> None:
    desk.server.troubles.append(Trouble("channels.list", 401, "authError", times=9))
    stopped(desk, "Google does not know the consent any more. Give consent again: mlhub", Exit.ENVIRONMENT)
    assert desk.server.calls["channels.list"] <= 3  # the library renews its access token, and asks again
    assert not desk.slept


def test_a_sign_in_that_does_not_answer_is_asked_again(desk: Desk) -> None:
    desk.server.troubles.append(Trouble("token", 503, "unavailable", times=2))
    desk.publish("lines")
    assert desk.server.calls["videos.insert"] == 1


def test_an_api_that_is_not_switched_on(desk: Desk) -> None:
    desk.server.troubles.append(Trouble("channels.list", 403, "accessNotConfigured"))
    stopped(desk, "is not enabled in the API project", Exit.ENVIRONMENT)


def test_the_wrong_channel(desk: Desk) -> None:
    desk.publish("lines")
    desk.server.channel = "UCzyxwvutsrqponmlkjihgfe"
    stopped(
        desk, "The consent is for the channel “Small Channel” (UCzyxwvutsrqponmlkjihgfe)", Exit.ENVIRONMENT
    )


# --- quota ---


def test_the_quota_of_the_day_is_kept_and_the_run_goes_on_the_next_day(desk: Desk, clock: Clock) -> None:
    desk.project.settings = desk.project.settings.replace(
        "audited: true", "audited: true\n      units_a_day: 1100"
    )
    desk.project.write()
    plan = desk.plan()
    assert [len(day.steps) for day in plan.days] == [10, 5]
    outcome = desk.run()
    assert isinstance(outcome.halted, Halt)
    assert outcome.halted.until == datetime(2026, 12, 1, 8, tzinfo=UTC)  # midnight in California
    assert outcome.exit == Exit.JOB_FAILED
    assert desk.server.spent() <= 1100
    clock.advance(hours=21)
    assert isinstance(desk.run().halted, Halt)
    clock.advance(hours=2)
    desk.publish()
    assert {method: desk.server.calls[method] for method in EACH_ONCE} == EACH_ONCE


def test_what_others_have_used_of_the_quota_stops_a_run(desk: Desk) -> None:
    desk.server.units_a_day = 700
    outcome = desk.run()
    assert isinstance(outcome.halted, Halt)
    assert "Google says that today's quota is used" in str(outcome.halted)
    assert outcome.halted.until == datetime(2026, 12, 1, 8, tzinfo=UTC)
    desk.server.units_a_day = 10_000
    desk.publish()
    assert desk.server.calls["videos.insert"] == 3


@pytest.mark.parametrize(
    ("trouble", "words", "hours"),
    [
        (
            Trouble("videos.insert", 400, "uploadLimitExceeded", times=9),
            "as many videos as YouTube allows",
            24,
        ),
        (Trouble("videos.insert", 403, "quotaExceeded", times=9), "today's quota is used", 22),
        (
            Trouble("videos.insert", 429, "rateLimitExceeded", "limit 'Video uploads per day'", times=9),
            "today's quota is used",
            22,
        ),
    ],
)
def test_a_limit_of_the_day_is_not_tried_again(desk: Desk, trouble: Trouble, words: str, hours: int) -> None:
    desk.server.troubles.append(trouble)
    outcome = desk.run()
    assert isinstance(outcome.halted, Halt)
    assert words in str(outcome.halted)
    assert outcome.halted.until == desk.server.now() + timedelta(hours=hours)
    assert desk.server.calls["videos.insert"] == 1
    assert not desk.slept


# --- what passes ---


@pytest.mark.parametrize("after", [False, True], ids=["not heard", "done, and the answer lost"])
@pytest.mark.parametrize("status", [0, 503], ids=["no answer", "503"])
@pytest.mark.parametrize(
    "method",
    [
        "videos.insert",
        "upload",
        "thumbnails.set",
        "captions.insert",
        "playlists.insert",
        "playlistItems.insert",
        "channels.list",
    ],
)
def test_what_passes_is_tried_again_and_nothing_is_there_twice(
    desk: Desk, calm: object, method: str, status: int, after: bool
) -> None:
    desk.server.troubles.append(Trouble(method, status, times=2, after=after))
    desk.publish()
    assert desk.server.snapshot() == calm
    assert len(desk.slept) >= 1
    assert desk.plan().steps == ()


def test_waits_grow_and_end(desk: Desk) -> None:
    desk.server.troubles.append(Trouble("thumbnails.set", 500, times=99))
    stopped(desk, "YouTube answers 500 backendError, 7 times in a row.", Exit.JOB_FAILED)
    assert len(desk.slept) == TRIES - 1
    assert all(2**n <= wait <= 1.25 * 2**n for n, wait in enumerate(desk.slept))


def test_what_google_says_is_told_on_one_line_and_without_its_tags(desk: Desk) -> None:
    message = 'You have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.\nWait.'
    desk.server.troubles.append(Trouble("videos.insert", 403, "quotaExceeded", message))
    stopped(desk, "used (You have exceeded your quota . Wait.).", Exit.JOB_FAILED)


def test_a_page_in_place_of_an_answer_is_told_on_one_line() -> None:
    page = b"<html><style>p {color: red}</style>\n<body>\n<p>Bad\nGateway</p></body></html>"
    assert Refusal.read(502, page) == Refusal(502, "", "Bad Gateway")


def test_the_server_says_how_long_to_wait(desk: Desk) -> None:
    desk.server.troubles.append(Trouble("thumbnails.set", 503, headers={"Retry-After": "20"}))
    desk.publish()
    assert desk.slept == [20.0]


def test_chunks_that_break_are_sent_from_where_they_broke(desk: Desk, calm: object) -> None:
    desk.chunk = 2 * UNIT
    desk.server.troubles += [Trouble("break", times=3), Trouble("upload", 503, times=2, skip=1, after=True)]
    desk.publish()
    assert desk.server.snapshot() == calm
    whole = sum(publication.video.bytes for publication in desk.publications())
    assert whole < desk.server.bytes_in <= whole + 3 * desk.chunk


def test_a_bad_line_does_not_wear_out_a_run_that_gets_on(desk: Desk, calm: object) -> None:
    desk.server.troubles += [Trouble("upload", 503, skip=1, after=True) for _ in range(12)]
    desk.publish()
    assert desk.server.snapshot() == calm


@pytest.mark.parametrize("arrived", ["some", "all"])
def test_a_session_that_is_gone_begins_anew_unless_the_video_is_there(
    desk: Desk, calm: object, arrived: str
) -> None:
    skip = 2 if arrived == "some" else 4
    desk.server.troubles.append(Trouble("upload", 0, times=99, skip=skip, after=True))
    stopped(desk, "YouTube cannot be reached", Exit.ENVIRONMENT)
    assert desk.video("lines").upload is not None
    desk.server.troubles.clear()
    for session in desk.server.sessions.values():
        session.is_gone = True
    desk.publish()
    assert desk.server.snapshot() == calm
    assert desk.server.calls["videos.insert"] == (4 if arrived == "some" else 3)


def test_a_session_that_is_gone_with_its_last_answer_is_not_begun_anew(desk: Desk, calm: object) -> None:
    desk.server.troubles.append(Trouble("upload", 404, "notFound", skip=4, after=True))
    desk.publish()
    assert desk.server.snapshot() == calm
    assert desk.server.calls["videos.insert"] == 3


def test_a_session_of_another_machine_is_begun_anew(desk: Desk, calm: object) -> None:
    desk.server.troubles.append(Trouble("upload", 0, times=99, skip=2))
    stopped(desk, "YouTube cannot be reached", Exit.ENVIRONMENT)
    desk.server.troubles.clear()
    desk.home = desk.home / "another"
    desk.publish()
    assert desk.server.snapshot() == calm
    assert desk.server.calls["videos.insert"] == 4


def test_without_a_network_the_run_says_so(desk: Desk) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    desk.token = token_json(desk.server).replace(desk.server.address, f"http://127.0.0.1:{port}/")
    stopped(desk, "YouTube cannot be reached", Exit.ENVIRONMENT)
    assert len(desk.slept) == TRIES - 1


def test_a_host_without_a_name_is_no_network(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(host: str, *_: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    desk.token = token_json(desk.server).replace(desk.server.address, "http://no-such-host.invalid/")
    stopped(desk, "YouTube cannot be reached (no network", Exit.ENVIRONMENT)


# --- what a person has to decide ---


def test_a_title_that_somebody_else_has_is_not_uploaded_a_second_time(desk: Desk) -> None:
    id = desk.server.add_video("LINES")
    outcome = desk.run()
    assert outcome.exit == Exit.JOB_FAILED
    assert f"a video of this title already, https://youtu.be/{id}" in desk.told.failed["lines"]
    assert "mlhub publish adopt lines=" in desk.told.failed["lines"]
    assert {video["snippet"]["title"] for video in desk.server.videos.values()} == {
        "LINES",
        "Streets",
        "Cubes",
    }


def test_a_video_that_was_deleted_by_hand_comes_back_only_when_asked(desk: Desk) -> None:
    desk.publish()
    id = desk.on_channel("lines")
    desk.server.delete_video(id)
    outcome = desk.run()
    assert outcome.exit == Exit.JOB_FAILED
    assert (
        "is not on the channel any more: deleted by hand? --replace uploads it anew"
        in desk.told.failed["lines"]
    )
    assert desk.on_channel("lines") == id
    desk.publish(replace=True)
    assert desk.on_channel("lines") != id
    assert desk.video("lines").replaced == (id,)
    assert desk.channel.playlists["basics"].order == ("lines", "streets")
    assert desk.plan().steps == ()


def test_captions_that_were_deleted_by_hand_are_sent_anew(desk: Desk) -> None:
    desk.publish()
    desk.server.captions.clear()
    desk.project.lesson("lines").words = "Other words."
    desk.project.write()
    desk.publish()
    (track,) = desk.server.captions.values()
    assert track["snippet"]["videoId"] == desk.on_channel("lines")
    assert desk.video("lines").captions["en"].id == track["id"]
    assert "Other words." in desk.server.caption_texts[track["id"]]
    assert desk.plan().steps == ()


@pytest.mark.parametrize("touched", ["entry", "order", "playlist"])
def test_a_playlist_that_was_deleted_by_hand_is_made_anew_by_the_next_run(desk: Desk, touched: str) -> None:
    desk.publish("lines", "streets")
    match touched:
        case "entry":
            desk.project.lessons.append(Lesson("waves"))
        case "order":
            desk.project.lessons.insert(0, desk.project.lessons.pop(1))
    desk.project.write()
    if touched == "playlist":
        catalog = desk.project.root / "catalog.yaml"
        catalog.write_text(catalog.read_text().replace("What stands first.", "What stands here."))
    desk.server.delete_playlist("Basics Things")
    wanted = [lesson.slug for lesson in desk.project.lessons if lesson.section == "basics"]
    assert desk.run(*wanted).exit == Exit.JOB_FAILED
    assert "the playlist is not on the channel any more: run again" in " ".join(desk.told.failed.values())
    desk.publish(*wanted)
    (entries,) = desk.server.entries.values()
    assert [entry["snippet"]["resourceId"]["videoId"] for entry in entries] == [*map(desk.on_channel, wanted)]
    assert desk.plan(*wanted).steps == ()


def test_a_video_that_youtube_refuses_is_told(desk: Desk) -> None:
    desk.publish()
    status = desk.server.videos[desk.on_channel("lines")]["status"]
    status |= {"uploadStatus": "rejected", "rejectionReason": "duplicate"}
    outcome = desk.run()
    assert outcome.exit == Exit.JOB_FAILED
    assert "it takes it for a copy of another video" in desk.told.failed["lines"]


def test_thumbnails_that_the_channel_may_not_set(desk: Desk) -> None:
    desk.server.troubles.append(Trouble("thumbnails.set", 403, "forbidden", times=3))
    outcome = desk.run()
    assert outcome.exit == Exit.JOB_FAILED
    assert "verify a phone number" in desk.told.failed["lines"]
    assert len(desk.server.captions) == 3


def test_a_long_lesson_needs_a_verified_channel(desk: Desk) -> None:
    desk.server.long_uploads = "eligible"
    desk.publish("lines")
    (streets,) = desk.publications(["streets"])
    found = [str(objection) for objection in desk.target().check([replace(streets, seconds=901.0)])]
    assert any("streets: it is longer than 15 minutes" in words for words in found)


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_wrong_clock_is_told_before_anything_is_sent(desk: Desk, hours: int) -> None:
    desk.now = desk.server.now() + timedelta(hours=hours)
    stopped(desk, f"180 minutes {'ahead of' if hours > 0 else 'behind'} Google's", Exit.ENVIRONMENT)
    assert desk.server.calls["videos.insert"] == 0


def test_a_video_that_is_there_twice_is_told(desk: Desk) -> None:
    (publication,) = desk.publications(["lines"])
    for _ in range(2):
        desk.server.add_video("Lines", tags=[publication.mark])
    desk.publish("lines")
    assert any(subject == "lines" and "is there twice; delete" in words for subject, words in desk.told.said)
    assert desk.server.calls["videos.insert"] == 0
