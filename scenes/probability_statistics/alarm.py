"""Bayes' theorem: a thousand people stand one by one, and alarms are counted."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Cloud
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.shot import bare
from scenes.maths.probability_statistics.screening import PEOPLE, Screening
from scenes.probability_statistics import losses
from scenes.probability_statistics.stage import DATA, ProbabilityStatisticsStage, maths, swell

Ints = npt.NDArray[np.int_]

ILL: Final = ink.second
"""Who is ill, and how probable that is; the well are in the colour of data."""
SMALL: Final = 0.085
"""Radius of a person among a thousand, in scene units."""
LARGE: Final = 0.27
"""Radius of a person among those with an alarm."""
TIGHT: Final = 0.155
"""Their radius above the formula."""
DIM: Final = 0.5
"""Opacity of who gets no alarm."""
STAND: Final = 30
"""People of a column where a thousand stand."""
ROWS: Final = 8
"""Rows of the people with an alarm: the ill among them are one column."""
FLAT: Final = 4
"""Their rows above the formula: the ill are two columns."""
PITCH: Final = 0.38
"""Scene units from one to the next there."""
PRIORS: Final = tuple(range(1, 11))
"""Priors, in percent, over which the answer is followed."""
SEED: Final = 3
"""Of the places where the ill stand at first."""


class Crowd:
    """A thousand people as four clouds: ill and well, with an alarm and without."""

    def __init__(self, region: shot.Region) -> None:
        self.plane = bare(everywhere())
        self.region = region
        self.pitch = region.height / STAND
        self.columns = -(-PEOPLE // STAND)
        self.clouds = {
            (ill, alarm): Cloud(
                self.plane, np.zeros((0, 2)), ILL if ill else DATA, SMALL, 1.0 if alarm else DIM
            )
            for ill in (True, False)
            for alarm in (False, True)
        }
        self.group = VGroup(*self.clouds.values())

    def lattice(self, columns: Ints, rows: Ints) -> Floats:
        """Places (n, 2), counted from the lower left corner."""
        corner = np.array([self.region.left, self.region.bottom])
        return np.asarray(corner + (np.stack([columns, rows], axis=-1) + 0.5) * self.pitch)

    def mixed(self) -> Floats:
        """Places (people, 2) in columns, from the left."""
        number = np.arange(PEOPLE)
        return self.lattice(number // STAND, number % STAND)

    def parted(self, test: Screening) -> Floats:
        """Places (people, 2): the ill from the left, the well from the right, alarms in the lowest rows of both."""
        ill, _ = test.people()
        sick, well = np.arange(ill.sum()), np.arange((~ill).sum())
        spots = []
        for number, columns in (
            (sick, sick // STAND),
            # One column is left free between them.
            (well, self.columns - well // STAND),
        ):
            rows = number % STAND
            spots.append(self.lattice(columns, rows)[np.lexsort([columns, rows])])
        return np.concatenate(spots)

    def stand(self, test: Screening) -> Changed:
        """Everybody takes the place that the test has for them."""
        ill, alarm = test.people()
        spots = self.parted(test)
        for (sick, rung), cloud in self.clouds.items():
            cloud.redraw(spots[(ill == sick) & (alarm == rung)])
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
        self.crowd = Crowd(field())
        self.screening = Screening()
        self.stand_the_prior()
        self.ring_the_alarms()
        self.count_among_alarms()
        self.write_the_theorem()
        self.move_the_prior()

    def words_at(self, *rows: words.Words) -> VGroup:
        """Words beside the crowd."""
        return VGroup(*rows).arrange(DOWN, buff=0.55).move_to(beside().middle)

    def stand_the_prior(self) -> None:
        """Who is ill stands anywhere, then on the left."""
        crowd = self.crowd
        ill, _ = self.screening.people()
        rng = np.random.default_rng(SEED)
        wild = np.zeros(PEOPLE, dtype=bool)
        wild[rng.choice(PEOPLE, int(ill.sum()), replace=False)] = True
        mixed, parted = crowd.mixed(), crowd.parted(self.screening)
        sick_from = mixed[wild][np.argsort(mixed[wild][:, 1])]
        sick_to, well_to = parted[ill], _by_column(parted[~ill])
        well_from = _by_column(mixed[~wild])
        well, sick = crowd.clouds[False, False], crowd.clouds[True, False]
        sick.set_stroke(opacity=1.0)

        def gather(healthy: Floats, gathered: Floats) -> Changed:
            crowd.put(healthy, ill=False, alarm=False)
            crowd.put(gathered, ill=True, alarm=False)
            return well, sick

        gather(well_from, sick_from)
        told = words.headline(f"{ill.size:,} people,\n[{ill.sum()} of them ill:second]", size=ink.HEADLINE)
        told.move_to(beside().middle)
        before = losses.as_it_ends()
        self.add(before)
        with self.beat("A thousand people. One in a hundred is ill.") as beat:
            self.play(FadeOut(before), FadeIn(crowd.group), run_time=pace.BRISK)
            beat.over("ill", FadeIn(told), sick.animate.set_stroke(width=300 * SMALL))
        prior = self.words_at(
            words.headline("[prior:second], or\n[base rate:second]", size=ink.HEADLINE),
            words.headline("$P(#[ill]) = 1$ %", ILL, ink.HEADLINE),
        )
        with self.beat(
            "Let them stand on the left. Their share is the prior, or base rate: the probability before the evidence."
        ) as beat:
            beat.over(
                glide(gather, (well_from, sick_from), (well_to, sick_to), well, sick),
                until="prior",
                least=pace.SLOW,
            )
            beat.over("prior", FadeOut(told), FadeIn(prior), sick.animate.set_stroke(width=200 * SMALL))
        self.beside_it: VGroup = prior

    def ring_the_alarms(self) -> None:
        """The test catches most of the ill, and some of the well."""
        crowd, test = self.crowd, self.screening
        ill, alarm = test.people()
        spots = crowd.parted(test)
        caught, false = spots[ill & alarm], _by_column(spots[~ill & alarm])

        def catch(share: float) -> Changed:
            return (crowd.put(caught[: round(share * len(caught))], ill=True, alarm=True),)

        def cry(share: float) -> Changed:
            return (crowd.put(false[: round(share * len(false))], ill=False, alarm=True),)

        sick, rung = crowd.clouds[True, False], crowd.clouds[True, True]
        scared = crowd.clouds[False, True]
        first = words.headline("$P(#[alarm] mid(|) #[ill])$\n$= 80$ %", ILL)
        name = words.headline("conditional\nprobability\n$P(A mid(|) B)$")
        self.words_at(first, name)
        rung.set_stroke(width=260 * SMALL)
        self.allow(rung, "pop", "an alarm rings for one after the other")
        with self.beat("A test, invented here, gives an alarm to eighty percent of the ill.") as beat:
            left, low = self.region.left - 0.25, self.region.bottom - 0.3
            self.play(
                self.frame.to_region((left, left + 5.6), (low, low + 3.15)),
                FadeOut(self.beside_it),
                sick.animate.set_stroke(opacity=DIM),
                run_time=pace.SLOW,
            )
            beat.over("alarm", glide(catch, 0.0, 1.0, rung, rate_func=linear), least=pace.SLOW)
        with self.beat(
            "That is a conditional probability: the probability of A given B counts A among the cases with B."
        ) as beat:
            self.play(self.frame.back(), FadeIn(first), run_time=pace.CALM)
            beat.over(words.write(name), until="counts")
            beat.over(swell(rung), until="among")
            beat.over(words.light(first, ink.chalk))
        second = words.headline("$P(#[alarm] mid(|) #[well])$\n$= 10$ %", DATA, 0.94 * ink.HEADLINE)
        second.move_to(beside().middle)
        with self.beat("Of the well, ten percent get a false alarm.") as beat:
            self.play(FadeOut(first, name), run_time=pace.QUICK)
            beat.over(
                glide(cry, 0.0, 1.0, scared, rate_func=linear),
                FadeIn(second),
                rung.animate.set_stroke(width=200 * SMALL),
                least=pace.LONG,
            )
        asked = words.headline("You get\nan alarm.\nHow likely\nare you ill?", size=ink.HEADLINE)
        asked.move_to(beside().middle)
        with self.beat("You get an alarm. How likely are you ill?") as beat:
            self.play(FadeOut(second), run_time=pace.QUICK)
            beat.over(words.write(asked))
        self.think()
        self.beside_it = VGroup(asked)

    # --- among the alarms

    def block(self, region: shot.Region, rows: int = ROWS) -> tuple[Floats, Floats]:
        """Places of the ill and the well with an alarm, each (n, 2), in a block that fills ``region``."""
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
        clouds = self.crowd.clouds[True, True], self.crowd.clouds[False, True]

        def go(ill: Floats, well: Floats, radius: float) -> Changed:
            for cloud, spots in zip(clouds, (ill, well), strict=True):
                cloud.redraw(spots)
                cloud.set_stroke(width=200 * radius)
            return clouds

        return glide(go, (*starts, radii[0]), (*ends, radii[1]), *clouds)

    def count_among_alarms(self) -> None:
        """The alarms lift off into a block of their own."""
        crowd = self.crowd
        ill, alarm = self.screening.people()
        spots = crowd.parted(self.screening)
        self.home = _by_column(spots[ill & alarm]), _by_column(spots[~ill & alarm])
        self.blocks = self.block(field())
        rest = [crowd.clouds[sick, False] for sick in (True, False)]
        sick, well = int((ill & alarm).sum()), int((~ill & alarm).sum())
        share = 100 * self.screening.posterior
        told = self.words_at(
            words.headline("$P(#[ill] mid(|) #[alarm])$", ILL),
            words.headline(f"$= {sick} / ({sick} + {well})$"),
            words.headline(f"$approx {share:.0f}$ %", ILL, 1.4 * ink.HEADLINE),
        )
        true, false = crowd.clouds[True, True], crowd.clouds[False, True]
        with self.beat("Then count among the alarms alone: seven percent are ill.") as beat:
            self.play(FadeOut(self.beside_it, *rest), run_time=pace.BRISK)
            beat.over(self.lift(self.home, self.blocks, (SMALL, LARGE)), until="seven", least=pace.LONG)
            beat.over("seven", swell(true), FadeIn(told))
        with self.beat("Alarm given ill is not ill given alarm.") as beat:
            beat.over(swell(true), until="ill given")
            beat.over(words.light(told[0], ink.chalk))
        few, many = int(ill.sum()), int((~ill).sum())
        why = self.words_at(
            words.headline(f"80 % of {few}\n= {sick}", ILL, 1.2 * ink.HEADLINE),
            words.headline(f"10 % of {many}\n= {well}", DATA, 1.2 * ink.HEADLINE),
        )
        with self.beat(
            "Why so few? A small share of the many well people is more than a large share of the few ill ones."
        ) as beat:
            self.play(FadeOut(told), run_time=pace.QUICK)
            beat.over("small", FadeIn(why[1]), swell(false), until="large")
            beat.over(FadeIn(why[0]), swell(true))
        self.answer = why
        self.rest = rest

    def write_the_theorem(self) -> None:
        """Each factor is a share of people."""
        crowd, test = self.crowd, self.screening
        true, false = crowd.clouds[True, True], crowd.clouds[False, True]
        room = self.region
        wide = 0.5 * PITCH * -(-int(self.screening.people()[1].sum()) // FLAT)
        band = shot.Region(-wide, room.top - FLAT * PITCH, wide, room.top)
        tight = self.block(band, FLAT)
        law = maths(
            '{{ P("ill" mid(|) "alarm") : after }} = {{ frac({{ P("alarm" mid(|) "ill") : given }} thin '
            '{{ P("ill") : prior }}, {{ P("alarm") : all }}) : whole }}',
            1.45 * ink.POINT,
            {"prior": ILL, "given": ILL, "after": ILL},
        )
        law.move_to(crowd.plane.at(0.0, 0.35))
        name = words.caption(law.part("after"), "[posterior:second]", UP, gap=0.3, size=50.0)
        title = words.headline("Bayes' theorem", size=ink.POINT)
        title.move_to((shot.SAFE.left, shot.SAFE.bottom, 0.0), aligned_edge=LEFT + DOWN)
        sides = [
            words.caption(law.part("given"), "[likelihood:second]", UP, gap=0.3, size=50.0),
            words.caption(law.part("prior"), "[prior:second]", UP, gap=0.3, size=50.0),
            words.caption(law.part("all"), "evidence", DOWN, gap=0.3, size=50.0),
        ]
        with self.beat(
            "Bayes' theorem: the posterior, after the evidence, is prior times likelihood, "
            "divided by the probability of the evidence.",
            pause=pace.CALM,
        ) as beat:
            self.play(
                FadeOut(self.answer),
                FadeIn(title),
                self.lift(self.blocks, tight, (LARGE, TIGHT)),
                run_time=pace.CALM,
            )
            beat.over(words.write(law), FadeIn(name), until="prior", least=pace.CALM)
            beat.over(words.light(law.part("prior"), ink.chalk), FadeIn(sides[1]), until="likelihood")
            beat.over(words.light(law.part("given"), ink.chalk), FadeIn(sides[0]), until="divided")
            beat.over(words.light(law.part("all")), FadeIn(sides[2]))
        two = VGroup(
            words.headline(f"$P(#[alarm] mid(|) #[ill]) = {test.catches:.1f}$", ILL, ink.POINT),
            words.headline(f"$P(#[alarm] mid(|) #[well]) = {test.false_alarms:.1f}$", DATA, ink.POINT),
        ).arrange(RIGHT, buff=0.9)
        two.move_to(crowd.plane.at(0.0, -2.1))
        with self.beat(
            "Likelihood is as before: the data stay fixed, and the hypothesis varies, ill or well."
        ) as beat:
            beat.over(words.light(sides[0], ink.chalk), until="ill")
            beat.over(FadeIn(two[0]), until="well")
            beat.over(FadeIn(two[1]))
            self.play(*(words.light(each, ink.chalk) for each in two), run_time=pace.BRISK)
        top = f"{test.catches:.1f} dot {test.prior:.2f}"
        wrong = f"{test.false_alarms:.1f} dot {1 - test.prior:.2f}"
        numbers = maths(
            f"frac({top}, {{{{ {top} : ill }}}} + {{{{ {wrong} : well }}}}) approx {test.posterior:.2f}",
            1.3 * ink.POINT,
            {"ill": ILL, "well": DATA},
        )
        numbers.move_to(crowd.plane.at(2.15, -2.1))
        with self.beat("The evidence is both groups: alarms of the ill, and alarms of the well.") as beat:
            self.play(FadeOut(two, sides[2]), run_time=pace.QUICK)
            beat.over(words.write(numbers), until="of the ill")
            beat.over(
                "of the ill",
                words.light(numbers.part("ill"), ink.chalk),
                swell(true),
                until="of the well",
            )
            beat.over(words.light(numbers.part("well"), ink.chalk), swell(false))
        self.going = VGroup(law, name, *sides[:2], numbers, title)
        self.narrow = tight

    # --- another prior

    def move_the_prior(self) -> None:
        """The ill become more, and the posterior follows."""
        crowd = self.crowd
        prior, read, end = told()
        with self.beat(
            "Move the prior up, and the answer moves: now true alarms are nearly as many as false ones."
        ) as beat:
            self.play(FadeOut(self.going), run_time=pace.QUICK)
            self.play(self.lift(self.narrow, self.home, (TIGHT, SMALL)), run_time=pace.CALM)
            crowd.stand(self.screening)
            self.play(FadeIn(*self.rest, read), run_time=pace.QUICK)
            prior.nearest(np.array(PRIORS)).draws(
                lambda percent: crowd.stand(Screening(float(percent) / 100)), *crowd.clouds.values()
            )
            beat.over(prior.to(PRIORS[-1]), least=pace.LONG)
        with self.beat(
            "Back to a rare illness: most alarms are false again. So ask for the base rate."
        ) as beat:
            beat.over(prior.to(PRIORS[0]), until="most", least=pace.LONG)
            beat.over(FadeIn(end), until="So ask")
            beat.over(words.light(read[0], ink.chalk))


def _by_column(spots: Floats) -> Floats:
    """Places (n, 2) from left to right, each column from its top."""
    return np.asarray(spots[np.lexsort([-spots[:, 1], spots[:, 0].round(6)])])


def everywhere() -> shot.Region:
    """Where those with an alarm stand in the end: the whole frame."""
    edges = shot.EDGES
    return shot.Region(edges.left + 0.25, shot.SAFE.bottom, edges.right - 0.25, edges.top - 0.25)


def field() -> shot.Region:
    """Where the people stand one by one, as high as the frame, on the left."""
    room = everywhere()
    wide = room.height / STAND * (1 - -PEOPLE // STAND)
    return shot.Region(room.left, room.bottom, room.left + wide, room.top)


def beside() -> shot.Region:
    """What is left free beside them."""
    room = everywhere()
    return shot.Region(field().right + 0.3, room.bottom, shot.SAFE.right, room.top)


def told() -> tuple[ParameterSweep, VGroup, words.Words]:
    """The prior and what reads it, its readouts, and the conclusion, beside the people."""
    prior = ParameterSweep(PRIORS)
    answers = [100 * Screening(percent / 100).posterior for percent in PRIORS]
    read = VGroup(
        Readout(prior.score(PRIORS), 0, " %", "prior", ILL, 1.25 * ink.POINT, digits=2),
        Readout(prior.score(answers), 0, " %", "posterior", ILL, 1.25 * ink.POINT, digits=2),
    ).arrange(DOWN, buff=0.5, aligned_edge=RIGHT)
    end = words.headline("rare illness:\nmost alarms\nare false")
    VGroup(read, end).arrange(DOWN, buff=0.9).move_to(beside().middle)
    return prior, read, end


def as_it_ends() -> VGroup:
    """The picture in which the chapter ends."""
    crowd = Crowd(field())
    crowd.stand(Screening())
    _, read, end = told()
    return VGroup(crowd.group, read, end)
