"""What would be wrong with a site for whoever visits it, seen before a byte is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from publish.publication import Publication
from publish.site.content import Contents, is_medium
from publish.step import Objection
from render.core.web_file import digits_of

_OF_LESSON: Final = re.compile(r"media/([a-z][a-z0-9-]*)\.(?:[a-z]+\.)*[0-9a-f]+\.(?:mp4|srt|txt)")
"""Files that are taken from the manifest as they are."""


def check_site(
    folder: Path, contents: Contents, publications: Sequence[Publication], media_base: str
) -> Iterator[Objection]:
    """What is wrong with the built site in ``folder``, held against the lessons that are ready and rendered."""
    if "index.html" not in contents:
        yield Objection("site", f"{folder} has no site: `make hub` builds it")
        return
    by_slug = {publication.slug: publication for publication in publications}
    shown: dict[str, list[str]] = {}
    for path in contents:
        if found := _OF_LESSON.fullmatch(path):
            shown.setdefault(found[1], []).append(path)
    for slug in sorted(shown.keys() - by_slug.keys()):
        yield Objection(
            slug,
            f"the site has {shown[slug][0]}, and no lesson of that name is ready: `make hub` builds it anew",
        )
    for slug, publication in by_slug.items():
        yield from _check_lesson(publication, shown.get(slug, ()), contents, media_base)


def _check_lesson(
    publication: Publication, shown: Sequence[str], contents: Contents, media_base: str
) -> Iterator[Objection]:
    slug = publication.slug
    page = contents.get(f"{slug}/index.html")
    videos = [path for path in shown if is_medium(path)]
    if page is None or not videos:
        yield Objection(slug, "the site was built before this lesson was rendered: `make hub` builds it anew")
        return
    old = [path for path in shown if digits_of(path) not in publication.digits]
    if old:
        yield Objection(
            slug,
            f"the site shows {old[0]}, and the lesson was rendered anew since: `make hub` builds it anew",
        )
    text = page.read().decode()
    start = media_base or "../"
    if not any(f'src="{start}{path}"' in text for path in videos):
        where = media_base or "beside the pages"
        yield Objection(
            slug, f"its page looks for the video elsewhere than {where}: `make hub` builds the site anew"
        )
    if publication.quality == "draft":
        yield Objection(slug, f"it is rendered as a draft; `make render TOPIC={slug}` makes the full picture")
    if not publication.captions:
        yield Objection(slug, f"it has no captions; `make render TOPIC={slug}` writes them", fatal=False)
    if publication.voice.startswith("silent/"):
        yield Objection(slug, "nobody speaks in it; render it with VOICE=kokoro", fatal=False)
