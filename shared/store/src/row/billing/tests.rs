use super::*;

/// A month of the smallest plan, and nothing that need not be known.
fn copy(id: &str) -> SubscriptionCopy {
    SubscriptionCopy {
        id: id.parse().expect("an id"),
        status: SubscriptionStatus::Active,
        plan: Plan::Creator,
        interval: Interval::Month,
        price: None,
        amount: None,
        currency: None,
        quantity: 1,
        period: None,
        trial_end: None,
        cancel_at: None,
        cancel_at_period_end: false,
        cancelled_at: None,
        bought_at: None,
        past_due_since: None,
    }
}

/// Somebody of this number.
fn user(number: u8) -> UserId {
    UserId::from_bytes([number; 16])
}

#[test]
fn a_row_gives_back_the_copy_that_was_written_into_it_and_nothing_of_an_older_one() {
    let at = Timestamp::from_seconds;
    let full = SubscriptionCopy {
        id: "sub_1".parse().expect("an id"),
        status: SubscriptionStatus::PastDue,
        plan: Plan::Studio,
        interval: Interval::Year,
        price: Some("price_1".to_owned()),
        amount: Some(99_000),
        currency: Some("eur".to_owned()),
        quantity: 2,
        period: Some(Period {
            start: at(1),
            end: at(2),
        }),
        trial_end: Some(at(3)),
        cancel_at: Some(at(4)),
        cancel_at_period_end: true,
        cancelled_at: Some(at(4)),
        bought_at: Some(at(5)),
        past_due_since: Some(at(6)),
    };
    let new = SubscriptionRow::of("cus_1".parse().expect("an id"));
    assert_eq!(new.copy(), None);
    let bought = new.synced(Some(full.clone()), at(7));
    assert_eq!(bought.copy(), Some(full));
    let plain = copy("sub_1");
    let changed = bought.synced(Some(plain.clone()), at(8));
    assert_eq!(changed.copy(), Some(plain));
    let gone = changed.synced(None, at(9));
    assert_eq!((gone.copy(), gone.synced_at), (None, Some(at(9))));
}

#[test]
fn what_was_withdrawn_from_is_known_after_every_look_and_after_another_purchase() {
    let at = Timestamp::from_seconds;
    let bought = SubscriptionRow::of("cus_1".parse().expect("an id"));
    let bought = bought.synced(Some(copy("sub_1")), at(1));
    assert_eq!(bought.withdrawal_of("sub_1"), None);
    let declared = bought.withdrawn_from("sub_1".parse().expect("an id"), user(1), at(2));
    assert_eq!(declared.copy(), bought.copy());
    let seen = declared.synced(Some(copy("sub_1")), at(3));
    assert_eq!(seen.withdrawal_of("sub_1"), Some(at(2)));
    let again = seen.synced(Some(copy("sub_2")), at(4));
    assert_eq!(again.withdrawal_of("sub_1"), Some(at(2)));
    assert_eq!(again.withdrawal_of("sub_2"), None);
    assert_eq!(
        again.synced(None, at(5)).withdrawal_of("sub_1"),
        Some(at(2))
    );
}

#[test]
fn every_contract_that_was_withdrawn_from_stays_known_and_a_row_of_before_knows_its_last_one() {
    let at = Timestamp::from_seconds;
    let id = |number: i64| -> SubscriptionId { format!("sub_{number}").parse().expect("an id") };
    let mut row = SubscriptionRow::of("cus_1".parse().expect("an id"));
    for (number, who) in [(1, 1), (2, 2), (3, 3)] {
        row = row.withdrawn_from(id(number), user(who), at(number));
    }
    let seen = row.synced(Some(copy("sub_4")), at(9));
    assert_eq!(seen.withdrawals(), [id(3), id(1), id(2)]);
    let by = [1, 2, 3].map(|number: u8| (format!("sub_{number}"), user(number)));
    assert_eq!(seen.withdrawn_by, BTreeMap::from(by));
    for number in 1..=3 {
        let known = seen.withdrawal_of(id(number).as_str());
        assert_eq!(known, Some(at(number)));
    }
    let again = seen.withdrawn_from(id(3), user(3), at(10));
    assert_eq!(again.withdrawals(), seen.withdrawals());
    let mut many = row;
    for number in 4..=30 {
        many = many.withdrawn_from(id(number), user(1), at(number));
    }
    assert_eq!(many.withdrawals().len(), MOST_WITHDRAWN + 1);
    assert_eq!(many.withdrawn_by.len(), MOST_WITHDRAWN + 1);
    let gone = |number| many.withdrawal_of(id(number).as_str()).is_none();
    assert!(gone(9) && !gone(10) && !gone(30), "the oldest went first");
    let mut before = serde_json::to_value(&seen).expect("JSON");
    let fields = before.as_object_mut().expect("an object");
    for name in ["withdrawn_before", "withdrawn_by"] {
        assert!(fields.remove(name).is_some());
    }
    let read: SubscriptionRow = serde_json::from_value(before).expect("a row");
    assert_eq!(read.withdrawals(), [id(3)]);
}

