"""Faults in what roles and keys allow: (rule that must speak, what is wrong, how a template gets it)."""

import copy

import render
import rules
from faults import append, drop, fans_get_role, put, resource, statement

EXPORT_KEY = f"arn:aws:kms:{render.REGION}:{render.ACCOUNT}:key/ExportKey"


def mailer_send(source):
    return statement(source, "mailer", "MailerSendRole", "Send")


def fans_rows(source):
    return statement(source, "fans", "FansGetRole", "TenantRows")


def fans_key(source):
    return statement(source, "fans", "FansGetRole", "DataKey")


def fans_routing(source):
    return statement(source, "fans", "FansGetRole", "RoutingRows")


def audit_export(source, sid):
    return statement(source, "audit", "AuditExportRole", sid)


def holders(source):
    return statement(source, "workers", "WorkersInboundRole", "Holders")


def searched(source):
    return statement(source, "accounts", "AccountsSearchRole", "RoutingRows")


def import_routing(source):
    return statement(source, "fans", "FansImportRole", "RoutingRows")["Condition"]["ForAllValues:StringLike"]


def fans_counter(source):
    return statement(source, "fans", "FansGetRole", "TokenUse")


def fans_trust(source):
    return fans_get_role(source)["AssumeRolePolicyDocument"]["Statement"]


