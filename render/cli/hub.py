"""``mlhub hub``: the web site, from the catalog and what was rendered."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from hub.site import build_site
from render.cli.options import build_of, catalog_of, topics_of
from render.core.fault import Exit, JobFault
from render.plan.figure import make_figures
from render.store.ledger import read_ledger
from render.store.rendered import read_stock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no options of its own."""


def run(options: argparse.Namespace) -> Exit:
    """Compute the figures that are not up to date and write ``site/`` into the output folder.

    A figure whose code fails is told, the site keeps its last good numbers or does without, and the exit code is
    :data:`Exit.JOB_FAILED`.
    """
    catalog, build = catalog_of(options), build_of(options)
    rendered = read_stock(build).lessons
    youtube = read_ledger(options.root).watchable(datetime.now(UTC))
    code = Exit.DONE
    for topic in topics_of(catalog, ()):
        if topic.slug in rendered:
            try:
                make_figures(options.root, build, [topic])
            except JobFault as fault:
                print(f"{topic.slug}: {fault}", file=sys.stderr)
                code = Exit.JOB_FAILED
    print(build_site(catalog, build, build / "site", youtube=youtube))
    return code
