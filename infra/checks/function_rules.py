"""The shape of functions: names, roles, logs, environment, deployment."""

import re

from facts import DIRECT, ENVIRONMENT, FOR_LIBC, HOST_ONLY, as_list, pascal, role_of, statements
from render import ACCOUNT


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
        if len(events) != (0 if handler in DIRECT else 1):
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
    """Functions are told only what is listed, and told a table, key, queue or bucket exactly when their role reaches it."""
    problems = []
    arns = {stack.attribute(logical, "Ref"): stack.attribute(logical, "Arn") for stack, logical, _ in app.each("AWS::DynamoDB::Table")}
    arns |= {stack.attribute(logical, "Ref"): stack.attribute(logical, "Arn") for stack, logical, _ in app.each("AWS::SQS::Queue")}
    arns |= {stack.attribute(logical, "Ref"): stack.attribute(logical, "Arn") for stack, logical, _ in app.each("AWS::S3::Bucket")}
    arns |= {arn: arn for arn in (stack.attribute(logical, "Arn") for stack, logical, _ in app.each("AWS::KMS::Key"))}
    for stack, logical, function in app.functions():
        where, declared = f"{stack.name}/{logical}", function.get("Environment", {}).get("Variables", {})
        variables = {name: value for name, value in declared.items() if FOR_LIBC.get(name) != value}
        for name in sorted(set(variables) - ENVIRONMENT):
            problems.append(f"{where}: {name} is not a variable of ours")
        if variables.get("STAGE") != app.stage:
            problems.append(f"{where}: STAGE is not {app.stage}")
        role = role_of(app, function)
        if role is None:
            continue
        granted = statements(role[2]["Policies"][0]["PolicyDocument"])
        reached = {r.partition("/index/")[0].removesuffix("/${aws:PrincipalTag/tenant}/*") for s in granted for r in as_list(s["Resource"])}
        sources = {e["Properties"].get("Queue") for e in function.get("Events", {}).values() if e["Type"] == "SQS"}
        for name, value in variables.items():
            if name in ("STAGE", "PUBLIC_URL", "APP_ORIGIN", "ROLE_ARN", "XAI_MODEL", "GROQ_MODEL", "MAIL_FROM", "MAIL_CONFIGURATION_SET"):
                continue
            if name == "SOURCE_QUEUE_NAME":
                if value not in {source.rpartition(":")[2] for source in sources}:
                    problems.append(f"{where}: {name}={value} is not its own queue")
                continue
            if arns.get(value) is None:
                problems.append(f"{where}: {name}={value} is no table, queue, bucket or key of ours")
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