PERMISSION_FAULTS = [
    (rules.no_wildcards, "wildcard action", put(fans_rows, "Action", ["dynamodb:*"])),
    (rules.no_wildcards, "prefix action", put(fans_rows, "Action", ["dynamodb:Get*"])),
    (rules.no_wildcards, "scan", put(fans_rows, "Action", ["dynamodb:GetItem", "dynamodb:Scan"])),
    (rules.no_wildcards, "PartiQL", put(fans_rows, "Action", ["dynamodb:PartiQLSelect"])),
    (rules.no_wildcards, "resource star", put(fans_rows, "Resource", "*")),
    (rules.no_wildcards, "open resource", put(fans_rows, "Resource", {"Fn::Sub": "${TenantTableArn}*"})),
    (rules.no_wildcards, "NotAction", put(fans_rows, "NotAction", ["dynamodb:Scan"])),
    (rules.no_wildcards, "no Sid", drop(fans_rows, "Sid")),
    (rules.no_wildcards, "Sid twice", put(fans_rows, "Sid", "RoutingRows")),
    (rules.table_statements, "an update of tenant rows", put(fans_rows, "Action", ["dynamodb:UpdateItem"])),
    (
        rules.table_statements,
        "an update of sessions",
        put(lambda s: fans_counter(s)["Condition"]["ForAllValues:StringLike"], "dynamodb:LeadingKeys", ["R#*"]),
    ),
    (rules.table_statements, "who stores messages reads who holds whom", put(holders, "Action", ["dynamodb:PutItem", "dynamodb:Query"])),
    (
        rules.table_statements,
        "who stores messages writes any routing row",
        put(lambda s: holders(s)["Condition"]["ForAllValues:StringLike"], "dynamodb:LeadingKeys", ["R#*"]),
    ),
    (rules.table_statements, "a search that writes logins", put(searched, "Action", ["dynamodb:GetItem", "dynamodb:PutItem"])),
    (rules.table_statements, "a counter that may also delete", put(fans_counter, "Action", ["dynamodb:UpdateItem", "dynamodb:DeleteItem"])),
    (rules.reading_routes, "an update of sessions", put(lambda s: fans_counter(s)["Condition"]["ForAllValues:StringLike"], "dynamodb:LeadingKeys", ["R#*"])),
    (rules.table_statements, "no condition", drop(fans_rows, "Condition")),
    (rules.table_statements, "no leading keys", drop(lambda s: fans_rows(s)["Condition"], "ForAllValues:StringLike")),
    (rules.table_statements, "no null guards", drop(lambda s: fans_rows(s)["Condition"], "Null")),
    (rules.table_statements, "null guard on keys only", put(lambda s: fans_rows(s)["Condition"], "Null", {"dynamodb:LeadingKeys": "false"})),
    (
        rules.table_statements,
        "null guard on tag only",
        put(lambda s: fans_rows(s)["Condition"], "Null", {"aws:PrincipalTag/tenant": "false"}),
    ),
    (
        rules.table_statements,
        "null guard turned round",
        put(lambda s: fans_rows(s)["Condition"]["Null"], "dynamodb:LeadingKeys", "true"),
    ),
    (
        rules.table_statements,
        "no closing hash",
        put(
            lambda s: fans_rows(s)["Condition"]["ForAllValues:StringLike"],
            "dynamodb:LeadingKeys",
            ["T#${aws:PrincipalTag/tenant}*"],
        ),
    ),
    (
        rules.table_statements,
        "misspelt key",
        put(lambda s: fans_rows(s)["Condition"], "ForAllValues:StringLike", {"dynamodb:LeadingKey": [rules.TENANT_KEYS]}),
    ),
    (
        rules.table_statements,
        "other tag",
        put(
            lambda s: fans_rows(s)["Condition"]["ForAllValues:StringLike"],
            "dynamodb:LeadingKeys",
            ["T#${aws:PrincipalTag/Tenant}#*"],
        ),
    ),
    (
        rules.table_statements,
        "another prefix beside the tenant's",
        put(
            lambda s: fans_rows(s)["Condition"]["ForAllValues:StringLike"],
            "dynamodb:LeadingKeys",
            [rules.TENANT_KEYS, "R#*"],
        ),
    ),
    (
        rules.table_statements,
        "StringEquals instead of StringLike",
        put(fans_rows, "Condition", {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [rules.TENANT_KEYS]}, "Null": {}}),
    ),
    (rules.table_statements, "ForAnyValue", put(fans_rows, "Condition", {"ForAnyValue:StringLike": {}, "Null": {}})),
    (rules.table_statements, "routing without prefix", drop(fans_routing, "Condition")),
    (rules.table_statements, "routing under the tenant's prefix", put(fans_routing, "Condition", copy.deepcopy(rules.TENANT_GUARD))),
    (rules.table_statements, "tenant and routing rows in one", put(fans_rows, "Resource", [{"Ref": "TenantTableArn"}, {"Ref": "RoutingTableArn"}])),
    (rules.table_statements, "somebody's table", put(fans_rows, "Resource", "arn:aws:dynamodb:eu-central-1:123456789012:table/other")),
    (
        rules.table_statements,
        "sessions for the role that asks Stripe",
        put(
            lambda s: statement(s, "billing", "BillingSyncRole", "RoutingRows")["Condition"]["ForAllValues:StringLike"],
            "dynamodb:LeadingKeys",
            ["R#*"],
        ),
    ),
    (
        rules.table_statements,
        "any row of the platform written with a customer",
        put(
            lambda s: statement(s, "billing", "BillingCheckoutRole", "WhosePays")["Condition"]["ForAllValues:StringLike"],
            "dynamodb:LeadingKeys",
            ["R#*"],
        ),
    ),
    (
        rules.table_statements,
        "a write beside the reading of platform rows",
        put(
            lambda s: statement(s, "billing", "BillingCheckoutRole", "RoutingRows"),
            "Action",
            ["dynamodb:GetItem", "dynamodb:PutItem"],
        ),
    ),
    (
        rules.table_statements,
        "any secret of the platform for whoever brings people in",
        put(import_routing, "dynamodb:LeadingKeys", ["R#*"]),
    ),
    (
        rules.table_statements,
        "any row of the platform deleted with somebody's sessions",
        put(
            lambda s: statement(s, "accounts", "AccountsEndAllSessionsRole", "Sessions")["Condition"]["ForAllValues:StringLike"],
            "dynamodb:LeadingKeys",
            ["R#*"],
        ),
    ),
    (
        rules.table_statements,
        "any secret of the platform for what erases a workspace",
        append(
            lambda s: statement(s, "privacy", "PrivacyEraseWorkspaceRole", "RoutingRows")["Condition"]["ForAllValues:StringLike"][
                "dynamodb:LeadingKeys"
            ],
            "R#PLATFORM#*",
        ),
    ),
    (
        rules.table_statements,
        "the renewal of another secret than the pepper",
        put(
            lambda s: statement(s, "accounts", "AccountsRenewPepperRole", "PlatformSecrets")["Condition"]["ForAllValues:StringLike"],
            "dynamodb:LeadingKeys",
            ["R#PLATFORM#*"],
        ),
    ),
    (
        rules.table_statements,
        "due index for somebody else",
        put(
            lambda s: statement(s, "workers", "WorkersSenderRole", "WorkRows"),
            "Resource",
            {"Fn::Sub": "${WorkTableArn}/index/due"},
        ),
    ),
    (
        rules.table_statements,
        "what falls due for the role that replays erasures",
        put(
            lambda s: statement(s, "operations", "OperationsReplayErasuresRole", "Erased"),
            "Condition",
            {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["D#*"]}, "Null": {"dynamodb:LeadingKeys": "false"}},
        ),
    ),
    (
        rules.table_statements,
        "audit rows deleted",
        put(lambda s: statement(s, "accounts", "AccountsVerifyRole", "AuditRows"), "Action", ["dynamodb:DeleteItem"]),
    ),
    (rules.key_statements, "no condition", drop(fans_key, "Condition")),
    (rules.key_statements, "no purpose", drop(lambda s: fans_key(s)["Condition"]["StringEquals"], "kms:EncryptionContext:purpose")),
    (rules.key_statements, "no tenant", drop(lambda s: fans_key(s)["Condition"]["StringEquals"], "kms:EncryptionContext:tenant")),
    (
        rules.key_statements,
        "two purposes",
        put(lambda s: fans_key(s)["Condition"]["StringEquals"], "kms:EncryptionContext:purpose", ["data", "telegram"]),
    ),
    (rules.key_statements, "no null guard", drop(lambda s: fans_key(s)["Condition"], "Null")),
    (rules.key_statements, "open context", drop(lambda s: fans_key(s)["Condition"], "ForAllValues:StringEquals")),
    (rules.key_statements, "sealing with the signing key", lambda s: fans_key(s).update(Resource=EXPORT_KEY)),
    (rules.key_statements, "signing whole messages", lambda s: fans_key(s).update(Action=["kms:Sign"], Resource=EXPORT_KEY)),
    (rules.key_statements, "managing the key", put(fans_key, "Action", ["kms:Decrypt", "kms:DisableKey"])),
    (
        rules.key_statements,
        "platform secrets for everybody",
        lambda s: fans_key(s).update(Condition=copy.deepcopy(rules.PLATFORM_GUARD)),
    ),
    (rules.platform_secrets, "all secrets for one more role", put(import_routing, "dynamodb:LeadingKeys", ["R#SESSION#*", "R#PLATFORM#*"])),
    (
        rules.platform_secrets,
        "a role that is named and needs it no more",
        put(
            lambda s: statement(s, "billing", "BillingSyncRole", "RoutingRows")["Condition"]["ForAllValues:StringLike"],
            "dynamodb:LeadingKeys",
            ["R#PLATFORM#stripe-key", "R#STRIPE#*"],
        ),
    ),
    (rules.mail_statements, "any sender", drop(mailer_send, "Condition")),
    (
        rules.mail_statements,
        "every address of the domain",
        put(lambda s: mailer_send(s)["Condition"]["StringEquals"], "ses:FromAddress", "*@soficrm.com"),
    ),
    (rules.mail_statements, "raw mails", put(mailer_send, "Action", ["ses:SendEmail", "ses:SendRawEmail"])),
    (
        rules.mail_statements,
        "without a configuration set",
        put(mailer_send, "Resource", {"Ref": "MailIdentityArn"}),
    ),
    (
        rules.bucket_statements,
        "anchors deleted",
        put(lambda s: statement(s, "audit", "AuditChainRole", "AnchorWrite"), "Action", ["s3:DeleteObject"]),
    ),
    (
        rules.bucket_statements,
        "anchors of all tenants",
        put(lambda s: statement(s, "audit", "AuditChainRole", "AnchorWrite"), "Resource", {"Fn::Sub": "${AnchorBucketArn}/*"}),
    ),
    (
        rules.bucket_statements,
        "a bucket without a lock",
        drop(lambda s: resource(s, "data", "AnchorBucket"), "ObjectLockConfiguration"),
    ),
    (
        rules.key_policy,
        "platform secrets under any name",
        drop(
            lambda s: resource(s, "data", "DataKey")["KeyPolicy"]["Statement"][2]["Condition"]["StringEquals"],
            "kms:EncryptionContext:tenant",
        ),
    ),
    (rules.key_policy, "no rotation", drop(lambda s: resource(s, "data", "DataKey"), "EnableKeyRotation")),
    (rules.key_policy, "an export key that encrypts", put(lambda s: resource(s, "data", "ExportKey"), "KeyUsage", "ENCRYPT_DECRYPT")),
    (
        rules.key_policy,
        "administrators sign",
        append(lambda s: resource(s, "data", "ExportKey")["KeyPolicy"]["Statement"][0]["Action"], "kms:Sign"),
    ),
    (
        rules.key_policy,
        "signatures of whole messages",
        drop(
            lambda s: resource(s, "data", "ExportKey")["KeyPolicy"]["Statement"][1]["Condition"]["StringEquals"],
            "kms:MessageType",
        ),
    ),
    (
        rules.key_policy,
        "administrators decrypt",
        append(lambda s: resource(s, "data", "DataKey")["KeyPolicy"]["Statement"][0]["Action"], "kms:Decrypt"),
    ),
    (
        rules.key_policy,
        "use without tenant",
        drop(lambda s: resource(s, "data", "DataKey")["KeyPolicy"]["Statement"][1]["Condition"], "Null"),
    ),
    (rules.reading_routes, "a GET that writes", append(lambda s: fans_rows(s)["Action"], "dynamodb:PutItem")),
    (rules.reading_routes, "a GET that sends", append(lambda s: fans_rows(s)["Action"], "sqs:SendMessage")),
    (rules.reading_routes, "a recorded GET that deletes", append(lambda s: audit_export(s, "AuditRows")["Action"], "dynamodb:DeleteItem")),
    (rules.reading_routes, "a recorded GET that writes elsewhere", append(lambda s: audit_export(s, "KeysRows")["Action"], "dynamodb:PutItem")),
    (rules.trust, "no source account", drop(lambda s: fans_trust(s)[0], "Condition")),
    (rules.trust, "another principal", put(lambda s: fans_trust(s)[0], "Principal", {"Service": "ec2.amazonaws.com"})),
    (rules.trust, "any role of the account", drop(lambda s: fans_trust(s)[1], "Condition")),
    (
        rules.trust,
        "somebody else's role",
        put(lambda s: fans_trust(s)[1]["Condition"]["ArnEquals"], "aws:PrincipalArn", "arn:aws:iam::123456789012:role/other"),
    ),
    (rules.trust, "no session tags", put(lambda s: fans_trust(s)[1], "Action", "sts:AssumeRole")),
    (
        rules.trust,
        "assumes another role",
        put(
            lambda s: statement(s, "fans", "FansGetRole", "TenantSession"),
            "Resource",
            {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/${StackPrefix}-fans-update"},
        ),
    ),
    (rules.trust, "managed policy", put(fans_get_role, "ManagedPolicyArns", ["arn:aws:iam::aws:policy/AdministratorAccess"])),
    (rules.trust, "webhook with a tenant session", append(
        lambda s: resource(s, "telegram-hooks", "TelegramHooksWebhookRole")["AssumeRolePolicyDocument"]["Statement"],
        {"Sid": "TenantSession", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"},
    )),
    (rules.table_statements, "tick without prefix", drop(
        lambda s: statement(s, "operations", "OperationsTickRole", "DueRows"), "Condition")),
]
