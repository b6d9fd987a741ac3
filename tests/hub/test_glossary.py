"""The glossary: every term once, in one alphabet, each with its moment."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import expect

from hub.glossary import shelve_terms
from hub.page import Code, Entry, Notes, Part, show_sections
from hub.site import SiteReport
from render.core.catalog import Catalog
from tests.hub.conftest import Visit, until


def test_terms_stand_under_their_letter_whatever_they_begin_with(catalog: Catalog) -> None:
    part = Part(number=1, title="One", explains=(), start="0", clock="0:00", lines=())
    terms = ("ε-tube", "Éclair", "echo", "kernel", "C")
    entries = tuple(
        Entry(term=t, means="It is.", aliases=(), start="1", clock="0:01", sentence="0", part=part)
        for t in terms
    )
    shown = [subject for section in show_sections(catalog, {}, {}) for subject in section.topics]
    core = Code(says="", text="", marked="", prints="", name="core.py")
    notes = Notes(core=core, formulas=(), terms=entries, questions=(), sources=(), credits=())
    letters = shelve_terms([replace(shown[0], notes=notes), shown[1]])
    assert [(letter, [one.entry.term for one in group]) for letter, group in letters] == [
        ("#", ["ε-tube"]),
        ("C", ["C"]),
        ("E", ["echo", "Éclair"]),
        ("K", ["kernel"]),
    ]
    anchors = [one.anchor for _, group in letters for one in group]
    assert len(set(anchors)) == len(anchors) and all(anchor.startswith("lines-") for anchor in anchors)


def test_a_term_leads_to_where_it_is_defined(visit: Visit, report: SiteReport) -> None:
    page = visit("glossary/")
    term = page.locator(".glossary dd a").first
    href = term.get_attribute("href") or ""
    second = float(href.partition("?t=")[2])
    term.click()
    page.wait_for_url("**/lines/?t=*")
    until(page, f"Math.abs(document.querySelector('video').currentTime - {second}) < 1")


def test_a_term_is_found_by_search(visit: Visit) -> None:
    page = visit("glossary/")
    name = page.locator(".glossary dt").first.inner_text().split(" also ")[0].strip()
    page.keyboard.press("Control+k")
    page.keyboard.type(name)
    expect(page.locator(".hits a", has_text="Term").first).to_contain_text(name)
