"""Telling a person, or a program, what a visit has found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict

from publish.report import count, print_row
from publish.site.visit import REMEDY, Kind, Report


def print_visit(report: Report, *, as_json: bool) -> None:
    """What differs, a line each, and how much was asked."""
    if as_json:
        for difference in report.differences:
            print_row({"event": "difference", **asdict(difference), "remedy": difference.remedy})
        print_row(
            {
                "event": "visit",
                "address": report.address,
                "asked": report.asked,
                "left": report.left,
                "differences": sum(not difference.excuse for difference in report.differences),
                "excused": sum(bool(difference.excuse) for difference in report.differences),
            }
        )
        return
    for line in sum_up(report):
        print(line, file=sys.stdout if report.is_alike else sys.stderr)
    left = f", {report.left:,} left for want of time" if report.left else ""
    counted = sum(not difference.excuse for difference in report.differences)
    found = count(counted, "difference") if counted else "all as it was published"
    print(f"visited {report.address}: {count(report.asked, 'question')} asked{left}: {found}")


def sum_up(report: Report) -> Iterator[str]:
    """The differences in words, one line for all addresses of which the same is to be said."""
    alike: dict[tuple[Kind, str, str], list[str]] = {}
    for difference in report.differences:
        alike.setdefault((difference.kind, difference.words, difference.excuse), []).append(
            difference.address
        )
    for (kind, words, excuse), addresses in alike.items():
        more = f" and {len(addresses) - 1:,} more" if len(addresses) > 1 else ""
        yield f"{addresses[0]}{more}: {words}. {excuse or REMEDY[kind]}"
