"""Scripts and styles are made small by what npm locked, and say what is wrong when they cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hub import bundle, node, site
from render.core.fault import EnvironmentFault, JobFault

ASSETS = Path(site.__file__).parent / "assets"
ROOT = ASSETS.parents[1]


@pytest.mark.parametrize("name", ["index.js", "topic.js", "device.js", "hub.css"])
def test_a_bundle_is_smaller_than_what_it_is_made_of_and_always_the_same(name: str) -> None:
    made = bundle.bundle(ASSETS / name)
    assert 300 < len(made) < (ASSETS / name).stat().st_size + (ASSETS / "progress.js").stat().st_size
    bundle._bundle.cache_clear()
    assert bundle.bundle(ASSETS / name) == made


def test_a_bundle_has_what_its_source_imports() -> None:
    assert b"import" not in bundle.bundle(ASSETS / "device.js")
    assert b".plyr__progress" in bundle.bundle(ASSETS / "topic.css")
    assert b"plyr__progress" in bundle.bundle(ASSETS / "player.js")


def test_faces_keep_their_addresses() -> None:
    style = bundle.bundle(ASSETS / "hub.css")
    for font in ("inter", "jetbrains-mono"):
        assert style.count(f"fonts/{font}.woff2".encode()) == 1


def test_a_change_is_seen(tmp_path: Path) -> None:
    script = tmp_path / "one.js"
    script.write_text("console.log(1)")
    assert b"1" in bundle.bundle(script)
    script.write_text("console.log(22)")
    assert b"22" in bundle.bundle(script)


def test_a_script_that_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.js").write_text("const x = ;\n")
    with pytest.raises(JobFault, match=r"bad\.js cannot be bundled:\n(.|\n)*bad\.js:1:10"):
        bundle.bundle(tmp_path / "bad.js")


def test_a_text_is_bundled_with_what_it_imports_for_browsers_and_for_node() -> None:
    text = 'import { shareAgain } from "./hub/demos/maths/sampling"; console.log(shareAgain);'
    small, plain = (bundle.bundle_text("a text", text, node=node) for node in (False, True))
    assert b"import" not in small + plain and len(small) < len(plain)


def test_a_text_that_cannot_be_read_is_told_with_its_name() -> None:
    with pytest.raises(JobFault, match=r"(?s)hub/demos/here\.ts cannot be bundled.*nowhere"):
        bundle.bundle_text("hub/demos/here.ts", 'import "./nowhere";')


def test_missing_packages_are_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "PACKAGES", tmp_path / "node_modules")
    bundle._bundle.cache_clear()
    with pytest.raises(EnvironmentFault, match=r"node_modules/ lacks @esbuild/.*make setup"):
        bundle.bundle(ASSETS / "index.js")
    monkeypatch.setattr(node, "find_spec", lambda name: None)
    with pytest.raises(EnvironmentFault, match=r"Node is missing.*make setup"):
        node.run_node(["--version"])


def test_the_lock_names_every_package_with_its_digest_and_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert {f"node_modules/{name}" for name in wanted["dependencies"]} <= packages.keys()
    assert all("integrity" in entry for entry in packages.values())
    assert "resolved" not in json.dumps(lock)
