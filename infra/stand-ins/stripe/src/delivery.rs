//! Deliveries that wait for their endpoints: order, retries and giving up, without any network.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use stand_in_kit::Generator;

use crate::settings::Retries;

/// In which form an event goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Form {
    Snapshot,
    Thin,
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub seq: u64,
    pub endpoint: String,
    pub event: String,
    pub form: Form,
    /// When it may go out, in seconds since the Unix epoch.
    pub due: i64,
    /// When it was put here: retries end a while after.
    pub since: i64,
    /// Tries that failed.
    pub failures: u32,
    pub in_flight: bool,
}

/// Pauses after each failed try, in seconds; the last one repeats.
const LIVE: [i64; 6] = [300, 1_800, 7_200, 18_000, 36_000, 43_200];
/// Stripe tries for three days.
const LIVE_FOR: i64 = 3 * 86_400;
const SANDBOX: [i64; 2] = [600, 7_200];

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Queue {
    waiting: Vec<Delivery>,
    /// Events that an endpoint did not take, and that it still has not.
    undelivered: BTreeSet<String>,
    last: u64,
}

impl Queue {
    pub(crate) fn push(&mut self, endpoint: &str, event: &str, form: Form, now: i64) {
        self.last += 1;
        self.waiting.push(Delivery {
            seq: self.last,
            endpoint: endpoint.to_owned(),
            event: event.to_owned(),
            form,
            due: now,
            since: now,
            failures: 0,
            in_flight: false,
        });
    }

    /// Nothing is under way any more: whoever carried it is gone, and whether it arrived is not known.
    pub(crate) fn forget_flights(&mut self) {
        for delivery in &mut self.waiting {
            delivery.in_flight = false;
        }
    }

    pub(crate) fn waiting(&self) -> &[Delivery] {
        &self.waiting
    }

    /// How many endpoints have not taken this event yet.
    pub(crate) fn waiting_for(&self, event: &str) -> usize {
        let endpoints = self.waiting.iter().filter(|it| it.event == event);
        let distinct: BTreeSet<&str> = endpoints.map(|it| it.endpoint.as_str()).collect();
        distinct.len()
    }

    pub(crate) fn is_undelivered(&self, event: &str) -> bool {
        self.undelivered.contains(event)
    }

    /// Takes for each idle endpoint what is due: the oldest, or any with a generator.
    pub(crate) fn take_due(
        &mut self,
        now: i64,
        mut disorder: Option<&mut Generator>,
    ) -> Vec<Delivery> {
        let mut taken = Vec::new();
        for endpoint in self.idle() {
            let is_due = |it: &&mut Delivery| it.endpoint == endpoint && it.due <= now;
            let mut due: Vec<&mut Delivery> = self.waiting.iter_mut().filter(is_due).collect();
            let place = disorder.as_mut().map_or(0, |generator| {
                usize::try_from(generator.below(due.len() as u64)).unwrap_or(0)
            });
            if let Some(delivery) = due.get_mut(place) {
                delivery.in_flight = true;
                taken.push((**delivery).clone());
            }
        }
        taken
    }

    /// Endpoints for which something waits and nothing is under way.
    fn idle(&self) -> BTreeSet<String> {
        let busy: BTreeSet<&str> = self
            .waiting
            .iter()
            .filter(|it| it.in_flight)
            .map(|it| it.endpoint.as_str())
            .collect();
        let endpoints = self.waiting.iter().map(|it| it.endpoint.clone());
        endpoints
            .filter(|endpoint| !busy.contains(endpoint.as_str()))
            .collect()
    }

    /// Whether a delivery could go out now.
    pub(crate) fn has_due(&self, now: i64) -> bool {
        let idle = self.idle();
        let mut waiting = self.waiting.iter();
        waiting.any(|it| it.due <= now && idle.contains(&it.endpoint))
    }

    pub(crate) fn any_in_flight(&self) -> bool {
        self.waiting.iter().any(|it| it.in_flight)
    }

