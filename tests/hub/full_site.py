"""The site of a hub with all topics ready, and what it weighs.

usage: python -m tests.hub.full_site [--repeats 5]

builds it (:mod:`scripts.full_hub`) and prints what its files weigh as they are sent, and how long Chromium takes to
search it and to show its glossary.  Times mean something on an idle machine only; the load is told.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from hub import site
from hub.bundle import bundle
from hub.node import run_node
from hub.site import SiteReport, build_site
from render.core.catalog import parse_catalog
from render.core.web_file import is_packed, pack
from scripts.full_hub import all_ready, chain_of, tell, write_note
from tests.hub.conftest import render_all, serving

ROOT = Path(site.__file__).parents[1]
BROTLI = """
import {readFileSync} from "node:fs";
import {brotliCompressSync, constants} from "node:zlib";
const options = {params: {[constants.BROTLI_PARAM_QUALITY]: 11}};
const paths = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(paths.map(path => brotliCompressSync(readFileSync(path), options).length)));
"""
SEARCH = """async () => {
    const {Finder} = await import("./find.js");
    const times = {}, lap = name => { const now = performance.now(); times[name] = now - then; then = now; };
    let then = performance.now();
    const text = await (await fetch("search.json", {cache: "no-store"})).text();
    lap("search file fetched");
    const library = JSON.parse(text);
    lap("parsed");
    const finder = await Finder.over(library);
    lap("indexed");
    finder.find("support vector");
    lap("first answer");
    finder.find("gradient descent");
    lap("second answer");
    return times;
}"""
TYPED = """() => new Promise(done => {
    const box = document.querySelector(".search");
    const field = box.querySelector("input"), hits = box.querySelector(".hits");
    const began = performance.now();
    const watcher = new MutationObserver(() => hits.children.length && done(performance.now() - began));
    watcher.observe(hits, {childList: true});
    box.querySelector(".search-open").click();
    field.value = "support vector";
    field.dispatchEvent(new Event("input"));
})"""
GLOSSARY = """() => {
    const [page] = performance.getEntriesByType("navigation");
    return {
        "glossary painted first": performance.getEntriesByName("first-contentful-paint")[0].startTime,
        "glossary interactive": page.domContentLoadedEventEnd,
    };
}"""
FILTERED = """() => {
    const field = document.querySelector("#term-field"), began = performance.now();
    field.value = "kernel";
    field.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    return performance.now() - began;
}"""


def build_full_site(folder: Path, film: Path) -> SiteReport:
    """The site of 38 lessons with words, notes and terms of the size that they will have, in ``folder/www``."""
    catalog = parse_catalog(all_ready((ROOT / "catalog.yaml").read_text(encoding="utf-8")))
    chain = chain_of()
    lectures = [tell(topic, chain) for topic in catalog.topics]
    models = sorted((ROOT / "hub" / "notes").glob("*.yaml"))
    (folder / "notes").mkdir()
    for number, lecture in enumerate(lectures):
        write_note(lecture, folder / "notes", models[number % len(models)])
    build = render_all(folder / "build", film, [lecture.timeline() for lecture in lectures])
    return build_site(catalog, build, folder / "www", folder / "notes")


def sent(path: Path) -> int:
    """Bytes of a file as a host sends it that packs with gzip."""
    content = path.read_bytes()
    return len(pack(content) if is_packed(path.name) else content)


def weigh(out: Path) -> None:
    """Print what the files of a site weigh: as they are, in gzip, and in Brotli."""
    with tempfile.NamedTemporaryFile("w", suffix=".mjs") as script:
        script.write(BROTLI)
        script.flush()
        paths = [out / "index.html", out / "glossary/index.html", out / "svm/index.html"]
        paths += sorted(path for path in (out / "assets").rglob("*") if path.is_file())
        small = json.loads(run_node([Path(script.name)], json.dumps([str(path) for path in paths])))
    for path, brotli in zip(paths, small, strict=True):
        packed = f"{sent(path):>9,} {brotli:>9,}" if is_packed(path.name) else ""
        print(f"{path.relative_to(out)!s:<50} {path.stat().st_size:>9,} {packed}")


def time_once(browser: Browser, address: str) -> dict[str, float]:
    """Milliseconds in a browser that has kept nothing; megabytes that the search holds."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{address}lab/")
    took: dict[str, float] = page.evaluate(SEARCH)
    page.goto(f"{address}www/")
    memory: Any = context.new_cdp_session(page)
    heaps = []
    for typed in (False, True):
        if typed:
            took["from the dialog's opening to the first hit"] = page.evaluate(TYPED)
        memory.send("HeapProfiler.collectGarbage")
        heaps.append(memory.send("Runtime.getHeapUsage")["usedSize"])
    took["memory of the search, MB"] = (heaps[1] - heaps[0]) / 1e6
    page.goto(f"{address}www/glossary/", wait_until="networkidle")
    took |= page.evaluate(GLOSSARY)
    took["glossary filtered and laid out"] = page.evaluate(FILTERED)
    context.close()
    return took


def main() -> int:
    """Build, weigh and time; returns 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        film = folder / "film.mp4"
        command = "ffmpeg -loglevel error -f lavfi -i color=size=320x180:rate=15:duration=2 -pix_fmt yuv420p"
        subprocess.run([*command.split(), str(film)], check=True, stdin=subprocess.DEVNULL)
        out = build_full_site(folder, film).out
        weigh(out)
        lab = folder / "lab"
        lab.mkdir()
        (lab / "index.html").write_text("<!doctype html><title>Search</title>")
        (lab / "find.js").write_bytes(bundle(ROOT / "hub" / "web" / "find.ts"))
        shutil.copy(next((out / "assets").glob("search.*.json")), lab / "search.json")
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        with sync_playwright() as playwright, serving(folder) as address:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            load = os.getloadavg()[0]
            runs = [time_once(browser, address) for _ in range(repeats)]
            browser.close()
    for what in runs[0]:
        values = [run[what] for run in runs]
        print(f"{what:<50} {statistics.median(values):>8.1f} ({min(values):.1f}–{max(values):.1f})")
    print(f"load {load:.1f} before, {os.getloadavg()[0]:.1f} after; {repeats} repeats")
    return 0


if __name__ == "__main__":
    sys.exit(main())
