"""What must hold in every template. Each rule takes an `App` and returns the problems it found, empty when all is well."""

import json
import re
from pathlib import Path

from render import ACCOUNT
from templates import ROOT

FUNCTIONS_TABLE = ROOT / "infra" / "docs" / "functions.md"

#: Everything a function may be told. Endpoint overrides and the clock offset belong to the laptop host alone.
ENVIRONMENT = {
    "STAGE",
    "TENANT_TABLE",
    "ROUTING_TABLE",
    "WORK_TABLE",
    "KEYS_TABLE",
    "AUDIT_TABLE",
    "DATA_KEY_ARN",
    "INBOUND_QUEUE_URL",
    "DOORBELL_QUEUE_URL",
    "ROLE_ARN",
    "PUBLIC_URL",
    "APP_ORIGIN",
    "SOURCE_QUEUE_NAME",
    "WAKE_QUEUE_URL",
}
#: Words that no template and no stage setting may contain, in any case.
HOST_ONLY = ("AWS_ENDPOINT_URL", "TELEGRAM_API_URL", "CLOCK_OFFSET")

#: Statements whose resource is "*", by (stack, logical id, sid), and why it cannot be narrower.
STAR_RESOURCES = {
    ("data", "DataKey", "AdministratorsManage"): "in a key policy * means this key",
    ("data", "DataKey", "TenantsUse"): "in a key policy * means this key",
    ("data", "DataKey", "PlatformUses"): "in a key policy * means this key",
}
#: Resources that end in a wildcard after a fixed name.
OPEN_ENDS = (
    re.compile(r"arn:aws:logs:[^*]+:log-group:/aws/lambda/[^*:]+:\*"),  # a group's streams
    re.compile(r"arn:aws:s3:::[^*/]+/\*"),  # a bucket's objects
)
FORBIDDEN_ACTIONS = re.compile(
    r"dynamodb:(Scan|PartiQL|ExecuteStatement|BatchExecuteStatement|ExportTable|ImportTable|DeleteTable)|sqs:PurgeQueue"
    r"|kms:(ReEncrypt|CreateGrant)|iam:|s3:Delete.*Version|lambda:(?!InvokeFunction)",
    re.I,
)

#: The one role that reads the due index and keeps its own place beside it.
TICK_ROLE = "OperationsTickRole"
TENANT_KEYS = "T#${aws:PrincipalTag/tenant}#*"
TENANT_GUARD = {
    "ForAllValues:StringLike": {"dynamodb:LeadingKeys": [TENANT_KEYS]},
    "Null": {"dynamodb:LeadingKeys": "false", "aws:PrincipalTag/tenant": "false"},
}


def platform_guard(prefix):
    return {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{prefix}#*"]},
        "Null": {"dynamodb:LeadingKeys": "false"},
    }


def key_guard(purpose):
    return {
        "StringEquals": {
            "kms:EncryptionContext:tenant": "${aws:PrincipalTag/tenant}",
            "kms:EncryptionContext:purpose": purpose,
        },
        "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["tenant", "purpose"]},
        "Null": {"kms:EncryptionContextKeys": "false", "aws:PrincipalTag/tenant": "false"},
    }


#: Platform secrets carry the platform's own name; only these roles open them.
PLATFORM_GUARD = {
    "StringEquals": {"kms:EncryptionContext:tenant": "platform", "kms:EncryptionContext:purpose": "platform"},
    "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["tenant", "purpose"]},
    "Null": {"kms:EncryptionContextKeys": "false"},
}
PLATFORM_ROLES = {"AccountsRegisterRole", "AccountsLoginRole"}


def as_list(value):
    return value if isinstance(value, list) else [value]


def statements(document):
    return as_list((document or {}).get("Statement", []))


def policies(app):
    """(stack, logical id, statement) of every policy that grants something, trust policies aside."""
    documents = {
        "AWS::IAM::Role": lambda p: [policy["PolicyDocument"] for policy in p.get("Policies", [])],
        "AWS::KMS::Key": lambda p: [p.get("KeyPolicy")],
        "AWS::S3::BucketPolicy": lambda p: [p.get("PolicyDocument")],
        "AWS::SQS::QueuePolicy": lambda p: [p.get("PolicyDocument")],
        "AWS::SNS::TopicPolicy": lambda p: [p.get("PolicyDocument")],
        "AWS::IAM::Policy": lambda p: [p.get("PolicyDocument")],
        "AWS::IAM::ManagedPolicy": lambda p: [p.get("PolicyDocument")],
    }
    for kind, extract in documents.items():
        for stack, logical, properties in app.each(kind):
            for document in extract(properties):
                for statement in statements(document):
                    yield stack, logical, statement


