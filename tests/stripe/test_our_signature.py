"""Our check of signatures and the official library's agree, in both directions."""

import json
import subprocess
import time

import pytest
import stripe

SECRET = "whsec_of_nobody"
BODIES = [
    b'{"id": "evt_1", "object": "event", "type": "invoice.paid"}',
    '{"name": "Łucja 🦊", "spaces":   "  "}\r\n'.encode(),
    b"{}",
    json.dumps({"long": "x" * 100_000}).encode(),
]


@pytest.fixture
def ours(examples):
    def run(*arguments, body):
        command = [examples / "signature", *map(str, arguments)]
        return subprocess.run(command, input=body, check=True, stdout=subprocess.PIPE).stdout.decode().strip()

    return run


def signed(body, secret=SECRET, at=None):
    """A header as the library makes it."""
    return stripe.WebhookSignature.generate_signature_header(body.decode(), secret, at)


def v1(header):
    return header.split("v1=")[1]


def library_takes(body, header, secret=SECRET):
    try:
        return stripe.WebhookSignature.verify_header(body, header, secret, 300)
    except stripe.SignatureVerificationError:
        return False


@pytest.mark.parametrize("body", BODIES, ids=["event", "unicode", "empty", "long"])
def test_what_the_library_signs_we_take(ours, body):
    now = int(time.time())
    assert ours("verify", signed(body, at=now), now, SECRET, body=body) == "ok"


@pytest.mark.parametrize("body", BODIES, ids=["event", "unicode", "empty", "long"])
def test_what_we_sign_the_library_takes(ours, body):
    header = ours("sign", SECRET, int(time.time()), body=body)
    assert library_takes(body, header)
    assert not library_takes(body + b" ", header)
    assert not library_takes(body, header, "whsec_other")


def test_both_make_the_same_header_of_the_same_bytes(ours):
    for body in BODIES:
        assert ours("sign", SECRET, 1_795_456_800, body=body) == signed(body, at=1_795_456_800)


def test_what_the_library_refuses_we_refuse(ours):
    body, now = BODIES[0], int(time.time())
    good = signed(body, at=now)
    refused = {
        "mismatch": [
            signed(body, "whsec_other", now),
            good.replace(str(now), str(now - 1)),
            f"t={now},v1={v1(good).upper()}",
            f"t={now},v1={v1(good)[:-2]}",
            f"t={now},v0={v1(good)},v1=",
        ],
        "malformed": ["", "nonsense", f"v1={v1(good)}", f"t={now}", f"t={now},v0={v1(good)}", f"t=soon,v1={v1(good)}"],
        "too_old": [signed(body, at=now - 400)],
    }
    for word, headers in refused.items():
        for header in headers:
            assert not library_takes(body, header), header
            assert ours("verify", header, now, SECRET, body=body) == word, header


def test_a_secret_can_be_rotated_with_two_signatures_and_with_two_secrets(ours):
    body, now = BODIES[0], int(time.time())
    old, new = (signed(body, secret, now) for secret in ("whsec_old", "whsec_new"))
    both = f"{old},v1={v1(new)},v0={v1(old)}"
    for secret in ("whsec_old", "whsec_new"):
        assert library_takes(body, both, secret)
        assert ours("verify", both, now, secret, body=body) == "ok"
    assert ours("verify", new, now, "whsec_old", "whsec_new", body=body) == "ok"
    assert ours("verify", both, now, "whsec_other", body=body) == "mismatch"
    assert ours("verify", both, now, body=body) == "mismatch"


def test_we_look_ahead_as_far_as_back_where_the_library_looks_back_only(ours):
    body, now = BODIES[0], int(time.time())
    for age, word in [(299, "ok"), (300, "ok"), (301, "too_old"), (-300, "ok"), (-301, "too_new")]:
        assert ours("verify", signed(body, at=now - age), now, SECRET, body=body) == word, age
    assert library_takes(body, signed(body, at=now + 9_000))


def test_what_the_stand_in_delivers_we_take_by_its_secret_only(stand_in, shop, receiver, endpoint, ours):
    shop.buy()
    stand_in.call("POST", "/settle")
    assert "customer.subscription.created" in receiver.types()
    for body, header in receiver.posts:
        at = int(header.split(",")[0].removeprefix("t="))
        assert ours("verify", header, at, endpoint.secret, body=body) == "ok"
        assert ours("verify", header, at, SECRET, body=body) == "mismatch"
