//! What time does: trials end, periods renew, drafts are opened, payments are tried again, what was left open expires.

use serde_json::{Value, json};

use super::{State, entries, lines};
use crate::store::{number, text};

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;
/// A first payment may stay open for so long.
const INCOMPLETE_FOR: i64 = 23 * HOUR;
/// A trial's nearing end is told so long before.
const TRIAL_ENDING: i64 = 3 * DAY;

/// Something that comes due. Of what is due at one moment, the first of these is done first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    SessionExpires,
    IncompleteExpires,
    End,
    TrialEnding,
    Upcoming,
    Period,
    Finalize,
    Retry,
}

impl State {
    /// Lets time pass: everything that came due is done at its own moment.
    pub(crate) fn advance(&mut self, now: i64) {
        self.cause = super::Cause::default();
        while let Some((moment, due, id)) = self.next_due().filter(|(moment, ..)| *moment <= now) {
            self.now = self.now.max(moment);
            self.carry_out(due, &id);
        }
        self.now = self.now.max(now);
    }

    fn next_due(&self) -> Option<(i64, Due, String)> {
        let mut all = Vec::new();
        for session in self.store.all("checkout.session") {
            if session["status"] == "open" {
                all.push((number(session, "expires_at"), Due::SessionExpires, session));
            }
        }
        for subscription in self.store.all("subscription") {
            let dues = self.dues_of(subscription);
            all.extend(
                dues.into_iter()
                    .map(|(moment, due)| (moment, due, subscription)),
            );
        }
        for invoice in self.store.all("invoice") {
            let finalizes = invoice["automatically_finalizes_at"].as_i64();
            let retries = invoice["next_payment_attempt"].as_i64();
            all.extend(finalizes.map(|moment| (moment, Due::Finalize, invoice)));
            all.extend(retries.map(|moment| (moment, Due::Retry, invoice)));
        }
        let first = all
            .into_iter()
            .min_by_key(|(moment, due, _)| (*moment, *due));
        first.map(|(moment, due, object)| (moment, due, text(object, "id").to_owned()))
    }

    fn dues_of(&self, subscription: &Value) -> Vec<(i64, Due)> {
        let status = text(subscription, "status");
        let created = number(subscription, "created");
        match status {
            "incomplete" => return vec![(created + INCOMPLETE_FOR, Due::IncompleteExpires)],
            "trialing" | "active" | "past_due" | "unpaid" => {}
            _ => return Vec::new(),
        }
        let items = entries(subscription, "items").iter();
        let Some((start, end)) = items.map(lines::period).min_by_key(|(_, end)| *end) else {
            return Vec::new();
        };
        let mut dues = vec![(end, Due::Period)];
        if let Some(moment) = subscription["cancel_at"].as_i64() {
            dues.push((moment, Due::End));
        } else if status == "active" && !self.told.contains(&told(subscription, Due::Upcoming)) {
            let moment = end - self.settings.upcoming_days * DAY;
            dues.push((moment.max(start), Due::Upcoming));
        }
        if status == "trialing" && !self.told.contains(&told(subscription, Due::TrialEnding)) {
            dues.push(((end - TRIAL_ENDING).max(created), Due::TrialEnding));
        }
        dues
    }

    fn carry_out(&mut self, due: Due, id: &str) {
        match due {
            Due::SessionExpires => {
                self.expire_session(id);
            }
            Due::IncompleteExpires => self.expire_incomplete(id),
            Due::End => self.end_subscription(id, "cancellation_requested"),
            Due::TrialEnding | Due::Upcoming => self.tell(due, id),
            Due::Period => self.renew(id),
            Due::Finalize => {
                self.finalize(id);
                self.collect(id);
            }
            Due::Retry => self.collect(id),
        }
    }

    /// Tells once of what is near.
    fn tell(&mut self, due: Due, id: &str) {
        let Some(subscription) = self.store.get(id).cloned() else {
            return;
        };
        self.told.insert(told(&subscription, due));
        if due == Due::TrialEnding {
            self.emit("customer.subscription.trial_will_end", &subscription);
            return;
        }
        let preview = crate::form::Params::of(json!({ "subscription": id }));
        if let Ok(mut invoice) = self.preview(&preview) {
            // An invoice that is only coming has no id.
            if let Some(fields) = invoice.as_object_mut() {
                fields.remove("id");
            }
            self.emit("invoice.upcoming", &invoice);
        }
    }

    fn collect(&mut self, id: &str) {
        // What the try came to stands in the invoice.
        let _ = self.attempt(id);
    }

    fn expire_incomplete(&mut self, id: &str) {
        let invoice = self.store.field(id, "latest_invoice");
        self.amend(id, "customer.subscription.updated", |it| {
            it["status"] = json!("incomplete_expired");
        });
        let invoice = invoice.as_str().unwrap_or_default();
        let none = crate::form::Params::default();
        // One that was paid meanwhile, or voided by hand, stays as it is.
        let _ = self.void_invoice(invoice, &none);
    }

    /// Begins the next period. A trial that ends becomes active, unless it wanted a card that is not there.
    fn renew(&mut self, id: &str) {
        let Some(before) = self.store.get(id).cloned() else {
            return;
        };
        let is_trial = before["status"] == "trialing";
        let wanted = text(
            &before["trial_settings"]["end_behavior"],
            "missing_payment_method",
        );
        if is_trial && self.card(&self.customer_of(id)).is_none() {
            match wanted {
                "cancel" => return self.end_subscription(id, "cancellation_requested"),
                "pause" => {
                    self.amend(id, "customer.subscription.paused", |it| {
                        it["status"] = json!("paused");
                    });
                    return;
                }
                _ => {}
            }
        }
        let mut next = before.clone();
        self.move_period(&mut next);
        let after = self.amend(id, "customer.subscription.updated", |it| {
            *it = next;
            if is_trial {
                it["status"] = json!("active");
            }
        });
        let lines = self.period_lines(&after, false);
        let invoice = self.draft(&after, "subscription_cycle", lines);
        // The invoices of an unpaid subscription stay drafts.
        let opens =
            (after["status"] != "unpaid").then_some(self.now + self.settings.finalize_after_s);
        self.store.change(&invoice, |invoice| {
            invoice["automatically_finalizes_at"] = json!(opens);
            invoice["auto_advance"] = json!(opens.is_some());
        });
    }
}

/// The name under which it is kept that something was told for this period.
fn told(subscription: &Value, due: Due) -> String {
    let end = entries(subscription, "items").first().map(lines::period);
    format!("{due:?} {} {end:?}", text(subscription, "id"))
}
