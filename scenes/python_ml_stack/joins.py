"""Joins: which rows of two tables meet, and what a key that repeats does to their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, ManimColor, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.path import Floats
from scenes.kit.shot import bare
from scenes.kit.table import Table
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.python_ml_stack import data, joins, snippets
from scenes.python_ml_stack.flock import raised, spot
from scenes.python_ml_stack.sheet import Folded
from scenes.python_ml_stack.stage import SPECIES_COLORS, PythonMlStackStage

TALL: Final = 0.74
"""Scene units of a row of a small table."""
LARGE: Final = 42.0
"""Pixels of capitals of what stands in small tables."""
WIDE: Final = 4.7
"""Scene units that a small table is wide."""
RATIO: Final = "δ15N (‰)"
"""The ratio of nitrogen isotopes in a bird's blood, in parts per thousand."""
THREAD: Final = 5.0
"""Stroke of a thread from row to row."""
RAILS: Final = (2.05, -2.0)
"""Heights of the birds and of the blood samples, in scene units."""
TOOTH: Final = 0.34
"""Length of the stroke that stands for a row."""
SPAN: Final = 6.85
"""Scene units from the middle of the frame to the first and the last row."""
STROKES: Final = (3.0, 2.2, 1.3)
"""Strokes of rows, of threads of the right key, and of those of the wrong one."""


class Threads:
    """344 birds above, their blood samples below, and threads between rows that meet."""

    def __init__(self) -> None:
        ground = bare()
        species = joins.body()["Species"].str.split().str[0].to_numpy(str)
        self.kinds = [np.flatnonzero(species == name) for name in data.SPECIES]
        order = np.concatenate(self.kinds)
        self.x = np.empty(len(species))
        self.x[order] = np.linspace(-SPAN, SPAN, len(species))
        self.home = joins.homes()
        self.missing = np.setdiff1d(np.arange(len(species)), self.home)
        self.right = np.column_stack([np.arange(len(species)), np.arange(len(species))])
        met = joins.pairs(joins.PART)
        self.wrong = np.column_stack([met[:, 0], self.home[met[:, 1]]])
        colors = [SPECIES_COLORS[name] for name in data.SPECIES]
        self.teeth = VGroup(*(Segments(ground, color, STROKES[0]) for color in colors))
        self.roots = VGroup(*(Segments(ground, color, STROKES[0]) for color in colors))
        self.threads = VGroup(*(Segments(ground, color, STROKES[1]) for color in colors))
        self.burst = VGroup(*(Segments(ground, color, STROKES[2]) for color in colors))
        self.open = Segments(ground, ink.focus, 5.0)
        top, bottom = RAILS
        for members, teeth, roots in zip(self.kinds, self.teeth, self.roots, strict=True):
            teeth.redraw(self.at(members, top), self.at(members, top + TOOTH))
            sampled = np.intersect1d(members, self.home)
            roots.redraw(self.at(sampled, bottom), self.at(sampled, bottom - TOOTH))

    def at(self, rows: Floats | np.ndarray, y: float) -> Floats:
        """Points (n, 2) of rows at a height, in scene units."""
        return np.column_stack([self.x[rows], np.full(len(rows), y)])

    def stand_open(self, count: int) -> Segments:
        """The first birds without a sample, ``count`` of them: their teeth stand out."""
        rows = self.missing[np.argsort(self.x[self.missing])][:count]
        return self.open.redraw(self.at(rows, RAILS[0] - 0.75), self.at(rows, RAILS[0] + TOOTH))

    def zip(self, share: float) -> VGroup:
        """The threads of the first rows, up to ``share`` of all."""
        until = -SPAN + 2 * SPAN * share
        for members, threads in zip(self.kinds, self.threads, strict=True):
            seen = np.intersect1d(members, self.home)
            seen = seen[self.x[seen] <= until] if share else seen[:0]
            threads.redraw(self.at(seen, RAILS[0]), self.at(seen, RAILS[1]))
        return self.threads

    def meet(self, wrong: np.ndarray) -> VGroup:
        """The threads of the wrong key, from birds to the samples that they meet: all pairs, or some."""
        for members, threads in zip(self.kinds, self.burst, strict=True):
            mine = wrong[np.isin(wrong[:, 0], members)]
            threads.redraw(self.at(mine[:, 0], RAILS[0]), self.at(mine[:, 1], RAILS[1]))
        return self.burst

    def followed(self) -> np.ndarray:
        """The pairs of one sample number that three birds have and three samples."""
        number = joins.body()[joins.PART[0]].to_numpy()
        counts = np.array([np.sum(number[self.wrong[:, 0]] == each) for each in number])
        self.number = int(number[int(np.flatnonzero(counts == counts.max())[20])])
        return np.asarray(self.wrong[number[self.wrong[:, 0]] == self.number])


