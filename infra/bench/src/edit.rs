//! How long a person waits: from saving a handler's file to its green unit tests.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;

use crate::Failure;
use crate::stats::Sample;
use crate::subjects::Places;

/// The handler, below the repository's root, and its crate.
const HANDLER: (&str, &str) = ("functions/fans/src/get.rs", "fans");

/// The handler's file as it was; written back in any case.
struct Restored {
    path: PathBuf,
    text: String,
}

impl Drop for Restored {
    fn drop(&mut self) {
        // Nothing could be done about it but to look into git, which the person would do anyway.
        let _ = fs::write(&self.path, &self.text);
    }
}

/// Edits and tests some times, after once without an edit; seconds.
///
/// # Errors
/// When the tests fail.
pub fn measure(places: &Places, times: usize) -> Result<Sample, Failure> {
    let path = places.root.join(HANDLER.0);
    let file = Restored {
        text: fs::read_to_string(&path)?,
        path,
    };
    test(places)?;
    let mut seconds = Vec::new();
    for number in 0..times {
        // An item that nothing uses: the compiler must look at the file, and nothing else changes.
        fs::write(
            &file.path,
            format!("{}\nconst _: usize = {number};\n", file.text),
        )?;
        seconds.push(test(places)?);
    }
    Ok(seconds.into_iter().collect())
}

fn test(places: &Places) -> Result<f64, Failure> {
    let mut command = places.cargo();
    command
        .args(["test", "-p", HANDLER.1, "--lib", "--quiet"])
        .env("CARGO_TARGET_DIR", places.root.join("target"));
    let began = Instant::now();
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()?;
    if status.success() {
        Ok(began.elapsed().as_secs_f64())
    } else {
        Err(Failure::Build("the unit tests", status.to_string()))
    }
}
