"""What roles and keys allow, and to whom."""

import json

from facts import (
    ALL_SECRETS,
    DIGEST_GUARD,
    FORBIDDEN_ACTIONS,
    OPEN_ENDS,
    PLATFORM_GUARD,
    PLATFORM_ROLES,
    READ_ALL_SECRETS,
    REPLAY_ROLE,
    ROUTING_GUARDS,
    ROUTING_ROLES,
    SIGNING_KEY,
    STAR_RESOURCES,
    SUPPRESSION_GUARD,
    TENANT_GUARD,
    TICK_ROLE,
    as_list,
    key_guard,
    platform_guard,
    policies,
    role_of,
    statements,
)
from render import ACCOUNT


def no_wildcards(app):
    """Actions are named one by one; resources are named, but for the few listed with their reason."""
    problems, seen = [], set()
    for stack, logical, statement in policies(app):
        sid = statement.get("Sid")
        where = f"{stack.name}/{logical}/{sid}"
        if not sid or where in seen:
            problems.append(f"{where}: without a Sid of its own a statement cannot be named in a report")
        seen.add(where)
        if statement.get("Effect") == "Deny" and stack.resources()[logical]["Type"] == "AWS::S3::BucketPolicy":
            # What a bucket refuses can only narrow what roles were given, and is meant to be wide.
            continue
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
                if logical not in (TICK_ROLE, REPLAY_ROLE):
                    problems.append(f"{where}: only tick reads the due index, and what was erased the role that replays it")
            else:
                guards.add("T")
        if len(guards) != 1:
            problems.append(f"{where}: mixes tenant rows and platform rows")
            continue
        guard = guards.pop()
        wanted = TENANT_GUARD if guard == "T" else platform_guard(guard)
        if guard == "D" and logical == REPLAY_ROLE:
            wanted = platform_guard("D#ERASED")
        # Whoever needs nothing but platform secrets, or when somebody's Telegram chats ended, is held to those.
        narrower = (platform_guard("R#PLATFORM"), platform_guard("R#HEARING"))
        allowed = (wanted, *narrower, SUPPRESSION_GUARD) if guard == "R" else (wanted,)
        if guard == "R" and logical in ROUTING_ROLES:
            held = ROUTING_GUARDS.get((logical, tuple(action.removeprefix("dynamodb:") for action in actions)))
            wanted, allowed = held or wanted, (held,) if held else ()
        # An update could change any row bit by bit; the counters of tokens are the only ones.
        if "dynamodb:UpdateItem" in actions:
            wanted = platform_guard("R#TOKENUSE")
            allowed = (wanted,) if actions == ["dynamodb:UpdateItem"] and guard == "R" else ()
        if statement.get("Condition") not in allowed:
            problems.append(f"{where}: condition is not exactly {json.dumps(wanted)}")
        if "AuditTable" in {tables.get(r) for r in as_list(statement["Resource"])}:
            for action in actions:
                if action in ("dynamodb:UpdateItem", "dynamodb:DeleteItem"):
                    problems.append(f"{where}: the audit table is append-only")
    return problems


def key_statements(app):
    """A sealing key opens only for the session's tenant and for one purpose per statement; the other signs digests."""
    problems = []
    keys = {stack.attribute(logical, "Arn"): logical for stack, logical, _ in app.each("AWS::KMS::Key")}
    for stack, logical, statement in policies(app):
        actions = as_list(statement["Action"])
        if stack.resources()[logical]["Type"] == "AWS::KMS::Key" or not any(a.startswith("kms:") for a in actions):
            continue
        where = f"{stack.name}/{logical}/{statement.get('Sid')}"
        named = {keys.get(resource) for resource in as_list(statement["Resource"])}
        if named == {SIGNING_KEY}:
            if (actions, statement.get("Condition")) not in ((["kms:Sign"], DIGEST_GUARD), (["kms:GetPublicKey"], None)):
                problems.append(f"{where}: not exactly signing digests or reading the public key")
            continue
        if not named <= set(keys.values()) - {SIGNING_KEY}:
            problems.append(f"{where}: not a sealing key of ours")
        if not set(actions) <= {"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"}:
            problems.append(f"{where}: more than sealing and opening")
        if statement.get("Condition") == PLATFORM_GUARD and logical in PLATFORM_ROLES:
            continue
        if statement.get("Condition") not in (key_guard("data"), key_guard("mail"), key_guard("telegram")):
            problems.append(f"{where}: condition is not exactly one tenant and one purpose")
    return problems


