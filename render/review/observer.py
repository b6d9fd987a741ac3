"""The review of a chapter: it is told on a small canvas, its pictures are compared, and several a second examined.

Here observations become findings: those that the scene or the kit allows are left out, a fault that is seen again is
counted once, and each finding gets its place in the lesson's files, its beat, and a picture.
"""

from __future__ import annotations

import bisect
import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from manim import Mobject
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from render.core.profile import TICKS_PER_SECOND
from render.core.speech import Voice
from render.core.timeline import Beat, Chapter
from render.draw.dirty_rows import Spans
from render.draw.renderer import Renderer
from render.review import reading
from render.review.direction import (
    Direction,
    Fill,
    Move,
    Weakness,
    examine_direction,
    fill_of,
    spoken_numbers,
    still_halves,
    word_at,
)
from render.review.finding import Finding, keyed
from render.review.mark import examine_marks, is_meant
from render.review.motion import EMPTY, FLASHES, FLOOR_ROW, FROZEN, LEAST_JUMP, Motion, Spell
from render.review.narration import meant_silences
from render.review.observation import Observation
from render.review.reading import Showing
from render.review.result import Allowance, ChapterReview, Still
from render.review.sight import SEEN, Eye, Sight, unlike
from render.review.stage import HEIGHT, WIDTH, Box, Picture, Unit, apart, ids_in, joined, name_of, units_of
from render.review.text import Moment, examine_texts, may_be_cut
from scenes.kit.lesson import Allowed, Lesson, shown_file
from scenes.kit.noun import OnPlane
from scenes.kit.readout import Readout
from scenes.kit.review_hints import is_backdrop, owners_of

LOOK_EVERY: Final = 3
"""Ticks between two looks at something that moves: five looks a second."""

_THERE, _GONE = 0.5, 0.1
"""Opacity from which a unit counts as visible, and up to which it counts as gone."""
_THROUGHOUT: Final = frozenset({"wide", "close-up"})
"""Shots whose picture runs through the whole frame, under the captions too."""
_ASKS: Final = re.compile(
    r"\b(?:look|watch|see|count|compare|find|notice|guess|think|pause|read|follow|choose|pick|decide|try|spot|imagine)\b",
    re.IGNORECASE,
)
"""Words that ask a viewer to look for a while."""


def observe(lesson_class: type[Lesson], chapter: str, *, voice: Voice, folder: Path) -> ChapterReview:
    """Tell one chapter and review it; returns what was found.  Stills and crops go to ``folder`` as PNGs.

    The canvas has to be of :data:`WIDTH` × :data:`HEIGHT` pixels at one frame a tick
    (:func:`render.draw.renderer.set_canvas`).
    """
    observer = _Observer(lesson_class, folder)
    renderer = Renderer(observer)
    lesson = lesson_class(renderer=renderer, voice=voice, only=chapter, listener=observer.heard)
    observer.lesson = lesson
    lesson.setup()
    lesson.construct()
    return observer.close()


@dataclass(slots=True)
class _Case:
    """A finding in the making."""

    observation: Observation
    what: str
    against: str
    where: str
    beat: int
    first: int
    """Tick at which it was first seen."""
    last: int
    play: int
    entered_now: bool
    """Whether what is at fault came with the very play in which the fault was seen."""
    crop: Image.Image | None
    worst: float


@dataclass(slots=True)
class _Presence:
    """A unit as it was at the last picture that differed."""

    unit: Unit
    alpha: float
    strength: float
    change: float
    """Of its strength since the picture before."""
    since: int
    """Number of the play in which it came."""
    came_away: bool
    """Whether the frame was elsewhere than at the whole stage then."""


