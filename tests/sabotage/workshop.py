"""A copy of some crates in which code may be broken: how a sabotage is applied, and which tests notice."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESULT = re.compile(r"^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED)$", re.MULTILINE)


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

    def tests(self, package):
        """Names of the unit tests that passed and that failed; None if nothing was run."""
        run = subprocess.run(
            ["cargo", "test", "-p", package, "-p", "anchor", "--lib", "--offline"],
            cwd=self.tree, env=self.environment, capture_output=True, text=True,
        )
        found = RESULT.findall(run.stdout)
        if not found:
            print(run.stderr[-2000:])
            return None
        names = {"ok": set(), "FAILED": set()}
        for name, result in found:
            names[result].add(name)
        return names["ok"], names["FAILED"]

    def sabotage(self, patch, package, expected):
        """What is wrong with a patch after which exactly the expected tests should fail, or an empty text."""
        environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(self.tree.parent)}
        applied = subprocess.run(
            ["git", "apply", str(patch)], cwd=self.tree, env=environment, capture_output=True, text=True
        )
        if applied.returncode != 0:
            return "the patch does not apply"
        ran = self.tests(package)
        file = changed(patch)
        # The time of the copy is now, so that cargo sees the way back as a change too.
        shutil.copy(ROOT / file, self.tree / file)
        if ran is None:
            return "it does not compile"
        quiet, loud = expected - ran[1], ran[1] - expected
        return f"silent: {sorted(quiet)}, also failing: {sorted(loud)}" if quiet or loud else ""


def changed(patch):
    """The file that a patch changes, from the root."""
    return re.search(r"^\+\+\+ b/(\S+)", patch.read_text(), re.MULTILINE).group(1)
