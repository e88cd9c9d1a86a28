//! Log messages are literals. The layer drops messages with values in them; this test says so at
//! build time, and closes the one gap that the layer cannot see: `info!("{value}")`.

use std::fs;
use std::path::{Path, PathBuf};

const MACROS: [&str; 5] = ["trace!(", "debug!(", "info!(", "warn!(", "error!("];

#[test]
fn no_log_message_of_the_product_holds_a_value() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut offences = Vec::new();
    let mut files = 0;
    for folder in ["functions", "shared"] {
        for file in rust_files(&root.join(folder)) {
            files += 1;
            let source = fs::read_to_string(&file).expect("a source file is text");
            for call in calls(&source) {
                if arguments(call)
                    .iter()
                    .any(|argument| is_interpolated(argument))
                {
                    offences.push(format!(
                        "{}: {}",
                        file.display(),
                        call.lines().next().unwrap_or_default()
                    ));
                }
            }
        }
    }
    assert!(files > 10, "the sources were not found");
    assert!(
        offences.is_empty(),
        "put the value into a declared field:\n{}",
        offences.join("\n")
    );
}

#[test]
fn the_search_finds_what_it_is_for() {
    for (source, bad) in [
        (r#"tracing::info!("{x}");"#, true),
        (r#"warn!(code = "a", "failed for {}", name);"#, true),
        (r#"error!(error.chain = chain(&e), "failed");"#, false),
        (r#"info!(route = "/fans/{fan_id}", "ok");"#, false),
        (r#"info!("literal {{braces}}");"#, false),
        (
            r#"info!(count = list.iter().map(|x| format!("{x}")).count(), "ok");"#,
            false,
        ),
    ] {
        let found = calls(source)
            .iter()
            .any(|call| arguments(call).iter().any(|a| is_interpolated(a)));
        assert_eq!(found, bad, "{source}");
    }
}

/// Sources below `folder`, without tests: a test may log canaries on purpose.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "tests" | "node_modules" | "target") {
                found.extend(rust_files(&path));
            }
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            found.push(path);
        }
    }
    found
}

/// The text between the parentheses of every log macro.
fn calls(source: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for name in MACROS {
        for (start, _) in source.match_indices(name) {
            let inner = &source[start + name.len()..];
            if let Some(end) = closing(inner) {
                found.push(&inner[..end]);
            }
        }
    }
    found
}

/// The arguments at the top level of a call.
fn arguments(call: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, depth, byte) in Outside::new(call) {
        if byte == b',' && depth == 0 {
            parts.push(call[start..index].trim());
            start = index + 1;
        }
    }
    parts.push(call[start..].trim());
    parts
}

/// A message is an argument that is a literal and nothing else.
fn is_interpolated(argument: &str) -> bool {
    argument.starts_with('"') && argument.replace("{{", "").contains('{')
}

fn closing(text: &str) -> Option<usize> {
    Outside::new(text)
        .find(|(_, depth, byte)| *byte == b')' && *depth < 0)
        .map(|(index, ..)| index)
}

/// The bytes outside string literals, with the depth of brackets after them.
struct Outside<'t> {
    bytes: &'t [u8],
    at: usize,
    depth: i32,
}

impl<'t> Outside<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            depth: 0,
        }
    }
}

impl Iterator for Outside<'_> {
    type Item = (usize, i32, u8);

    fn next(&mut self) -> Option<Self::Item> {
        let byte = *self.bytes.get(self.at)?;
        let index = self.at;
        self.at += 1;
        match byte {
            b'"' => {
                while let Some(inner) = self.bytes.get(self.at) {
                    self.at += if *inner == b'\\' { 2 } else { 1 };
                    if *inner == b'"' {
                        break;
                    }
                }
            }
            b'(' | b'[' | b'{' => self.depth += 1,
            b')' | b']' | b'}' => self.depth -= 1,
            _ => {}
        }
        Some((index, self.depth, byte))
    }
}
