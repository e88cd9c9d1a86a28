"""What `sam build` left behind would run on Lambda: right files, right machine, no newer glibc than Amazon Linux 2023 has."""

import hashlib
import os
import re
import struct
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "infra" / "checks"))

import render  # noqa: E402
import rules  # noqa: E402
import templates  # noqa: E402

BUILD = ROOT / ".aws-sam" / "build"
GLIBC = (2, 34)
HANDLERS = sorted(rules.catalogue(render.App(templates.source(), "prod")))


def bootstrap(handler):
    stack = rules.pascal(handler.split(".")[0])
    return BUILD / stack / f"{rules.pascal(handler)}Function" / "bootstrap"


@lru_cache(maxsize=None)
def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=None)
def needed_glibc(content_digest, path):
    symbols = subprocess.run(["objdump", "-T", str(path)], check=True, stdout=subprocess.PIPE, text=True).stdout
    return max(tuple(map(int, version.split("."))) for version in re.findall(r"GLIBC_(\d+\.\d+)", symbols))


@pytest.mark.parametrize("handler", HANDLERS)
def test_function_is_packaged(handler):
    file = bootstrap(handler)
    assert file.is_file() and os.access(file, os.X_OK)
    assert [entry.name for entry in file.parent.iterdir()] == ["bootstrap"], "nothing but the binary is uploaded"
    header = file.read_bytes()[:20]
    assert header[:4] == b"\x7fELF"
    assert struct.unpack("<H", header[18:20])[0] == 62, "not x86_64"
    assert needed_glibc(digest(file), file) <= GLIBC


def test_functions_of_a_domain_share_one_binary():
    by_crate = {}
    for handler in HANDLERS:
        by_crate.setdefault(handler.split(".")[0], set()).add(digest(bootstrap(handler)))
    assert {crate: len(found) for crate, found in by_crate.items()} == {crate: 1 for crate in by_crate}


def test_built_templates_name_the_built_folders():
    for handler in HANDLERS:
        stack = rules.pascal(handler.split(".")[0])
        built = templates.load(BUILD / stack / "template.yaml")
        function = built["Resources"][f"{rules.pascal(handler)}Function"]["Properties"]
        assert (BUILD / stack / function["CodeUri"]).resolve() == bootstrap(handler).parent.resolve()
