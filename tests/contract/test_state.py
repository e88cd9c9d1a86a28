"""What only our emulator does: it follows an injected clock, and it loses nothing when it is stopped or killed."""

import json
import signal
import threading
import time
from urllib.error import HTTPError

import pytest
from expectations import eventually, refused

import peers
from test_iam import ROLES, WORKER, A, assume
from test_s3 import fetch

pytestmark = pytest.mark.ours
DAY = 86_400_000
#: Refuses an address that was signed more than a minute ago, however long it says that it lasts.
FRESH_LINKS = {"Statement": [{
    "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::files/*",
    "Condition": {"NumericGreaterThan": {"s3:signatureAge": "60000"}},
}]}


@pytest.fixture
def ours(tmp_path):
    peer = peers.start_ours(tmp_path, roles=ROLES)
    yield peer
    peer.stop()


def fifo(sqs, name="q.fifo", **attributes):
    return sqs.create_queue(QueueName=name, Attributes={"FifoQueue": "true", **attributes})["QueueUrl"]


def test_state_deduplication_ends_after_five_minutes(ours):
    sqs = ours.client("sqs")
    queue = fifo(sqs)
    send = {"QueueUrl": queue, "MessageBody": "a", "MessageGroupId": "g", "MessageDeduplicationId": "d"}
    first = sqs.send_message(**send)["MessageId"]
    ours.shift(299_000)
    assert sqs.send_message(**send)["MessageId"] == first
    ours.shift(2_000)
    assert sqs.send_message(**send)["MessageId"] != first


def test_state_messages_end_with_their_retention(ours):
    sqs = ours.client("sqs")
    queue = sqs.create_queue(QueueName="q", Attributes={"MessageRetentionPeriod": "60"})["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    ours.shift(61_000)
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)


def test_state_moving_the_clock_ends_invisibility_and_wakes_long_polls(ours):
    sqs = ours.client("sqs")
    queue = sqs.create_queue(QueueName="q", Attributes={"VisibilityTimeout": "360"})["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    assert sqs.receive_message(QueueUrl=queue)["Messages"]
    timer = threading.Timer(0.3, ours.shift, [361_000])
    timer.start()
    assert sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20)["Messages"]
    timer.join()


def test_state_sessions_expire_by_the_clock(ours):
    got = assume(ours, A)
    client = ours.client("sts", got["AccessKeyId"], got["SecretAccessKey"], got["SessionToken"])
    client.get_caller_identity()
    ours.shift(3_601_000)
    with refused("ExpiredToken"):
        client.get_caller_identity()
    ours.as_role("sts", WORKER).get_caller_identity()


def test_state_expired_items_are_swept(ours):
    db = ours.client("dynamodb")
    db.create_table(
        TableName="rows", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
    )
    db.update_time_to_live(TableName="rows", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires_at"})
    now = int(time.time())
    for name, at in (("soon", now + 60), ("later", now + 7200)):
        db.put_item(TableName="rows", Item={"pk": {"S": name}, "expires_at": {"N": str(at)}})
    ours.shift(3_600_000)
    assert eventually(lambda: [i["pk"]["S"] for i in db.scan(TableName="rows")["Items"]] == ["later"])


def test_state_schedules_follow_the_clock_and_miss_once(ours):
    sqs, scheduler = ours.client("sqs"), ours.client("scheduler")
    queue = sqs.create_queue(QueueName="q")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    scheduler.create_schedule(
        Name="tick", ScheduleExpression="rate(1 minute)", FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": arn, "RoleArn": "arn:aws:iam::000000000000:role/unknown", "Input": "<aws.scheduler.attempt-number>"},
    )
    [first] = eventually(lambda: sqs.receive_message(QueueUrl=queue).get("Messages"))
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=first["ReceiptHandle"])
    ours.shift(600_000)
    [tick] = eventually(lambda: sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"))
    assert tick["Body"] == "1"


def test_state_refused_schedule_ends_in_its_dead_letter_queue(ours):
    sqs, scheduler = ours.client("sqs"), ours.client("scheduler")
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    scheduler.create_schedule(
        Name="tick", ScheduleExpression="rate(1 hour)", FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": "arn:aws:sqs:eu-central-1:000000000000:none", "RoleArn": "arn:aws:iam::000000000000:role/unknown", "Input": "x",
            "RetryPolicy": {"MaximumRetryAttempts": 0}, "DeadLetterConfig": {"Arn": "arn:aws:sqs:eu-central-1:000000000000:dead"},
        },
    )
    [letter] = eventually(lambda: sqs.receive_message(QueueUrl=dead, MessageAttributeNames=["All"]).get("Messages"))
    assert letter["Body"] == "x" and "ERROR_MESSAGE" in letter["MessageAttributes"]


