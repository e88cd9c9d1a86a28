//! The second factor: codes of an authenticator (RFC 6238), and recovery codes for when it is lost.

pub(crate) mod begin;
pub(crate) mod codes;
pub(crate) mod confirm;
pub(crate) mod end;

use app::{App, OrProblem, SealsJson as _, place};
use domain::email::EmailAddress;
use domain::{Entropy, Timestamp};
use http_kit::{FieldErrors, Problem};
use store::row::SecondFactorRow;
use store::{Found, Row as _, keys};
use subtle::ConstantTimeEq as _;
use tenancy::{Owner, TenantScope};
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::error::AccountsError;
use crate::pepper::Pepper;

/// Recovery codes of a person.
const CODES: usize = 10;
/// What recovery codes are made of: nothing that is read for something else.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Reports what can be no code, neither of an authenticator nor for recovery.
pub(crate) fn validate_code(code: &str, errors: &mut FieldErrors) {
    if code.is_empty() || code.len() > 32 {
        errors.add("code", "invalid_code", "Please enter the code.");
    }
}

/// The person's second factor, if one was begun.
pub(crate) async fn of(
    app: &App,
    scope: &TenantScope<Owner>,
) -> Result<Option<Found<SecondFactorRow>>, Problem> {
    let db = app.store.within(scope).or_problem()?;
    db.find(&keys::second_factor()).await.or_problem()
}

/// The generator behind a secret.
pub(crate) fn generator(
    secret: &[u8],
    account: Option<&EmailAddress>,
) -> Result<Totp, AccountsError> {
    let builder = Builder::new().with_secret(secret.to_vec());
    let named = match account {
        Some(address) => builder
            .with_issuer(Some("Sofi CRM"))
            .with_account_name(address.as_str().replace(':', "")),
        None => builder,
    };
    named.build().map_err(|_| AccountsError::Totp)
}

/// Opens the secret.
pub(crate) async fn secret(
    app: &App,
    scope: &TenantScope<Owner>,
    row: &SecondFactorRow,
) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let key = app.tenant_key(scope).await.or_problem()?;
    let secret: Vec<u8> = key
        .open_json(&place::<SecondFactorRow>(&row.key(), "secret"), &row.secret)
        .or_problem()?;
    Ok(Zeroizing::new(secret))
}

/// Takes a code, once: one of the authenticator (of this step, the one before or the one after) or a recovery code.
/// `None` when it is neither, or was taken before.
pub(crate) fn take(
    pepper: &Pepper,
    totp: &Totp,
    row: &SecondFactorRow,
    code: &str,
    now: Timestamp,
) -> Option<SecondFactorRow> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(last_step) = taken_step(totp, row.last_step, &code, now) {
        return Some(SecondFactorRow {
            last_step,
            ..row.clone()
        });
    }
    let hash = recovery_hash(pepper, &code);
    let at = row
        .recovery
        .iter()
        .position(|known| bool::from(known.as_bytes().ct_eq(hash.as_bytes())))?;
    let mut left = row.clone();
    left.recovery.remove(at);
    Some(left)
}

/// The step of a code that was not taken before.
pub(crate) fn taken_step(totp: &Totp, last_step: u64, code: &str, now: Timestamp) -> Option<u64> {
    let seconds = u64::try_from(now.seconds()).ok()?;
    totp.check(code, seconds).filter(|step| *step > last_step)
}

/// Fresh recovery codes, to be shown once.
pub(crate) fn recovery_codes(app: &App) -> Vec<Zeroizing<String>> {
    drawn(app.entropy.as_ref())
}

fn drawn(entropy: &dyn Entropy) -> Vec<Zeroizing<String>> {
    let code = |()| {
        let mut bytes = Zeroizing::new([0; 12]);
        entropy.fill(bytes.as_mut_slice());
        // Of thirty-one letters the first eight are a little likelier, which twelve of them outweigh.
        let text: String = bytes
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte % 31)]))
            .collect();
        Zeroizing::new(format!("{}-{}-{}", &text[..4], &text[4..8], &text[8..]))
    };
    std::iter::repeat_n((), CODES).map(code).collect()
}

