//! Parameters of a call: query, urlencoded, JSON or multipart, all read the same way.

use std::collections::BTreeMap;

use bytes::Bytes;
use futures::stream;
use serde_json::{Map, Value, json};

use super::ApiError;

/// One uploaded file.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub name: Option<String>,
    pub mime: Option<String>,
    pub bytes: Bytes,
}

/// The parameters of one call.
#[derive(Debug, Default)]
pub(crate) struct Params {
    fields: Map<String, Value>,
    pub files: BTreeMap<String, Upload>,
}

impl Params {
    pub(crate) fn from_json(value: Value) -> Self {
        match value {
            Value::Object(fields) => Self {
                fields,
                files: BTreeMap::new(),
            },
            _ => Self::default(),
        }
    }

    /// Reads a request: the query first, then the body by its content type.
    pub(crate) async fn read(
        query: &str,
        content_type: &str,
        body: Bytes,
    ) -> Result<Self, ApiError> {
        let mut params = Self::default();
        params.add_pairs(query.as_bytes());
        let kind = content_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match kind.as_str() {
            _ if body.is_empty() => {}
            "application/json" => match serde_json::from_slice(&body) {
                Ok(Value::Object(fields)) => params.fields.extend(fields),
                _ => return Err(ApiError::bad("can't parse JSON object")),
            },
            "application/x-www-form-urlencoded" => params.add_pairs(&body),
            "multipart/form-data" => params.add_multipart(content_type, body).await?,
            _ => {}
        }
        Ok(params)
    }

    fn add_pairs(&mut self, encoded: &[u8]) {
        for (name, value) in url::form_urlencoded::parse(encoded) {
            self.fields
                .insert(name.into_owned(), Value::String(value.into_owned()));
        }
    }

    async fn add_multipart(&mut self, content_type: &str, body: Bytes) -> Result<(), ApiError> {
        let broken = |_| ApiError::bad("can't parse multipart form data");
        let boundary = multer::parse_boundary(content_type).map_err(broken)?;
        let whole = stream::once(std::future::ready(Ok::<_, std::io::Error>(body)));
        let mut form = multer::Multipart::new(whole, boundary);
        while let Some(part) = form.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let mime = part.content_type().map(ToString::to_string);
            let bytes = part.bytes().await.map_err(broken)?;
            if file_name.is_some() {
                self.files.insert(
                    name,
                    Upload {
                        name: file_name,
                        mime,
                        bytes,
                    },
                );
            } else {
                let text = String::from_utf8(bytes.to_vec())
                    .map_err(|_| ApiError::bad("strings must be encoded in UTF-8"))?;
                self.fields.insert(name, Value::String(text));
            }
        }
        Ok(())
    }

    pub(crate) fn get(&self, field: &str) -> Option<&Value> {
        self.fields.get(field)
    }

    pub(crate) fn remove(&mut self, field: &str) -> Option<Value> {
        self.fields.remove(field)
    }

    /// A field as text; numbers and booleans are written out.
    pub(crate) fn text(&self, field: &str) -> Option<String> {
        match self.fields.get(field)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    pub(crate) fn int(&self, field: &str) -> Option<i64> {
        match self.fields.get(field)? {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_i64(),
        }
    }

    pub(crate) fn flag(&self, field: &str) -> bool {
        match self.fields.get(field) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => matches!(
                text.to_ascii_lowercase().as_str(),
                "true" | "1" | "yes" | "t" | "y"
            ),
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    /// A structured field: given as JSON, or as a string that holds JSON.
    pub(crate) fn json(&self, field: &str) -> Result<Option<Value>, ApiError> {
        match self.fields.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text).map(Some).map_err(|_| {
                ApiError::bad(format!(
                    "can't parse {} JSON object",
                    field.replace('_', " ")
                ))
            }),
            Some(value) => Ok(Some(value.clone())),
        }
    }

    /// The parameters for the log: uploads by name, type and size.
    pub(crate) fn for_log(&self) -> Value {
        let mut shown = Value::Object(self.fields.clone());
        for (field, upload) in &self.files {
            shown[field] =
                json!({ "upload": upload.name, "mime": upload.mime, "size": upload.bytes.len() });
        }
        shown
    }
}
