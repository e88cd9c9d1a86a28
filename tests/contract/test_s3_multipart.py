"""S3: objects put in parts."""

import hashlib

import pytest
from expectations import refused

MIB = 1024 * 1024
LEAST = 5 * MIB
FIRST, LAST = b"a" * LEAST, b"tail"


@pytest.fixture
def upload(s3, bucket):
    """What every call about one upload names."""
    begun = s3.create_multipart_upload(Bucket=bucket, Key="a/b c.zip", ContentType="application/zip", Metadata={"m": "1"})
    return {"Bucket": bucket, "Key": "a/b c.zip", "UploadId": begun["UploadId"]}


def put(s3, upload, number, body):
    part = s3.upload_part(**upload, PartNumber=number, Body=body)
    return {"PartNumber": number, "ETag": part["ETag"]}


def complete(s3, upload, *parts):
    return s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": list(parts)})


def keys(s3, bucket):
    return [found["Key"] for found in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]


def test_s3_multipart_parts_become_one_object(s3, bucket, upload):
    parts = [put(s3, upload, 1, FIRST), put(s3, upload, 7, LAST)]
    assert keys(s3, bucket) == []
    done = complete(s3, upload, *parts)
    hashes = b"".join(hashlib.md5(part).digest() for part in (FIRST, LAST))
    assert done["ETag"] == f'"{hashlib.md5(hashes).hexdigest()}-2"'
    got = s3.get_object(Bucket=bucket, Key=upload["Key"])
    assert got["Body"].read() == FIRST + LAST
    assert (got["ETag"], got["ContentType"], got["Metadata"]) == (done["ETag"], "application/zip", {"m": "1"})
    assert s3.head_object(Bucket=bucket, Key=upload["Key"])["ContentLength"] == LEAST + len(LAST)


def test_s3_multipart_a_range_reaches_over_parts(s3, bucket, upload):
    complete(s3, upload, put(s3, upload, 1, FIRST), put(s3, upload, 2, LAST))
    got = s3.get_object(Bucket=bucket, Key=upload["Key"], Range=f"bytes={LEAST - 2}-{LEAST + 1}")
    assert got["Body"].read() == b"aata"
    assert got["ContentRange"] == f"bytes {LEAST - 2}-{LEAST + 1}/{LEAST + 4}"
    assert s3.get_object(Bucket=bucket, Key=upload["Key"], Range="bytes=-4")["Body"].read() == LAST


def test_s3_multipart_one_small_part_is_enough(s3, bucket, upload):
    done = complete(s3, upload, put(s3, upload, 1, LAST))
    assert done["ETag"].endswith('-1"')
    assert s3.get_object(Bucket=bucket, Key=upload["Key"])["Body"].read() == LAST


def test_s3_multipart_a_part_put_again_replaces_the_first(s3, bucket, upload):
    put(s3, upload, 1, b"old")
    complete(s3, upload, put(s3, upload, 1, b"new"))
    assert s3.get_object(Bucket=bucket, Key=upload["Key"])["Body"].read() == b"new"


def test_s3_multipart_a_part_that_is_not_listed_is_left_out(s3, bucket, upload):
    put(s3, upload, 1, FIRST)
    complete(s3, upload, put(s3, upload, 2, LAST))
    assert s3.get_object(Bucket=bucket, Key=upload["Key"])["Body"].read() == LAST


def test_s3_multipart_an_object_is_replaced_and_deleted_whole(s3, bucket, upload):
    s3.put_object(Bucket=bucket, Key=upload["Key"], Body=b"before")
    complete(s3, upload, put(s3, upload, 1, LAST))
    assert s3.get_object(Bucket=bucket, Key=upload["Key"])["Body"].read() == LAST
    s3.put_object(Bucket=bucket, Key=upload["Key"], Body=b"after")
    assert s3.get_object(Bucket=bucket, Key=upload["Key"])["Body"].read() == b"after"
    s3.delete_object(Bucket=bucket, Key=upload["Key"])
    with refused("NoSuchKey"):
        s3.get_object(Bucket=bucket, Key=upload["Key"])


def test_s3_multipart_a_small_part_must_be_the_last(s3, upload):
    parts = [put(s3, upload, 1, LAST), put(s3, upload, 2, LAST)]
    with refused("EntityTooSmall"):
        complete(s3, upload, *parts)


def test_s3_multipart_parts_are_listed_in_order(s3, upload):
    parts = [put(s3, upload, 1, FIRST), put(s3, upload, 2, FIRST)]
    with refused("InvalidPartOrder"):
        complete(s3, upload, *reversed(parts))


def test_s3_multipart_a_missing_part_and_a_wrong_tag_are_refused(s3, bucket, upload):
    part = put(s3, upload, 1, LAST)
    with refused("InvalidPart"):
        complete(s3, upload, {**part, "PartNumber": 2})
    with refused("InvalidPart"):
        complete(s3, upload, {**part, "ETag": f'"{"0" * 32}"'})
    assert keys(s3, bucket) == []
    complete(s3, upload, part)


def test_s3_multipart_an_aborted_upload_is_gone(s3, bucket, upload):
    part = put(s3, upload, 1, LAST)
    s3.abort_multipart_upload(**upload)
    with refused("NoSuchUpload"):
        put(s3, upload, 2, LAST)
    with refused("NoSuchUpload"):
        complete(s3, upload, part)
    with refused("NoSuchUpload"):
        s3.list_parts(**upload)
    with refused("NoSuchUpload"):
        s3.abort_multipart_upload(**upload)
    assert keys(s3, bucket) == []


def test_s3_multipart_a_completed_upload_takes_no_part(s3, upload):
    complete(s3, upload, put(s3, upload, 1, LAST))
    with refused("NoSuchUpload"):
        put(s3, upload, 2, LAST)


def test_s3_multipart_parts_are_told_in_pages(s3, upload):
    parts = [put(s3, upload, number, LAST) for number in (3, 1, 2)]
    listed = s3.list_parts(**upload)["Parts"]
    assert [(part["PartNumber"], part["Size"]) for part in listed] == [(1, 4), (2, 4), (3, 4)]
    assert {part["ETag"] for part in listed} == {part["ETag"] for part in parts}
    first = s3.list_parts(**upload, MaxParts=2)
    assert (len(first["Parts"]), first["IsTruncated"], first["NextPartNumberMarker"]) == (2, True, 2)
    rest = s3.list_parts(**upload, PartNumberMarker=2)
    assert ([part["PartNumber"] for part in rest["Parts"]], rest["IsTruncated"]) == ([3], False)


def test_s3_multipart_open_uploads_are_told(s3, bucket, upload):
    [told] = s3.list_multipart_uploads(Bucket=bucket)["Uploads"]
    assert (told["Key"], told["UploadId"]) == (upload["Key"], upload["UploadId"])
    complete(s3, upload, put(s3, upload, 1, LAST))
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


def test_s3_multipart_an_upload_belongs_to_its_key(s3, upload):
    with refused("NoSuchUpload"):
        put(s3, {**upload, "Key": "other"}, 1, LAST)


def test_s3_multipart_needs_a_bucket(s3):
    with refused("NoSuchBucket"):
        s3.create_multipart_upload(Bucket="no-such-bucket-here", Key="k")


@pytest.mark.parametrize("number", [0, 10_001])
def test_s3_multipart_part_numbers_are_checked(s3, upload, number):
    with refused("InvalidArgument"):
        put(s3, upload, number, LAST)
