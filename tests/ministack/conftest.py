"""The Telegram stand-in and ministack with everything deployed, once for all tests here."""

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import harness  # noqa: E402

CRATES = (
    "accounts",
    "audit",
    "billing",
    "bots",
    "conversations",
    "fans",
    "legal",
    "mailer",
    "operations",
    "privacy",
    "sofi",
    "telegram-hooks",
    "workers",
    "workspaces",
)


def binaries():
    """What `sam build` made, one binary per domain; or those of a target folder, to try this suite without packaging."""
    if folder := os.environ.get("FUNCTION_BINARIES"):
        return {crate: Path(folder) / crate for crate in CRATES}
    build = harness.ROOT / ".aws-sam" / "build"
    found = {}
    for crate in CRATES:
        stack = "".join(part.capitalize() for part in crate.split("-"))
        found[crate] = next(iter(sorted((build / stack).glob("*Function/bootstrap"))), None)
        assert found[crate], f"{crate} is not built; run `tests/run package` first"
    return found


class Client:
    """JSON over HTTP; every call says which status it expects."""

    def __init__(self, base, token=None):
        self.base, self.token = base, token

    def call(self, method, path, body=None, expect=200):
        request = urllib.request.Request(self.base + path, method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, content = answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            status, content = refusal.code, refusal.read()
        assert status == expect, f"{method} {path}: {status} {content[:2000]!r}"
        return json.loads(content) if content else None


@pytest.fixture(scope="session")
def telegram(tmp_path_factory):
    """The control API of a running stand-in; its Bot API is at the same address."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", harness.ROOT / "target"))
    log = tmp_path_factory.mktemp("telegram") / "stand-in.log"
    process = harness.Process([str(target / "debug" / "telegram-stand-in")], log)
    try:
        line = harness.wait_until(lambda: log.read_text().splitlines(), "the stand-in does not start", 30)[0]
        yield Client(json.loads(line)["url"])
    finally:
        process.stop()


@pytest.fixture(scope="session")
def bed(telegram, tmp_path_factory):
    bed = harness.Bed(tmp_path_factory.mktemp("ministack"), telegram.base, binaries())
    try:
        bed.deploy()
        yield bed
    finally:
        bed.stop()