class _Observer:
    """A sink that looks."""

    lesson: Lesson

    def __init__(self, lesson_class: type[Lesson], folder: Path) -> None:
        path = Path(inspect.getfile(lesson_class))
        home = shown_file(lesson_class.__module__, str(path))
        self._root = path.parents[home.count("/")]
        self._folder = folder
        self._motion = Motion()
        self._eye = Eye()
        self._seen: dict[int, Any] = {}
        self._present: dict[int, _Presence] = {}
        self._cases: dict[tuple[str, str, str], _Case] = {}
        self._names: dict[int, str] = {}
        self._kept: list[Mobject] = []
        self._showings: list[Showing] = []
        self._standing: dict[int, Showing] = {}
        self._places: list[tuple[int, str]] = []
        self._stills: list[Still] = []
        self._allowances: list[Allowance] = []
        self._used: set[int] = set()
        self._fills: list[Fill] = []
        self._targets: list[str] = []
        self._looks = 0
        self._looked = -LOOK_EVERY
        self._stocked = -1
        self._units: tuple[int, list[Unit]] = (-1, [])
        """The units of the last picture in which something changed, with its tick."""
        self._where = f"{home}:0"
        self._titled: tuple[Observation, int, Picture] | None = None
        """The title over the last picture so far, with its tick."""

    # -- what happens

    def show(self, picture: Picture, repeat: int = 1, changed: Spans | None = None) -> None:
        """A picture that stands for ``repeat`` ticks, the stage being as it shows."""
        tick = self._motion.tick
        for frame, file in self.lesson.running():
            self._where = f"{file}:{frame.f_lineno}"
            break
        if not self._places or self._places[-1][1] != self._where:
            self._places.append((tick, self._where))
        self._name_allowances()
        self._name_targets()
        self._motion.show(picture, repeat)
        if self._motion.changed or self._stocked != self.lesson.plays:
            self._take_stock(tick, picture)
        if self._motion.changed:
            at_rest = self.lesson.is_current_animation_frozen_frame()
            if at_rest or tick - self._looked >= LOOK_EVERY:
                self._look(tick, at_rest=at_rest)
        if self._motion.under_captions and self._is_captioned(tick, repeat):
            self._blame_for_captions(tick, picture)

    def heard(self, lesson: Lesson, beat: Beat) -> None:
        """The end of a beat, its last picture standing."""
        tick = beat.end
        sight = self._look(tick, at_rest=True, ended=beat)
        self._direct(sight, tick)
        name = f"beat-{len(lesson.beats) - 1:02d}.png"
        Image.fromarray(sight.picture).save(self._folder / name, compress_level=4)
        self._stills.append(Still(len(lesson.beats) - 1, tick / TICKS_PER_SECOND, name))

    def close(self) -> ChapterReview:
        """All that there is to say of the chapter."""
        (told,) = self.lesson.told
        for showing in self._standing.values():
            showing.end = told.ticks
        for spell in self._motion.close():
            self._judge(spell, told.beats)
        self._read(told.beats)
        direction = self._direction(told)
        findings = [self._finding(case, told.name, told.beats) for case in self._lasting_cases(told.ticks)]
        findings += [self._weakness(weakness, told) for weakness in examine_direction(direction)]
        self._name_allowances()
        allowances = [replace(one, used=index in self._used) for index, one in enumerate(self._allowances)]
        return ChapterReview(
            name=told.name,
            title=told.title,
            seconds=told.seconds,
            looks=self._looks,
            findings=tuple(keyed(findings)),
            allowances=tuple(dict.fromkeys(allowances)),
            stills=tuple(self._stills),
            direction=direction,
        )

    # -- looking

    def _look(self, tick: int, *, at_rest: bool, ended: Beat | None = None) -> Sight:
        self._looked = tick
        self._looks += 1
        seen, units = self._units
        sight = self._eye.look(
            self.lesson,
            lambda unit: unit.is_text or (ended is not None and is_meant(unit)),
            units if ended is None and seen == tick else None,
        )
        moment = Moment(
            self._is_fading if ended is None else lambda unit: False, at_rest, self._is_left_behind
        )
        for observation in examine_texts(self.lesson, self._eye, sight, moment, self._seen):
            self._observed(observation, tick, sight.picture)
        if ended is not None:
            for observation in examine_marks(sight):
                self._observed(observation, tick, sight.picture)
        return sight

    # -- direction

    def _direct(self, sight: Sight, tick: int) -> None:
        """Measure the picture in which a beat ends, and hold it to what is asked of it."""
        title = self.lesson.title_words
        units = [unit for unit in sight.units if unit.alpha > _GONE]
        picture = [replace(unit, leaves=unit.lit) for unit in units if _is_picture(unit, title)]
        drawn = self._eye.solo(self.lesson, picture)
        self._fills.append(fill_of(drawn))
        self._titled = None
        for unit in units:
            readout = unit.mobject
            if isinstance(readout, Readout) and (due := readout.due) != readout.shown:
                message = (
                    f"{{what}} shows {readout.shown} as the beat ends, and what it reads is {due} by now; "
                    "expected the number of what is drawn"
                )
                figures = _number_of(readout.shown), _number_of(due)
                self._observed(Observation("stale", unit, None, *figures, message), tick, sight.picture)
        if title is not None and drawn.any():
            heads = [one for one in units if one.mobject is title]
            rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
            box = Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
            if heads and heads[0].box().meets(box):
                message = "{what} stands over the picture in which the chapter ends; expected it to have left"
                observation = Observation("title", heads[0], None, 1, 0, message)
                self._titled = observation, tick, sight.picture

    def _direction(self, told: Chapter) -> Direction:
        """How the chapter was directed, now that all of it is told."""
        if self._titled is not None:
            self._observed(*self._titled)
        lesson = self.lesson
        still, halves = still_halves(self._motion.stirs, lesson.shots, lesson.pauses)
        return Direction(
            fills=tuple(self._fills),
            still=still,
            halves=halves,
            moves=tuple(
                Move(round(move.tick / TICKS_PER_SECOND, 2), target, word_at(move.tick, told.beats))
                for move, target in zip(lesson.camera_moves, self._targets, strict=True)
            ),
            shots=tuple(kind for _, kind in lesson.shots),
            numbers=spoken_numbers(told),
            seconds=told.seconds,
            formulas=tuple(
                dict.fromkeys(
                    showing.text
                    for showing in self._showings
                    if getattr(showing.unit.mobject, "kind", "") == "formula"
                )
            ),
        )

    def _name_targets(self) -> None:
        """Note what the frame goes to while the scene still knows what it calls it."""
        for move in self.lesson.camera_moves[len(self._targets) :]:
            names = dict.fromkeys(self._mobject_name(target) for target in move.targets)
            self._targets.append(", ".join(names) or "the stage")

    def _weakness(self, weakness: Weakness, told: Chapter) -> Finding:
        """What is wrong with the direction of the whole chapter."""
        return Finding(
            kind=weakness.kind,
            topic=self.lesson.slug(),
            chapter=told.name,
            beat=-1,
            said="",
            seconds=0.0,
            lasted=told.seconds,
            what="the picture",
            against="",
            where=told.where,
            message=weakness.message,
            figure=weakness.figure,
            bound=weakness.bound,
        )

    def _is_fading(self, unit: Unit) -> bool:
        presence = self._present.get(id(unit.mobject))
        return presence is not None and abs(presence.change) > 1e-3

    def _is_left_behind(self, unit: Unit) -> bool:
        presence = self._present.get(id(unit.mobject))
        return presence is not None and not presence.came_away

    def _take_stock(self, tick: int, picture: Picture) -> None:
        """Who is there, who came, who went."""
        self._stocked = play = self.lesson.plays
        before, now = self._present, {}
        self._units = tick, units_of(self.lesson)
        for unit in self._units[1]:
            was = before.get(id(unit.mobject))
            alpha, strength = unit.opacities()
            stayed = was if was and was.alpha > _GONE else None
            since, came_away = (stayed.since, stayed.came_away) if stayed else (play, unit.is_away)
            change = strength - was.strength if was else 0.0
            now[id(unit.mobject)] = _Presence(unit, alpha, strength, change, since, came_away)
        self._present = now
        if self._motion.jump is not None and before:
            self._blame_for_jump(tick, picture, before)
        for key, presence in now.items():
            if presence.unit.is_text:
                self._follow(key, presence, tick)
        for key in [key for key in self._standing if key not in now]:
            self._standing.pop(key).end = tick

    def _follow(self, key: int, presence: _Presence, tick: int) -> None:
        """From when to when a text can be read."""
        standing = self._standing.get(key)
        if presence.alpha < _THERE:
            if standing:
                self._standing.pop(key).end = tick
        elif standing is None:
            unit = presence.unit
            self._kept.append(unit.mobject)  # so that no other takes its identity
            showing = Showing(
                unit, self._name(unit), unit.text, tick, tick, self._where, len(self.lesson.beats)
            )
            self._standing[key] = showing
            self._showings.append(showing)

    def _blame_for_jump(self, tick: int, picture: Picture, before: dict[int, _Presence]) -> None:
        now = self._present
        came = [
            one.unit
            for key, one in now.items()
            if one.alpha > _THERE
            and (key not in before or before[key].alpha < _GONE)
            and not (one.unit.is_text and one.strength < _THERE)  # its letters come one after the other
        ]
        went = [
            one.unit
            for key, one in before.items()
            if one.alpha > _THERE and (key not in now or now[key].alpha < _GONE)
        ]
        if not came and not went:
            return
        redrawn = _nouns_of(before) & _nouns_of(now) | {id(one.root) for one in came} & {
            id(one.root) for one in went
        }
        replaced = before.keys() ^ now.keys()
        # At the end of a transform its target takes the place of what looks the same.
        new = unlike(self._eye.alone(self.lesson, came), self._eye.alone(self.lesson, went))
        for units, verb in ((came, "appears"), (went, "vanishes")):
            left = [
                unit
                for unit in units
                if not (id(unit.mobject) in replaced and redrawn & set(map(id, unit.above)))
                and not self._is_allowed(unit, None, "pop", tick)
            ]
            if not left:
                continue
            gone = [unit for unit in left if unit.alpha < _GONE]
            own = (self._eye.solo(self.lesson, left) & new) | _places_of(gone)
            assert self._motion.jump is not None
            if verb == "appears":  # what others hide does not appear
                own &= apart(self._eye.without(self.lesson, left), picture, SEEN)
            jumped = int((own & self._motion.jump).sum())
            if jumped < max(LEAST_JUMP, 0.3 * own.sum()):
                continue
            largest = max(left, key=lambda unit: _area(unit.box()))
            more = f" with {len(left) - 1} more" if len(left) > 1 else ""
            size = round(jumped * (1080 / HEIGHT) ** 2)
            bound = round(LEAST_JUMP * (1080 / HEIGHT) ** 2)
            message = (
                f"{{what}}{more} {verb} at once, {size} px at 1080 lines; expected a fade, or {bound} at most"
            )
            rows, columns = np.nonzero(own & self._motion.jump)
            box = Box(int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max()))
            self._observed(Observation("pop", largest, None, size, bound, message, box), tick, picture)

    def _is_captioned(self, tick: int, repeat: int) -> bool:
        cue = self.lesson.cue
        return cue is not None and (tick - cue.start) / TICKS_PER_SECOND < cue.speech.seconds and repeat > 0

    def _blame_for_captions(self, tick: int, picture: Picture) -> None:
        low = [
            one.unit
            for one in self._present.values()
            if one.alpha > _GONE and one.unit.box().bottom > FLOOR_ROW and one.unit.box().top < HEIGHT
        ]
        left = [
            unit
            for unit in low
            if not self._may_lie_low(unit) and not self._is_allowed(unit, None, "caption", tick)
        ]
        for unit in left:
            pixels = int(self._eye.solo(self.lesson, [unit])[FLOOR_ROW:].sum())
            if pixels > 12:
                share = pixels / ((HEIGHT - FLOOR_ROW) * WIDTH)
                message = f"{{what}} takes {share:.1%} of the captions' place while somebody speaks; expected nothing"
                self._observed(Observation("caption", unit, None, share, 0.0, message), tick, picture)

    def _may_lie_low(self, unit: Unit) -> bool:
        """Whether captions may stand on a unit: a picture that runs through the whole frame, and no words of it."""
        if unit.is_text:
            return unit.is_dimmed or may_be_cut(unit)
        shots = self.lesson.shots
        return unit.is_away or bool(shots and shots[-1][1] in _THROUGHOUT)

    # -- what is meant

    def _is_allowed(self, unit: Unit | None, against: Unit | None, kind: str, tick: int) -> bool:
        """Whether the scene or the kit says that this is meant; the scene's word is remembered as used."""
        if unit is None:
            return False
        if against is not None and (_belongs(against, unit) or _belongs(unit, against)):
            return True
        for index, allowed in enumerate(self.lesson.allowances):
            if self._covers(allowed, unit, against, kind):
                self._used.add(index)
                return True
        return False

    @staticmethod
    def _covers(allowed: Allowed, unit: Unit, against: Unit | None, kind: str) -> bool:
        first = ids_in(allowed.what)
        if isinstance(allowed.against, str):
            return allowed.against == kind and bool(first & unit.family)
        if against is None:
            return False
        second = ids_in(allowed.against)
        return bool(
            (first & unit.family and second & against.family)
            or (second & unit.family and first & against.family)
        )

    def _name_allowances(self) -> None:
        """Note what the scene allows while it still knows what it calls things."""
        for allowed in self.lesson.allowances[len(self._allowances) :]:
            against = allowed.against
            self._allowances.append(
                Allowance(
                    where=allowed.where,
                    what=self._mobject_name(allowed.what),
                    against=against if isinstance(against, str) else self._mobject_name(against),
                    why=allowed.why,
                    used=False,
                )
            )

    # -- from observations to findings

    def _observed(self, observation: Observation, tick: int, picture: Picture) -> None:
        if self._is_allowed(observation.unit, observation.against, observation.kind, tick):
            return
        what = self._name(observation.unit) if observation.unit else ""
        against = self._name(observation.against) if observation.against else ""
        key = observation.kind, what, against
        case = self._cases.get(key)
        if case and observation.excess <= case.worst:
            case.last = tick
            return
        crop = _cut(picture, observation)
        presence = self._present.get(id(observation.unit.mobject)) if observation.unit else None
        entered_now = presence is not None and presence.since == self.lesson.plays
        if case:
            case.observation, case.crop = observation, crop
            case.last, case.worst = tick, observation.excess
            return
        self._cases[key] = _Case(
            observation=observation,
            what=what,
            against=against,
            where=self._where,
            beat=len(self.lesson.beats) - (self.lesson.cue is None and bool(self.lesson.beats)),
            first=tick,
            last=tick,
            play=self.lesson.plays,
            entered_now=entered_now,
            crop=crop,
            worst=observation.excess,
        )

    def _lasting_cases(self, ticks: int) -> Iterable[_Case]:
        """All cases but what is off the frame only while it comes or goes, in the order of time."""
        for case in sorted(self._cases.values(), key=lambda case: case.first):
            if case.observation.kind == "outside" and case.observation.unit is not None:
                ended = [
                    one.end for one in self._showings if one.unit.mobject is case.observation.unit.mobject
                ]
                brief = case.last - case.first < TICKS_PER_SECOND
                if brief and (
                    case.entered_now or (ended and ended[-1] < ticks and ended[-1] - case.last <= 3)
                ):
                    continue
            yield case

    def _judge(self, spell: Spell, beats: tuple[Beat, ...]) -> None:
        """A spell becomes a case unless the words ask for it."""
        index = max(bisect.bisect_right([beat.start for beat in beats], spell.start) - 1, 0)
        during = [beat for beat in beats if beat.start < spell.end and beat.end > spell.start]
        if spell.kind == "frozen":
            if any(_ASKS.search(beat.text) or beat.line in self._meant(beat.file) for beat in during):
                return
            message = f"the picture stands for {spell.seconds:.1f} s and the words do not ask to look"
            self._add_case(
                "frozen", spell, index, spell.seconds, FROZEN, f"{message}; expected {FROZEN:g} s at most"
            )
        elif spell.kind == "empty":
            message = f"the stage is empty for {spell.seconds:.1f} s; expected {EMPTY:g} s at most"
            self._add_case("empty", spell, index, spell.seconds, EMPTY, message)
        else:
            message = f"the picture flashes {spell.figure:g} times in a second; expected {FLASHES} at most"
            self._add_case("flash", spell, index, spell.figure, FLASHES, message)

    def _add_case(
        self, kind: str, spell: Spell, beat: int, figure: float, bound: float, message: str
    ) -> None:
        observation = Observation(kind, None, None, figure, bound, message)
        where = self._place_at(spell.start)
        what = f"beat {beat}"
        key = kind, what, ""
        if key not in self._cases or self._cases[key].worst < observation.excess:
            self._cases[key] = _Case(
                observation, what, "", where, beat, spell.start, spell.end, 0, False, None, observation.excess
            )

    def _read(self, beats: tuple[Beat, ...]) -> None:
        """Words that come too fast, or go too soon."""
        for observation, showing in reading.examine_reading(self._showings, beats):
            if self._is_allowed(showing.unit, None, observation.kind, showing.start):
                continue
            key = observation.kind, showing.name, ""
            self._cases[key] = _Case(
                observation,
                showing.name,
                "",
                showing.where,
                showing.beat,
                showing.start,
                showing.end,
                0,
                False,
                None,
                0.0,
            )

    def _finding(self, case: _Case, chapter: str, beats: tuple[Beat, ...]) -> Finding:
        name = ""
        if case.crop is not None:
            name = f"{case.observation.kind}-{len(list(self._folder.glob('*.png'))):03d}.png"
            case.crop.save(self._folder / name)
        beat = min(case.beat, len(beats) - 1)
        return Finding(
            kind=case.observation.kind,
            topic=self.lesson.slug(),
            chapter=chapter,
            beat=beat,
            said=beats[beat].text,
            seconds=round(case.first / TICKS_PER_SECOND, 2),
            lasted=round((case.last - case.first) / TICKS_PER_SECOND, 2),
            what=case.what,
            against=case.against,
            where=case.where,
            message=case.observation.message.replace("{what}", case.what).replace("{against}", case.against),
            figure=round(float(case.observation.figure), 4),
            bound=case.observation.bound,
            crop=name,
        )

    # -- names and places

    def _place_at(self, tick: int) -> str:
        index = bisect.bisect_right([when for when, _ in self._places], tick) - 1
        return self._places[max(index, 0)][1] if self._places else self._where

    def _meant(self, file: str) -> frozenset[int]:
        """Lines of a file of the lesson on which a beat stands whose silence is meant."""
        return meant_silences(self._root / file)

    def _name(self, unit: Unit) -> str:
        if id(unit.mobject) not in self._names:
            self._kept.append(unit.mobject)
            self._names[id(unit.mobject)] = name_of(unit, self.lesson)
        return self._names[id(unit.mobject)]

    def _mobject_name(self, mobject: Mobject) -> str:
        from render.review.stage import is_text

        return self._name(Unit(mobject, is_text(mobject), ()))


