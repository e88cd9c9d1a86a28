"""The bill of materials names every package of every lock file once, with its hash, and where it comes from is known."""

import json

import bom
import pytest

CHECKSUM = "ab" * 32
CARGO = f"""
[[package]]
name = "ours"
version = "0.1.0"
dependencies = [
 "left 1.0.0",
 "right",
]

[[package]]
name = "left"
version = "1.0.0"
source = "{bom.CRATES_IO}"
checksum = "{CHECKSUM}"
dependencies = [
 "right",
]

[[package]]
name = "left"
version = "2.0.0+spec"
source = "{bom.CRATES_IO}"
checksum = "{CHECKSUM}"

[[package]]
name = "right"
version = "3.0.0"
source = "{bom.CRATES_IO}"
checksum = "{CHECKSUM}"
dependencies = [
 "left 2.0.0+spec",
]
"""
INTEGRITY = "sha512-" + "AAAA" * 21 + "AA=="
NPM = {
    "packages": {
        "": {"name": "ours"},
        "node_modules/@scope/one": {"version": "1.0.0", "integrity": INTEGRITY, "license": "MIT"},
        "node_modules/two/node_modules/three": {"version": "2.0.0", "integrity": INTEGRITY},
    }
}


@pytest.fixture(scope="module")
def found():
    return bom.locks()


def test_every_package_of_every_lock_file_is_in_the_bill(found):
    assert {path.rpartition("/")[2] for path in found} == set(bom.LOCKS)
    document = bom.bill(found)
    assert bom.missing(document, found) == []
    assert len(document["components"]) > 500
    references = [component["bom-ref"] for component in document["components"]]
    assert len(references) == len(set(references))
    assert {need for one in document["dependencies"] for need in [one["ref"], *one["dependsOn"]]} <= set(references)


def test_every_package_comes_from_a_known_place_and_what_deploys_is_held_to_its_bytes(found):
    assert bom.places(found) == []


def test_no_manifest_of_a_package_stands_without_a_lock_file(found):
    folders = {path.rpartition("/")[0] for path in found if path.endswith("package-lock.json")}
    assert {path.rpartition("/")[0] for path in bom.committed("package.json")} == folders
    assert bom.committed("Cargo.lock") == ["Cargo.lock"]


def test_the_same_lock_files_make_the_same_bill(found):
    assert bom.bill(found) == bom.bill(dict(found))
    assert bom.bill(found)["serialNumber"] != bom.bill({"Cargo.lock": CARGO})["serialNumber"]


def test_a_bill_says_which_version_needs_which():
    document = bom.bill({"Cargo.lock": CARGO})
    assert [component["purl"] for component in document["components"]] == [
        "pkg:cargo/left@1.0.0",
        "pkg:cargo/left@2.0.0%2Bspec",
        "pkg:cargo/right@3.0.0",
    ]
    assert document["components"][0]["hashes"] == [{"alg": "SHA-256", "content": CHECKSUM}]
    assert {one["ref"]: one["dependsOn"] for one in document["dependencies"]} == {
        "pkg:cargo/left@1.0.0": ["pkg:cargo/right@3.0.0"],
        "pkg:cargo/left@2.0.0%2Bspec": [],
        "pkg:cargo/right@3.0.0": ["pkg:cargo/left@2.0.0%2Bspec"],
    }


def test_a_package_of_several_lock_files_stands_once_and_names_them():
    lock = json.dumps(NPM, indent=2)
    components = bom.components({"a/package-lock.json": lock, "b/package-lock.json": lock, "constraints.txt": "Py_YAML==6.0.3\n"})
    assert [component["purl"] for component in components] == ["pkg:npm/%40scope/one@1.0.0", "pkg:npm/three@2.0.0", "pkg:pypi/py-yaml@6.0.3"]
    assert components[0]["name"] == "@scope/one"
    assert components[0]["licenses"] == [{"expression": "MIT"}]
    assert [entry["value"] for entry in components[0]["properties"]] == ["a/package-lock.json", "b/package-lock.json"]
    assert components[0]["hashes"][0]["content"] == "00" * 64


def test_a_package_that_is_left_out_is_seen():
    found = {"Cargo.lock": CARGO, "package-lock.json": json.dumps(NPM, indent=2), "constraints.txt": "one==1.0\n"}
    document = bom.bill(found)
    assert bom.missing(document, found) == []
    document["components"] = []
    assert len(bom.missing(document, found)) == 6


def test_another_place_and_a_package_without_a_hash_are_seen():
    git = CARGO.replace(bom.CRATES_IO, "git+https://example.com/left", 1)
    assert bom.places({"Cargo.lock": git}) == ["Cargo.lock: left 1.0.0 is not a package of crates.io with a checksum"]
    for change in ({"integrity": ""}, {"resolved": "https://example.com/x.tgz"}, {"link": True}, {"integrity": "sha1-AAAA"}):
        packages = {"node_modules/x": {"version": "1.0.0", "integrity": INTEGRITY, **change}}
        assert bom.places({"package-lock.json": json.dumps({"packages": packages})}) == [
            "package-lock.json: x is not a package of npm's registry with a SHA-512"
        ], change
    for line in ("one>=1.0", "one @ https://example.com/one.whl", "-r other.txt"):
        assert bom.places({"constraints.txt": line}) == [f"constraints.txt: {line} is no exact version"]
    assert bom.places({"constraints.txt": "# why\none==1.0  # pinned\n"}) == []


def test_one_command_writes_it(tmp_path, capsys):
    file = tmp_path / "made" / "bom.json"
    bom.main([str(file)])
    document = json.loads(file.read_text(encoding="utf-8"))
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    assert str(file) in capsys.readouterr().out
