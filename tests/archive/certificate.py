"""Checks a certificate. Written from infra/docs/certificate-format.md alone: `certificate.py <file> <public key, SPKI in DER>`."""

import base64
import binascii
import json
import sys
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

KEYS = {"format", "version", "request", "tenant", "subject", "origin", "asked_at", "finished_at", "deleted", "kept", "key"}


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def verify(data, spki):
    """A list of everything that is wrong."""
    try:
        file = json.loads(data)
        if canonical(file) != data:
            return ["file: not canonical"]
        text, encoded = file["certificate"].encode(), file["signature"]
        if set(file) != {"certificate", "signature"}:
            return ["file: other keys"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"file: {error!r}"]
    return [*check_certificate(text, spki), *check_signature(text, encoded, spki)]


def check_certificate(text, spki):
    wrong = []
    try:
        it = json.loads(text)
        if canonical(it) != text:
            wrong.append("certificate: not canonical")
        if set(it) != KEYS:
            wrong.append("certificate: other keys")
        if (it["format"], it["version"], it["key"]["algorithm"]) != ("sofi-erasure", 1, "ECDSA_SHA_256"):
            wrong.append("certificate: another format")
        if it["key"]["spki"] != base64.b64encode(spki).decode():
            wrong.append("signature: another key")
        if it["origin"] not in ("fan", "person", "team", "retention"):
            wrong.append("certificate: another origin")
        counts = [count for store in it["deleted"].values() for count in store.values()]
        if any(type(count) is not int or count < 0 for count in counts):
            wrong.append("certificate: a number that counts nothing")
        asked, finished = (datetime.fromisoformat(it[name]) for name in ("asked_at", "finished_at"))
        if finished < asked:
            wrong.append("certificate: finished before it was asked for")
        if any(datetime.fromisoformat(kept["until"]) < finished for kept in it["kept"]):
            wrong.append("certificate: something is kept that was gone before")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        wrong.append(f"certificate: {error!r}")
    return wrong


def check_signature(text, encoded, spki):
    try:
        signature = base64.b64decode(encoded, validate=True)
        if base64.b64encode(signature).decode() != encoded:
            return ["signature: not canonical"]
        load_der_public_key(spki).verify(signature, text, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, binascii.Error, ValueError, TypeError):
        return ["signature: not good"]
    return []


if __name__ == "__main__":
    certificate, key = (open(path, "rb").read() for path in sys.argv[1:3])
    problems = verify(certificate, key)
    print("\n".join(problems) or "ok")
    sys.exit(bool(problems))
