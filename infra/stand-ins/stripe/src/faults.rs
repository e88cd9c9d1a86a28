//! Scripted faults: what goes wrong, for which calls, how often.

use serde::{Deserialize, Serialize};
use stand_in_kit::{Generator, Numbered, Scheduled, Script, Turns};

/// What happens instead of, or around, a normal answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum FaultKind {
    /// 429; `retry_after` seconds are in the header, which is missing without it.
    TooManyRequests {
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// 500, or another status from 500 on; the call may have been carried out all the same.
    ServerError {
        #[serde(default = "five_hundred")]
        status: u16,
        #[serde(default)]
        carried_out: bool,
    },
    /// No answer for so long, then a cut; the call may have been carried out all the same.
    Timeout {
        ms: u64,
        #[serde(default)]
        carried_out: bool,
    },
    /// Carried out, and the connection ends without an answer.
    LostAnswer,
    /// The connection ends before anything was done.
    Cut,
    /// A normal answer after so long.
    Slow { ms: u64 },
}

fn five_hundred() -> u16 {
    500
}

impl FaultKind {
    /// Its name in the log.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::ServerError { .. } => "server_error",
            Self::Timeout { .. } => "timeout",
            Self::LostAnswer => "lost_answer",
            Self::Cut => "cut",
            Self::Slow { .. } => "slow",
        }
    }
}

/// One scripted fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    #[serde(default)]
    pub id: u64,
    /// Only this HTTP verb.
    #[serde(default)]
    pub verb: Option<String>,
    /// Only paths that begin so, for example `/v1/checkout`.
    #[serde(default)]
    pub path: Option<String>,
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
    fn matches(&self, verb: &str, path: &str) -> bool {
        let (wanted, start) = (self.verb.as_deref(), self.path.as_deref());
        wanted.is_none_or(|wanted| wanted == verb)
            && start.is_none_or(|start| path.starts_with(start))
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
#[derive(Debug)]
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

    /// Takes the fault for a request.
    pub(crate) fn take(&mut self, verb: &str, path: &str) -> Option<FaultKind> {
        let hit = self.script.take(
            |fault| fault.matches(verb, path),
            |probability| self.generator.fraction() < probability,
        );
        hit.map(|fault| fault.fault.clone())
    }
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
    fn a_fault_hits_its_calls_only_and_as_often_as_it_says() {
        let script = json!({ "verb": "POST", "path": "/v1/customers", "skip": 1, "count": 1, "fault": { "kind": "lost_answer" } });
        let mut faults = faults(script);
        assert_eq!(faults.take("GET", "/v1/customers/cus_1"), None);
        assert_eq!(faults.take("POST", "/v1/prices"), None);
        assert_eq!(faults.take("POST", "/v1/customers"), None);
        assert_eq!(
            faults.take("POST", "/v1/customers"),
            Some(FaultKind::LostAnswer)
        );
        assert_eq!(faults.take("POST", "/v1/customers"), None);
    }

    #[test]
    fn a_probability_hits_the_same_calls_in_every_run() {
        let run = || {
            let mut faults = faults(json!({ "probability": 0.4, "fault": { "kind": "cut" } }));
            (0..30)
                .map(|_| faults.take("GET", "/v1/events").is_some())
                .collect::<Vec<_>>()
        };
        assert_eq!(run(), run());
        assert!(run().contains(&true) && run().contains(&false));
    }
}
