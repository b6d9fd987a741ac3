"""A lesson is told in chapters, and a chapter in beats: one thing said while one thing is seen.

A lesson is an ordinary manim ``Scene``, and a package of *acts*: classes of a file each, whose chapters share a
picture.  Chapters are methods marked with :func:`chapter`::

    class SvmStage(Lesson):                          # scenes/svm/stage.py
        def stage(self) -> None:
            self.plane = Plane(...)                  # what chapters share; built anew for each of them

    class Margin(SvmStage):                          # scenes/svm/margin.py
        @chapter("Only the kerb matters", "support vectors")
        def three_flowers_hold_it_up(self) -> None:
            self.add(self.plane)
            with self.beat("Ninety-seven flowers leave, and the street does not notice.") as beat:
                beat.over("leave", FadeOut(self.others), until="street")

    class Svm(Margin, Kernel, Neighbours):           # scenes/svm/__init__.py
        def poster(self) -> None: ...

Acts are told in the order in which the lesson's class names them, and the chapters of each in the order of their
lines; what a class tells itself comes after what its bases tell.  A small lesson is one class in ``__init__.py``.

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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import mlhub_native
import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, Line, Mobject, Scene, linear
from tqdm import tqdm

from render.core.profile import TICKS_PER_SECOND
from render.core.speech import SilentPace, Speech, Voice
from render.core.timeline import Beat, Chapter
from scenes.kit import ink, pace, words
from scenes.kit.frame import WHOLE, Frame, Move, moves_in, pin
from scenes.kit.spotlight import Dimming, Light, lights_in
from scenes.kit.turns import take_turns
from scenes.kit.value import overwritten

BREATH: Final = 0.3
"""Seconds of silence after what a beat says, unless it asks for more."""

_MARK: Final = "__chapter__"
_HAIR: Final = 1e-9
"""Seconds added to a length so that manim's own frame count, which truncates, never loses one."""

if TYPE_CHECKING:
    from scenes.kit.shot import Region, Shot