#[test]
fn what_was_taken_back_is_known_until_another_cancellation_is_and_of_its_own_contract_only() {
    let at = Timestamp::from_seconds;
    let copy = |id: &str, cancelled_at: Option<i64>| SubscriptionCopy {
        cancelled_at: cancelled_at.map(at),
        ..copy(id)
    };
    let mut row = SubscriptionRow::of("cus_1".parse().expect("an id"));
    for (id, cancelled_at, taken_back) in [
        ("sub_1", None, None),
        ("sub_1", Some(10), None),
        ("sub_1", None, Some(10)),
        ("sub_1", None, Some(10)),
        ("sub_1", Some(20), Some(10)),
        ("sub_1", None, Some(20)),
        ("sub_2", None, None),
    ] {
        row = row.synced(Some(copy(id, cancelled_at)), at(30));
        let known = (row.cancelled_at, row.taken_back);
        assert_eq!(known, (cancelled_at.map(at), taken_back.map(at)), "{id}");
    }
}

#[test]
fn the_contracts_of_before_stay_named_with_their_last_cancellation_and_a_row_of_before_names_none()
{
    let at = Timestamp::from_seconds;
    let contract = |number: i64, cancelled_at: Option<i64>| SubscriptionCopy {
        cancelled_at: cancelled_at.map(at),
        ..copy(&format!("sub_{number}"))
    };
    let mut row = SubscriptionRow::of("cus_1".parse().expect("an id"));
    for (number, cancelled_at) in [(1, None), (1, Some(10)), (2, None), (3, Some(30))] {
        row = row.synced(Some(contract(number, cancelled_at)), at(20));
    }
    let id = |number: i64| -> SubscriptionId { format!("sub_{number}").parse().expect("an id") };
    assert_eq!(row.former_contracts(), [(id(1), at(10)), (id(2), at(20))]);
    let gone = row.synced(None, at(40));
    assert_eq!(gone.former_contracts().last(), Some(&(id(3), at(30))));
    for number in 4..=30 {
        row = row.synced(Some(contract(number, Some(number * 10))), at(0));
    }
    assert_eq!(row.former_contracts().len(), MOST_BEFORE);
    assert!(row.contracts_before.contains_key("sub_29"));
    assert!(!row.contracts_before.contains_key("sub_2"));
    let mut before = serde_json::to_value(&row).expect("JSON");
    let fields = before.as_object_mut().expect("an object");
    assert!(fields.remove("contracts_before").is_some());
    let read: SubscriptionRow = serde_json::from_value(before).expect("a row");
    assert!(read.former_contracts().is_empty());
}

#[test]
fn what_is_disputed_stays_so_through_every_copy_and_a_row_of_before_has_nothing_disputed() {
    let at = Timestamp::from_seconds;
    let disputed = SubscriptionRow {
        disputes: ["dp_1", "dp_2"].map(str::to_owned).into(),
        ..SubscriptionRow::of("cus_1".parse().expect("an id"))
    };
    let seen = disputed.synced(None, at(1));
    assert_eq!(seen.disputes, disputed.disputes);
    let mut before = serde_json::to_value(&seen).expect("JSON");
    let fields = before.as_object_mut().expect("an object");
    assert!(fields.remove("disputes").is_some());
    let read: SubscriptionRow = serde_json::from_value(before).expect("a row");
    assert!(read.disputes.is_empty());
}

#[test]
fn an_invoice_keeps_its_place_whatever_becomes_of_it() {
    let draft = InvoiceRow {
        id: "in_1".parse().expect("an id"),
        number: None,
        status: InvoiceStatus::Draft,
        total: 2_900,
        amount_paid: None,
        currency: Some("eur".to_owned()),
        page: None,
        made_at: Timestamp::from_seconds(1_800_000_000),
        paid_at: None,
        period_start: None,
        period_end: None,
        returned: None,
        credited: None,
        refunded_at: None,
        refunded: None,
        by_bank: None,
        disputed: None,
        owed: None,
        called_at: None,
    };
    let paid = InvoiceRow {
        number: Some("A-1".to_owned()),
        status: InvoiceStatus::Paid,
        paid_at: Some(Timestamp::from_seconds(1_800_003_600)),
        ..draft.clone()
    };
    assert_eq!(draft.key(), paid.key());
    let newer = InvoiceRow {
        id: "in_0".parse().expect("an id"),
        made_at: Timestamp::from_seconds(1_800_000_001),
        ..draft.clone()
    };
    assert!(draft.key().sk < newer.key().sk);
}

#[test]
fn an_event_is_remembered_for_as_long_as_is_published() {
    let at = Timestamp::from_seconds(1_800_000_000);
    let event = "evt_1".parse().expect("an id");
    let until = StripeEventRow { event, at }.expires_at();
    assert_eq!(until.map(|until| at.until(until)), Some(EVENT_LASTS));
}

#[test]
fn a_workspace_is_looked_at_for_the_first_time_a_day_after_it_was_made() {
    let tenant = TenantId::from_bytes([1; 16]);
    let made_at = Timestamp::from_seconds(1_800_000_000);
    let due = ReconciliationRow::begin(tenant, made_at).due();
    assert_eq!(due.map(|due| due.at), Some(made_at.plus(LOOK_EVERY)));
}
