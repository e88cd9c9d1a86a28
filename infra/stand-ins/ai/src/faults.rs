//! Scripted faults and magic words: what goes wrong, for which vendor and text, how often.

use serde::{Deserialize, Serialize};
use stand_in_kit::{Generator, Numbered, Scheduled, Script, Turns};

use crate::models::Vendor;

/// What happens instead of, or around, a normal answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum FaultKind {
    /// 429; `retry_after` seconds are in the header, which is missing without it.
    TooManyRequests {
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// 429 of an account without credit: waiting does not help.
    SpendingLimit,
    /// 500.
    ServerError,
    /// 503.
    Unavailable,
    /// No answer for so long, then a cut.
    Hang { ms: u64 },
    /// A normal answer after so long.
    Slow { ms: u64 },
    /// 200 with something that is no JSON; with `inside` the envelope is sound and the model's text breaks off.
    InvalidJson {
        #[serde(default)]
        inside: bool,
    },
    /// The answer breaks off in the middle of its bytes.
    CutBody,
    /// A reply of a megabyte.
    Huge,
    /// JSON that does not follow the schema.
    WrongSchema,
    /// No text at all; with `inside` the schema holds, and the reply in it is empty.
    Empty {
        #[serde(default)]
        inside: bool,
    },
    /// The model refuses.
    Refusal,
    /// An unsafe reply, ours or the script's, in the proper schema.
    Unsafe {
        #[serde(default)]
        text: Option<String>,
    },
    /// This reply, in the proper schema.
    Say { text: String },
    /// A claim to be a human being. In the question's language; `language` names another, `any` takes turns through all.
    Lie {
        #[serde(default)]
        language: Option<String>,
    },
    /// Does what the newest text asks for.
    Obey,
    /// Tells the whole system prompt.
    LeakPrompt,
    /// 404 or 410: the model was withdrawn.
    ModelGone {
        #[serde(default = "not_found")]
        status: u16,
    },
    /// 401.
    Unauthorized,
}

fn not_found() -> u16 {
    404
}

impl FaultKind {
    /// Whether the model writes on past the most tokens: what these say is for the caller's guards, not for its parser.
    pub(crate) fn ignores_the_limit(&self) -> bool {
        matches!(self, Self::Huge | Self::Obey | Self::LeakPrompt)
    }

    /// Its name in the log.
    pub(crate) fn name(&self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value["kind"].as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

/// One scripted fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    #[serde(default)]
    pub id: u64,
    /// Only this vendor.
    #[serde(default)]
    pub vendor: Option<Vendor>,
    /// Only requests whose newest user text contains this, in any case.
    #[serde(default, rename = "match")]
    pub text: Option<String>,
    /// Matching requests that are let through first.
    #[serde(default)]
    pub skip: u32,
    /// How many requests it hits; none means until it is removed.
    #[serde(default)]
    pub count: Option<u32>,
    /// From 0 to 1: how likely it hits a matching request.
    #[serde(default)]
    pub probability: Option<f64>,
    /// Requests hit so far.
    #[serde(default)]
    pub hits: u32,
    pub fault: FaultKind,
}

impl Fault {
    fn matches(&self, vendor: Vendor, lower: &str) -> bool {
        let text = self.text.as_ref().map(|text| text.to_lowercase());
        self.vendor.is_none_or(|wanted| wanted == vendor)
            && text.is_none_or(|text| lower.contains(&text))
    }
}

impl Numbered for Fault {
    fn id(&self) -> u64 {
        self.id
    }
    fn set_id(&mut self, id: u64) {
        self.id = id;
    }
}

impl Scheduled for Fault {
    fn turns(&mut self) -> Turns<'_> {
        Turns {
            skip: &mut self.skip,
            count: self.count,
            probability: self.probability,
            hits: &mut self.hits,
        }
    }
}