def test_state_key_is_destroyed_after_its_window(ours):
    kms = ours.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    sealed = kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    ours.shift(7 * DAY + 1000)
    with refused("InvalidCiphertextException"):
        kms.decrypt(CiphertextBlob=sealed)
    with refused("NotFoundException"):
        kms.describe_key(KeyId=key)


def link_to_a_file(peer, seconds):
    admin = peer.client("s3")
    admin.create_bucket(Bucket="files", CreateBucketConfiguration={"LocationConstraint": peers.REGION})
    admin.put_object(Bucket="files", Key=f"{A}/f", Body=b"x")
    got = assume(peer, A)
    client = peer.client("s3", got["AccessKeyId"], got["SecretAccessKey"], got["SessionToken"])
    return client.generate_presigned_url("get_object", Params={"Bucket": "files", "Key": f"{A}/f"}, ExpiresIn=seconds)


def test_state_links_end_by_the_clock(ours):
    url = link_to_a_file(ours, 60)
    assert fetch(url).read() == b"x"
    ours.shift(62_000)
    with pytest.raises(HTTPError) as error:
        fetch(url)
    assert error.value.code == 403


def test_state_a_bucket_refuses_links_that_are_older_than_it_allows(ours):
    url = link_to_a_file(ours, 3600)
    ours.shift(62_000)
    assert fetch(url).read() == b"x"
    ours.client("s3").put_bucket_policy(Bucket="files", Policy=json.dumps(FRESH_LINKS))
    with pytest.raises(HTTPError) as error:
        fetch(url)
    assert error.value.code == 403
    ours.client("s3").delete_bucket_policy(Bucket="files")
    assert fetch(url).read() == b"x"


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_state_survives(tmp_path, how):
    first = peers.start_ours(tmp_path, data=tmp_path / "data")
    sqs, kms, s3, ses, db = (first.client(name) for name in ("sqs", "kms", "s3", "ses", "dynamodb"))
    queue = fifo(sqs, VisibilityTimeout="1")
    for body in "abc":
        sqs.send_message(QueueUrl=queue, MessageBody=body, MessageGroupId="g", MessageDeduplicationId=body)
    [held] = sqs.receive_message(QueueUrl=queue, VisibilityTimeout=2)["Messages"]
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/k", TargetKeyId=key)
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret", EncryptionContext={"t": "a"})["CiphertextBlob"]
    signing = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    digest = {"KeyId": signing, "Message": b"x" * 32, "MessageType": "DIGEST", "SigningAlgorithm": "ECDSA_SHA_256"}
    signature = kms.sign(**digest)["Signature"]
    s3.create_bucket(Bucket="files", CreateBucketConfiguration={"LocationConstraint": peers.REGION})
    s3.put_object(Bucket="files", Key="k", Body=b"bytes", Metadata={"m": "1"})
    upload = {"Bucket": "files", "Key": "parts"}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    part = {"PartNumber": 1, "ETag": s3.upload_part(**upload, PartNumber=1, Body=b"part")["ETag"]}
    s3.put_bucket_policy(Bucket="files", Policy=json.dumps(FRESH_LINKS))
    ses.verify_email_identity(EmailAddress="a@example.com")
    db.create_table(
        TableName="rows", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
    )
    db.put_item(TableName="rows", Item={"pk": {"S": "1"}})
    if how == "killed":
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    else:
        first.stop()

    second = peers.start_ours(tmp_path, data=tmp_path / "data")
    try:
        sqs, kms, s3, ses, db = (second.client(name) for name in ("sqs", "kms", "s3", "ses", "dynamodb"))
        queue = sqs.get_queue_url(QueueName="q.fifo")["QueueUrl"]
        again = sqs.send_message(QueueUrl=queue, MessageBody="a", MessageGroupId="g", MessageDeduplicationId="a")
        assert again["MessageId"] == held["MessageId"]
        got = eventually(lambda: sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=3, AttributeNames=["All"]).get("Messages"))
        assert [m["Body"] for m in got] == ["a", "b", "c"]
        assert got[0]["Attributes"]["ApproximateReceiveCount"] == "2"
        assert kms.decrypt(CiphertextBlob=sealed, KeyId="alias/k", EncryptionContext={"t": "a"})["Plaintext"] == b"secret"
        assert kms.verify(Signature=signature, **digest)["SignatureValid"]
        stored = s3.get_object(Bucket="files", Key="k")
        assert (stored["Body"].read(), stored["Metadata"]) == (b"bytes", {"m": "1"})
        assert [kept["PartNumber"] for kept in s3.list_parts(**upload)["Parts"]] == [1]
        s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [part]})
        assert s3.get_object(Bucket="files", Key="parts")["Body"].read() == b"part"
        assert json.loads(s3.get_bucket_policy(Bucket="files")["Policy"]) == FRESH_LINKS
        assert ses.list_identities()["Identities"] == ["a@example.com"]
        assert db.get_item(TableName="rows", Key={"pk": {"S": "1"}})["Item"]
    finally:
        second.stop()
