"""Grouping and reshaping: split, apply, combine; the wide form and the long one."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.plane import Plane
from scenes.kit.table import Table
from scenes.maths.python_ml_stack import data, groups, snippets
from scenes.python_ml_stack.flock import (
    NUMBERED,
    RADIUS,
    flock,
    groups_of,
    packed,
    raised,
    species_of,
    spot,
)
from scenes.python_ml_stack.labelled import chosen_rows
from scenes.python_ml_stack.sheet import LARGE, Folded, Sheet
from scenes.python_ml_stack.stage import SPECIES_COLORS, PythonMlStackStage

HALF: Final = 5.05
"""Scene units that a table of two is wide where two stand side by side."""
TALL: Final = 1.0
"""Scene units of a row of a small table."""
HAND_SIZE: Final = 47.0
"""Pixels of capitals in the tables by hand."""
CODE: Final = 36.0
"""Pixels of capitals of the line of code above the crowds."""
HAND_COLORS: Final = {"A": SPECIES_COLORS["Adelie"], "G": SPECIES_COLORS["Gentoo"]}
MASSES: Final = (2.15, 6.9)
"""Least and largest mass on the axis, in kg."""
SLOT: Final = 0.4
"""Share of its slot that a crowd fills."""
ASIDE: Final = -0.25
"""How far left of the middle of its slot a crowd stands, as a share of the slot: its number stands on the right."""
LINE: Final = 0.225
"""Half of the length of the line at a mean, as a share of the slot."""
ONE: Final = 0.24
"""Radius of the dot that stands for a group, in scene units."""
MARKS: Final = 60.0
"""Pixels of capitals of the numbers in the wide table."""
GAP: Final = 0.7
"""Scene units between two tables side by side, as the kit has it."""
LIT: Final = 0.8
"""Share of full light at which the names of species can still be read."""
STEP: Final = 0.24
"""Scene units between two birds in a cell."""


class Crowds:
    """The birds that were weighed, on a plane whose height is the mass: one crowd, or one a species."""

    def __init__(self) -> None:
        birds = groups.measured()
        self.groups = groups_of(birds)
        self.species = species_of(birds)
        self.mass = birds["body_mass_g"].to_numpy(float) / 1000
        self.means = groups.mean_mass()["mean"].to_numpy(float)
        self.plane: Plane = shot.safe(titled=False).plane(
            (0, 3),
            MASSES,
            x_ticks=[],
            y_names={3: "3 kg", 4: "4 kg", 5: "5 kg", 6: "6 kg"},
            tick_size=NUMBERED,
            name_size=NUMBERED,
        )
        rng = np.random.default_rng(6)
        self.mixed = self.plane.at(rng.uniform(0.1, 2.9, len(birds)), self.mass)
        aside = rng.uniform(-SLOT / 2, SLOT / 2, len(birds))
        self.slot = np.zeros(len(birds))
        for number, members in enumerate(self.groups):
            self.slot[members] = number + 0.5 + ASIDE
        self.parted = self.plane.at(self.slot + aside, self.mass)
        level = np.zeros(len(birds))
        for members, mean in zip(self.groups, self.means, strict=True):
            level[members] = mean / 1000
        self.on_line = self.plane.at(self.slot + aside, level)
        self.merged = self.plane.at(self.slot, level)
        self.dots: Dots = flock(birds, self.mixed)
        starts, ends = (
            [(number + 0.5 + ASIDE + side * LINE, mean / 1000) for number, mean in enumerate(self.means)]
            for side in (-1, 1)
        )
        self.lines = VGroup(
            *(
                self.plane.segment(start, end, SPECIES_COLORS[name], 7.0)
                for start, end, name in zip(starts, ends, data.SPECIES, strict=True)
            )
        )
        self.told = VGroup(
            *(
                self.plane.label(
                    number + 0.5 + ASIDE + 0.31,
                    mean / 1000,
                    f"{mean:,.0f} g",
                    RIGHT,
                    gap=0.12,
                    size=LARGE,
                )
                for number, mean in enumerate(self.means)
            )
        )
        names = [
            self.plane.label(number + 0.5 + ASIDE, MASSES[0], name, UP, SPECIES_COLORS[name], 0.2, NUMBERED)
            for number, name in enumerate(data.SPECIES)
        ]
        for name in names[1:]:
            words.align_baseline(name, names[0])
        self.names = VGroup(*names)

    def gather(self) -> None:
        """Each species is one dot at its mean: the picture in which the chapter ends."""
        self.dots.put(self.merged, ONE)


class Groups(PythonMlStackStage):
    """Grouping and reshaping: split, apply, combine; the wide form and the long one."""

    @chapter("Split, apply, combine", "groupby as split-apply-combine", goes_on=True)
    def split_apply_combine(self) -> None:
        self.untitled()
        self.by_hand()
        self.three_crowds()

    def by_hand(self) -> None:
        """Four rows part by their key, two means go into one table."""
        self.shot(shot.close_up())
        rows, room = groups.hand(), shot.safe(titled=False)
        table = Table(
            {"species": list(rows["species"]), "mass (kg)": rows["mass"].to_numpy()},
            width=HALF,
            row_height=TALL,
            size=HAND_SIZE,
        )
        table.move_to(spot(room.right - HALF - GAP / 2, room.top), aligned_edge=UP)
        for row, name in enumerate(rows["species"]):
            table.cell(row, "species").content.set_fill(HAND_COLORS[name])
        kinds = [np.flatnonzero(rows["species"] == name) for name in HAND_COLORS]
        before = chosen_rows(self.birds, shot.headline().places[0])
        self.add(before)
        self.allow(before, "unread", "it is read as the chapter before ends")
        self.exchange(table, also=[self.frame.to(table, share=0.97)])
        with self.beat("Four rows: a species, and a mass in kilograms. How heavy is each species?") as beat:
            beat.over(
                glide(table.light, {"column": "species", "share": 0.0}, {"column": "species", "share": LIT}),
                until="mass",
            )
            self.play(
                glide(table.light, {"column": "species", "share": LIT}, {"column": "species", "share": 0.0}),
                glide(
                    table.light, {"column": "mass (kg)", "share": 0.0}, {"column": "mass (kg)", "share": 1.0}
                ),
            )
            beat.over(
                glide(
                    table.light, {"column": "mass (kg)", "share": 1.0}, {"column": "mass (kg)", "share": 0.0}
                )
            )
        split = words.headline("split", ink.focus, ink.POINT)
        apply = words.headline("apply", ink.focus, ink.POINT)
        combine = words.headline("combine", ink.focus, ink.POINT)
        call = words.code("groupby", size=LARGE)
        call.move_to(spot(room.left, room.top), aligned_edge=UP + LEFT)
        split.move_to(spot(room.left, room.top - 1.5 * TALL), aligned_edge=LEFT)
        level = (room.top + room.bottom) / 2
        apply.move_to(spot(room.left, level), aligned_edge=LEFT)
        combine.move_to(spot(room.left, room.bottom + 1.5 * TALL), aligned_edge=LEFT)
        with self.beat("A groupby works in steps: split, apply, combine.") as beat:
            beat.at("groupby", self.frame.back(), FadeIn(call), run_time=pace.SLOW)
            for each, word in ((split, "split"), (apply, "apply"), (combine, "combine")):
                beat.at(word, FadeIn(each, shift=place.NUDGE * RIGHT), run_time=pace.QUICK)
        with self.beat("First it splits the rows by a key, here the species.") as beat:
            beat.at("splits", glide(table.part, (kinds[1], 0.0), (kinds[1], 1.0)), run_time=pace.SLOW)
            for name, members in zip(HAND_COLORS, kinds, strict=True):
                dye = HAND_COLORS[name]
                self.play(
                    *(
                        glide(
                            table.light,
                            {"row": int(row), "share": 0.0, "color": dye},
                            {"row": int(row), "share": 1.0, "color": dye},
                        )
                        for row in members
                    ),
                    run_time=pace.BRISK,
                )
            keys = [table.cell(row, "species").content for row in range(len(rows))]
            beat.over(LaggedStart(*map(words.light, keys), lag_ratio=pace.LAG))
        means = groups.hand_means()
        shown = VGroup()
        for (name, mean), members in zip(means.items(), kinds, strict=True):
            x = float(table.row(int(members[0])).get_center()[0])
            shown.add(
                words.headline(f"{mean:g}", HAND_COLORS[str(name)], 1.8 * ink.HEADLINE).move_to(
                    spot(x, level - TALL)
                )
            )
        with self.beat(
            "Apply a function to each group. For the mean, three and four give three and a half."
        ) as beat:
            beat.over(words.light(apply, ink.chalk), until="group")
            masses = [table.cell(int(row), "mass (kg)").content for row in np.concatenate(kinds)]
            beat.over(LaggedStart(*map(words.light, masses), lag_ratio=pace.LAG), until="three")
            for number, word in ((0, "three"), (1, "a half")):
                fallen = [table.cell(int(row), "mass (kg)").content.copy() for row in kinds[number]]
                beat.at(word, *(each.animate.move_to(shown[number]) for each in fallen), run_time=pace.CALM)
                self.play(FadeOut(*fallen), FadeIn(shown[number], scale=1.3), run_time=pace.QUICK)
        result = Table(
            {"species": [str(name) for name in means.index], "mean (kg)": means.to_numpy()},
            width=HALF + 1.2,
            row_height=TALL,
            size=HAND_SIZE,
        )
        result.move_to(spot(room.right - 2 * HALF - GAP, room.bottom), aligned_edge=DOWN + LEFT)
        for row, name in enumerate(means.index):
            result.cell(row, "species").content.set_fill(HAND_COLORS[str(name)])
        kind = words.label("[aggregation:focus]:\nmean, median,\none number\na group", size=HAND_SIZE)
        kind.move_to(spot(room.right, result.get_center()[1]), aligned_edge=RIGHT)
        with self.beat(
            "Combine the results into one table. One number a group is an aggregation: a mean, or a median."
        ) as beat:
            beat.at(
                "results",
                words.light(combine, ink.chalk),
                FadeIn(result),
                *(
                    each.animate.move_to(result.cell(row, "mean (kg)").content).set_opacity(0.0)
                    for row, each in enumerate(shown)
                ),
                run_time=pace.SLOW,
            )
            self.remove(*shown)
            beat.over(
                LaggedStart(
                    *(words.light(result.cell(row, "mean (kg)").content) for row in range(len(means))),
                    lag_ratio=pace.LAG,
                ),
                until="aggregation",
            )
            self.play(FadeIn(kind), run_time=pace.BRISK)
            beat.over(words.light(kind))

    def three_crowds(self) -> None:
        """342 birds part into three crowds, and each crowd becomes its mean."""
        self.shot(shot.wide())
        crowds = self.crowds = Crowds()
        dots, count = crowds.dots, len(crowds.mass)
        code = words.code(snippets.GROUPBY, size=CODE)
        shot.safe(titled=False).put(code, UP + RIGHT)
        with self.beat("Now 342 birds that were weighed. Split by species, apply the mean, combine.") as beat:
            self.clear_stage()
            self.play(FadeIn(crowds.plane), run_time=pace.QUICK)
            beat.over(
                FadeIn(dots.put(crowds.mixed, RADIUS)),
                until="Split",
                least=pace.SLOW,
            )
            beat.over(
                glide(dots.put, (crowds.mixed, RADIUS), (crowds.parted, RADIUS), dots),
                until="apply",
                least=pace.SLOW,
            )
            self.play(FadeIn(crowds.names), run_time=pace.QUICK)
            beat.over(
                LaggedStart(*(FadeIn(each) for each in crowds.lines), lag_ratio=pace.LAG), until="combine"
            )
            self.play(FadeIn(code), run_time=pace.BRISK)
        with self.beat("Gentoos weigh 5,076 grams on average, far more than Adelies.") as beat:
            gentoos, adelies = (dots.subset(crowds.groups[number]) for number in (2, 0))
            beat.over(words.light(gentoos, ink.chalk), until="5,076")
            self.play(FadeIn(crowds.told[2], shift=place.NUDGE * UP), run_time=pace.BRISK)
            beat.until("Adelies")
            self.play(FadeIn(crowds.told[0], crowds.told[1], shift=place.NUDGE * UP), run_time=pace.BRISK)
            beat.over(words.light(adelies, ink.chalk))
        each = words.code(snippets.TRANSFORM, size=CODE)
        each.move_to(code, aligned_edge=RIGHT)
        with self.beat(
            "transform gives each row its group's mean instead, for instance to subtract it row by row."
        ) as beat:
            self.play(words.rewrite(code, each), run_time=pace.CALM)
            beat.over(
                glide(dots.put, (crowds.parted, RADIUS), (crowds.on_line, RADIUS), dots),
                until="for instance",
                least=pace.SLOW,
            )
            beat.over(
                LaggedStart(
                    *(words.light(dots.subset(members), ink.chalk) for members in crowds.groups),
                    lag_ratio=pace.LAG,
                )
            )
        back = words.code(snippets.GROUPBY, size=CODE).move_to(code, aligned_edge=RIGHT)
        with self.beat("So when you loop over categories, a groupby is waiting to be written.") as beat:
            self.play(words.rewrite(each, back), run_time=pace.CALM)
            beat.over(
                glide(dots.put, (crowds.on_line, RADIUS), (crowds.merged, ONE), dots),
                FadeOut(crowds.lines),
                least=pace.SLOW,
            )
        assert count == len(dots)

    # --- wide and long

    @chapter("Wide to read, tidy to compute", "pivot and tidy tables", goes_on=True)
    def wide_and_tidy(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.crowds = Crowds()
        self.crowds.gather()
        self.pivot()
        self.melt()

    def pivot(self) -> None:
        """Birds fly into the cells of a grid, and become numbers."""
        crowds, room = self.crowds, shot.safe(titled=False)
        dots, measured = crowds.dots, groups.measured()
        before = words.code(snippets.GROUPBY, size=CODE)
        room.put(before, UP + RIGHT)
        self.add(crowds.plane, dots, crowds.names, crowds.told, before)
        for each in (*crowds.names, before):
            self.allow(each, "unread", "it is read as the chapter before ends")
        code = words.code(snippets.PIVOT, size=ink.LABEL)
        room.put(code, UP + LEFT)
        below = raised(room, 1.2)
        sheet = self.sheet = Sheet(below, size=MARKS, head=1.05, indent=3.3)
        seats, pressed, seen = dots.centres, dots.centres, np.zeros(len(measured))
        cells = [(name, sex) for name in data.SPECIES for sex in groups.wide().columns]
        for cell, (name, sex) in zip(sheet.places, cells, strict=True):
            both = (measured["species"] == name) & (measured["sex"] == sex)
            members = np.flatnonzero(both.to_numpy(dtype=bool))
            seats[members] = packed(len(members), cell.inset(0.12), STEP)
            pressed[members], seen[members] = cell.middle, 1.0
        with self.beat("Now two keys: species and sex. 333 birds have both.") as beat:
            self.play(
                FadeOut(crowds.told, crowds.names, crowds.plane, before),
                FadeIn(sheet.cells),
                run_time=pace.BRISK,
            )
            beat.over(
                glide(dots.put, (dots.centres, ONE), (seats, 0.42 * STEP), dots),
                glide(dots.shade, np.ones(len(seen)), seen, dots),
                until="333",
                least=pace.LONG,
            )
            self.play(FadeIn(sheet.species, sheet.sexes), run_time=pace.BRISK)
        with self.beat(
            "A pivot table is a groupby with two keys: one goes down the rows, the other across the columns."
        ) as beat:
            beat.at("pivot", FadeIn(code))
            beat.over(
                "down",
                LaggedStart(
                    *(
                        words.light(VGroup(name, *sheet.cells[2 * row : 2 * row + 2]), ink.focus)
                        for row, name in enumerate(sheet.species)
                    ),
                    lag_ratio=pace.LAG,
                ),
                until="the other",
            )
            beat.over(
                LaggedStart(
                    *(
                        words.light(VGroup(name, *sheet.cells[column::2]), ink.focus)
                        for column, name in enumerate(sheet.sexes)
                    ),
                    lag_ratio=pace.LAG,
                )
            )
        with self.beat(
            "Many birds share a cell, so pandas takes their mean: for Adelie males, 4,043 grams.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(
                glide(dots.put, (seats, 0.42 * STEP), (pressed, 0.05), dots), until="mean", least=pace.SLOW
            )
            self.play(FadeOut(dots), FadeIn(sheet.figures, sheet.unit), run_time=pace.BRISK)
            beat.over("Adelie", words.light(sheet.figures[1]), words.light(sheet.cells[1], ink.focus))
        self.code = code

    def melt(self) -> None:
        """The grid folds back into six rows, which can be grouped and plotted."""
        sheet, room = self.sheet, shot.safe(titled=False)
        wide = words.headline("wide form", ink.focus, ink.POINT)
        room.put(wide, UP + RIGHT)
        with self.beat(
            "This is the wide form. It is good to read: across each row, the males are heavier."
        ) as beat:
            beat.at("wide", FadeIn(wide))
            beat.over(
                LaggedStart(*(words.light(each, ink.chalk) for each in sheet.cells), lag_ratio=pace.LAG),
                until="across",
            )
            beat.over(LaggedStart(*(words.light(each) for each in sheet.figures), lag_ratio=pace.LAG))
        marks = VGroup(*(words.mark(each, "box", ink.error) for each in sheet.sexes))
        with self.beat(
            "But sex is a variable, and here it hides in the names of the columns.", pause=pace.SLOW
        ) as beat:
            beat.over("sex", *(words.light(each, ink.error) for each in sheet.sexes), until="hides")
            beat.over(FadeIn(marks))
        self.shot(shot.split(titled=False))
        folded = Folded()
        long, table, small, code, tidy = folded.long, folded.table, folded.sheet, folded.code, folded.tidy
        figures = sheet.figures
        with self.beat("melt turns the grid back into long rows: species, sex, mass.") as beat:
            self.play(
                FadeOut(wide, marks),
                *sheet.becoming(small),
                *(
                    one.animate.scale(LARGE * 0.9 / MARKS).move_to(two)
                    for one, two in zip(figures, small.figures, strict=True)
                ),
                words.rewrite(self.code, code),
                run_time=pace.CALM,
            )
            self.play(FadeIn(table.header), run_time=pace.QUICK)
            for line, each in zip(table.rows, figures, strict=True):
                self.play(words.light(each), FadeIn(line, shift=place.NUDGE * RIGHT), run_time=pace.QUICK)
            self.add(table)

        def lit(share: float, **which: Any) -> Animation:
            return glide(table.light, {**which, "share": LIT - share}, {**which, "share": share})

        with self.beat(
            "Each row is one observation, here the mean of a group. Each column is one variable."
        ) as beat:
            self.shot(shot.close_up())
            self.play(self.frame.to(table, share=0.9), self.spotlight(table), run_time=pace.SLOW)
            for row in range(2):
                self.play(lit(LIT, row=row), run_time=pace.QUICK)
                self.play(lit(0.0, row=row), run_time=pace.QUICK)
            beat.until("column is")
            for name in table.names:
                self.play(lit(LIT, column=name), run_time=pace.QUICK)
                self.play(lit(0.0, column=name), run_time=pace.QUICK)
        with self.beat("That is tidy data, also called the long form.", pause=pace.SLOW) as beat:
            self.shot(shot.split(titled=False))
            self.play(self.frame.back(), self.lights_on(), run_time=pace.SLOW)
            self.play(FadeIn(tidy), run_time=pace.BRISK)
            beat.over(
                LaggedStart(
                    *(
                        words.light(VGroup(*(table.cell(row, name).content for name in table.names)))
                        for row in range(len(long))
                    ),
                    lag_ratio=pace.LAG,
                )
            )
        sorted_ = np.argsort(np.argsort(long["sex"].to_numpy(str), kind="stable"))
        with self.beat("Now sex is a column: you can sort by it, group by it, plot by it.") as beat:
            self.allow(table, table, "rows pass one another while they are sorted")
            beat.over("sex", lit(LIT, column="sex"), until="sort")
            beat.over(table.animate.sit(sorted_), until="plot", least=pace.SLOW)
            self.play(table.animate.sit(np.arange(len(long))), run_time=pace.LONG)
            beat.over(lit(0.0, column="sex"))
        with self.beat("So store your data tidy, and pivot to show.", pause=pace.SLOW) as beat:
            beat.over(
                LaggedStart(
                    *(words.light(table.cell(row, "sex").content) for row in range(len(long))),
                    lag_ratio=pace.LAG,
                ),
                until="pivot",
            )
            for row, (each, cell) in enumerate(zip(figures, sheet.cells, strict=True)):
                self.play(
                    words.light(table.cell(row, "mass (g)").content),
                    words.light(each),
                    words.light(cell, ink.focus),
                    run_time=pace.QUICK,
                )
