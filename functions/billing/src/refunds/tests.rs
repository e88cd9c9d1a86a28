use super::*;
use crate::invoices::tests::invoice as stored;
use serde_json::json;

const DECLARED: Timestamp = Timestamp::from_seconds(1_795_456_800);

fn invoice(id: &str, contract: &str, status: &str, paid: i64) -> Invoice {
    let value = json!({ "id": id, "subscription": contract, "status": status,
        "amount_paid": paid, "currency": "usd" });
    Invoice::read(&value).expect("an invoice")
}

fn refund(amount: i64, status: &str, after: i64) -> Refund {
    let created = DECLARED.seconds() + after;
    let value = json!({ "id": "re_1", "amount": amount, "status": status, "created": created });
    Refund::read(&value).expect("a refund")
}

fn dispute(amount: i64, status: &str) -> Dispute {
    let value = json!({ "id": "dp_1", "amount": amount, "status": status });
    Dispute::read(&value).expect("a dispute")
}

/// What became of a bill of 29 of which this is known at Stripe: given, by a bank, disputed and owed.
fn sums(refunds: &[Refund], disputes: &[Dispute]) -> (i64, i64, i64, i64) {
    let mut moved = Moved::default();
    moved.count(refunds, disputes, DECLARED);
    let found = moved.of(&invoice("in_1", "sub_1", "paid", 2_900));
    (found.given, found.by_bank, found.disputed, found.owed)
}

#[test]
fn only_what_was_paid_for_the_contract_is_given_back() {
    let all = [
        invoice("in_1", "sub_1", "paid", 2_900),
        invoice("in_2", "sub_1", "paid", 700),
        invoice("in_3", "sub_1", "paid", 0),
        invoice("in_4", "sub_1", "open", 0),
        invoice("in_5", "sub_2", "paid", 9_900),
    ];
    let ids: Vec<_> = paid(&all, "sub_1")
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(ids, ["in_1", "in_2"]);
    assert!(paid(&all, "sub_3").is_empty());
}

#[test]
fn what_was_refunded_by_hand_before_the_withdrawal_is_not_counted_again() {
    let before = refund(900, "succeeded", -3_600);
    let ours = refund(2_000, "pending", 1);
    assert_eq!(sums(&[ours, before.clone()], &[]), (2_000, 0, 0, 0));
    let all = refund(2_900, "succeeded", -3_600);
    assert_eq!(sums(&[all], &[]), (0, 0, 0, 0));
    assert_eq!(sums(&[before], &[]), (0, 0, 0, 2_000));
    // By a clock that is a little late.
    let ours = refund(2_900, "succeeded", -2);
    assert_eq!(sums(&[ours], &[]), (2_900, 0, 0, 0));
}

#[test]
fn what_went_back_before_anybody_withdrew_is_known_whoever_gave_it_back() {
    let gone = |refunds: &[Refund], disputes: &[Dispute]| {
        let mut moved = Moved::default();
        moved.count(refunds, disputes, Timestamp::default());
        moved.gone(&invoice("in_1", "sub_1", "paid", 2_900)).money
    };
    assert_eq!(gone(&[], &[]), 0);
    let by_hand = || refund(900, "succeeded", 0);
    let failed = refund(2_000, "failed", 0);
    assert_eq!(gone(&[by_hand(), failed], &[]), 900);
    assert_eq!(gone(&[], &[dispute(2_900, "needs_response")]), 0);
    // A bank may take what had gone back before, and no more than was paid can go.
    for taken in [2_000, 2_900] {
        assert_eq!(gone(&[by_hand()], &[dispute(taken, "lost")]), 2_900);
    }
}

#[test]
fn a_refund_that_failed_gave_nothing_back_and_one_of_a_persons_hand_did() {
    let failed = refund(2_900, "failed", 5);
    assert_eq!(sums(std::slice::from_ref(&failed), &[]), (0, 0, 0, 2_900));
    let by_hand = refund(2_900, "succeeded", 86_400);
    assert_eq!(sums(&[failed, by_hand], &[]), (2_900, 0, 0, 0));
}

#[test]
fn what_a_bank_decides_on_is_not_owed_what_it_took_is_not_given_twice_and_what_it_left_is_owed() {
    for status in ["needs_response", "under_review"] {
        assert_eq!(sums(&[], &[dispute(2_900, status)]), (0, 0, 2_900, 0));
    }
    assert_eq!(sums(&[], &[dispute(2_900, "lost")]), (0, 2_900, 0, 0));
    assert_eq!(sums(&[], &[dispute(900, "lost")]), (0, 900, 0, 2_000));
    let won = dispute(2_900, "won");
    assert_eq!(sums(&[], std::slice::from_ref(&won)), (0, 0, 0, 2_900));
    let given = refund(2_900, "succeeded", 86_400);
    assert_eq!(sums(&[given], &[won]), (2_900, 0, 0, 0));
}

