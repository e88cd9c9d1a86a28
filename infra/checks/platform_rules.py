"""Tables, the catalogue of functions, the edge and the alarms."""

import re
from pathlib import Path

from facts import FUNCTIONS_TABLE
from templates import ROOT


_BASE = [("pk", "HASH"), ("sk", "RANGE")]
TABLES = {
    "TenantTable": {"recovery": 35, "indexes": {"lists": ([("lpk", "HASH"), ("lsk", "RANGE")], "ALL")}, "ttl": "expires_at"},
    "RoutingTable": {"recovery": 35, "indexes": {}, "ttl": None},
    "WorkTable": {"recovery": None, "indexes": {"due": ([("dpk", "HASH"), ("dsk", "RANGE")], "KEYS_ONLY")}, "ttl": "expires_at"},
    "KeysTable": {"recovery": 7, "indexes": {}, "ttl": None},
    "AuditTable": {"recovery": 35, "indexes": {}, "ttl": "expires_at"},
}


def tables(app):
    """The five tables, their keys, indexes, recovery windows and protection."""
    problems, seen = [], set()

    def keys(schema):
        return [(key["AttributeName"], key["KeyType"]) for key in schema]

    for stack, logical, table in app.each("AWS::DynamoDB::Table"):
        seen.add(logical)
        wanted = TABLES.get(logical)
        if wanted is None:
            problems.append(f"{logical}: not a table of ours")
            continue
        recovery = table.get("PointInTimeRecoverySpecification", {})
        days = recovery.get("RecoveryPeriodInDays", 35) if recovery.get("PointInTimeRecoveryEnabled") else None
        checks = {
            "keys": keys(table["KeySchema"]) == _BASE,
            "recovery": days == wanted["recovery"],
            "ttl": table.get("TimeToLiveSpecification", {}).get("AttributeName") == wanted["ttl"],
            "indexes": {
                i["IndexName"]: (keys(i["KeySchema"]), i["Projection"]["ProjectionType"])
                for i in table.get("GlobalSecondaryIndexes", [])
            }
            == wanted["indexes"],
            "on demand": table.get("BillingMode") == "PAY_PER_REQUEST",
            "encryption": table.get("SSESpecification") == {"SSEEnabled": True},
            "deletion protection": table.get("DeletionProtectionEnabled") is (app.stage != "dev"),
            "retention": stack.template["Resources"][logical].get("DeletionPolicy") == "RetainExceptOnCreate"
            and stack.template["Resources"][logical].get("UpdateReplacePolicy") == "Retain",
        }
        problems += [f"{logical}: {name}" for name, holds in checks.items() if not holds]
    return problems + [f"{name}: missing" for name in TABLES if name not in seen]


def catalogue(app):
    """What the templates deploy: handler -> (trigger, memory, time-out)."""
    found, queues = {}, app.queues()
    for _, _, function in app.functions():
        event = next(iter(function.get("Events", {}).values()), {"Type": None, "Properties": {}})
        properties = event["Properties"]
        if event["Type"] is None:
            trigger = "direct"
        elif event["Type"] == "HttpApi":
            trigger = f"{properties['Method'].upper()} {properties['Path']}"
        elif event["Type"] == "SQS":
            queue = queues.get(properties["Queue"], (None, {"QueueName": "?"}))[1]["QueueName"]
            trigger = f"queue {queue.removeprefix(app.prefix + '-')}, batch {properties['BatchSize']}"
        else:
            trigger = f"schedule {properties['ScheduleExpression']}"
        found[function["Handler"]] = (trigger, function["MemorySize"], function["Timeout"])
    return found


def documented(text=None):
    """The functions table as people read it."""
    rows = {}
    for line in (text or FUNCTIONS_TABLE.read_text(encoding="utf-8")).splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 5 and re.fullmatch(r"[a-z-]+\.[a-z-]+", cells[0]):
            rows[cells[0]] = (cells[1], int(cells[2]), int(cells[3]))
    return rows


def same_functions(app, table):
    """Templates and functions table name the same set with the same settings."""
    deployed = catalogue(app)
    problems = [f"{handler}: deployed but not in the table" for handler in deployed if handler not in table]
    problems += [f"{handler}: in the table but not deployed" for handler in table if handler not in deployed]
    problems += [
        f"{handler}: the table says {table[handler]}, the template {deployed[handler]}"
        for handler in deployed
        if handler in table and table[handler] != deployed[handler]
    ]
    return problems


