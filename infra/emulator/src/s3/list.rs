//! Lists of objects, in pages and groups.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{S3, found, xml};
use crate::clock::iso_seconds;
use crate::error::ServiceError;
use crate::gateway::xml::{element, escape};
use crate::gateway::{Reply, Request};

/// What stays as it is in keys that are answered URL-encoded.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

impl S3 {
    pub(super) fn list(&self, request: &Request, bucket: &str) -> Result<Reply, ServiceError> {
        let second = request.operation == "ListObjectsV2";
        let prefix = request.query("prefix").unwrap_or("");
        let delimiter = request.query("delimiter").filter(|d| !d.is_empty());
        let most: usize = request
            .query("max-keys")
            .and_then(|text| text.parse().ok())
            .unwrap_or(1000)
            .min(1000);
        let after = match second {
            true => request
                .query("continuation-token")
                .or_else(|| request.query("start-after")),
            false => request.query("marker"),
        };
        let encoded = request.query("encoding-type") == Some("url");
        let show = |key: &str| {
            if encoded {
                utf8_percent_encode(key, PLAIN).to_string()
            } else {
                escape(key)
            }
        };

        let buckets = self.lock();
        let (mut entries, mut common) = (String::new(), std::collections::BTreeSet::new());
        let (mut count, mut last, mut truncated) = (0, String::new(), false);
        for object in found(&buckets, bucket)?
            .objects
            .values()
            .filter(|o| o.key.starts_with(prefix))
        {
            let group = delimiter.and_then(|d| {
                let end = object.key[prefix.len()..].find(d)? + prefix.len() + d.len();
                Some(object.key[..end].to_owned())
            });
            let place = group.as_ref().unwrap_or(&object.key);
            if after.is_some_and(|after| place.as_str() <= after)
                || group.as_ref().is_some_and(|g| common.contains(g))
            {
                continue;
            }
            if count == most {
                truncated = true;
                break;
            }
            count += 1;
            last.clone_from(place);
            match group {
                Some(group) => {
                    common.insert(group);
                }
                None => entries.push_str(&format!(
                    "<Contents><Key>{}</Key>{}{}{}{}</Contents>",
                    show(&object.key),
                    element("LastModified", &iso_seconds(object.modified_ms / 1000)),
                    element("ETag", &object.etag),
                    element("Size", &object.size.to_string()),
                    element("StorageClass", "STANDARD"),
                )),
            }
        }
        drop(buckets);
        let groups: String = common
            .iter()
            .map(|p| {
                format!(
                    "<CommonPrefixes><Prefix>{}</Prefix></CommonPrefixes>",
                    show(p)
                )
            })
            .collect();
        let mut body = format!(
            "<ListBucketResult>{}<Prefix>{}</Prefix>{}{}{entries}{groups}",
            element("Name", bucket),
            show(prefix),
            element("MaxKeys", &most.to_string()),
            element("IsTruncated", &truncated.to_string()),
        );
        if encoded {
            body.push_str("<EncodingType>url</EncodingType>");
        }
        if second {
            body.push_str(&element("KeyCount", &count.to_string()));
        }
        if truncated {
            body.push_str(&element(
                if second {
                    "NextContinuationToken"
                } else {
                    "NextMarker"
                },
                &last,
            ));
        }
        body.push_str("</ListBucketResult>");
        Ok(xml(&body))
    }
}
