//! Until when a purchase can be taken back.

use std::time::Duration;

use crate::Timestamp;

/// In how many days a purchase can be taken back, the day of the purchase not counted (Directive 2011/83/EU, Art. 9).
const WITHDRAWAL_DAYS: i64 = 14;
/// How far the clocks of the Union's most western parts are behind ours.
const WESTERNMOST: Duration = Duration::from_secs(4 * 3600);

/// The last moment at which a purchase can be taken back. It is the end of the fourteenth day after that of the purchase, of the
/// working day after it where that is a Saturday or Sunday (Regulation 1182/71, Art. 3), wherever in the Union the buyer is. Public
/// holidays differ from country to country and are not known here: who is late by one of them is heard by a person.
pub fn withdrawal_ends(bought_at: Timestamp) -> Timestamp {
    // In the east it may have been tomorrow already.
    let last = bought_at.day() + 1 + WITHDRAWAL_DAYS;
    // Day 0 was a Thursday; Monday is 0 here.
    let last = match (last + 3).rem_euclid(7) {
        5 => last + 2,
        6 => last + 1,
        _ => last,
    };
    let over = Timestamp::from_seconds((last + 1).saturating_mul(86_400)).plus(WESTERNMOST);
    Timestamp::from_millis(over.millis() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purchase_can_be_taken_back_to_the_end_of_the_fourteenth_day_wherever_one_is() {
        let moment = |text: &str| Timestamp::from_rfc3339(text).expect("a moment");
        // A Monday; two weeks and a day later is a Tuesday.
        let ends = withdrawal_ends(moment("2026-11-23T18:00:00Z"));
        assert_eq!(ends, moment("2026-12-09T03:59:59.999Z"));
        // In Berlin it is Tuesday already.
        let late = moment("2026-11-23T23:30:00Z");
        assert!(withdrawal_ends(late) >= moment("2026-12-08T23:59:59.999+01:00"));
        // In Guadeloupe it is Sunday still, and the last of its days is a Monday then.
        let early = moment("2026-11-23T00:30:00Z");
        assert!(withdrawal_ends(early) >= moment("2026-12-07T23:59:59.999-04:00"));
    }

    #[test]
    fn a_last_day_at_the_weekend_moves_to_the_end_of_monday() {
        let moment = |text: &str| Timestamp::from_rfc3339(text).expect("a moment");
        for bought in ["2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z"] {
            let ends = withdrawal_ends(moment(bought));
            assert_eq!(ends, moment("2026-12-08T03:59:59.999Z"), "{bought}");
        }
    }
}
