"""A bill of materials in CycloneDX from every lock file of the repository: `python3 infra/checks/bom.py [file]`.

Nothing is asked of any registry: what a lock file says is what is built. The same lock files make the same bytes, so the bill has
no time of its own; the release that it belongs to is the commit that is built.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tomllib
import uuid
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]

CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"
#: Lock files by name. `constraints*.txt` are those of Python: exact versions, without hashes.
LOCKS = ("Cargo.lock", "package-lock.json", "constraints.txt", "constraints-sam.txt")
WRITTEN = ROOT / "target" / "bom.cdx.json"
#: The property of a package that names a lock file it is of.
LOCK = "sofi:lock"


def committed(*names):
    """Paths from the root of the files of these names."""
    patterns = [f":(glob)**/{name}" for name in names]
    listed = subprocess.run(
        ["git", "ls-files", "--", *patterns], cwd=ROOT, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ).stdout
    return sorted(listed.split())


def locks():
    """Lock files that are committed, by path from the root."""
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in committed(*LOCKS)}


def crates(text):
    """Packages of a `Cargo.lock` that are not ours: name, version, source, checksum, dependencies."""
    return [package for package in tomllib.loads(text)["package"] if "source" in package]


def modules(text):
    """Packages of a `package-lock.json`: its own root left out."""
    listed = json.loads(text)["packages"]
    return [{"name": path.rpartition("node_modules/")[2], **package} for path, package in listed.items() if path]


def pins(text):
    """Name and version of each line of a list of constraints; a line that is no exact pin has no version."""
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    found = [(re.fullmatch(r"([\w.-]+)==([\w.!+-]+)", line), line) for line in lines if line]
    return [(pin[1], pin[2]) if pin else (line, "") for pin, line in found]


def _purl(kind, name, version):
    """Where a package is found, as purl spells it: `@scope` of a name is `%40scope`."""
    return f"pkg:{kind}/{quote(name, safe='/')}@{quote(version, safe='')}"


def _component(kind, name, version, path):
    purl = _purl(kind, name, version)
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "properties": [{"name": LOCK, "value": path}]}


def _of_cargo(path, text):
    for package in crates(text):
        found = _component("cargo", package["name"], package["version"], path)
        yield found | {"hashes": [{"alg": "SHA-256", "content": package["checksum"]}]}


def _of_npm(path, text):
    for package in modules(text):
        found = _component("npm", package["name"], package["version"], path)
        digest = base64.b64decode(package["integrity"].split()[0].removeprefix("sha512-"))
        found["hashes"] = [{"alg": "SHA-512", "content": digest.hex()}]
        if "license" in package:
            found["licenses"] = [{"expression": package["license"]}]
        yield found


def _of_python(path, text):
    for name, version in pins(text):
        yield _component("pypi", re.sub(r"[-_.]+", "-", name).lower(), version, path)


def components(found):
    """Each package of the lock files once, with every lock file that names it."""
    merged = {}
    for path, text in found.items():
        read = _of_cargo if path.endswith(".lock") else _of_npm if path.endswith(".json") else _of_python
        for component in read(path, text):
            former = merged.setdefault(component["bom-ref"], component)
            if component["properties"][0] not in former["properties"]:
                former["properties"] += component["properties"]
    return [merged[reference] for reference in sorted(merged)]


def _needs(text):
    """`Cargo.lock` names a dependency by its name, and by name and version where there are several."""
    listed = tomllib.loads(text)["package"]
    versions = {}
    for package in listed:
        versions.setdefault(package["name"], []).append(package)
    foreign = {(p["name"], p["version"]) for p in listed if "source" in p}
    for package in crates(text):
        wanted = []
        for needed in package.get("dependencies", []):
            name, _, version = needed.partition(" ")
            version = version.split(" ")[0] or versions[name][0]["version"]
            wanted += [_purl("cargo", name, version)] if (name, version) in foreign else []
        yield {"ref": _purl("cargo", package["name"], package["version"]), "dependsOn": sorted(set(wanted))}


def bill(found):
    """The document. Its number follows from what is in it."""
    listed = components(found)
    digest = hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "sofi-crm", "name": "sofi-crm"}},
        "components": listed,
        "dependencies": [need for path, text in found.items() if path.endswith(".lock") for need in _needs(text)],
    }


def places(found):
    """Packages that come from somewhere else than the three registries, or that nothing holds to their bytes."""
    problems = []
    for path, text in found.items():
        if path.endswith(".lock"):
            problems += [
                f"{path}: {p['name']} {p['version']} is not a package of crates.io with a checksum"
                for p in crates(text)
                if p["source"] != CRATES_IO or not re.fullmatch(r"[0-9a-f]{64}", p.get("checksum", ""))
            ]
        elif path.endswith(".json"):
            # Where a package is fetched from is the machine's own setting: an address in a lock file leads elsewhere.
            problems += [
                f"{path}: {p['name']} is not a package of npm's registry with a SHA-512"
                for p in modules(text)
                if p.get("link") or "resolved" in p or not p.get("integrity", "").startswith("sha512-")
            ]
        else:
            problems += [f"{path}: {name} is no exact version" for name, version in pins(text) if not version]
    return problems


def missing(document, found):
    """Packages of the lock files that the bill leaves out, counted without the code that makes it."""
    there = {component["purl"] for component in document["components"]}
    wanted = set()
    for path, text in found.items():
        if path.endswith(".lock"):
            entries = re.findall(r'(?m)^name = "([^"]+)"\nversion = "([^"]+)"\nsource = ', text)
            wanted |= {f"pkg:cargo/{name}@{version}" for name, version in entries}
        elif path.endswith(".json"):
            entries = re.findall(r'(?m)^    "(?:[^"]*/)?node_modules/((?:@[^"/]+/)?[^"/]+)": \{\n      "version": "([^"]+)"', text)
            wanted |= {f"pkg:npm/{name.replace('@', '%40')}@{version}" for name, version in entries}
        else:
            entries = re.findall(r"(?m)^([\w.-]+)==(\S+)", text)
            wanted |= {f"pkg:pypi/{re.sub('[-_.]+', '-', name).lower()}@{version}" for name, version in entries}
    return sorted(wanted - {purl.replace("%2B", "+") for purl in there})


def main(arguments):
    file = Path(arguments[0]) if arguments else WRITTEN
    found = locks()
    wrong = places(found)
    if wrong:
        sys.exit("\n".join(wrong))
    document = bill(found)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{file}: {len(document['components'])} packages of {len(found)} lock files")


if __name__ == "__main__":
    main(sys.argv[1:])
