//! Writes a mail of every fact in every language as a page of its own, for the contact sheet: `mails <folder>`.

use std::error::Error;
use std::fs;
use std::path::Path;

use mail::{Amount, FactorChange, Language, Template, render};

// The very facts that the crate's own tests render.
#[path = "../src/template/samples.rs"]
mod samples;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("mails <folder>")?;
    for (number, template) in samples::samples().iter().enumerate() {
        for language in Language::ALL {
            let (kind, tag) = (template.kind(), language.tag());
            let file = format!("{number:02}-{kind}.{tag}.html");
            fs::write(
                Path::new(&folder).join(file),
                render(template, language).html,
            )?;
        }
    }
    Ok(())
}
