"""The orchestrator: tells lessons, and brings them to goals by tasks that run on all cores.

There is this one loop, whatever is wanted of the lessons: videos (:class:`render.run.video_goal.VideoGoal`), reviews
(:class:`render.run.review_goal.ReviewGoal`), stills, or only to know what they say.  One failing topic never stops the
others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from render.core.catalog import Topic
from render.core.fault import EnvironmentFault, Exit, Fault, UsageFault, worst
from render.plan.probe import Probe, ProbeTask
from render.plan.rehearsal import Rehearsal
from render.plan.speak import SpeakTask
from render.run.reporter import Reporter
from render.store.store import describe_refusal, environment_faults
from render.task.executor import Done, Event, Executor, Failed, Opener
from render.task.interrupt import interruptible
from render.task.pool import Pool
from render.task.task import Failure, Task, failure_of


class Goal:
    """What a batch brings lessons to; this one is reached when they have been told.

    A goal names tasks when a lesson has been told, and further ones as those are done.  What it raises fails the
    topic, and ends the run if it is a :class:`UsageFault` or an :class:`EnvironmentFault`.
    """

    needs_probe: bool = True
    """Whether lessons have to be told for it."""
    exit: Exit = Exit.DONE
    """What came of it, apart from tasks that failed: those are the batch's to count."""

    def prepare(self) -> None:
        """A run begins: called once, before anything is done."""

    def begin(self, topic: Topic) -> Iterable[Task]:
        """What can be done for a topic before it is told."""
        return ()

    def told(self, topic: Topic, probe: Probe) -> Iterable[Task]:
        """What has to be done for a topic that has been told."""
        return ()

    def done(self, event: Done) -> Iterable[Task]:
        """What has to be done after a task; it may be of another goal."""
        return ()


@dataclass(slots=True)
class Batch:
    """Brings topics to ``goals``, in their order; ``opener`` opens the executor that runs the tasks."""

    rehearsal: Rehearsal
    goals: Sequence[Goal]
    reporter: Reporter
    workers: int | None = None
    opener: Opener = Pool
    _executor: Executor = field(init=False)
    _topics: dict[str, Topic] = field(init=False, default_factory=dict)
    _failures: list[Exit] = field(init=False, default_factory=list)

    def run(self, topics: Sequence[Topic]) -> Exit:
        """Bring every topic as far as it goes; the exit code tells the worst that happened.

        :class:`KeyboardInterrupt` after a Ctrl-C: at the first one what runs is finished before, at the second not.
        """
        store = self.rehearsal.store
        self._executor = self.opener(self.workers)
        self._topics, self._failures = {topic.slug: topic for topic in topics}, []
        self.reporter.began(topics, self._executor.workers)
        with environment_faults(store.build), store.in_use():
            store.open()
            for goal in self.goals:
                goal.prepare()
            with (
                closing(self._executor.events()) as events,
                interruptible(self._executor, self.reporter.finishing),
            ):
                for topic in topics:
                    self._begin(topic)
                for event in events:
                    self._hear(event)
            store.stat_cache.tidy()
        return worst([*self._failures, *(goal.exit for goal in self.goals)])

    def _begin(self, topic: Topic) -> None:
        with self._alone(topic.slug, "plan"):
            for goal in self.goals:
                self._executor.add(goal.begin(topic))
        if any(goal.needs_probe for goal in self.goals):
            self._rehearse(topic, partial(self.rehearsal.begin, topic))

    def _hear(self, event: Event) -> None:
        self.reporter.happened(event)
        match event:
            case Done(ProbeTask() | SpeakTask() as task, result):
                self._rehearse(self._topics[task.slug], partial(self.rehearsal.goes_on, task, result))
            case Done(task):
                with self._alone(task.slug, task.name):
                    for goal in self.goals:
                        self._executor.add(goal.done(event))
            case Failed(task, failure):
                self._fail(task.slug, task.name, failure)

    def _rehearse(self, topic: Topic, step: Callable[[], Probe | list[Task]]) -> None:
        """Take a step of a topic's rehearsal; hand the topic to the goals if it was the last."""
        with self._alone(topic.slug, "plan"):
            try:
                outcome = step()
            except Fault as fault:
                environment = fault.exit == Exit.ENVIRONMENT
                self._fail(topic.slug, "voice", Failure(str(fault), None, "", environment))
                return
            if not isinstance(outcome, Probe):
                self._executor.add(outcome)
                return
            for goal in self.goals:
                self._executor.add(goal.told(topic, outcome))

    @contextmanager
    def _alone(self, slug: str, task: str) -> Iterator[None]:
        """What goes wrong in this block is one topic's failure, and the others go on.

        Raised is only what concerns them all: what was asked for wrongly, and what the machine lacks.
        """
        try:
            yield
        except (UsageFault, EnvironmentFault):
            raise
        except Exception as error:
            build = self.rehearsal.store.build
            if isinstance(error, OSError) and describe_refusal(error, build):
                raise
            failure = failure_of(error, self.rehearsal.root, build)
            self._fail(slug, task, replace(failure, trace="") if isinstance(error, Fault) else failure)

    def _fail(self, slug: str, task: str, failure: Failure) -> None:
        self._failures.append(Exit.ENVIRONMENT if failure.environment else Exit.JOB_FAILED)
        self.reporter.failed(slug, task, failure)
