"""KMS: encryption context, states, limits, signatures."""

import hashlib

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from expectations import refused


@pytest.fixture
def kms(peer):
    return peer.client("kms")


@pytest.fixture
def key(kms):
    return kms.create_key(Description="contract")["KeyMetadata"]["KeyId"]


@pytest.fixture
def signing(kms):
    return kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]


CONTEXT = {"tenant": "a", "purpose": "data"}


def test_kms_round_trip_with_context(kms, key):
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret", EncryptionContext=CONTEXT)
    opened = kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=CONTEXT)
    assert opened["Plaintext"] == b"secret"
    assert opened["KeyId"].endswith(key) and opened["KeyId"].startswith("arn:aws:kms:")


@pytest.mark.parametrize("context", [{}, {"tenant": "b", "purpose": "data"}, {**CONTEXT, "more": "x"}], ids=["none", "other", "more"])
def test_kms_other_context_does_not_open(kms, key, context):
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret", EncryptionContext=CONTEXT)
    with refused("InvalidCiphertextException"):
        kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=context)


def test_kms_tampered_ciphertext_does_not_open(kms, key):
    blob = bytearray(kms.encrypt(KeyId=key, Plaintext=b"secret")["CiphertextBlob"])
    blob[-1] ^= 1
    with refused("InvalidCiphertextException"):
        kms.decrypt(CiphertextBlob=bytes(blob))


def test_kms_garbage_is_no_ciphertext(kms):
    with refused("InvalidCiphertextException"):
        kms.decrypt(CiphertextBlob=b"garbage" * 10)


def test_kms_named_key_must_be_the_one(kms, key):
    other = kms.create_key()["KeyMetadata"]["KeyId"]
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret")
    with refused("IncorrectKeyException"):
        kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], KeyId=other)


def test_kms_encrypt_takes_4096_bytes(kms, key):
    kms.encrypt(KeyId=key, Plaintext=b"x" * 4096)
    with refused("ValidationException"):
        kms.encrypt(KeyId=key, Plaintext=b"x" * 4097)


def test_kms_data_key_opens_to_its_plaintext(kms, key):
    made = kms.generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext=CONTEXT)
    assert len(made["Plaintext"]) == 32
    opened = kms.decrypt(CiphertextBlob=made["CiphertextBlob"], EncryptionContext=CONTEXT)
    assert opened["Plaintext"] == made["Plaintext"]


def test_kms_data_key_without_plaintext(kms, key):
    made = kms.generate_data_key_without_plaintext(KeyId=key, NumberOfBytes=48)
    assert "Plaintext" not in made
    assert len(kms.decrypt(CiphertextBlob=made["CiphertextBlob"])["Plaintext"]) == 48


def test_kms_data_keys_differ(kms, key):
    made = [kms.generate_data_key(KeyId=key, KeySpec="AES_256") for _ in range(2)]
    assert made[0]["Plaintext"] != made[1]["Plaintext"]


