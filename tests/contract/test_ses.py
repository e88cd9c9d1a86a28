"""SES v1."""

import pytest
from expectations import refused


@pytest.fixture
def ses(peer):
    return peer.client("ses")


@pytest.fixture
def sender(ses, unique):
    address = f"{unique}@example.com"
    ses.verify_email_identity(EmailAddress=address)
    return address


def send(ses, source, to="person@example.org", **more):
    message = {"Subject": {"Data": "Código 😊"}, "Body": {"Text": {"Data": "your code is 123456"}}}
    return ses.send_email(Source=source, Destination={"ToAddresses": [to], **more}, Message=message)


def test_ses_send_answers_an_id(ses, sender):
    assert len(send(ses, sender)["MessageId"]) > 20


def test_ses_display_name_is_part_of_no_check(ses, sender):
    assert send(ses, f"Sofi <{sender}>")["MessageId"]


def test_ses_unverified_sender_is_refused(ses):
    with refused("MessageRejected") as error:
        send(ses, "stranger@nowhere.example")
    assert "not verified" in error.message


def test_ses_domain_identity_covers_its_addresses(ses, unique):
    ses.verify_domain_identity(Domain=f"{unique}.example.com")
    assert send(ses, f"anyone@{unique}.example.com")["MessageId"]


def test_ses_identities_are_listed(ses, sender):
    assert sender in ses.list_identities(IdentityType="EmailAddress")["Identities"]


def test_ses_verification_is_told(ses, sender):
    got = ses.get_identity_verification_attributes(Identities=[sender])["VerificationAttributes"]
    assert got[sender]["VerificationStatus"] == "Success"


def test_ses_quota_counts_what_was_sent(ses, sender):
    before = ses.get_send_quota()["SentLast24Hours"]
    send(ses, sender)
    assert ses.get_send_quota()["SentLast24Hours"] == before + 1


def test_ses_raw_message_is_taken(ses, sender):
    raw = f"From: {sender}\r\nTo: person@example.org\r\nSubject: raw\r\n\r\nbody\r\n".encode()
    assert ses.send_raw_email(RawMessage={"Data": raw})["MessageId"]


def test_ses_raw_unverified_sender_is_refused(ses):
    raw = b"From: stranger@nowhere.example\r\nTo: person@example.org\r\nSubject: raw\r\n\r\nbody\r\n"
    with refused("MessageRejected"):
        ses.send_raw_email(RawMessage={"Data": raw})


def test_ses_more_than_fifty_receivers_are_refused(ses, sender):
    with refused("InvalidParameterValue", "MessageRejected"):
        send(ses, sender, BccAddresses=[f"p{i}@example.org" for i in range(50)])


def test_ses_nobody_to_send_to_is_refused(ses, sender):
    message = {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}
    with refused("InvalidParameterValue"):
        ses.send_email(Source=sender, Destination={}, Message=message)


def test_ses_deleted_identity_may_not_send(ses, sender):
    ses.delete_identity(Identity=sender)
    with refused("MessageRejected"):
        send(ses, sender)


def test_ses_a_configuration_set_and_tags_are_taken(ses, sender, unique):
    ses.create_configuration_set(ConfigurationSet={"Name": unique})
    message = {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}, "Html": {"Data": "<p>x</p>"}}}
    tags = [{"Name": "notice", "Value": "verify-usr_01ABC"}]
    sent = ses.send_email(
        Source=sender,
        Destination={"ToAddresses": ["person@example.org"]},
        Message=message,
        ConfigurationSetName=unique,
        Tags=tags,
    )
    assert sent["MessageId"]


def test_ses_an_unknown_configuration_set_is_refused(ses, sender, unique):
    with refused("ConfigurationSetDoesNotExist"):
        ses.send_email(
            Source=sender,
            Destination={"ToAddresses": ["person@example.org"]},
            Message={"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}},
            ConfigurationSetName=f"{unique}-none",
        )
