"""What is said about security, about ASVS and about privacy names code and tests that exist."""

from pathlib import Path

import claims
import pytest


def test_every_statement_of_the_security_page_has_its_tests():
    table = claims.CLAIMS.read_text(encoding="utf-8")
    assert claims.claims(claims.SECURITY.read_text(encoding="utf-8"), table) == []


def test_the_map_of_asvs_names_what_exists():
    text = claims.ASVS.read_text(encoding="utf-8")
    wanted = claims.scope(text)
    assert len(wanted) == 160
    assert claims.asvs(text, wanted) == []


def test_the_rows_said_to_be_proven_red_are_those_with_a_patch():
    patches = list(claims.SABOTAGE.glob("[0-9]*.patch"))
    assert len(patches) >= 10
    assert claims.red(claims.ASVS.read_text(encoding="utf-8"), patches) == []


def test_every_row_of_the_privacy_policy_has_its_tests_and_a_patch():
    patches = sorted(claims.SABOTAGE.glob("P*.patch"))
    assert len(patches) >= 12
    assert claims.proven(claims.PRIVACY.read_text(encoding="utf-8"), patches, "P") == []


def test_every_patch_of_the_whole_product_has_the_test_that_notices_it():
    patches = sorted((claims.SABOTAGE / "system").glob("*.patch"))
    assert len(patches) >= 8
    assert claims.noticed(claims.PRIVACY.read_text(encoding="utf-8"), patches) == []


