use std::slice::from_ref;

use proptest::prelude::*;
use proptest::sample::Index;

use super::super::{Lapse, Standing, standing};
use super::*;

const DAY: i64 = 86_400;

fn at(day: i64) -> Timestamp {
    Timestamp::from_seconds(day * DAY)
}

fn ours() -> CustomerId {
    "cus_ours".parse().expect("an id")
}

fn id(name: &str) -> SubscriptionId {
    format!("sub_{name}").parse().expect("an id")
}

/// A subscription of ours that was bought on day 100, a month at a time.
fn fetched(name: &str, status: &str) -> Fetched {
    Fetched {
        id: id(name),
        customer: ours(),
        status: status.into(),
        lookup_key: Some("sofi_studio_month".to_owned()),
        price: Some("price_1".to_owned()),
        amount: Some(9_900),
        currency: Some("eur".to_owned()),
        interval: Some(Interval::Month),
        quantity: 1,
        period: Some(Period {
            start: at(100),
            end: at(130),
        }),
        trial_end: None,
        cancel_at: None,
        cancel_at_period_end: false,
        cancelled_at: None,
        bought_at: Some(at(100)),
        unpaid_since: (status == "past_due").then(|| at(130)),
        ended_at: None,
        ended_unpaid: false,
    }
}

fn copy(all: &[Fetched], before: Option<&SubscriptionCopy>, day: i64) -> Option<SubscriptionCopy> {
    copied(&ours(), all, before, at(day)).copy
}

#[test]
fn a_contract_that_ended_because_nobody_paid_says_so_also_once_its_bill_was_taken_back() {
    let owed = copy(&[fetched("a", "past_due")], None, 131).expect("a copy");
    let ended = |ended_unpaid| Fetched {
        ended_at: Some(at(150)),
        ended_unpaid,
        ..fetched("a", "canceled")
    };
    let since = |ended_unpaid| {
        let copy = copy(&[ended(ended_unpaid)], Some(&owed), 151).expect("a copy");
        let stands = standing(Some(&copy), at(1), at(151));
        (copy.past_due_since, stands)
    };
    let unpaid = Standing::Lapsed(Lapse::Unpaid);
    assert_eq!(since(true), (Some(at(130)), unpaid));
    assert_eq!(since(false), (None, Standing::Lapsed(Lapse::Ended)));
}

#[test]
fn a_copy_says_what_stripe_says_and_nothing_of_before() {
    let before = copy(&[fetched("a", "past_due")], None, 131).expect("a copy");
    assert_eq!(before.past_due_since, Some(at(130)));
    let changed = Fetched {
        lookup_key: Some("sofi_agency_year".to_owned()),
        cancel_at_period_end: true,
        ..fetched("a", "active")
    };
    let now = copy(from_ref(&changed), Some(&before), 140).expect("a copy");
    assert_eq!((now.plan, now.interval), (Plan::Agency, Interval::Year));
    assert_eq!((now.past_due_since, now.ends_at()), (None, Some(at(130))));
    assert_eq!(Some(now), copy(&[changed], None, 150));
}

#[test]
fn nothing_bought_makes_no_copy() {
    let bare = Copied {
        copy: None,
        problems: Vec::new(),
    };
    assert_eq!(copied(&ours(), &[], None, at(1)), bare);
}

#[test]
fn another_customers_subscription_counts_for_nothing() {
    let foreign = Fetched {
        customer: "cus_other".parse().expect("an id"),
        ..fetched("b", "active")
    };
    let made = copied(&ours(), from_ref(&foreign), None, at(101));
    assert_eq!(made.copy, None);
    assert_eq!(made.problems, [Problem::Foreign(id("b"))]);
    let both = copied(&ours(), &[foreign, fetched("a", "active")], None, at(101));
    assert_eq!(both.copy.map(|copy| copy.id), Some(id("a")));
}

#[test]
fn of_two_that_are_paid_the_newer_counts_and_the_older_is_to_be_cancelled() {
    let newer = Fetched {
        bought_at: Some(at(101)),
        ..fetched("a", "active")
    };
    let made = copied(&ours(), &[fetched("b", "active"), newer], None, at(101));
    assert_eq!(made.copy.map(|copy| copy.id), Some(id("a")));
    assert_eq!(made.problems, [Problem::Surplus(id("b"))]);
}

#[test]
fn an_attempt_that_nobody_paid_never_hides_what_was_paid_for() {
    for (status, is_surplus) in [
        ("incomplete", true),
        ("unpaid", true),
        ("incomplete_expired", false),
        ("canceled", false),
    ] {
        let newer = Fetched {
            bought_at: Some(at(120)),
            ..fetched("b", status)
        };
        let made = copied(&ours(), &[newer, fetched("a", "past_due")], None, at(131));
        assert_eq!(made.copy.map(|copy| copy.id), Some(id("a")), "{status}");
        assert_eq!(made.problems.len(), usize::from(is_surplus), "{status}");
    }
}