/// What is stored of recovery codes.
pub(crate) fn recovery_hashes(pepper: &Pepper, codes: &[Zeroizing<String>]) -> Vec<String> {
    codes
        .iter()
        .map(|code| recovery_hash(pepper, code))
        .collect()
}

/// What is stored of a recovery code; spelling by case and hyphens does not matter.
fn recovery_hash(pepper: &Pepper, code: &str) -> String {
    let plain: String = code
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    pepper.code_hash("recovery", &plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    use domain::{Sealed, SystemEntropy};

    const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

    fn totp() -> Totp {
        generator(&[7; 20], None).expect("possible")
    }

    fn row(recovery: Vec<String>) -> SecondFactorRow {
        SecondFactorRow {
            secret: Sealed::from_bytes(Vec::new()),
            confirmed_at: Some(NOW),
            last_step: 0,
            recovery,
            created_at: NOW,
        }
    }

    fn code_at(seconds: i64) -> String {
        totp().generate(seconds.unsigned_abs()).to_string()
    }

    #[test]
    fn a_code_is_taken_in_its_step_and_the_ones_beside_it_and_once() {
        let pepper = Pepper::of_byte(1);
        let take_at = |row: &SecondFactorRow, seconds: i64| {
            let code = code_at(NOW.seconds() + seconds);
            take(&pepper, &totp(), row, &code, NOW)
        };
        let fresh = row(Vec::new());
        assert!(take_at(&fresh, -30).is_some());
        assert!(take_at(&fresh, 30).is_some());
        assert!(take_at(&fresh, -90).is_none());
        assert!(take_at(&fresh, 90).is_none());
        let taken = take_at(&fresh, 0).expect("taken");
        assert!(take_at(&taken, 0).is_none(), "each code counts once");
        assert!(take_at(&taken, -30).is_none(), "and none from before it");
        assert!(take_at(&taken, 30).is_some());
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, SHA-1, cut to six digits.
        let totp = generator(b"12345678901234567890", None).expect("possible");
        assert_eq!(totp.generate(59).to_string(), "287082");
        assert_eq!(totp.generate(1_111_111_109).to_string(), "081804");
    }

    #[test]
    fn a_recovery_code_counts_once_however_it_is_spelled() {
        let pepper = Pepper::of_byte(1);
        let known = row(vec![recovery_hash(&pepper, "abcd-efgh-jkmn")]);
        let left = take(&pepper, &totp(), &known, "ABCD EFGHjkmn", NOW).expect("taken");
        assert!(left.recovery.is_empty());
        assert!(take(&pepper, &totp(), &left, "abcd-efgh-jkmn", NOW).is_none());
        assert!(take(&pepper, &totp(), &known, "abcd-efgh-jkmm", NOW).is_none());
        assert!(take(&pepper, &totp(), &known, "", NOW).is_none());
    }

    #[test]
    fn recovery_codes_are_twelve_letters_of_the_generator_and_never_the_same_twice() {
        struct Known;
        impl Entropy for Known {
            fn fill(&self, bytes: &mut [u8]) {
                bytes.fill(1);
            }
        }
        let known = drawn(&Known);
        assert_eq!(known.len(), CODES);
        assert!(known.iter().all(|code| code.as_str() == "bbbb-bbbb-bbbb"));
        let system = SystemEntropy::new();
        let codes = (0..100).flat_map(|_| drawn(&system));
        let different: HashSet<String> = codes.map(|code| code.to_string()).collect();
        assert_eq!(different.len(), 100 * CODES);
    }

    #[test]
    fn an_authenticator_reads_the_address_of_the_secret() {
        let address = EmailAddress::parse("ana@example.com").expect("an address");
        let url = generator(&[7; 20], Some(&address))
            .expect("possible")
            .to_url()
            .expect("an address");
        assert!(
            url.starts_with("otpauth://totp/Sofi%20CRM:ana%40example.com?secret="),
            "{url}"
        );
    }
}
