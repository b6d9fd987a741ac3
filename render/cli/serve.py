"""``mlhub serve``: the built site, shown on this machine."""

from __future__ import annotations

import argparse

from hub.serve import serve
from render.cli.options import build_of, parse_port


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--port", type=parse_port, default=8000, help="0 takes any that is free (default: 8000)"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    return serve(build_of(options) / "site", port=options.port)
