"""What only our emulator does: every call is authorised, conditions included. Roles are shaped like the product's."""

import pytest
from botocore.exceptions import ClientError
from expectations import refused

import peers

pytestmark = pytest.mark.ours
ACCOUNT = peers.ACCOUNT
A, B = "0" * 25 + "A", "0" * 25 + "B"
TABLE = f"arn:aws:dynamodb:{peers.REGION}:{ACCOUNT}:table/tenant"
KEYS = f"arn:aws:kms:{peers.REGION}:{ACCOUNT}:key/*"
WORKER = f"arn:aws:iam::{ACCOUNT}:role/worker"
PLAIN = f"arn:aws:iam::{ACCOUNT}:role/plain"
OTHER = f"arn:aws:iam::{ACCOUNT}:role/other"
DENIED = ("AccessDeniedException", "AccessDenied")

LAMBDA_TRUST = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}


def self_trust(role):
    return {"Statement": [LAMBDA_TRUST, {
        "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": ["sts:AssumeRole", "sts:TagSession"],
        "Condition": {"ArnEquals": {"aws:PrincipalArn": role}, "Null": {"aws:RequestTag/tenant": "false"}},
    }]}


def tenant_rows(actions):
    return {
        "Effect": "Allow", "Action": actions, "Resource": [TABLE, f"{TABLE}/index/lists"],
        "Condition": {
            "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["T#${aws:PrincipalTag/tenant}#*"]},
            "Null": {"dynamodb:LeadingKeys": "false", "aws:PrincipalTag/tenant": "false"},
        },
    }


def signing():
    return {
        "Effect": "Allow", "Action": ["kms:Sign", "kms:Verify"], "Resource": KEYS,
        "Condition": {"StringEquals": {"kms:SigningAlgorithm": "ECDSA_SHA_256", "kms:MessageType": "DIGEST"}},
    }


def crypto():
    return {
        "Effect": "Allow", "Action": ["kms:GenerateDataKey", "kms:Decrypt"], "Resource": KEYS,
        "Condition": {
            "StringEquals": {"kms:EncryptionContext:tenant": "${aws:PrincipalTag/tenant}", "kms:EncryptionContext:purpose": ["data", "telegram"]},
            "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["tenant", "purpose"]},
            "Null": {"aws:PrincipalTag/tenant": "false"},
        },
    }


