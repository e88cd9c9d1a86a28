//! A section while it is written: lines, of which three files side by side are made where they are cut.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::registry::{self, Export, Registered};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::portable::{self, Portable, Sum};
use crate::{Carry, Error, MAX_RECORD, canonical, csv, html, manifest::Field};

/// The size at which the first files of a section are cut.
const CUT: usize = 256 * 1024;
/// The largest such size.
const MAX_CUT: usize = 4 * 1024 * 1024;
/// After how many files the size grows by [`CUT`].
const STEP: usize = 512;
/// Room for the lines of most files, or for one file made of them: more than what glibc keeps for itself when it is given back.
pub(crate) const ROOM: usize = CUT + MAX_RECORD;

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

    /// Appends these lines as a file for a spreadsheet.
    pub(crate) fn push_csv(&self, out: &mut String, lines: &str) -> Result<(), Error> {
        out.push_str(csv::BOM);
        let names = self.fields.iter().map(|field| Some(field.name.as_str()));
        csv::push_row(out, names);
        for line in lines.split_terminator('\n') {
            let record: Record<'_> = serde_json::from_str(line)?;
            let cells = self.values(&record).map(|(_, value)| cell(value));
            let cells = cells.collect::<Result<Vec<_>, _>>()?;
            csv::push_row(out, cells.iter().map(Option::as_deref));
        }
        Ok(())
    }

    /// Appends these lines, of which the first is record `first`, as page `cut`.
    pub(crate) fn push_page(
        &self,
        out: &mut String,
        lines: &str,
        first: u64,
        cut: usize,
        more: bool,
    ) -> Result<(), Error> {
        let links = html::links(&self.name, cut, more);
        out.push_str(&html::head(&format!("{}, page {cut}", self.title)));
        out.push_str(&links);
        for (number, line) in (first..).zip(lines.split_terminator('\n')) {
            let record: Record<'_> = serde_json::from_str(line)?;
            html::push_record(out, number, self.values(&record))?;
        }
        out.push_str(&links);
        out.push_str(html::END);
        Ok(())
    }

    /// The values of a record in the order of the fields.
    fn values<'a>(
        &'a self,
        record: &'a Record<'a>,
    ) -> impl Iterator<Item = (&'a str, &'a RawValue)> {
        self.fields.iter().map(move |field| {
            let value = record.get(&field.name).copied();
            (field.name.as_str(), value.unwrap_or(RawValue::NULL))
        })
    }
}

/// A line's values as they stand in it: a number that became one and then text again could be another text.
type Record<'a> = BTreeMap<String, &'a RawValue>;

/// What is open of a section: lines alone, because the other files follow from them. Beside these it is a checkpoint's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Open {
    /// Files cut so far.
    pub cuts: usize,
    /// Records that are open.
    pub records: u64,
    /// Records of all files.
    pub total: u64,
    /// What of all of them means the same in another workspace.
    #[serde(default)]
    pub sum: Sum,
    #[serde(skip)]
    pub lines: String,
}

impl Open {
    /// Whether the files are cut before a record is added. It depends on the records alone, never on slices: the same data is
    /// cut at the same places. Later files are larger, so that their number stays small.
    pub fn is_full(&self) -> bool {
        self.lines.len() >= (CUT * (1 + self.cuts / STEP)).min(MAX_CUT)
    }

    /// Adds a record by its line.
    pub fn push(&mut self, line: &str) {
        self.records += 1;
        self.total += 1;
        self.push_lines(line);
        self.lines.push('\n');
    }

    /// Appends to the lines, whose buffer has its room from the first byte on.
    pub fn push_lines(&mut self, lines: &str) {
        if self.lines.capacity() == 0 && !lines.is_empty() {
            self.lines.reserve_exact(ROOM.max(lines.len()));
        }
        self.lines.push_str(lines);
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

fn cell(value: &RawValue) -> Result<Option<Cow<'_, str>>, Error> {
    match value.get() {
        "null" => Ok(None),
        text if text.starts_with('"') => Ok(Some(Cow::Owned(serde_json::from_str(text)?))),
        // What stands in a canonical line is canonical.
        other => Ok(Some(Cow::Borrowed(other))),
    }
}
