"""The figures in README are those that the benchmarks wrote down."""

import figures
import pytest

README = figures.README.read_text(encoding="utf-8")
BENCHMARKS = figures.BENCHMARKS.read_text(encoding="utf-8")


def test_readme_says_what_was_measured():
    assert figures.problems(README, BENCHMARKS) == []


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("| ours | 8.9 ms |", "| ours | 7.9 ms |"),
        ("| 11.9 MB |", "| 11.8 MB |"),
        ("| measured | 34.7 |", "| measured | 24.7 |"),
        ("webhook 2 in a new sandbox", "webhook 1 in a new sandbox"),
        ("takes 3.8 AWS calls", "takes 3 AWS calls"),
        ("about 17 USD", "about 7 USD"),
        ("668 for tokens", "670 for tokens"),
        ("is 0.999 for logins", "is 1.016 for logins"),
    ],
)
def test_a_figure_that_was_not_measured_is_seen(said, other):
    assert said in README
    assert len(figures.problems(README.replace(said, other), BENCHMARKS)) == 1


def test_a_sentence_or_a_row_that_went_is_seen():
    for gone in ("| ours |", "for logins"):
        assert figures.problems(README.replace(gone, "| theirs |"), BENCHMARKS) != []


@pytest.mark.parametrize(("said", "measured"), [("8.9", 8.91), ("3.6", 3.55), ("78", 78.4), ("0.17", 0.174), ("17", 17.1)])
def test_a_figure_may_be_rounded_to_its_digits(said, measured):
    assert figures.rounds(said, measured)
    assert not figures.rounds(said, measured + 1)
