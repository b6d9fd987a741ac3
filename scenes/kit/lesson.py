"""A lesson is told in chapters, and a chapter in beats: one thing said while one thing is seen.

A lesson is an ordinary manim ``Scene``.  Its chapters are methods marked with :func:`chapter`, told in the order
in which they stand in the class::

    class Svm(Lesson):
        def stage(self) -> None:
            self.plane = Plane(...)              # what chapters share; built anew for each of them

        @chapter("Only the kerb matters", "support vectors")
        def three_flowers_hold_it_up(self) -> None:
            self.add(self.plane)
            with self.beat("Ninety-seven flowers leave, and the street does not notice.") as beat:
                beat.until("leave")
                self.play(...)

Every chapter begins on an empty stage with a seed of its own, so that it can be drawn alone, in any process, and
the joined video has the very frames of the whole: nothing that one chapter does can reach another.

Time is counted in ticks of 1/15 s.  Every play and wait lasts a whole number of them, so every profile, the dry
run included, agrees on when each word is spoken.
"""

from __future__ import annotations

import inspect
import math
import random
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import mlhub_native
import numpy as np
from manim import Animation, FadeOut, Mobject, Scene
from tqdm import tqdm

from render.profile import TICKS_PER_SECOND
from render.timeline import Beat, Chapter
from render.voice import SilentPace, Speech, Voice
from scenes.kit import ink, words

BREATH: Final = 0.3
"""Seconds of silence after what a beat says, unless it asks for more."""

_MARK: Final = "__chapter__"
_HAIR: Final = 1e-9
"""Seconds added to a length so that manim's own frame count, which truncates, never loses one."""

