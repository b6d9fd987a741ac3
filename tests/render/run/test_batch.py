"""The orchestrator: one loop for every goal, and it knows its executor by the protocol alone."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from render.core.catalog import Topic, load_catalog
from render.core.fault import EnvironmentFault, Exit, JobFault, worst
from render.core.profile import PROFILES
from render.core.speech import SilentPace
from render.core.timeline import Beat, Chapter, Timeline
from render.plan.fingerprint import surroundings
from render.plan.lesson_plan import cut
from render.plan.planner import Planner
from render.plan.probe import Probe, ProbeTask, Sources
from render.plan.rehearsal import Rehearsal
from render.plan.speak import SpeakTask
from render.review.gate import Gate
from render.run.batch import Batch, Goal
from render.run.progress import FailureLines, PlainLines
from render.run.reporter import Reporter
from render.run.review_goal import ReviewGoal
from render.run.video_goal import VideoGoal
from render.store.store import Record, Store, write_json
from render.task.executor import Done, Event, Failed, Started
from render.task.task import Failure, Task

PROBE = Probe(Timeline("moving-dot", "A moving dot", "silent/1", ()), {}, Sources({}, {}, {}), {})


@dataclass
class Scripted:
    """An executor whose tasks come to what ``outcomes`` says, by their names; where it says nothing they fail."""

    outcomes: dict[str, Record | Failure]
    workers: int = 7
    asked: list[Task] = field(default_factory=list)

    def add(self, tasks: Iterable[Task]) -> None:
        self.asked.extend(tasks)

    def events(self) -> Generator[Event, None, None]:
        for task in self.asked:  # grows meanwhile
            yield Started(task)
            outcome = self.outcomes.get(task.name, Failure("nobody is there", None, ""))
            yield Failed(task, outcome) if isinstance(outcome, Failure) else Done(task, outcome, 1.5)

    def finish(self) -> None:
        self.asked.clear()

    @property
    def names(self) -> list[str]:
        """What was asked for, in order."""
        return [f"{task.slug}: {task.name}" for task in self.asked]


@dataclass(frozen=True, slots=True)
class Step(Task):
    """A task of a goal of this test."""

    label: str

    @property
    def name(self) -> str:
        return self.label


class Staircase(Goal):
    """A goal of so many steps for each topic, one after the other."""

    def __init__(self, name: str, steps: int, *, needs_probe: bool = True) -> None:
        self.name, self.steps, self.needs_probe = name, steps, needs_probe
        self.told_of: list[str] = []

    def begin(self, topic: Topic) -> list[Task]:
        return [] if self.needs_probe else [self.step(topic.slug, 0)]

    def told(self, topic: Topic, probe: Probe) -> list[Task]:
        self.told_of.append(topic.slug)
        return [self.step(topic.slug, 0)]

    def done(self, event: Done) -> list[Task]:
        name, _, number = event.task.name.partition(" ")
        if name != self.name or int(number) + 1 == self.steps:
            return []
        return [self.step(event.task.slug, int(number) + 1)]

    def step(self, slug: str, number: int) -> Step:
        return Step(Path(), Path(), slug, "", "silent", f"{self.name} {number}")


class Ears(Reporter):
    """Keeps what fails."""

    def __init__(self) -> None:
        self.failures: list[str] = []

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        self.failures.append(f"{slug}: {task}: {failure.message}")


@pytest.fixture
def topics(tiny: Path) -> list[Topic]:
    return [topic for topic in load_catalog(tiny / "catalog.yaml").topics if topic.status == "ready"]


@pytest.fixture
def rehearsal(tiny: Path) -> Rehearsal:
    return Rehearsal(tiny, Store(tiny / "build"), "silent")


Run = Callable[..., tuple[Exit, Scripted, list[str]]]


@pytest.fixture
def run(rehearsal: Rehearsal, topics: list[Topic]) -> Run:
    """Run a batch with these goals, whose tasks come to what is given; exit code, executor and failures."""

    def run(*goals: Goal, **outcomes: Record | Failure) -> tuple[Exit, Scripted, list[str]]:
        named = {name.replace("_", " "): outcome for name, outcome in outcomes.items()}
        executor, ears = Scripted(named), Ears()
        code = Batch(rehearsal, goals, ears, opener=lambda workers: executor).run(topics)
        return code, executor, ears.failures

    return run


def test_a_batch_runs_on_any_executor(tiny: Path, rehearsal: Rehearsal, topics: list[Topic]) -> None:
    asked: list[int | None] = []
    executor = Scripted({})

    def refuse(workers: int | None) -> Scripted:
        asked.append(workers)
        return executor

    reporter = PlainLines(tiny / "build")
    video = VideoGoal(tiny, Planner(rehearsal.store, PROFILES["draft"]), "silent", reporter)
    assert Batch(rehearsal, [video], reporter, 3, refuse).run(topics) == Exit.JOB_FAILED
    assert asked == [3]
    assert executor.names == ["moving-dot: probe", "still-square: probe"]


def test_a_review_runs_in_the_same_batch(tiny: Path, rehearsal: Rehearsal, run: Run) -> None:
    review = ReviewGoal(Gate(tiny, rehearsal.store, "silent"), Reporter())
    code, _, failures = run(review)
    assert code == Exit.JOB_FAILED and review.exit == Exit.DONE
    assert failures == ["moving-dot: probe: nobody is there", "still-square: probe: nobody is there"]


def test_goals_are_served_in_their_order_and_hear_of_every_task(run: Run) -> None:
    one, two = Staircase("one", 3), Staircase("two", 1)
    steps: dict[str, Record] = {"one_0": {}, "one_1": {}, "one_2": {}, "two_0": {}}
    code, executor, failures = run(one, two, probe=PROBE.to_record(), **steps)
    assert (code, failures) == (Exit.DONE, [])
    for slug in ("moving-dot", "still-square"):
        names = [task.name for task in executor.asked if task.slug == slug]
        assert names == ["probe", "one 0", "two 0", "one 1", "one 2"]


def test_a_goal_that_needs_no_telling_is_begun_at_once(run: Run) -> None:
    goal = Staircase("one", 1, needs_probe=False)
    code, executor, _ = run(goal, one_0={})
    assert code == Exit.DONE and goal.told_of == []
    assert executor.names == ["moving-dot: one 0", "still-square: one 0"]


def test_a_task_that_fails_stops_its_topic_alone_and_the_gravest_end_counts(run: Run) -> None:
    class Faulty(Staircase):
        exit = Exit.REVIEW

    code, _, failures = run(Faulty("one", 1), probe=PROBE.to_record(), one_0={})
    assert (code, failures) == (Exit.REVIEW, [])
    code, _, failures = run(Faulty("one", 2), probe=PROBE.to_record(), one_0={})
    assert code == Exit.JOB_FAILED
    assert failures == ["moving-dot: one 1: nobody is there", "still-square: one 1: nobody is there"]
    full = Failure("the disk is full", None, "", environment=True)
    assert run(Faulty("one", 2), probe=PROBE.to_record(), one_0={}, one_1=full)[0] == Exit.ENVIRONMENT


@pytest.mark.parametrize(
    ("fault", "code"),
    [(JobFault("unsayable"), Exit.JOB_FAILED), (EnvironmentFault("mute"), Exit.ENVIRONMENT)],
)
def test_a_rehearsal_that_goes_wrong_fails_its_topic(
    fault: Exception, code: Exit, run: Run, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = Rehearsal.begin

    def refuse(self: Rehearsal, topic: Topic) -> Probe | list[Task]:
        if topic.slug == "moving-dot":
            raise fault
        return begin(self, topic)

    monkeypatch.setattr(Rehearsal, "begin", refuse)
    goal = Staircase("one", 1)
    found, _, failures = run(goal, probe=PROBE.to_record(), one_0={})
    assert found == code and failures == [f"moving-dot: voice: {fault}"]
    assert goal.told_of == ["still-square"]


def test_what_a_goal_raises_ends_the_run(run: Run) -> None:
    class Hopeless(Goal):
        def told(self, topic: Topic, probe: Probe) -> list[Task]:
            raise EnvironmentFault("The shared store is gone.")

    with pytest.raises(EnvironmentFault, match="is gone"):
        run(Hopeless(), probe=PROBE.to_record())


@pytest.mark.parametrize(
    "fault", [KeyError("inherited"), JobFault("no act has it"), SyntaxError("invalid syntax")]
)
@pytest.mark.parametrize("when", ["told", "done"])
def test_what_goes_wrong_with_one_topic_fails_that_topic_alone(run: Run, when: str, fault: Exception) -> None:
    """A chapter that a lesson had inherited from another file ended the whole run with a KeyError."""

    class Strict(Staircase):
        def told(self, topic: Topic, probe: Probe) -> list[Task]:
            self._refuse("told", topic.slug)
            return super().told(topic, probe)

        def done(self, event: Done) -> list[Task]:
            self._refuse("done", event.task.slug)
            return super().done(event)

        def _refuse(self, now: str, slug: str) -> None:
            if (now, slug) == (when, "moving-dot"):
                raise fault

    goal = Strict("one", 2)
    code, executor, failures = run(goal, probe=PROBE.to_record(), one_0={}, one_1={})
    assert code == Exit.JOB_FAILED
    assert len(failures) == 1 and failures[0].startswith("moving-dot: ") and str(fault) in failures[0]
    assert "still-square: one 1" in executor.names


@pytest.mark.parametrize("text", ["def (", "\0", "\udcff", "(" * 5_000])
def test_a_kit_file_that_does_not_read_is_for_the_telling_to_say(
    tiny: Path, rehearsal: Rehearsal, topics: list[Topic], text: str
) -> None:
    """It ended the run while the lessons were looked up, before any of them was told."""
    (tiny / "scenes" / "kit" / "plane.py").write_bytes(text.encode(errors="surrogateescape"))
    (tiny / "scenes" / "still_square" / "__init__.py").write_bytes(text.encode(errors="surrogateescape"))
    around = surroundings(tiny)
    for topic, file in zip(topics, ("scenes/kit/plane.py", "scenes/still_square/__init__.py"), strict=True):
        told = replace(PROBE, timeline=Timeline(topic.slug, topic.title, SilentPace().identity([]), ()))
        record = replace(told, files={file: "another"}, around=around).to_record()
        write_json(rehearsal.store.root / "probe" / f"{topic.slug}-silent.json", record)
        assert rehearsal.foresee(topic) is None
    executor, ears = Scripted({}), Ears()
    Batch(rehearsal, [Staircase("one", 1)], ears, opener=lambda workers: executor).run(topics)
    assert executor.names == ["moving-dot: probe", "still-square: probe"]


def test_a_chapter_of_no_act_is_told_with_its_place() -> None:
    beat = Beat("Look.", 0, 30, 0.5, (), "scenes/other.py", 7)
    chapter = Chapter("looks", "It looks", (), 30, (beat,), "scenes/other.py", 6)
    told = replace(PROBE, timeline=Timeline("moving-dot", "A moving dot", "silent/1", (chapter,)))
    with pytest.raises(
        JobFault, match=r"^scenes/other\.py:6: chapter looks is in no act of moving-dot: expected"
    ):
        cut(told, PROFILES["draft"])


def test_only_failures_are_told_where_a_result_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = FailureLines()
    task = Step(Path(), Path(), "svm", "", "silent", "one 0")
    reporter.happened(Started(task))
    reporter.happened(Done(task, {}))
    reporter.failed(
        "svm", "one", Failure("NameError: x", "scenes/svm.py:7", "Traceback ...", log="b/one.log")
    )
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "svm: one failed (scenes/svm.py:7): NameError: x",
        "Traceback ...",
        "svm: one: all that it printed: b/one.log",
    ]


def test_the_gravest_exit_code() -> None:
    assert worst([]) == Exit.DONE == worst([Exit.DONE])
    assert worst([Exit.DONE, Exit.REVIEW, Exit.JOB_FAILED]) == Exit.JOB_FAILED
    assert worst([Exit.JOB_FAILED, Exit.ENVIRONMENT, Exit.REVIEW]) == Exit.ENVIRONMENT


class Mute:
    """A voice that has said nothing yet."""

    def identity(self, texts: Iterable[str]) -> str:
        return "mute/1"

    def unspoken(self, texts: list[str]) -> list[str]:
        return texts


def spoken(probe: Probe, *texts: str) -> Probe:
    """A telling by the silent pace that says these texts."""
    record = probe.to_record()
    beats = [
        {
            "text": text,
            "start": 0,
            "ticks": 15,
            "speech": 1.0,
            "words": [],
            "file": "scenes/svm/margin.py",
            "line": 1,
        }
        for text in texts
    ]
    record["timeline"]["chapters"] = [
        {
            "name": "one", "title": "One", "explains": [], "ticks": 15, "beats": beats,
            "file": "scenes/svm/margin.py", "line": 1,
            "moving": 0, "plays": [15], "heard": [],
        }
    ]  # fmt: skip
    return Probe.from_record(record)


@pytest.mark.parametrize("speaks", [True, False])
def test_a_rehearsal_that_does_not_speak_counts_what_is_unsaid(
    tiny: Path, topics: list[Topic], monkeypatch: pytest.MonkeyPatch, *, speaks: bool
) -> None:
    topic = next(topic for topic in topics if topic.slug == "moving-dot")
    monkeypatch.setattr("render.plan.rehearsal.voice_named", lambda name, build, slug: Mute())
    rehearsal = Rehearsal(tiny, Store(tiny / "build"), "kokoro", speaks=speaks)
    (tell,) = _tasks(rehearsal.begin(topic))
    assert isinstance(tell, ProbeTask) and tell.voice == "silent"
    words = spoken(PROBE, "It goes.", "It rests.", "It goes.")
    outcome = rehearsal.goes_on(tell, words.to_record())
    if not speaks:
        assert outcome == words and rehearsal.unsaid(topic) == 2
        return
    (speak,) = _tasks(outcome)
    assert isinstance(speak, SpeakTask) and speak.texts == ("It goes.", "It rests.")
    assert rehearsal.unsaid(topic) == 0
    (again,) = _tasks(rehearsal.goes_on(speak, {}))
    assert isinstance(again, ProbeTask) and again.voice == "kokoro"


def _tasks(outcome: Probe | list[Task]) -> list[Task]:
    assert isinstance(outcome, list)
    return outcome
