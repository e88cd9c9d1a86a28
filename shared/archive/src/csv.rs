//! CSV as RFC 4180 has it, safe to open in a spreadsheet, and the way back.
//!
//! A cell that a spreadsheet could take for a formula gets an apostrophe in front, and so does one that begins with an
//! apostrophe: whoever reads takes exactly one apostrophe away. An empty cell is a missing value, `""` an empty text.

use crate::Error;

/// What opens a file. Without it Excel reads UTF-8 in the code page of the machine, and every name that is not English is broken.
pub const BOM: &str = "\u{feff}";

/// By what a spreadsheet takes a cell for a formula; the wide forms are folded by East Asian versions.
const DANGEROUS: &[char] = &[
    '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\'',
];

/// The cell as it is written: with an apostrophe in front where it needs one.
#[must_use]
pub fn neutral(cell: &str) -> String {
    if cell.starts_with(DANGEROUS) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The way back from [`neutral`].
#[must_use]
pub fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// Appends one row with its line end.
pub fn push_row<'a>(out: &mut String, cells: impl IntoIterator<Item = Option<&'a str>>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let Some(cell) = cell else { continue };
        let cell = neutral(cell);
        // Blanks at an end are quoted because some readers trim what is not.
        if cell.is_empty()
            || cell.contains([',', '"', '\r', '\n'])
            || cell.starts_with([' ', '\u{feff}'])
            || cell.ends_with(' ')
        {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// Reads rows, with or without the mark at the beginning, with either line end. Cells come back without their apostrophe.
pub fn parse(text: &str) -> Result<Vec<Vec<Option<String>>>, Error> {
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut chars = text.chars().peekable();
    while chars.peek().is_some() {
        let (mut cell, mut quoted) = (String::new(), false);
        if chars.next_if_eq(&'"').is_some() {
            quoted = true;
            loop {
                match chars.next() {
                    Some('"') if chars.next_if_eq(&'"').is_some() => cell.push('"'),
                    Some('"') => break,
                    Some(other) => cell.push(other),
                    None => return Err(Error::Csv),
                }
            }
        }
        while let Some(other) = chars.next_if(|next| !matches!(next, ',' | '\r' | '\n')) {
            cell.push(other);
        }
        row.push((quoted || !cell.is_empty()).then(|| restored(&cell).to_owned()));
        match chars.next() {
            Some(',') if chars.peek().is_some() => {}
            // A comma at the very end still opens a cell.
            Some(',') => row.push(None),
            Some('\r') => {
                let _ = chars.next_if_eq(&'\n');
                rows.push(std::mem::take(&mut row));
            }
            Some(_) => rows.push(std::mem::take(&mut row)),
            None => {}
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    Ok(rows)
}
