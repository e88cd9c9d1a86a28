"""STS. Roles themselves are ours only (test_iam.py); here is what needs no role to exist beforehand."""

import pytest
from expectations import refused


@pytest.fixture
def sts(peer):
    return peer.client("sts")


def test_sts_caller_identity_has_account_and_arn(sts):
    got = sts.get_caller_identity()
    assert len(got["Account"]) == 12 and got["Arn"].startswith("arn:aws:") and got["UserId"]


def test_sts_session_name_form_is_checked(sts):
    with refused("ValidationError"):
        sts.assume_role(RoleArn="arn:aws:iam::000000000000:role/any", RoleSessionName="not allowed!")


def test_sts_duration_is_twelve_hours_at_most(sts):
    with refused("ValidationError"):
        sts.assume_role(RoleArn="arn:aws:iam::000000000000:role/any", RoleSessionName="session", DurationSeconds=43201)
