"""``build/report.html``: what a run has done, why, what it took, and where it went wrong.

One page without script or any file beside it, and ``report.json`` with the very facts that it shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from render.core.fault import Fault
from render.core.template import open_templates
from render.run.progress import clock, counted, megabytes
from render.run.run_record import RunRecord
from render.store.store import Record, environment_faults, write_json, write_text

PAGE: Final = "report.html"

_TEMPLATES: Final = Path(__file__).parent / "templates"
_REVIEW: Final = Path(__file__).parents[1] / "review" / "templates"
"""Where the style sheet lies that this report shares with that of a review."""


@contextmanager
def reporting(run_record: RunRecord, build: Path) -> Iterator[None]:
    """Write the report of a run when the block ends, however it ends.

    :class:`render.core.fault.EnvironmentFault` where it cannot be written, unless something else was raised before.
    """
    try:
        yield
    except BaseException as error:
        run_record.ended = "interrupted" if isinstance(error, KeyboardInterrupt) else "stopped"
        if not isinstance(error, KeyboardInterrupt):
            run_record.fault = str(error) if isinstance(error, Fault) else f"{type(error).__name__}: {error}"
        with suppress(OSError):
            write_run_report(run_record.to_record(), build)
        raise
    with environment_faults(build):
        write_run_report(run_record.to_record(), build)


def write_run_report(record: Record, build: Path) -> Path:
    """Write ``report.html`` and ``report.json`` into ``build``, each in one step; returns the page.

    ``record`` is what :meth:`render.run.run_record.RunRecord.to_record` gives; the same record gives the same bytes.
    """
    write_json(build / "report.json", record)
    page = build / PAGE
    write_text(page, _render(record))
    return page


def _render(record: Record) -> str:
    environment = open_templates(_TEMPLATES, _REVIEW)
    environment.filters.update(
        clock=clock, counted=counted, megabytes=megabytes, took=_took, figure=_figure, size=_size, day=_day
    )
    environment.filters["linked"] = quote
    pieces = [piece for lesson in record["lessons"] for piece in lesson["pieces"]]
    return environment.get_template("run.html.jinja").render(
        run=record,
        verdict=_verdict(record),
        longest=max((piece["seconds"] for piece in pieces), default=0.0) or 1.0,
        dearest=max((play["cpu"] for play in record["slowest"]), default=0.0) or 1.0,
        busiest=max((work["seconds"] for work in record["work"]), default=0.0) or 1.0,
        stored=sum(kind["bytes"] for kind in record["disk"]),
        shares=_shares(record),
    )


def _verdict(record: Record) -> tuple[str, str]:
    """How grave the outcome is (``error``, ``warning`` or ``clean``), and the sentence that tells it."""
    failed = [lesson for lesson in record["lessons"] if lesson["state"] == "failed"]
    current = sum(lesson["state"] in ("published", "up to date") for lesson in record["lessons"])
    told = f"{current} of {counted(len(record['lessons']), 'lesson')} up to date"
    faulty = sum(bool(lesson["review"] and lesson["review"]["errors"]) for lesson in record["lessons"])
    if record["ended"] == "stopped":
        return "error", f"Stopped: {record['fault']}"
    if failed:
        return "error", f"{told}, {len(failed)} failed"
    if record["ended"] == "interrupted":
        return "warning", f"Interrupted; {told}"
    if faulty:
        return "error", f"{told}; the review finds errors in {faulty}"
    return "clean", told


def _shares(record: Record) -> list[tuple[str, str, int, float]]:
    """What was done with all chapters and posters: class of the bar, words, count, percentage; zeros are left out."""
    counts = [
        ("kept", "up to date", record["up_to_date"]),
        ("fetched", "fetched from the shared store", record["fetched"]),
        ("drawn", "drawn", record["drawn"]),
        ("open", "not drawn", record["to_draw"] - record["drawn"]),
    ]
    total = sum(count for _, _, count in counts)
    return [(name, words, count, round(100 * count / total, 2)) for name, words, count in counts if count]


def _took(seconds: float) -> str:
    """``4.2 s`` below a minute, ``3:20`` from there on."""
    return f"{seconds:.1f} s" if seconds < 59.95 else clock(seconds)


def _figure(value: float) -> str:
    """Two digits that count, and all before the point."""
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def _size(size: int) -> str:
    """Bytes as ``12 kB`` or ``3.4 MB``."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"


def _day(moment: str) -> str:
    """``22 November 2026, 23:20 UTC``."""
    when = datetime.fromisoformat(moment)
    return f"{when.day} {when:%B %Y, %H:%M} UTC"
