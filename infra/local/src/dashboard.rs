//! Builds the dashboard when its sources have changed, as [`crate::build`] does for the functions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::SystemTime;

use tokio::process::Command;

use crate::build::{modified, newest};
use crate::error::HostError;

/// The dashboard's folder.
#[derive(Debug, Clone)]
pub struct Dashboard {
    folder: PathBuf,
}

/// What decides whether the built files are fresh.
const SOURCES: [&str; 8] = [
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "svelte.config.js",
    "tsconfig.json",
];

impl Dashboard {
    /// The dashboard of the repository at `root`.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self {
            folder: root.join("functions").join("dashboard"),
        }
    }

    /// Whether there are built files and no source is newer than they are.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        let Some(built) = modified(&self.folder.join("dist/index.html")) else {
            return false;
        };
        SOURCES
            .iter()
            .all(|source| newest(&self.folder.join(source)).is_none_or(|newest| newest <= built))
    }

    /// Installs what the lock names, unless that is done, and builds. Progress goes to the terminal.
    ///
    /// # Errors
    /// When Node is missing, or a step fails; both say what to do.
    pub async fn run(&self) -> Result<(), HostError> {
        let begun = SystemTime::now();
        let lock = self.folder.join("package-lock.json");
        // npm writes this file when it has installed everything.
        let installed = modified(&self.folder.join("node_modules/.package-lock.json"));
        if installed.is_none() || installed < modified(&lock) {
            self.npm(&["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .await?;
        }
        self.npm(&["run", "build"]).await?;
        // A source saved while it was built makes the next start build again.
        if let Ok(file) = fs::File::options()
            .write(true)
            .open(self.folder.join("dist/index.html"))
        {
            let _ = file.set_modified(begun);
        }
        Ok(())
    }

    async fn npm(&self, arguments: &[&str]) -> Result<(), HostError> {
        let status = Command::new("npm")
            .current_dir(&self.folder)
            .args(arguments)
            .stdin(Stdio::null())
            .status()
            .await
            .map_err(|error| {
                HostError::Missing(format!(
                    "npm, which builds the dashboard ({error}); install Node 20.19 or newer, or start with --no-build"
                ))
            })?;
        if status.success() {
            return Ok(());
        }
        Err(HostError::Dashboard {
            step: arguments.join(" "),
            status: status.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn built_files_are_fresh_until_a_source_is_newer() {
        let root = std::env::temp_dir().join(format!("sofi-dashboard-{}", std::process::id()));
        let folder = root.join("functions/dashboard");
        fs::create_dir_all(folder.join("src")).expect("a folder");
        fs::create_dir_all(folder.join("dist")).expect("a folder");
        fs::write(folder.join("src/main.ts"), "1").expect("a file");
        let dashboard = Dashboard::of(&root);
        let unbuilt = dashboard.is_fresh();
        fs::write(folder.join("dist/index.html"), "").expect("a file");
        let built = dashboard.is_fresh();
        let later = SystemTime::now() + Duration::from_secs(5);
        let source = fs::File::options()
            .write(true)
            .open(folder.join("src/main.ts"));
        source
            .and_then(|file| file.set_modified(later))
            .expect("a time");
        let changed = dashboard.is_fresh();
        fs::remove_dir_all(&root).expect("removes");
        assert_eq!((unbuilt, built, changed), (false, true, false));
    }
}
