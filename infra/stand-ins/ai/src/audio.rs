//! Groq's transcriptions: the upload is read and checked, and a labelled line says how long it was.

use bytes::Bytes;
use futures::stream;
use serde_json::{Map, Value, json};
use stand_in_kit::Generator;

use crate::{
    models::{Use, Vendor},
    random,
    wire::{self, Problem},
};

/// Largest upload, in bytes.
pub(crate) const FILE_LIMIT: usize = 25 * 1024 * 1024;
/// Bytes of a second of voice, where the file does not say how long it is.
const BYTES_PER_SECOND: usize = 4_000;
/// Samples of a second in an Ogg Opus file, whatever the recording had.
const OPUS_RATE: u64 = 48_000;
const FILE_TYPES: [&str; 10] = [
    "flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "opus", "wav", "webm",
];
const FIELDS: [&str; 7] = [
    "language",
    "model",
    "prompt",
    "response_format",
    "temperature",
    "timestamp_granularities[]",
    "url",
];

/// A sound request for a transcription.
pub(crate) struct Recording {
    pub model: String,
    pub seconds: u64,
    /// What a script can match: the hint and the file's name.
    pub newest: String,
    /// What the log shows: the fields, and the file's name and size.
    pub fields: Map<String, Value>,
}

impl Recording {
    /// What is answered when no script says otherwise.
    pub(crate) fn transcript(&self) -> String {
        format!("[Demo transcript: {} s voice note]", self.seconds)
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Value::as_str)
    }

    /// Whether the answer is bare text.
    pub(crate) fn is_plain(&self) -> bool {
        self.field("response_format") == Some("text")
    }

    /// The answer as JSON.
    pub(crate) fn write(&self, text: &str, ids: &mut Generator) -> Value {
        let id = json!({ "id": format!("req_{}", random::word(ids)) });
        if self.field("response_format") != Some("verbose_json") {
            return json!({ "text": text, "x_groq": id });
        }
        json!({
            "task": "transcribe",
            "language": self.field("language").unwrap_or("en"),
            "duration": self.seconds,
            "text": text,
            "segments": [{
                "id": 0, "seek": 0, "start": 0.0, "end": self.seconds, "text": text, "tokens": [],
                "temperature": 0.0, "avg_logprob": -0.2, "compression_ratio": 1.2, "no_speech_prob": 0.01,
            }],
            "x_groq": id,
        })
    }
}

/// Reads an upload.
pub(crate) async fn read(
    content_type: &str,
    body: Bytes,
    extra: &[String],
) -> Result<Recording, Problem> {
    let Ok(boundary) = multer::parse_boundary(content_type) else {
        return Err(Problem::Invalid(
            "request Content-Type isn't multipart/form-data".into(),
        ));
    };
    let whole = stream::iter([Ok::<_, std::io::Error>(body)]);
    let mut form = multer::Multipart::new(whole, boundary);
    let (mut fields, mut file) = (Map::new(), None);
    let broken = |_| Problem::Invalid("the multipart body cannot be read".into());
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = field.file_name().unwrap_or_default().to_owned();
            file = Some((file_name, field.bytes().await.map_err(broken)?));
        } else if FIELDS.contains(&name.as_str()) {
            fields.insert(name, json!(field.text().await.map_err(broken)?));
        } else {
            return Err(Problem::Invalid(format!("unknown param `{name}`")));
        }
    }
    let model =
        text(&fields, "model").ok_or_else(|| Problem::Invalid("model is required".into()))?;
    let found = wire::model(Vendor::Groq, &model, extra)?;
    if found.made_for != Use::Transcription {
        return Err(Problem::Invalid(format!(
            "The model `{model}` does not support audio"
        )));
    }
    let format = text(&fields, "response_format").unwrap_or_else(|| "json".into());
    if !["json", "text", "verbose_json"].contains(&format.as_str()) {
        return Err(Problem::Invalid(
            "response_format must be one of [json, text, verbose_json]".into(),
        ));
    }
    let hint = text(&fields, "prompt").unwrap_or_default();
    let (name, seconds) = match &file {
        Some((name, bytes)) => {
            check_file(name, bytes)?;
            fields.insert("file".into(), json!({ "name": name, "bytes": bytes.len() }));
            (name.clone(), seconds(bytes))
        }
        None if fields.contains_key("url") => (String::new(), 1),
        None => return Err(Problem::Invalid("file or url is required".into())),
    };
    Ok(Recording {
        model,
        seconds,
        newest: format!("{hint} {name}").trim().to_owned(),
        fields,
    })
}

fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn check_file(name: &str, bytes: &[u8]) -> Result<(), Problem> {
    if bytes.is_empty() {
        return Err(Problem::Invalid("file is empty".into()));
    }
    if bytes.len() > FILE_LIMIT {
        return Err(Problem::TooLarge);
    }
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    if !ending.is_some_and(|ending| FILE_TYPES.contains(&ending.as_str())) {
        return Err(Problem::Invalid(format!(
            "file must be one of the following types: [{}]",
            FILE_TYPES.join(" ")
        )));
    }
    Ok(())
}

/// Seconds of a recording: what the last page of an Ogg file says, else by size; at least one.
fn seconds(bytes: &[u8]) -> u64 {
    ogg_seconds(bytes)
        .unwrap_or_else(|| u64::try_from(bytes.len() / BYTES_PER_SECOND).unwrap_or(0))
        .max(1)
}

fn ogg_seconds(bytes: &[u8]) -> Option<u64> {
    let start = bytes.windows(4).rposition(|four| four == b"OggS")?;
    let position: [u8; 8] = bytes.get(start + 6..start + 14)?.try_into().ok()?;
    let samples = u64::from_le_bytes(position);
    // All bits set: no packet ends on that page.
    (samples != u64::MAX).then_some(samples.div_ceil(OPUS_RATE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ogg_file_says_itself_how_long_it_is() {
        let mut page = b"OggS\0\0".to_vec();
        page.extend((7 * OPUS_RATE - 100).to_le_bytes());
        page.extend([0; 40]);
        assert_eq!(seconds(&page), 7);
        assert_eq!(seconds(&[0; 12_500]), 3);
        assert_eq!(seconds(&[0; 10]), 1);
    }
}
