//! Prints or writes what the crates say about the API:
//! `cargo run -p catalogue -- openapi | functions | plans | processing | write`.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use thiserror::Error;

/// Why nothing was written.
#[derive(Debug, Error)]
enum CatalogueError {
    /// Routes and descriptions disagree.
    #[error("the API document cannot be made: {0}")]
    Document(#[from] http_kit::openapi::DocumentError),
    /// A list is not representable.
    #[error("a list cannot be made: {0}")]
    Listing(#[from] serde_json::Error),
    /// A file or standard output.
    #[error("it cannot be written: {0}")]
    Write(#[from] io::Error),
    /// Another word.
    #[error("say `openapi`, `functions`, `plans`, `processing` or `write`")]
    Usage,
}

fn main() -> ExitCode {
    let word = std::env::args().nth(1).unwrap_or_default();
    match run(&word) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(io::stderr(), "{error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(word: &str) -> Result<(), CatalogueError> {
    match word {
        "openapi" => io::stdout().write_all(catalogue::document()?.as_bytes())?,
        "functions" => io::stdout().write_all(catalogue::listing()?.as_bytes())?,
        "plans" => io::stdout().write_all(catalogue::plans()?.as_bytes())?,
        "processing" => io::stdout().write_all(catalogue::record()?.as_bytes())?,
        "write" => write(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../api"))?,
        _ => return Err(CatalogueError::Usage),
    }
    Ok(())
}

fn write(folder: &Path) -> Result<(), CatalogueError> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("openapi.json"), catalogue::document()?)?;
    std::fs::write(folder.join("functions.json"), catalogue::listing()?)?;
    std::fs::write(folder.join("plans.json"), catalogue::plans()?)?;
    std::fs::write(folder.join("processing.json"), catalogue::record()?)?;
    Ok(())
}
