//! The pepper: a platform secret without which neither a password hash nor an address's hash says anything.
//!
//! It is renewed for passwords alone: a hash under a former generation is checked under that one, and made anew at the next
//! login. Addresses, networks and codes stay under the first, for the reason in decision 0044.

mod generations;
pub(crate) mod renew;

use app::{App, OrProblem};
use domain::email::EmailAddress;
use domain::ids::UserId;
use http_kit::Problem;
use ring::hmac;
use secrecy::ExposeSecret as _;
use store::row::{LoginRow, PlatformSecretRow};
use store::{Found, keys};
use zeroize::Zeroizing;

use crate::error::AccountsError;
use generations::{Generation, Generations};

const NAME: &str = "pepper";
/// Two creators can race; the loser reads what the winner wrote.
const ATTEMPTS: u32 = 3;

/// The keys that are derived from the platform's secret.
pub(crate) struct Pepper {
    newest: Season,
    former: Vec<Season>,
    addresses: hmac::Key,
    codes: hmac::Key,
}

/// What passwords of one generation are hashed under.
struct Season {
    generation: String,
    key: hmac::Key,
}

/// The hex of a tag or hash.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Pepper {
    fn new(generations: &Generations) -> Self {
        let first = generations.first();
        Self {
            newest: Season::of(generations.newest()),
            former: generations.former().iter().map(Season::of).collect(),
            addresses: derived(first, b"addresses"),
            codes: derived(first, b"codes"),
        }
    }

    /// A pepper that opens nothing: gives a login before the first registration the same work as any other.
    pub(crate) fn nobodys() -> Self {
        let secret = Zeroizing::new(vec![0; 32]);
        Self::new(&Generations::one(String::new(), secret))
    }

    /// Which secret new passwords are hashed under; stands in each login.
    pub(crate) fn generation(&self) -> &str {
        &self.newest.generation
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

    /// What is hashed in place of a new password: its exact bytes, whatever their number, under the newest generation.
    pub(crate) fn season(&self, password: &[u8]) -> Zeroizing<[u8; 32]> {
        self.newest.of_password(password)
    }

    /// The same under the generation of a stored hash. `None` when it is none of this pepper.
    pub(crate) fn season_as(
        &self,
        generation: &str,
        password: &[u8],
    ) -> Option<Zeroizing<[u8; 32]>> {
        let mut all = self.former.iter().chain([&self.newest]);
        let season = all.find(|season| season.generation == generation)?;
        Some(season.of_password(password))
    }
}

impl Season {
    fn of(generation: &Generation) -> Self {
        Self {
            generation: generation.name.clone(),
            key: derived(generation, b"passwords"),
        }
    }

    fn of_password(&self, password: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut seasoned = Zeroizing::new([0; 32]);
        seasoned.copy_from_slice(hmac::sign(&self.key, password).as_ref());
        seasoned
    }
}

fn derived(generation: &Generation, label: &[u8]) -> hmac::Key {
    let root = hmac::Key::new(hmac::HMAC_SHA256, &generation.secret);
    hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&root, label).as_ref())
}

/// The pepper, or `None` before the first registration.
pub(crate) async fn load(app: &App) -> Result<Option<Pepper>, Problem> {
    let known = Box::pin(stored(app)).await?;
    Ok(known.map(|(_, generations)| Pepper::new(&generations)))
}

/// The pepper's row and what is sealed in it. At most two calls.
async fn stored(app: &App) -> Result<Option<(Found<PlatformSecretRow>, Generations)>, Problem> {
    let Some(found) = app.store.routing().find_secret(NAME).await.or_problem()? else {
        return Ok(None);
    };
    let text = app
        .vault
        .platform()
        .open(&found.row.secret)
        .await
        .or_problem()?;
    let generations = Generations::parse(&found.row.generation, text.expose_secret());
    Ok(Some((found, generations.or_problem()?)))
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
        Self::new(&Self::generation_of(byte))
    }

    /// The same after a renewal.
    pub(crate) fn renewed(byte: u8) -> Self {
        let entropy = domain::SystemEntropy::new();
        let renewed = Self::generation_of(byte).with("renewed".to_owned(), &entropy);
        Self::new(&renewed.expect("room for one more"))
    }

    fn generation_of(byte: u8) -> Generations {
        Generations::one(format!("g{byte}"), Zeroizing::new(vec![byte; 32]))
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
    fn a_renewal_changes_how_new_passwords_are_hashed_and_nothing_that_is_looked_up() {
        let (first, renewed) = (Pepper::of_byte(1), Pepper::renewed(1));
        assert_eq!(
            (first.generation(), renewed.generation()),
            ("g1", "renewed")
        );
        let ana = address("ana@example.com");
        assert_eq!(first.address_hash(&ana), renewed.address_hash(&ana));
        let network = "192.0.2.0/24";
        assert_eq!(first.network_hash(network), renewed.network_hash(network));
        assert_eq!(first.code_hash("a", "1"), renewed.code_hash("a", "1"));
        assert_ne!(first.season(b"secret"), renewed.season(b"secret"));
        let former = renewed.season_as("g1", b"secret");
        assert_eq!(former, Some(first.season(b"secret")));
        let newest = renewed.season_as("renewed", b"secret");
        assert_eq!(newest, Some(renewed.season(b"secret")));
        assert_eq!(renewed.season_as("g2", b"secret"), None);
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
