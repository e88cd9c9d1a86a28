"""The index of decisions has each of them once, in their order."""

import re
from pathlib import Path

DECISIONS = Path(__file__).resolve().parents[2] / "infra" / "decisions"


def test_the_index_names_every_decision_once_and_none_that_is_not_there():
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"(?m)^\| \[(\d{4})\]\((\S+)\) \| .+ \| .+ \|$", index)
    there = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    assert [name for _, name in named] == there
    assert all(name.startswith(f"{number}-") for number, name in named)


def test_every_decision_that_a_status_names_is_there():
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"\]\((\S+?)\)", index) if not (DECISIONS / name).is_file()] == []