def platform_secrets(app):
    """Whoever opens platform secrets may read only those that it needs: one key opens all of them."""
    opens, reads = set(), set()
    for _, logical, statement in policies(app):
        condition, actions = statement.get("Condition", {}), set(as_list(statement["Action"]))
        if condition == PLATFORM_GUARD and "kms:Decrypt" in actions:
            opens.add(logical)
        keys = condition.get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", [])
        if ALL_SECRETS & set(as_list(keys)) and READING & actions:
            reads.add(logical)
    problems = [f"{logical}: opens platform secrets and may read all of them" for logical in sorted((opens & reads) - READ_ALL_SECRETS)]
    return problems + [f"{logical}: may not read all platform secrets any more: it can leave READ_ALL_SECRETS" for logical in sorted(READ_ALL_SECRETS - (opens & reads))]


def opens_for_a_minute(app, bucket):
    """Whether the bucket's policy refuses to read by a signature that is older than a minute."""
    minute = {"NumericGreaterThan": {"s3:signatureAge": "60000"}}
    return any(
        statement["Effect"] == "Deny"
        and as_list(statement["Action"]) == ["s3:GetObject"]
        and statement["Principal"] == "*"
        and statement["Resource"] == f"{bucket}/*"
        and statement.get("Condition") == minute
        for _, _, properties in app.each("AWS::S3::BucketPolicy")
        for statement in properties["PolicyDocument"]["Statement"]
    )


def bucket_statements(app):
    """Every object under the session's own tenant. Anchors are added and listed, in a locked bucket; nobody reads or deletes them.
    Exports are written, read and taken away, in a bucket whose addresses open for a minute."""
    problems, guard = [], {"aws:PrincipalTag/tenant": "false"}
    buckets = {stack.attribute(logical, "Arn"): properties for stack, logical, properties in app.each("AWS::S3::Bucket")}
    short_lived = {bucket for bucket in buckets if opens_for_a_minute(app, bucket)}
    for stack, logical, statement in policies(app):
        actions = as_list(statement["Action"])
        if stack.resources()[logical]["Type"] != "AWS::IAM::Role" or not any(a.startswith("s3:") for a in actions):
            continue
        where = f"{stack.name}/{logical}/{statement.get('Sid')}"
        bucket, _, below = statement["Resource"].partition("/")
        if bucket in short_lived:
            if below != "${aws:PrincipalTag/tenant}/*" or statement.get("Condition") != {"Null": guard}:
                problems.append(f"{where}: is not exactly the session's tenant")
            continue
        if "ObjectLockConfiguration" not in buckets.get(bucket, {}):
            problems.append(f"{where}: neither a bucket with object lock nor one whose addresses open for a minute")
        listing = {"StringEquals": {"s3:prefix": "${aws:PrincipalTag/tenant}/"}, "Null": {"s3:prefix": "false", **guard}}
        wanted = {
            ("s3:ListBucket", ""): listing,
            ("s3:PutObject", "${aws:PrincipalTag/tenant}/*"): {"Null": guard},
        }
        if len(actions) != 1 or wanted.get((actions[0], below)) != statement.get("Condition"):
            problems.append(f"{where}: is not exactly adding or listing under the session's tenant")
    return problems


