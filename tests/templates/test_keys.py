"""The inventory of keys and algorithms names every place of the product that has one, and no other."""

import re

import claims
import templates

INVENTORY = templates.ROOT / "infra" / "docs" / "keys.md"
PRIMITIVES = re.compile(
    r"\b(?:AES_\d+_GCM|CHACHA20_POLY1305|HMAC_SHA\w+|SHA(?:1\w*|224|256|384|512)|EcdsaSha\d+|Aes(?:128|192|256)"
    r"|Algorithm::Argon2id|XAmzSha256|Totp|Webauthn|ServerCertVerifier|ClientConfig)\b"
)
#: Where tests begin that stand in the file itself. A file whose tests stand in their own says so before its code.
TESTS = re.compile(r"#\[cfg\(test\)\]\s+(?:pub\(crate\) )?mod \w+ \{")


def product_files():
    for folder in ("functions", "shared"):
        for path in sorted((templates.ROOT / folder).glob("*/src/**/*.rs")):
            relative = path.relative_to(templates.ROOT)
            if "tests" not in relative.parts and not path.stem.endswith("tests"):
                yield str(relative), TESTS.split(path.read_text(encoding="utf-8"), maxsplit=1)[0]


def algorithms():
    """Files of the product that name a primitive, as the code stands."""
    return {name for name, text in product_files() if PRIMITIVES.search(text)}


def listed(text):
    return {reference for cells in claims.rows(text) for cell in cells for reference in claims.quoted(cell) if reference.endswith(".rs")}


def test_every_file_that_names_a_primitive_is_in_the_inventory():
    found = algorithms()
    assert len(found) > 10
    assert sorted(found - listed(INVENTORY.read_text(encoding="utf-8"))) == []


def test_code_behind_the_name_of_a_file_of_tests_is_read_and_tests_in_the_file_are_not():
    code = "#[cfg(test)]\npub(crate) mod tests;\n\nuse ring::SHA256;\n\n"
    assert TESTS.split(code + "#[cfg(test)]\nmod tests {\n    use ring::SHA512;\n}\n") == [code, "\n    use ring::SHA512;\n}\n"]


def test_the_inventory_names_no_file_that_is_gone():
    assert [name for name in listed(INVENTORY.read_text(encoding="utf-8")) if claims.broken(name)] == []


def test_every_key_of_the_templates_is_in_the_inventory_and_has_the_life_that_it_says():
    data = templates.load(templates.STACKS / "data.yaml")["Resources"]
    keys = {name: resource["Properties"] for name, resource in data.items() if resource["Type"] == "AWS::KMS::Key"}
    rows = {cells[0].strip("`"): " ".join(cells[1:]) for cells in claims.rows(INVENTORY.read_text(encoding="utf-8"))}
    assert keys and set(keys) <= set(rows)
    for name, properties in keys.items():
        rotates = properties.get("EnableKeyRotation", False)
        assert ("once a year" in rows[name]) == rotates, name
        assert properties["PendingWindowInDays"] == 30 and "30 days" in rows[name], name


def test_every_purpose_of_sealing_is_in_the_inventory():
    code = (templates.ROOT / "shared" / "vault" / "src" / "kms.rs").read_text(encoding="utf-8")
    purposes = set(re.findall(r'Self::\w+ => "(\w+)"', code))
    assert len(purposes) >= 4
    text = INVENTORY.read_text(encoding="utf-8")
    assert {purpose for purpose in purposes if f"purpose `{purpose}`" not in text} == set()