def role_of(app, function):
    """(stack, logical id, properties) of a function's role."""
    for stack, logical, properties in app.roles():
        if stack.attribute(logical, "Arn") == function.get("Role"):
            return stack, logical, properties
    return None


def pascal(handler):
    return "".join(part.capitalize() for part in re.split(r"[.-]", handler))


# --- size -----------------------------------------------------------------------------------------------------------


def stack_size(translated, limit=200):
    """CloudFormation stops at 500; a stack that passes 200 is split before it hurts."""
    return [
        f"{name}: {len(template['Resources'])} resources, more than {limit}"
        for name, template in translated.items()
        if len(template["Resources"]) > limit
    ]


# --- queues and schedules -------------------------------------------------------------------------------------------


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


def queue_shape(app):
    """Every queue is a dead-letter queue or has one, of its own kind, by ARN, kept 14 days, encrypted."""
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
        if dead.get("MessageRetentionPeriod") != 1209600:
            problems.append(f"{logical}: its dead-letter queue does not keep 14 days")
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


# --- permissions ----------------------------------------------------------------------------------------------------


def no_wildcards(app):
    """Actions are named one by one; resources are named, but for the few listed with their reason."""
    problems, seen = [], set()
    for stack, logical, statement in policies(app):
        sid = statement.get("Sid")
        where = f"{stack.name}/{logical}/{sid}"
        if not sid or where in seen:
            problems.append(f"{where}: without a Sid of its own a statement cannot be named in a report")
        seen.add(where)
        if statement.get("Effect") != "Allow" or {"NotAction", "NotResource", "NotPrincipal"} & set(statement):
            problems.append(f"{where}: only plain Allow statements, so that what is allowed is what is written")
        for action in as_list(statement.get("Action", "*")):
            if "*" in action or "?" in action:
                problems.append(f"{where}: wildcard action {action}")
            if FORBIDDEN_ACTIONS.search(action):
                problems.append(f"{where}: forbidden action {action}")
        for resource in as_list(statement.get("Resource", "*")):
            if resource == "*":
                if (stack.name, logical, sid) not in STAR_RESOURCES:
                    problems.append(f"{where}: resource *")
            elif not str(resource).startswith("arn:aws:"):
                problems.append(f"{where}: {resource} is not an ARN")
            elif ("*" in resource or "?" in resource) and not any(end.fullmatch(resource) for end in OPEN_ENDS):
                problems.append(f"{where}: wildcard resource {resource}")
    return problems


def table_statements(app):
    """Rows of a tenant only with the tenant in the session; platform rows only under their prefix."""
    problems = []
    tables = {stack.attribute(logical, "Arn"): logical for stack, logical, _ in app.each("AWS::DynamoDB::Table")}
    for stack, logical, statement in policies(app):
        actions = as_list(statement["Action"])
        if not any(action.startswith("dynamodb:") for action in actions):
            continue
        where = f"{stack.name}/{logical}/{statement.get('Sid')}"
        if not all(action.startswith("dynamodb:") for action in actions):
            problems.append(f"{where}: mixes services")
        guards = set()
        for resource in as_list(statement["Resource"]):
            table, _, index = resource.partition("/index/")
            if table not in tables:
                problems.append(f"{where}: {resource} is not a table of ours")
            elif tables[table] == "RoutingTable":
                guards.add("R")
            elif tables[table] == "WorkTable" and (index == "due" or logical == TICK_ROLE):
                guards.add("D")
                if logical != TICK_ROLE:
                    problems.append(f"{where}: only tick reads the due index")
            else:
                guards.add("T")
        if len(guards) != 1:
            problems.append(f"{where}: mixes tenant rows and platform rows")
            continue
        guard = guards.pop()
        wanted = TENANT_GUARD if guard == "T" else platform_guard(guard)
        if statement.get("Condition") != wanted:
            problems.append(f"{where}: condition is not exactly {json.dumps(wanted)}")
        if "AuditTable" in {tables.get(r) for r in as_list(statement["Resource"])}:
            for action in actions:
                if action in ("dynamodb:UpdateItem", "dynamodb:DeleteItem"):
                    problems.append(f"{where}: the audit table is append-only")
    return problems


