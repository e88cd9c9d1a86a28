"""What several tests expect: a refusal by its code, or something that becomes true."""

import contextlib
import time

import pytest
from botocore.exceptions import ClientError


class Refused:
    code = status = message = None


@contextlib.contextmanager
def refused(*codes):
    """The block must be refused with one of these error codes."""
    seen = Refused()
    with pytest.raises(ClientError) as caught:
        yield seen
    error = caught.value.response
    seen.code, seen.message = error["Error"]["Code"], error["Error"].get("Message", "")
    seen.status, seen.response = error["ResponseMetadata"]["HTTPStatusCode"], error
    assert seen.code in codes, f"{seen.code}: {seen.message}"


def eventually(check, seconds=5):
    """Repeats a check until it answers something true."""
    deadline = time.monotonic() + seconds
    while True:
        value = check()
        if value or time.monotonic() > deadline:
            return value
        time.sleep(0.05)
