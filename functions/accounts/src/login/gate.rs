//! Reading what a login needs, and counting the try before the password is looked at.

use app::{App, Call, OrProblem};
use domain::email::EmailAddress;
use http_kit::{Cookie, Problem};
use store::keys;
use store::row::{DeviceRow, LoginRow};
use store::{Found, RoutingDb, StoreError, Transaction};
use tenancy::hash_token_hex;

use crate::brake::{ATTEMPTS, Brake, busy};
use crate::device;
use crate::pepper::Pepper;
use crate::throttle;

/// Under which names a try is counted.
pub(crate) struct Gate {
    email_hash: String,
    device_hash: String,
    brake: Brake,
}

/// What is behind the gate: the login of the address, if there is one, and the device, if it is known as one of the person's.
pub(crate) struct Passed {
    pub(crate) login: Option<Found<LoginRow>>,
    pub(crate) device: Option<Found<DeviceRow>>,
}

impl Gate {
    /// The gate that a call with this address comes to.
    pub(crate) fn new(app: &App, call: &Call, pepper: &Pepper, address: &EmailAddress) -> Self {
        Self::of(app, call, pepper, pepper.address_hash(address))
    }

    /// The same for a login that is known by the hash of its address.
    pub(crate) fn of(app: &App, call: &Call, pepper: &Pepper, email_hash: String) -> Self {
        let cookie = http_kit::cookie(call.request().headers(), Cookie::Device);
        Self {
            brake: Brake::on_login(app, call, pepper, &email_hash),
            device_hash: hash_token_hex(cookie.unwrap_or_default().as_bytes()),
            email_hash,
        }
    }

    /// Counts a try. The calls are the same for an address with and without an account.
    ///
    /// # Errors
    /// 429 with the time until the next try is taken.
    pub(crate) async fn pass(&self, app: &App) -> Result<Passed, Problem> {
        let routing = app.store.routing();
        for _ in 0..ATTEMPTS {
            let mut transaction = routing.transaction();
            let passed = Box::pin(self.read_and_count(app, &routing, &mut transaction)).await?;
            match transaction.commit().await {
                Ok(()) => return Ok(passed),
                Err(StoreError::Condition(_) | StoreError::Contention) => {}
                Err(other) => return Err(other).or_problem(),
            }
        }
        Err(busy())
    }

    /// A known device is counted by itself, so that its owner gets in while strangers are kept out.
    async fn read_and_count(
        &self,
        app: &App,
        routing: &RoutingDb,
        transaction: &mut Transaction<'_>,
    ) -> Result<Passed, Problem> {
        let mut many = routing.read_many();
        let login = many.find::<LoginRow>(&keys::login(&self.email_hash));
        let device = many.find::<DeviceRow>(&keys::device(&self.device_hash));
        let counters = self.brake.ask(&mut many);
        let answers = many.send().await.or_problem()?;
        let login = answers.get(login).or_problem()?;
        let device: Option<Found<DeviceRow>> = answers.get(device).or_problem()?;
        let is_theirs = |device: &Found<DeviceRow>| {
            let login = login.as_ref();
            login.is_some_and(|login| device::is_known(&device.row, &login.row))
        };
        let passed = Passed {
            device: device.filter(is_theirs),
            login,
        };
        let now = app.clock.now();
        match &passed.device {
            Some(device) => {
                let counted = throttle::count_device(&device.row, now)
                    .map_err(|retry_after| Problem::RateLimited { retry_after })?;
                transaction.replace(&counted, device.rev);
            }
            None => self.brake.count(&answers, &counters, now, transaction)?,
        }
        Ok(passed)
    }
}
