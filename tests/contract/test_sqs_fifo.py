"""FIFO queues."""

import json
import time

import pytest
from expectations import refused

INVALID = ("InvalidParameterValue", "InvalidParameterValueException")


@pytest.fixture
def sqs(peer):
    return peer.client("sqs")


@pytest.fixture
def queue(sqs, unique):
    return sqs.create_queue(QueueName=f"{unique}.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]


def send(sqs, queue, body, group="g", dedup=None, **more):
    return sqs.send_message(QueueUrl=queue, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=dedup or body, **more)


def receive(sqs, queue, **options):
    options.setdefault("MaxNumberOfMessages", 10)
    return sqs.receive_message(QueueUrl=queue, AttributeNames=["All"], **options).get("Messages", [])


def bodies(messages):
    return [message["Body"] for message in messages]


def test_fifo_keeps_order_within_a_group(sqs, queue):
    for body in "abcde":
        send(sqs, queue, body)
    assert bodies(receive(sqs, queue)) == list("abcde")


def test_fifo_group_is_locked_while_a_message_is_in_flight(sqs, queue):
    send(sqs, queue, "a1", "a")
    send(sqs, queue, "a2", "a")
    send(sqs, queue, "b1", "b")
    assert bodies(receive(sqs, queue, MaxNumberOfMessages=1)) == ["a1"]
    assert bodies(receive(sqs, queue)) == ["b1"]
    assert receive(sqs, queue) == []


def test_fifo_deleting_opens_the_group(sqs, queue):
    send(sqs, queue, "a1")
    send(sqs, queue, "a2")
    [first] = receive(sqs, queue, MaxNumberOfMessages=1)
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=first["ReceiptHandle"])
    assert bodies(receive(sqs, queue)) == ["a2"]


def test_fifo_failed_message_comes_back_first(sqs, queue):
    send(sqs, queue, "a1")
    send(sqs, queue, "a2")
    [first] = receive(sqs, queue, MaxNumberOfMessages=1, VisibilityTimeout=2)
    assert bodies(receive(sqs, queue, WaitTimeSeconds=6)) == ["a1", "a2"]
    assert first["Body"] == "a1"


def test_fifo_visibility_zero_returns_the_group_at_once(sqs, queue):
    send(sqs, queue, "a1")
    [first] = receive(sqs, queue)
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=first["ReceiptHandle"], VisibilityTimeout=0)
    assert bodies(receive(sqs, queue)) == ["a1"]


def test_fifo_attributes_are_told(sqs, queue):
    sent = send(sqs, queue, "a", "group-7", "dedup-7")
    [got] = receive(sqs, queue)
    attributes = got["Attributes"]
    assert attributes["MessageGroupId"] == "group-7"
    assert attributes["MessageDeduplicationId"] == "dedup-7"
    assert attributes["SequenceNumber"] == sent["SequenceNumber"]


def test_fifo_sequence_numbers_grow(sqs, queue):
    numbers = [int(send(sqs, queue, str(i), str(i % 2))["SequenceNumber"]) for i in range(12)]
    assert numbers == sorted(set(numbers))


def test_fifo_duplicate_is_accepted_once(sqs, queue):
    first = send(sqs, queue, "a", dedup="same")
    second = send(sqs, queue, "b", dedup="same")
    assert second["MessageId"] == first["MessageId"]
    assert bodies(receive(sqs, queue)) == ["a"]


def test_fifo_duplicate_of_a_deleted_message_is_still_one(sqs, queue):
    send(sqs, queue, "a", dedup="same")
    [got] = receive(sqs, queue)
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=got["ReceiptHandle"])
    send(sqs, queue, "a", dedup="same")
    assert receive(sqs, queue) == []


def test_fifo_deduplication_spans_groups(sqs, queue):
    send(sqs, queue, "a", "one", "same")
    send(sqs, queue, "b", "two", "same")
    assert bodies(receive(sqs, queue)) == ["a"]