Method = TypeVar("Method", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a scene says is meant: see :meth:`Lesson.allow`."""

    what: Mobject
    against: Mobject | str
    why: str
    line: int


class LessonError(Exception):
    """A lesson asks for something that cannot be: says what, and where in the scene file."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What :func:`chapter` notes on a method."""

    title: str
    explains: tuple[str, ...]
    line: int


def chapter(title: str, *explains: str) -> Callable[[Method], Method]:
    """Mark a method as the chapter that claims ``title`` and teaches the items ``explains`` of its topic."""

    def mark(method: Method) -> Method:
        setattr(method, _MARK, Claim(title, explains, method.__code__.co_firstlineno))
        return method

    return mark


class Cue:
    """A beat while it is played: tells when words are spoken and how much time is left."""

    def __init__(self, lesson: Lesson, text: str, speech: Speech, line: int) -> None:
        self._lesson = lesson
        self._text = text
        self._speech = speech
        self.line = line
        self.start = lesson.tick

    @property
    def text(self) -> str:
        """What is said.  Who draws by it is drawn anew when it changes."""
        self._lesson.words_heard.append(self._text)
        return self._text

    @property
    def speech(self) -> Speech:
        """How it is said.  Who draws by it is drawn anew when anything of it changes."""
        self._lesson.words_heard.append(repr(self._speech))
        return self._speech

    def when(self, word: str) -> float:
        """Seconds from the start of the beat at which ``word`` (or the first word of a phrase) is spoken."""
        return self._hear(self._when(word))

    def until(self, word: str) -> None:
        """Wait until ``word`` is spoken; not at all when it has been already."""
        self._wait_for(self._when(word))

    def at(self, word: str, *animations: Any, run_time: float = 0.6) -> None:
        """Play when ``word`` is spoken."""
        self.until(word)
        self._lesson.play(*animations, run_time=run_time)

    def rest(self) -> None:
        """Wait until everything is said."""
        self._wait_for(self._speech.seconds)

    def fill(self, word: str | None = None, *, least: float = 0.6) -> float:
        """Seconds left until ``word`` is spoken (or all is said), ``least`` at the least: a length for a play.

        Rounded up to whole ticks, as the play would be: words that differ by less do not change a picture.
        """
        until = self._speech.seconds if word is None else self._when(word)
        ticks = math.ceil(until * TICKS_PER_SECOND - 1e-6) - (self._lesson.tick - self.start)
        return self._hear(max(ticks / TICKS_PER_SECOND, least))

    def _when(self, word: str) -> float:
        wanted = [_bare(part) for part in word.split()]
        said = [_bare(spoken.text) for spoken in self._speech.words]
        for index in range(len(said) - len(wanted) + 1):
            if said[index : index + len(wanted)] == wanted:
                return self._speech.words[index].start
        raise LessonError(f"line {self.line}: no {word!r} in the beat, which says: {self._text!r}")

    def _hear(self, seconds: float) -> float:
        """Note what the lesson hears of its words: a picture may depend on it."""
        self._lesson.words_heard.append(seconds)
        return seconds

    def _wait_for(self, seconds: float) -> None:
        self._lesson.hold(self.start + round(seconds * TICKS_PER_SECOND) - self._lesson.tick)


class Lesson(Scene):
    """The scene of one topic.

    ``voice`` times the words (the silent pace unless another is given).  ``only`` names the one chapter to tell.
    ``listener`` is called with the lesson after each beat, while its last picture stands.
    """

    def __init__(
        self,
        renderer: Any = None,
        *,
        voice: Voice | None = None,
        only: str | None = None,
        listener: Callable[[Lesson, Beat], None] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(renderer=renderer, **options)
        self.voice: Voice = voice or SilentPace()
        self.only = only
        self.listener = listener
        self.told: list[Chapter] = []
        self.tick = 0
        self.moving_ticks = 0
        self.rng = np.random.default_rng(0)
        self.cue: Cue | None = None
        self.words_heard: list[float | str] = []
        self.allowances: list[Allowed] = []
        self._beats: list[Beat] = []
        self._plays: list[int] = []
        self._own: frozenset[str] = frozenset()
        self._own = frozenset(vars(self))
        self.renderer.camera.background_color = ink.ground  # type: ignore[union-attr]

    # -- what a lesson is made of

    @classmethod
    def slug(cls) -> str:
        """The topic that this lesson tells: its module's name with ``-`` for ``_``."""
        return cls.__module__.rsplit(".", 1)[-1].replace("_", "-")

    @classmethod
    def claims(cls) -> dict[str, Claim]:
        """The chapters: method name to claim, in the order of telling."""
        found = {
            name: getattr(member, _MARK)
            for ancestor in reversed(cls.__mro__)
            for name, member in vars(ancestor).items()
            if hasattr(member, _MARK)
        }
        return dict(sorted(found.items(), key=lambda item: item[1].line))

    def stage(self) -> None:
        """Build what chapters share.  Called on an empty stage before each chapter and before the poster."""

    def poster(self) -> None:
        """Put the lesson's thumbnail on the empty stage."""
        raise NotImplementedError(f"{type(self).__name__} has no poster")

    def construct(self) -> None:
        """Tell the chapters, or the one that was asked for."""
        claims = self.claims()
        if self.only is not None and self.only not in claims:
            raise LessonError(f"no chapter {self.only!r} in {type(self).__name__}: {', '.join(claims)}")
        for name, claim in claims.items():
            if self.only in (None, name):
                self._tell(name, claim)

    def set_stage(self, name: str) -> None:
        """Empty the stage, forget what chapters left behind, seed everything with ``name`` and build the stage."""
        self.clear()
        self.updaters.clear()
        for attribute in set(vars(self)) - self._own:
            delattr(self, attribute)
        seed = zlib.crc32(f"{self.slug()}/{name}".encode())
        self.rng = np.random.default_rng(seed)
        random.seed(seed)
        np.random.seed(seed)  # noqa: NPY002  manim's own randomness is the global one
        self.stage()

    def _tell(self, name: str, claim: Claim) -> None:
        self.tick, self.moving_ticks, self._beats, self._plays = 0, 0, [], []
        self.cue, self.allowances, self.words_heard = None, [], []
        self.set_stage(name)
        self.add(words.title(claim.title))
        getattr(self, name)()
        if not self._beats:
            raise LessonError(f"line {claim.line}: chapter {name} says nothing; it needs a beat")
        self.told.append(
            Chapter(
                name=name,
                title=claim.title,
                explains=claim.explains,
                ticks=self.tick,
                moving=self.moving_ticks,
                beats=tuple(self._beats),
                line=claim.line,
                plays=tuple(self._plays),
                heard=tuple(self.words_heard),
            )
        )

    # -- saying

    @contextmanager
    def beat(self, text: str, *, pause: float = BREATH) -> Iterator[Cue]:
        """Say ``text`` while the block plays; the beat ends when both have ended and ``pause`` seconds have passed."""
        line = _line_in(sys.modules[type(self).__module__].__file__)
        text = " ".join(text.split())
        speech = self.voice.speak(text)
        cue = Cue(self, text, speech, line)
        self.cue = cue
        yield cue
        self.hold(cue.start + math.ceil((speech.seconds + pause) * TICKS_PER_SECOND) - self.tick)
        beat = Beat(
            text=text,
            start=cue.start,
            ticks=self.tick - cue.start,
            speech=speech.seconds,
            words=speech.words,
            line=line,
        )
        self._beats.append(beat)
        self.cue = None
        if self.listener:
            self.listener(self, beat)

    # -- meaning it

    def allow(self, what: Mobject, against: Mobject | str, why: str) -> None:
        """Tell the review that something is meant: two mobjects that meet, or a rule that does not hold for one.

        ``against`` is the other mobject, or a rule of the review such as ``"digits"``.  ``why`` is for the reader.
        Raises :class:`LessonError` without a reason.
        """
        line = _line_in(sys.modules[type(self).__module__].__file__)
        if not why.strip():
            raise LessonError(f"line {line}: an allowance needs a reason")
        self.allowances.append(Allowed(what, against, why, line))

    @property
    def beats(self) -> tuple[Beat, ...]:
        """The beats of the chapter that is being told, those that have ended."""
        return tuple(self._beats)

    @property
    def plays(self) -> int:
        """Plays and waits of the chapter that is being told, those that have ended."""
        return len(self._plays)

    # -- moving

    def play(self, *animations: Any, **options: Any) -> None:
        """Play for a whole number of ticks (manim's ``play``; lengths are rounded up to the grid)."""
        super().play(*animations, **options)
        ticks = round(self.duration * TICKS_PER_SECOND)
        self.tick += ticks
        if not self.is_current_animation_frozen_frame():
            self.moving_ticks += ticks
        self._plays.append(ticks)

    def update_mobjects(self, dt: float) -> None:
        """Let what has updaters do as they say.  Nearly nothing has, and manim asks every member at every picture."""
        for mobject in self.mobjects:
            if mlhub_native.is_updated(mobject):
                mobject.update(dt)

    def hold(self, ticks: int) -> None:
        """Let the picture stand for ``ticks``; nothing happens for none or less."""
        if ticks > 0:
            self.wait(ticks / TICKS_PER_SECOND)

    def leave(self, *mobjects: Mobject, run_time: float = 0.6) -> None:
        """Fade things out: fades are for leaving."""
        self.play(*(FadeOut(mobject) for mobject in mobjects), run_time=run_time)

    def get_run_time(self, animations: Sequence[Animation]) -> float:
        """Seconds of a play, rounded up to whole ticks so that no animation is cut."""
        seconds = super().get_run_time(list(animations))
        return max(1, math.ceil(seconds * TICKS_PER_SECOND - 1e-6)) / TICKS_PER_SECOND + _HAIR

    def get_time_progression(
        self,
        run_time: float,
        description: str,
        n_iterations: int | None = None,
        override_skip_animations: bool = False,
    ) -> tqdm[float]:
        """The times at which a play is drawn: exactly one a frame, or its end alone when animations are skipped."""
        if self.renderer.skip_animations and not override_skip_animations:
            times: Sequence[float] = [run_time]
        else:
            rate = self.camera.frame_rate
            times = [frame / rate for frame in range(round(run_time * rate))]
        return tqdm(times, desc=description, disable=True)


def _bare(word: str) -> str:
    return re.sub(r"[^\w.²³°%−+√]", "", word).strip(".").casefold()


def _line_in(path: str | None) -> int:
    frame = inspect.currentframe()
    while frame is not None:
        if path and Path(frame.f_code.co_filename) == Path(path):
            return frame.f_lineno
        frame = frame.f_back
    return 0
