"""Checks an export. Written from infra/docs/export-format.md alone: `verifier.py <archive> <public key, SPKI in DER>`.

With a second archive behind, which is checked as well, it names the sections of which the two do not hold the same.
"""

import base64
import hashlib
import json
import re
import struct
import sys
import zlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
FAR = 0xFFFFFFFF


def shared(version, path, content_crc, size):
    return struct.pack("<5H3IH", version, 0, 0, 0, 0x21, content_crc, size, size, len(path))


def local_header(path, crc, size):
    return b"PK\x03\x04" + shared(10, path, crc, size) + b"\0\0" + path.encode()


def directory_entry(path, crc, size, offset):
    far = offset >= FAR
    version = 45 if far else 10
    extra = struct.pack("<HHQ", 1, 8, offset) if far else b""
    head = b"PK\x01\x02" + struct.pack("<H", version) + shared(version, path, crc, size)
    return head + struct.pack("<H", len(extra)) + bytes(10) + struct.pack("<I", min(offset, FAR)) + path.encode() + extra


def end(n, s, d):
    out = b""
    if d >= FAR or s >= FAR or n >= 0xFFFF:
        out += b"PK\x06\x06" + struct.pack("<QHH8x4Q", 44, 45, 45, n, n, s, d)
        out += b"PK\x06\x07" + struct.pack("<4xQI", d + s, 1)
    few = min(n, 0xFFFF)
    return out + b"PK\x05\x06" + struct.pack("<4xHHIIH", few, few, min(s, FAR), min(d, FAR), 0)


def from_the_end(data):
    """Content of the manifest and size of the signature, through the last two directory entries."""
    for tail in (22, 98):
        for wide_signature in (0, 12):
            for wide in (0, 12):
                second = len(data) - tail - 46 - len(SIGNATURE) - wide_signature
                first = second - 46 - len(MANIFEST) - wide
                if first < 0 or data[first + 46 :][: len(MANIFEST)] != MANIFEST.encode():
                    continue
                size, offset = (struct.unpack_from("<I", data, first + at)[0] for at in (20, 42))
                if wide:
                    offset = struct.unpack_from("<Q", data, first + 46 + len(MANIFEST) + 4)[0]
                start = offset + 30 + len(MANIFEST)
                yield data[start : start + size], struct.unpack_from("<I", data, second + 20)[0]


def from_the_front(data):
    offset, manifest = 0, None
    while data[offset : offset + 4] == b"PK\x03\x04" and offset + 30 <= len(data):
        size, length = struct.unpack_from("<I4xH", data, offset + 18)
        path = data[offset + 30 : offset + 30 + length]
        start = offset + 30 + length
        if path == MANIFEST.encode():
            manifest = data[start : start + size]
        if path == SIGNATURE.encode() and manifest is not None:
            yield manifest, size
        offset = start + size


def manifest_of(data):
    for way in (from_the_end, from_the_front):
        for text, signature in way(data):
            try:
                found = json.loads(text)
                found["head"], found["files"], found["sections"], found["key"]["spki"]
                return found, text, signature
            except (ValueError, KeyError, TypeError):
                continue
    return None


