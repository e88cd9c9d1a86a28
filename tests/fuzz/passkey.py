"""A passkey in software, as `tests/harness/passkey.rs` has one: what a browser gives for a question of the API."""

import base64
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

# Flags of authenticator data: the user is there and verified; key material is attached.
VERIFIED, ATTACHED = 0x05, 0x40


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Passkey:
    """One passkey for the host at a port of this machine."""

    def __init__(self, port):
        self.origin, self.id = f"http://localhost:{port}", hashlib.sha256(b"sam").digest()
        self.key, self.uses, self.user = ec.generate_private_key(ec.SECP256R1()), 0, ""

    def _data(self, more):
        return hashlib.sha256(b"localhost").digest() + bytes([VERIFIED | more]) + self.uses.to_bytes(4, "big")

    def _client(self, kind, question):
        challenge = question["options"]["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _said(self, response):
        number = base64url(self.id)
        return {"id": number, "rawId": number, "type": "public-key", "clientExtensionResults": {}, "response": response}

    def create(self, question):
        """What `navigator.credentials.create` gives."""
        self.user = question["options"]["publicKey"]["user"]["id"]
        point = self.key.public_key().public_numbers()
        # {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR: a key on P-256 for ES256.
        cose = bytes.fromhex("a5010203262001215820") + point.x.to_bytes(32, "big") + bytes.fromhex("225820") + point.y.to_bytes(32, "big")
        data = self._data(ATTACHED) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59" + len(data).to_bytes(2, "big") + data
        client = self._client("webauthn.create", question)
        return self._said({"attestationObject": base64url(attestation), "clientDataJSON": base64url(client), "transports": ["internal"]})

    def answer(self, question):
        """What `navigator.credentials.get` gives."""
        self.uses += 1
        data, client = self._data(0), self._client("webauthn.get", question)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._said({"authenticatorData": base64url(data), "clientDataJSON": base64url(client), "signature": base64url(signature), "userHandle": self.user})