def key_statements(app):
    """The sealing key opens only for the session's tenant and for one purpose per statement."""
    problems = []
    keys = {stack.attribute(logical, "Arn") for stack, logical, _ in app.each("AWS::KMS::Key")}
    for stack, logical, statement in policies(app):
        actions = as_list(statement["Action"])
        if stack.resources()[logical]["Type"] == "AWS::KMS::Key" or not any(a.startswith("kms:") for a in actions):
            continue
        where = f"{stack.name}/{logical}/{statement.get('Sid')}"
        if not set(as_list(statement["Resource"])) <= keys:
            problems.append(f"{where}: not a key of ours")
        if not set(actions) <= {"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"}:
            problems.append(f"{where}: more than sealing and opening")
        if statement.get("Condition") == PLATFORM_GUARD and logical in PLATFORM_ROLES:
            continue
        if statement.get("Condition") not in (key_guard("data"), key_guard("telegram")):
            problems.append(f"{where}: condition is not exactly one tenant and one purpose")
    return problems


def key_policy(app):
    """Whoever manages the key cannot use it; whoever uses it names tenant and purpose."""
    problems, uses = [], {"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"}
    ours = {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/{app.prefix}-*"}
    allowed = (
        {
            "ArnLike": ours,
            "StringEquals": {"kms:EncryptionContext:purpose": ["data", "telegram"]},
            "Null": {"kms:EncryptionContext:tenant": "false", "aws:PrincipalTag/tenant": "false"},
        },
        {
            "ArnLike": ours,
            "StringEquals": {"kms:EncryptionContext:purpose": "platform", "kms:EncryptionContext:tenant": "platform"},
        },
    )
    for stack, logical, properties in app.each("AWS::KMS::Key"):
        if properties.get("EnableKeyRotation") is not True:
            problems.append(f"{logical}: no rotation")
        for statement in statements(properties["KeyPolicy"]):
            if uses & set(as_list(statement["Action"])) and statement.get("Condition") not in allowed:
                problems.append(f"{stack.name}/{logical}/{statement.get('Sid')}: use without tenant and purpose")
    return problems


def trust(app):
    """Lambda of this account, and the role itself with a session tag where it touches tenants; nobody else."""
    problems = []
    root = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    for stack, logical, role in app.roles():
        where, own = f"{stack.name}/{logical}", stack.attribute(logical, "Arn")
        granted = [s for policy in role.get("Policies", []) for s in statements(policy["PolicyDocument"])]
        tenant = any("aws:PrincipalTag/tenant" in json.dumps(statement) for statement in granted)
        expected = [
            {
                "Sid": "LambdaService",
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
                "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
            }
        ]
        if tenant:
            expected.append(
                {
                    "Sid": "TenantSession",
                    "Effect": "Allow",
                    "Principal": root,
                    "Action": ["sts:AssumeRole", "sts:TagSession"],
                    "Condition": {"ArnEquals": {"aws:PrincipalArn": own}},
                }
            )
        if statements(role["AssumeRolePolicyDocument"]) != expected:
            problems.append(f"{where}: trust policy is not exactly the expected one")
        assumes = [s for s in granted if any(a.startswith("sts:") for a in as_list(s["Action"]))]
        wanted = [{"Sid": "TenantSession", "Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Resource": own}]
        if assumes != (wanted if tenant else []):
            problems.append(f"{where}: may assume something else than itself, or cannot assume itself")
        if role.get("ManagedPolicyArns") or len(role.get("Policies", [])) != 1:
            problems.append(f"{where}: exactly one inline policy, no managed ones")
    return problems


# --- functions ------------------------------------------------------------------------------------------------------


def function_shape(app):
    """Names follow the handler; each function has its own role, its own log group with an end, and its own build."""
    problems, roles = [], {}
    for stack, logical, function in app.functions():
        handler, where = function.get("Handler", ""), f"{stack.name}/{logical}"
        crate = handler.split(".")[0]
        dashed = handler.replace(".", "-")
        if logical != pascal(handler) + "Function":
            problems.append(f"{where}: logical id does not follow {handler}")
        if crate != stack.name:
            problems.append(f"{where}: {handler} belongs to another stack")
        if function.get("FunctionName") != f"{app.prefix}-{dashed}":
            problems.append(f"{where}: function name does not follow the handler")
        if function.get("Runtime") != "provided.al2023" or function.get("Architectures") not in (["x86_64"], ["arm64"]):
            problems.append(f"{where}: runtime or architecture")
        if function.get("CodeUri") != f"../../functions/{crate}":
            problems.append(f"{where}: CodeUri is not its crate")
        metadata = stack.template["Resources"][logical].get("Metadata", {})
        if metadata.get("BuildMethod") != "rust-cargolambda" or metadata.get("BuildProperties", {}).get("Binary") != crate:
            problems.append(f"{where}: build method")
        if not (128 <= function.get("MemorySize", 0) <= 10240 and 1 <= function.get("Timeout", 0) <= 900):
            problems.append(f"{where}: memory or time-out")
        events = [event["Type"] for event in function.get("Events", {}).values()]
        if "HttpApi" in events and function["Timeout"] > 29:
            problems.append(f"{where}: an HTTP API gives up after 30 s")
        if len(events) != 1:
            problems.append(f"{where}: one trigger per function")
        role = role_of(app, function)
        if role is None:
            problems.append(f"{where}: its role is not one of ours")
        else:
            roles.setdefault(role[1], []).append(where)
            if role[1] != pascal(handler) + "Role" or role[2].get("RoleName") != f"{app.prefix}-{dashed}":
                problems.append(f"{where}: role name does not follow the handler")
        group = f"/aws/lambda/{app.prefix}-{dashed}"
        if function.get("LoggingConfig") != {"LogFormat": "JSON", "LogGroup": group}:
            problems.append(f"{where}: does not log to its own group in JSON")
        if role and [
            s["Resource"] for s in statements(role[2]["Policies"][0]["PolicyDocument"]) if s.get("Sid") == "OwnLogs"
        ] != [f"arn:aws:logs:eu-central-1:{ACCOUNT}:log-group:{group}:*"]:
            problems.append(f"{where}: may not write its own log group, or another one")
        if "ReservedConcurrentExecutions" in function:
            problems.append(f"{where}: reserves concurrency by default")
    problems += [f"{role}: shared by {', '.join(users)}" for role, users in roles.items() if len(users) > 1]
    used = set(roles)
    problems += [f"{logical}: a role nobody uses" for _, logical, _ in app.roles() if logical not in used]
    return problems


def log_groups(app):
    """A log group without retention is kept for ever."""
    problems = [
        f"{stack.name}/{logical}: no retention"
        for stack, logical, group in app.each("AWS::Logs::LogGroup")
        if not isinstance(group.get("RetentionInDays"), int)
    ]
    existing = {group["LogGroupName"] for _, _, group in app.each("AWS::Logs::LogGroup")}
    problems += [
        f"{stack.name}/{logical}: filters {properties['LogGroupName']}, which does not exist"
        for stack, logical, properties in app.each("AWS::Logs::MetricFilter")
        if properties["LogGroupName"] not in existing
    ]
    return problems


def environment(app):
    """Functions are told only what is listed, and told a table, key or queue exactly when their role reaches it."""
    problems = []
    arns = {stack.attribute(logical, "Ref"): stack.attribute(logical, "Arn") for stack, logical, _ in app.each("AWS::DynamoDB::Table")}
    arns |= {stack.attribute(logical, "Ref"): stack.attribute(logical, "Arn") for stack, logical, _ in app.each("AWS::SQS::Queue")}
    arns |= {arn: arn for arn in (stack.attribute(logical, "Arn") for stack, logical, _ in app.each("AWS::KMS::Key"))}
    for stack, logical, function in app.functions():
        where, variables = f"{stack.name}/{logical}", function.get("Environment", {}).get("Variables", {})
        for name in sorted(set(variables) - ENVIRONMENT):
            problems.append(f"{where}: {name} is not a variable of ours")
        if variables.get("STAGE") != app.stage:
            problems.append(f"{where}: STAGE is not {app.stage}")
        role = role_of(app, function)
        if role is None:
            continue
        granted = statements(role[2]["Policies"][0]["PolicyDocument"])
        reached = {r.partition("/index/")[0] for s in granted for r in as_list(s["Resource"])}
        sources = {e["Properties"].get("Queue") for e in function.get("Events", {}).values() if e["Type"] == "SQS"}
        for name, value in variables.items():
            if name in ("STAGE", "PUBLIC_URL", "APP_ORIGIN", "ROLE_ARN"):
                continue
            if name == "SOURCE_QUEUE_NAME":
                if value not in {source.rpartition(":")[2] for source in sources}:
                    problems.append(f"{where}: {name}={value} is not its own queue")
                continue
            if arns.get(value) is None:
                problems.append(f"{where}: {name}={value} is no table, queue or key of ours")
            elif arns[value] not in reached:
                problems.append(f"{where}: told {name}, but its role does not reach it")
        told = {arns.get(value) for value in variables.values()}
        for value, arn in arns.items():
            if arn in reached and arn not in told and arn not in sources:
                problems.append(f"{where}: reaches {value}, but is not told its name")
        own = role[0].attribute(role[1], "Arn")
        needs_own = any("sts:AssumeRole" in as_list(s["Action"]) for s in granted)
        if variables.get("ROLE_ARN") != (own if needs_own else None):
            problems.append(f"{where}: ROLE_ARN is not its own role, or is not needed")
        if sources and "SOURCE_QUEUE_NAME" not in variables:
            problems.append(f"{where}: is not told the name of its own queue")
        if "PUBLIC_URL" in variables and not re.fullmatch(r"https://[a-z0-9.-]+", variables["PUBLIC_URL"]):
            problems.append(f"{where}: PUBLIC_URL is not an https origin")
    return problems


def host_only_words(texts):
    """No stage knows a clock offset or an endpoint override. `texts`: file name -> content."""
    return [
        f"{name}: contains {word}"
        for name, text in texts.items()
        for word in HOST_ONLY
        if word.lower() in text.lower()
    ]


def canaries(app):
    """Webhook and workers shift traffic slowly outside dev, and roll back on their own alarm."""
    problems = []
    for stack, logical, function in app.functions():
        handler = function["Handler"]
        if handler != "telegram-hooks.webhook" and not handler.startswith("workers."):
            continue
        preference = function.get("DeploymentPreference", {})
        wanted = "AllAtOnce" if app.stage == "dev" else "Canary10Percent5Minutes"
        if function.get("AutoPublishAlias") != "live" or preference.get("Type") != wanted:
            problems.append(f"{stack.name}/{logical}: not deployed as {wanted}")
        if preference.get("Alarms") != [pascal(handler) + "ErrorsAlarm"]:
            problems.append(f"{stack.name}/{logical}: does not roll back on its own alarm")
    return problems


# --- tables ---------------------------------------------------------------------------------------------------------

_BASE = [("pk", "HASH"), ("sk", "RANGE")]
TABLES = {
    "TenantTable": {"recovery": 35, "indexes": {"lists": ([("lpk", "HASH"), ("lsk", "RANGE")], "ALL")}, "ttl": None},
    "RoutingTable": {"recovery": 35, "indexes": {}, "ttl": None},
    "WorkTable": {"recovery": None, "indexes": {"due": ([("dpk", "HASH"), ("dsk", "RANGE")], "KEYS_ONLY")}, "ttl": "expires_at"},
    "KeysTable": {"recovery": 7, "indexes": {}, "ttl": None},
    "AuditTable": {"recovery": 35, "indexes": {}, "ttl": None},
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


# --- catalogue ------------------------------------------------------------------------------------------------------


def catalogue(app):
    """What the templates deploy: handler -> (trigger, memory, time-out)."""
    found, queues = {}, app.queues()
    for _, _, function in app.functions():
        (event,) = list(function["Events"].values())[:1]
        properties = event["Properties"]
        if event["Type"] == "HttpApi":
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
        if len(cells) == 5 and re.fullmatch(r"[a-z-]+\.[a-z]+", cells[0]):
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


# --- edge and alarms ------------------------------------------------------------------------------------------------


def edge_paths(app):
    """Every route but Telegram's is reached through the one origin, at the API that serves it."""
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
                    problems.append(f"{logical}: Telegram's path passes the edge")
                continue
            if hit is None:
                problems.append(f"{logical}: {path} is not reachable through the edge")
                continue
            if origins[hit["TargetOriginId"]] != stack.output("ApiDomain"):
                problems.append(f"{logical}: {path} leads to {hit['TargetOriginId']}")
            if event["Properties"]["Method"].upper() not in hit["AllowedMethods"]:
                problems.append(f"{logical}: {path} does not let its method through")
    return problems


def alarms(app):
    """Every function and every dead-letter queue has an alarm that tells somebody."""
    watched, problems = set(), []
    for stack, logical, alarm in app.each("AWS::CloudWatch::Alarm"):
        if stack.name == "alarms" and not alarm.get("AlarmActions"):
            problems.append(f"{logical}: tells nobody")
        metrics = [m["MetricStat"]["Metric"] for m in alarm.get("Metrics", []) if "MetricStat" in m] or [alarm]
        if stack.name == "alarms":
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
    problems += [f"alarm on {value}, which does not exist" for _, value in sorted(watched) if value not in names]
    return problems


#: Rules that need nothing but the app.
APP_RULES = [
    queue_sources,
    queue_shape,
    schedules,
    no_wildcards,
    table_statements,
    key_statements,
    key_policy,
    trust,
    function_shape,
    log_groups,
    environment,
    canaries,
    tables,
    edge_paths,
    alarms,
]
