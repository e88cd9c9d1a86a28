"""Nothing that the committed extract of RustSec knows of is in our lock file, and what is excused is excused until a day."""

import datetime
import subprocess

import advisories
import pytest

TODAY = datetime.date(2026, 12, 1)
LOCK = '[[package]]\nname = "weak"\nversion = "{}"\nsource = "registry+x"\n\n[[package]]\nname = "ours"\nversion = "0.1.0"\n'
EXTRACT = {
    "of": "2026-11-20",
    "advisories": [
        ["RUSTSEC-2026-0001", "weak", "weakness", [">= 1.2.3, < 2.0.0", ">= 2.1.0"], ["< 1.0.0"]],
        ["RUSTSEC-2026-0002", "ours", "weakness", [], []],
        ["RUSTSEC-2026-0003", "weak", "notice", [], []],
    ],
}
ADVISORY = """```toml
[advisory]
id = "RUSTSEC-2026-0001"
package = "weak"
{}
[versions]
patched = [">= 1.2.3"]
```

# It is weak
"""
IGNORED = '[advisories]\nignore = [{{ id = "RUSTSEC-2026-0001", reason = "{}" }}]\n'
REASON = "what is weak in it is called by nothing of ours; until 2026-12-01"


def test_no_crate_of_ours_is_one_that_the_extract_warns_of():
    lock, deny = (path.read_text(encoding="utf-8") for path in (advisories.ROOT / "Cargo.lock", advisories.DENY))
    today = datetime.datetime.now(datetime.UTC).date()
    assert len(advisories.crates(lock)) > 300
    assert advisories.weak(lock, advisories.read(), deny, today) == []


def test_the_extract_is_whole_and_each_of_its_ranges_is_understood():
    extract = advisories.read()
    assert len(extract["advisories"]) > 600
    assert datetime.date.fromisoformat(extract["of"]) >= datetime.date(2026, 8, 21), "an older one was written over a newer one"
    for _, _, _, patched, unaffected in extract["advisories"]:
        assert isinstance(advisories.within("1.2.3", patched + unaffected), bool)
    assert advisories.written(extract) == advisories.EXTRACT.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("version", "affected"),
    [("0.9.9", False), ("1.0.0", True), ("1.2.2", True), ("1.2.3-rc.1", True), ("1.2.3", False), ("2.0.0", True), ("2.1.0+build", False), ("10.0.0", False)],
)
def test_a_version_is_affected_unless_it_is_patched_or_older_than_the_weakness(version, affected):
    found = advisories.affected(LOCK.format(version), EXTRACT)
    assert found == ([("RUSTSEC-2026-0001", "weak", version)] if affected else [])


@pytest.mark.parametrize(
    ("comparator", "held", "others"),
    [
        ("^0.3.4", ["0.3.4", "0.3.9"], ["0.3.3", "0.4.0-rc.1", "0.4.0"]),
        ("^1.2", ["1.2.0", "1.9.0"], ["1.1.9", "2.0.0"]),
        ("^0.0.3", ["0.0.3"], ["0.0.4"]),
        ("0.13.10", ["0.13.10", "0.13.11"], ["0.13.9", "0.14.0"]),
        ("~1.2", ["1.2.0", "1.2.9"], ["1.3.0"]),
        ("=0.2.4", ["0.2.4"], ["0.2.5"]),
        ("= 0.2", ["0.2.0", "0.2.5"], ["0.3.0"]),
        ("< 1.0.0-0", ["0.9.9"], ["1.0.0-alpha", "1.0.0"]),
        (">= 1.0.0-alpha.2", ["1.0.0-alpha.10", "1.0.0-beta", "1.0.0"], ["1.0.0-alpha.1"]),
        ("> 0.2", ["0.2.1"], ["0.2.0"]),
        ("<= 0.2.1", ["0.2.1"], ["0.2.2"]),
    ],
)
def test_ranges_mean_what_cargo_means(comparator, held, others):
    for version in held:
        assert advisories.fits(advisories.version(version), comparator), version
    for version in others:
        assert not advisories.fits(advisories.version(version), comparator), version


def test_an_excuse_has_a_reason_and_ends():
    lock = LOCK.format("1.0.0")
    assert advisories.weak(lock, EXTRACT, IGNORED.format(REASON), TODAY) == []
    day_after = TODAY + datetime.timedelta(days=1)
    assert advisories.weak(lock, EXTRACT, IGNORED.format(REASON), day_after) == [
        "RUSTSEC-2026-0001 was to be ignored until 2026-12-01 only",
        "RUSTSEC-2026-0001: weak 1.0.0",
    ]
    for deny in (IGNORED.format("until 2027-01-01"), IGNORED.format("we looked at it and found that it is fine, really"), '[advisories]\nignore = ["RUSTSEC-2026-0001"]\n'):
        assert advisories.weak(lock, EXTRACT, deny, TODAY)[0] == "RUSTSEC-2026-0001 is ignored without a reason that ends in `until <day>`", deny
    assert advisories.weak(LOCK.format("1.2.3"), EXTRACT, IGNORED.format(REASON), TODAY) == ["RUSTSEC-2026-0001 is ignored, and concerns nothing of ours"]


def test_an_extract_is_too_old_after_thirty_days():
    of = datetime.date.fromisoformat(EXTRACT["of"])
    assert advisories.stale(EXTRACT, of + datetime.timedelta(days=30)) == []
    assert advisories.stale(EXTRACT, of + datetime.timedelta(days=31)) == ["the extract is of 2026-11-20, 31 days ago; at most 30 are allowed"]


def test_an_extract_is_made_from_a_clone_and_has_the_day_of_its_newest_commit(tmp_path):
    texts = {
        "crates/weak/RUSTSEC-2026-0001.md": ADVISORY.format(""),
        "crates/gone/RUSTSEC-2026-0002.md": ADVISORY.format('withdrawn = "2026-01-01"'),
        "rust/std/RUSTSEC-2026-0003.md": ADVISORY.format(""),
    }
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text)
    date = "2026-03-04T05:06:07+00:00"
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "x", "--date", date]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, env={"PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_COMMITTER_DATE": date})
    extract = advisories.made(str(tmp_path))
    assert extract["of"] == "2026-03-04"
    assert extract["advisories"] == [["RUSTSEC-2026-0001", "weak", "weakness", [">= 1.2.3"], []]]
