//! The headers of objects: which are kept, and how they are answered.

use std::collections::BTreeMap;

use super::Object;
use crate::gateway::{Reply, Request};

/// Headers kept with an object and answered with it.
const KEPT: [&str; 7] = [
    "content-type",
    "content-disposition",
    "content-encoding",
    "content-language",
    "cache-control",
    "expires",
    "x-amz-storage-class",
];

/// Headers that whoever reads may ask for instead of the object's own.
const OVERRIDES: [(&str, &str); 6] = [
    ("response-content-type", "content-type"),
    ("response-content-disposition", "content-disposition"),
    ("response-content-encoding", "content-encoding"),
    ("response-content-language", "content-language"),
    ("response-cache-control", "cache-control"),
    ("response-expires", "expires"),
];

/// The headers of an upload that are kept and answered with the object.
pub(super) fn kept(request: &Request) -> BTreeMap<String, String> {
    let kept = |name: &str| KEPT.contains(&name) || name.starts_with("x-amz-meta-");
    let mut headers: BTreeMap<String, String> = request
        .headers
        .iter()
        .filter(|(name, _)| kept(name.as_str()))
        .filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        })
        .collect();
    // The transfer coding is not part of what was uploaded.
    if let Some(coding) = headers.remove("content-encoding") {
        let own: Vec<&str> = coding
            .split(',')
            .map(str::trim)
            .filter(|part| *part != "aws-chunked")
            .collect();
        if !own.is_empty() {
            headers.insert("content-encoding".into(), own.join(", "));
        }
    }
    headers
}

/// The checksums that came with an upload, before its bytes or after them.
pub(super) fn checksums(
    request: &Request,
    trailers: BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let before = request.headers.iter().filter_map(|(name, value)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    });
    before
        .chain(trailers)
        .filter(|(name, _)| is_checksum(name))
        .collect()
}

/// The headers of an object's answer.
pub(super) fn describe(reply: Reply, object: &Object, request: &Request) -> Reply {
    let format = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let modified = time::OffsetDateTime::from_unix_timestamp(object.modified_ms / 1000)
        .ok()
        .and_then(|at| at.format(format).ok())
        .unwrap_or_default();
    let mut reply = reply
        .with_header("etag", &object.etag)
        .with_header("last-modified", &modified)
        .with_header("accept-ranges", "bytes")
        .with_header("x-amz-server-side-encryption", "AES256");
    let mut headers = object.headers.clone();
    headers.retain(|name, _| !is_checksum(name));
    for (parameter, name) in OVERRIDES {
        if let Some(value) = request.query(parameter) {
            headers.insert(name.into(), value.into());
        }
    }
    headers
        .entry("content-type".into())
        .or_insert_with(|| "binary/octet-stream".into());
    for (name, value) in &headers {
        push(&mut reply, name, value);
    }
    if request.header("x-amz-checksum-mode").is_some() && reply.status != 206 {
        reply = with_checksums(reply, object);
    }
    reply
}

pub(super) fn with_checksums(mut reply: Reply, object: &Object) -> Reply {
    for (name, value) in object.headers.iter().filter(|(name, _)| is_checksum(name)) {
        push(&mut reply, name, value);
    }
    reply
}

pub(super) fn push(reply: &mut Reply, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (name.parse::<http::HeaderName>(), value.parse()) {
        reply.headers.push((name, value));
    }
}

/// `x-amz-checksum-crc32` and the like, but not the algorithm's name.
pub(super) fn is_checksum(name: &str) -> bool {
    name.starts_with("x-amz-checksum-")
        && !matches!(name, "x-amz-checksum-mode" | "x-amz-checksum-algorithm")
}

/// Half-open bounds of `bytes=a-b`, `bytes=a-` or `bytes=-n`.
pub(super) fn parse_range(range: &str, length: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let bounds = match (from.parse::<usize>().ok(), to.parse::<usize>().ok()) {
        (Some(from), Some(to)) => (from, (to + 1).min(length)),
        (Some(from), None) => (from, length),
        (None, Some(last)) => (length.saturating_sub(last), length),
        (None, None) => return None,
    };
    (bounds.0 < bounds.1).then_some(bounds)
}