def mail_statements(app):
    """Mail leaves under one address, through an identity and a configuration set that are named."""
    problems = []
    for stack, logical, statement in policies(app):
        actions = as_list(statement["Action"])
        if not any(action.startswith("ses:") for action in actions):
            continue
        where = f"{stack.name}/{logical}/{statement.get('Sid')}"
        if actions != ["ses:SendEmail"]:
            problems.append(f"{where}: more than sending")
        kinds = [str(resource).split(":", 5)[-1].split("/")[0] for resource in as_list(statement["Resource"])]
        if kinds != ["identity", "configuration-set"]:
            problems.append(f"{where}: not exactly one identity and one configuration set")
        sender = statement.get("Condition", {}).get("StringEquals", {}).get("ses:FromAddress", "")
        if "@" not in sender or "*" in sender:
            problems.append(f"{where}: not bound to one sender")
    return problems


def key_policy(app):
    """Whoever manages a key cannot use it; whoever uses it names tenant and purpose, or signs a digest. Sealing keys rotate."""
    problems, uses = [], {"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"}
    ours = {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/{app.prefix}-*"}
    allowed = (
        {
            "ArnLike": ours,
            "StringEquals": {"kms:EncryptionContext:purpose": ["data", "mail", "telegram"]},
            "Null": {"kms:EncryptionContext:tenant": "false", "aws:PrincipalTag/tenant": "false"},
        },
        {
            "ArnLike": ours,
            "StringEquals": {"kms:EncryptionContext:purpose": "platform", "kms:EncryptionContext:tenant": "platform"},
        },
    )
    for stack, logical, properties in app.each("AWS::KMS::Key"):
        if logical == SIGNING_KEY:
            if (properties.get("KeySpec"), properties.get("KeyUsage")) != ("ECC_NIST_P256", "SIGN_VERIFY"):
                problems.append(f"{logical}: is not a key that signs")
        elif properties.get("EnableKeyRotation") is not True:
            problems.append(f"{logical}: no rotation")
        for statement in statements(properties["KeyPolicy"]):
            where, actions = f"{stack.name}/{logical}/{statement.get('Sid')}", set(as_list(statement["Action"]))
            if uses & actions and statement.get("Condition") not in allowed:
                problems.append(f"{where}: use without tenant and purpose")
            if "kms:Sign" in actions and statement.get("Condition") != {"ArnLike": ours, **DIGEST_GUARD}:
                problems.append(f"{where}: signs more than digests")
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


#: What changes nothing.
READING = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "kms:Decrypt", "s3:ListBucket"}
OWN = {"sts:AssumeRole", "sts:TagSession", "logs:CreateLogStream", "logs:PutLogEvents"}


#: What a GET writes that is an act worth recording: the entry, and what leads the chain to it.
RECORDING = {"AuditExportRole", "AuditExportAccountRole"}


def records(app, statement):
    """Whether it reaches nothing but the audit log, the rows that lead its chain to an entry, and the queue of that chain."""
    kinds = ("AWS::DynamoDB::Table", "AWS::SQS::Queue")
    named = {
        stack.attribute(logical, "Arn")
        for kind in kinds
        for stack, logical, _ in app.each(kind)
        if logical in ("AuditTable", "WorkTable", "AuditQueue")
    }
    return set(as_list(statement["Resource"])) <= named


def reading_routes(app):
    """A GET cannot change anything: its role has no action that writes, but for the counter of tokens and its audit entry."""
    problems = []
    for _, logical, function in app.functions():
        events = function.get("Events", {}).values()
        if not any(event["Type"] == "HttpApi" and event["Properties"]["Method"] == "GET" for event in events):
            continue
        role = role_of(app, function)
        for policy in role[2].get("Policies", []) if role else []:
            for statement in statements(policy["PolicyDocument"]):
                counting = {"dynamodb:UpdateItem"} if statement.get("Condition") == platform_guard("R#TOKENUSE") else set()
                recording = {"dynamodb:PutItem", "sqs:SendMessage"} if role[1] in RECORDING and records(app, statement) else set()
                writing = set(as_list(statement["Action"])) - READING - OWN - counting - recording
                problems += [f"{logical}: a GET may {action}" for action in sorted(writing)]
    return problems
