//! A share of a CPU, as Lambda gives it to a small function once it has started.
//!
//! Control groups do it, of either version, where we may make one. Where not, the report says so and gives the bound
//! that needs none: CPU time divided by the share. The group goes before everything else on the machine, so that only its
//! quota holds it back.

use std::fs;
use std::path::PathBuf;
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{Failure, priority};

/// 256 MB of the 1,769 MB that have one CPU.
pub const SHARE: f64 = 0.145;
/// The smallest quota that the kernel takes, in microseconds: the finer the slices, the less a short answer can hide
/// in the first one.
const QUOTA_US: u32 = 1_000;

/// How the machine limits CPU time.
#[derive(Clone, Debug)]
pub enum Quota {
    /// Below this folder, by `cpu.max`.
    Unified(PathBuf),
    /// Below this folder, by `cpu.cfs_quota_us`.
    Legacy(PathBuf),
    /// Not at all, as far as we may.
    Absent,
}

/// A group with one process; removed with this value, which must be after the process has ended.
#[derive(Debug)]
pub struct Group(PathBuf);

impl Quota {
    /// Tries what there is.
    pub fn detect() -> Self {
        let unified = Self::Unified("/sys/fs/cgroup".into());
        let legacy = ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct"]
            .map(|path| Self::Legacy(path.into()));
        std::iter::once(unified)
            .chain(legacy)
            .find(|quota| quota.group().is_ok())
            .unwrap_or(Self::Absent)
    }

    /// What the report says about it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unified(_) => "control group, version 2",
            Self::Legacy(_) => "control group, version 1",
            Self::Absent => "none: this machine lets us make no control group",
        }
    }

    /// Puts a process under the share; `None` when the machine has no way.
    ///
    /// # Errors
    /// When the process cannot be moved.
    pub fn limit(&self, process: u32) -> Result<Option<Group>, Failure> {
        if matches!(self, Self::Absent) {
            return Ok(None);
        }
        let group = self.group()?;
        // A process that inherited a real-time priority from us would run past any quota.
        priority::ordinary(process)?;
        fs::write(group.0.join("cgroup.procs"), process.to_string())?;
        Ok(Some(group))
    }

    fn group(&self) -> Result<Group, Failure> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "sofi-bench-{}-{}",
            process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        let period = period_us();
        let (folder, settings) = match self {
            Self::Unified(root) => (
                root.join(name),
                vec![
                    ("cpu.max", format!("{QUOTA_US} {period}")),
                    ("cpu.weight", "10000".into()),
                ],
            ),
            Self::Legacy(root) => (
                root.join(name),
                vec![
                    ("cpu.cfs_period_us", period.to_string()),
                    ("cpu.cfs_quota_us", QUOTA_US.to_string()),
                    ("cpu.shares", "262144".into()),
                ],
            ),
            Self::Absent => return Err(Failure::NoQuota),
        };
        fs::create_dir(&folder)?;
        let group = Group(folder);
        for (file, value) in settings {
            // Opening must not create: on a plain folder this is no control group.
            fs::OpenOptions::new()
                .write(true)
                .open(group.0.join(file))?;
            fs::write(group.0.join(file), value)?;
        }
        Ok(group)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // A folder that stays behind is empty and does nothing.
        let _ = fs::remove_dir(&self.0);
    }
}

/// The period that makes the quota the share.
fn period_us() -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "about 6,897"
    )]
    let period = (f64::from(QUOTA_US) / SHARE).round() as u32;
    period
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_gives_the_share() {
        let share = f64::from(QUOTA_US) / f64::from(period_us());
        assert!((share - SHARE).abs() < 0.000_1, "{share}");
    }
}