Method = TypeVar("Method", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a scene has allowed the review to pass over: see :meth:`Lesson.allow`."""

    what: Mobject
    against: Mobject | str
    why: str
    where: str
    """``scenes/svm/margin.py:197``."""


@dataclass(frozen=True, slots=True)
class CameraMove:
    """A move of the camera: the tick of the chapter at which it begins, and what it goes to (nothing for the whole).

    The frame's, or one around or towards what stands in a :class:`scenes.kit.space.Space`.
    """

    tick: int
    targets: tuple[Mobject, ...]


class LessonError(Exception):
    """A lesson asks for something that cannot be: says where (``scenes/svm/margin.py:197``) and what."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What :func:`chapter` notes on a method."""

    title: str
    explains: tuple[str, ...]
    file: str
    """As :func:`shown_file` names it."""
    line: int
    goes_on: bool = False
    """Whether it opens on the picture in which the chapter before ends."""

    @property
    def where(self) -> str:
        """``scenes/svm/margin.py:120``."""
        return f"{self.file}:{self.line}"


def chapter(title: str, *explains: str, goes_on: bool = False) -> Callable[[Method], Method]:
    """Mark a method as the chapter that claims ``title`` and teaches the items ``explains`` of its topic.

    One that ``goes_on`` opens on the picture in which the chapter before ends: drawn alone it builds that anew, and a
    test compares the two.
    """

    def mark(method: Method) -> Method:
        code = method.__code__
        file = shown_file(method.__module__, code.co_filename)
        setattr(method, _MARK, Claim(title, explains, file, code.co_firstlineno, goes_on))
        return method

    return mark


class BeatClock:
    """A beat while it is played: tells when words are spoken and how much time is left."""

    def __init__(self, lesson: Lesson, text: str, speech: Speech, where: str) -> None:
        self._lesson = lesson
        self._text = text
        self._speech = speech
        self._where = where
        self.start = lesson.tick

    @property
    def text(self) -> str:
        """What is said.  A chapter that reads it is drawn anew when the words change."""
        self._lesson.words_heard.append(self._text)
        return self._text

    @property
    def speech(self) -> Speech:
        """How it is said, and when each word.  A chapter that reads it is drawn anew when any of it changes."""
        self._lesson.words_heard.append(repr(self._speech))
        return self._speech

    def when(self, word: str) -> float:
        """Seconds from the start of the beat at which ``word`` (or the first word of a phrase) is spoken.

        Raises :class:`LessonError` for a word that the beat does not say, as all that take a word do.
        """
        return self._hear(self._when(word))

    def until(self, word: str) -> None:
        """Wait until ``word`` is spoken; not at all when it has been already."""
        self._wait_for(self._when(word))

    def at(self, word: str, *animations: Any, run_time: float = pace.BRISK) -> None:
        """Play when ``word`` is spoken."""
        self.until(word)
        self._lesson.play(*animations, run_time=run_time)

    def over(
        self,
        word: Any,
        *animations: Any,
        until: str | None = None,
        least: float = pace.BRISK,
        beyond: float = 0.0,
    ) -> None:
        """Play while something is said: from ``word`` on, or from now on, to what is said next::

            beat.over("leave", FadeOut(others), until="street")   # from "leave" to "street"
            beat.over("leave", FadeOut(others))                   # from "leave" until all is said
            beat.over(FadeOut(others), until="street")            # from now on, whatever has been said

        The play ends with ``until``, the first time that it stands behind ``word``, and goes on for ``beyond``
        seconds; before that it lasts ``least`` seconds at the least, even where that is too long for the words.
        Raises :class:`LessonError` for words that are not said, and where nothing is to be played.
        """
        spoken, playing = (word, animations) if isinstance(word, str) else (None, (word, *animations))
        if not playing:
            raise LessonError(f"{self._where}: nothing is to be played over {spoken!r}")
        begin = None if spoken is None else self._find(spoken)
        end = None if until is None else self._find(until, behind=begin)
        if begin is not None:
            self._wait_for(self._speech.words[begin].start)
        self._lesson.play(*playing, run_time=self._left(end, least) + beyond)

    def rest(self) -> None:
        """Wait until everything is said."""
        self._wait_for(self._speech.seconds)

    def fill(self, word: str | None = None, *, least: float = pace.BRISK) -> float:
        """Seconds left until ``word`` is spoken (or all is said), but not below ``least``: a length for a play.

        Rounded up to whole ticks, as the play would be: words that differ by less do not change a picture.
        """
        return self._left(None if word is None else self._find(word), least)

    def _left(self, word: int | None, least: float) -> float:
        """Seconds, in whole ticks, left until the word of that number, or until all is said; ``least`` or more."""
        until = self._speech.seconds if word is None else self._speech.words[word].start
        ticks = math.ceil(until * TICKS_PER_SECOND - 1e-6) - (self._lesson.tick - self.start)
        return self._hear(max(ticks / TICKS_PER_SECOND, least))

    def _when(self, word: str) -> float:
        return self._speech.words[self._find(word)].start

    def _find(self, word: str, behind: int | None = None) -> int:
        """The number of the word with which ``word`` begins, the first one behind the word of number ``behind``."""
        wanted = [_bare(part) for part in word.split()]
        said = [_bare(spoken.text) for spoken in self._speech.words]
        for index in range(0 if behind is None else behind + 1, len(said) - len(wanted) + 1):
            if said[index : index + len(wanted)] == wanted:
                return index
        after = "" if behind is None else f" behind {self._speech.words[behind].text!r}"
        raise LessonError(f"{self._where}: no {word!r}{after} in the beat, which says: {self._text!r}")

    def _hear(self, seconds: float) -> float:
        """Note what the lesson hears of its words: a picture may depend on it."""
        self._lesson.words_heard.append(seconds)
        return seconds

    def _wait_for(self, seconds: float) -> None:
        self._lesson.hold(self.start + round(seconds * TICKS_PER_SECOND) - self._lesson.tick)


class Lesson(Scene):
    """The scene of one topic.

    ``voice`` times the words (the silent pace unless another is given).  ``only`` names the one chapter to tell.
    ``listener`` is called with the lesson after each beat, while its last picture stands; ``opener`` with the name of a
    chapter (or ``poster``) before anything is done for it.
    """

    def __init__(
        self,
        renderer: Any = None,
        *,
        voice: Voice | None = None,
        only: str | None = None,
        listener: Callable[[Lesson, Beat], None] | None = None,
        opener: Callable[[str], None] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(renderer=renderer, **options)
        self.voice: Voice = voice or SilentPace()
        self.only = only
        self.listener = listener
        self.opener = opener
        self.told: list[Chapter] = []
        self.tick = 0
        self.moving_ticks = 0
        self.rng = np.random.default_rng(0)
        self.cue: BeatClock | None = None
        self.title_words: words.Words | None = None
        self.words_heard: list[float | str] = []
        self.allowances: list[Allowed] = []
        self.frame = Frame()
        self.dimming = Dimming()
        self.camera_moves: list[CameraMove] = []
        self.shots: list[tuple[int, str]] = []
        """By the tick of the chapter at which each begins."""
        self.pauses: list[tuple[int, int]] = []
        """The ticks of the chapter from and up to which the viewer is asked to think."""
        self._files = _Files(type(self))
        self._beats: list[Beat] = []
        self._plays: list[int] = []
        self._own: frozenset[str] = frozenset()
        self._own = frozenset(vars(self))
        self.renderer.camera.background_color = ink.ground  # type: ignore[union-attr]

    def __setattr__(self, name: str, value: object) -> None:
        """:class:`LessonError` where a method of an act takes a name under which the kit keeps something."""
        if name in self.__dict__.get("_own", ()):
            caller = sys._getframe(1)
            file = self._files.shown(caller.f_code.co_filename)
            if file and caller.f_locals.get("self") is self:
                raise LessonError(
                    f"{file}:{caller.f_lineno}: `{name}` is the lesson's own; give what you keep another name"
                )
        super().__setattr__(name, value)

    # -- what a lesson is made of

    @classmethod
    def slug(cls) -> str:
        """The topic that this lesson tells: its package's name with ``-`` for ``_``."""
        return cls.__module__.removesuffix(".__init__").rsplit(".", 1)[-1].replace("_", "-")

    @classmethod
    def claims(cls) -> dict[str, Claim]:
        """The chapters: method name to claim, in the order of telling.

        :class:`LessonError` where two acts have a method of one name: only one of them would ever be called.
        """
        _refuse_namesakes(cls)
        found: dict[str, Claim] = {}
        for act in _acts(cls):
            own = {
                name: getattr(member, _MARK) for name, member in vars(act).items() if hasattr(member, _MARK)
            }
            found |= dict(sorted(own.items(), key=lambda item: item[1].line))
        for first in list(found.values())[:1]:
            if first.goes_on:
                raise LessonError(
                    f"{first.where}: the first chapter has none before it that it could go on from"
                )
        return found

    def running(self) -> Iterator[tuple[FrameType, str]]:
        """The calls under way of the lesson's own code, innermost first, each with the file that it stands in.

        The lesson's own are the files of its class and its acts and whatever else is in their package.
        """
        frame = inspect.currentframe()
        while frame is not None:
            if file := self._files.shown(frame.f_code.co_filename):
                yield frame, file
            frame = frame.f_back

    def place(self) -> tuple[str, int]:
        """File and line of the lesson's own code that runs, such as ``scenes/svm/margin.py`` and 197.

        Where none does it is line 0 of the file of its class.
        """
        for frame, file in self.running():
            return file, frame.f_lineno
        return self._files.home, 0

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
        if self.opener:
            self.opener(name)
        self.clear()
        self.updaters.clear()
        self.frame.look(WHOLE)
        self.dimming.levels.clear()
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
        self.camera_moves, self.shots, self.pauses = [], [], []
        self.set_stage(name)
        self.title_words = words.title(claim.title)
        self.pin(self.title_words)
        self.add(self.title_words)
        getattr(self, name)()
        if not self._beats:
            raise LessonError(f"{claim.where}: chapter {name} says nothing; it needs a beat")
        self.told.append(
            Chapter(
                name=name,
                title=claim.title,
                explains=claim.explains,
                ticks=self.tick,
                moving=self.moving_ticks,
                beats=tuple(self._beats),
                file=claim.file,
                line=claim.line,
                plays=tuple(self._plays),
                heard=tuple(self.words_heard),
                pauses=tuple(self.pauses),
            )
        )

    # -- saying

    @contextmanager
    def beat(self, text: str, *, pause: float = BREATH) -> Iterator[BeatClock]:
        """Say ``text`` while the block plays; the beat ends when both have ended and ``pause`` seconds have passed."""
        file, line = self.place()
        text = " ".join(text.split())
        speech = self.voice.speak(text)
        cue = BeatClock(self, text, speech, f"{file}:{line}")
        self.cue = cue
        yield cue
        self.hold(cue.start + math.ceil((speech.seconds + pause) * TICKS_PER_SECOND) - self.tick)
        beat = Beat(
            text=text,
            start=cue.start,
            ticks=self.tick - cue.start,
            speech=speech.seconds,
            words=speech.words,
            file=file,
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
        file, line = self.place()
        if not why.strip():
            raise LessonError(f"{file}:{line}: an allowance needs a reason")
        self.allowances.append(Allowed(what, against, why, f"{file}:{line}"))

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
        """Play for a whole number of ticks (manim's ``play``; lengths are rounded up to the grid).

        The frame moves last, so that it finds its target where the others have brought it.  What fades in where
        something fades out waits until that is nearly gone, so that no two pictures lie over each other.
        """
        if stale := overwritten(animations):
            (file, line), (kind, thing) = self.place(), (type(each).__name__ for each in stale)
            raise LessonError(
                f"{file}:{line}: {kind} shows a {thing} as it was when the play began, while a value moves it: "
                "use appear(), or move the value in a play of its own"
            )
        take_turns(animations)
        moves = moves_in(animations)
        self.camera_moves += [CameraMove(self.tick, move.targets) for move in moves]
        self.camera_moves += [
            CameraMove(self.tick, ()) for one in animations if getattr(one, "moves_camera", False)
        ]
        super().play(*sorted(animations, key=lambda one: isinstance(one, Move)), **options)
        ticks = round(self.duration * TICKS_PER_SECOND)
        self.tick += ticks
        if not self.is_current_animation_frozen_frame():
            self.moving_ticks += ticks
        self._plays.append(ticks)

    def get_moving_and_static_mobjects(
        self, animations: Iterable[Animation]
    ) -> tuple[list[Mobject], list[Mobject]]:
        """What is drawn at every picture of a play, and what only once: nothing where the frame or the light moves."""
        animations = list(animations)
        moving, static = super().get_moving_and_static_mobjects(animations)
        if self.dimming.levels or lights_in(animations) or moves_in(animations):
            return [*self.mobjects, *self.foreground_mobjects], []
        return moving, static

    def shot(self, shot: Shot) -> tuple[Region, ...]:
        """Say in which shot the scene is from now on; its places to fill."""
        self.shots.append((self.tick, shot.kind))
        return shot.places

    def untitled(self) -> None:
        """Take the chapter's title away at once: for a chapter that begins without one."""
        if self.title_words is not None:
            self.remove(self.title_words)
        self.title_words = None

    def title_leaves(self, run_time: float = pace.BRISK) -> Animation:
        """The animation in which the chapter's title leaves, so that its room is the picture's."""
        if self.title_words is None:
            raise LessonError(
                f"{':'.join(map(str, self.place()))}: there is no title any more that could leave"
            )
        leaving, self.title_words = self.title_words, None
        return FadeOut(leaving, run_time=run_time)

    def think(self, seconds: float = 3.0) -> None:
        """The marked pause of ``seconds``: a line at the foot comes and shrinks while the viewer is asked to think.

        Raises :class:`LessonError` for a second one in a chapter, and while somebody speaks.
        """
        file, line = self.place()
        if self.cue is not None:
            raise LessonError(
                f"{file}:{line}: nobody can think while somebody speaks; pause between two beats"
            )
        if self.pauses:
            raise LessonError(f"{file}:{line}: a chapter has one marked pause, and this is a second")
        y = -ink.FRAME_HEIGHT / 2 + ink.CAPTION_BAND / 2
        clock = Line((-1.5, y, 0.0), (1.5, y, 0.0), stroke_color=ink.focus, stroke_width=6.0)
        self.pin(clock)
        start, coming = self.tick, min(pace.QUICK, seconds / 2)
        self.play(Create(clock), run_time=coming)
        self.play(clock.animate.scale(1e-3), run_time=seconds - coming, rate_func=linear)
        self.remove(clock)
        self.pauses.append((start, self.tick))

    def pin(self, *mobjects: Mobject) -> None:
        """Let ``mobjects`` stand in the picture, wherever the frame goes; what is added to them later is not pinned."""
        pin(*mobjects)

    def spotlight(self, *lit: Mobject, run_time: float = pace.BRISK) -> Light:
        """The animation in which all that is on the stage now but ``lit`` steps back to a third.

        What comes later is lit.  Raises :class:`LessonError` for something lit that is not on the stage.
        """
        staying = self._staying(lit)
        return Light(self.dimming, _apart_from(staying, self.mobjects), run_time=run_time)

    def lights_on(self, run_time: float = pace.BRISK) -> Light:
        """The animation in which everything becomes bright again."""
        return Light(self.dimming, (), run_time=run_time)

    def update_mobjects(self, dt: float) -> None:
        """Let what has updaters do as they say.  Nearly nothing has, and manim asks every member at every picture."""
        for mobject in self.mobjects:
            if mlhub_native.is_updated(mobject):
                mobject.update(dt)

    def hold(self, ticks: int) -> None:
        """Let the picture stand for ``ticks``; nothing happens for none or less."""
        if ticks > 0:
            self.wait(ticks / TICKS_PER_SECOND)

    def leave(self, *mobjects: Mobject, run_time: float = pace.BRISK) -> None:
        """Fade things out: fades are for leaving."""
        self.play(*(FadeOut(mobject) for mobject in mobjects), run_time=run_time)

    def clear_stage(self, *but: Mobject, run_time: float = pace.BRISK) -> None:
        """Let everything leave but the chapter's title and what is named, which may be part of a group.

        Nothing is played where nothing has to leave.  Raises :class:`LessonError` for something named that is not
        on the stage: who names it believes that it stays.
        """
        staying = self._staying(but)
        if self.title_words is not None:
            staying |= set(self.title_words.get_family())
        leaving = _apart_from(staying, self.mobjects)
        if leaving:
            self.leave(*leaving, run_time=run_time)

    def exchange(
        self, *coming: Mobject, also: Sequence[Animation] = (), run_time: float = pace.BRISK
    ) -> None:
        """Let all that is there leave while ``coming`` comes: no frame between two pictures is empty.

        The chapter's title leaves too; what comes may be there already.  ``also`` is played with it.
        """
        there = [each for each in self.mobjects if each not in coming]
        self.play(*map(FadeOut, there), FadeIn(*coming), *also, run_time=run_time)

    def _staying(self, named: Sequence[Mobject]) -> set[Mobject]:
        """What is ``named`` with all its parts; :class:`LessonError` for something that is not on the stage."""
        on_stage = set(self.get_mobject_family_members())
        for number, mobject in enumerate(named, 1):
            if on_stage.isdisjoint(mobject.get_family()):
                file, line = self.place()
                raise LessonError(
                    f"{file}:{line}: number {number} of what is to stay, {mobject}, is not on the stage"
                )
        return {member for mobject in named for member in mobject.get_family()}

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


def _apart_from(staying: set[Mobject], mobjects: Sequence[Mobject]) -> list[Mobject]:
    """Of ``mobjects`` what holds none of ``staying``: whole, or the parts of it."""
    found: list[Mobject] = []
    for mobject in mobjects:
        if mobject in staying:
            continue
        if staying.isdisjoint(mobject.get_family()):
            found.append(mobject)
        else:
            found += _apart_from(staying, mobject.submobjects)
    return found


def _bare(word: str) -> str:
    return re.sub(r"[^\w.²³°%−+√]", "", word).strip(".").casefold()


# -- the files of a lesson


def shown_file(module: str, file: str) -> str:
    """The name from the project's folder of the ``file`` of a ``module``: ``scenes/svm/margin.py``."""
    path = Path(file)
    depth = module.removesuffix(".__init__").count(".") + (2 if path.name == "__init__.py" else 1)
    return "/".join(path.parts[-depth:])


class _Files:
    """The files of a lesson's own code, by the names that Python has for them."""

    home: str
    """The file of the lesson's class, as it is shown."""

    def __init__(self, lesson: type[Lesson]) -> None:
        self._shown: dict[str, str] = {}
        self._packages: dict[Path, str] = {}
        for act in _acts(lesson):
            file = getattr(sys.modules[act.__module__], "__file__", None) or ""
            self._shown[file] = self.home = shown_file(act.__module__, file)  # the lesson's own class is last
            if self.home.endswith("/__init__.py"):
                self._packages[Path(file).parent] = self.home.removesuffix("/__init__.py")

    def shown(self, file: str) -> str:
        """A file's name from the project's folder, such as ``scenes/svm/margin.py``; empty where it is no own one."""
        if file not in self._shown:
            path = Path(file)
            package = self._packages.get(path.parent)
            self._shown[file] = f"{package}/{path.name}" if package else ""
        return self._shown[file]


def _acts(lesson: type[Lesson]) -> tuple[type[Lesson], ...]:
    """The classes that a lesson is made of in the order in which they tell, itself the last.

    Bases come before what is made from them, and in the order in which it names them.
    """
    found: dict[type[Lesson], None] = {}
    for base in lesson.__bases__:
        if issubclass(base, Lesson) and base is not Lesson:
            found |= dict.fromkeys(_acts(base))
    return (*found, lesson)


def _refuse_namesakes(lesson: type[Lesson]) -> None:
    """:class:`LessonError` where two classes, neither made from the other, give one thing a name each."""
    acts = [act for act in lesson.__mro__ if act in _acts(lesson)]
    first: dict[str, type[Lesson]] = {}
    for act in acts:
        for name, member in vars(act).items():
            other = first.setdefault(name, act)
            is_python_s = name.startswith("__") and name.endswith("__")
            if issubclass(other, act) or is_python_s:
                continue
            raise LessonError(
                f"{_where_defined(act, member)}: {act.__name__}.{name} stands in "
                f"{_where_defined(other, vars(other)[name])} too, and only that one would be called; "
                "give one of them another name"
            )


def _where_defined(act: type[Lesson], member: object) -> str:
    file = shown_file(act.__module__, getattr(sys.modules[act.__module__], "__file__", None) or "")
    code = getattr(member, "__code__", None)
    return f"{file}:{code.co_firstlineno}" if code else file
