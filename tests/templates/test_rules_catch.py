"""Each rule sees the fault it is there for: a template is broken in one place and the rule must speak."""

import pytest
import render
import rules
import templates
from faults import append, drop, event, fans_get_role, put, resource, statement
from permission_faults import PERMISSION_FAULTS


def inbound_event(source):
    return event(source, "workers", "WorkersInboundFunction", "Queue")


def inbound_queue(source):
    return resource(source, "data", "InboundQueue")


def tick_event(source):
    return event(source, "operations", "OperationsTickFunction", "EveryMinute")


def fans_get(source):
    return resource(source, "fans", "FansGetFunction")


def fans_variables(source):
    return fans_get(source)["Environment"]["Variables"]


def site_headers(source):
    return resource(source, "edge", "SiteHeaders")["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]


def distribution(source):
    return resource(source, "edge", "Distribution")["DistributionConfig"]


FAULTS = [
    *PERMISSION_FAULTS,
    (rules.queue_sources, "no partial batch", drop(inbound_event, "FunctionResponseTypes")),
    (rules.queue_sources, "other response type", put(inbound_event, "FunctionResponseTypes", ["Other"])),
    (rules.queue_sources, "queue by URL", put(inbound_event, "Queue", {"Ref": "InboundQueueUrl"})),
    (rules.queue_sources, "no dead letters", drop(inbound_queue, "RedrivePolicy")),
    (rules.queue_sources, "visibility too short", put(inbound_queue, "VisibilityTimeout", 359)),
    (rules.queue_sources, "visibility default", drop(inbound_queue, "VisibilityTimeout")),
    (rules.queue_sources, "batch window on FIFO", put(inbound_event, "MaximumBatchingWindowInSeconds", 1)),
    (rules.queue_sources, "FIFO batch too large", put(inbound_event, "BatchSize", 11)),
    (rules.queue_sources, "concurrency of one", put(inbound_event, "ScalingConfig", {"MaximumConcurrency": 1})),
    (
        rules.queue_sources,
        "role cannot delete",
        put(lambda s: statement(s, "workers", "WorkersInboundRole", "EventSource"), "Action", ["sqs:ReceiveMessage"]),
    ),
    (
        rules.queue_shape,
        "dead letters by URL",
        put(lambda s: inbound_queue(s)["RedrivePolicy"], "deadLetterTargetArn", {"Ref": "InboundDeadLetterQueue"}),
    ),
    (rules.queue_shape, "no receive count", drop(lambda s: inbound_queue(s)["RedrivePolicy"], "maxReceiveCount")),
    (rules.queue_shape, "receive count as text", put(lambda s: inbound_queue(s)["RedrivePolicy"], "maxReceiveCount", "5")),
    (
        rules.queue_shape,
        "standard dead letters for FIFO",
        put(lambda s: inbound_queue(s)["RedrivePolicy"], "deadLetterTargetArn", {"Fn::GetAtt": ["TickDeadLetterQueue", "Arn"]}),
    ),
    (
        rules.queue_shape,
        "dead letters kept too short",
        put(lambda s: resource(s, "data", "DrainDeadLetterQueue"), "MessageRetentionPeriod", 86400),
    ),
    (
        rules.queue_shape,
        "what somebody wrote kept too long",
        put(lambda s: resource(s, "data", "AlertsDeadLetterQueue"), "MessageRetentionPeriod", 1209600),
    ),
    (
        rules.queue_shape,
        "rings among dead letters kept too short",
        put(lambda s: resource(s, "data", "DoorbellDeadLetterQueue"), "MessageRetentionPeriod", 345600),
    ),
    (rules.queue_shape, "queue without any dead letters", drop(lambda s: resource(s, "data", "DoorbellQueue"), "RedrivePolicy")),
    (rules.queue_shape, "name without .fifo", put(inbound_queue, "QueueName", "inbound")),
    (rules.queue_shape, "not encrypted", drop(inbound_queue, "SqsManagedSseEnabled")),
    (rules.queue_shape, "open redrive", drop(lambda s: resource(s, "data", "DoorbellDeadLetterQueue"), "RedriveAllowPolicy")),
    (rules.schedules, "plural of one", put(tick_event, "ScheduleExpression", "rate(1 days)")),
    (rules.schedules, "singular of five", put(tick_event, "ScheduleExpression", "rate(5 minute)")),
    (rules.schedules, "rate of zero", put(tick_event, "ScheduleExpression", "rate(0 minutes)")),
    (rules.schedules, "five-field cron", put(tick_event, "ScheduleExpression", "cron(0 3 * * ?)")),
    (rules.schedules, "no dead letters", drop(tick_event, "DeadLetterConfig")),
    (rules.function_shape, "shared role", put(fans_get, "Role", {"Fn::GetAtt": ["FansUpdateRole", "Arn"]})),
    (rules.function_shape, "other role name", put(fans_get_role, "RoleName", "fans")),
    (rules.function_shape, "other handler", put(fans_get, "Handler", "fans.read")),
    (rules.function_shape, "handler of another crate", put(fans_get, "Handler", "bots.list")),
    (rules.function_shape, "other code", put(fans_get, "CodeUri", "../../functions/bots")),
    (rules.function_shape, "other runtime", put(fans_get, "Runtime", "nodejs22.x")),
    (rules.function_shape, "too slow for HTTP", put(fans_get, "Timeout", 30)),
    (rules.function_shape, "default log group", drop(fans_get, "LoggingConfig")),
    (
        rules.function_shape,
        "somebody else's log group",
        put(lambda s: statement(s, "fans", "FansGetRole", "OwnLogs"), "Resource", {"Fn::GetAtt": ["FansUpdateLogs", "Arn"]}),
    ),
    (rules.function_shape, "concurrency reserved", put(lambda s: s["root"]["Parameters"]["ReservedConcurrency"], "Default", 1)),
    (
        rules.function_shape,
        "two triggers",
        put(lambda s: fans_get(s)["Events"], "Second", {"Type": "HttpApi", "Properties": {"Path": "/x", "Method": "GET"}}),
    ),
    (rules.log_groups, "no retention", drop(lambda s: resource(s, "fans", "FansGetLogs"), "RetentionInDays")),
    (rules.log_groups, "filter on nothing", put(lambda s: resource(s, "desk-alarms", "FansGetRefused"), "LogGroupName", "/aws/lambda/x")),
    (rules.environment, "unknown variable", put(fans_variables, "DEBUG", "1")),
    (rules.environment, "endpoint override", put(fans_variables, "AWS_ENDPOINT_URL", "http://127.0.0.1")),
    (rules.environment, "clock offset", put(fans_variables, "CLOCK_OFFSET_SECONDS", "60")),
    (rules.environment, "told a table it may not read", put(fans_variables, "WORK_TABLE", {"Ref": "WorkTable"})),
    (rules.environment, "not told a table it may read", drop(fans_variables, "TENANT_TABLE")),
    (rules.environment, "another role's name", put(fans_variables, "ROLE_ARN", {"Fn::GetAtt": ["FansUpdateRole", "Arn"]})),
    (rules.environment, "wrong stage", put(fans_variables, "STAGE", "dev")),
    (
        rules.environment,
        "plain public address",
        put(
            lambda s: resource(s, "bots", "BotsConnectFunction")["Environment"]["Variables"],
            "PUBLIC_URL",
            "http://example.com",
        ),
    ),
    (rules.environment, "somebody else's queue", put(
        lambda s: resource(s, "workers", "WorkersSenderFunction")["Environment"]["Variables"],
        "SOURCE_QUEUE_NAME", "sofi-prod-wake")),
    (rules.environment, "own queue untold", drop(
        lambda s: resource(s, "workers", "WorkersWakeFunction")["Environment"]["Variables"], "SOURCE_QUEUE_NAME")),
    (rules.canaries, "all at once", put(
        lambda s: resource(s, "workers", "WorkersSenderFunction")["DeploymentPreference"], "Type", "AllAtOnce")),
    (rules.canaries, "no alias", drop(lambda s: resource(s, "workers", "WorkersSenderFunction"), "AutoPublishAlias")),
    (rules.canaries, "no rollback", drop(
        lambda s: resource(s, "workers", "WorkersSenderFunction")["DeploymentPreference"], "Alarms")),
    (rules.tables, "keys kept longer", put(
        lambda s: resource(s, "data", "KeysTable")["PointInTimeRecoverySpecification"], "RecoveryPeriodInDays", 35)),
    (rules.tables, "work backed up", put(
        lambda s: resource(s, "data", "WorkTable"), "PointInTimeRecoverySpecification", {"PointInTimeRecoveryEnabled": True})),
    (rules.tables, "tenant not backed up", drop(lambda s: resource(s, "data", "TenantTable"), "PointInTimeRecoverySpecification")),
    (rules.tables, "no expiry", drop(lambda s: resource(s, "data", "WorkTable"), "TimeToLiveSpecification")),
    (rules.tables, "unprotected", drop(lambda s: resource(s, "data", "TenantTable"), "DeletionProtectionEnabled")),
    (rules.tables, "deleted with the stack", drop(lambda s: s["data"]["Resources"]["TenantTable"], "DeletionPolicy")),
    (rules.tables, "no encryption", drop(lambda s: resource(s, "data", "AuditTable"), "SSESpecification")),
    (rules.tables, "index with content", put(
        lambda s: resource(s, "data", "WorkTable")["GlobalSecondaryIndexes"][0], "Projection", {"ProjectionType": "ALL"})),
    (rules.edge_paths, "path not joined", put(distribution, "CacheBehaviors", [])),
    (rules.edge_paths, "path to another API", put(lambda s: distribution(s)["CacheBehaviors"][0], "TargetOriginId", "bots")),
    (rules.edge_paths, "method cut off", put(lambda s: distribution(s)["CacheBehaviors"][0], "AllowedMethods", ["GET", "HEAD"])),
    (rules.edge_paths, "hooks through the edge", put(lambda s: distribution(s)["CacheBehaviors"][0], "PathPattern", "/hooks/*")),
    (rules.modern_tls, "pages without TLS", put(lambda s: distribution(s)["DefaultCacheBehavior"], "ViewerProtocolPolicy", "allow-all")),
    (rules.modern_tls, "a route without TLS", put(lambda s: distribution(s)["CacheBehaviors"][0], "ViewerProtocolPolicy", "allow-all")),
    (rules.modern_tls, "an API without TLS", put(
        lambda s: distribution(s)["Origins"][1]["CustomOriginConfig"], "OriginProtocolPolicy", "match-viewer")),
    (rules.modern_tls, "an API by old TLS", put(
        lambda s: distribution(s)["Origins"][1]["CustomOriginConfig"], "OriginSSLProtocols", ["TLSv1", "TLSv1.2"])),
    (rules.bounded_calls, "an API without a bound", drop(lambda s: resource(s, "accounts", "Api"), "DefaultRouteSettings")),
    (rules.bounded_calls, "an API with the bound of the hooks", put(
        lambda s: resource(s, "accounts", "Api"), "DefaultRouteSettings", {"ThrottlingBurstLimit": 2000, "ThrottlingRateLimit": 1000})),
    (rules.response_headers, "another policy for the dashboard", put(
        lambda s: site_headers(s)["ContentSecurityPolicy"], "ContentSecurityPolicy", "default-src *")),
    (rules.response_headers, "a weaker value", put(lambda s: site_headers(s)["StrictTransportSecurity"], "AccessControlMaxAgeSec", 300)),
    (rules.response_headers, "a header that is not in the file", append(
        lambda s: resource(s, "edge", "ApiHeaders")["ResponseHeadersPolicyConfig"]["CustomHeadersConfig"]["Items"],
        {"Header": "Access-Control-Allow-Origin", "Value": "*", "Override": True})),
    (rules.response_headers, "a header left out", drop(site_headers, "ReferrerPolicy")),
    (rules.response_headers, "a function may weaken it", put(lambda s: site_headers(s)["FrameOptions"], "Override", False)),
    (rules.response_headers, "the API without headers", drop(lambda s: distribution(s)["CacheBehaviors"][0], "ResponseHeadersPolicyId")),
    (rules.response_headers, "pages of another group", put(
        lambda s: distribution(s)["DefaultCacheBehavior"], "ResponseHeadersPolicyId", {"Ref": "ApiHeaders"})),
    (rules.alarms, "function unwatched", lambda s: s["desk-alarms"]["Resources"].pop("FansGetAlarm")),
    (rules.alarms, "dead letters unwatched", lambda s: s["alarms"]["Resources"].pop("DrainDeadLettersAlarm")),
    (rules.alarms, "waiting unwatched", lambda s: s["alarms"]["Resources"].pop("InboundAgeAlarm")),
    (rules.alarms, "silent alarm", drop(lambda s: resource(s, "desk-alarms", "FansGetAlarm"), "AlarmActions")),
    (rules.alarms, "alarm on nothing", put(
        lambda s: resource(s, "alarms", "TickDeadLettersAlarm"), "Dimensions", [{"Name": "QueueName", "Value": "x"}])),
]


@pytest.mark.parametrize(("rule", "fault", "change"), FAULTS, ids=[f"{r.__name__}: {f}" for r, f, _ in FAULTS])
def test_fault_is_seen(source, rule, fault, change):
    change(source)
    assert rule(render.App(source, "prod")) != [], fault


def test_old_tls_under_our_own_name_is_seen(source):
    named = {"DomainName": "crm.example", "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/x"}
    assert rules.modern_tls(render.App(source, "prod", **named)) == []
    old = {"AcmCertificateArn": named["CertificateArn"], "SslSupportMethod": "sni-only", "MinimumProtocolVersion": "TLSv1.1_2016"}
    distribution(source)["ViewerCertificate"] = old
    assert rules.modern_tls(render.App(source, "prod", **named)) == [f"viewers: {old}"]


def test_every_rule_has_a_fault():
    assert {rule for rule, _, _ in FAULTS} == set(rules.APP_RULES)


def tenant_statements():
    """(stack, role, sid) of every statement that reaches tenant rows or keys."""
    app = render.App(templates.source(), "prod")
    return sorted(
        {
            (stack.name, logical, statement["Sid"])
            for stack, logical, statement in rules.policies(app)
            if "PrincipalTag" in str(statement.get("Condition")) and stack.name != "data"
        }
    )


@pytest.mark.parametrize(("stack", "role", "sid"), tenant_statements(), ids="/".join)
def test_each_guard_of_each_tenant_statement_is_needed(stack, role, sid):
    """No statement is special: whichever guard goes, wherever it goes, is noticed."""
    def checks(source):
        app = render.App(source, "prod", only={stack, "data"})
        return rules.table_statements(app) + rules.key_statements(app) + rules.bucket_statements(app)

    operators = statement(templates.source(), stack, role, sid)["Condition"]
    for operator, keys in operators.items():
        for key in keys:
            source = templates.source({stack})
            del statement(source, stack, role, sid)["Condition"][operator][key]
            assert checks(source) != [], f"{operator} {key}"
    source = templates.source({stack})
    del statement(source, stack, role, sid)["Condition"]
    assert checks(source) != []


def test_a_stack_of_201_resources_is_too_large():
    assert rules.stack_size({"big": {"Resources": {str(n): {} for n in range(201)}}}) != []
    assert rules.stack_size({"full": {"Resources": {str(n): {} for n in range(200)}}}) == []


@pytest.mark.parametrize("word", ["CLOCK_OFFSET_SECONDS", "aws_endpoint_url_dynamodb", "Telegram_Api_Url", "Xai_Api_Url", "GROQ_API_URL", "stripe_api_url"])
def test_host_only_words_are_seen(word):
    assert rules.host_only_words({"template.yaml": f"Variables: {{ {word}: x }}"}) != []


def test_functions_table_differences_are_seen(source):
    app = render.App(source, "prod")
    table = rules.documented()
    without = {handler: row for handler, row in table.items() if handler != "fans.get"}
    assert rules.same_functions(app, without) == ["fans.get: deployed but not in the table"]
    assert rules.same_functions(app, {**table, "fans.merge": ("POST /x", 256, 10)}) == ["fans.merge: in the table but not deployed"]
    assert rules.same_functions(app, {**table, "fans.get": ("GET /api/v1/fan", 256, 10)}) != []
    assert rules.same_functions(app, {**table, "fans.get": (table["fans.get"][0], 128, 10)}) != []


def test_crate_folders_differences_are_seen(source):
    app = render.App(source, "prod")
    deployed = {function["Handler"].split(".")[0] for _, _, function in app.functions()}
    assert rules.crate_folders(app, deployed) == []
    assert rules.crate_folders(app, deployed | {"ledger"}) == ["functions/ledger is not deployed"]
    assert rules.crate_folders(app, deployed - {"fans"}) == ["fans has no functions/fans"]


@pytest.mark.parametrize(
    "change",
    [
        put(lambda s: s["root"]["Resources"]["Fans"]["Properties"]["Parameters"], "Other", "x"),
        drop(lambda s: s["root"]["Resources"]["Fans"]["Properties"]["Parameters"], "TenantTable"),
        put(lambda s: s["root"]["Resources"]["Fans"]["Properties"], "TemplateURL", "infra/stacks/fan.yaml"),
        put(lambda s: s["root"]["Resources"]["Fans"]["Properties"]["Parameters"], "TenantTable", {"Fn::GetAtt": ["Data", "Outputs.Tenant"]}),
        put(fans_get, "Role", {"Fn::GetAtt": ["FansGetRole", "ARN"]}),
        put(fans_get, "Role", {"Fn::GetAtt": ["FanGetRole", "Arn"]}),
        put(fans_variables, "TENANT_TABLE", {"Fn::Sub": "${TenantTabel}"}),
        put(fans_get, "MemorySize", {"Fn::If": ["Missing", 1, 2]}),
    ],
)
def test_broken_wiring_is_not_resolved(source, change):
    change(source)
    with pytest.raises(render.Unresolved):
        rules.function_shape(render.App(source, "prod"))
        rules.environment(render.App(source, "prod"))


def test_a_key_written_twice_is_not_read(tmp_path):
    twice = tmp_path / "twice.yaml"
    twice.write_text("Resources: {}\nOutputs: {}\nResources: {}\n", encoding="utf-8")
    with pytest.raises(Exception, match="Resources is written twice"):
        templates.load(twice)
