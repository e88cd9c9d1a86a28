//! Builds the function binaries when their sources have changed.
//!
//! Asking cargo whether anything changed costs about a second; looking at modification times costs milliseconds. So the
//! host keeps a stamp beside the binaries and asks cargo only when a source is newer than the stamp.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::SystemTime;

use tokio::process::Command;

use crate::error::HostError;

/// What to build and where.
#[derive(Debug, Clone)]
pub struct Build {
    /// The repository's root.
    pub root: PathBuf,
    /// Binary names; each is the name of its package.
    pub binaries: Vec<String>,
    /// Whether to build optimised.
    pub release: bool,
}

/// Folders and files that decide whether the binaries are fresh.
const SOURCES: [&str; 7] = [
    "functions",
    "shared",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
    "rust-toolchain.toml",
    "rust-toolchain",
];

impl Build {
    /// Folder of the binaries: `CARGO_TARGET_DIR` or `target`, and the profile.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), PathBuf::from);
        let target = if target.is_absolute() {
            target
        } else {
            self.root.join(target)
        };
        target.join(if self.release { "release" } else { "debug" })
    }

    /// Binaries whose package is not in the workspace.
    #[must_use]
    pub fn without_package(&self) -> Vec<String> {
        let manifest = |name: &String| {
            self.root
                .join("functions")
                .join(name)
                .join("Cargo.toml")
                .is_file()
        };
        self.binaries
            .iter()
            .filter(|name| !manifest(name))
            .cloned()
            .collect()
    }

    /// Whether every binary is there and no source is newer than the last build.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        let folder = self.folder();
        let Some(built) = modified(&self.stamp()) else {
            return false;
        };
        let stamped = fs::read_to_string(self.stamp()).unwrap_or_default();
        stamped == self.stamp_text()
            && self.binaries.iter().all(|name| folder.join(name).is_file())
            && SOURCES
                .iter()
                .all(|source| newest(&self.root.join(source)).is_none_or(|newest| newest < built))
    }

    /// Runs cargo, whose progress goes to the terminal.
    ///
    /// # Errors
    /// When cargo cannot be started or the build fails.
    pub async fn run(&self) -> Result<(), HostError> {
        // Noted before the build: a file saved while it runs makes the next start build again.
        let begun = SystemTime::now();
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .current_dir(&self.root)
            .arg("build")
            .stdin(Stdio::null())
            .stdout(Stdio::inherit());
        if self.release {
            command.arg("--release");
        }
        for binary in &self.binaries {
            command.args(["-p", binary]);
        }
        // `cargo run` describes the host's own package to its children; a build must not see that.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || name == "LD_LIBRARY_PATH"
            {
                command.env_remove(name);
            }
        }
        let status = command
            .status()
            .await
            .map_err(|error| HostError::Missing(format!("cargo ({error})")))?;
        if !status.success() {
            return Err(HostError::Build(status.to_string()));
        }
        // Without a stamp the next start only asks cargo again.
        let stamp = self.stamp();
        if fs::write(&stamp, self.stamp_text()).is_ok()
            && let Ok(file) = fs::File::options().write(true).open(&stamp)
        {
            let _ = file.set_modified(begun);
        }
        Ok(())
    }

    fn stamp(&self) -> PathBuf {
        self.folder().join(".laptop-functions")
    }

    fn stamp_text(&self) -> String {
        self.binaries.join("\n")
    }
}

pub(crate) fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// The newest modification below a path, folders included: a removed file changes its folder.
pub(crate) fn newest(path: &Path) -> Option<SystemTime> {
    let mut newest_time = modified(path)?;
    if path.is_dir() {
        for entry in fs::read_dir(path).ok()?.flatten() {
            let name = entry.file_name();
            // The dashboard's sources decide about the dashboard only.
            let built = ["node_modules", "target", "dist", "dashboard"];
            if built.iter().any(|other| name == *other) {
                continue;
            }
            if let Some(time) = newest(&entry.path()) {
                newest_time = newest_time.max(time);
            }
        }
    }
    Some(newest_time)
}
