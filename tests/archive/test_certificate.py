"""A certificate of shared/archive, checked by a verifier that was written from the document alone."""

import base64
import json
import random
import shutil
import subprocess

import pytest
from certificate import canonical, verify
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key


@pytest.fixture(scope="session")
def sample(made):
    return made["certificate.json"], made["key.spki"]


def test_the_certificate_is_as_the_document_says(sample):
    assert verify(*sample) == []


def test_openssl_takes_the_signature(sample, tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl on this machine")
    file, key = json.loads(sample[0]), load_der_public_key(sample[1])
    (tmp_path / "certificate.json").write_text(file["certificate"], encoding="utf-8")
    (tmp_path / "certificate.sig").write_bytes(base64.b64decode(file["signature"]))
    (tmp_path / "key.pem").write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    command = "openssl dgst -sha256 -verify key.pem -signature certificate.sig certificate.json"
    subprocess.run(command.split(), cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("seed", range(50))
def test_a_flipped_bit_is_named(sample, seed):
    file, key = bytearray(sample[0]), sample[1]
    dice = random.Random(seed)
    # Every second one in the signature, which is the smaller part.
    signature = file.rindex(b'"signature"')
    byte = dice.randrange(signature if seed % 2 else 0, len(file))
    file[byte] ^= 1 << dice.randrange(8)
    named = verify(bytes(file), key)
    assert named and all(": " in one for one in named), named


def test_each_flipped_bit_of_the_bytes_that_were_signed_is_named(sample):
    file, key = json.loads(sample[0]), sample[1]
    signature = base64.b64decode(file["signature"])
    for bit in range(8 * len(signature)):
        damaged = bytearray(signature)
        damaged[bit // 8] ^= 1 << bit % 8
        told = canonical({**file, "signature": base64.b64encode(damaged).decode()})
        assert "signature: not good" in verify(told, key), bit


@pytest.mark.parametrize("change", [{"origin": "team"}, {"deleted": {}}, {"more": 1}, {"version": 2}])
def test_what_was_not_signed_is_named(sample, change):
    file, key = json.loads(sample[0]), sample[1]
    text = canonical({**json.loads(file["certificate"]), **change}).decode()
    assert "signature: not good" in verify(canonical({**file, "certificate": text}), key)


def test_the_certificate_of_another_key_is_named(sample, made):
    other = made["key.spki"][:-1] + bytes([made["key.spki"][-1] ^ 1])
    assert "signature: another key" in verify(sample[0], other)
