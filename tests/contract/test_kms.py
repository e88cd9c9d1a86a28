"""KMS: encryption context, states, limits."""

import pytest
from expectations import refused


@pytest.fixture
def kms(peer):
    return peer.client("kms")


@pytest.fixture
def key(kms):
    return kms.create_key(Description="contract")["KeyMetadata"]["KeyId"]


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
