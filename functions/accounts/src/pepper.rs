//! The pepper: a platform secret without which neither a password hash nor an address's hash says anything.

use app::{App, OrProblem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::email::EmailAddress;
use domain::ids::UserId;
use http_kit::Problem;
use ring::hmac;
use secrecy::ExposeSecret as _;
use store::keys;
use store::row::LoginRow;
use zeroize::Zeroizing;

use crate::error::AccountsError;

const NAME: &str = "pepper";
/// Two creators can race; the loser reads what the winner wrote.
const ATTEMPTS: u32 = 3;

/// The keys that are derived from the platform's secret.
pub(crate) struct Pepper {
    generation: String,
    passwords: hmac::Key,
    addresses: hmac::Key,
    codes: hmac::Key,
}

/// The hex of a tag or hash.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Pepper {
    fn new(generation: String, secret: &[u8]) -> Self {
        let root = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let derive =
            |label: &[u8]| hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&root, label).as_ref());
        Self {
            generation,
            passwords: derive(b"passwords"),
            addresses: derive(b"addresses"),
            codes: derive(b"codes"),
        }
    }

    /// A pepper that opens nothing: gives a login before the first registration the same work as any other.
    pub(crate) fn nobodys() -> Self {
        Self::new(String::new(), &[0; 32])
    }

    /// Which secret this is; stands in each login.
    pub(crate) fn generation(&self) -> &str {
        &self.generation
    }

    /// Under which hash the login of this address is found; hex.
    pub(crate) fn address_hash(&self, address: &EmailAddress) -> String {
        hex(hmac::sign(&self.addresses, address.normalised().as_bytes()).as_ref())
    }

    /// Under which hash the tries of a network are counted; hex. Nothing stored tells the network.
    pub(crate) fn network_hash(&self, network: &str) -> String {
        hex(hmac::sign(&self.addresses, format!("network {network}").as_bytes()).as_ref())
    }

    /// What is stored of a code of few digits: without the pepper it could be found by trying all; hex.
    pub(crate) fn code_hash(&self, of: &str, code: &str) -> String {
        hex(hmac::sign(&self.codes, format!("{of} {code}").as_bytes()).as_ref())
    }

    /// What is hashed in place of the password: its exact bytes, whatever their number, under the pepper.
    pub(crate) fn season(&self, password: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut seasoned = Zeroizing::new([0; 32]);
        seasoned.copy_from_slice(hmac::sign(&self.passwords, password).as_ref());
        seasoned
    }
}

/// The pepper, or `None` before the first registration.
pub(crate) async fn load(app: &App) -> Result<Option<Pepper>, Problem> {
    let Some(found) = app.store.routing().find_secret(NAME).await.or_problem()? else {
        return Ok(None);
    };
    let text = app
        .vault
        .platform()
        .open(&found.row.secret)
        .await
        .or_problem()?;
    let secret = URL_SAFE_NO_PAD
        .decode(text.expose_secret())
        .map(Zeroizing::new);
    let secret = secret.map_err(|_| AccountsError::PepperForm).or_problem()?;
    Ok(Some(Pepper::new(found.row.generation, &secret)))
}

/// The pepper of a deployment in which somebody has registered.
///
/// # Errors
/// When there is none, though somebody is known; or the database or KMS does not answer.
pub(crate) async fn existing(app: &App) -> Result<Pepper, Problem> {
    Box::pin(load(app))
        .await?
        .ok_or(AccountsError::PepperGone)
        .or_problem()
}

/// Whose account an address opens, if anybody's. For operators: whoever else asks must not learn it from our calls.
///
/// # Errors
/// As of [`existing`].
pub(crate) async fn user_at(app: &App, address: &EmailAddress) -> Result<Option<UserId>, Problem> {
    let pepper = Box::pin(existing(app)).await?;
    let key = keys::login(&pepper.address_hash(address));
    let found = app.store.routing().find::<LoginRow>(&key).await;
    Ok(found.or_problem()?.map(|login| login.row.user))
}

/// The pepper; made by the first registration of a deployment.
pub(crate) async fn load_or_create(app: &App) -> Result<Pepper, Problem> {
    for _ in 0..ATTEMPTS {
        if let Some(pepper) = Box::pin(load(app)).await? {
            return Ok(pepper);
        }
        Box::pin(app.make_platform_secret(NAME))
            .await
            .or_problem()?;
    }
    Err(AccountsError::PepperGone).or_problem()
}

#[cfg(test)]
impl Pepper {
    /// A pepper for tests.
    pub(crate) fn of_byte(byte: u8) -> Self {
        Self::new(format!("g{byte}"), &[byte; 32])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).expect("an address")
    }

    #[test]
    fn spelling_does_not_make_a_second_account() {
        let pepper = Pepper::of_byte(1);
        assert_eq!(
            pepper.address_hash(&address("Ana@Example.com")),
            pepper.address_hash(&address("ana@example.COM "))
        );
        assert_ne!(
            pepper.address_hash(&address("ana@example.com")),
            pepper.address_hash(&address("eva@example.com"))
        );
    }

    #[test]
    fn another_pepper_gives_other_hashes_of_the_same_things() {
        let (one, two) = (Pepper::of_byte(1), Pepper::of_byte(2));
        assert_ne!(
            one.address_hash(&address("ana@example.com")),
            two.address_hash(&address("ana@example.com"))
        );
        assert_ne!(one.season(b"secret"), two.season(b"secret"));
    }

    #[test]
    fn the_two_derived_keys_are_different() {
        let pepper = Pepper::of_byte(1);
        let seasoned: String = pepper
            .season(b"ana@example.com")
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_ne!(seasoned, pepper.address_hash(&address("ana@example.com")));
    }
}
