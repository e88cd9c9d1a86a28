//! Before everything else on a busy machine: a real-time priority for this program and the functions that it starts.

use std::fs;
use std::io;
use std::process::{Command, Stdio};

use crate::Failure;

/// Puts this program, and what it starts from now on, before everything ordinary.
///
/// # Errors
/// Without the right to, or without `chrt`.
pub fn first() -> Result<(), Failure> {
    chrt(
        &["--all-tasks", "--fifo", "--pid", "50"],
        std::process::id(),
    )
}

/// Makes a process an ordinary one again.
///
/// # Errors
/// As [`first`].
pub fn ordinary(process: u32) -> Result<(), Failure> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    if policy(&stat) == Some(0) {
        Ok(())
    } else {
        chrt(&["--all-tasks", "--other", "--pid", "0"], process)
    }
}

fn chrt(arguments: &[&str], process: u32) -> Result<(), Failure> {
    let status = Command::new("chrt")
        .args(arguments)
        .arg(process.to_string())
        .stdin(Stdio::null())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other("chrt may not change priorities").into())
    }
}

/// The scheduling policy in `/proc/<pid>/stat`: its 41st field; the second, a name in brackets, may hold blanks.
fn policy(stat: &str) -> Option<u32> {
    stat.rsplit_once(')')?
        .1
        .split_whitespace()
        .nth(38)?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_policy_is_found_behind_a_name_with_blanks() {
        let fields: Vec<String> = (3..=52).map(|field| field.to_string()).collect();
        assert_eq!(
            super::policy(&format!("17 (a b) {}", fields.join(" "))),
            Some(41)
        );
        assert_eq!(super::policy("nonsense"), None);
    }
}