    /// The endpoint took it.
    pub(crate) fn delivered(&mut self, seq: u64) {
        let Some(place) = self.waiting.iter().position(|it| it.seq == seq) else {
            return;
        };
        let done = self.waiting.remove(place);
        if !self
            .waiting
            .iter()
            .any(|it| it.event == done.event && it.failures > 0)
        {
            self.undelivered.remove(&done.event);
        }
    }

    /// Books a failed try: a later one, or the end of all tries.
    pub(crate) fn failed(&mut self, seq: u64, now: i64, retries: Retries) {
        let Some(place) = self.waiting.iter().position(|it| it.seq == seq) else {
            return;
        };
        let delivery = &mut self.waiting[place];
        self.undelivered.insert(delivery.event.clone());
        let tried = usize::try_from(delivery.failures).unwrap_or(usize::MAX);
        let pause = match retries {
            Retries::Live => LIVE.get(tried).or(LIVE.last()),
            Retries::Sandbox => SANDBOX.get(tried),
        };
        match pause.map(|pause| now + pause) {
            Some(due) if due <= delivery.since + LIVE_FOR => {
                delivery.failures += 1;
                delivery.due = due;
                delivery.in_flight = false;
            }
            _ => {
                self.waiting.remove(place);
            }
        }
    }

    /// Forgets what waits for an endpoint that is gone.
    pub(crate) fn forget(&mut self, endpoint: &str) {
        self.waiting.retain(|it| it.endpoint != endpoint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(events: &[&str]) -> Queue {
        let mut queue = Queue::default();
        for event in events {
            queue.push("we_1", event, Form::Snapshot, 0);
        }
        queue
    }

    /// Fails the only delivery until it is given up; the moments of all tries.
    fn tries(retries: Retries) -> Vec<i64> {
        let (mut queue, mut moments, mut now) = (queue(&["evt_1"]), Vec::new(), 0);
        while let Some(delivery) = queue.take_due(now, None).first() {
            moments.push(now);
            queue.failed(delivery.seq, now, retries);
            now = queue.waiting().first().map_or(now, |it| it.due);
        }
        moments
    }

    #[test]
    fn an_endpoint_gets_one_event_at_a_time_and_in_order() {
        let mut queue = queue(&["evt_1", "evt_2"]);
        let first = queue.take_due(0, None);
        assert_eq!((first.len(), first[0].event.as_str()), (1, "evt_1"));
        assert!(queue.take_due(0, None).is_empty());
        queue.delivered(first[0].seq);
        assert_eq!(queue.take_due(0, None)[0].event, "evt_2");
    }

    #[test]
    fn a_live_webhook_is_tried_for_three_days_and_a_sandbox_one_three_times() {
        let live = tries(Retries::Live);
        assert_eq!(live[..4], [0, 300, 2_100, 9_300]);
        assert!(
            live.last()
                .is_some_and(|last| *last <= LIVE_FOR && *last > LIVE_FOR - 43_200)
        );
        assert_eq!(tries(Retries::Sandbox), [0, 600, 7_800]);
    }

    #[test]
    fn an_event_that_fails_lets_the_next_one_through_and_is_told_as_undelivered() {
        let mut queue = queue(&["evt_1", "evt_2"]);
        queue.take_due(0, None);
        queue.failed(1, 0, Retries::Live);
        assert!(queue.is_undelivered("evt_1"));
        assert_eq!(queue.take_due(0, None)[0].event, "evt_2");
        queue.delivered(2);
        queue.take_due(300, None);
        queue.delivered(1);
        assert!(!queue.is_undelivered("evt_1"));
    }

    #[test]
    fn disorder_takes_another_order_than_the_events_had() {
        let names: Vec<String> = (0..20).map(|number| format!("evt_{number}")).collect();
        let events: Vec<&str> = names.iter().map(String::as_str).collect();
        let (mut queue, mut generator) = (queue(&events), Generator::new(1));
        let mut order = Vec::new();
        while let Some(next) = queue.take_due(0, Some(&mut generator)).pop() {
            queue.delivered(next.seq);
            order.push(next.event);
        }
        assert_ne!(order, names);
        order.sort();
        let mut sorted = names.clone();
        sorted.sort();
        assert_eq!(order, sorted);
    }
}
