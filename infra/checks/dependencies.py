"""Dependency boundaries from `.deny.toml`, checked on cargo's own graph, for machines without cargo-deny."""

import json
import os
import subprocess
import tomllib

from templates import ROOT


def cargo(*arguments):
    return subprocess.run(
        ["cargo", *arguments], cwd=ROOT, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ).stdout


#: CI builds exactly what is committed.
LOCKED = ("--locked",) if os.environ.get("CI") else ()


def metadata():
    return json.loads(cargo("metadata", *LOCKED, "--format-version", "1"))


def banned():
    """`bans.deny`: crate -> the only crates that may depend on it directly."""
    deny = tomllib.loads((ROOT / ".deny.toml").read_text(encoding="utf-8"))["bans"]["deny"]
    return {entry["crate"]: set(entry.get("wrappers", [])) for entry in deny}


def edges(graph):
    """(dependent, dependency) by name, every kind of dependency."""
    names = {package["id"]: package["name"] for package in graph["packages"]}
    return {
        (names[node["id"]], names[dependency["pkg"]])
        for node in graph["resolve"]["nodes"]
        for dependency in node["deps"]
    }


def boundaries(graph, rules):
    return sorted(
        f"{dependent} depends on {dependency}; only {', '.join(sorted(rules[dependency])) or 'nobody'} may"
        for dependent, dependency in edges(graph)
        if dependency in rules and dependent not in rules[dependency]
    )


def folders(graph):
    """Workspace package -> its folder, relative to the root."""
    prefix = graph["workspace_root"] + "/"
    return {
        package["name"]: package["manifest_path"].removeprefix(prefix).removesuffix("/Cargo.toml")
        for package in graph["packages"]
        if package["id"] in graph["workspace_members"]
    }


def layers(graph):
    """functions -> shared only; shared -> shared only; nothing of the product on infra or tests."""
    where, problems = folders(graph), []
    for dependent, dependency in sorted(edges(graph)):
        source, target = where.get(dependent), where.get(dependency)
        if source is None or target is None:
            continue
        if source.startswith(("functions/", "shared/")) and not target.startswith("shared/"):
            problems.append(f"{source} depends on {target}")
        if source in ("shared/domain", "shared/tenancy") and target not in ("shared/domain", "shared/tenancy"):
            problems.append(f"{source} depends on {target}")
    return problems


def function_trees(graph):
    """Function package -> names of everything that is linked into it."""
    return {
        name: {
            line.split()[0]
            for line in cargo(
                "tree", *LOCKED, "-p", name, "-e", "normal,build", "--prefix", "none", "--target", "all"
            ).splitlines()
            if line.strip()
        }
        for name, folder in folders(graph).items()
        if folder.startswith("functions/")
    }


#: Never linked into a function: slow at start-up, or another TLS stack or credential chain.
UNWANTED = {"aws-lc-rs", "aws-lc-sys", "aws-config", "native-tls", "openssl", "hyper-tls", "async-stripe", "async-stripe-webhook", "stripe-rust", "emulator", "local", "stand-in-kit", "telegram-stand-in", "ai-stand-in", "stripe-stand-in"}


def unwanted(trees):
    return sorted(f"{name} links {crate}" for name, crates in trees.items() for crate in crates & UNWANTED)
