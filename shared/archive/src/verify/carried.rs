//! Whether the sums over what means the same in another workspace are those of the records. Which number stands for an id, the
//! archive says itself: in the section of numbers for fans, through their fan for conversations.

use std::collections::HashMap;
use std::io::{self, Read, Seek};

use serde_json::{Map, Value};

use super::{Finding, Place, finding, read};
use crate::manifest::Manifest;
use crate::portable::{self, Sum};

/// The section that says by which number Telegram knows a fan.
const NUMBERS: &str = "fan_number";
/// The section that says whose a conversation is.
const CONVERSATIONS: &str = "conversation";

/// Names each section whose sum is another one. `contents` says where the content of each file begins; all of them were
/// compared with their hashes before.
pub(super) fn check<R: Read + Seek>(
    archive: &mut R,
    manifest: &Manifest,
    contents: &[u64],
    findings: &mut Vec<Finding>,
) -> io::Result<()> {
    let mut source = Source {
        archive,
        manifest,
        contents,
    };
    let numbers = source.pairs(NUMBERS, "fan", "telegram_id")?;
    let fans = source.pairs(CONVERSATIONS, "id", "fan")?;
    let person = |id: &str| {
        let fan = fans.get(id).map_or(id, String::as_str);
        numbers.get(fan).cloned()
    };
    for section in &manifest.sections {
        let Some(entry) = &section.portable else {
            continue;
        };
        let mut sum = Sum::default();
        source.each(&section.name, |record| {
            sum.add(&portable::line(&entry.fields, record, person));
        })?;
        if sum.hex() != entry.sum {
            let place = Place::Section(section.name.clone());
            findings.push(finding(
                place,
                None,
                "what is portable adds up to something else",
            ));
        }
    }
    Ok(())
}

/// An archive whose files were found to be what the manifest says.
struct Source<'a, R> {
    archive: &'a mut R,
    manifest: &'a Manifest,
    contents: &'a [u64],
}

impl<R: Read + Seek> Source<'_, R> {
    /// Shows each record of a section. What is no record is passed over: it cannot have been added.
    fn each(&mut self, section: &str, mut see: impl FnMut(&Map<String, Value>)) -> io::Result<()> {
        for (file, content) in self.manifest.files.iter().zip(self.contents) {
            if !file.is_lines_of(section) {
                continue;
            }
            let bytes = read(self.archive, *content, u64::from(file.bytes))?;
            for line in bytes.split(|byte| *byte == b'\n') {
                if let Ok(Value::Object(record)) = serde_json::from_slice(line) {
                    see(&record);
                }
            }
        }
        Ok(())
    }

    /// What one field of a section's records says for each value of another.
    fn pairs(
        &mut self,
        section: &str,
        from: &str,
        to: &str,
    ) -> io::Result<HashMap<String, String>> {
        let mut found = HashMap::new();
        self.each(section, |record| {
            let text = |name: &str| record.get(name).and_then(Value::as_str).map(str::to_owned);
            found.extend(text(from).zip(text(to)));
        })?;
        Ok(found)
    }
}
