"""What RustSec says of the crates in `Cargo.lock`, without a network: an extract of its database is committed.

`python3 infra/checks/advisories.py` names each crate of ours that an advisory is about, and fails on an extract that is too old to
say so. `python3 infra/checks/advisories.py refresh <clone of rustsec/advisory-db>` makes the extract anew. It holds facts only: id,
crate, kind, ranges of versions. Advisories are of the RustSec authors, CC0 or (those taken over from GitHub's) CC-BY 4.0.
"""

import datetime
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXTRACT = ROOT / "infra" / "checks" / "advisories.json"
DENY = ROOT / ".deny.toml"
#: An older extract says nothing of what became known since. The shorter times of infra/docs/deploy.md are kept by people.
MOST_DAYS = 30
#: Kinds that are no weakness: somebody wants something noticed.
SILENT = {"notice"}


def version(text):
    """A version that can be compared: a pre-release stands before its release, build metadata counts for nothing."""
    number, _, pre = text.split("+")[0].partition("-")
    numbers = tuple(int(part) for part in number.split("."))
    parts = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in pre.split(".") if part)
    return numbers + (0,) * (3 - len(numbers)), not parts, parts


def _above(wanted, places):
    """The first version that is greater in the last of these places."""
    numbers = list(wanted[0])
    numbers[places - 1 :] = [numbers[places - 1] + 1] + [0] * (3 - places)
    # Its own pre-releases are beyond it too.
    return tuple(numbers), False, ()


def fits(held, comparator):
    """Whether a version is in one comparator of Cargo's: `>= 1.2`, `< 2`, `= 1.2.3`, `^0.3.4`, `~1.2`; a bare one is `^`."""
    sign, number = re.fullmatch(r"(>=|<=|>|<|=|\^|~|)\s*(\d[\w.+-]*)", comparator.strip()).groups()
    wanted = version(number)
    given = len(re.split(r"[-+]", number)[0].split("."))
    plain = {">=": held >= wanted, "<=": held <= wanted, ">": held > wanted, "<": held < wanted}
    if sign in plain:
        return plain[sign]
    if sign == "=":
        return held == wanted if given == 3 else wanted <= held < _above(wanted, given)
    if sign == "~":
        return wanted <= held < _above(wanted, min(given, 2))
    leading = next((place for place, part in enumerate(wanted[0], 1) if part), given)
    return wanted <= held < _above(wanted, min(leading, given))


def within(text, ranges):
    """Whether a version is in one of the ranges."""
    return any(all(fits(version(text), one) for one in ranged.split(",")) for ranged in ranges)


def crates(text):
    """Name and version of each crate that comes from a registry."""
    return [(p["name"], p["version"]) for p in tomllib.loads(text)["package"] if "source" in p]


def affected(lock, extract):
    """Advisory, crate and version of whatever is neither patched nor was ever concerned."""
    held = {}
    for name, number in crates(lock):
        held.setdefault(name, []).append(number)
    return [
        (identity, name, number)
        for identity, name, kind, patched, unaffected in extract["advisories"]
        if kind not in SILENT
        for number in held.get(name, [])
        if not within(number, patched) and not within(number, unaffected)
    ]


def excused(deny, today):
    """Ids of `advisories.ignore` with their reasons, and what is wrong with the others: each says until when it holds."""
    held, problems = {}, []
    for entry in tomllib.loads(deny).get("advisories", {}).get("ignore", []):
        identity, reason = (entry, "") if isinstance(entry, str) else (entry["id"], entry.get("reason", ""))
        until = re.search(r"\buntil (\d{4}-\d\d-\d\d)$", reason)
        if not until or len(reason) < 40:
            problems.append(f"{identity} is ignored without a reason that ends in `until <day>`")
        elif datetime.date.fromisoformat(until.group(1)) < today:
            problems.append(f"{identity} was to be ignored {until.group()} only")
        else:
            held[identity] = reason
    return held, problems


def weak(lock, extract, deny, today):
    """What has to be replaced, or excused anew."""
    held, problems = excused(deny, today)
    found = affected(lock, extract)
    problems += [f"{identity}: {name} {number}" for identity, name, number in found if identity not in held]
    concerned = {identity for identity, _, _ in found}
    return problems + [f"{identity} is ignored, and concerns nothing of ours" for identity in held if identity not in concerned]


def stale(extract, today):
    """Why the extract says too little, or nothing."""
    age = (today - datetime.date.fromisoformat(extract["of"])).days
    return [] if age <= MOST_DAYS else [f"the extract is of {extract['of']}, {age} days ago; at most {MOST_DAYS} are allowed"]


def entry(text):
    """The facts of one advisory, or nothing where it was withdrawn."""
    said = tomllib.loads(re.match(r"```toml\n(.*?)\n```", text, re.S).group(1))
    head, versions = said["advisory"], said["versions"]
    if "withdrawn" in head:
        return None
    return [head["id"], head["package"], head.get("informational", "weakness"), versions["patched"], versions.get("unaffected", [])]


def made(clone):
    """The extract of a clone of the database. Its day is that of the newest commit, not that of the refresh."""

    def git(*arguments):
        return subprocess.run(
            ["git", "-C", clone, *arguments], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        ).stdout

    files = [path for path in git("ls-tree", "-r", "--name-only", "HEAD", "crates/").split() if path.endswith(".md")]
    entries = [entry(git("show", f"HEAD:{path}")) for path in files]
    commit, day = git("log", "-1", "--format=%H %cs").split()
    return {"of": day, "commit": commit, "advisories": sorted(e for e in entries if e)}


def written(extract):
    """One advisory a line, so that a refresh shows what is new."""
    lines = ",\n".join(json.dumps(one) for one in extract["advisories"])
    return f'{{"of": "{extract["of"]}", "commit": "{extract["commit"]}", "advisories": [\n{lines}\n]}}\n'


def read():
    """The committed extract."""
    return json.loads(EXTRACT.read_text(encoding="utf-8"))


def main(arguments):
    if arguments and arguments[0] == "refresh":
        EXTRACT.write_text(written(made(arguments[1])), encoding="utf-8")
    today = datetime.datetime.now(datetime.UTC).date()
    lock, deny = (path.read_text(encoding="utf-8") for path in (ROOT / "Cargo.lock", DENY))
    problems = weak(lock, read(), deny, today) + stale(read(), today)
    print("\n".join(problems) or f"nothing known of {len(crates(lock))} crates on {read()['of']}")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main(sys.argv[1:])
