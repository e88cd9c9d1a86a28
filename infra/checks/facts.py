"""What the rules share: names, guards and how to find policies and roles."""

import re

from templates import ROOT

FUNCTIONS_TABLE = ROOT / "infra" / "docs" / "functions.md"

#: What is meant for the C library, with the only value that it may have: buffers from 1 MiB on go back to the system when they are freed.
FOR_LIBC = {"MALLOC_MMAP_THRESHOLD_": "1048576"}

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
    "ALERTS_QUEUE_URL",
    "BILLING_QUEUE_URL",
    "CLOSINGS_QUEUE_URL",
    "ERASURES_QUEUE_URL",
    "EXPORTS_QUEUE_URL",
    "ROLE_ARN",
    "PUBLIC_URL",
    "APP_ORIGIN",
    "SOURCE_QUEUE_NAME",
    "WAKE_QUEUE_URL",
    "SOFI_QUEUE_URL",
    "AUDIT_QUEUE_URL",
    "ANCHOR_BUCKET",
    "EXPORT_BUCKET",
    "EXPORT_KEY_ARN",
    "MAIL_QUEUE_URL",
    "MAIL_BULK_QUEUE_URL",
    "MAIL_FROM",
    "MAIL_CONFIGURATION_SET",
    "XAI_MODEL",
    "GROQ_MODEL",
}
#: Words that no template and no stage setting may contain, in any case.
HOST_ONLY = ("AWS_ENDPOINT_URL", "TELEGRAM_API_URL", "XAI_API_URL", "GROQ_API_URL", "STRIPE_API_URL", "CLOCK_OFFSET", "SOFI_DRAFTS_ONLY", "SITE_URL")
#: Functions without a trigger: an operator invokes them.
DIRECT = {"operations.set-secret", "operations.replay-erasures", "accounts.appoint-staff", "accounts.end-all-sessions", "accounts.renew-pepper", "privacy.reseal"}

#: Statements whose resource is "*", by (stack, logical id, sid), and why it cannot be narrower.
STAR_RESOURCES = {
    ("data", "DataKey", "AdministratorsManage"): "in a key policy * means this key",
    ("data", "DataKey", "TenantsUse"): "in a key policy * means this key",
    ("data", "DataKey", "PlatformUses"): "in a key policy * means this key",
    ("data", "ExportKey", "AdministratorsManage"): "in a key policy * means this key",
    ("data", "ExportKey", "FunctionsSign"): "in a key policy * means this key",
}
#: Resources that end in a wildcard after a fixed name.
OPEN_ENDS = (
    re.compile(r"arn:aws:logs:[^*]+:log-group:/aws/lambda/[^*:]+:\*"),  # a group's streams
    re.compile(r"arn:aws:s3:::[^*/]+/\*"),  # a bucket's objects
    re.compile(r"arn:aws:s3:::[^*/]+/\$\{aws:PrincipalTag/tenant\}/\*"),  # a tenant's objects in a bucket
)
FORBIDDEN_ACTIONS = re.compile(
    r"dynamodb:(Scan|PartiQL|ExecuteStatement|BatchExecuteStatement|ExportTable|ImportTable|DeleteTable)|sqs:PurgeQueue"
    r"|kms:(ReEncrypt|CreateGrant)|iam:|s3:Delete.*Version|lambda:(?!InvokeFunction)",
    re.I,
)

#: The one role that reads the due index and keeps its own place beside it.
TICK_ROLE = "OperationsTickRole"
#: Reads of the due index what was erased, and nothing that falls due.
REPLAY_ROLE = "OperationsReplayErasuresRole"
TENANT_KEYS = "T#${aws:PrincipalTag/tenant}#*"
TENANT_GUARD = {
    "ForAllValues:StringLike": {"dynamodb:LeadingKeys": [TENANT_KEYS]},
    "Null": {"dynamodb:LeadingKeys": "false", "aws:PrincipalTag/tenant": "false"},
}

#: The mailer knows suppressed addresses and their key, and neither logins nor sessions.
SUPPRESSION_GUARD = {
    "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["R#PLATFORM#suppression", "R#SUPPRESSED#*"]},
    "Null": {"dynamodb:LeadingKeys": "false"},
}

#: The one platform secret under which people are marked, and the rows by these marks. Who stores a fan writes them and reads none, who
#: erases one reads and deletes them, who searches for one reads them.
HOLDER_KEY = "R#PLATFORM#holders"
HOLDERS = "R#HOLDER#*"
#: What routing has of a workspace and of a person: bots, payments, links, logins, sessions, passkeys, appointments, the mark of what is gone.
OF_TENANTS = (
    "R#BOT#*",
    "R#CLOSED#*",
    "R#EMAIL#*",
    "R#HEARING#*",
    HOLDERS,
    "R#HOOK#*",
    "R#INVITATION#*",
    "R#PASSKEY#*",
    "R#SESSION#*",
    "R#STAFF#*",
    "R#STRIPE#*",
    "R#USER#*",
)


def routing_guard(*keys):
    return {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(keys)},
        "Null": {"dynamodb:LeadingKeys": "false"},
    }