ITEM_ACTIONS = [f"dynamodb:{name}" for name in ("GetItem", "PutItem", "UpdateItem", "Query", "BatchGetItem", "BatchWriteItem", "ConditionCheckItem")]
ROLES = [
    {"arn": WORKER, "trust": self_trust(WORKER), "policies": [{"Statement": [
        tenant_rows(ITEM_ACTIONS),
        crypto(),
        {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Resource": WORKER},
        {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": f"arn:aws:sqs:{peers.REGION}:{ACCOUNT}:allowed"},
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::files/${aws:PrincipalTag/tenant}/*"},
        {"Effect": "Deny", "Action": "dynamodb:*", "Resource": TABLE, "Condition": {"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": ["*#FORBIDDEN"]}}},
    ]}]},
    {"arn": PLAIN, "trust": {"Statement": [LAMBDA_TRUST]}, "policies": [{"Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"},
        {"Effect": "Allow", "Action": "ses:SendEmail", "Resource": "*", "Condition": {"StringEquals": {"ses:FromAddress": "hello@example.com"}}},
        {"Effect": "Allow", "Action": "scheduler:*", "Resource": "*"},
        signing(),
        {"Effect": "Allow", "Action": "kms:GetPublicKey", "Resource": KEYS},
    ]}]},
    {"arn": OTHER, "trust": self_trust(WORKER), "policies": []},
]


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    peer = peers.start_ours(tmp_path_factory.mktemp("iam"), roles=ROLES)
    admin = peer.client("dynamodb")
    admin.create_table(
        TableName="tenant", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk", "lpk")],
        GlobalSecondaryIndexes=[{"IndexName": "lists", "KeySchema": [{"AttributeName": "lpk", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}],
    )
    for tenant in (A, B):
        admin.put_item(TableName="tenant", Item=row(tenant, lpk={"S": f"T#{tenant}#L"}))
    peer.client("s3").create_bucket(Bucket="files", CreateBucketConfiguration={"LocationConstraint": peers.REGION})
    for tenant in (A, B):
        peer.client("s3").put_object(Bucket="files", Key=f"{tenant}/f", Body=b"x")
    yield peer
    peer.stop()


def row(tenant, sk="1", **more):
    return {"pk": {"S": f"T#{tenant}#FAN"}, "sk": {"S": sk}, **more}


def assume(peer, tenant, role=WORKER, base=WORKER, **more):
    tags = [{"Key": "tenant", "Value": tenant}] if tenant else []
    return peer.as_role("sts", base).assume_role(RoleArn=role, RoleSessionName="tenant", Tags=tags, **more)["Credentials"]


def session(peer, service, tenant=A):
    got = assume(peer, tenant)
    return peer.client(service, got["AccessKeyId"], got["SecretAccessKey"], got["SessionToken"])


@pytest.fixture(scope="module")
def db(ours):
    return session(ours, "dynamodb")


def test_iam_own_rows_can_be_read_and_written(db):
    assert db.get_item(TableName="tenant", Key=row(A))["Item"]
    db.put_item(TableName="tenant", Item=row(A, "2"))


READS = {
    "get": lambda db, t: db.get_item(TableName="tenant", Key=row(t)),
    "put": lambda db, t: db.put_item(TableName="tenant", Item=row(t, "x")),
    "query": lambda db, t: db.query(TableName="tenant", KeyConditionExpression="pk = :p", ExpressionAttributeValues={":p": row(t)["pk"]}),
    "index": lambda db, t: db.query(TableName="tenant", IndexName="lists", KeyConditionExpression="#k = :p", ExpressionAttributeNames={"#k": "lpk"}, ExpressionAttributeValues={":p": {"S": f"T#{t}#L"}}),
    "batch-get": lambda db, t: db.batch_get_item(RequestItems={"tenant": {"Keys": [row(A), row(t, "other")]}}),
    "batch-write": lambda db, t: db.batch_write_item(RequestItems={"tenant": [{"PutRequest": {"Item": row(A, "y")}}, {"PutRequest": {"Item": row(t, "z")}}]}),
    "transact-get": lambda db, t: db.transact_get_items(TransactItems=[{"Get": {"TableName": "tenant", "Key": row(A)}}, {"Get": {"TableName": "tenant", "Key": row(t, "other")}}]),
    "transact-put": lambda db, t: db.transact_write_items(TransactItems=[{"Put": {"TableName": "tenant", "Item": row(A, "t1")}}, {"Put": {"TableName": "tenant", "Item": row(t, "t2")}}]),
    "transact-check": lambda db, t: db.transact_write_items(TransactItems=[
        {"ConditionCheck": {"TableName": "tenant", "Key": row(t), "ConditionExpression": "attribute_exists(pk)"}}, {"Put": {"TableName": "tenant", "Item": row(A, "t3")}}]),
}


@pytest.mark.parametrize("name", READS)
def test_iam_leading_keys_hold_for_every_kind_of_call(db, name):
    READS[name](db, A)
    with refused(*DENIED) as error:
        READS[name](db, B)
    assert "is not authorized to perform: dynamodb:" in error.message and TABLE in error.message


def test_iam_denied_transaction_writes_nothing(ours, db):
    with refused(*DENIED):
        db.transact_write_items(TransactItems=[{"Put": {"TableName": "tenant", "Item": row(A, "never")}}, {"Put": {"TableName": "tenant", "Item": row(B, "never")}}])
    assert "Item" not in ours.client("dynamodb").get_item(TableName="tenant", Key=row(A, "never"))


def test_iam_action_not_listed_is_denied_inside_a_transaction_too(db):
    with refused(*DENIED) as error:
        db.transact_write_items(TransactItems=[{"Delete": {"TableName": "tenant", "Key": row(A)}}])
    assert "dynamodb:DeleteItem" in error.message


def test_iam_calls_without_leading_keys_are_denied(db):
    with refused(*DENIED):
        db.scan(TableName="tenant")
    with refused(*DENIED):
        db.execute_statement(Statement="SELECT * FROM tenant")
    with refused(*DENIED):
        db.describe_table(TableName="tenant")


def test_iam_prefix_of_a_tenant_is_not_the_tenant(ours):
    short = session(ours, "dynamodb", A[:-1])
    with refused(*DENIED):
        READS["get"](short, A)


def test_iam_wildcard_in_a_tag_opens_nothing(ours):
    with pytest.raises(ClientError):
        READS["get"](session(ours, "dynamodb", "*"), A)


def test_iam_untagged_role_reaches_no_tenant_rows(ours):
    with refused(*DENIED):
        READS["get"](ours.as_role("dynamodb", WORKER), A)


def test_iam_explicit_deny_wins(db):
    with refused(*DENIED) as error:
        db.get_item(TableName="tenant", Key={"pk": {"S": f"T#{A}#FORBIDDEN"}, "sk": {"S": "1"}})
    assert "explicit deny" in error.message


def test_iam_session_needs_the_tag(ours):
    with refused(*DENIED):
        assume(ours, None)


def test_iam_role_without_trust_for_itself_cannot_assume(ours):
    with refused(*DENIED):
        assume(ours, A, role=WORKER, base=PLAIN)
    with refused(*DENIED):
        assume(ours, A, role=OTHER, base=WORKER)
    with refused(*DENIED):
        assume(ours, A, role=f"arn:aws:iam::{ACCOUNT}:role/none", base=PLAIN)


def test_iam_chained_session_lives_one_hour_at_most(ours):
    with refused("ValidationError"):
        assume(ours, A, DurationSeconds=3601)


def test_iam_identity_of_a_session(ours):
    got = session(ours, "sts").get_caller_identity()
    assert got["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/worker/tenant"


def test_iam_encryption_context_is_bound_to_the_tenant(ours):
    key = ours.client("kms").create_key()["KeyMetadata"]["KeyId"]
    kms = session(ours, "kms")
    made = kms.generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext={"tenant": A, "purpose": "data"})
    kms.decrypt(CiphertextBlob=made["CiphertextBlob"], EncryptionContext={"tenant": A, "purpose": "data"})
    for context in ({"tenant": B, "purpose": "data"}, {"tenant": A, "purpose": "else"}, {"tenant": A}, {}, {"tenant": A, "purpose": "data", "more": "x"}):
        with refused(*DENIED):
            kms.generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext=context)
    with refused(*DENIED):
        ours.as_role("kms", WORKER).generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext={"tenant": A, "purpose": "data"})


def test_iam_key_policy_is_asked_too(ours):
    admin = ours.client("kms")
    key = admin.create_key(Policy='{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "kms:Encrypt", "Resource": "*"}]}' % PLAIN)
    name = key["KeyMetadata"]["KeyId"]
    assert ours.as_role("kms", PLAIN).encrypt(KeyId=name, Plaintext=b"x")
    with refused(*DENIED):
        session(ours, "kms").generate_data_key(KeyId=name, KeySpec="AES_256", EncryptionContext={"tenant": A, "purpose": "data"})


def test_iam_signing_is_bound_to_digests(ours):
    key = ours.client("kms").create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    kms, other = ours.as_role("kms", PLAIN), ours.as_role("kms", WORKER)
    request = {"KeyId": key, "Message": b"x" * 32, "SigningAlgorithm": "ECDSA_SHA_256"}
    signature = kms.sign(MessageType="DIGEST", **request)["Signature"]
    assert kms.verify(MessageType="DIGEST", Signature=signature, **request)["SignatureValid"]
    assert kms.get_public_key(KeyId=key)["CustomerMasterKeySpec"] == "ECC_NIST_P256"
    for given in ({}, {"MessageType": "RAW"}, {"MessageType": "DIGEST", "SigningAlgorithm": "ECDSA_SHA_384"}):
        with refused(*DENIED):
            kms.sign(**{**request, **given})
        with refused(*DENIED):
            kms.verify(Signature=signature, **{**request, **given})
    with refused(*DENIED):
        other.sign(MessageType="DIGEST", **request)
    with refused(*DENIED):
        other.get_public_key(KeyId=key)


def test_iam_queue_by_its_exact_arn(ours):
    admin = ours.client("sqs")
    urls = {name: admin.create_queue(QueueName=name)["QueueUrl"] for name in ("allowed", "allowed-not")}
    sqs = ours.as_role("sqs", WORKER)
    sqs.send_message(QueueUrl=urls["allowed"], MessageBody="a")
    sqs.send_message_batch(QueueUrl=urls["allowed"], Entries=[{"Id": "1", "MessageBody": "a"}])
    with refused(*DENIED):
        sqs.send_message(QueueUrl=urls["allowed-not"], MessageBody="a")
    with refused(*DENIED):
        sqs.receive_message(QueueUrl=urls["allowed"])


def test_iam_variable_in_a_resource(ours):
    s3 = session(ours, "s3")
    assert s3.get_object(Bucket="files", Key=f"{A}/f")["Body"].read() == b"x"
    with refused(*DENIED):
        s3.get_object(Bucket="files", Key=f"{B}/f")


def test_iam_sender_address_condition(ours):
    ours.client("ses").verify_domain_identity(Domain="example.com")
    ses = ours.as_role("ses", PLAIN)
    message = {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}
    ses.send_email(Source="Sofi <hello@example.com>", Destination={"ToAddresses": ["a@example.org"]}, Message=message)
    with refused(*DENIED):
        ses.send_email(Source="other@example.com", Destination={"ToAddresses": ["a@example.org"]}, Message=message)


def test_iam_passing_a_role_is_an_action(ours):
    with refused(*DENIED) as error:
        ours.as_role("scheduler", PLAIN).create_schedule(
            Name="x", ScheduleExpression="rate(1 hour)", FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": f"arn:aws:sqs:{peers.REGION}:{ACCOUNT}:allowed", "RoleArn": WORKER},
        )
    assert "iam:PassRole" in error.message


CALLS = {
    "dynamodb": lambda c: c.list_tables(), "sqs": lambda c: c.list_queues(), "kms": lambda c: c.list_keys(),
    "s3": lambda c: c.list_buckets(), "ses": lambda c: c.list_identities(), "sts": lambda c: c.get_caller_identity(),
    "scheduler": lambda c: c.list_schedules(),
}
UNKNOWN = {
    "dynamodb": "UnrecognizedClientException", "kms": "UnrecognizedClientException", "scheduler": "UnrecognizedClientException",
    "sqs": "InvalidClientTokenId", "ses": "InvalidClientTokenId", "sts": "InvalidClientTokenId", "s3": "InvalidAccessKeyId",
}
BAD_SIGNATURE = {
    "dynamodb": "InvalidSignatureException", "kms": "InvalidSignatureException", "scheduler": "InvalidSignatureException",
    "sqs": "SignatureDoesNotMatch", "ses": "SignatureDoesNotMatch", "sts": "SignatureDoesNotMatch", "s3": "SignatureDoesNotMatch",
}


@pytest.mark.parametrize("service", CALLS)
def test_iam_unknown_key_is_refused(ours, service):
    with refused(UNKNOWN[service]):
        CALLS[service](ours.client(service, "AKIAUNKNOWN", "secret"))


@pytest.mark.parametrize("service", CALLS)
def test_iam_wrong_secret_is_refused(ours, service):
    with refused(BAD_SIGNATURE[service]):
        CALLS[service](ours.client(service, ours.key, "not-the-secret"))


@pytest.mark.parametrize("service", CALLS)
def test_iam_session_key_without_its_token_is_refused(ours, service):
    key = ours.role_keys[WORKER]
    with refused("UnrecognizedClientException", "InvalidClientTokenId", "InvalidToken"):
        CALLS[service](ours.client(service, key["id"], key["secret"]))


@pytest.mark.parametrize("service", CALLS)
def test_iam_role_without_permission_is_denied_in_the_services_words(ours, service):
    if service == "sts":
        assert ours.as_role(service, OTHER).get_caller_identity()["Account"] == ACCOUNT
        return
    with refused(*DENIED) as error:
        CALLS[service](ours.as_role(service, OTHER))
    assert "is not authorized to perform" in error.message