def verify(data, spki):
    """A list of everything that is wrong."""
    found = manifest_of(data)
    if found is None:
        return ["manifest: not readable"]
    manifest, text, signature_size = found
    wrong = []
    try:
        if json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() != text:
            wrong.append("manifest: not canonical")
        if (manifest["format"], manifest["version"], manifest["key"]["algorithm"]) != ("sofi-export", 2, "ECDSA_SHA_256"):
            wrong.append("manifest: another format")
        if manifest["key"]["spki"] != base64.b64encode(spki).decode():
            wrong.append("signature: another key")
        for section in manifest["sections"]:
            files = [f for f in manifest["files"] if f["section"] == section["name"] and f["path"].endswith(".jsonl")]
            sums = (sum(f["records"] for f in files), sum(f["bytes"] for f in files))
            own = hashlib.sha256(b"".join(bytes.fromhex(f["sha256"]) for f in files)).hexdigest()
            if (*sums, own) != (section["records"], section["bytes"], section["sha256"]):
                wrong.append(f"section {section['name']}: other sums")
        members = []
        for file in manifest["files"]:
            parts = file["path"].split("/")
            if not re.fullmatch(r"[a-z0-9._/-]{1,200}", file["path"]) or any(not p or p.startswith(".") for p in parts):
                return [*wrong, "manifest: a path that is not allowed"]
            members.append((file["path"], file["crc32"], file["bytes"], file["sha256"]))
        wrong += check_bytes(data, members, text, signature_size, spki)
        if not wrong:
            wrong += check_portable(manifest, records_of(data, manifest))
    except (ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
        wrong.append(f"manifest: {error!r}")
    return wrong


def check_bytes(data, members, text, signature_size, spki):
    wrong, offset, entries = [], 0, []

    def expect(wanted, name):
        nonlocal offset
        if data[offset : offset + len(wanted)] != wanted:
            wrong.append(f"{name}: other bytes")
        offset += len(wanted)

    def member(path, crc, size, sha256):
        nonlocal offset
        entries.append((path, directory_entry(path, crc, size, offset)))
        expect(local_header(path, crc, size), f"header of {path}")
        content = data[offset : offset + size]
        if len(content) != size or zlib.crc32(content) != crc or hashlib.sha256(content).hexdigest() != sha256:
            wrong.append(f"content of {path}: another")
        offset += size

    for one in members:
        member(*one)
    member(MANIFEST, zlib.crc32(text), len(text), hashlib.sha256(text).hexdigest())
    start = offset + 30 + len(SIGNATURE)
    signature = data[start : start + signature_size]
    try:
        load_der_public_key(spki).verify(signature, text, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        wrong.append("signature: not good")
    member(SIGNATURE, zlib.crc32(signature), len(signature), hashlib.sha256(signature).hexdigest())
    directory = offset
    for path, entry in entries:
        expect(entry, f"directory entry of {path}")
    expect(end(len(entries), offset - directory, directory), "end")
    if offset != len(data):
        wrong.append("end: the file is longer or shorter")
    return wrong


def records_of(data, manifest):
    """The records of each section; every byte was checked before."""
    found, offset = {}, 0
    for file in manifest["files"]:
        offset += 30 + len(file["path"])
        if file["section"] and file["path"].endswith(".jsonl"):
            lines = data[offset : offset + file["bytes"]].decode().split("\n")[:-1]
            found.setdefault(file["section"], []).extend(map(json.loads, lines))
        offset += file["bytes"]
    return found


def portable_sum(fields, records, sections):
    """What of these records means the same in another workspace, as 64 hexadecimal digits."""
    numbers = {one["fan"]: one["telegram_id"] for one in sections.get("fan_number", [])}
    fans = {one["id"]: one["fan"] for one in sections.get("conversation", [])}

    def value(record, path, carry):
        field, _, key = path.partition(".")
        found = record.get(field)
        if key:
            found = found.get(key) if isinstance(found, dict) else None
        return found if carry == "value" else numbers.get(fans.get(found, found))

    total = 0
    for record in records:
        line = {path: value(record, path, carry) for path, carry in fields.items()}
        text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        total += int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    return f"{total % 2**256:064x}"


def check_portable(manifest, sections):
    wrong = []
    for section in manifest["sections"]:
        portable = section["portable"]
        if portable and portable_sum(portable["fields"], sections.get(section["name"], []), sections) != portable["sum"]:
            wrong.append(f"section {section['name']}: another portable sum")
    return wrong


def differing(one, other):
    """The sections that mean something in another workspace and of which two archives do not hold the same."""

    def held(data):
        sections = manifest_of(data)[0]["sections"]
        return {section["name"]: (section["records"], section["portable"]) for section in sections if section["portable"]}

    one, other = held(one), held(other)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


if __name__ == "__main__":
    archive, key, *others = (open(path, "rb").read() for path in sys.argv[1:4])
    problems = [problem for data in (archive, *others) for problem in verify(data, key)]
    if others and not problems:
        problems = [f"section {name}: not the same" for name in differing(archive, *others)]
    print("\n".join(problems) or "ok")
    sys.exit(bool(problems))
