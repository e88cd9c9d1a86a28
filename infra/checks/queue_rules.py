"""Queues, their dead letters and the schedule."""

import re

from facts import as_list, role_of, statements


def queue_sources(app):
    """Partial batch answers, a dead-letter queue behind it, and a visibility that outlives six attempts' time."""
    problems, queues = [], app.queues()
    for stack, logical, function in app.functions():
        for name, event in function.get("Events", {}).items():
            if event["Type"] != "SQS":
                continue
            where, source = f"{stack.name}/{logical}/{name}", event["Properties"]
            if source.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
                problems.append(f"{where}: no ReportBatchItemFailures")
            if source.get("Queue") not in queues:
                problems.append(f"{where}: {source.get('Queue')} is not the ARN of a queue of ours")
                continue
            _, queue = queues[source["Queue"]]
            if "RedrivePolicy" not in queue:
                problems.append(f"{where}: its queue has no dead-letter queue")
            if queue.get("VisibilityTimeout", 30) < 6 * function["Timeout"]:
                problems.append(f"{where}: visibility {queue.get('VisibilityTimeout', 30)} s is below six time-outs")
            if queue.get("FifoQueue") and "MaximumBatchingWindowInSeconds" in source:
                problems.append(f"{where}: a FIFO source takes no batch window")
            if queue.get("FifoQueue") and source.get("BatchSize", 10) > 10:
                problems.append(f"{where}: a FIFO batch holds at most 10")
            if not 2 <= source.get("ScalingConfig", {}).get("MaximumConcurrency", 0) <= 1000:
                problems.append(f"{where}: MaximumConcurrency must be 2 to 1000")
            role = role_of(app, function)
            granted = {
                action
                for statement in statements(role[2]["Policies"][0]["PolicyDocument"])
                if source["Queue"] in as_list(statement["Resource"])
                for action in as_list(statement["Action"])
            } if role else set()
            for action in ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"):
                if action not in granted:
                    problems.append(f"{where}: its role lacks {action}")
    return problems


_DAY = 86400
# Here lies what somebody wrote, as it came: an erasure does not reach it, and its certificate counts these days.
_WRITTEN = ("inbound-dlq.fifo", "drain-dlq.fifo", "alerts-dlq.fifo")


def queue_shape(app):
    """Every queue is a dead-letter queue or has one, of its own kind, by ARN, kept 14 days, or four with words in it, encrypted."""
    problems, queues = [], app.queues()
    targets = {}
    for arn, (logical, queue) in queues.items():
        name = queue["QueueName"]
        if queue.get("FifoQueue", False) != name.endswith(".fifo"):
            problems.append(f"{logical}: FifoQueue and the name {name} disagree")
        if queue.get("SqsManagedSseEnabled") is not True:
            problems.append(f"{logical}: not encrypted")
        redrive = queue.get("RedrivePolicy")
        if redrive is None:
            continue
        target = redrive.get("deadLetterTargetArn")
        if not isinstance(redrive.get("maxReceiveCount"), int) or not 1 <= redrive["maxReceiveCount"] <= 1000:
            problems.append(f"{logical}: maxReceiveCount must be a number from 1 to 1000")
        if target not in queues:
            problems.append(f"{logical}: dead-letter target {target} is not the ARN of a queue of ours")
            continue
        targets.setdefault(target, []).append(arn)
        dead = queues[target][1]
        if dead.get("FifoQueue", False) != queue.get("FifoQueue", False):
            problems.append(f"{logical}: its dead-letter queue is not of the same kind (FIFO or standard)")
        days = 4 if dead["QueueName"].endswith(_WRITTEN) else 14
        if dead.get("MessageRetentionPeriod") != days * _DAY:
            problems.append(f"{logical}: its dead-letter queue does not keep {days} days")
    dead_by_schedule = {
        event["Properties"].get("DeadLetterConfig", {}).get("Arn")
        for _, _, function in app.functions()
        for event in function.get("Events", {}).values()
        if event["Type"] in ("Schedule", "ScheduleV2")
    }
    for arn, (logical, queue) in queues.items():
        if "RedrivePolicy" not in queue and arn not in targets and arn not in dead_by_schedule:
            problems.append(f"{logical}: neither a dead-letter queue nor with one")
        allowed = queue.get("RedriveAllowPolicy")
        if arn in targets and (
            not allowed
            or allowed.get("redrivePermission") != "byQueue"
            or sorted(allowed.get("sourceQueueArns", [])) != sorted(targets[arn])
        ):
            problems.append(f"{logical}: RedriveAllowPolicy must name exactly its sources")
    return problems


_RATE = re.compile(r"rate\((\d+) (minute|hour|day)(s?)\)")
_CRON = re.compile(r"cron\((\S+ ){5}\S+\)")


def schedules(app):
    """`rate(1 days)` and `rate(5 minute)` are refused by AWS only at deployment."""
    problems = []
    for stack, logical, function in app.functions():
        for name, event in function.get("Events", {}).items():
            if event["Type"] not in ("Schedule", "ScheduleV2"):
                continue
            where = f"{stack.name}/{logical}/{name}"
            expression = event["Properties"].get("ScheduleExpression", event["Properties"].get("Schedule", ""))
            rate = _RATE.fullmatch(expression)
            if not (_CRON.fullmatch(expression) or rate and int(rate[1]) > 0 and (rate[1] == "1") == (rate[3] == "")):
                problems.append(f"{where}: {expression!r} is not a schedule")
            if event["Properties"].get("DeadLetterConfig", {}).get("Arn") not in app.queues():
                problems.append(f"{where}: no dead-letter queue by ARN")
    return problems
