//! A section while it is written: three files side by side, cut at the same records.

use domain::registry::{self, Export, Registered};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::portable::{self, Portable, Sum};
use crate::{Carry, Error, canonical, csv, html, manifest::Field};

/// The size at which the first files of a section are cut.
const CUT: usize = 256 * 1024;
/// The largest such size.
const MAX_CUT: usize = 4 * 1024 * 1024;
/// After how many files the size grows by [`CUT`].
const STEP: usize = 512;

/// Records of one kind: what they are called and which fields they have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) withheld: Vec<String>,
    /// Empty: nothing of it means anything in another workspace.
    #[serde(default)]
    pub(crate) portable: Portable,
}

impl Section {
    /// A section of a registered row. `name` becomes part of paths.
    pub fn of<R: Registered>(name: &str, title: &str) -> Result<Self, Error> {
        Self::new(name, title, R::FIELDS)
    }

    /// A section of some registered fields.
    pub fn new(name: &str, title: &str, fields: &[registry::Field]) -> Result<Self, Error> {
        let never = |field: &&registry::Field| field.class.export == Export::Never;
        Ok(Self {
            name: name.to_owned(),
            title: title.to_owned(),
            fields: fields
                .iter()
                .filter(|field| !never(field))
                .map(Field::try_from)
                .collect::<Result<_, _>>()?,
            withheld: fields
                .iter()
                .filter(never)
                .map(|field| field.name.to_owned())
                .collect(),
            portable: Portable::new(),
        })
    }

    /// Says what of the records means the same in another workspace: fields, or keys of a field's object behind a dot.
    pub fn carrying(mut self, portable: &[(&str, Carry)]) -> Result<Self, Error> {
        let declared = |path: &str| {
            let field = portable::field(path);
            self.fields.iter().any(|one| one.name == field)
        };
        if let Some((path, _)) = portable.iter().find(|(path, _)| !declared(path)) {
            return Err(Error::Undeclared {
                section: self.name,
                field: (*path).to_owned(),
            });
        }
        let pairs = portable
            .iter()
            .map(|(path, carry)| ((*path).to_owned(), *carry));
        self.portable = pairs.collect();
        Ok(self)
    }
}

/// The files of a section that are open. All of it goes into the tail of a checkpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Open {
    /// Files cut so far.
    pub cuts: usize,
    /// Records in the open files.
    pub records: u64,
    /// Records of all files.
    pub total: u64,
    /// What of all of them means the same in another workspace.
    #[serde(default)]
    pub sum: Sum,
    pub jsonl: String,
    pub csv: String,
    pub html: String,
}

impl Open {
    /// Whether the files are cut before a record is added. It depends on the records alone, never on slices: the same data is
    /// cut at the same places. Later files are larger, so that their number stays small.
    pub fn is_full(&self) -> bool {
        self.jsonl.len() >= (CUT * (1 + self.cuts / STEP)).min(MAX_CUT)
    }

    /// Adds a record whose fields were checked. A declared field that is missing is written as `null`.
    pub fn push(&mut self, section: &Section, record: &Map<String, Value>, line: &str) {
        let value = |field: &Field| record.get(&field.name).unwrap_or(&Value::Null);
        if self.records == 0 {
            self.csv.push_str(csv::BOM);
            csv::push_row(
                &mut self.csv,
                section.fields.iter().map(|field| Some(field.name.as_str())),
            );
        }
        self.records += 1;
        self.total += 1;
        self.jsonl.push_str(line);
        self.jsonl.push('\n');
        let cells: Vec<_> = section
            .fields
            .iter()
            .map(|field| cell(value(field)))
            .collect();
        csv::push_row(&mut self.csv, cells.iter().map(Option::as_deref));
        let pairs = section
            .fields
            .iter()
            .map(|field| (field.name.as_str(), value(field)));
        html::push_record(&mut self.html, self.total, pairs);
    }
}

/// A record as a line: every declared field, and nothing else.
pub(crate) fn line(section: &Section, record: &Map<String, Value>) -> Result<String, Error> {
    if let Some(field) = record
        .keys()
        .find(|key| !section.fields.iter().any(|field| field.name == **key))
    {
        return Err(Error::Undeclared {
            section: section.name.clone(),
            field: field.clone(),
        });
    }
    let whole = section.fields.iter().map(|field| {
        (
            field.name.clone(),
            record.get(&field.name).cloned().unwrap_or(Value::Null),
        )
    });
    Ok(canonical(&Value::Object(whole.collect())))
}

fn cell(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(canonical(other)),
    }
}
