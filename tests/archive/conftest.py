"""What shared/archive writes: an archive, a certificate, and the key that signed both."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    names = ("sample.zip", "key.spki", "certificate.json")
    binary = os.environ.get("ARCHIVE_SAMPLE")
    command = [binary] if binary else ["cargo", "run", "--quiet", "-p", "archive", "--example", "sample_export", "--"]
    subprocess.run([*command, *(folder / name for name in names)], cwd=ROOT, check=True)
    return {name: (folder / name).read_bytes() for name in names}
