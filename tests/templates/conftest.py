"""Puts the checks on the path and hands out templates that tests may break."""

import gc
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "infra" / "checks"))

import templates  # noqa: E402


def pytest_configure(config):
    # Parsed templates are millions of objects that live to the end: looking through them for garbage takes a quarter of the time.
    gc.disable()
    config.addinivalue_line("markers", "slow: needs SAM or cfn-lint; not part of the fast subset")


@pytest.fixture
def source():
    return templates.source()