#: (role, actions on routing) and the keys that they are held to. One key opens all platform secrets, so whoever opens some reads these by
#: name: with the pepper they could look up who has an account, with Stripe's key take money.
ROUTING_GUARDS = {
    ("AccountsEndAllSessionsRole", ("GetItem",)): routing_guard("R#PLATFORM#pepper", "R#EMAIL#*"),
    ("AccountsEndAllSessionsRole", ("Query", "DeleteItem")): routing_guard("R#USER#*", "R#SESSION#*"),
    ("AccountsEndAllSessionsRole", ("PutItem",)): routing_guard("R#HEARING#*"),
    ("AccountsRenewPepperRole", ("GetItem", "PutItem")): routing_guard("R#PLATFORM#pepper"),
    ("AccountsSearchRole", ("GetItem",)): routing_guard("R#SESSION#*", "R#STAFF#*", HOLDER_KEY, "R#PLATFORM#pepper", "R#EMAIL#*"),
    ("AccountsSearchRole", ("Query",)): routing_guard(HOLDERS),
    ("AccountsSearchRole", ("BatchGetItem", "PutItem")): routing_guard("R#THROTTLE#SEARCHES#*"),
    # Writes whose a new customer of Stripe's is, and no other row of the platform.
    ("BillingCheckoutRole", ("GetItem",)): routing_guard("R#*"),
    ("BillingCheckoutRole", ("PutItem",)): routing_guard("R#STRIPE#*"),
    # Compares what was bought with Stripe: opens Stripe's key and finds whose a customer is, and reads no session.
    ("BillingSyncRole", ("GetItem",)): routing_guard("R#PLATFORM#*", "R#STRIPE#*"),
    ("FansImportRole", ("GetItem",)): routing_guard("R#SESSION#*", HOLDER_KEY),
    ("FansImportRole", ("PutItem",)): routing_guard(HOLDER_KEY, HOLDERS),
    ("PrivacyEraseRole", ("GetItem",)): routing_guard(HOLDER_KEY),
    ("PrivacyEraseRole", ("BatchGetItem", "DeleteItem")): routing_guard(HOLDERS),
    ("PrivacyEraseWorkspaceRole", ("GetItem",)): routing_guard(HOLDER_KEY),
    ("PrivacyEraseWorkspaceRole", ("GetItem", "BatchGetItem", "PutItem", "DeleteItem", "Query")): routing_guard(*OF_TENANTS),
    ("WorkersInboundRole", ("GetItem", "PutItem")): routing_guard(HOLDER_KEY),
    ("WorkersInboundRole", ("PutItem",)): routing_guard(HOLDERS),
    ("WorkspacesInviteRole", ("GetItem", "PutItem")): routing_guard(
        "R#SESSION#*", "R#INVITATION#*", "R#PLATFORM#invitations", "R#THROTTLE#INVITATIONS#*", "R#THROTTLE#INVITERS#*"
    ),
}
#: Roles that reach the routing table by these statements and no other, but for the counter of tokens.
ROUTING_ROLES = {role for role, _ in ROUTING_GUARDS}
#: Keys under which all platform secrets lie.
ALL_SECRETS = {"R#*", "R#PLATFORM#*"}
#: Roles that open platform secrets and may read all of them, older than the rule against it. The list can only shrink.
READ_ALL_SECRETS = {
    "AccountsAppointStaffRole",
    "AccountsAskPasskeyRole",
    "AccountsBeginEmailChangeRole",
    "AccountsChangePasswordRole",
    "AccountsCompleteEmailChangeRole",
    "AccountsCompleteResetRole",
    "AccountsConfirmTotpRole",
    "AccountsEnterWithPasskeyRole",
    "AccountsLoginRole",
    "AccountsProveRole",
    "AccountsRecoveryCodesRole",
    "AccountsRegisterRole",
    "AccountsResendRole",
    "AccountsResetRole",
    "AccountsRestoreEmailRole",
    "AccountsSecondFactorRole",
    "AccountsVerifyRole",
    "BillingCancelRole",
    "BillingCheckoutRole",
    "BillingPortalRole",
    "BillingResumeRole",
    "BillingStripeWebhookRole",
    "BillingSyncRole",
    "BillingWithdrawRole",
    "SofiReplyRole",
    "SofiTestChatRole",
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


#: The one key that signs; all others seal.
SIGNING_KEY = "ExportKey"
DIGEST_GUARD = {"StringEquals": {"kms:SigningAlgorithm": "ECDSA_SHA_256", "kms:MessageType": "DIGEST"}}

#: Platform secrets carry the platform's own name; only these roles open them.
PLATFORM_GUARD = {
    "StringEquals": {"kms:EncryptionContext:tenant": "platform", "kms:EncryptionContext:purpose": "platform"},
    "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["tenant", "purpose"]},
    "Null": {"kms:EncryptionContextKeys": "false"},
}
PLATFORM_ROLES = {
    "AccountsAppointStaffRole",
    "AccountsSearchRole",
    "AccountsEndAllSessionsRole",
    "AccountsRenewPepperRole",
    "AccountsRegisterRole",
    "AccountsLoginRole",
    "AccountsVerifyRole",
    "AccountsResendRole",
    "AccountsSecondFactorRole",
    "AccountsProveRole",
    "AccountsChangePasswordRole",
    "AccountsResetRole",
    "AccountsCompleteResetRole",
    "AccountsConfirmTotpRole",
    "AccountsRecoveryCodesRole",
    "AccountsBeginEmailChangeRole",
    "AccountsCompleteEmailChangeRole",
    "WorkspacesInviteRole",
    "AccountsRestoreEmailRole",
    "AccountsAskPasskeyRole",
    "AccountsEnterWithPasskeyRole",
    "BillingCancelRole",
    "BillingCheckoutRole",
    "BillingPortalRole",
    "BillingResumeRole",
    "BillingStripeWebhookRole",
    "BillingSyncRole",
    "BillingWithdrawRole",
    "FansImportRole",
    "MailerFeedbackRole",
    "MailerSendBulkRole",
    "MailerSendRole",
    "OperationsSetSecretRole",
    "PrivacyEraseRole",
    "PrivacyEraseWorkspaceRole",
    "SofiReplyRole",
    "SofiTestChatRole",
    "WorkersInboundRole",
}


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
