//! CPU time and memory of a process, from `/proc` where there is one.

use std::fs;

/// What a process has used so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    pub(crate) cpu_ns: Option<u64>,
    pub(crate) peak_rss_kib: Option<u64>,
}

/// Reads the usage of a process; empty on systems without `/proc` and for processes that are gone.
pub(crate) fn of(pid: u32) -> Usage {
    Usage {
        cpu_ns: cpu_ns(pid),
        peak_rss_kib: peak_rss_kib(pid),
    }
}

/// Time on a CPU of all threads, in nanoseconds. Threads that have ended are not counted; a function has one.
fn cpu_ns(pid: u32) -> Option<u64> {
    let mut total = 0;
    for thread in fs::read_dir(format!("/proc/{pid}/task")).ok()? {
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        total += text.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(total)
}

fn peak_rss_kib(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
