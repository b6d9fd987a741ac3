"""Where the site is published, from the command line or the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.site.bucket import BucketHost
from publish.site.folder import FolderHost
from publish.site.host import Host
from publish.site.visit import Kind
from render.core.catalog import Hub, SiteSettings
from render.core.fault import UsageFault

_PLACES = (
    "--out DIR, --bucket s3://name/prefix or --branch gh-pages, or hub.publish.site in catalog.yaml with a bucket or "
    "a branch"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site goes: one of ``out`` and ``branch``, or ``bucket``, which beside them takes the videos."""

    out: Path | None = None
    bucket: str | None = None
    branch: str | None = None

    def __str__(self) -> str:
        pages = f"the branch {self.branch}" if self.branch else str(self.out or self.bucket)
        return f"{pages}, videos in {self.bucket}" if self.bucket and pages != self.bucket else pages


def find_place(given: Place, hub: Hub) -> Place:
    """The place that the command line names, else the catalog's; :class:`UsageFault` where that is not one place.

    What the command line names stands alone: of the catalog's places none is taken beside it.
    """
    settings = (hub.publish and hub.publish.site) or SiteSettings()
    place = given if given != Place() else Place(bucket=settings.bucket, branch=settings.branch)
    if place == Place():
        raise UsageFault(f"mlhub publish --to site: expected a place: {_PLACES}.")
    if place.out and place.branch:
        raise UsageFault("--out and --branch are two places for the pages: leave one of them away.")
    if place.bucket and (place.out or place.branch) and not hub.media_address:
        raise UsageFault(
            f"--bucket beside --{'out' if place.out else 'branch'} takes the videos alone, and pages have to know "
            "where: write hub.publish.site.media_base, the bucket's public address, into catalog.yaml, then `make hub`."
        )
    if place.branch and not place.bucket and hub.media_address:
        raise UsageFault(
            f"catalog.yaml: hub.publish.site.media_base says that videos are at {hub.media_address}: name the bucket "
            "that is there with --bucket, or as hub.publish.site.bucket."
        )
    return place


def open_hosts(place: Place, hub: Hub, root: Path, build: Path) -> tuple[Host, Host | None]:
    """The host of the pages, and that of the videos if it is another one."""
    bucket = BucketHost(place.bucket) if place.bucket else None
    if place.out:
        site = (build / "site").resolve()
        out = place.out.resolve()
        if out == site or site in out.parents or out in site.parents:
            raise UsageFault(f"--out {place.out}: that is where the site is built; choose another folder.")
        return FolderHost(place.out, hub.base_path), bucket
    if place.branch:
        from publish.site.branch import BranchHost

        return BranchHost(place.branch, root, build, hub.base_path), bucket
    assert bucket is not None
    return bucket, None


def excuses_of(place: Place) -> Mapping[Kind, str]:
    """What hosts of this kind can never do, and why it is no fault of who publishes."""
    if not place.branch:
        return {}
    return {
        Kind.LIFETIME: "Hosts of a branch choose lifetimes themselves: visitors see a new release some minutes later."
    }


def patience_of(place: Place) -> float:
    """Seconds after which what was published should be seen: Pages build first, and caches ask anew."""
    return 300.0 if place.branch else 30.0
