//! Trains the model: `cargo run --release -p care --example train`. With the word `measure` it measures instead, on
//! phrases held back; with `score FILE` it scores a file of phrases and prints counts only.
//!
//! Training gives the same file whenever it is run on the same machine and the same phrases.

use std::error::Error;
use std::io::Write as _;
use std::path::Path;

mod fit;
mod measure;
mod phrases;

use phrases::{Corpus, Phrase};

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = Corpus::read(here)?;
    let table = phrases::table(here)?;
    let mut out = std::io::stdout();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            let all: Vec<&Phrase> = corpus.phrases.iter().collect();
            let file = fit::fit(&all, &table, corpus.hash);
            std::fs::write(here.join("src/model/weights.bin"), &file)?;
            writeln!(out, "{} phrases, {} bytes", all.len(), file.len())?;
        }
        ["measure"] => measure::held_back(&corpus, &table, &mut out)?,
        ["score", path] => measure::scored(&phrases::read(Path::new(path), path)?, &mut out)?,
        _ => return Err("expected nothing, `measure`, or `score FILE`".into()),
    }
    Ok(())
}
