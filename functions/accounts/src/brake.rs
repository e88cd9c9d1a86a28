//! Counting tries in the database; what they cost is decided in [`crate::throttle`].

use std::time::Duration;

use app::{App, Call, OrProblem};
use domain::Timestamp;
use domain::ids::UserId;
use http_kit::Problem;
use store::keys::{self, Throttled};
use store::row::ThrottleRow;
use store::{Answers, Found, ReadMany, Slot, StoreError, Transaction};

use crate::pepper::Pepper;
use crate::throttle;

/// How often two tries at the same moment are told apart before one is sent away.
pub(crate) const ATTEMPTS: u32 = 4;

/// A network that nobody tells is counted like one.
const SOMEWHERE: &str = "unknown";

/// The counters that one try moves.
pub(crate) struct Brake(Vec<(Throttled, String)>);

impl Brake {
    /// A login: by address, network and over all.
    pub(crate) fn on_login(app: &App, call: &Call, pepper: &Pepper, email_hash: &str) -> Self {
        Self::of(app, call, pepper, Throttled::Account, email_hash)
    }

    /// A mail that a stranger has us send: the same, but counted apart from logins.
    pub(crate) fn on_letters(app: &App, call: &Call, pepper: &Pepper, email_hash: &str) -> Self {
        Self::of(app, call, pepper, Throttled::Letters, email_hash)
    }

    /// A mail with the link of a reset: counted apart from other mails, which are of no use to who is kept out.
    pub(crate) fn on_resets(app: &App, call: &Call, pepper: &Pepper, email_hash: &str) -> Self {
        Self::of(app, call, pepper, Throttled::Resets, email_hash)
    }

    /// A password or code of somebody who is logged in: counted apart from logins, and by account alone, so that neither
    /// strangers who guess at the account nor those who share its network keep anybody from changing what guards it.
    pub(crate) fn on_proofs(email_hash: &str) -> Self {
        Self(vec![(Throttled::Proofs, email_hash.to_owned())])
    }

    /// An address that a person wants for their account: whichever it is, it is sent a mail.
    pub(crate) fn on_changes(user: UserId) -> Self {
        Self(vec![(Throttled::Changes, user.suffix())])
    }

    /// A search of one of our staff, whomever it is for.
    pub(crate) fn on_searches(user: UserId) -> Self {
        Self(vec![(Throttled::Searches, user.suffix())])
    }

    /// A question that somebody wants for a passkey: by network, apart from logins, and over all.
    pub(crate) fn on_questions(app: &App, call: &Call, pepper: &Pepper) -> Self {
        let network = format!("passkeys {}", network_of(app, call));
        Self(vec![
            (Throttled::Network, pepper.network_hash(&network)),
            everybody(app),
        ])
    }

    fn of(app: &App, call: &Call, pepper: &Pepper, by: Throttled, email_hash: &str) -> Self {
        Self(vec![
            (by, email_hash.to_owned()),
            (
                Throttled::Network,
                pepper.network_hash(&network_of(app, call)),
            ),
            everybody(app),
        ])
    }

    /// Asks for the counters in a batch of reads.
    pub(crate) fn ask(&self, many: &mut ReadMany<'_>) -> Vec<Slot<ThrottleRow>> {
        let wanted = self.0.iter();
        wanted
            .map(|(by, name)| many.find(&keys::throttle(*by, name)))
            .collect()
    }

    /// Adds the try to a transaction.
    ///
    /// # Errors
    /// 429 with the time until the next try is taken.
    pub(crate) fn count(
        &self,
        answers: &Answers,
        slots: &[Slot<ThrottleRow>],
        now: Timestamp,
        transaction: &mut Transaction<'_>,
    ) -> Result<(), Problem> {
        for ((by, name), slot) in self.0.iter().zip(slots) {
            let found: Option<Found<ThrottleRow>> = answers.get(*slot).or_problem()?;
            let row = found.as_ref().map(|found| &found.row);
            let counted = throttle::count(*by, name, row, now)
                .map_err(|retry_after| Problem::RateLimited { retry_after })?;
            match found {
                Some(found) => transaction.replace(&counted, found.rev),
                None => transaction.create_or_revive(&counted),
            };
        }
        Ok(())
    }

    /// Counts a try by itself. Two calls.
    ///
    /// # Errors
    /// As [`Brake::count`].
    pub(crate) async fn pass(&self, app: &App) -> Result<(), Problem> {
        let routing = app.store.routing();
        for _ in 0..ATTEMPTS {
            let mut many = routing.read_many();
            let slots = self.ask(&mut many);
            let answers = many.send().await.or_problem()?;
            let mut transaction = routing.transaction();
            self.count(&answers, &slots, app.clock.now(), &mut transaction)?;
            match transaction.commit().await {
                Ok(()) => return Ok(()),
                Err(StoreError::Condition(_) | StoreError::Contention) => {}
                Err(other) => return Err(other).or_problem(),
            }
        }
        Err(busy())
    }
}

fn network_of(app: &App, call: &Call) -> String {
    app.network_of(call).unwrap_or_else(|| SOMEWHERE.to_owned())
}

fn everybody(app: &App) -> (Throttled, String) {
    let mut byte = [0];
    app.entropy.fill(&mut byte);
    (
        Throttled::Everybody,
        (byte[0] % throttle::SHARDS).to_string(),
    )
}

/// Too many tries at the same moment.
pub(crate) const fn busy() -> Problem {
    Problem::RateLimited {
        retry_after: Duration::from_secs(1),
    }
}
