"""The figure of reinforcement learning learns in the browser what the lesson learns, and its map is built by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import expect

from scenes.figure import reinforcement_learning
from scenes.maths.reinforcement_learning import gridworld, ice, qlearning
from tests.hub.asking import Ask
from tests.hub.conftest import Visit, until
from tests.hub.topics.figure import drag, find_all, readout, ready, settled

ENTRY = (
    f"const FADING = {ice.FADING};"
    + """
import * as gridworld from "./hub/demos/maths/gridworld";
import * as qlearning from "./hub/demos/maths/qlearning";
import { Random } from "./hub/demos/maths/random";

const numbers = (run: qlearning.Run) => ({
  tables: run.tables.map(({ q }) => Array.from(q)),
  visits: Array.from(run.tables.at(-1)!.visits),
  trips: run.trips,
});
const rateOf = (rate: number | null) => (rate === null ? qlearning.fading(FADING) : qlearning.steady(rate));
const calls: { [name: string]: (...args: any[]) => unknown } = {
  throw(seed, draws: string) {
    const random = new Random(seed);
    return [...draws].map((draw) => (draw === "r" ? random.random() : random.integer(Number.parseInt(draw, 36))));
  },
  values: (rows, discount, slip) => Array.from(gridworld.iterateValues(gridworld.readMap(rows), discount, slip)),
  learn: (rows, seed, schedule, trips, rate, discount, slip, longest) =>
    numbers(qlearning.learn(gridworld.readMap(rows), {
      seed, curiosity: qlearning.SCHEDULES[schedule]!, trips, rate: rateOf(rate), discount, slip, longest,
    })),
  retrace: (rows, starts, moves, rate, discount) =>
    numbers(qlearning.retrace(gridworld.readMap(rows), starts, moves, rateOf(rate), discount)),
  within(rows, starts, moves, rate, discount, trip, made) {
    const world = gridworld.readMap(rows);
    const run = qlearning.retrace(world, starts, moves, rateOf(rate), discount);
    return Array.from(qlearning.within(world, run, trip, made, rateOf(rate), discount));
  },
  slide(rows, seed, trips, rate, discount, slip, longest) {
    const world = gridworld.readMap(rows);
    const curiosity = qlearning.SCHEDULES["wander"]!;
    const run = qlearning.learn(world, { seed, curiosity, trips, rate: rateOf(rate), discount, slip, longest });
    return run.trips.map(({ moves }, trip) =>
      Array.from(qlearning.within(world, run, trip, moves.length, rateOf(rate), discount)));
  },
};
"""
)

OTHER = ("P.....G", ".##.#..", ".#...#.", "...#...", "S..#...")

WALLED = ".....%23G/.%23%23.%23P%23/.%23...%23./.%23.%23.../S..%23..."


@pytest.mark.parametrize("seed", [0, 1, 9, 12345, 2**32 - 1])
def test_the_dice_fall_as_numpys(ask: Ask, seed: int) -> None:
    pattern = np.random.default_rng(5).choice(list("rr1234pz"), 600)
    rng = np.random.default_rng(seed)
    expected = [rng.random() if p == "r" else int(rng.integers(int(p, 36))) for p in pattern]
    assert ask(("throw", seed, "".join(pattern))) == [expected]


def test_a_choice_of_numpy_is_one_whole_number(ask: Ask) -> None:
    rng = np.random.default_rng(4)
    expected = [int(rng.choice(np.arange(count))) for count in (25, 1, 3, 2, 25, 4)]
    assert ask(("throw", 4, "p13" + "2p4")) == [expected]


@pytest.mark.parametrize("rows", [gridworld.MAP, OTHER], ids=["lesson", "other"])
def test_the_exact_answer_is_the_lessons(ask: Ask, rows: tuple[str, ...]) -> None:
    for discount in (0.9, 0.5):
        truth = gridworld.iterate_values(gridworld.read_map(rows), discount).q[-1]
        assert ask(("values", rows, discount, 0)) == [truth.ravel().tolist()]


@pytest.mark.parametrize("rows", [gridworld.MAP, OTHER], ids=["lesson", "other"])
@pytest.mark.parametrize("slip", [ice.SLIP, 0.5])
def test_the_exact_answer_on_ice_is_pythons(ask: Ask, rows: tuple[str, ...], slip: float) -> None:
    for discount in (0.9, 0.5):
        truth = ice.iterate_values(gridworld.read_map(rows), slip, discount)
        assert ask(("values", rows, discount, slip)) == [truth.ravel().tolist()]


@pytest.mark.parametrize("schedule", ["greedy", "tenth", "wander"])
@pytest.mark.parametrize(
    ("rows", "seed", "rate", "discount"),
    [(gridworld.MAP, 9, 0.5, 0.9), (gridworld.MAP, 9, None, 0.9), (OTHER, 3, 0.15, 0.7)],
    ids=["lesson", "fading", "other"],
)
def test_the_courier_slips_step_for_step_as_in_python(
    ask: Ask, rows: tuple[str, ...], seed: int, rate: float | None, discount: float, schedule: str
) -> None:
    world, curiosity = gridworld.read_map(rows), qlearning.SCHEDULES[schedule]
    pull = ice.fading if rate is None else ice.steady(rate)
    run = ice.learn(world, seed, curiosity, rate=pull, discount=discount)
    dials = (rate, discount, ice.SLIP, qlearning.LONGEST)
    [found] = ask(("learn", rows, seed, schedule, qlearning.TRIPS, *dials))
    for trip, made in zip(found["trips"], run.trips, strict=True):
        assert trip == {
            "tiles": made.tiles.tolist(),
            "moves": made.moves.tolist(),
            "went": made.went.tolist(),
        }
    assert any(trip["moves"] != trip["went"] for trip in found["trips"])
    assert found["visits"] == run.visits.ravel().tolist()
    # To the last bit, but for powers: libraries may round those differently.
    spare = 0 if rate is not None else 1e-12
    assert np.abs(np.array(found["tables"]) - run.q.reshape(len(run.q), -1)).max() <= spare


@pytest.mark.parametrize("rate", [0.5, None], ids=["steady", "fading"])
def test_a_slippery_trip_ends_where_the_next_begins(ask: Ask, rate: float | None) -> None:
    pull = ice.fading if rate is None else ice.steady(rate)
    run = ice.learn(gridworld.read_map(), 4, trips=12, rate=pull)
    [ends] = ask(("slide", gridworld.MAP, 4, 12, rate, gridworld.DISCOUNT, ice.SLIP, qlearning.LONGEST))
    assert np.allclose(ends, run.q[1:].reshape(12, -1), atol=1e-12, rtol=0)


@pytest.mark.parametrize("schedule", ["greedy", "tenth", "wander"])
@pytest.mark.parametrize(
    ("rows", "seed", "rate"), [(gridworld.MAP, 9, 0.5), (gridworld.MAP, 0, 0.5), (OTHER, 3, 0.9)]
)
def test_the_courier_learns_step_for_step_as_in_the_lesson(
    ask: Ask, rows: tuple[str, ...], seed: int, rate: float, schedule: str
) -> None:
    run = qlearning.learn(gridworld.read_map(rows), seed, qlearning.SCHEDULES[schedule], rate=rate)
    [found] = ask(
        ("learn", rows, seed, schedule, qlearning.TRIPS, rate, gridworld.DISCOUNT, 0, qlearning.LONGEST)
    )
    assert [trip["tiles"] for trip in found["trips"]] == [trip.tiles.tolist() for trip in run.trips]
    assert [trip["moves"] for trip in found["trips"]] == [trip.moves.tolist() for trip in run.trips]
    # Every number after every trip, to the last bit.
    assert np.array_equal(np.array(found["tables"]), run.q.reshape(len(run.q), -1))


def test_the_exported_trips_lead_to_the_lessons_tables(ask: Ask) -> None:
    figure = reinforcement_learning.figure()
    run = qlearning.learn(gridworld.read_map(), reinforcement_learning.SEED)
    starts = [int(start) for start in figure["starts"]]  # type: ignore[attr-defined]
    given = (figure["rows"], starts, figure["moves"], figure["rate"], figure["discount"])
    [found] = ask(("retrace", *given))
    assert np.array_equal(np.array(found["tables"]), run.q.reshape(len(run.q), -1))
    length = len(run.trips[0].moves)
    before, after = ask(("within", *given, 0, length - 1), ("within", *given, 0, length))
    assert length == 280
    assert not np.any(before)
    assert np.count_nonzero(after) == 1
    assert np.array_equal(after, run.q[1].ravel())


def test_news_never_goes_back_in_the_lessons_run(ask: Ask) -> None:
    """What the slider of trips shows: the tiles that have heard never become fewer."""
    run = qlearning.learn(gridworld.read_map(), reinforcement_learning.SEED)
    heard = [(q.max(axis=1) > 0.01).sum() for q in run.q]
    assert all(one <= other for one, other in pairwise(heard))
    assert [heard[trip] for trip in (1, 5, 10, 20)] == [1, 3, 8, 25]


def test_all_that_is_to_be_found_can_be_found(visit: Visit) -> None:
    states = [
        (0, "rate=1&trip=19"),
        (1, "schedule=greedy&trip=200"),
        (2, "gamma=0.55"),
        (3, f"map={WALLED}"),
        (4, "ground=ice&pull=fading&trip=200"),
    ]
    find_all(visit, "reinforcement-learning", states)


def test_the_courier_steps_plays_and_is_scrubbed(visit: Visit) -> None:
    page = visit("reinforcement-learning/")
    figure = ready(page)
    assert (readout(page, "with a value"), readout(page, "steps made")) == ("8 of 25", "2,027")
    figure.get_by_role("button", name="The first flag").click()
    assert (readout(page, "with a value"), readout(page, "steps made")) == ("1 of 25", "280")
    figure.get_by_role("button", name="One episode").click()
    figure.get_by_role("button", name="One step").press("Enter")
    assert readout(page, "steps made") == "281"
    trips = figure.get_by_role("slider", name="Episodes")
    trips.focus()
    trips.press("End")
    settled(page)
    assert (readout(page, "with a value"), readout(page, "right"), readout(page, "steps made")) == (
        "25 of 25",
        "25 of 25",
        "11,172",
    )
    play = figure.get_by_role("button", name="Play")
    play.press("Enter")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    until(page, "!/^0? ?$/.test(document.querySelector('[data-control] .shown').textContent)")
    figure.get_by_role("button", name="Pause").press("Enter")
    made = readout(page, "steps made")
    page.wait_for_timeout(200)
    assert readout(page, "steps made") == made != "11,172"


def test_the_map_is_rebuilt_by_mouse_and_keys(visit: Visit) -> None:
    page = visit("reinforcement-learning/")
    figure = ready(page)
    walls = page.locator(".demo-view .wall")
    assert walls.count() == 8
    box = figure.locator(".demo-picture").bounding_box()
    assert box
    tile = box["width"] / 7
    figure.locator(".demo-picture").click(position={"x": tile * 0.5, "y": tile * 0.5})
    assert walls.count() == 9
    figure.locator(".demo-picture").click(position={"x": tile * 0.5, "y": tile * 0.5})
    assert walls.count() == 8
    builder = figure.locator(".builder")
    builder.focus()
    builder.press("ArrowLeft")
    builder.press("Enter")
    assert walls.count() == 9
    assert "wall" in (builder.get_attribute("aria-valuetext") or "")
    flag = figure.get_by_role("slider", name="Flag")
    flag.focus()
    flag.press("ArrowLeft")
    assert flag.get_attribute("aria-valuetext") == "row 1, column 6"
    drag(page, flag, -2 * tile, 0)
    assert flag.get_attribute("aria-valuetext") == "row 1, column 4"
    figure.get_by_role("button", name="Start again").click()
    assert walls.count() == 8
    page.evaluate(
        "document.querySelector('.demo-picture').scrollIntoView({block: 'start', behavior: 'instant'})"
    )
    box = figure.locator(".demo-picture").bounding_box()
    assert box
    # A mouse that is held down paints on with what it began with: walls over open ground, open ground over walls.
    for from_column, more in ((1, 2), (1, 0)):
        page.mouse.move(box["x"] + tile * (from_column + 0.5), box["y"] + tile * 4.5)
        page.mouse.down()
        page.mouse.move(box["x"] + tile * (from_column + 1.5), box["y"] + tile * 4.5, steps=4)
        settled(page)
        page.mouse.up()
        assert walls.count() == 8 + more
        assert builder.get_attribute("aria-valuetext") == f"row 5, column 3, {'wall' if more else 'open'}"


def test_on_ice_the_pull_matters(visit: Visit) -> None:
    page = visit("reinforcement-learning/")
    figure = ready(page)
    world = gridworld.read_map()
    truth = ice.iterate_values(world)

    assert ice.SLIP == 1 / 5  # as the control says

    def expected(rate: ice.Rate) -> tuple[str, str]:
        run = ice.learn(world, reinforcement_learning.SEED, rate=rate)
        moves = sum(len(trip.moves) for trip in run.trips)
        return f"{np.abs(run.q[-1] - truth).max():.2f}", f"{moves:,}"

    def shown() -> tuple[str, str]:
        return readout(page, "largest error"), readout(page, "steps made")

    figure.get_by_role("button", name="Turn slip on").press("Enter")
    expect(figure.get_by_role("radio", name="Ice")).to_be_checked()
    assert shown() == expected(ice.steady())
    expect(figure.get_by_role("status")).to_contain_text("On ice, after 200 episodes")
    rate = figure.get_by_label("α, share")
    rate.focus()
    for _ in range(6):
        rate.press("ArrowLeft")
    settled(page)
    assert shown() == expected(ice.steady(0.2))
    figure.get_by_role("radio", name="Constant").focus()
    page.keyboard.press("ArrowRight")
    expect(rate).to_be_hidden()
    assert shown() == expected(ice.fading)
    expect(figure.locator("[data-quest='4']")).to_have_class("found")
    expect(figure.locator(".found")).to_have_count(1)
    # Move by move the trip is made again: the numbers after its last are those of the trip's end.
    figure.get_by_role("button", name="Episode back").click()
    before = readout(page, "largest error")
    moves = len(ice.learn(world, reinforcement_learning.SEED, rate=ice.fading).trips[-1].moves)
    for _ in range(moves):
        figure.get_by_role("button", name="One step").click()
    assert shown() == expected(ice.fading)
    figure.get_by_role("button", name="Episode back").click()
    assert readout(page, "largest error") == before
    figure.locator("label", has_text="The exact answer").click()
    expect(figure.get_by_role("status")).to_contain_text("The exact answer on ice")
    figure.locator("label", has_text="Dry").click()
    figure.get_by_role("button", name="Start again").click()
    assert readout(page, "steps made") == "2,027"


def test_a_slip_is_told(visit: Visit) -> None:
    run = ice.learn(gridworld.read_map(), reinforcement_learning.SEED)
    slipped = int(np.flatnonzero(run.trips[0].moves != run.trips[0].went)[0]) + 1
    page = visit(f"reinforcement-learning/#demo&ground=ice&trip=0&move={slipped - 1}")
    figure = ready(page)
    status = figure.get_by_role("status")
    figure.get_by_role("button", name="One step").click()
    expect(status).to_contain_text("The last move slipped.")
    figure.get_by_role("button", name="Episode back").click()
    expect(status).to_contain_text("On ice, after 0 episodes")
    expect(status).not_to_contain_text("slipped")
    # A turn of the way is no slip.
    trip = run.trips[0]
    held = np.flatnonzero((trip.moves[:-1] == trip.went[:-1]) & (trip.moves[1:] != trip.went[:-1]))
    page.evaluate("fragment => location.hash = fragment", f"#demo&ground=ice&trip=0&move={held[0] + 1}")
    expect(status).to_contain_text(f"and {held[0] + 1} steps")
    expect(status).not_to_contain_text("slipped")


def test_what_the_courier_may_try_is_a_button(visit: Visit) -> None:
    page = visit("reinforcement-learning/")
    figure = ready(page)
    figure.get_by_role("button", name="Put the pit beside the start").click()
    pit = figure.get_by_role("slider", name="Pit")
    assert pit.get_attribute("aria-valuetext") == "row 4, column 1"
    assert readout(page, "exploration") == "0.10"
    assert readout(page, "right") == "25 of 25"
    figure.get_by_role("button", name="Set γ to a half").click()
    assert figure.get_by_label("Discount factor").get_attribute("aria-valuetext") == "0.50"
    assert figure.locator(".found").count() == 0


def test_less_motion_means_few_pictures(visit: Visit) -> None:
    counts = []
    for motion in ("no-preference", "reduce"):
        page = visit("reinforcement-learning/", reduced_motion=motion)
        figure = ready(page)
        page.evaluate(
            """() => {
                window.pictures = 0;
                new MutationObserver(() => window.pictures++)
                    .observe(document.querySelector(".demo-view"), {childList: true});
            }"""
        )
        figure.get_by_role("button", name="Play").click()
        page.wait_for_timeout(1500)
        figure.get_by_role("button", name="Pause").click()
        counts.append(page.evaluate("window.pictures"))
    assert counts[0] > 2 * counts[1] > 0
