"""Addresses are shown without their passwords."""

from __future__ import annotations

from pathlib import Path

import pytest

from render.core.address import without_passwords
from render.core.fault import EnvironmentFault
from render.store.remote_store import RemoteStore
from render.task.task import failure_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("s3://bucket/prefix", "s3://bucket/prefix"),
        ("/a/folder", "/a/folder"),
        ("sftp://ann:hunter2@host:22/x", "sftp://***@host:22/x"),
        ("sftp://ann:hun@ter2@host/x", "sftp://***@host/x"),
        ("https://token@host/x", "https://***@host/x"),
        ("https://host/x?region=eu&secret_key=hunter2&b=1", "https://host/x?region=eu&secret_key=***&b=1"),
        ("https://host/x?access_token=hunter2", "https://host/x?access_token=***"),
        ("cannot open ftp://ann:hunter2@host/x: refused", "cannot open ftp://***@host/x: refused"),
        ("mail ann@example.org", "mail ann@example.org"),
    ],
)
def test_what_is_secret_in_an_address_is_hidden(text: str, shown: str) -> None:
    assert without_passwords(text) == shown


def test_a_password_is_hidden_wherever_an_error_repeats_it() -> None:
    address = "sftp://ann:hunter%212@host/x"
    said = "login of ann with hunter!2 (hunter%212) failed"
    assert without_passwords(said, address) == "login of ann with *** (***) failed"


@pytest.mark.parametrize("address", ["nonsense://ann:hunter2@host/x", "ftp://ann:hunter2@127.0.0.1:1/x"])
def test_a_store_that_cannot_be_had_is_told_without_its_password(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault named the whole address, and so did the report of the run."""
    monkeypatch.setenv("STORE", address)
    with pytest.raises(EnvironmentFault) as refused:
        RemoteStore(address).greet()
    told = failure_of(refused.value, tmp_path, tmp_path / "build")
    for words in (str(refused.value), told.message, told.trace):
        assert "hunter2" not in words
