"""The figures in README are those that the benchmarks wrote down."""

import re

import figures
import pytest

README = figures.README.read_text(encoding="utf-8")
BENCHMARKS = figures.BENCHMARKS.read_text(encoding="utf-8")


def test_readme_says_what_was_measured():
    assert figures.problems(README, BENCHMARKS) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"\| ours \| ", " ms"),
        (r"\| ours \|.* ", r" MB \|"),
        (r"\| measured \| ", r" \|"),
        ("webhook ", " in a new sandbox"),
        ("takes ", " AWS calls"),
        ("about ", " USD a"),
        (" and ", " for tokens"),
        ("is ", " for logins"),
    ],
)
def test_a_figure_that_was_not_measured_is_seen(before, after):
    other, count = re.subn(rf"({before})\d+(?:\.\d+)?(?={after})", r"\g<1>4321", README, count=1)
    assert count == 1
    assert len(figures.problems(other, BENCHMARKS)) == 1


def test_a_sentence_or_a_row_that_went_is_seen():
    for gone in ("| ours |", "for logins"):
        assert figures.problems(README.replace(gone, "| theirs |"), BENCHMARKS) != []


@pytest.mark.parametrize(("said", "measured"), [("8.9", 8.91), ("3.6", 3.55), ("78", 78.4), ("0.17", 0.174), ("17", 17.1)])
def test_a_figure_may_be_rounded_to_its_digits(said, measured):
    assert figures.rounds(said, measured)
    assert not figures.rounds(said, measured + 1)
