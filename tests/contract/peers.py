"""The three servers that the suite asks, each on a free loopback port with its own process."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import boto3
from botocore.config import Config

REGION = "eu-central-1"
ACCOUNT = "000000000000"
NAMES = ("ours", "moto", "ministack")


@dataclass
class Peer:
    """A running server and how to sign for it."""

    name: str
    endpoint: str
    process: subprocess.Popen
    key: str = "test"
    secret: str = "test"
    role_keys: dict = field(default_factory=dict)

    def client(self, service, key=None, secret=None, token=None):
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=key or self.key,
            aws_secret_access_key=secret or self.secret,
            aws_session_token=token,
            config=Config(retries={"max_attempts": 0}, read_timeout=30, connect_timeout=5, proxies={}),
        )

    def as_role(self, service, arn):
        """A client that signs with a role's own key; ours only."""
        key = self.role_keys[arn]
        return self.client(service, key["id"], key["secret"], key["session_token"])

    def shift(self, milliseconds):
        """Moves the clock; ours only."""
        self.process.stdin.write(f"shift {milliseconds}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["offset_ms"]

    def stop(self):
        if self.process.stdin:
            self.process.stdin.close()
        try:
            if self.name != "ours":
                self.process.terminate()
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(name, folder: Path) -> Peer:
    return {"ours": start_ours, "moto": start_moto, "ministack": start_ministack}[name](folder)


def warm_up(peer: Peer):
    """Some peers load a service on its first call, which would eat into the short time-outs of a test."""
    peer.client("sqs").list_queues()
    peer.client("dynamodb").list_tables()
    peer.client("kms").list_keys()
    peer.client("s3").list_buckets()
    peer.client("ses").list_identities()
    peer.client("scheduler").list_schedules()


def start_ours(folder: Path, data=None, roles=()) -> Peer:
    arguments = [os.environ["EMULATOR_SERVE"], "--region", REGION]
    if data:
        arguments += ["--data", str(data)]
    if roles:
        file = folder / "roles.json"
        file.write_text(json.dumps(roles))
        arguments += ["--roles", str(file)]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    ready = json.loads(process.stdout.readline())
    admin = ready["admin"]
    return Peer("ours", ready["endpoint"], process, admin["id"], admin["secret"], ready["keys"])


def start_moto(folder: Path) -> Peer:
    port = free_port()
    command = [str(Path(sys.executable).with_name("moto_server")), "-H", "127.0.0.1", "-p", str(port)]
    return wait_for("moto", spawn(command, folder / "moto.log", {}), port)


def start_ministack(folder: Path) -> Peer:
    port = free_port()
    environment = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "PERSIST_STATE": "0"}
    command = [str(Path(sys.executable).with_name("ministack"))]
    return wait_for("ministack", spawn(command, folder / "ministack.log", environment), port)


def spawn(command, log: Path, environment):
    output = log.open("w")
    clean = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return subprocess.Popen(command, stdout=output, stderr=output, env={**clean, **environment}, cwd=log.parent)


def wait_for(name, process, port) -> Peer:
    endpoint = f"http://127.0.0.1:{port}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended with {process.returncode}")
        try:
            opener.open(endpoint, timeout=2)
            return Peer(name, endpoint, process)
        except urllib.error.HTTPError:
            return Peer(name, endpoint, process)
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"{name} did not answer in time")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
