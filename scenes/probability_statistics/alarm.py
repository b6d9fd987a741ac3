"""Bayes' theorem: ten thousand people stand in a square, and alarms are counted."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Cloud
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.shot import bare
from scenes.kit.tag import Tag
from scenes.maths.probability_statistics.screening import SIDE, Screening
from scenes.probability_statistics import losses
from scenes.probability_statistics.stage import DATA, ProbabilityStatisticsStage, maths

ILL: Final = ink.second
"""Who is ill; the well are in the colour of data."""
SMALL: Final = 0.027
"""Radius of a person among ten thousand, who stand 0.07 apart, in scene units."""
LARGE: Final = 0.155
"""Radius of a person among those with an alarm."""
DIM: Final = 0.5
"""Opacity of who gets no alarm."""
ROWS: Final = 15
"""Rows of the people with an alarm."""
FLAT: Final = 12
"""Their rows where the block is lower: as far apart as its columns."""
PRIORS: Final = tuple(range(1, 11))
"""Priors, in percent, over which the answer is followed."""
SEED: Final = 3
"""Of the places where the ill stand at first."""


class Square:
    """Ten thousand people as four clouds: ill and well, with an alarm and without."""

    def __init__(self, region: shot.Region) -> None:
        self.plane = bare(everywhere())
        self.region = region
        columns, rows = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
        across = region.left + (columns + 0.5) * region.width / SIDE
        up = region.top - (rows + 0.5) * region.height / SIDE
        self.spots: Floats = np.stack([across, up], axis=-1)
        self.clouds = {
            (ill, alarm): Cloud(
                self.plane, np.zeros((0, 2)), ILL if ill else DATA, SMALL, 1.0 if alarm else DIM
            )
            for ill in (True, False)
            for alarm in (False, True)
        }
        self.group = VGroup(*self.clouds.values())

    def stand(self, test: Screening) -> Changed:
        """Everybody takes the place that the test has for them."""
        ill, alarm = test.people()
        for (sick, rung), cloud in self.clouds.items():
            cloud.redraw(self.spots[(ill == sick) & (alarm == rung)])
        return tuple(self.clouds.values())

    def put(self, points: Floats, *, ill: bool, alarm: bool) -> Cloud:
        """The people of one cloud stand at ``points`` (n, 2)."""
        return self.clouds[ill, alarm].redraw(points)


class Alarm(ProbabilityStatisticsStage):
    """Conditional probability and Bayes' theorem as areas."""

    @chapter("Given an alarm, count the alarms", "Bayes' theorem as areas", goes_on=True)
    def count_the_alarms(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.region = everywhere()
        self.square = Square(field())
        self.screening = Screening()
        self.stand_the_prior()
        self.ring_the_alarms()
        self.count_among_alarms()
        self.write_the_theorem()
        self.move_the_prior()

    def words_at(self, *rows: words.Words) -> Tag:
        """Words on a plate beside the square."""
        return Tag(VGroup(*rows).arrange(DOWN, buff=0.4), 1.0).move_to(beside().middle)

    def stand_the_prior(self) -> None:
        """Who is ill stands anywhere, then on the left."""
        square = self.square
        ill, _ = self.screening.people()
        rng = np.random.default_rng(SEED)
        wild = np.zeros(SIDE * SIDE, dtype=bool)
        wild[rng.choice(SIDE * SIDE, int(ill.sum()), replace=False)] = True
        flat = square.spots.reshape(-1, 2)
        column = ill.ravel()
        stay, leave, come = flat[~wild & ~column], flat[~wild & column], flat[wild & ~column]
        sick_from, sick_to = flat[wild], flat[column]
        order = np.argsort(sick_from[:, 1])[::-1]
        sick_from = sick_from[order]
        clouds = square.clouds
        well, sick = clouds[False, False], clouds[True, False]
        clouds[True, False].set_stroke(opacity=1.0)
        square.put(np.concatenate([stay, leave]), ill=False, alarm=False)
        square.put(sick_from, ill=True, alarm=False)
        crowd = words.headline("10,000 people,\n[100 of them ill:second]", size=ink.HEADLINE)
        crowd.move_to(beside().middle)
        before = losses.as_it_ends()
        self.add(before)
        with self.beat("Ten thousand people. One in a hundred is ill.") as beat:
            self.play(FadeOut(before), FadeIn(square.group), run_time=pace.BRISK)
            beat.over("ill", FadeIn(crowd), sick.animate.set_stroke(width=500 * SMALL))
        prior = words.headline(
            "[prior:second], or [base rate:second]:\n100 of 10,000\n$P(#[ill]) = 1$ %", size=ink.POINT
        )
        tag = self.words_at(prior)

        def gather(moved: Floats, gathered: Floats) -> Changed:
            # Those who stand in the column of the ill change places with them.
            square.put(np.concatenate([stay, moved]), ill=False, alarm=False)
            square.put(gathered, ill=True, alarm=False)
            return well, sick

        with self.beat(
            "Let them stand on the left. Their share is the prior, or base rate: the probability before the evidence."
        ) as beat:
            beat.over(
                glide(gather, (leave, sick_from), (come, sick_to), well, sick), until="prior", least=pace.SLOW
            )
            beat.over("prior", FadeOut(crowd), FadeIn(tag), sick.animate.set_stroke(width=200 * SMALL))
        self.tag: VGroup = tag

    def ring_the_alarms(self) -> None:
        """The test catches most of the ill, and some of the well."""
        square, test = self.square, self.screening
        ill, alarm = test.people()
        order = square.spots
        caught = order[ill & alarm]

        def catch(share: float) -> Changed:
            count = round(share * len(caught))
            square.put(caught[:count], ill=True, alarm=True)
            return (square.clouds[True, True],)

        false = order[~ill & alarm]
        by_column = false[np.argsort(false[:, 0], kind="stable")]

        def cry(share: float) -> Changed:
            square.put(by_column[: round(share * len(false))], ill=False, alarm=True)
            return (square.clouds[False, True],)

        sick, rung = square.clouds[True, False], square.clouds[True, True]
        first = words.headline("$P(#[alarm] mid(|) #[ill]) = 90$ %", size=ink.POINT)
        name = words.headline("[conditional\nprobability $P(A mid(|) B)$:focus]", size=ink.POINT)
        tag = self.words_at(first, name)
        rung.set_stroke(width=300 * SMALL)
        with self.beat("A test, invented here, gives an alarm to ninety percent of the ill.") as beat:
            left, low = self.region.left - 0.25, self.region.bottom - 0.25
            self.pin(tag)
            self.play(
                self.frame.to_region((left, left + 6.4), (low, low + 3.6)),
                FadeOut(self.tag),
                sick.animate.set_stroke(opacity=DIM),
                run_time=pace.SLOW,
            )
            beat.over("alarm", glide(catch, 0.0, 1.0, rung), until="ill", least=pace.SLOW)
            beat.over(FadeIn(tag.plate, first))
        with self.beat(
            "That is a conditional probability: the probability of A given B counts A among the cases with B."
        ) as beat:
            beat.over("conditional", words.write(name), until="counts")
            beat.over(words.light(rung, ink.chalk), until="among")
            beat.over(words.light(first))
        second = words.headline("$P(#[alarm] mid(|) #[well]) = 5$ %", size=ink.POINT)
        second.move_to(tag)
        with self.beat("Of the well, five percent get a false alarm.") as beat:
            self.play(FadeOut(first, name), self.frame.back(), run_time=pace.CALM)
            beat.over(
                glide(cry, 0.0, 1.0, square.clouds[False, True]),
                FadeIn(second),
                rung.animate.set_stroke(width=200 * SMALL),
                least=pace.LONG,
            )
        asked = words.headline("You get an alarm.\nHow likely\nare you ill?", size=ink.POINT)
        asked.move_to(tag)
        with self.beat("You get an alarm. How likely are you ill?") as beat:
            self.play(FadeOut(second), run_time=pace.QUICK)
            beat.over(words.write(asked))
        self.think()
        self.tag = VGroup(tag.plate, asked)
        for cloud in square.clouds.values():
            self.allow(cloud, asked, "the plate of the question fades over the people")

    # --- among the alarms

    def block(self, region: shot.Region, rows: int = ROWS) -> tuple[Floats, Floats]:
        """Places (90, 2) and (495, 2) of the ill and the well with an alarm, in a block that fills ``region``."""
        ill, alarm = self.screening.people()
        sick, total = int((ill & alarm).sum()), int(alarm.sum())
        columns = -(-total // rows)
        at = np.arange(total)
        across = region.left + (at // rows + 0.5) * region.width / columns
        up = region.top - (at % rows + 0.5) * region.height / rows
        spots = np.column_stack([across, up])
        return spots[:sick], spots[sick:]

    def lift(
        self, starts: tuple[Floats, Floats], ends: tuple[Floats, Floats], radii: tuple[float, float]
    ) -> Animation:
        """An animation: those with an alarm go from places to places, and grow."""
        clouds = self.square.clouds[True, True], self.square.clouds[False, True]

        def go(ill: Floats, well: Floats, radius: float) -> Changed:
            for cloud, spots in zip(clouds, (ill, well), strict=True):
                cloud.redraw(spots)
                cloud.set_stroke(width=200 * radius)
            return clouds

        return glide(go, (*starts, radii[0]), (*ends, radii[1]), *clouds)

    def count_among_alarms(self) -> None:
        """The alarms lift off into a block of their own."""
        square = self.square
        ill, alarm = self.screening.people()
        at_home = _by_column(square.spots[ill & alarm]), _by_column(square.spots[~ill & alarm])
        self.home = at_home
        upper = shot.Region(self.region.left, self.region.bottom + 1.75, self.region.right, self.region.top)
        self.blocks = self.block(upper)
        rest = [square.clouds[ill, False] for ill in (True, False)]
        share = 100 * self.screening.posterior
        told = words.headline(
            f"$P(#[ill] mid(|) #[alarm]) = 90 / (90 + 495) = {share:.0f}$ %", size=ink.HEADLINE
        )
        told.move_to(square.plane.at(0.0, upper.bottom - 0.9))
        with self.beat("Then count among the alarms alone: fifteen percent of them are ill.") as beat:
            self.play(FadeOut(self.tag, *rest), run_time=pace.BRISK)
            beat.over(self.lift(at_home, self.blocks, (SMALL, LARGE)), until="fifteen", least=pace.LONG)
            beat.over("fifteen", words.light(square.clouds[True, True], ink.chalk), FadeIn(told))
        with self.beat("Alarm given ill is not ill given alarm.") as beat:
            beat.over(words.light(square.clouds[True, True], ink.chalk), until="ill given")
            beat.over(words.light(told))
        few = words.headline("5 % of very many", DATA, ink.POINT).move_to(told)
        many = words.headline("90 % of few", ILL, ink.POINT).move_to(told)
        VGroup(many, few).arrange(RIGHT, buff=2.5).move_to(told)
        with self.beat(
            "Why so few? A small share of the many well people is more than a large share of the few ill ones."
        ) as beat:
            self.play(FadeOut(told), run_time=pace.QUICK)
            beat.over("small", FadeIn(few), words.light(square.clouds[False, True], ink.chalk), until="large")
            beat.over(FadeIn(many), words.light(square.clouds[True, True], ink.chalk))
        self.answer = VGroup(few, many)
        self.rest = rest

    def write_the_theorem(self) -> None:
        """Each factor is an area."""
        square = self.square
        upper = shot.Region(self.region.left, 0.35, self.region.right, self.region.top)
        tight = self.block(upper, FLAT)
        name = words.headline("[posterior:focus]", size=ink.POINT)
        law = maths(
            '{{ P("ill" mid(|) "alarm") : after }} = {{ frac({{ P("alarm" mid(|) "ill") : given }} thin '
            '{{ P("ill") : prior }}, {{ P("alarm") : all }}) : whole }}',
            1.35 * ink.POINT,
            {"prior": ILL, "given": ILL},
        )
        law.move_to(square.plane.at(0.3, -1.75))
        name.next_to(law.part("after"), UP, buff=0.45)
        title = words.headline("[Bayes' theorem:focus]", size=ink.POINT)
        after = law.part("after").copy()
        with self.beat("This is the posterior: the probability after the evidence.") as beat:
            self.play(FadeOut(self.answer), self.lift(self.blocks, tight, (LARGE, 0.12)), run_time=pace.SLOW)
            beat.over(FadeIn(after, name))
        title.move_to((shot.SAFE.left, shot.SAFE.bottom, 0.0), aligned_edge=LEFT + DOWN)
        sides = [
            words.caption(law.part("given"), "[likelihood:second]", UP, gap=0.25, size=40.0),
            words.caption(law.part("prior"), "[prior:second]", UP, gap=0.25, size=40.0),
            words.caption(law.part("all"), "evidence", DOWN, gap=0.25, size=40.0),
        ]
        with self.beat(
            "Bayes' theorem: posterior is prior times likelihood, divided by the probability of the evidence.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(words.write(law), words.write(title), FadeOut(after), until="prior", least=pace.CALM)
            beat.over(words.light(law.part("prior"), ink.chalk), FadeIn(sides[1]), until="likelihood")
            beat.over(
                words.light(law.part("given"), ink.chalk),
                FadeIn(sides[0]),
                words.light(square.clouds[True, True], ink.chalk),
                until="divided",
            )
            beat.over(words.light(law.part("all")), FadeIn(sides[2]))
        of_ill = words.label("P(alarm) = [P(alarm | ill) P(ill):second]", size=1.1 * ink.POINT)
        of_well = words.label("+ P(alarm | well) P(well)", DATA, 1.1 * ink.POINT)
        both = VGroup(of_ill, of_well).arrange(DOWN, buff=0.45, aligned_edge=RIGHT)
        both.move_to(square.plane.at(0.8, -1.55))
        with self.beat("The evidence is both areas: alarms of the ill, and alarms of the well.") as beat:
            self.play(FadeOut(law, name, *sides), run_time=pace.QUICK)
            beat.over(FadeIn(of_ill), until="of the ill")
            beat.over(
                "of the ill",
                words.light(of_ill, ink.chalk),
                words.light(square.clouds[True, True], ink.chalk),
                until="of the well",
            )
            beat.over(FadeIn(of_well), words.light(square.clouds[False, True], ink.chalk))
        self.going = VGroup(both, title)
        self.crowd = tight

    # --- another prior

    def move_the_prior(self) -> None:
        """The edge of the prior slides, and the posterior follows."""
        square = self.square
        prior, read, tag, end = told()
        with self.beat(
            "Move the prior up, and the answer moves: now most of those with an alarm are ill."
        ) as beat:
            self.play(
                FadeOut(self.going), self.lift(self.crowd, self.home, (0.12, SMALL)), run_time=pace.SLOW
            )
            square.stand(self.screening)
            self.play(FadeIn(*self.rest, tag), run_time=pace.QUICK)
            prior.nearest(np.array(PRIORS)).draws(
                lambda percent: square.stand(Screening(float(percent) / 100)), *square.clouds.values()
            )
            beat.over(prior.to(PRIORS[-1]), least=pace.LONG)
        with self.beat(
            "Back to a rare class: even this good test gives mostly false alarms. So ask for the base rate."
        ) as beat:
            beat.over(prior.to(PRIORS[0]), until="mostly", least=pace.LONG)
            beat.over(FadeIn(end), until="Ask")
            beat.over(words.light(read[0]))


def _by_column(spots: Floats) -> Floats:
    """Places (n, 2) from left to right, each column from its top."""
    return np.asarray(spots[np.lexsort([-spots[:, 1], spots[:, 0]])])


def everywhere() -> shot.Region:
    """Where those with an alarm stand in the end: the whole frame."""
    edges = shot.EDGES
    return shot.Region(edges.left + 0.25, shot.SAFE.bottom, edges.right - 0.25, edges.top - 0.25)


def field() -> shot.Region:
    """Where the people stand one by one: a square as high as the frame, on the left."""
    room = everywhere()
    return shot.Region(room.left, room.bottom, room.left + room.height, room.top)


def beside() -> shot.Region:
    """What is left free beside them."""
    room = everywhere()
    return shot.Region(field().right + 0.3, room.bottom, shot.SAFE.right, room.top)


def told() -> tuple[ParameterSweep, VGroup, Tag, Tag]:
    """The prior and what reads it, its readouts, and the plates on which they and the conclusion stand."""
    prior = ParameterSweep(PRIORS)
    answers = [100 * Screening(percent / 100).posterior for percent in PRIORS]
    read = VGroup(
        Readout(prior.score(PRIORS), 0, " %", "prior", ILL, ink.HEADLINE, digits=2),
        Readout(prior.score(answers), 0, " %", "posterior", ink.focus, ink.HEADLINE, digits=2),
    ).arrange(DOWN, buff=0.4, aligned_edge=RIGHT)
    tag, end = (
        Tag(read, 1.0),
        Tag(words.headline("a rare class:\nmost alarms are false", size=ink.POINT), 1.0),
    )
    VGroup(tag, end).arrange(DOWN, buff=0.4).move_to(beside().middle)
    return prior, read, tag, end


def as_it_ends() -> VGroup:
    """The picture in which the chapter ends."""
    square = Square(field())
    square.stand(Screening())
    _, _, tag, end = told()
    return VGroup(square.group, tag, end)
