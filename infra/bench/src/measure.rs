//! Interleaved runs: every subject once, then every subject again, so that a noisy minute meets all of them.

use crate::Failure;
use crate::aws_stub::{AwsStub, round_trips};
use crate::process::{Process, Subject};
use crate::quota::Quota;

/// How much to do.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Cold starts of each subject, and as many under the quota.
    pub rounds: usize,
    /// Warm calls after each cold start.
    pub warm_calls: usize,
}

/// One cold start and what followed.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Exec to the first request for work.
    pub init_ms: f64,
    /// The first answer alone.
    pub first_ms: f64,
    /// Time on a CPU from exec to the first answer.
    pub cold_cpu_ms: f64,
    /// Time on a CPU of the first answer alone.
    pub first_cpu_ms: f64,
    /// Warm answers.
    pub warm_ms: Vec<f64>,
    /// Time on a CPU of a warm answer, on average.
    pub warm_cpu_ms: f64,
    /// Peak resident memory.
    pub peak_mb: f64,
    /// Sequential calls of the first answer.
    pub first_round_trips: usize,
    /// The most sequential calls of a warm answer.
    pub warm_round_trips: usize,
    /// TLS handshakes of the first answer: connections that init had not opened.
    pub first_handshakes: usize,
}

/// All runs of one subject.
#[derive(Clone, Debug)]
pub struct Results {
    /// Which.
    pub name: &'static str,
    /// At full CPU.
    pub runs: Vec<Run>,
    /// First answers under the quota, in milliseconds.
    pub throttled_ms: Vec<f64>,
}

/// Runs all subjects.
///
/// # Errors
/// When one does not answer as it should.
pub fn all(
    subjects: &[Subject],
    stub: &AwsStub,
    quota: &Quota,
    plan: Plan,
) -> Result<Vec<Results>, Failure> {
    let mut results: Vec<_> = subjects
        .iter()
        .map(|subject| Results {
            name: subject.name,
            runs: vec![],
            throttled_ms: vec![],
        })
        .collect();
    // One start of each fills the page cache and is not counted.
    for subject in subjects {
        full(subject, stub, 1)?;
    }
    for _ in 0..plan.rounds {
        for (subject, result) in subjects.iter().zip(&mut results) {
            result.runs.push(full(subject, stub, plan.warm_calls)?);
        }
    }
    for _ in 0..plan.rounds {
        for (subject, result) in subjects.iter().zip(&mut results) {
            result.throttled_ms.extend(throttled(subject, quota)?);
        }
    }
    Ok(results)
}

fn full(subject: &Subject, stub: &AwsStub, warm_calls: usize) -> Result<Run, Failure> {
    stub.take();
    let mut process = Process::start(subject)?;
    stub.take();
    let first = process.call((subject.event)(0))?;
    let (first_calls, first_handshakes) = stub.take();
    if subject.calls_aws && first_calls.iter().filter(|call| call.status == 200).count() < 2 {
        let seen: Vec<_> = first_calls
            .iter()
            .map(|call| format!("{} {}", call.operation, call.status))
            .collect();
        return Err(Failure::Answer(
            subject.name,
            format!("200 after only {}", seen.join(", ")),
        ));
    }
    let mut run = Run {
        init_ms: process.init_ms,
        first_ms: first.ms,
        cold_cpu_ms: process.init_cpu_ms + first.cpu_ms,
        first_cpu_ms: first.cpu_ms,
        first_round_trips: round_trips(&first_calls),
        first_handshakes,
        ..Run::default()
    };
    for number in 1..=warm_calls as u64 {
        let answer = process.call((subject.event)(number))?;
        run.warm_ms.push(answer.ms);
        run.warm_cpu_ms += answer.cpu_ms / warm_calls as f64;
        run.warm_round_trips = run.warm_round_trips.max(round_trips(&stub.take().0));
    }
    run.peak_mb = process.peak_memory();
    Ok(run)
}

fn throttled(subject: &Subject, quota: &Quota) -> Result<Option<f64>, Failure> {
    let mut process = Process::start(subject)?;
    let Some(group) = quota.limit(process.id())? else {
        return Ok(None);
    };
    let answer = process.call((subject.event)(0))?;
    // The process first: a group with someone in it cannot be removed.
    drop(process);
    drop(group);
    Ok(Some(answer.ms))
}