def test_fifo_deduplication_per_group_when_asked(sqs, unique):
    attributes = {"FifoQueue": "true", "DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}
    queue = sqs.create_queue(QueueName=f"{unique}.fifo", Attributes=attributes)["QueueUrl"]
    send(sqs, queue, "a", "one", "same")
    send(sqs, queue, "b", "two", "same")
    assert sorted(bodies(receive(sqs, queue))) == ["a", "b"]


def test_fifo_content_based_deduplication(sqs, unique):
    attributes = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    queue = sqs.create_queue(QueueName=f"{unique}.fifo", Attributes=attributes)["QueueUrl"]
    for body in ("a", "a", "b"):
        sqs.send_message(QueueUrl=queue, MessageBody=body, MessageGroupId="g")
    assert bodies(receive(sqs, queue)) == ["a", "b"]


def test_fifo_group_is_needed(sqs, queue):
    with refused("MissingParameter"):
        sqs.send_message(QueueUrl=queue, MessageBody="a", MessageDeduplicationId="x")


def test_fifo_deduplication_id_is_needed(sqs, queue):
    with refused(*INVALID):
        sqs.send_message(QueueUrl=queue, MessageBody="a", MessageGroupId="g")


def test_fifo_delay_per_message_is_refused(sqs, queue):
    with refused(*INVALID):
        send(sqs, queue, "a", DelaySeconds=5)


def test_fifo_delay_of_the_queue_holds(sqs, unique):
    attributes = {"FifoQueue": "true", "DelaySeconds": "2"}
    queue = sqs.create_queue(QueueName=f"{unique}.fifo", Attributes=attributes)["QueueUrl"]
    send(sqs, queue, "a")
    assert receive(sqs, queue) == []
    assert bodies(receive(sqs, queue, WaitTimeSeconds=6)) == ["a"]


def test_fifo_name_must_end_with_fifo(sqs, unique):
    with refused(*INVALID):
        sqs.create_queue(QueueName=unique, Attributes={"FifoQueue": "true"})


def test_fifo_suffix_needs_the_attribute(sqs, unique):
    with refused(*INVALID):
        sqs.create_queue(QueueName=f"{unique}.fifo")


def test_fifo_expired_receipt_handle_does_not_delete(sqs, queue):
    send(sqs, queue, "a")
    [got] = receive(sqs, queue, VisibilityTimeout=2)
    time.sleep(2.2)
    with refused(*INVALID):
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=got["ReceiptHandle"])
    assert bodies(receive(sqs, queue)) == ["a"]


@pytest.fixture
def with_dead_letters(sqs, unique):
    dead = sqs.create_queue(QueueName=f"{unique}-dead.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})
    queue = sqs.create_queue(QueueName=f"{unique}.fifo", Attributes={"FifoQueue": "true", "RedrivePolicy": policy})["QueueUrl"]
    return queue, dead


def test_fifo_dead_letter_lets_the_group_go_on(sqs, with_dead_letters):
    queue, dead = with_dead_letters
    send(sqs, queue, "poison")
    send(sqs, queue, "next")
    assert bodies(receive(sqs, queue, MaxNumberOfMessages=1, VisibilityTimeout=0)) == ["poison"]
    assert bodies(receive(sqs, queue, WaitTimeSeconds=2)) == ["next"]
    [letter] = receive(sqs, dead, WaitTimeSeconds=2)
    assert letter["Body"] == "poison" and letter["Attributes"]["MessageGroupId"] == "g"


def test_fifo_dead_letters_keep_their_order(sqs, with_dead_letters):
    queue, dead = with_dead_letters
    for body in "abc":
        send(sqs, queue, body)
    receive(sqs, queue, VisibilityTimeout=0)
    receive(sqs, queue, VisibilityTimeout=0)
    assert bodies(receive(sqs, dead, WaitTimeSeconds=2)) == list("abc")


def test_fifo_dead_letter_queue_must_be_fifo(sqs, unique):
    dead = sqs.create_queue(QueueName=f"{unique}-dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})
    with refused(*INVALID):
        sqs.create_queue(QueueName=f"{unique}.fifo", Attributes={"FifoQueue": "true", "RedrivePolicy": policy})


def test_fifo_batch_keeps_order_and_deduplicates(sqs, queue):
    entries = [{"Id": str(i), "MessageBody": str(i), "MessageGroupId": "g", "MessageDeduplicationId": str(i % 3)} for i in range(4)]
    answer = sqs.send_message_batch(QueueUrl=queue, Entries=entries)
    assert len(answer["Successful"]) == 4
    assert bodies(receive(sqs, queue)) == ["0", "1", "2"]