def _belongs(mark: Unit, owner: Unit) -> bool:
    """Whether the kit says that ``mark`` may touch ``owner``."""
    for mobject in (mark.mobject, *mark.above):
        for one in owners_of(mobject):
            if ids_in(one) & owner.family:
                return True
    return False


def _is_picture(unit: Unit, title: Mobject | None) -> bool:
    """Whether a unit belongs to what the viewer is shown: lit, on the stage, and neither a backdrop nor the title."""
    if unit.is_dimmed or unit.is_pinned or unit.mobject is title:
        return False
    return not any(is_backdrop(one) for one in (unit.mobject, *unit.above))


def _number_of(text: str) -> float:
    """What a readout shows, as a number."""
    return float(text.replace("−", "-"))


def _nouns_of(present: dict[int, _Presence]) -> set[int]:
    """Identities of the kit's nouns on the stage: they draw themselves anew, in other pieces."""
    return {
        id(one) for presence in present.values() for one in presence.unit.above if isinstance(one, OnPlane)
    }


def _places_of(units: Iterable[Unit]) -> NDArray[np.bool_]:
    """The boxes of units that are transparent by now."""
    places = np.zeros((HEIGHT, WIDTH), bool)
    for unit in units:
        box = unit.box(hidden=True).clipped()
        if not box.is_empty:
            box.of(places)[:] = True
    return places


