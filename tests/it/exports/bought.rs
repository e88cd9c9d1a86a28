//! What a workspace has bought, taken back and bought again, and what it has chosen: the part of a planted workspace in which no fan is.

use serde_json::json;
use tests::eventually;
use time::Duration;

use super::planted::Planted;
use crate::journey_access::prove;
use crate::journey_billing::{buy, copied};
use crate::journey_exports::id;
use crate::retention::RETENTION;

const CANCELLATIONS: &str = "/api/v1/billing/cancellations";
const WITHDRAWALS: &str = "/api/v1/billing/withdrawals";

impl Planted {
    /// Two contracts that were withdrawn from, the second after a part of its bill was credited, and one that somebody has cancelled,
    /// resumed and cancelled again.
    pub(super) async fn plan(&mut self) {
        let (world, api) = (&self.world, &self.mira.api);
        let customer = buy(world, &self.mira, "creator", "month").await;
        copied(world, &customer, "active").await;
        self.withdrawn(&customer, 1).await;
        let customer = buy(world, &self.mira, "creator", "month").await;
        copied(world, &customer, "active").await;
        self.credited(&customer).await;
        self.withdrawn(&customer, 2).await;
        let customer = buy(world, &self.mira, "studio", "month").await;
        copied(world, &customer, "active").await;
        for cancels in [true, false, true] {
            // Stripe counts in seconds, and a cancellation is named by its own.
            world.host.advance(Duration::seconds(2)).await;
            let answer = match cancels {
                true => api.post(CANCELLATIONS, &json!({})).await,
                false => api.delete(CANCELLATIONS).await,
            };
            answer.expect(200);
            world.settled().await;
        }
        for (kind, field) in [("checkout", "url"), ("invoice", "page")] {
            let rows = self.world.rows(kind).await;
            let addresses = rows.iter().filter_map(|(_, row)| row[field]["S"].as_str());
            let known = self.secrets.len();
            self.secrets.extend(addresses.map(str::to_owned));
            assert!(self.secrets.len() > known, "no address of a {kind}");
        }
    }

    /// A part of the newest bill was credited, and a part went back outside of Stripe.
    async fn credited(&self, customer: &str) {
        let account = self.world.stripe_account();
        let of = [("customer", customer)];
        let bills = account.get("/v1/invoices", &of).await.expect(200);
        let bill = id(&bills["data"][0]);
        let note = [
            ("invoice", bill.as_str()),
            ("amount", "1300"),
            ("credit_amount", "900"),
            ("out_of_band_amount", "400"),
        ];
        account.post("/v1/credit_notes", &note).await.expect(200);
        self.bills_say("credited", 1).await;
        // What went back within minutes of a withdrawal would be taken for a part of it.
        self.world.host.advance(Duration::minutes(10)).await;
    }

    /// The contract is withdrawn from, and so many bills say what became of the money.
    async fn withdrawn(&self, customer: &str, bills: usize) {
        let word = json!({ "confirm": true });
        let answer = self.mira.api.post(WITHDRAWALS, &word).await;
        answer.expect(200);
        copied(&self.world, customer, "canceled").await;
        self.bills_say("owed", bills).await;
        self.world.settled().await;
        // The next bill is to be the newest, by the second in which it was made.
        self.world.host.advance(Duration::seconds(2)).await;
    }

    async fn bills_say(&self, field: &str, count: usize) {
        eventually(&format!("{count} bills have {field}"), async || {
            let bills = self.world.rows("invoice").await;
            let saying = bills.iter().filter(|(_, row)| row[field]["N"].is_string());
            (saying.count() == count).then_some(())
        })
        .await;
    }

    /// How long fans are kept: a longer time, which counts at once, and then a shorter one, which counts later. And a bot that was
    /// disconnected.
    pub(super) async fn choices(&mut self) {
        let (world, api) = (&self.world, &self.mira.api);
        prove(api, None).await;
        for days in [400, 200] {
            let choice = json!({ "days": days });
            api.put(RETENTION, &choice).await.expect(200);
        }
        let gone = self.mira.connect_bot(world, "quizza_gone_bot").await;
        let path = format!("/api/v1/bots/{}", gone.id);
        api.delete(&path).await.expect(200);
        world.settled().await;
        self.secrets.push(gone.token);
    }
}
