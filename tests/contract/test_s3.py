"""S3: whole objects, and links to them. Parts: test_s3_multipart.py."""

import urllib.request
from urllib.error import HTTPError

import pytest
from expectations import refused


def fetch(url, **options):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return opener.open(urllib.request.Request(url, **options), timeout=10)


def test_s3_object_round_trip_with_metadata(s3, bucket):
    put = s3.put_object(Bucket=bucket, Key="a/b.txt", Body=b"hello", ContentType="text/plain", Metadata={"kind": "test"})
    got = s3.get_object(Bucket=bucket, Key="a/b.txt")
    assert got["Body"].read() == b"hello"
    assert (got["ETag"], got["ContentType"], got["Metadata"]) == (put["ETag"], "text/plain", {"kind": "test"})


def test_s3_head_tells_length_without_body(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"12345")
    assert s3.head_object(Bucket=bucket, Key="k")["ContentLength"] == 5


@pytest.mark.parametrize("name", ["höhe 😊.txt", "a+b c&d=e?.txt", "deep/er/than/that", "dots/../and/./more"], ids=["unicode", "signs", "deep", "dots"])
def test_s3_keys_keep_their_characters(s3, bucket, name):
    s3.put_object(Bucket=bucket, Key=name, Body=b"x")
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [name]
    assert s3.get_object(Bucket=bucket, Key=name)["Body"].read() == b"x"


def test_s3_missing_object_and_bucket(s3, bucket):
    with refused("NoSuchKey"):
        s3.get_object(Bucket=bucket, Key="none")
    with refused("404"):
        s3.head_object(Bucket=bucket, Key="none")
    with refused("NoSuchBucket"):
        s3.put_object(Bucket="no-such-bucket-here", Key="k", Body=b"x")


def test_s3_range_answers_a_part(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"0123456789")
    got = s3.get_object(Bucket=bucket, Key="k", Range="bytes=2-4")
    assert got["Body"].read() == b"234"
    assert (got["ResponseMetadata"]["HTTPStatusCode"], got["ContentRange"]) == (206, "bytes 2-4/10")
    with refused("InvalidRange"):
        s3.get_object(Bucket=bucket, Key="k", Range="bytes=20-30")


def test_s3_list_pages_and_groups(s3, bucket):
    for name in ("a/1", "a/2", "b/1", "c"):
        s3.put_object(Bucket=bucket, Key=name, Body=b"x")
    grouped = s3.list_objects_v2(Bucket=bucket, Delimiter="/")
    assert [p["Prefix"] for p in grouped["CommonPrefixes"]] == ["a/", "b/"]
    assert [o["Key"] for o in grouped["Contents"]] == ["c"]
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 2})
    assert [o["Key"] for page in pages for o in page["Contents"]] == ["a/1", "a/2", "b/1", "c"]
    assert s3.list_objects_v2(Bucket=bucket, Prefix="a/")["KeyCount"] == 2


def test_s3_deletes_are_quiet_and_final(s3, bucket):
    for name in "abc":
        s3.put_object(Bucket=bucket, Key=name, Body=b"x")
    s3.delete_object(Bucket=bucket, Key="a")
    s3.delete_object(Bucket=bucket, Key="a")
    s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "b"}, {"Key": "never"}]})
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["c"]


def test_s3_bucket_with_objects_is_not_deleted(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"x")
    with refused("BucketNotEmpty"):
        s3.delete_bucket(Bucket=bucket)
    s3.delete_object(Bucket=bucket, Key="a")
    s3.delete_bucket(Bucket=bucket)
    assert bucket not in [b["Name"] for b in s3.list_buckets()["Buckets"]]


def test_s3_second_bucket_of_a_name_is_refused(s3, bucket):
    with refused("BucketAlreadyOwnedByYou", "BucketAlreadyExists"):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})


def test_s3_copy_keeps_bytes_and_metadata(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a b", Body=b"x", Metadata={"m": "1"})
    s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": "a b"})
    got = s3.get_object(Bucket=bucket, Key="copy")
    assert (got["Body"].read(), got["Metadata"]) == (b"x", {"m": "1"})


def test_s3_put_only_when_new(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"1", IfNoneMatch="*")
    with refused("PreconditionFailed"):
        s3.put_object(Bucket=bucket, Key="k", Body=b"2", IfNoneMatch="*")


def test_s3_checksum_is_answered(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"hello", ChecksumAlgorithm="CRC32")
    got = s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert got["ChecksumCRC32"] == "NhCmhg=="


def test_s3_presigned_url_works_without_credentials(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"hello")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"}, ExpiresIn=60)
    assert fetch(url).read() == b"hello"


def test_s3_presigned_url_says_how_the_answer_is_saved(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"hello")
    wanted = {"ResponseContentDisposition": 'attachment; filename="a b.zip"', "ResponseContentType": "application/zip"}
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k", **wanted}, ExpiresIn=60)
    headers = fetch(url).headers
    assert (headers["Content-Disposition"], headers["Content-Type"]) == tuple(wanted.values())


def test_s3_presigned_put_stores(s3, bucket):
    url = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "k"}, ExpiresIn=60)
    fetch(url, data=b"up", method="PUT", headers={"Content-Type": "application/octet-stream"})
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"up"


def test_s3_presigned_url_with_a_wrong_signature_is_refused(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"hello")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"}, ExpiresIn=60)
    with pytest.raises(HTTPError) as error:
        fetch(url.replace("/k?", "/other?"))
    assert error.value.code == 403
