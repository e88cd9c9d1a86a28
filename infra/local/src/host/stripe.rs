//! Stripe behind the functions: the stand-in, where no money moves, or a sandbox of Stripe's own.

mod account;

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::options::{STRIPE_KEY, STRIPE_WEBHOOK_SECRET};
use super::{HostOptions, Stripe, parts};
use crate::error::HostError;
use account::Account;

/// By what the endpoint of an earlier run is known again.
const ENDPOINT: &str = "the laptop host";

/// What is sold, as the catalogue writes it from the product's own table.
#[derive(Debug, Deserialize)]
pub(super) struct Plans {
    currency: String,
    plans: Vec<Plan>,
}

#[derive(Debug, Deserialize)]
struct Plan {
    plan: String,
    name: String,
    prices: Vec<Price>,
}

#[derive(Debug, Deserialize)]
struct Price {
    lookup_key: String,
    interval: String,
    amount: u64,
}

/// Stripe, and what the host sets up there.
pub(crate) struct StripeParts {
    /// Base address without a slash at the end.
    pub(crate) url: String,
    pub(super) control: Option<stripe_stand_in::Control>,
    account: Account,
    plans: Option<Plans>,
    /// Where the product takes webhooks.
    hook: String,
}

impl StripeParts {
    /// Starts the stand-in unless a sandbox of Stripe's own is used.
    pub(super) async fn start(
        options: &HostOptions,
        public_url: &str,
    ) -> Result<(Self, Option<stripe_stand_in::Handle>), HostError> {
        let key = options.vendor_keys.get(STRIPE_KEY).cloned();
        let key = key.unwrap_or_default();
        check_stripe_key(&key)?;
        let plans = read(&options.plans)?;
        let (url, handle) = match &options.stripe {
            Stripe::Sandbox { api_url } => (api_url.clone(), None),
            Stripe::StandIn { listen } => {
                let clock = Arc::clone(&options.clock);
                let handle = stripe_stand_in::start(stripe_stand_in::Options {
                    listen: *listen,
                    clock: stripe_stand_in::Clock::from_fn(move || {
                        u64::try_from(emulator::Clock::now_ms(&*clock)).unwrap_or(0)
                    }),
                    data_dir: options
                        .data_dir
                        .as_ref()
                        .map(|folder| folder.join("stripe")),
                    seed: 1,
                });
                let handle = handle.await?;
                (handle.url(), Some(handle))
            }
        };
        let parts = Self {
            account: Account::new(parts::client(handle.is_none())?, url.clone(), key),
            url,
            control: handle.as_ref().map(stripe_stand_in::Handle::control),
            plans,
            hook: format!("{public_url}/hooks/stripe"),
        };
        Ok((parts, handle))
    }

    /// Whether a sandbox of Stripe's own is called.
    pub(crate) fn is_real(&self) -> bool {
        self.control.is_none()
    }

    /// Makes the prices that are missing and, at the stand-in, tells where webhooks go. Gives the platform secret that they are
    /// signed with, where the host knows it.
    pub(super) async fn prepare(&self) -> Result<Option<(String, String)>, HostError> {
        if let Some(plans) = &self.plans {
            self.account.offer(plans).await?;
        }
        let Some(control) = &self.control else {
            return Ok(None);
        };
        let secret = self.account.endpoint(control, &self.hook).await?;
        // From here on the log holds what the product asks.
        control.call("DELETE", "/log", Value::Null).await?;
        Ok(Some((STRIPE_WEBHOOK_SECRET.to_owned(), secret)))
    }
}

impl Account {
    /// Makes a product for each plan and a price for each lookup key that the account does not have.
    async fn offer(&self, plans: &Plans) -> Result<(), HostError> {
        let prices = plans.plans.iter().flat_map(|plan| &plan.prices);
        let keys: Vec<(&str, &str)> = prices
            .map(|price| ("lookup_keys[]", price.lookup_key.as_str()))
            .collect();
        if keys.is_empty() {
            return Ok(());
        }
        let there = self.get("/v1/prices", &keys).await?;
        let there = there["data"].as_array().cloned().unwrap_or_default();
        let is_there = |key: &str| there.iter().any(|price| price["lookup_key"] == key);
        for plan in &plans.plans {
            let missing = plan.prices.iter().filter(|it| !is_there(&it.lookup_key));
            let missing: Vec<&Price> = missing.collect();
            if missing.is_empty() {
                continue;
            }
            let product = format!("sofi_{}", plan.plan);
            self.product(&product, &plan.name).await?;
            for price in missing {
                let amount = price.amount.to_string();
                let form = [
                    ("product", product.as_str()),
                    ("currency", plans.currency.as_str()),
                    ("unit_amount", amount.as_str()),
                    ("recurring[interval]", price.interval.as_str()),
                    ("lookup_key", price.lookup_key.as_str()),
                    ("tax_behavior", "exclusive"),
                ];
                self.post("/v1/prices", &form).await?;
            }
        }
        Ok(())
    }