def crate_folders(app, folders):
    """Every function crate is deployed, and every deployed function has its crate."""
    deployed = {function["Handler"].split(".")[0] for _, _, function in app.functions()}
    return [f"functions/{name} is not deployed" for name in sorted(set(folders) - deployed)] + [
        f"{name} has no functions/{name}" for name in sorted(deployed - set(folders))
    ]


def function_folders(root=ROOT):
    return [path.parent.name for path in Path(root).glob("functions/*/Cargo.toml")]


def edge_paths(app):
    """Every route but the webhooks is reached through the one origin, at the API that serves it."""
    problems = []
    (edge,) = [properties for _, _, properties in app.each("AWS::CloudFront::Distribution")]
    config = edge["DistributionConfig"]
    behaviours = config.get("CacheBehaviors", [])
    origins = {origin["Id"]: origin["DomainName"] for origin in config["Origins"]}
    for stack, logical, function in app.functions():
        for event in function.get("Events", {}).values():
            if event["Type"] != "HttpApi":
                continue
            path = event["Properties"]["Path"]
            sample = re.sub(r"\{[^}]+\}", "x", path)
            hit = next((b for b in behaviours if re.fullmatch(re.escape(b["PathPattern"]).replace(r"\*", ".*"), sample)), None)
            if path.startswith("/hooks/"):
                if hit:
                    problems.append(f"{logical}: a webhook passes the edge")
                continue
            if hit is None:
                problems.append(f"{logical}: {path} is not reachable through the edge")
                continue
            if origins[hit["TargetOriginId"]] != stack.output("ApiDomain"):
                problems.append(f"{logical}: {path} leads to {hit['TargetOriginId']}")
            if event["Properties"]["Method"].upper() not in hit["AllowedMethods"]:
                problems.append(f"{logical}: {path} does not let its method through")
    return problems


def emitted():
    """Names of the metrics that our code emits, from its text."""
    sources = [path.read_text() for path in (ROOT / "functions").rglob("*.rs")]
    return {name for text in sources for name in re.findall(r'metric\(\s*"(\w+)"', text)}


# A stack holds 200 resources at most: the alarms of functions of some domains stand in stacks of their own.
ALARM_STACKS = {"alarms", "billing-alarms", "desk-alarms", "people-alarms"}


def alarms(app):
    """Every function and every dead-letter queue has an alarm that tells somebody."""
    watched, problems, ours = set(), [], emitted()
    for stack, logical, alarm in app.each("AWS::CloudWatch::Alarm"):
        if stack.name in ALARM_STACKS and not alarm.get("AlarmActions"):
            problems.append(f"{logical}: tells nobody")
        metrics = [m["MetricStat"]["Metric"] for m in alarm.get("Metrics", []) if "MetricStat" in m] or [alarm]
        if alarm.get("Namespace") == "Sofi":
            if alarm["MetricName"] not in ours:
                problems.append(f"{logical}: no function emits {alarm['MetricName']}")
        elif stack.name in ALARM_STACKS:
            watched |= {(m["MetricName"], d["Value"]) for m in metrics for d in m.get("Dimensions", [])}
    for _, logical, function in app.functions():
        for metric in ("Errors", "Throttles"):
            if (metric, function["FunctionName"]) not in watched:
                problems.append(f"{logical}: no alarm on {metric}")
    queues = app.queues()
    dead = {queue["RedrivePolicy"]["deadLetterTargetArn"] for _, queue in queues.values() if "RedrivePolicy" in queue}
    for arn, (logical, queue) in queues.items():
        if (arn in dead or "RedrivePolicy" not in queue) and (
            "ApproximateNumberOfMessagesVisible",
            queue["QueueName"],
        ) not in watched:
            problems.append(f"{logical}: no alarm on dead letters")
        if "RedrivePolicy" in queue and arn not in dead and (
            "ApproximateAgeOfOldestMessage",
            queue["QueueName"],
        ) not in watched:
            problems.append(f"{logical}: no alarm on waiting time")
    names = {function["FunctionName"] for _, _, function in app.functions()} | {q["QueueName"] for _, q in queues.values()}
    names |= {properties["Name"] for _, _, properties in app.each("AWS::SES::ConfigurationSet")}
    problems += [f"alarm on {value}, which does not exist" for _, value in sorted(watched) if value not in names]
    return problems
