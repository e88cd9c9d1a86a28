"""Standard queues."""

import hashlib
import json
import time

import pytest
from expectations import eventually, refused

INVALID = ("InvalidParameterValue", "InvalidParameterValueException")


@pytest.fixture
def sqs(peer):
    return peer.client("sqs")


@pytest.fixture
def queue(sqs, unique):
    return sqs.create_queue(QueueName=unique)["QueueUrl"]


def receive(sqs, queue, **options):
    return sqs.receive_message(QueueUrl=queue, **options).get("Messages", [])


def count(sqs, queue, kind="ApproximateNumberOfMessages"):
    return int(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[kind])["Attributes"][kind])


def test_sqs_send_answers_id_and_md5(sqs, queue):
    sent = sqs.send_message(QueueUrl=queue, MessageBody="hä 😊")
    assert sent["MD5OfMessageBody"] == hashlib.md5("hä 😊".encode()).hexdigest()
    [got] = receive(sqs, queue)
    assert (got["MessageId"], got["Body"]) == (sent["MessageId"], "hä 😊")


def test_sqs_attributes_carry_md5_and_come_only_when_asked(sqs, queue):
    attributes = {
        "n": {"DataType": "Number", "StringValue": "7"},
        "b": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
        "s": {"DataType": "String.kind", "StringValue": "x"},
    }
    sent = sqs.send_message(QueueUrl=queue, MessageBody="a", MessageAttributes=attributes)
    assert len(sent["MD5OfMessageAttributes"]) == 32
    [got] = receive(sqs, queue, VisibilityTimeout=0)
    assert "MessageAttributes" not in got
    [got] = receive(sqs, queue, MessageAttributeNames=["All"], AttributeNames=["All"])
    assert got["MessageAttributes"]["b"]["BinaryValue"] == b"\x00\xff"
    assert got["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
    assert {"SentTimestamp", "ApproximateReceiveCount", "SenderId", "ApproximateFirstReceiveTimestamp"} <= set(got["Attributes"])


def test_sqs_received_message_is_invisible_until_its_timeout(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    assert len(receive(sqs, queue, VisibilityTimeout=2)) == 1
    assert receive(sqs, queue) == []
    assert count(sqs, queue, "ApproximateNumberOfMessagesNotVisible") == 1
    [again] = receive(sqs, queue, WaitTimeSeconds=5, AttributeNames=["ApproximateReceiveCount"])
    assert again["Attributes"]["ApproximateReceiveCount"] == "2"


def test_sqs_visibility_zero_on_receive_leaves_it_visible(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    assert len(receive(sqs, queue, VisibilityTimeout=0)) == 1
    assert len(receive(sqs, queue)) == 1


def test_sqs_change_visibility_to_zero_returns_it_at_once(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    [got] = receive(sqs, queue)
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=got["ReceiptHandle"], VisibilityTimeout=0)
    assert len(receive(sqs, queue)) == 1


def test_sqs_change_visibility_extends(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    [got] = receive(sqs, queue, VisibilityTimeout=2)
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=got["ReceiptHandle"], VisibilityTimeout=30)
    time.sleep(2.2)
    assert receive(sqs, queue) == []


def test_sqs_change_visibility_beyond_12_hours_is_refused(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    [got] = receive(sqs, queue)
    with refused(*INVALID):
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=got["ReceiptHandle"], VisibilityTimeout=43201)


def test_sqs_change_visibility_of_a_visible_message_is_refused(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    [got] = receive(sqs, queue, VisibilityTimeout=0)
    with refused("MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight", *INVALID):
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=got["ReceiptHandle"], VisibilityTimeout=10)


def test_sqs_deleted_message_never_comes_back(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    [got] = receive(sqs, queue, VisibilityTimeout=2)
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=got["ReceiptHandle"])
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=got["ReceiptHandle"])
    time.sleep(2.2)
    assert receive(sqs, queue) == []


def test_sqs_garbage_receipt_handle_is_refused(sqs, queue):
    with refused("ReceiptHandleIsInvalid"):
        sqs.delete_message(QueueUrl=queue, ReceiptHandle="garbage")


def test_sqs_delay_per_message_and_its_count(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="later", DelaySeconds=2)
    assert receive(sqs, queue) == []
    assert count(sqs, queue, "ApproximateNumberOfMessagesDelayed") == 1
    assert len(receive(sqs, queue, WaitTimeSeconds=5)) == 1


def test_sqs_delay_of_the_queue(sqs, unique):
    queue = sqs.create_queue(QueueName=unique, Attributes={"DelaySeconds": "2"})["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="later")
    sqs.send_message(QueueUrl=queue, MessageBody="now", DelaySeconds=0)
    assert [m["Body"] for m in receive(sqs, queue, MaxNumberOfMessages=10)] == ["now"]
    assert [m["Body"] for m in receive(sqs, queue, WaitTimeSeconds=5)] == ["later"]


@pytest.mark.parametrize("seconds", [901, -1])
def test_sqs_delay_out_of_range_is_refused(sqs, queue, seconds):
    with refused(*INVALID):
        sqs.send_message(QueueUrl=queue, MessageBody="a", DelaySeconds=seconds)


def test_sqs_long_poll_waits_and_ends_empty(sqs, queue):
    started = time.monotonic()
    assert receive(sqs, queue, WaitTimeSeconds=1) == []
    assert 0.9 <= time.monotonic() - started < 5


def test_sqs_long_poll_wakes_for_a_message_that_becomes_visible(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a", DelaySeconds=2)
    started = time.monotonic()
    assert len(receive(sqs, queue, WaitTimeSeconds=10)) == 1
    assert time.monotonic() - started < 8


def test_sqs_wait_of_the_queue_is_the_default(sqs, unique):
    queue = sqs.create_queue(QueueName=unique, Attributes={"ReceiveMessageWaitTimeSeconds": "1"})["QueueUrl"]
    started = time.monotonic()
    assert receive(sqs, queue) == []
    assert time.monotonic() - started >= 0.9


@pytest.mark.parametrize("option", [{"MaxNumberOfMessages": 0}, {"MaxNumberOfMessages": 11}, {"WaitTimeSeconds": 21}, {"VisibilityTimeout": 43201}], ids=lambda o: "{}={}".format(*next(iter(o.items()))))
def test_sqs_receive_options_out_of_range_are_refused(sqs, queue, option):
    with refused("ReadCountOutOfRange", *INVALID):
        sqs.receive_message(QueueUrl=queue, **option)


def test_sqs_receive_answers_at_most_what_is_asked(sqs, queue):
    entries = [{"Id": str(i), "MessageBody": str(i)} for i in range(10)]
    sqs.send_message_batch(QueueUrl=queue, Entries=entries)
    assert len(receive(sqs, queue)) == 1
    assert len(receive(sqs, queue, MaxNumberOfMessages=5)) <= 5


def test_sqs_batch_of_eleven_is_refused_whole(sqs, queue):
    entries = [{"Id": str(i), "MessageBody": str(i)} for i in range(11)]
    with refused("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", "TooManyEntriesInBatchRequest"):
        sqs.send_message_batch(QueueUrl=queue, Entries=entries)
    assert count(sqs, queue) == 0


def test_sqs_empty_batch_is_refused(sqs, queue):
    with refused("AWS.SimpleQueueService.EmptyBatchRequest", "EmptyBatchRequest"):
        sqs.send_message_batch(QueueUrl=queue, Entries=[])


def test_sqs_batch_ids_must_differ(sqs, queue):
    with refused("AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "BatchEntryIdsNotDistinct"):
        sqs.send_message_batch(QueueUrl=queue, Entries=[{"Id": "1", "MessageBody": "a"}] * 2)


def test_sqs_batch_id_form_is_checked(sqs, queue):
    with refused("AWS.SimpleQueueService.InvalidBatchEntryId", "InvalidBatchEntryId"):
        sqs.send_message_batch(QueueUrl=queue, Entries=[{"Id": "not ok!", "MessageBody": "a"}])


def test_sqs_batch_answers_each_entry(sqs, queue):
    entries = [{"Id": "good", "MessageBody": "a"}, {"Id": "bad", "MessageBody": "a", "DelaySeconds": 901}]
    answer = sqs.send_message_batch(QueueUrl=queue, Entries=entries)
    assert [e["Id"] for e in answer["Successful"]] == ["good"]
    assert [(e["Id"], e["SenderFault"]) for e in answer["Failed"]] == [("bad", True)]


def test_sqs_delete_batch_answers_each_entry(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    [got] = receive(sqs, queue)
    entries = [{"Id": "good", "ReceiptHandle": got["ReceiptHandle"]}, {"Id": "bad", "ReceiptHandle": "garbage"}]
    answer = sqs.delete_message_batch(QueueUrl=queue, Entries=entries)
    assert [e["Id"] for e in answer["Successful"]] == ["good"]
    assert [(e["Id"], e["Code"]) for e in answer["Failed"]] == [("bad", "ReceiptHandleIsInvalid")]


def test_sqs_one_mebibyte_is_the_limit(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a" * 1_048_576)
    with refused(*INVALID):
        sqs.send_message(QueueUrl=queue, MessageBody="a" * 1_048_577)


def test_sqs_attributes_count_towards_the_limit(sqs, queue):
    attribute = {"name": {"DataType": "String", "StringValue": "v"}}
    with refused(*INVALID):
        sqs.send_message(QueueUrl=queue, MessageBody="a" * 1_048_570, MessageAttributes=attribute)


def test_sqs_batch_is_limited_as_a_whole(sqs, queue):
    entries = [{"Id": str(i), "MessageBody": "a" * 600_000} for i in range(2)]
    with refused("AWS.SimpleQueueService.BatchRequestTooLong", "BatchRequestTooLong"):
        sqs.send_message_batch(QueueUrl=queue, Entries=entries)


def test_sqs_control_characters_are_refused(sqs, queue):
    with refused("InvalidMessageContents"):
        sqs.send_message(QueueUrl=queue, MessageBody="a\x01b")


def test_sqs_empty_body_is_refused(sqs, queue):
    with refused("MissingParameter", *INVALID):
        sqs.send_message(QueueUrl=queue, MessageBody="")


def test_sqs_deduplication_id_does_not_fit_a_standard_queue(sqs, queue):
    with refused(*INVALID):
        sqs.send_message(QueueUrl=queue, MessageBody="a", MessageDeduplicationId="x")


def test_sqs_missing_queue_has_the_old_and_the_new_code(sqs, peer):
    with refused("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist") as error:
        sqs.get_queue_url(QueueName="no-such-queue")
    assert error.status == 400
    with pytest.raises(sqs.exceptions.QueueDoesNotExist):
        sqs.send_message(QueueUrl=f"{peer.endpoint}/000000000000/no-such-queue", MessageBody="a")


def test_sqs_create_is_idempotent_for_equal_attributes_only(sqs, unique):
    first = sqs.create_queue(QueueName=unique, Attributes={"VisibilityTimeout": "60"})["QueueUrl"]
    assert sqs.create_queue(QueueName=unique, Attributes={"VisibilityTimeout": "60"})["QueueUrl"] == first
    with refused("QueueAlreadyExists", "QueueNameExists"):
        sqs.create_queue(QueueName=unique, Attributes={"VisibilityTimeout": "61"})


@pytest.mark.parametrize("name", ["with space", "x" * 81, "dots.are.bad"], ids=["space", "long", "dots"])
def test_sqs_queue_names_are_checked(sqs, name):
    with refused(*INVALID):
        sqs.create_queue(QueueName=name)


@pytest.mark.parametrize("attribute", [("VisibilityTimeout", "43201"), ("DelaySeconds", "901"), ("MessageRetentionPeriod", "59")], ids=lambda a: a[0])
def test_sqs_attribute_values_are_checked(sqs, unique, attribute):
    with refused("InvalidAttributeValue", *INVALID):
        sqs.create_queue(QueueName=unique, Attributes=dict([attribute]))


def test_sqs_unknown_attribute_is_refused(sqs, queue):
    with refused("InvalidAttributeName"):
        sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Nonsense"])


def test_sqs_attributes_have_their_defaults(sqs, queue):
    got = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    wanted = {"VisibilityTimeout": "30", "DelaySeconds": "0", "MessageRetentionPeriod": "345600", "ReceiveMessageWaitTimeSeconds": "0"}
    assert wanted.items() <= got.items()
    assert got["QueueArn"].startswith("arn:aws:sqs:eu-central-1:")


def test_sqs_maximum_message_size_defaults_to_one_mebibyte(sqs, queue):
    got = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["MaximumMessageSize"])["Attributes"]
    assert got["MaximumMessageSize"] == "1048576"


def test_sqs_dead_letters_after_too_many_receives(sqs, unique):
    dead = sqs.create_queue(QueueName=f"{unique}-dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 2})
    queue = sqs.create_queue(QueueName=unique, Attributes={"RedrivePolicy": policy})["QueueUrl"]
    sent = sqs.send_message(QueueUrl=queue, MessageBody="a")
    for _ in range(2):
        assert len(receive(sqs, queue, VisibilityTimeout=0)) == 1
    assert receive(sqs, queue, VisibilityTimeout=0) == []
    [letter] = eventually(lambda: receive(sqs, dead))
    assert letter["MessageId"] == sent["MessageId"]
    assert count(sqs, queue) == 0


def test_sqs_dead_letter_target_must_exist(sqs, unique):
    policy = json.dumps({"deadLetterTargetArn": f"arn:aws:sqs:eu-central-1:000000000000:{unique}-none", "maxReceiveCount": 2})
    with refused("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "InvalidAttributeValue", *INVALID):
        sqs.create_queue(QueueName=unique, Attributes={"RedrivePolicy": policy})


def test_sqs_purge_empties_and_a_second_purge_is_refused(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="a")
    sqs.purge_queue(QueueUrl=queue)
    assert eventually(lambda: count(sqs, queue) == 0)
    with refused("AWS.SimpleQueueService.PurgeQueueInProgress", "PurgeQueueInProgress"):
        sqs.purge_queue(QueueUrl=queue)


def test_sqs_list_by_prefix(sqs, unique, queue):
    assert sqs.list_queues(QueueNamePrefix=unique)["QueueUrls"] == [queue]
    assert not sqs.list_queues(QueueNamePrefix=f"{unique}-none").get("QueueUrls")


def test_sqs_deleted_queue_is_gone(sqs, queue):
    sqs.delete_queue(QueueUrl=queue)
    with refused("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"):
        sqs.send_message(QueueUrl=queue, MessageBody="a")


def test_sqs_redrive_policy_needs_both_members(sqs, unique):
    with refused("InvalidAttributeValue", *INVALID):
        sqs.create_queue(QueueName=unique, Attributes={"RedrivePolicy": json.dumps({"maxReceiveCount": 3})})


def test_sqs_attributes_can_be_changed(sqs, queue):
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "77"})
    got = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    assert got == {"VisibilityTimeout": "77"}


def test_sqs_trace_header_travels_with_the_message(sqs, queue):
    header = {"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5759e988-bd862e3fe1be46a994272793"}}
    sqs.send_message(QueueUrl=queue, MessageBody="a", MessageSystemAttributes=header)
    [got] = receive(sqs, queue, AttributeNames=["AWSTraceHeader"])
    assert got["Attributes"] == {"AWSTraceHeader": "Root=1-5759e988-bd862e3fe1be46a994272793"}


def test_sqs_group_on_a_standard_queue_is_for_fairness_only(sqs, queue):
    for body in "ab":
        sqs.send_message(QueueUrl=queue, MessageBody=body, MessageGroupId="g")
    assert len(receive(sqs, queue)) == 1 and len(receive(sqs, queue)) == 1