class Checked:
    """What is said of both tables, and what pandas says to the wrong key, once it has been asked to look."""

    def __init__(self, zipped: Threads) -> None:
        room = shot.safe(titled=False)
        self.birds = words.label(f"body: {len(zipped.x)} birds", size=LARGE)
        self.samples = words.label(f"blood: {len(zipped.home)} samples", size=LARGE)
        self.alone = words.label("key: sample number, inner join", ink.error, LARGE)
        room.put(self.birds, UP + LEFT)
        room.put(self.samples, DOWN + LEFT)
        room.put(self.alone, UP + RIGHT)
        self.call = Tag(words.code(snippets.VALIDATE, size=ink.LABEL))
        self.call.move_to(spot(0.0, (RAILS[0] + RAILS[1]) / 2))
        self.error = Tag(words.label("MergeError: Merge keys are not unique …", ink.error, LARGE))
        self.error.next_to(self.call, DOWN, buff=0.25)

    def all(self) -> VGroup:
        """All of it, as the chapter ends."""
        return VGroup(self.birds, self.samples, self.alone, self.call, self.error)


class Joins(PythonMlStackStage):
    """Joins: which rows of two tables meet, and what a key that repeats does to their number."""

    @chapter("A key that repeats multiplies rows", "merge and join", goes_on=True)
    def a_key_that_repeats(self) -> None:
        self.untitled()
        self.three_joins()
        self.repeated_right()
        self.real_tables()

    def three_joins(self) -> None:
        """Rows that have one key meet: inner, left and outer."""
        self.shot(shot.split(titled=False))
        room = shot.safe(titled=False)
        mass, blood = joins.hand_left(), joins.hand_right()
        left = Table(
            {"id": mass["id"].to_numpy(), "mass (kg)": mass["mass"].to_numpy()},
            width=WIDE,
            row_height=TALL,
            size=LARGE,
        )
        right = Table(
            {"id": blood["id"].to_numpy(), RATIO: blood["d15N"].to_numpy()},
            width=WIDE,
            row_height=TALL,
            size=LARGE,
        )
        room.put(left, UP + LEFT)
        room.put(right, UP + RIGHT)
        outer = joins.hand_joined("outer")
        result = Table(
            {
                name: outer[key].to_numpy()
                for name, key in (("id", "id"), ("mass (kg)", "mass"), (RATIO, "d15N"))
            },
            width=8.2,
            row_height=TALL,
            size=LARGE,
        )
        raised(room).put(result, DOWN + LEFT)
        ids = list(outer["id"])
        threads = VGroup()
        for row, key in enumerate(mass["id"]):
            for other, same in enumerate(blood["id"]):
                if key == same:
                    threads.add(self.thread(left, row, right, other, ink.focus))
        folded = Folded().all()
        self.add(folded)
        for each in folded:
            self.allow(each, "unread", "it is read as the chapter before ends")
        with self.beat(
            "Two tables: masses, and nitrogen isotopes in the blood. A merge, or join, matches rows by a key."
        ) as beat:
            self.left = left
            beat.at("masses", FadeOut(folded), FadeIn(left))
            beat.at("nitrogen", FadeIn(right))
            name = self.called = words.headline("merge", ink.focus, ink.POINT)
            name.move_to(spot(0.0, room.top - TALL / 2))
            beat.at("merge", FadeIn(name))
            key = words.headline("key: id", ink.focus, 1.5 * ink.HEADLINE)
            key.move_to(spot(0.0, (room.bottom + float(left.get_bottom()[1])) / 2))
            beat.over(
                "matches",
                glide(left.light, {"column": "id", "share": 0.0}, {"column": "id", "share": 1.0}),
                glide(right.light, {"column": "id", "share": 0.0}, {"column": "id", "share": 1.0}),
                LaggedStart(*(FadeIn(each) for each in threads), lag_ratio=pace.LAG),
                FadeIn(key),
            )
        kinds = [
            words.headline(text, ink.focus, ink.POINT).move_to(
                spot(room.right, result.get_center()[1]), RIGHT
            )
            for text in ("inner join:\n2 rows", "left join:\n3 rows", "outer join:\n4 rows")
        ]
        inner, kept = [ids.index(key) for key in joins.hand_joined("inner")["id"]], list(mass["id"])
        strength = np.zeros(len(ids))
        seats = np.zeros(len(ids))

        def lie(where: Floats, bright: Floats) -> Table:
            result.sit(where)
            for row, share in zip(result.rows, bright, strict=True):
                row.shade(float(share))
            return result

        def state(rows: Sequence[int]) -> tuple[Floats, Floats]:
            place_, bright = seats.copy(), strength.copy()
            for rank, row in enumerate(rows):
                place_[row], bright[row] = rank, 1.0
            rest = [row for row in range(len(ids)) if row not in rows]
            for row in rest:
                place_[row] = row
            return place_, bright

        states = [
            state(inner),
            state([ids.index(key) for key in kept]),
            state(range(len(ids))),
        ]
        with self.beat("An inner join keeps what matches: two rows.") as beat:
            self.play(FadeOut(key), run_time=pace.QUICK)
            lie(states[0][0], strength)
            self.play(FadeIn(result), run_time=pace.QUICK)
            beat.over(
                "keeps",
                glide(lie, (states[0][0], strength), states[0], result),
                *(words.light(thread, ink.chalk) for thread in threads),
                FadeIn(kinds[0]),
                least=pace.SLOW,
            )
        hole, empty = result.cell(ids.index(2), RATIO).plate, result.cell(ids.index(4), "mass (kg)").plate
        with self.beat(
            "A left join keeps each left row at least once. What the right lacks becomes NaN."
        ) as beat:
            beat.over(
                "keeps",
                glide(lie, states[0], states[1], result),
                words.rewrite(kinds[0], kinds[1]),
                until="What",
                least=pace.SLOW,
            )
            beat.over(
                "lacks",
                words.light(hole, ink.error),
                glide(hole.set_fill, {"opacity": 0.0}, {"opacity": 0.3}, hole),
                until="NaN",
            )
            self.play(FadeIn(words.label("NaN", ink.focus, LARGE).move_to(hole)), run_time=pace.BRISK)
        with self.beat("An outer join keeps both: four rows.") as beat:
            beat.over(
                "keeps",
                glide(lie, states[1], states[2], result),
                words.rewrite(kinds[1], kinds[2]),
                least=pace.SLOW,
            )
            self.play(FadeIn(words.label("NaN", ink.focus, LARGE).move_to(empty)), run_time=pace.QUICK)

    def thread(self, left: Table, row: int, right: Table, other: int, color: ManimColor) -> Segments:
        """A thread from the end of one row to the begin of another."""
        start = left.row(row).get_right() + spot(0.08, 0.0)
        end = right.row(other).get_left() + spot(-0.08, 0.0)
        return bare().segment(start[:2], end[:2], color, THREAD)

    def repeated_right(self) -> None:
        """An id that stands twice in the right table alone: the left join repeats its row, and sums grow."""
        room = shot.safe(titled=False)
        left, name = self.left, self.called
        style: dict[str, Any] = {"row_height": TALL, "size": LARGE}
        blood = joins.hand_twice()
        right = Table({"id": blood["id"].to_numpy(), RATIO: blood["d15N"].to_numpy()}, width=WIDE, **style)
        room.put(right, UP + RIGHT)
        right.light(column="id", share=1.0)
        mass, joined = joins.hand_left(), joins.repeated()
        result = Table(
            {
                "id": joined["id"].to_numpy(),
                "mass (kg)": joined["mass"].to_numpy(),
                RATIO: joined["d15N"].to_numpy(),
            },
            width=8.2,
            **style,
        )
        raised(room).put(result, DOWN + LEFT)
        threads = VGroup(
            *(
                self.thread(left, row, right, other, ink.error if key == blood["id"][0] else ink.focus)
                for row, key in enumerate(mass["id"])
                for other, same in enumerate(blood["id"])
                if key == same
            )
        )
        twice = [row for row, key in enumerate(joined["id"]) if key == blood["id"][0]]
        with self.beat("Now let id one stand twice, in the right table alone.") as beat:
            gone = [each for each in self.mobjects if each not in (left, name)]
            self.play(FadeOut(*gone), FadeIn(right), run_time=pace.BRISK)
            beat.over("twice", *(words.light(right.row(row)) for row in range(2)), until="right")
            beat.over(LaggedStart(*(FadeIn(each) for each in threads), lag_ratio=pace.LAG))
        side = spot(room.right, float(result.get_center()[1]))
        kind = words.headline(f"left join:\n{len(joined)} rows", ink.focus, ink.POINT)
        kind.move_to(side + spot(0.0, 1.0), aligned_edge=RIGHT)
        sums = words.headline(
            f"sum of mass:\n[{mass['mass'].sum():.1f}:chalk] → {joined['mass'].sum():.1f}",
            ink.error,
            ink.POINT,
        )
        sums.move_to(side - spot(0.0, 1.0), aligned_edge=RIGHT)
        with self.beat("A left join gives its row twice.") as beat:
            result.sit(np.maximum(np.arange(len(joined)) - 1.0, 0.0))
            result.rows[twice[1]].shade(0.0)
            beat.at("left", FadeIn(result), FadeIn(kind), run_time=pace.QUICK)
            seats = np.arange(len(joined), dtype=float)

            def lie(seat: Floats, bright: float) -> Table:
                result.sit(seat)
                result.rows[twice[1]].shade(bright)
                return result

            beat.over(
                glide(lie, (result.seats.copy(), 0.0), (seats, 1.0), result),
                least=pace.SLOW,
            )
            hole = result.cell(int(np.flatnonzero(joined["d15N"].isna())[0]), RATIO).plate
            self.play(FadeIn(words.label("NaN", ink.focus, LARGE).move_to(hole)), run_time=pace.QUICK)
        doubled = [result.cell(row, "mass (kg)").plate for row in twice]
        with self.beat("Sums count its mass twice. No error is raised.") as beat:
            beat.over(
                "Sums",
                *(words.light(plate, ink.error) for plate in doubled),
                *(glide(plate.set_fill, {"opacity": 0.0}, {"opacity": 0.3}, plate) for plate in doubled),
                until="twice",
            )
            self.play(FadeIn(sums), run_time=pace.BRISK)
            beat.over(words.light(sums, ink.chalk))

    def real_tables(self) -> None:
        """344 birds, 330 samples: the right key closes like a zip, the wrong one bursts."""
        self.shot(shot.wide())
        room = shot.safe(titled=False)
        zipped = Threads()
        checked = Checked(zipped)
        birds, samples = checked.birds, checked.samples
        key = words.code(snippets.MERGE, size=ink.LABEL)
        room.put(key, UP + RIGHT)
        with self.beat("In the real data, 344 birds, and 330 blood samples.") as beat:
            self.exchange(zipped.teeth, birds)
            beat.over(
                LaggedStart(*(words.light(each, ink.chalk) for each in zipped.teeth), lag_ratio=pace.LAG),
                until="330",
            )
            beat.at("330", FadeIn(zipped.roots, samples))
            beat.over(
                LaggedStart(*(words.light(each, ink.chalk) for each in zipped.roots), lag_ratio=pace.LAG)
            )
        with self.beat("The key is species and sample number together: it names one bird.") as beat:
            self.play(FadeIn(key), run_time=pace.BRISK)
            beat.over(words.light(key, ink.chalk), until="together")
            self.allow(zipped.threads, "pop", "rows are joined thread by thread, as a zip closes")
            self.add(zipped.zip(0.0))
            beat.over(
                "together",
                drive(zipped.zip, zipped.threads, rate_func=linear),
                least=pace.LONG,
            )
        with self.beat("So a left join gives one row for each bird. In 14 the blood is missing.") as beat:
            found = Value(0.0)
            nan = words.Readout(found, 0, unit="× NaN", color=ink.focus, size=ink.POINT, digits=2)
            room.put(nan, DOWN + RIGHT)
            beat.over(
                "gives",
                LaggedStart(*(words.light(each, ink.chalk) for each in zipped.teeth), lag_ratio=pace.LAG),
                until="In",
            )
            found.draws(lambda count: zipped.stand_open(round(count)), zipped.open)
            self.add(zipped.open)
            self.play(FadeIn(nan), zipped.threads.animate.set_stroke(opacity=0.45), run_time=pace.QUICK)
            beat.over(found.to(len(zipped.missing), rate_func=linear), least=pace.SLOW)
            nan.freeze()
        many = Tag(
            words.headline(f"{len(zipped.wrong)} rows, not {len(zipped.home)}", ink.error, 1.2 * ink.HEADLINE)
        )
        many.move_to(spot(0.0, (RAILS[0] + RAILS[1]) / 2))
        alone = checked.alone
        some = zipped.followed()
        ends = VGroup(
            bare().dots(zipped.at(np.unique(some[:, 0]), RAILS[0] + TOOTH / 2), ink.focus, radius=0.2),
            bare().dots(zipped.at(np.unique(some[:, 1]), RAILS[1] - TOOTH / 2), ink.focus, radius=0.2),
        )
        one, nine = (
            Tag(words.headline(text, ink.error, ink.HEADLINE)).move_to(many)
            for text in (f"sample number {zipped.number}", f"3 × 3 = {len(some)} rows")
        )
        with self.beat(
            "Leave out the species, and one sample number names three birds and three samples."
        ) as beat:
            self.play(FadeOut(zipped.threads, zipped.open, nan, key), FadeIn(alone), run_time=pace.BRISK)
            beat.at("number", FadeIn(one))
            beat.at("birds", FadeIn(ends[0], scale=2))
            beat.at("samples", FadeIn(ends[1], scale=2))
        with self.beat("Each pairs with each: nine rows. The whole merge gives 823.") as beat:
            zipped.meet(some).set_stroke(width=STROKES[0] + 2.0)
            self.add(one)
            beat.over("Each", FadeOut(one), FadeIn(zipped.burst), until="nine")
            self.play(FadeIn(nine), run_time=pace.BRISK)
            beat.until("whole")
            self.remove(zipped.burst)
            zipped.meet(zipped.wrong).set_stroke(width=STROKES[2])
            self.play(FadeOut(ends, nine), FadeIn(zipped.burst), FadeIn(many, scale=1.2), run_time=pace.SLOW)
        with self.beat(
            "Ask for validate one-to-one, and pandas stops you. Count rows before and after each merge."
        ) as beat:
            self.play(FadeOut(many), FadeIn(checked.call), run_time=pace.BRISK)
            beat.at(
                "stops",
                FadeOut(zipped.burst),
                FadeIn(checked.error),
                run_time=pace.SLOW,
            )
            beat.at("before", words.light(birds), words.light(samples))
            beat.rest()
