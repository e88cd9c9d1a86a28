//! Checks an export of the audit log offline, with the functions that the verification route uses:
//! `cargo run -p audit --example verify_export -- export.jsonl`. `infra/docs/audit.md` has a program that shares no code.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::process::ExitCode;

use audit::chain::{Claim, Finding, Head, follow};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Line {
    r#type: String,
    seq: Option<u64>,
    prev: Option<String>,
    hash: Option<String>,
    entry: Option<Box<RawValue>>,
}

impl Line {
    /// What the line says; nothing for a number whose rows contradict each other.
    fn claim(self) -> Result<Option<Claim>, Box<dyn Error>> {
        let (Some(seq), Some(prev), Some(hash)) = (self.seq, self.prev, self.hash) else {
            return Ok(None);
        };
        Ok(Some(Claim {
            seq,
            prev: prev.parse()?,
            hash: hash.parse()?,
            entry: self.entry.map(|entry| entry.get().to_owned()),
        }))
    }
}

fn main() -> ExitCode {
    let verdict = std::env::args()
        .nth(1)
        .ok_or_else(|| "say which file".into())
        .and_then(|path| verify(&path));
    let (text, code) = match verdict {
        Ok(Ok(head)) => (format!("ok {} {}", head.seq, head.hash), ExitCode::SUCCESS),
        Ok(Err(finding)) => (
            format!("{:?} at {}", finding.how, finding.seq.unwrap_or_default()),
            ExitCode::FAILURE,
        ),
        Err(error) => (format!("not checked: {error}"), ExitCode::FAILURE),
    };
    drop(writeln!(io::stdout(), "{text}"));
    code
}

fn verify(path: &str) -> Result<Result<Head, Finding>, Box<dyn Error>> {
    let mut head = Head::START;
    for line in BufReader::new(File::open(path)?).lines() {
        let line: Line = serde_json::from_str(&line?)?;
        if line.r#type == "end" {
            continue;
        }
        let claim = line.claim()?;
        match follow(head, claim.as_ref()) {
            Ok(next) => head = next,
            Err(finding) => return Ok(Err(finding)),
        }
    }
    Ok(Ok(head))
}