def test_kms_re_encrypt_changes_the_context(kms, key):
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret", EncryptionContext=CONTEXT)["CiphertextBlob"]
    moved = kms.re_encrypt(
        CiphertextBlob=sealed, SourceEncryptionContext=CONTEXT, DestinationKeyId=key, DestinationEncryptionContext={"tenant": "b"},
    )["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=moved, EncryptionContext={"tenant": "b"})["Plaintext"] == b"secret"
    with refused("InvalidCiphertextException"):
        kms.decrypt(CiphertextBlob=moved, EncryptionContext=CONTEXT)


def test_kms_alias_stands_for_its_key(kms, key, unique):
    alias = f"alias/{unique}"
    kms.create_alias(AliasName=alias, TargetKeyId=key)
    assert kms.describe_key(KeyId=alias)["KeyMetadata"]["KeyId"] == key
    sealed = kms.encrypt(KeyId=alias, Plaintext=b"secret")
    assert sealed["KeyId"].endswith(f"key/{key}")
    with refused("AlreadyExistsException"):
        kms.create_alias(AliasName=alias, TargetKeyId=key)


def test_kms_alias_can_move_and_go(kms, key, unique):
    alias, other = f"alias/{unique}", kms.create_key()["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName=alias, TargetKeyId=key)
    kms.update_alias(AliasName=alias, TargetKeyId=other)
    assert kms.describe_key(KeyId=alias)["KeyMetadata"]["KeyId"] == other
    kms.delete_alias(AliasName=alias)
    with refused("NotFoundException"):
        kms.describe_key(KeyId=alias)


def test_kms_missing_key_is_not_found(kms):
    with refused("NotFoundException"):
        kms.encrypt(KeyId="11111111-2222-3333-4444-555555555555", Plaintext=b"x")


def test_kms_disabled_key_does_nothing_until_enabled(kms, key):
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret")["CiphertextBlob"]
    kms.disable_key(KeyId=key)
    with refused("DisabledException"):
        kms.encrypt(KeyId=key, Plaintext=b"x")
    with refused("DisabledException"):
        kms.decrypt(CiphertextBlob=sealed)
    kms.enable_key(KeyId=key)
    assert kms.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"secret"


def test_kms_key_pending_deletion_does_nothing_and_can_be_saved(kms, key):
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret")["CiphertextBlob"]
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion"
    with refused("KMSInvalidStateException"):
        kms.decrypt(CiphertextBlob=sealed)
    kms.cancel_key_deletion(KeyId=key)
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "Disabled"


def test_kms_deletion_waits_seven_days_at_least(kms, key):
    with refused("ValidationException"):
        kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=6)


MESSAGE = b"what is signed"
DIGEST = hashlib.sha256(MESSAGE).digest()
ALGORITHM = {"SigningAlgorithm": "ECDSA_SHA_256"}
OF_DIGEST = {**ALGORITHM, "Message": DIGEST, "MessageType": "DIGEST"}


def test_kms_signing_key_says_what_it_is(kms, signing):
    told = kms.describe_key(KeyId=signing)["KeyMetadata"]
    assert (told["KeySpec"], told["KeyUsage"], told["SigningAlgorithms"]) == ("ECC_NIST_P256", "SIGN_VERIFY", ["ECDSA_SHA_256"])
    assert not told.get("EncryptionAlgorithms")


@pytest.mark.parametrize("usage", [{}, {"KeyUsage": "ENCRYPT_DECRYPT"}], ids=["none", "other"])
def test_kms_usage_must_fit_the_curve(kms, usage):
    with refused("ValidationException"):
        kms.create_key(KeySpec="ECC_NIST_P256", **usage)


def test_kms_public_key_comes_with_its_spec(kms, signing):
    told = kms.get_public_key(KeyId=signing)
    assert told["KeyId"].startswith("arn:aws:kms:") and told["KeyId"].endswith(signing)
    assert (told["KeySpec"], told["KeyUsage"], told["SigningAlgorithms"]) == ("ECC_NIST_P256", "SIGN_VERIFY", ["ECDSA_SHA_256"])
    assert isinstance(serialization.load_der_public_key(told["PublicKey"]).curve, ec.SECP256R1)


def test_kms_symmetric_key_has_no_public_key(kms, key):
    with refused("UnsupportedOperationException"):
        kms.get_public_key(KeyId=key)


def test_kms_signature_of_a_digest_is_checked_without_kms(kms, signing):
    signed = kms.sign(KeyId=signing, **OF_DIGEST)
    assert signed["KeyId"].startswith("arn:aws:kms:") and signed["SigningAlgorithm"] == "ECDSA_SHA_256"
    public = serialization.load_der_public_key(kms.get_public_key(KeyId=signing)["PublicKey"])
    public.verify(signed["Signature"], MESSAGE, ec.ECDSA(hashes.SHA256()))


def test_kms_message_and_its_digest_have_the_same_signature(kms, signing):
    signature = kms.sign(KeyId=signing, Message=MESSAGE, **ALGORITHM)["Signature"]
    assert kms.verify(KeyId=signing, Signature=signature, **OF_DIGEST)["SignatureValid"]
    signature = kms.sign(KeyId=signing, **OF_DIGEST)["Signature"]
    assert kms.verify(KeyId=signing, Signature=signature, Message=MESSAGE, MessageType="RAW", **ALGORITHM)["SignatureValid"]


def test_kms_signature_of_something_else_is_refused(kms, signing):
    signature = kms.sign(KeyId=signing, Message=MESSAGE, **ALGORITHM)["Signature"]
    with refused("KMSInvalidSignatureException"):
        kms.verify(KeyId=signing, Signature=signature, Message=b"else", **ALGORITHM)


def test_kms_tampered_signature_is_refused(kms, signing):
    signature = bytearray(kms.sign(KeyId=signing, Message=MESSAGE, **ALGORITHM)["Signature"])
    signature[-1] ^= 1
    with refused("KMSInvalidSignatureException"):
        kms.verify(KeyId=signing, Signature=bytes(signature), Message=MESSAGE, **ALGORITHM)


def test_kms_sign_takes_4096_bytes(kms, signing):
    kms.sign(KeyId=signing, Message=b"x" * 4096, **ALGORITHM)
    with refused("ValidationException"):
        kms.sign(KeyId=signing, Message=b"x" * 4097, **ALGORITHM)


@pytest.mark.parametrize("length", [31, 33])
def test_kms_digest_has_32_bytes(kms, signing, length):
    with refused("ValidationException"):
        kms.sign(KeyId=signing, Message=b"x" * length, MessageType="DIGEST", **ALGORITHM)


def test_kms_algorithm_must_fit_the_curve(kms, signing):
    with refused("InvalidKeyUsageException"):
        kms.sign(KeyId=signing, Message=MESSAGE, SigningAlgorithm="RSASSA_PSS_SHA_256")


def test_kms_symmetric_key_does_not_sign(kms, key):
    with refused("InvalidKeyUsageException"):
        kms.sign(KeyId=key, **OF_DIGEST)


SEALING = {
    "encrypt": lambda kms, key, signing: kms.encrypt(KeyId=signing, Plaintext=b"x"),
    "decrypt": lambda kms, key, signing: kms.decrypt(CiphertextBlob=sealed_by(kms, key), KeyId=signing),
    "data key": lambda kms, key, signing: kms.generate_data_key(KeyId=signing, KeySpec="AES_256"),
    "re-encrypt": lambda kms, key, signing: kms.re_encrypt(CiphertextBlob=sealed_by(kms, key), DestinationKeyId=signing),
}


def sealed_by(kms, key):
    return kms.encrypt(KeyId=key, Plaintext=b"secret")["CiphertextBlob"]


@pytest.mark.parametrize("operation", SEALING)
def test_kms_signing_key_does_not_seal(kms, key, signing, operation):
    with refused("InvalidKeyUsageException"):
        SEALING[operation](kms, key, signing)


def test_kms_signing_key_does_not_rotate(kms, signing):
    with refused("UnsupportedOperationException"):
        kms.enable_key_rotation(KeyId=signing)


def test_kms_disabled_key_does_not_sign(kms, signing):
    kms.disable_key(KeyId=signing)
    with refused("DisabledException"):
        kms.sign(KeyId=signing, **OF_DIGEST)