def _area(box: Box) -> int:
    clipped = box.clipped()
    return 0 if clipped.is_empty else (clipped.right - clipped.left) * (clipped.bottom - clipped.top)


def _cut(picture: Picture, observation: Observation) -> Image.Image:
    """The place of a fault with a frame around what is at fault, enough around it to be recognised."""
    focus = observation.box or (observation.unit.box() if observation.unit else Box(0, 0, WIDTH, HEIGHT))
    other = observation.against.box() if observation.against else None
    whole = joined([focus, other]) if other and _area(other) < 40_000 else focus
    around = whole.clipped(24)
    across, down = max(around.right - around.left, 240), max(around.bottom - around.top, 135)
    left = int(np.clip((around.left + around.right - across) // 2, 0, max(WIDTH - across, 0)))
    top = int(np.clip((around.top + around.bottom - down) // 2, 0, max(HEIGHT - down, 0)))
    place = Box(left, top, min(left + across, WIDTH), min(top + down, HEIGHT))
    image = Image.fromarray(np.ascontiguousarray(place.of(picture)[:, :, :3]))
    framed = focus.clipped(3)
    if not framed.is_empty:
        corners = framed.left - left, framed.top - top, framed.right - left - 1, framed.bottom - top - 1
        ImageDraw.Draw(image).rectangle(corners, outline=(255, 64, 129))
    return image
