"""Builds ``mlhub_native``; scripts/setup.py runs it when anything in this folder has changed."""

import hashlib
import subprocess
from pathlib import Path

import cairo
from setuptools import Extension, setup

FOLDER = Path(__file__).parent
SOURCES = ("native.c", "setup.py")

# Pictures are keyed by the versions of all that draws them, so the version has to say which source this is.
digest = hashlib.sha256(b"\0".join((FOLDER / name).read_bytes() for name in SOURCES)).hexdigest()[:12]


def flags(kind: str) -> list[str]:
    """What pkg-config says of the Cairo that pycairo is linked with."""
    return subprocess.run(
        ["pkg-config", kind, "cairo"], check=True, capture_output=True, text=True
    ).stdout.split()


setup(
    version=f"1+{digest}",
    ext_modules=[
        Extension(
            "mlhub_native",
            ["native.c"],
            include_dirs=[cairo.get_include()],
            # no fused multiply-add: points are compared the same way on every machine
            extra_compile_args=[*flags("--cflags"), "-O3", "-ffp-contract=off", "-Wall", "-Wextra"],
            extra_link_args=flags("--libs"),
        )
    ],
)
