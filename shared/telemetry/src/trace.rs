//! X-Ray trace ids, as they travel in HTTP headers, SQS system attributes and job envelopes.

use std::fmt;

/// A trace header such as `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`.
///
/// `Display` gives the header back, so a job carries `trace.to_string()` and its worker parses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceId {
    root: String,
    parent: Option<String>,
    sampled: Option<bool>,
}

impl TraceId {
    /// The HTTP header that carries a trace id.
    pub const HEADER: &'static str = "x-amzn-trace-id";
    /// The SQS system attribute that carries a trace id.
    pub const SQS_ATTRIBUTE: &'static str = "AWSTraceHeader";

    /// Reads a header value. `None` when there is no well-formed root: a trace id is written by
    /// whoever calls, so anything else would let a caller write into our logs.
    pub fn parse(header: &str) -> Option<Self> {
        let mut root = None;
        let mut parent = None;
        let mut sampled = None;
        for part in header.split(';') {
            match part.trim().split_once('=') {
                Some(("Root", value)) if is_root(value) => root = Some(value.to_owned()),
                Some(("Self", value)) if root.is_none() && is_root(value) => {
                    root = Some(value.to_owned())
                }
                Some(("Parent", value)) if is_hex(value, 16) => parent = Some(value.to_owned()),
                Some(("Sampled", "1")) => sampled = Some(true),
                Some(("Sampled", "0")) => sampled = Some(false),
                _ => {}
            }
        }
        root.map(|root| Self {
            root,
            parent,
            sampled,
        })
    }

    /// A new trace from the epoch second and 96 random bits.
    pub fn generate(epoch_seconds: u32, random: [u8; 12]) -> Self {
        let mut root = format!("1-{epoch_seconds:08x}-");
        for byte in random {
            root.push_str(&format!("{byte:02x}"));
        }
        Self {
            root,
            parent: None,
            sampled: None,
        }
    }

    /// The part that all steps of one piece of work share; this is the log field `trace.id`.
    pub fn root(&self) -> &str {
        &self.root
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Root={}", self.root)?;
        if let Some(parent) = &self.parent {
            write!(f, ";Parent={parent}")?;
        }
        match self.sampled {
            Some(true) => f.write_str(";Sampled=1"),
            Some(false) => f.write_str(";Sampled=0"),
            None => Ok(()),
        }
    }
}

fn is_root(value: &str) -> bool {
    let mut parts = value.split('-');
    let (version, seconds, random) = (parts.next(), parts.next(), parts.next());
    version == Some("1")
        && seconds.is_some_and(|part| is_hex(part, 8))
        && random.is_some_and(|part| is_hex(part, 24))
        && parts.next().is_none()
}

fn is_hex(value: &str, length: usize) -> bool {
    value.len() == length && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    #[test]
    fn a_header_survives_parsing_and_printing() {
        let trace = TraceId::parse(HEADER).expect("well formed");
        assert_eq!(trace.to_string(), HEADER);
        assert_eq!(trace.root(), "1-5759e988-bd862e3fe1be46a994272793");
    }

    #[test]
    fn unknown_parts_are_dropped() {
        let trace =
            TraceId::parse("Lineage=a:1; Root=1-5759e988-bd862e3fe1be46a994272793;CalledFrom=x");
        assert_eq!(
            trace.map(|trace| trace.to_string()).as_deref(),
            Some("Root=1-5759e988-bd862e3fe1be46a994272793")
        );
    }

    #[test]
    fn a_caller_cannot_write_words_into_a_trace_id() {
        for header in [
            "",
            "Root=",
            "Root=hello world",
            "Root=1-xyz-abc",
            "Root=1-5759e988-bd862e3fe1be46a99427279Z",
        ] {
            assert_eq!(TraceId::parse(header), None, "{header}");
        }
    }

    #[test]
    fn a_generated_trace_parses() {
        let trace = TraceId::generate(1_700_000_000, [0xab; 12]);
        assert_eq!(TraceId::parse(&trace.to_string()), Some(trace));
    }
}
