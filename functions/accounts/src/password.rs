//! Passwords: what is accepted, and how they are hashed and checked.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU32, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error as HashError, PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::Entropy;
use http_kit::FieldErrors;
use serde::{Deserialize, Deserializer};
use store::row::LoginRow;
use tenancy::hash_token_hex;
use zeroize::Zeroizing;

use crate::breached;
use crate::context;
use crate::error::AccountsError;
use crate::pepper::Pepper;

/// Fewest and most characters of a new password.
const CHARACTERS: std::ops::RangeInclusive<usize> = 8..=128;
/// No password that we ever took is longer, in bytes.
const LONGEST: usize = 4 * 128;
/// Memory in KiB of one hash.
const MEMORY: u32 = 47_104;
/// Passes of one hash.
const PASSES: u32 = 1;
/// Lanes of one hash.
const LANES: u32 = 1;

/// A password as it was typed: exact bytes, wiped after use, never printed. Two are compared only where one of them was
/// right.
#[derive(PartialEq, Eq)]
pub(crate) struct Password(Zeroizing<String>);

impl Password {
    /// A password that nobody will know: a login with it waits for a reset.
    pub(crate) const fn of_nobody(token: Zeroizing<String>) -> Self {
        Self(token)
    }

    /// Reports a password that no account may be given. `own` is what the form says about the person.
    pub(crate) fn validate_new(&self, field: &str, own: &[&str], errors: &mut FieldErrors) {
        match self.0.chars().count() {
            count if count < *CHARACTERS.start() => {
                errors.add(field, "too_short", "A password has at least 8 characters.")
            }
            count if count > *CHARACTERS.end() => {
                errors.add(field, "too_long", "A password has at most 128 characters.")
            }
            _ if breached::is_breached(&self.0) || context::is_common(&self.0) => errors.add(
                field,
                "breached",
                "This password is in lists that attackers try first. Please choose another one.",
            ),
            _ if context::is_monotonous(&self.0) => errors.add(
                field,
                "guessable",
                "This password is one or two characters again and again. Please choose another one.",
            ),
            _ if context::is_guessable(&self.0, own) => errors.add(
                field,
                "guessable",
                "This password is made of words that go with you or with this product. Please add others.",
            ),
            _ => {}
        }
    }

    /// Reports a password that cannot be anybody's.
    pub(crate) fn validate_given(&self, field: &str, errors: &mut FieldErrors) {
        if self.0.is_empty() {
            errors.add(field, "required", "Please enter the password.");
        } else if self.0.len() > LONGEST {
            errors.add(field, "too_long", "A password has at most 128 characters.");
        }
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: Cow<'de, str> = Cow::deserialize(deserializer)?;
        Ok(Self(Zeroizing::new(text.into_owned())))
    }
}

/// Changes whenever the password does, so that what was proved under a former one is told by it; and when a login makes the hash
/// anew, after which a link or code of before has to be asked for again. Says nothing about the password.
pub(crate) fn mark(login: &LoginRow) -> String {
    hash_token_hex(login.password.as_bytes())
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The password is right; `stale` when its hash was made with other parameters than today's, or under a former pepper.
    Right {
        /// Whether it should be hashed again.
        stale: bool,
    },
    /// It is not, or there is no such login.
    Wrong,
}

/// Argon2id over the peppered password.
pub(crate) struct Hasher<'a> {
    pepper: &'a Pepper,
    params: Params,
    /// How often it did its costly work: what an outsider could measure.
    runs: AtomicU32,
}

impl<'a> Hasher<'a> {
    /// With the parameters in force: 46 MiB, one pass, one lane.
    pub(crate) fn new(pepper: &'a Pepper) -> Result<Self, AccountsError> {
        Self::with(pepper, MEMORY)
    }

    fn with(pepper: &'a Pepper, memory: u32) -> Result<Self, AccountsError> {
        Ok(Self {
            pepper,
            params: Params::new(memory, PASSES, LANES, None)?,
            runs: AtomicU32::new(0),
        })
    }

