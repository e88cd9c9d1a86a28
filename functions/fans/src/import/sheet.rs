//! A file of another tool, made into people. Pure: what is wrong is told by row and column, all of it at once.

use std::collections::{BTreeMap, HashSet};

use archive::csv;
use domain::content::{FanProfile, LARGEST_TELEGRAM_ID};
use http_kit::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tags::{MOST, normal_tags, wrong_tag};
use crate::update::LONGEST_NOTE;

/// Rows in one call: each is a transaction, and all of them are written while the caller waits.
const MOST_ROWS: usize = 200;
/// Telegram's own limits.
const LONGEST_NAME: usize = 64;
const LONGEST_USERNAME: usize = 32;
const LONGEST_LANGUAGE: usize = 35;

/// What a column of a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ImportColumn {
    /// The number by which Telegram knows the person.
    TelegramId,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// The @name, with or without the sign.
    Username,
    /// IETF tag of the person's language.
    Language,
    /// Tags, each on a line of its own where the cell has a line break, parted by commas or semicolons where not.
    Tags,
    /// A note for the team.
    Note,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ImportError {
    /// The row, as a spreadsheet counts: the headings are row 1.
    row: usize,
    /// The heading of the column.
    column: String,
    /// Stable code in snake case.
    #[schema(value_type = String)]
    code: &'static str,
    /// What is wrong, for people, in English.
    #[schema(value_type = String)]
    message: &'static str,
}

impl ImportError {
    /// The row that it is about.
    pub(crate) const fn row(&self) -> usize {
        self.row
    }
}

/// A row as it is understood.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportPreview {
    /// The row, as a spreadsheet counts: the headings are row 1.
    row: usize,
    /// The number by which Telegram knows the person.
    telegram_id: String,
    /// First name.
    first_name: String,
    /// Last name.
    last_name: Option<String>,
    /// The @name, without the sign.
    username: Option<String>,
    /// IETF tag of the person's language.
    language: Option<String>,
    /// Tags.
    tags: Vec<String>,
    /// The note.
    note: Option<String>,
}

impl ImportPreview {
    /// Shows a person.
    pub(super) fn of(person: &Person) -> Self {
        let profile = &person.profile;
        Self {
            row: person.row,
            telegram_id: person.user.to_string(),
            first_name: profile.first_name.clone(),
            last_name: profile.last_name.clone(),
            username: profile.username.clone(),
            language: profile.language_code.clone(),
            tags: person.tags.clone(),
            note: person.note.clone(),
        }
    }
}

/// Somebody of whom nothing is wrong.
pub(super) struct Person {
    /// Where they stand.
    pub(super) row: usize,
    /// The number by which Telegram knows them.
    pub(super) user: i64,
    /// Their names and language.
    pub(super) profile: FanProfile,
    /// Their tags.
    pub(super) tags: Vec<String>,
    /// What is to be known of them.
    pub(super) note: Option<String>,
}

/// Which column holds what: its place and its heading.
type Places = BTreeMap<ImportColumn, (usize, String)>;

/// A file that was read.
pub(super) struct Sheet {
    /// Rows below the headings that have anything in them.
    pub(super) rows: usize,
    /// Those that are right.
    pub(super) people: Vec<Person>,
    /// What is wrong with the others.
    pub(super) errors: Vec<ImportError>,
    places: Places,
}

impl Sheet {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is no such file as a whole, or lacks a column that was named.
    pub(super) fn read(
        text: &str,
        columns: &BTreeMap<String, ImportColumn>,
    ) -> Result<Self, Problem> {
        let refused = |code, message: &'static str| Problem::invalid("csv", code, message);
        let rows = csv::parse(text)
            .map_err(|_| refused("invalid_value", "A quotation mark is never closed."))?;
        let mut rows = (1..)
            .zip(rows)
            .filter(|(_, cells)| cells.iter().flatten().any(|cell| !cell.trim().is_empty()));
        let (_, headings) = rows
            .next()
            .ok_or_else(|| refused("required", "There is nothing in the file."))?;
        let mut sheet = Self {
            rows: 0,
            people: Vec::new(),
            errors: Vec::new(),
            places: places(&headings, columns)?,
        };
        let mut seen = HashSet::new();
        for (number, cells) in rows {
            sheet.rows += 1;
            if sheet.rows > MOST_ROWS {
                let message = "At most 200 rows in one call: send the file in parts.";
                return Err(refused("too_many", message));
            }
            sheet.take(number, &cells, &mut seen);
        }
        match sheet.rows {
            0 => Err(refused("required", "There is no row below the headings.")),
            _ => Ok(sheet),
        }
    }

    /// What is wrong with a row, under the heading of the column.
    pub(super) fn error(
        &self,
        row: usize,
        column: ImportColumn,
        code: &'static str,
        message: &'static str,
    ) -> ImportError {
        let heading = self.places.get(&column).map(|(_, heading)| heading.clone());
        ImportError {
            row,
            column: heading.unwrap_or_default(),
            code,
            message,
        }
    }

    fn take(&mut self, number: usize, cells: &[Option<String>], seen: &mut HashSet<i64>) {
        let mut row = Row {
            cells,
            places: &self.places,
            wrong: Vec::new(),
        };
        let person = row.person(number, seen);
        let wrong = row.wrong;
        if wrong.is_empty() {
            self.people.extend(person);
        }
        for (column, code, message) in wrong {
            let error = self.error(number, column, code, message);
            self.errors.push(error);
        }
    }
}

