//! Bodies on the way in: chunked uploads, deletion lists, and which parts make an object.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::error::ServiceError;
use crate::gateway::Request;

/// The object's bytes and the trailing headers of a chunked upload.
pub(super) fn read(request: &Request) -> Result<(Bytes, BTreeMap<String, String>), ServiceError> {
    let chunked = request
        .header("x-amz-content-sha256")
        .is_some_and(|hash| hash.starts_with("STREAMING-"));
    if !chunked {
        return Ok((request.body.clone(), BTreeMap::new()));
    }
    let broken =
        || ServiceError::client("IncompleteBody", "The request body terminated unexpectedly");
    let (bytes, trailers) = dechunk(&request.body).ok_or_else(broken)?;
    Ok((bytes.into(), trailers))
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

/// Numbers and entity tags, without quotation marks, of a `CompleteMultipartUpload` body; `None` when it is another one.
pub(super) fn parts_to_complete(body: &[u8]) -> Option<Vec<(u32, String)>> {
    let text = std::str::from_utf8(body).ok()?;
    let parts = text.split("<Part>").skip(1).map(|part| {
        let (part, _) = part.split_once("</Part>")?;
        let number = within(part, "PartNumber")?.trim().parse().ok()?;
        let etag = unescape(within(part, "ETag")?.trim());
        Some((number, etag.trim_matches('"').to_owned()))
    });
    parts
        .collect::<Option<Vec<_>>>()
        .filter(|parts| !parts.is_empty())
}

fn within<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = xml.split_once(&format!("<{name}>"))?;
    Some(after.split_once(&format!("</{name}>"))?.0)
}

fn unescape(text: &str) -> String {
    // The ampersand last, or an escaped escape would be undone twice.
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
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

    #[test]
    fn parts_are_read_in_any_spelling() {
        let body = b"<CompleteMultipartUpload xmlns=\"x\"><Part><ETag>&quot;ab&quot;</ETag><PartNumber>1</PartNumber></Part>\
            <Part><PartNumber>2</PartNumber><ETag>\"cd\"</ETag></Part></CompleteMultipartUpload>";
        let parts = [(1, "ab".to_owned()), (2, "cd".to_owned())];
        assert_eq!(parts_to_complete(body), Some(parts.to_vec()));
        assert_eq!(parts_to_complete(b"<CompleteMultipartUpload/>"), None);
        assert_eq!(parts_to_complete(b"<Part><ETag>ab</ETag></Part>"), None);
    }
}
