//! When an AI must say again that it is one.

use super::Disclosure;

/// The disclosure is repeated in short after so many seconds.
const AGAIN: i64 = 24 * 3600;

/// The disclosure that an AI's message needs now: the full one at first, the short one when the last is a day old.
///
/// `disclosed` is when the fan last got one, `now` is the present moment, both in seconds since the epoch.
#[must_use]
pub fn disclosure_due(disclosed: Option<i64>, now: i64) -> Option<Disclosure> {
    match disclosed {
        None => Some(Disclosure::Full),
        Some(at) if at.saturating_add(AGAIN) <= now => Some(Disclosure::Short),
        Some(_) => None,
    }
}

/// The second since which a disclosure must have been given for none to be due at `now`.
#[must_use]
pub const fn disclosed_since(now: i64) -> i64 {
    now.saturating_sub(AGAIN).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ai_says_so_at_first_and_again_after_a_day() {
        let now = 1_000_000;
        assert_eq!(disclosure_due(None, now), Some(Disclosure::Full));
        assert_eq!(disclosure_due(Some(now - AGAIN + 1), now), None);
        assert_eq!(
            disclosure_due(Some(now - AGAIN), now),
            Some(Disclosure::Short)
        );
    }

    #[test]
    fn none_is_due_exactly_where_one_was_given_since() {
        let now = 1_000_000;
        let since = disclosed_since(now);
        assert_eq!(disclosure_due(Some(since), now), None);
        assert!(disclosure_due(Some(since - 1), now).is_some());
    }
}