#[test]
fn what_is_over_counts_only_where_nothing_else_is_there() {
    let over = fetched("b", "canceled");
    let made = copy(from_ref(&over), None, 131).expect("a copy");
    assert_eq!(made.status, SubscriptionStatus::Canceled);
    let waits = Fetched {
        bought_at: Some(at(90)),
        ..fetched("a", "incomplete")
    };
    let made = copy(&[over, waits], None, 131).expect("a copy");
    assert_eq!(made.id, id("a"));
}

#[test]
fn a_price_that_is_none_of_ours_counts_as_the_smallest_plan_and_is_named() {
    let strange = Fetched {
        lookup_key: None,
        interval: Some(Interval::Year),
        ..fetched("a", "active")
    };
    let made = copied(&ours(), &[strange], None, at(101));
    let copy = made.copy.expect("a copy");
    assert_eq!((copy.plan, copy.interval), (Plan::Creator, Interval::Year));
    assert_eq!(made.problems, [Problem::UnknownPrice(id("a"))]);
}

#[test]
fn where_stripe_does_not_tell_grace_runs_from_the_first_look_and_never_begins_again() {
    let silent = Fetched {
        unpaid_since: None,
        ..fetched("a", "past_due")
    };
    let first = copy(from_ref(&silent), None, 131).expect("a copy");
    let second = copy(from_ref(&silent), Some(&first), 140).expect("a copy");
    assert_eq!(second.past_due_since, Some(at(131)));
    let another = Fetched {
        id: id("b"),
        ..silent
    };
    let third = copy(&[another], Some(&second), 141).expect("a copy");
    assert_eq!(third.past_due_since, Some(at(141)));
}

/// What Stripe would show at each step of a life with failures, changes, an end and a second purchase.
fn life() -> Vec<Vec<Fetched>> {
    let yearly = Fetched {
        lookup_key: Some("sofi_creator_year".to_owned()),
        ..fetched("a", "active")
    };
    let leaving = Fetched {
        cancel_at_period_end: true,
        ..yearly.clone()
    };
    let again = Fetched {
        bought_at: Some(at(160)),
        ..fetched("b", "trialing")
    };
    vec![
        Vec::new(),
        vec![fetched("a", "incomplete")],
        vec![fetched("a", "active")],
        vec![fetched("a", "past_due")],
        vec![fetched("a", "unpaid")],
        vec![yearly.clone()],
        vec![leaving],
        vec![fetched("a", "dreaming")],
        vec![fetched("a", "canceled")],
        vec![fetched("a", "canceled"), fetched("b", "incomplete")],
        vec![fetched("a", "canceled"), again.clone()],
        vec![yearly, again],
    ]
}

proptest! {
    /// Each hint makes somebody look at what there is then. Hints come late, twice or never; the last look decides alone.
    #[test]
    fn the_copy_depends_on_the_last_look_alone_and_on_no_order_of_hints(
        looks in proptest::collection::vec((any::<Index>(), 0..400_i64), 1..40)
    ) {
        let life = life();
        let mut kept: Option<SubscriptionCopy> = None;
        for (step, day) in &looks {
            kept = copy(&life[step.index(life.len())], kept.as_ref(), *day);
        }
        let (step, day) = looks.last().expect("a look");
        prop_assert_eq!(kept, copy(&life[step.index(life.len())], None, *day));
    }

    #[test]
    fn the_copy_and_what_is_noticed_depend_on_no_order_of_the_list(
        (listed, shuffled) in Just(all()).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        most in 0..=6_usize
    ) {
        let some = &listed[..most];
        let same: Vec<Fetched> = shuffled.into_iter().filter(|one| some.contains(one)).collect();
        prop_assert_eq!(copied(&ours(), &same, None, at(131)), copied(&ours(), some, None, at(131)));
    }

    #[test]
    fn an_unpaid_time_that_stripe_does_not_tell_never_moves_on(days in proptest::collection::vec(0..30_i64, 1..20)) {
        let mut days = days;
        days.sort_unstable();
        let silent = Fetched { unpaid_since: None, ..fetched("a", "past_due") };
        let mut kept = None;
        for day in &days {
            kept = copy(from_ref(&silent), kept.as_ref(), 131 + day);
        }
        let since = kept.and_then(|copy| copy.past_due_since);
        prop_assert_eq!(since, days.first().map(|day| at(131 + day)));
    }
}

/// Six subscriptions that differ in what decides.
fn all() -> Vec<Fetched> {
    let mut all = vec![
        fetched("a", "active"),
        fetched("b", "active"),
        fetched("c", "incomplete"),
        fetched("d", "canceled"),
        fetched("e", "past_due"),
        fetched("f", "active"),
    ];
    all[1].lookup_key = None;
    all[5].customer = "cus_other".parse().expect("an id");
    all
}

#[test]
fn the_standing_ends_where_the_object_of_the_last_look_ends() {
    let created = at(0);
    let last = |all: &[Fetched], day| standing(copy(all, None, day).as_ref(), created, at(day));
    let active = last(&[fetched("a", "active")], 120);
    assert_eq!(active, Standing::Active { plan: Plan::Studio });
    let over = last(&[fetched("a", "canceled")], 120);
    assert_eq!(over, Standing::Lapsed(Lapse::Ended));
}