#[test]
fn a_dispute_that_only_stripe_sees_keeps_what_is_left_from_being_owed() {
    let moved = Moved {
        is_withheld: true,
        ..Moved::default()
    };
    let found = moved.of(&invoice("in_1", "sub_1", "paid", 2_900));
    assert_eq!((found.disputed, found.owed), (2_900, 0));
}

fn note(outside: i64, balance: i64, after: i64) -> CreditNote {
    CreditNote {
        id: "cn_1".to_owned(),
        is_issued: true,
        outside,
        balance,
        created: Some(Timestamp::from_seconds(DECLARED.seconds() + after)),
    }
}

#[test]
fn what_went_back_outside_of_stripe_counts_from_the_withdrawal_on_and_is_owed_no_more_before_it() {
    let sums = |outside: i64, after: i64| {
        let mut moved = Moved::default();
        moved.count_notes(Some(&[note(outside, 0, after)]), DECLARED);
        let found = moved.of(&invoice("in_1", "sub_1", "paid", 2_900));
        (found.given, found.owed, found.is_done())
    };
    assert_eq!(sums(2_900, 3_600), (2_900, 0, true));
    assert_eq!(sums(900, 3_600), (900, 2_000, false));
    assert_eq!(sums(2_900, -3_600), (0, 0, true));
}

#[test]
fn what_was_credited_to_the_balance_is_no_money_that_went_back() {
    let mut moved = Moved::default();
    moved.count_notes(Some(&[note(0, 2_900, 3_600)]), DECLARED);
    let found = moved.of(&invoice("in_1", "sub_1", "paid", 2_900));
    assert_eq!((found.given, found.owed), (0, 2_900));
}

/// Whether Stripe is asked to refund a bill of 29 of which so much is credited, by these notes; what is given, and what is owed.
fn withdrawn(credited: i64, notes: Option<&[CreditNote]>) -> (bool, i64, i64) {
    let bill = Invoice {
        credited,
        ..invoice("in_1", "sub_1", "paid", 2_900)
    };
    let mut moved = Moved::default();
    moved.count_notes(notes, DECLARED);
    let found = moved.of(&bill);
    (is_left(&bill, notes), found.given, found.owed)
}

#[test]
fn where_a_part_was_credited_to_the_balance_stripe_refunds_nothing_and_everything_is_owed() {
    let balance = [note(0, 900, -3_600)];
    assert_eq!(withdrawn(900, Some(&balance)), (false, 0, 2_900));
}

#[test]
fn where_a_part_went_back_outside_stripe_refunds_nothing_and_the_rest_is_owed() {
    let outside = [note(900, 0, -3_600)];
    assert_eq!(withdrawn(900, Some(&outside)), (false, 0, 2_000));
    // A note of which a refund came is no such part, nor is one that is void.
    let refunded = note(0, 0, -3_600);
    let void = CreditNote {
        is_issued: false,
        ..note(900, 900, -3_600)
    };
    let notes = [refunded, void];
    assert_eq!(withdrawn(900, Some(&notes)), (true, 0, 2_900));
    assert_eq!(withdrawn(0, Some(&[])), (true, 0, 2_900));
}

#[test]
fn notes_that_our_key_may_not_read_are_refunded_by_nobody_and_settle_what_they_credit_in_whole() {
    assert_eq!(withdrawn(2_900, None), (false, 2_900, 0));
    assert_eq!(withdrawn(900, None), (false, 0, 2_900));
}

#[test]
fn a_refund_by_hand_and_credit_notes_are_each_counted_once_and_as_what_they_are() {
    let gone = |refunds: &[Refund], notes: &[CreditNote]| {
        let mut moved = Moved::default();
        moved.count(refunds, &[], Timestamp::default());
        moved.count_notes(Some(notes), Timestamp::default());
        let gone = moved.gone(&invoice("in_1", "sub_1", "paid", 2_900));
        (gone.money, gone.credited)
    };
    let by_hand = || refund(900, "succeeded", 0);
    // One that made this refund has neither sum.
    assert_eq!(gone(&[by_hand()], &[note(0, 0, 0)]), (900, 0));
    assert_eq!(gone(&[by_hand()], &[note(500, 0, 0)]), (1_400, 0));
    assert_eq!(gone(&[by_hand()], &[note(0, 500, 0)]), (900, 500));
    let void = CreditNote {
        is_issued: false,
        ..note(500, 500, 0)
    };
    assert_eq!(gone(&[], &[void]), (0, 0));
    // No more is given back than was paid.
    assert_eq!(gone(&[by_hand()], &[note(2_900, 900, 0)]), (2_900, 0));
}