def test_every_promise_about_what_sofi_says_has_its_tests_and_a_patch():
    patches = sorted(claims.SABOTAGE.glob("A*.patch"))
    assert len(patches) >= 3
    assert claims.proven(claims.SOFI.read_text(encoding="utf-8"), patches, "A") == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("| P01 | x | `shared/a/b.rs` | `shared/a/b.rs::p01_holds` | `tests/it/c.rs::p01_too` |", None),
        ("| P01 | x | `shared/a/c.rs` | `shared/a/b.rs::p01_holds` | `tests/it/c.rs::p01_too` |", "there is no file shared/a/c.rs"),
        ("| P01 | x | none | `shared/a/b.rs::p01_holds` | `tests/it/c.rs::p01_too` |", "no code is named"),
        ("| P01 | x | `shared/a/b.rs` | `shared/a/b.rs::p01_hold` | `tests/it/c.rs::p01_too` |", "shared/a/b.rs has no test p01_hold"),
        ("| P01 | x | `shared/a/b.rs` | `shared/a/b.rs::p01_holds` | `shared/a/b.rs::p01_holds` |", "no test runs the product"),
        ("| P01 | x | `shared/a/b.rs` | `tests/it/c.rs::p01_too` | `tests/it/c.rs::p01_too` |", "no patch changes the crate of a test that turns red"),
        (
            "| P01 | x | `shared/a/b.rs` | `shared/a/b.rs::p01_holds` `shared/a/b.rs::other` | `tests/it/c.rs::p01_too` |",
            "shared/a/b.rs::other does not bear the number",
        ),
        ("| P01 | x | `shared/a/b.rs` | `shared/a/b.rs::p01_holds` |", "a row has number, promise, code, the test that turns red and other tests"),
    ],
)
def test_a_row_that_is_proven_is_complete(tmp_path, row, problem):
    for file, text in (
        ("shared/a/b.rs", "#[test]\nfn p01_holds() {}\n#[test]\nfn other() {}\n"),
        ("tests/it/c.rs", "#[tokio::test]\nasync fn p01_too() {}\n"),
        ("P01_x.patch", "--- a/shared/a/b.rs\n+++ b/shared/a/b.rs\n"),
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    patches = [tmp_path / "P01_x.patch"]
    assert claims.proven(f"rows: P01\n\n{row}\n", patches, "P", tmp_path) == ([f"P01: {problem}"] if problem else [])
    assert claims.proven("rows: P02\n", patches, "P", tmp_path) == ["P02: no row", "P01: a patch and no row"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("| `tests/sabotage/system/P01_x.patch` | x | `tests/it/c.rs::p01_too` |", None),
        ("| `tests/sabotage/system/P01_x.patch` | | `tests/it/c.rs::p01_too` |", "a row has patch, what it takes away and one test"),
        ("| `tests/sabotage/system/P01_x.patch` | x | `tests/it/c.rs::p01_to` |", "tests/it/c.rs has no test p01_to"),
        (
            "| `tests/sabotage/system/P01_x.patch` | x | `shared/a/b.rs::p01_holds` |",
            "shared/a/b.rs::p01_holds is no test of the product with its number",
        ),
        ("| `tests/sabotage/system/P01_x.patch` | x | `tests/it/c.rs::p01_three` |", "tests/it/c.rs::p01_three does not stand in its row"),
        ("", "a patch and no row, or two"),
    ],
)
def test_a_patch_of_the_whole_product_has_a_row_and_a_test(tmp_path, row, problem):
    for file, text in (
        ("shared/a/b.rs", "#[test]\nfn p01_holds() {}\n"),
        ("tests/it/c.rs", "#[tokio::test]\nasync fn p01_too() {}\n#[tokio::test]\nasync fn p01_three() {}\n"),
        ("tests/sabotage/system/P01_x.patch", ""),
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    patches = [tmp_path / "tests/sabotage/system/P01_x.patch"]
    text = f"system: P01\n\n| P01 | x | `shared/a/b.rs` | `shared/a/b.rs::p01_holds` | `tests/it/c.rs::p01_too` |\n\n{row}\n"
    assert claims.noticed(text, patches, tmp_path) == ([f"P01_x: {problem}"] if problem else [])
    assert claims.noticed(text.replace("system: P01", "system: P02"), patches, tmp_path)[-2:] == [
        "P01: on the line `system: ` or with a patch, but not both",
        "P02: on the line `system: ` or with a patch, but not both",
    ]


def test_a_row_that_is_red_in_words_only_is_seen():
    text = "red: 1.1.1 1.1.2\n\n| 1.1.1 | 1 | x | `a.rs` | `a.rs::holds` |\n| 1.1.2 | 1 | x | | open: nobody wrote it |\n"
    assert claims.red(text, [Path("1.1.1_a.patch"), Path("1.1.1_b.patch"), Path("1.1.3_c.patch")]) == [
        "1.1.2: no patch takes a control away",
        "1.1.3: a patch, and not on the line `red: `",
        "1.1.2: red without a test",
    ]


@pytest.fixture
def root(tmp_path):
    (tmp_path / "a.rs").write_text("#[test]\nfn holds() {}\n#[tokio::test(flavor = \"x\")]\nasync fn too() {}\nfn helper() {}\n")
    (tmp_path / "b.py").write_text("def test_it():\n    pass\n")
    (tmp_path / "c.mjs").write_text('  step("a page stands", async () => {\n  // step("not yet")\n')
    return tmp_path


def test_references_are_followed(root):
    for fine in ("a.rs", "a.rs::holds", "a.rs::too", "b.py::test_it", "c.mjs", 'c.mjs::"a page stands"'):
        assert claims.broken(fine, root) is None
    for wrong in ("c.rs", "a.rs::helper", "a.rs::hold", "b.py::test_i", "a.rs::no such", 'c.mjs::"a page"', "c.mjs::step", 'c.mjs::"not yet"'):
        assert claims.broken(wrong, root), wrong


def test_a_statement_without_a_test_is_seen(root):
    page = "| No. | Statement |\n|---|---|\n| S01 | yes |\n| S02 | no |\n"
    assert claims.claims(page, "| S01 | `a.rs::holds` |\n| S02 | `b.py::test_it` |", root) == []
    assert claims.claims(page, "| S01 | `a.rs::holds` |", root) == ["S02: no test is named"]
    assert claims.claims(page, "| S01 | `a.rs::gone` |\n| S02 | `a.rs` |", root) == [
        "S01: a.rs has no test gone",
        "S02: a.rs is no test",
    ]
    more = "| S01 | `a.rs::holds` |\n| S02 | `a.rs::holds` |\n| S03 | `a.rs::holds` |"
    assert claims.claims(page, more, root) == ["S03: not on the security page"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("| 1.1.1 | 1 | x | `a.rs` | `a.rs::holds` |", None),
        ("| 1.1.1 | 1 | x | | open: nobody wrote it yet |", None),
        ("| 1.1.1 | 1 | x | `a.rs` | by design: there is none |", None),
        ("| 1.1.1 | 1 | x | `c.rs` | `a.rs::holds` |", "there is no file c.rs"),
        ("| 1.1.1 | 1 | x | `a.rs` | `a.rs::gone` |", "a.rs has no test gone"),
        ("| 1.1.1 | 1 | x | `a.rs` | tested |", "neither a test nor `open: `"),
        ("| 1.1.1 | 1 | x | | `a.rs::holds` |", "no code is named"),
        ("| 1.1.1 | 1 | x | | open: x |", "what is missing is not said"),
        ("| 1.1.1 | 1 | | `a.rs` | `a.rs::holds` |", "a row has number, level, meaning, code and test"),
    ],
)
def test_a_row_of_the_map_is_complete(root, row, problem):
    assert claims.asvs(row, ["1.1.1"], root) == ([f"1.1.1: {problem}"] if problem else [])


def test_missing_double_and_foreign_rows_are_seen(root):
    row = "| 1.1.1 | 1 | x | `a.rs` | `a.rs::holds` |\n"
    assert claims.asvs(row, ["1.1.1", "1.1.2"], root) == ["1.1.2: no row"]
    assert claims.asvs(row * 2, ["1.1.1"], root) == ["1.1.1: twice"]
    assert claims.asvs(row, [], root) == ["1.1.1: not in the scope"]


def test_a_scope_is_read_with_its_ranges():
    assert claims.scope("scope: 1.2.1..3 4.5.6\ntext\nscope: 7.8.9\n") == ["1.2.1", "1.2.2", "1.2.3", "4.5.6", "7.8.9"]