fn places(
    headings: &[Option<String>],
    columns: &BTreeMap<String, ImportColumn>,
) -> Result<Places, Problem> {
    let headings: Vec<_> = headings
        .iter()
        .map(|heading| heading.as_deref().unwrap_or_default().trim())
        .collect();
    let mut places = Places::new();
    for (heading, column) in columns {
        let named = headings.iter().enumerate();
        let mut named = named.filter(|(_, other)| **other == heading.trim());
        match (named.next(), named.next()) {
            (Some((place, _)), None) => {
                places.insert(*column, (place, heading.clone()));
            }
            (None, _) => {
                let message = "The first row of the file has no such column.";
                return Err(Problem::invalid("columns", "invalid_value", message));
            }
            (Some(_), Some(_)) => {
                let message = "Two columns of the file have the same heading.";
                return Err(Problem::invalid("columns", "invalid_value", message));
            }
        }
    }
    Ok(places)
}

/// A row that is being read.
struct Row<'a> {
    cells: &'a [Option<String>],
    places: &'a Places,
    wrong: Vec<(ImportColumn, &'static str, &'static str)>,
}

impl<'a> Row<'a> {
    fn person(&mut self, row: usize, seen: &mut HashSet<i64>) -> Option<Person> {
        let user = self.user(seen);
        let first_name = self.name(ImportColumn::FirstName).unwrap_or_default();
        let profile = FanProfile {
            first_name,
            last_name: self.name(ImportColumn::LastName),
            username: self.username(),
            language_code: self.language(),
            is_premium: false,
        };
        let (tags, note) = (self.tags(), self.note());
        Some(Person {
            row,
            user: user?,
            profile,
            tags,
            note,
        })
    }

    fn cell(&self, column: ImportColumn) -> Option<&'a str> {
        let (place, _) = self.places.get(&column)?;
        self.cells.get(*place)?.as_deref()
    }

    /// What stands in a cell; nothing where that is nothing.
    fn text(&self, column: ImportColumn) -> Option<&'a str> {
        let text = self.cell(column)?.trim();
        (!text.is_empty()).then_some(text)
    }

    fn wrong(&mut self, column: ImportColumn, code: &'static str, message: &'static str) {
        self.wrong.push((column, code, message));
    }

    fn user(&mut self, seen: &mut HashSet<i64>) -> Option<i64> {
        let column = ImportColumn::TelegramId;
        let Some(text) = self.text(column) else {
            self.wrong(
                column,
                "required",
                "Telegram's number of the person is missing.",
            );
            return None;
        };
        let number = text.parse::<i64>().ok();
        let Some(number) = number.filter(|number| (1..=LARGEST_TELEGRAM_ID).contains(number))
        else {
            let message =
                "This is no number of Telegram's: digits only, as a spreadsheet may not show them.";
            self.wrong(column, "invalid_value", message);
            return None;
        };
        if !seen.insert(number) {
            self.wrong(column, "duplicate", "An earlier row has this number.");
        }
        Some(number)
    }

    fn name(&mut self, column: ImportColumn) -> Option<String> {
        let text = self.text(column)?;
        if text.chars().count() > LONGEST_NAME {
            self.wrong(column, "too_long", "A name has at most 64 characters.");
        } else if text.chars().any(char::is_control) {
            self.wrong(column, "invalid_value", "A name is plain text.");
        }
        Some(text.to_owned())
    }

    fn username(&mut self) -> Option<String> {
        let text = self.text(ImportColumn::Username)?;
        let name = text.strip_prefix('@').unwrap_or(text);
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !plain || !(1..=LONGEST_USERNAME).contains(&name.len()) {
            let message = "An @name has 1 to 32 letters, digits and underscores.";
            self.wrong(ImportColumn::Username, "invalid_value", message);
        }
        Some(name.to_owned())
    }

    fn language(&mut self) -> Option<String> {
        let text = self.text(ImportColumn::Language)?;
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !plain || !(2..=LONGEST_LANGUAGE).contains(&text.len()) {
            let message = "A language is a tag such as en or pt-BR.";
            self.wrong(ImportColumn::Language, "invalid_value", message);
        }
        Some(text.to_owned())
    }

    fn tags(&mut self) -> Vec<String> {
        let text = self.cell(ImportColumn::Tags).unwrap_or_default();
        let given: Vec<_> = match text.contains('\n') {
            true => text.lines().collect(),
            false => text.split([',', ';']).collect(),
        };
        let given = given.into_iter().filter(|tag| !tag.trim().is_empty());
        let tags = normal_tags(&given.map(str::to_owned).collect::<Vec<_>>());
        if tags.len() > MOST {
            let message = "A fan has at most 50 tags.";
            self.wrong(ImportColumn::Tags, "too_many", message);
        }
        if let Some((code, message)) = tags.iter().find_map(|tag| wrong_tag(tag)) {
            self.wrong(ImportColumn::Tags, code, message);
        }
        tags
    }

    fn note(&mut self) -> Option<String> {
        let text = self.text(ImportColumn::Note)?;
        if text.chars().count() > LONGEST_NOTE {
            let message = "A note has at most 4,000 characters.";
            self.wrong(ImportColumn::Note, "too_long", message);
        }
        Some(text.to_owned())
    }
}

#[cfg(test)]
mod tests;