#[test]
fn what_is_noted_at_a_bill_is_read_again_and_a_row_of_before_gave_everything_back() {
    let bill = invoice("in_1", "sub_1", "paid", 2_900);
    let mut row = stored("in_1", domain::billing::InvoiceStatus::Paid, DECLARED);
    assert_eq!(Returned::of(&bill, &row).owed, 2_900);
    let found = Returned {
        given: 900,
        by_bank: 500,
        disputed: 1_500,
        owed: 0,
        currency: Some("usd".to_owned()),
    };
    found.note(&mut row, DECLARED);
    assert_eq!(Returned::of(&bill, &row), found);
    assert_eq!(row.refunded_at, None, "a bank decides on a part");
    let done = Returned {
        disputed: 0,
        ..found
    };
    done.note(&mut row, DECLARED);
    assert_eq!(row.refunded_at, Some(DECLARED));
    assert_eq!(Returned::of(&bill, &row), done);
    row.refunded = None;
    assert_eq!(Returned::of(&bill, &row).given, 2_900);
}

#[test]
fn what_may_not_be_listed_holds_up_no_withdrawal_and_a_stripe_that_fails_is_asked_again() {
    let hidden = unless_hidden::<Refund>(Err(StripeError::Unauthorized { status: 403 }));
    assert!(hidden.is_ok_and(|listed| listed.is_empty()));
    let failing = unless_hidden::<Refund>(Err(StripeError::Failing { status: 503 }));
    assert!(failing.is_err());
    let listed = unless_hidden(Ok(vec![refund(900, "succeeded", 1)]));
    assert_eq!(listed.map(|listed| listed.len()).ok(), Some(1));
}

#[test]
fn a_payment_keeps_its_key_wherever_it_stands_in_the_list() {
    let of = |payments: [&str; 2]| {
        payments.map(|id| {
            let payment = Payment::Intent(id.to_owned());
            key("in_1", &payment).expect("a key").as_str().to_owned()
        })
    };
    let [one, two] = of(["pi_1", "pi_2"]);
    assert_ne!(one, two);
    assert_eq!(of(["pi_2", "pi_1"]), [two, one]);
}

#[test]
fn a_confirmation_never_says_of_what_was_refused_or_is_disputed_that_it_is_on_its_way() {
    let all = |given, by_bank, disputed, owed| Returned {
        given,
        by_bank,
        disputed,
        owed,
        currency: None,
    };
    let kind = |returned: Returned| returned.confirmed(Plan::Creator, DECLARED).kind();
    assert_eq!(kind(all(3_600, 0, 0, 0)), "withdrawal_receipt");
    assert_eq!(kind(all(0, 0, 0, 0)), "withdrawal_receipt");
    assert_eq!(kind(all(0, 2_900, 0, 0)), "withdrawal_receipt");
    assert_eq!(kind(all(0, 0, 0, 2_900)), Template::WITHDRAWAL_OWED);
    assert_eq!(kind(all(0, 0, 2_900, 700)), Template::WITHDRAWAL_DISPUTED);
    let partly = all(2_900, 0, 0, 700).confirmed(Plan::Creator, DECLARED);
    let Template::WithdrawalOwed { owed, refund, .. } = partly else {
        panic!("another mail");
    };
    let refund = refund.map(|refund| refund.minor);
    assert_eq!((owed.minor, refund), (700, Some(2_900)));
}

#[test]
fn only_what_stripe_refuses_for_good_is_left_to_a_person() {
    let invalid = StripeError::Invalid {
        status: 400,
        code: None,
        param: None,
    };
    for error in [
        invalid,
        StripeError::Gone { param: None },
        StripeError::Unauthorized { status: 403 },
    ] {
        assert!(is_final(&error), "{error:?}");
    }
    for error in [
        StripeError::Failing { status: 503 },
        StripeError::UnderWay,
        StripeError::Unauthorized { status: 401 },
        StripeError::Unreadable,
    ] {
        assert!(!is_final(&error), "{error:?}");
    }
    for (status, is_taken) in [
        ("warning_needs_response", true),
        ("won", true),
        ("needs_response", false),
        ("lost", false),
    ] {
        assert_eq!(is_refundable(&status.into()), is_taken, "{status}");
    }
}
