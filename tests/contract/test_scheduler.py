"""EventBridge Scheduler."""

import contextlib
import datetime
import json

import pytest
from expectations import eventually, refused

ROLE = "arn:aws:iam::000000000000:role/scheduler"


@pytest.fixture
def scheduler(peer):
    return peer.client("scheduler")


@pytest.fixture
def queue(peer, unique):
    sqs = peer.client("sqs")
    url = sqs.create_queue(QueueName=unique)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return sqs, url, arn


def create(scheduler, name, arn="arn:aws:sqs:eu-central-1:000000000000:any", expression="rate(1 hour)", **more):
    target = {"Arn": arn, "RoleArn": ROLE, **more.pop("target", {})}
    return scheduler.create_schedule(
        Name=name, ScheduleExpression=expression, FlexibleTimeWindow={"Mode": "OFF"}, Target=target, **more,
    )["ScheduleArn"]


def test_scheduler_schedule_is_told_as_made(scheduler, unique):
    arn = create(scheduler, unique)
    got = scheduler.get_schedule(Name=unique)
    assert (got["Arn"], got["State"], got["ScheduleExpression"], got["GroupName"]) == (arn, "ENABLED", "rate(1 hour)", "default")
    assert arn.endswith(f":schedule/default/{unique}")


def test_scheduler_second_schedule_of_a_name_is_refused(scheduler, unique):
    create(scheduler, unique)
    with refused("ConflictException"):
        create(scheduler, unique)


def test_scheduler_deleted_schedule_is_gone(scheduler, unique):
    create(scheduler, unique)
    scheduler.delete_schedule(Name=unique)
    with refused("ResourceNotFoundException"):
        scheduler.get_schedule(Name=unique)
    with refused("ResourceNotFoundException"):
        scheduler.delete_schedule(Name=unique)


def test_scheduler_update_replaces(scheduler, unique):
    create(scheduler, unique)
    scheduler.update_schedule(
        Name=unique, ScheduleExpression="cron(0 12 * * ? *)", FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": "arn:aws:sqs:eu-central-1:000000000000:any", "RoleArn": ROLE}, State="DISABLED",
    )
    got = scheduler.get_schedule(Name=unique)
    assert (got["ScheduleExpression"], got["State"]) == ("cron(0 12 * * ? *)", "DISABLED")


def test_scheduler_lists_by_prefix(scheduler, unique):
    create(scheduler, f"{unique}-a")
    assert [s["Name"] for s in scheduler.list_schedules(NamePrefix=f"{unique}-")["Schedules"]] == [f"{unique}-a"]


@pytest.mark.parametrize("expression", ["rate(0 minutes)", "rate(5 fortnights)", "cron(61 * * * ? *)", "tomorrow"])
def test_scheduler_bad_expressions_are_refused(scheduler, unique, expression):
    try:
        with refused("ValidationException"):
            create(scheduler, unique, expression=expression)
    finally:
        # A peer that took it must not keep it: ministack's clock stumbles over it and fires nothing behind it any more.
        with contextlib.suppress(scheduler.exceptions.ResourceNotFoundException):
            scheduler.delete_schedule(Name=unique)


def test_scheduler_flexible_window_needs_its_length(scheduler, unique):
    with refused("ValidationException"):
        scheduler.create_schedule(
            Name=unique, ScheduleExpression="rate(1 hour)", FlexibleTimeWindow={"Mode": "FLEXIBLE"},
            Target={"Arn": "arn:aws:sqs:eu-central-1:000000000000:any", "RoleArn": ROLE},
        )


def test_scheduler_at_fires_once_with_its_input(scheduler, queue, unique):
    sqs, url, arn = queue
    # A busy machine takes its time to create it, and a moment that has passed fires nothing.
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=6)
    create(scheduler, unique, arn, f"at({at:%Y-%m-%dT%H:%M:%S})", target={"Input": json.dumps({"n": 1})})
    got = eventually(lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=2).get("Messages"), seconds=45)
    assert [json.loads(m["Body"]) for m in got or []] == [{"n": 1}]


def test_scheduler_rate_starts_at_once(scheduler, queue, unique):
    sqs, url, arn = queue
    create(scheduler, unique, arn, "rate(1 minute)", target={"Input": "tick"})
    got = eventually(lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=2).get("Messages"), seconds=8)
    assert [m["Body"] for m in got or []] == ["tick"]
    scheduler.delete_schedule(Name=unique)
