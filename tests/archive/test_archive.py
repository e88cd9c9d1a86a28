"""A sample of shared/archive, read by Python's zipfile and csv and by a verifier that was written from the document alone."""

import csv
import io
import json
import random
import zipfile

import pytest
from verifier import differing, manifest_of, portable_sum, records_of, verify


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
        names = [name for name in archive.namelist() if name.startswith("data/messages-") and name.endswith(".jsonl")]
        assert len(names) > 1
        for name in names:
            lines = [json.loads(line) for line in archive.read(name).decode().split("\n")[:-1]]
            table = archive.read(name.replace(".jsonl", ".csv")).decode("utf-8-sig")
            rows = list(csv.DictReader(io.StringIO(table, newline="")))
            assert all(row["text"].startswith("'=") for row in rows)
            assert [(row["text"][1:], int(row["at"])) for row in rows] == [(line["text"], line["at"]) for line in lines]


def test_p29_the_portable_sum_is_that_of_what_each_record_means_anywhere(sample):
    manifest = manifest_of(sample[0])[0]
    sections = records_of(sample[0], manifest)
    portable = {section["name"]: section["portable"] for section in manifest["sections"]}
    assert portable["empty"] is None and portable["fan_number"] is None
    fields, records = portable["messages"]["fields"], sections["messages"]
    assert fields == {"at": "value", "fan": "person", "text": "value"}

    def total(records, renamed=lambda fan: fan):
        others = {"fan_number": [{**one, "fan": renamed(one["fan"])} for one in sections["fan_number"]]}
        return portable_sum(fields, [{**one, "fan": renamed(one["fan"])} for one in records], others)

    assert len(records) == 4000
    assert total(records) == portable["messages"]["sum"]
    assert total(records[::-1], lambda fan: f"another_{fan}") == portable["messages"]["sum"]
    assert total(records[1:]) != portable["messages"]["sum"]
    assert total([{**records[0], "fan": "fan_2"}, *records[1:]]) != portable["messages"]["sum"]


def test_sections_of_which_two_archives_do_not_hold_the_same_are_named(sample):
    archive = sample[0]
    total = next(one["portable"]["sum"] for one in manifest_of(archive)[0]["sections"] if one["portable"])
    other = archive.replace(total.encode(), ("1" if total[0] == "0" else "0").encode() + total[1:].encode())
    assert differing(archive, archive) == []
    assert differing(archive, other) == ["messages"]


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
