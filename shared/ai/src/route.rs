//! Which vendors are asked, in which order, for how long, and when one is left alone.

mod breaker;
#[cfg(test)]
mod tests;

use std::time::Duration;

use domain::{Clock, Timestamp};

pub use breaker::{Breaker, Breakers, LONGEST_OPEN, SHORTEST_OPEN};

use crate::error::AskError;
use crate::reply::{Reply, Usage};
use crate::request::Request;
use crate::vendor::Vendor;
use crate::wire::Llm;

/// The time for a reply, over all vendors.
pub const TOTAL_TIME: Duration = Duration::from_secs(20);
/// The most of it that a vendor gets while another could still be asked.
pub const FIRST_TIME: Duration = Duration::from_secs(12);
/// With less than this left nobody is asked any more: the call would be billed and not awaited.
pub const LEAST_TIME: Duration = Duration::from_secs(2);

/// The vendors to ask, in order: those that the tenant allows and that we have a key for. Never any other.
pub fn order(allowed: &[Vendor], with_key: &[Vendor]) -> Vec<Vendor> {
    Vendor::IN_ORDER
        .into_iter()
        .filter(|vendor| allowed.contains(vendor) && with_key.contains(vendor))
        .collect()
}

/// One call that was made, for the record. Holds no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Who was asked.
    pub vendor: Vendor,
    /// The model that was asked for.
    pub model: String,
    /// [`AskError::code`], or nothing for a reply.
    pub error: Option<&'static str>,
    /// How long it took.
    pub latency: Duration,
    /// What it was billed, as far as the vendor said so.
    pub usage: Option<Usage>,
    /// [`AskError::may_be_billed`]: then it counts as [`crate::cost::estimate`] says.
    pub may_be_billed: bool,
    /// Whether the vendor kept nothing, by its own word with a reply.
    pub zero_retention: Option<bool>,
}

/// Why nobody replied.
#[derive(Debug, thiserror::Error)]
pub enum NoReply {
    /// There was no vendor to ask.
    #[error("no vendor may be asked")]
    NoVendor,
    /// Every vendor is being left alone after failures.
    #[error("every vendor is left alone for now")]
    AllOpen {
        /// When the first of them may be asked again.
        until: Timestamp,
    },
    /// There was no time to ask anybody.
    #[error("no time to ask")]
    NoTime,
    /// The last vendor that was asked failed.
    #[error("no vendor gave a reply")]
    Failed(#[source] AskError),
}

/// What came of asking.
#[derive(Debug)]
pub struct Outcome {
    /// A reply of the right shape, or why there is none.
    pub result: Result<Reply, NoReply>,
    /// Every call made, in order.
    pub attempts: Vec<Attempt>,
}

/// Asks the vendors one after the other until one replies, and tells the breakers what happened.
///
/// Vendors must be in order ([`order`]); an open breaker skips its vendor. `total` is usually [`TOTAL_TIME`]. The
/// caller stores the breakers afterwards, and counts the usage of every attempt, not of the reply alone, and at its worst
/// where the vendor did not say it.
pub async fn ask_any(
    vendors: &[&dyn Llm],
    breakers: &mut Breakers,
    request: &Request,
    clock: &dyn Clock,
    total: Duration,
) -> Outcome {
    let end = clock.now().plus(total);
    let mut attempts = Vec::new();
    let mut failure = None;
    let mut reopens: Option<Timestamp> = None;
    for (index, llm) in vendors.iter().enumerate() {
        let vendor = llm.vendor();
        let began = clock.now();
        let left = began.until(end);
        if left < LEAST_TIME {
            break;
        }
        if let Err(until) = breakers.of(vendor).admit(began) {
            reopens = Some(reopens.map_or(until, |earlier| earlier.min(until)));
            continue;
        }
        let another = vendors[index + 1..]
            .iter()
            .any(|next| breakers.peek(next.vendor()).would_admit(began));
        let within = if another { left.min(FIRST_TIME) } else { left };
        let result = llm.ask(request, within).await;
        let now = clock.now();
        let latency = began.until(now);
        breakers.of(vendor).record(now, result.as_ref().err());
        attempts.push(attempt(*llm, &result, latency));
        match result {
            Ok(reply) => {
                return Outcome {
                    result: Ok(reply),
                    attempts,
                };
            }
            Err(error) => {
                let go_on = error.try_next_vendor();
                failure = Some(error);
                if !go_on {
                    break;
                }
            }
        }
    }
    let why = match (failure, reopens) {
        (Some(error), _) => NoReply::Failed(error),
        (None, Some(until)) => NoReply::AllOpen { until },
        (None, None) if vendors.is_empty() => NoReply::NoVendor,
        (None, None) => NoReply::NoTime,
    };
    Outcome {
        result: Err(why),
        attempts,
    }
}

fn attempt(llm: &dyn Llm, result: &Result<Reply, AskError>, latency: Duration) -> Attempt {
    let (error, usage, zero_retention) = match result {
        Ok(reply) => (None, Some(reply.usage), reply.zero_retention),
        Err(error) => (Some(error.code()), error.usage(), None),
    };
    let failure = result.as_ref().err();
    Attempt {
        vendor: llm.vendor(),
        model: llm.model().to_owned(),
        error,
        latency,
        usage,
        may_be_billed: failure.is_some_and(AskError::may_be_billed),
        zero_retention,
    }
}