/// All scripted faults, oldest first; the first one that hits wins.
pub(crate) struct Faults {
    pub(crate) script: Script<Fault>,
    generator: Generator,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            script: Script::default(),
            generator: Generator::new(seed),
        }
    }

    /// Takes the fault for a request: a scripted one, else a magic word's.
    pub(crate) fn take(&mut self, vendor: Vendor, newest: &str) -> Option<FaultKind> {
        let lower = newest.to_lowercase();
        let hit = self.script.take(
            |fault| fault.matches(vendor, &lower),
            |probability| self.generator.fraction() < probability,
        );
        hit.map(|fault| fault.fault.clone())
            .or_else(|| magic_word(&lower))
    }
}

/// Words that force a path, so that a person can see it from a chat.
fn magic_word(lower: &str) -> Option<FaultKind> {
    let mut words = lower.split(|letter: char| !(letter.is_alphanumeric() || letter == '#'));
    words.find_map(|word| match word {
        "#429" => Some(FaultKind::TooManyRequests {
            retry_after: Some(20),
        }),
        "#500" => Some(FaultKind::ServerError),
        "#timeout" => Some(FaultKind::Hang { ms: 60_000 }),
        "#unsafe" => Some(FaultKind::Unsafe { text: None }),
        "#lie" => Some(FaultKind::Lie { language: None }),
        "#slow" => Some(FaultKind::Slow { ms: 5_000 }),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults(script: serde_json::Value) -> Faults {
        let mut faults = Faults::new(1);
        faults.script.add(serde_json::from_value(script).unwrap());
        faults
    }

    #[test]
    fn a_fault_hits_its_vendor_and_text_after_the_skipped_requests_and_only_so_often() {
        let mut faults = faults(
            json!({ "vendor": "xai", "match": "Paris", "skip": 1, "count": 2, "fault": { "kind": "server_error" } }),
        );
        assert_eq!(faults.take(Vendor::Groq, "to paris"), None);
        assert_eq!(faults.take(Vendor::Xai, "to rome"), None);
        let hits: Vec<bool> = (0..5)
            .map(|_| faults.take(Vendor::Xai, "to paris").is_some())
            .collect();
        assert_eq!(hits, [false, true, true, false, false]);
    }

    #[test]
    fn a_probability_is_decided_by_the_seed() {
        let hits = || -> Vec<bool> {
            let mut faults =
                faults(json!({ "probability": 0.3, "fault": { "kind": "unavailable" } }));
            (0..200)
                .map(|_| faults.take(Vendor::Xai, "x").is_some())
                .collect()
        };
        assert_eq!(hits(), hits());
        let count = hits().into_iter().filter(|hit| *hit).count();
        assert!((40..80).contains(&count), "{count}");
    }

    #[test]
    fn a_magic_word_counts_as_a_whole_word_only() {
        let mut faults = Faults::new(1);
        assert_eq!(faults.take(Vendor::Xai, "win #5000"), None);
        assert_eq!(
            faults.take(Vendor::Xai, "now #500!"),
            Some(FaultKind::ServerError)
        );
        assert_eq!(
            faults.take(Vendor::Groq, "#Lie"),
            Some(FaultKind::Lie { language: None })
        );
    }

    #[test]
    fn every_kind_can_be_written_with_its_defaults() {
        let kinds = [
            "too_many_requests",
            "spending_limit",
            "server_error",
            "unavailable",
            "invalid_json",
            "cut_body",
            "huge",
            "wrong_schema",
            "empty",
            "refusal",
            "unsafe",
            "lie",
            "obey",
            "leak_prompt",
            "model_gone",
            "unauthorized",
        ];
        for kind in kinds {
            let read: FaultKind = serde_json::from_value(json!({ "kind": kind })).unwrap();
            assert_eq!(read.name(), kind);
        }
        assert!(serde_json::from_value::<FaultKind>(json!({ "kind": "hang", "s": 1 })).is_err());
    }
}
