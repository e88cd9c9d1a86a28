"""Sabotages that are built together are each what its patch makes of the code, and nothing else is changed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "sabotage"))

from weave import weave  # noqa: E402

PATCHES = [*(ROOT / "shared/rules/sabotage").glob("*.patch"), *(ROOT / "tests/sabotage").glob("*.patch")]
SYSTEM = sorted((ROOT / "tests/sabotage/system").glob("*.patch"))
CODE = """\
const LIMIT: usize = 3;

impl Door {
    pub(crate) fn opens(
        &self,
        key: Key,
    ) -> bool {
        fn fits(key: Key) -> bool {
            key.fits()
        }
        if self.is_locked {
            return fits(key);
        }
        true
    }

    pub const fn is_locked(&self) -> bool {
        self.is_locked
    }
}

fn keys(all: &[Key]) -> impl Iterator<Item = Key> {
    all.iter().copied()
}
"""


def run_by(woven, name):
    """The code that runs when this sabotage is named, or none: what a reader of the switches sees."""
    lines, variants = [], None
    for line in woven.split("\n"):
        asked = re.match(r'(?:\} else )?if crate::is_sabotaged\("(.+)"\) \{$', line)
        if asked or (variants is not None and line == "} else {"):
            variants = variants or {}
            body = variants.setdefault(asked and asked.group(1), [])
        elif variants is not None and line == "}":
            lines += variants.get(name, variants[None])
            variants = None
        else:
            (lines if variants is None else body).append(line)
    return "\n".join(lines)


def test_each_sabotage_that_is_built_with_others_is_what_its_patch_makes_of_the_code(tmp_path):
    files = {}
    for patch in PATCHES:
        file = re.search(r"^\+\+\+ b/(\S+)", patch.read_text(encoding="utf-8"), re.MULTILINE).group(1)
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
        environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
        subprocess.run(["git", "apply", str(patch)], cwd=tmp_path, env=environment, check=True)
        files.setdefault(file, {})[patch.stem] = (tmp_path / file).read_text(encoding="utf-8")
    together = 0
    for file, sabotaged in files.items():
        code = (ROOT / file).read_text(encoding="utf-8")
        woven, names = weave(code, sabotaged)
        assert run_by(woven, None) == code, file
        for name in names:
            assert run_by(woven, name) == sabotaged[name], name
        together += len(names)
    assert together * 4 >= len(PATCHES) * 3, "most are built together"


def test_several_sabotages_of_one_function_stand_side_by_side():
    sabotaged = {
        "open": CODE.replace("self.is_locked {", "false {"),
        "any": CODE.replace("return fits(key);", "return true;"),
        "late": CODE.replace("        true\n    }", "        false\n    }"),
    }
    woven, names = weave(CODE, sabotaged)
    assert names == set(sabotaged)
    for name, code in {**sabotaged, None: CODE}.items():
        assert run_by(woven, name) == code


@pytest.mark.parametrize(
    ("from_", "to"),
    [
        ("LIMIT: usize = 3", "LIMIT: usize = 4"),
        ("        self.is_locked\n", "        false\n"),
        ("iter().copied()", "iter().copied().skip(1)"),
        ("key: Key,", "_: Key,"),
    ],
)
def test_what_is_no_body_that_can_ask_is_left_to_be_built_alone(from_, to):
    assert weave(CODE, {"one": CODE.replace(from_, to, 1)}) == (CODE, set())


def test_a_function_inside_another_is_not_woven_twice():
    sabotaged = {"inner": CODE.replace("key.fits()", "true"), "outer": CODE.replace("return fits(key);", "return true;")}
    woven, names = weave(CODE, sabotaged)
    assert names == {"inner"}
    assert run_by(woven, "inner") == sabotaged["inner"]


@pytest.mark.parametrize("patch", SYSTEM, ids=lambda patch: patch.stem)
def test_a_sabotage_of_the_whole_product_still_applies_and_is_of_one_file_of_it(patch):
    changed = re.findall(r"^\+\+\+ b/(\S+)", patch.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(changed) == 1
    assert re.match(r"(functions|shared)/[^/]+/src/", changed[0])
    subprocess.run(["git", "apply", "--check", str(patch)], cwd=ROOT, check=True)
