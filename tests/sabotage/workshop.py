"""A copy of some crates in which code may be broken: how sabotages are applied, and which tests notice.

Sabotages of one crate are built together, each behind a switch, and run one after the other: most of the time went into a build for
each. What cannot be switched (a constant, a constant function, an attribute), and what surprises, is built alone.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from weave import ASKED, SWITCH, weave

ROOT = Path(__file__).resolve().parents[2]
RESULT = re.compile(r"^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED)$", re.MULTILINE)
# Behind the name of a function's program: under the product's own it would replace the one that everybody else runs.
APART = "-sabotaged"


def metadata(folder):
    """What cargo says about the workspace in a folder."""
    answer = subprocess.run(
        ["cargo", "metadata", "--no-deps", "--format-version", "1", "--offline"],
        cwd=folder, capture_output=True, text=True, check=True,
    )
    return json.loads(answer.stdout)


class Workshop:
    """A workspace of only the crates needed, with the real one's versions, lints, profiles and lock file.

    `files` are read by tests beside the crates. The crates of `optimised` take less time to test and more to compile.
    """

    def __init__(self, name, crates, files=(), optimised=()):
        real = metadata(ROOT)
        target = Path(real["target_directory"])
        self.tree = target / "sabotage" / name
        self.environment = {
            # What the dependencies were built into by the stages before is taken as it is.
            **os.environ, "CARGO_TARGET_DIR": str(target), "RUST_BACKTRACE": "0",
            # One line changes at a time, and nobody debugs what comes of it.
            "CARGO_INCREMENTAL": "1", "CARGO_PROFILE_DEV_DEBUG": "0",
        }
        shutil.rmtree(self.tree, ignore_errors=True)
        for crate in crates:
            # The time of the copy is now: what cargo built last was sabotaged, and must not pass for fresh.
            shutil.copytree(ROOT / crate, self.tree / crate, copy_function=shutil.copy)
        for file in files:
            (self.tree / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, self.tree / file)
        manifest = (ROOT / "Cargo.toml").read_text()
        members = ", ".join(f'"{crate}"' for crate in crates)
        manifest = re.sub(r"^members = .*$", f"members = [{members}]", manifest, count=1, flags=re.MULTILINE)
        manifest = re.sub(r"^(default-members|exclude) = .*\n", "", manifest, flags=re.MULTILINE)
        for crate in optimised:
            name = crate.split("/")[-1]
            manifest = re.sub(rf"^{re.escape(name)}\.opt-level = .*\n", "", manifest, flags=re.MULTILINE)
            manifest += f"[profile.dev.package.{name}]\nopt-level = 2\n"
        # Of each package: the program of its tests with switches, and the sabotages in it.
        self.woven = {}
        (self.tree / "Cargo.toml").write_text(manifest)
        shutil.copy(ROOT / "Cargo.lock", self.tree / "Cargo.lock")
        self._add_anchor(manifest, real["packages"])

    def _add_anchor(self, manifest, packages):
        """A package that asks for every feature that any product crate asks of its dependencies.

        Tested together with it, each crate finds the dependencies that the stage of the unit tests has built; alone, each
        would have most of them built anew.
        """
        wanted = {}
        product = ("functions/", "shared/", "infra/catalogue")
        for package in packages:
            if not os.path.relpath(package["manifest_path"], ROOT).startswith(product):
                continue
            for need in package["dependencies"]:
                if not need.get("path"):
                    one = wanted.setdefault(need["name"], {"version": need["req"], "features": set(), "default-features": False})
                    one["features"] |= set(need["features"])
                    one["default-features"] |= need["uses_default_features"]
        lines = [
            f"{name} = {{ version = {json.dumps(one['version'])}, features = {json.dumps(sorted(one['features']))}, "
            f"default-features = {json.dumps(one['default-features'])} }}"
            for name, one in sorted(wanted.items())
        ]
        (self.tree / "anchor" / "src").mkdir(parents=True)
        (self.tree / "anchor" / "src" / "lib.rs").touch()
        head = '[package]\nname = "anchor"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n'
        (self.tree / "anchor" / "Cargo.toml").write_text(head + "\n".join(lines) + "\n")
        (self.tree / "Cargo.toml").write_text(manifest.replace("members = [", 'members = ["anchor", ', 1))

    def control(self, package, patches):
        """Names of the unit tests that passed and that failed with nothing taken away; None if nothing was run.

        From now on, as many of these patches as can be switched are at hand without another build.
        """
        program, names = self._build_woven(package, patches)
        if program:
            ran = self._run(program)
            if ran and not ran[1]:
                self.woven[package] = program, names, ran[0]
                return ran
            print(f"{package}: with switches, the untouched tests fail; each patch is built alone", flush=True)
        return self.tests(package)

    def tests(self, package):
        """Builds the code as it stands; names of the unit tests that passed and that failed, None if nothing was run."""
        program = self._build(package)
        return self._run(program) if program else None

    def sabotage(self, patch, package, expected):
        """What is wrong with a patch after which exactly the expected tests should fail, or an empty text."""
        program, names, everything = self.woven.get(package, (None, set(), set()))
        if patch.stem in names:
            ran = self._run(program, patch.stem)
            if ran and ran[1] == expected and ran[0] | ran[1] == everything:
                return ""
            print(f"{patch.stem}: a surprise; built alone", flush=True)
        if not self._apply(patch):
            return "the patch does not apply"
        ran = self.tests(package)
        self._restore(changed(patch))
        if ran is None:
            return "it does not compile"
        quiet, loud = expected - ran[1], ran[1] - expected
        return f"silent: {sorted(quiet)}, also failing: {sorted(loud)}" if quiet or loud else ""

    def name_apart(self, functions):
        """Gives the programs of functions names of their own."""
        for function in functions:
            manifest = self.tree / "functions" / function / "Cargo.toml"
            text = manifest.read_text(encoding="utf-8").replace("[package]\n", "[package]\nautobins = false\n", 1)
            text += f'\n[[bin]]\nname = "{function}{APART}"\npath = "src/main.rs"\n'
            manifest.write_text(text, encoding="utf-8")

    def programs(self, patch, functions):
        """The programs of functions, named apart before, as a patch leaves them, by function; None if there are none."""
        if not self._apply(patch):
            print("the patch does not apply")
            return None
        chosen = [part for package in [*functions, "anchor"] for part in ("-p", package)]
        build = subprocess.run(
            ["cargo", "build", *chosen, "--bins", "--offline", "--message-format=json-render-diagnostics"],
            cwd=self.tree, env=self.environment, capture_output=True, text=True,
        )
        self._restore(changed(patch))
        if build.returncode != 0:
            print(build.stderr[-2000:])
            return None
        said = [json.loads(line) for line in build.stdout.splitlines() if line.startswith("{")]
        return {Path(one["manifest_path"]).parent.name: Path(one["executable"]) for one in said if one.get("executable")}

    def _build_woven(self, package, patches):
        """The program of a package's tests with switches, and the names of the patches in it; nothing if there is none."""
        sabotaged = {}
        for patch in patches:
            file = changed(patch)
            if self._apply(patch) and file.endswith(".rs"):
                sabotaged.setdefault(file, {})[patch.stem] = (self.tree / file).read_text(encoding="utf-8")
            self._restore(file)
        names, files = set(), set()
        for file, texts in sabotaged.items():
            woven, those = weave((self.tree / file).read_text(encoding="utf-8"), texts)
            if those:
                (self.tree / file).write_text(woven, encoding="utf-8")
                names, files = names | those, files | {file}
        if not names:
            return None, names
        root = "/".join([*next(iter(files)).split("/")[:2], "src", "lib.rs"])
        with (self.tree / root).open("a", encoding="utf-8") as library:
            library.write(ASKED)
        built = self._build(package)
        for file in {*files, root}:
            self._restore(file)
        if built is None:
            print(f"{package}: with switches, it does not compile; each patch is built alone", flush=True)
            return None, set()
        # What is built next has the same name.
        program = self.tree / f"{package}-with-switches"
        shutil.copy2(built[0], program)
        return (program, built[1]), names

    def _build(self, package):
        """The program of a package's unit tests and the folder they run in; None if there is none."""
        build = subprocess.run(
            ["cargo", "test", "-p", package, "-p", "anchor", "--lib", "--offline", "--no-run",
             "--message-format=json-render-diagnostics"],
            cwd=self.tree, env=self.environment, capture_output=True, text=True,
        )
        for line in build.stdout.splitlines() if build.returncode == 0 else ():
            said = json.loads(line) if line.startswith("{") else {}
            folder = Path(said.get("manifest_path", "")).parent
            if said.get("executable") and folder.name == package and said["profile"]["test"]:
                return Path(said["executable"]), folder
        print(build.stderr[-2000:])
        return None

    def _run(self, program, sabotage=""):
        """Names of the tests of a program that passed and that failed; None if nothing was run."""
        executable, folder = program
        environment = {**self.environment, "CARGO_MANIFEST_DIR": str(folder), SWITCH: sabotage}
        run = subprocess.run([str(executable)], cwd=folder, env=environment, capture_output=True, text=True)
        found = RESULT.findall(run.stdout)
        if not found:
            print(run.stderr[-2000:])
            return None
        names = {"ok": set(), "FAILED": set()}
        for name, result in found:
            names[result].add(name)
        return names["ok"], names["FAILED"]

    def _apply(self, patch):
        """Whether a patch could be applied."""
        environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(self.tree.parent)}
        applied = subprocess.run(["git", "apply", str(patch)], cwd=self.tree, env=environment, capture_output=True, text=True)
        return applied.returncode == 0

    def _restore(self, file):
        # The time of the copy is now, so that cargo sees the way back as a change too.
        shutil.copy(ROOT / file, self.tree / file)


def changed(patch):
    """The file that a patch changes, from the root."""
    return re.search(r"^\+\+\+ b/(\S+)", patch.read_text(), re.MULTILINE).group(1)
