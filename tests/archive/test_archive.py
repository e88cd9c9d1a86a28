"""A sample of shared/archive, read by Python's zipfile and csv and by a verifier that was written from the document alone."""

import csv
import io
import json
import random
import zipfile

import pytest
from verifier import verify


@pytest.fixture(scope="session")
def sample(made):
    return made["sample.zip"], made["key.spki"]


def test_the_sample_is_as_the_document_says(sample):
    assert verify(*sample) == []


def test_python_opens_it_as_a_zip(sample):
    with zipfile.ZipFile(io.BytesIO(sample[0])) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[-3:] == ["index.html", "manifest.json", "manifest.sig"]


def test_p29_csv_and_json_lines_hold_the_same_records(sample):
    with zipfile.ZipFile(io.BytesIO(sample[0])) as archive:
        names = [name for name in archive.namelist() if name.endswith(".jsonl")]
        assert len(names) > 1
        for name in names:
            lines = [json.loads(line) for line in archive.read(name).decode().split("\n")[:-1]]
            table = archive.read(name.replace(".jsonl", ".csv")).decode("utf-8-sig")
            rows = list(csv.DictReader(io.StringIO(table, newline="")))
            assert all(row["text"].startswith("'=") for row in rows)
            assert [(row["text"][1:], int(row["at"])) for row in rows] == [(line["text"], line["at"]) for line in lines]


@pytest.mark.parametrize("seed", range(50))
def test_a_flipped_bit_is_named(sample, seed):
    archive, key = bytearray(sample[0]), sample[1]
    dice = random.Random(seed)
    # Every second one in manifest, signature, directory and end, which are the smaller part.
    small = archive.rindex(b"PK\x03\x04", 0, archive.rindex(b"manifest.json", 0, archive.index(b"PK\x01\x02")))
    byte = dice.randrange(small if seed % 2 else 0, len(archive))
    archive[byte] ^= 1 << dice.randrange(8)
    assert verify(bytes(archive), key) != []


def test_each_flipped_bit_after_the_last_file_is_named(sample):
    archive, key = sample
    start = archive.index(b"PK\x05\x06", len(archive) - 22) - 300
    for byte in range(start, len(archive)):
        damaged = bytearray(archive)
        damaged[byte] ^= 1 << (byte % 8)
        assert verify(bytes(damaged), key) != [], byte
