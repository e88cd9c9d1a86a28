"""Statements that name code and tests: a statement without its test is not made.

A test is named as `path::test_name`, a step in a browser as `path::"its words"`, a file as `path`, all from the root of the
repository.
"""

import re
from pathlib import Path

from templates import ROOT

ASVS = ROOT / "infra" / "docs" / "asvs.md"
CLAIMS = ROOT / "infra" / "docs" / "security-claims.md"
PRIVACY = ROOT / "infra" / "docs" / "privacy-claims.md"
SOFI = ROOT / "infra" / "docs" / "sofi-claims.md"
SABOTAGE = ROOT / "tests" / "sabotage"
SECURITY = max((ROOT / "shared" / "domain" / "documents").glob("*/security.md"))

_RUST_TEST = r"#\[(?:tokio::)?test\b[^\]]*\](?:\s*#\[[^\]]*\])*\s*(?:pub\s+)?(?:async\s+)?fn\s+%s\s*\("
_PYTHON_TEST = r"(?m)^def %s\("
_BROWSER_STEP = r'(?m)^\s*step_?\(("[^"]+"),'


def rows(text):
    """Cells of each row of the tables in a text, headings and rules aside."""
    for line in text.splitlines():
        if line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def quoted(cell):
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def broken(reference, root=ROOT):
    """Why a named file or test is none, or nothing."""
    path, _, test = reference.partition("::")
    file = root / path
    if not file.is_file():
        return f"there is no file {path}"
    if not test:
        return None
    if path.endswith(".mjs"):
        steps = re.findall(_BROWSER_STEP, file.read_text(encoding="utf-8"))
        return None if test in steps else f"{path} has no step {test}"
    if not re.fullmatch(r"\w+", test):
        return f"{test} is no name of a test"
    pattern = _PYTHON_TEST if path.endswith(".py") else _RUST_TEST
    if not re.search(pattern % test, file.read_text(encoding="utf-8")):
        return f"{path} has no test {test}"
    return None


def claims(published, table, root=ROOT):
    """Each numbered statement of the security page has tests that exist, and no test stands for a statement nobody made."""
    made = {cells[0] for cells in rows(published) if re.fullmatch(r"S\d\d", cells[0])}
    shown = {cells[0]: [q for cell in cells[1:] for q in quoted(cell)] for cells in rows(table) if re.fullmatch(r"S\d\d", cells[0])}
    problems = [f"{number}: no test is named" for number in sorted(made) if not shown.get(number)]
    problems += [f"{number}: not on the security page" for number in sorted(shown) if number not in made]
    for number, references in shown.items():
        for reference in references:
            why = broken(reference, root) if "::" in reference else f"{reference} is no test"
            problems += [f"{number}: {why}"] if why else []
    return problems


def asvs(text, wanted, root=ROOT):
    """Each wanted requirement has one row: code and a test that exist, or `open: ` and what is missing."""
    problems, seen = [], []
    for cells in rows(text):
        if not re.fullmatch(r"\d+\.\d+\.\d+", cells[0]):
            continue
        number = cells[0]
        seen.append(number)
        if len(cells) != 5 or not cells[2]:
            problems.append(f"{number}: a row has number, level, meaning, code and test")
            continue
        code, test = cells[3], cells[4]
        if test.startswith("open: "):
            if len(test) < len("open: ") + 8:
                problems.append(f"{number}: what is missing is not said")
        elif not any("::" in reference for reference in quoted(test)) and not test.startswith("by design: "):
            problems.append(f"{number}: neither a test nor `open: `")
        elif not quoted(code):
            problems.append(f"{number}: no code is named")
        for reference in quoted(code) + [r for r in quoted(test) if "/" in r or "::" in r]:
            why = broken(reference, root)
            problems += [f"{number}: {why}"] if why else []
    problems += [f"{number}: twice" for number in sorted(set(seen)) if seen.count(number) > 1]
    problems += [f"{number}: no row" for number in wanted if number not in seen]
    return problems + [f"{number}: not in the scope" for number in seen if number not in wanted]


def scope(text):
    """Requirements that the map has to cover: the lines `scope: ` of the map itself, ranges written with two dots."""
    wanted = []
    for line in re.findall(r"(?m)^scope: (.*)$", text):
        for part in line.split():
            first, _, last = part.partition("..")
            section, _, number = first.rpartition(".")
            wanted += [f"{section}.{n}" for n in range(int(number), int(last or number) + 1)]
    return wanted


