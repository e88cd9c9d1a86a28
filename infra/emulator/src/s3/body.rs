//! Bodies on the way in: chunked uploads and deletion lists.

use std::collections::BTreeMap;

use crate::error::ServiceError;
use crate::gateway::Request;

/// The object's bytes and the trailing headers of a chunked upload.
pub(super) fn read(request: &Request) -> Result<(Vec<u8>, BTreeMap<String, String>), ServiceError> {
    let chunked = request
        .header("x-amz-content-sha256")
        .is_some_and(|hash| hash.starts_with("STREAMING-"));
    if !chunked {
        return Ok((request.body.to_vec(), BTreeMap::new()));
    }
    let broken =
        || ServiceError::client("IncompleteBody", "The request body terminated unexpectedly");
    dechunk(&request.body).ok_or_else(broken)
}

/// `<hex size>[;chunk-signature=..]\r\n<bytes>\r\n` until size 0, then trailers.
fn dechunk(mut rest: &[u8]) -> Option<(Vec<u8>, BTreeMap<String, String>)> {
    let mut bytes = Vec::new();
    loop {
        let (line, after) = line(rest)?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            let mut trailers = BTreeMap::new();
            let mut rest = after;
            while let Some((text, next)) = self::line(rest) {
                if let Some((name, value)) = text.split_once(':') {
                    trailers.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
                }
                rest = next;
            }
            return Some((bytes, trailers));
        }
        bytes.extend_from_slice(after.get(..size)?);
        rest = after.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.windows(2).position(|pair| pair == b"\r\n")?;
    Some((std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 2..]))
}

/// The keys of a `DeleteObjects` body.
pub(super) fn keys_to_delete(body: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(body);
    text.split("<Key>")
        .skip(1)
        .filter_map(|part| part.split_once("</Key>"))
        .map(|(key, _)| unescape(key))
        .collect()
}

fn unescape(text: &str) -> String {
    // The ampersand last, or an escaped escape would be undone twice.
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#13;", "\r")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunked_upload_gives_its_bytes_and_trailers() {
        let body = b"5;chunk-signature=ab\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n";
        let (bytes, trailers) = dechunk(body).unwrap();
        assert_eq!(bytes, b"hello world");
        assert_eq!(trailers["x-amz-checksum-crc32"], "AAAA");
        assert_eq!(dechunk(b"5\r\nhel"), None);
    }

    #[test]
    fn deletion_lists_are_unescaped_once() {
        let body =
            b"<Delete><Object><Key>a&amp;lt;b</Key></Object><Object><Key>c</Key></Object></Delete>";
        assert_eq!(keys_to_delete(body), ["a&lt;b", "c"]);
    }
}