    /// Argon2 for one run, which is counted and told: tests compare what known and unknown addresses cost.
    fn argon(&self) -> Argon2<'static> {
        let count = self.runs.fetch_add(1, Ordering::Relaxed) + 1;
        tracing::info!(count, "a password is hashed");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
    }

    /// The hash in PHC form with a fresh salt.
    pub(crate) fn hash(
        &self,
        password: &Password,
        entropy: &dyn Entropy,
    ) -> Result<String, AccountsError> {
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        let seasoned = self.pepper.season(password.0.as_bytes());
        Ok(self
            .argon()
            .hash_password_with_salt(seasoned.as_slice(), &salt)?
            .to_string())
    }

    /// The login with this password, hashed as it is done today.
    pub(crate) fn with_password(
        &self,
        login: &LoginRow,
        password: &Password,
        entropy: &dyn Entropy,
    ) -> Result<LoginRow, AccountsError> {
        Ok(LoginRow {
            password: self.hash(password, entropy)?,
            pepper: self.pepper.generation().to_owned(),
            ..login.clone()
        })
    }

    /// Compares with a login; without one the same work is done for nothing.
    pub(crate) fn check(
        &self,
        login: Option<&LoginRow>,
        password: &Password,
    ) -> Result<Verdict, AccountsError> {
        let Some(login) = login else {
            let seasoned = self.pepper.season(password.0.as_bytes());
            self.argon()
                .hash_password_with_salt(seasoned.as_slice(), &[0; 16])?;
            return Ok(Verdict::Wrong);
        };
        if !self.is_right(&login.password, &login.pepper, password)? {
            return Ok(Verdict::Wrong);
        }
        let stored = PasswordHash::new(&login.password).map_err(HashError::from)?;
        let is_todays = self.is_current(&stored) && login.pepper == self.pepper.generation();
        Ok(Verdict::Right { stale: !is_todays })
    }

    /// Compares with a hash that was made under this generation of the pepper, a login's or one that is none yet.
    pub(crate) fn is_right(
        &self,
        hash: &str,
        generation: &str,
        password: &Password,
    ) -> Result<bool, AccountsError> {
        let seasoned = self.pepper.season_as(generation, password.0.as_bytes());
        let seasoned = seasoned.ok_or(AccountsError::PepperGone)?;
        let stored = PasswordHash::new(hash).map_err(HashError::from)?;
        match self.argon().verify_password(seasoned.as_slice(), &stored) {
            Ok(()) => Ok(true),
            Err(HashError::PasswordInvalid) => Ok(false),
            Err(other) => Err(other.into()),
        }
    }

    fn is_current(&self, stored: &PasswordHash) -> bool {
        let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
        let same =
            Params::try_from(stored).is_ok_and(|params| costs(&params) == costs(&self.params));
        same && stored.algorithm == Algorithm::Argon2id.ident()
            && stored.version == Some(Version::V0x13.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::UserId;
    use domain::{SystemEntropy, Timestamp};
    use http_kit::Problem;

    fn password(text: &str) -> Password {
        Password(Zeroizing::new(text.to_owned()))
    }

    fn login(hasher: &Hasher<'_>, text: &str) -> LoginRow {
        let hash = hasher.hash(&password(text), &SystemEntropy::new());
        let password = (hash.expect("hashes"), hasher.pepper.generation().to_owned());
        LoginRow::new(
            UserId::from_bytes([1; 16]),
            "ab".into(),
            password,
            Timestamp::default(),
        )
    }

    #[test]
    fn the_right_password_is_right_to_the_byte() {
        let pepper = Pepper::of_byte(1);
        let hasher = Hasher::with(&pepper, 64).expect("possible");
        let login = login(&hasher, "pa\u{30a}ss wo\u{200d}rd ");
        let check = |text: &str| hasher.check(Some(&login), &password(text)).expect("checks");
        assert_eq!(
            check("pa\u{30a}ss wo\u{200d}rd "),
            Verdict::Right { stale: false }
        );
        assert_eq!(check("pa\u{30a}ss wo\u{200d}rd"), Verdict::Wrong);
        assert_eq!(
            check("p\u{e5}ss wo\u{200d}rd "),
            Verdict::Wrong,
            "composed differently"
        );
    }

    #[test]
    fn the_hash_of_a_sign_up_is_compared_like_that_of_a_login() {
        let (pepper, other) = (Pepper::of_byte(1), Pepper::of_byte(2));
        let hasher = Hasher::with(&pepper, 64).expect("possible");
        let login = login(&hasher, "long enough");
        let check = |hasher: &Hasher<'_>, text: &str| {
            hasher.is_right(&login.password, &login.pepper, &password(text))
        };
        assert!(check(&hasher, "long enough").expect("checks"));
        assert!(!check(&hasher, "long enougH").expect("checks"));
        let other = Hasher::with(&other, 64).expect("possible");
        let gone = check(&other, "long enough");
        assert!(matches!(gone, Err(AccountsError::PepperGone)));
    }

    #[test]
    fn an_unknown_address_is_wrong_after_the_same_work() {
        let pepper = Pepper::of_byte(1);
        let hasher = Hasher::with(&pepper, 64).expect("possible");
        let known = login(&hasher, "long enough");
        let work = |login: Option<&LoginRow>| {
            let before = hasher.runs.load(Ordering::Relaxed);
            let verdict = hasher.check(login, &password("anything"));
            assert_eq!(verdict.expect("checks"), Verdict::Wrong);
            hasher.runs.load(Ordering::Relaxed) - before
        };
        assert_eq!((work(Some(&known)), work(None)), (1, 1));
    }

    #[test]
    fn a_hash_with_other_parameters_is_right_and_stale() {
        let pepper = Pepper::of_byte(1);
        let former = Hasher::with(&pepper, 64).expect("possible");
        let today = Hasher::with(&pepper, 128).expect("possible");
        let login = login(&former, "long enough");
        assert_eq!(
            today
                .check(Some(&login), &password("long enough"))
                .expect("checks"),
            Verdict::Right { stale: true }
        );
    }

    #[test]
    fn a_hash_under_a_former_pepper_is_right_and_stale_until_it_is_made_anew() {
        let (former, renewed) = (Pepper::of_byte(1), Pepper::renewed(1));
        let hasher = |pepper| Hasher::with(pepper, 64).expect("possible");
        let before = login(&hasher(&former), "long enough");
        let today = hasher(&renewed);
        let check = |login: &LoginRow, text: &str| {
            let verdict = today.check(Some(login), &password(text));
            verdict.expect("checks")
        };
        assert_eq!(check(&before, "long enougH"), Verdict::Wrong);
        assert_eq!(
            check(&before, "long enough"),
            Verdict::Right { stale: true }
        );
        let entropy = SystemEntropy::new();
        let after = today.with_password(&before, &password("long enough"), &entropy);
        let after = after.expect("hashes");
        assert_eq!(after.pepper, "renewed");
        assert_eq!(
            check(&after, "long enough"),
            Verdict::Right { stale: false }
        );
        let gone = hasher(&former).check(Some(&after), &password("long enough"));
        assert!(matches!(gone, Err(AccountsError::PepperGone)));
    }

    #[test]
    fn the_same_password_never_has_the_same_hash_and_hashes_name_their_parameters() {
        let pepper = Pepper::of_byte(1);
        let hasher = Hasher::new(&pepper).expect("possible");
        let (one, two) = (login(&hasher, "long enough"), login(&hasher, "long enough"));
        assert_ne!(one.password, two.password);
        assert!(
            one.password.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"),
            "{}",
            one.password
        );
    }

    #[test]
    fn a_hash_of_another_pepper_is_a_mistake_and_not_a_wrong_password() {
        let (one, two) = (Pepper::of_byte(1), Pepper::of_byte(2));
        let login = login(&Hasher::with(&one, 64).expect("possible"), "long enough");
        let check = Hasher::with(&two, 64)
            .expect("possible")
            .check(Some(&login), &password("long enough"));
        assert!(matches!(check, Err(AccountsError::PepperGone)));
    }

    #[test]
    fn new_passwords_have_8_to_128_characters_of_any_kind() {
        let codes = |text: &str| {
            let mut errors = FieldErrors::new();
            password(text).validate_new("password", &[], &mut errors);
            match errors.finish() {
                Err(Problem::Invalid(errors)) => {
                    errors.iter().map(|error| error.code.to_string()).collect()
                }
                _ => Vec::new(),
            }
        };
        assert_eq!(codes("1234567"), ["too_short"]);
        assert_eq!(codes(&"a".repeat(129)), ["too_long"]);
        assert_eq!(codes("password1"), ["breached"]);
        assert_eq!(codes("password123456"), ["breached"]);
        assert_eq!(codes("17101965"), ["breached"], "of no common word");
        assert_eq!(codes("        "), ["guessable"]);
        for good in [" a b c d ", &"🦀🦀🦞🐚".repeat(32), "пароль12"] {
            assert!(codes(good).is_empty(), "{good}");
        }
    }
}