def red(text, patches):
    """The line `red: ` names the rows that a sabotage patch belongs to, no more and no fewer, and each of them is met."""
    said = set(" ".join(re.findall(r"(?m)^red: (.*)$", text)).split())
    there = {patch.stem.partition("_")[0] for patch in patches}
    met = {cells[0] for cells in rows(text) if cells and "::" in cells[-1] and not cells[-1].startswith("open: ")}
    problems = [f"{number}: no patch takes a control away" for number in sorted(said - there)]
    problems += [f"{number}: a patch, and not on the line `red: `" for number in sorted(there - said)]
    return problems + [f"{number}: red without a test" for number in sorted(said - met)]


def proven(text, patches, letter, root=ROOT):
    """Each row of the line `rows: ` has code and tests that bear its number; a patch turns one red, another runs the product."""
    wanted = " ".join(re.findall(r"(?m)^rows: (.*)$", text)).split()
    found = [cells for cells in rows(text) if re.fullmatch(rf"{letter}\d\d", cells[0])]
    problems = [f"{number}: no row" for number in wanted if number not in [cells[0] for cells in found]]
    for at, cells in enumerate(found):
        number = cells[0]
        if number not in wanted or number in [other[0] for other in found[:at]]:
            problems.append(f"{number}: not on the line `rows: `, or twice")
            continue
        if len(cells) != 5 or not all(cells):
            problems.append(f"{number}: a row has number, promise, code, the test that turns red and other tests")
            continue
        code, red, others = (quoted(cell) for cell in cells[2:])
        for reference in code + red + others:
            why = broken(reference, root)
            problems += [f"{number}: {why}"] if why else []
        problems += [f"{number}: {reference} does not bear the number" for reference in red + others if not _bears(reference, number)]
        if not code:
            problems.append(f"{number}: no code is named")
        if not any(reference.startswith("tests/it/") for reference in others):
            problems.append(f"{number}: no test runs the product")
        homes = {_crate(reference) for reference in red}
        if not any(_number(patch) == number and _crate(_changed(patch)) in homes for patch in patches):
            problems.append(f"{number}: no patch changes the crate of a test that turns red")
    return problems + [f"{_number(patch)}: a patch and no row" for patch in patches if _number(patch) not in wanted]


def noticed(text, patches, root=ROOT):
    """Each row of the line `system: ` has a patch of the product with the one test of the product, named in that row, that notices it."""
    wanted = set(" ".join(re.findall(r"(?m)^system: (.*)$", text)).split())
    named = {cells[0]: [q for cell in cells[1:] for q in quoted(cell)] for cells in rows(text) if re.fullmatch(r"[A-Z]\d\d", cells[0])}
    found = [cells for cells in rows(text) if cells[0].startswith("`tests/sabotage/system/")]
    said, problems = [], []
    for cells in found:
        patch = Path(cells[0].strip("`"))
        number = _number(patch)
        said.append(patch.stem)
        if len(cells) != 3 or not all(cells) or len(quoted(cells[2])) != 1:
            problems.append(f"{patch.stem}: a row has patch, what it takes away and one test")
            continue
        (test,) = quoted(cells[2])
        why = broken(str(patch), root) or broken(test, root)
        if not why and not (test.startswith("tests/it/") and _bears(test, number)):
            why = f"{test} is no test of the product with its number"
        if not why and test not in named.get(number, []):
            why = f"{test} does not stand in its row"
        problems += [f"{patch.stem}: {why}"] if why else []
    problems += [f"{patch.stem}: a patch and no row, or two" for patch in patches if said.count(patch.stem) != 1]
    there = {_number(patch) for patch in patches}
    return problems + [f"{number}: on the line `system: ` or with a patch, but not both" for number in sorted(wanted ^ there)]


def _bears(reference, number):
    name = reference.partition("::")[2].removeprefix("test_")
    return name.startswith(f"{number.lower()}_")


def _crate(file):
    return "/".join(file.split("/")[:2])


def _number(patch):
    return patch.stem.partition("_")[0]


def _changed(patch):
    return re.search(r"(?m)^\+\+\+ b/(\S+)", patch.read_text(encoding="utf-8")).group(1)