    /// Makes a product, unless it is there.
    async fn product(&self, id: &str, name: &str) -> Result<(), HostError> {
        let form = [("id", id), ("name", name)];
        match self.post("/v1/products", &form).await {
            Err(HostError::StripeRefused { code, .. }) if code == "resource_already_exists" => {
                Ok(())
            }
            made => made.map(|_| ()),
        }
    }

    /// Tells the stand-in where webhooks go, and gives what they are signed with. The endpoint of an earlier run gets a new
    /// secret, because Stripe shows one once; what still waits for it is signed with that.
    async fn endpoint(
        &self,
        control: &stripe_stand_in::Control,
        hook: &str,
    ) -> Result<String, HostError> {
        let known = self.get("/v1/webhook_endpoints", &[]).await?;
        let known = known["data"].as_array().into_iter().flatten();
        let mut ours = known.filter(|endpoint| endpoint["description"] == ENDPOINT);
        let answer = match ours.find_map(|endpoint| endpoint["id"].as_str()) {
            Some(id) => {
                let path = format!("/v1/webhook_endpoints/{id}");
                self.post(&path, &[("url", hook)]).await?;
                let path = format!("/endpoints/{id}/roll");
                control.call("POST", &path, json!({ "keep_s": 0 })).await?
            }
            None => {
                let form = [
                    ("url", hook),
                    ("enabled_events[]", "*"),
                    ("description", ENDPOINT),
                ];
                self.post("/v1/webhook_endpoints", &form).await?
            }
        };
        let secret = answer["secret"].as_str().map(str::to_owned);
        secret.ok_or_else(|| HostError::StripeRefused {
            status: 200,
            code: String::new(),
            message: "the webhook endpoint came without its secret".to_owned(),
        })
    }
}

/// Refuses every key but one of a sandbox: on a laptop no money moves.
///
/// # Errors
/// When the key is a live one, or none of Stripe's. The error never holds the key.
pub fn check_stripe_key(key: &str) -> Result<(), HostError> {
    let begins = |starts: [&str; 2]| starts.iter().any(|start| key.starts_with(start));
    if begins(["sk_test_", "rk_test_"]) {
        return Ok(());
    }
    Err(match begins(["sk_live_", "rk_live_"]) {
        true => HostError::LiveStripeKey,
        false => HostError::NoStripeKey,
    })
}

/// What is sold; nothing where the templates come without the catalogue's file.
fn read(file: &Path) -> Result<Option<Plans>, HostError> {
    let text = match std::fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(HostError::Missing(format!("{}: {error}", file.display()))),
    };
    let plans = serde_json::from_slice(&text).map_err(HostError::Plans)?;
    Ok(Some(plans))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_key_of_a_sandbox_is_taken_and_a_refusal_never_holds_it() {
        for key in ["sk_test_CANARY", "rk_test_CANARY"] {
            assert!(check_stripe_key(key).is_ok());
        }
        for key in ["sk_live_CANARY", "rk_live_CANARY"] {
            let refused = check_stripe_key(key).expect_err("refused");
            assert!(matches!(refused, HostError::LiveStripeKey));
            assert!(!refused.to_string().contains("CANARY"));
        }
        for key in ["", "pk_test_CANARY", "whsec_CANARY"] {
            let refused = check_stripe_key(key).expect_err("refused");
            assert!(matches!(refused, HostError::NoStripeKey));
            assert!(!refused.to_string().contains("CANARY"));
        }
    }

    #[test]
    fn the_committed_list_of_plans_is_read() {
        let plans: Plans = serde_json::from_str(include_str!("../../../api/plans.json"))
            .expect("the catalogue's form");
        assert_eq!(plans.currency, "eur");
        let prices = plans.plans.iter().flat_map(|plan| &plan.prices);
        assert!(prices.clone().count() > 0);
        assert!(prices.clone().all(|price| price.amount > 0));
        assert!(read(Path::new("nowhere/plans.json")).is_ok_and(|plans| plans.is_none()));
    }
}
