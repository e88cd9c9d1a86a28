use super::super::tell;
use super::*;
use crate::head::tests::{OWNER, copy};
use crate::mails;
use domain::billing::SubscriptionStatus;
use domain::ids::UserId;
use mail::Amount;
use serde_json::json;
use stripe::objects::Invoice;

const BOUGHT: i64 = 1_795_456_800;
const DECLARED: Timestamp = Timestamp::from_seconds(BOUGHT + 3_600);
const NOW: Timestamp = Timestamp::from_seconds(BOUGHT + 90_000);

/// The row of a contract in this state, and whether it was withdrawn from.
fn row(status: SubscriptionStatus, is_withdrawn: bool) -> SubscriptionRow {
    let bought = SubscriptionRow::of("cus_1".parse().expect("an id"));
    let bought = bought.synced(Some(copy(status, BOUGHT)), DECLARED);
    match is_withdrawn {
        true => bought.withdrawn_from("sub_1".parse().expect("an id"), OWNER, DECLARED),
        false => bought,
    }
}

fn invoice(contract: &str, status: &str) -> Invoice {
    let paid = if status == "paid" { 2_900 } else { 0 };
    let value = json!({ "id": "in_1", "customer": "cus_1", "subscription": contract, "status": status,
        "amount_paid": paid, "currency": "eur", "created": BOUGHT });
    Invoice::read(&value).expect("an invoice")
}

#[test]
fn only_what_was_withdrawn_from_and_still_goes_on_is_ended() {
    let (active, over) = (SubscriptionStatus::Active, SubscriptionStatus::Canceled);
    assert!(to_end(&row(active.clone(), true)).is_some());
    assert!(to_end(&row(active, false)).is_none());
    assert!(to_end(&row(over, true)).is_none());
}

#[test]
fn a_payment_for_what_was_withdrawn_from_is_owed_until_it_was_given_back_even_after_another_purchase()
 {
    let owed = |row: &SubscriptionRow, contract: &str, status: &str, refunded_at| {
        let invoice = invoice(contract, status);
        let mut stored = tell::row(&invoice).expect("a row");
        stored.refunded_at = refunded_at;
        let bill = Bill {
            invoice: &invoice,
            row: stored,
            known: None,
        };
        owed_since(row, &bill).is_some()
    };
    let withdrawn = row(SubscriptionStatus::Canceled, true);
    assert!(owed(&withdrawn, "sub_1", "paid", None));
    assert!(!owed(&withdrawn, "sub_1", "paid", Some(NOW)));
    assert!(!owed(&withdrawn, "sub_1", "open", None));
    assert!(!owed(&withdrawn, "sub_2", "paid", None));
    let kept = row(SubscriptionStatus::Canceled, false);
    assert!(!owed(&kept, "sub_1", "paid", None));
    let newer = SubscriptionCopy {
        id: "sub_2".parse().expect("an id"),
        ..copy(SubscriptionStatus::Active, BOUGHT)
    };
    let bought_again = withdrawn.synced(Some(newer), NOW);
    assert!(owed(&bought_again, "sub_1", "paid", None));
    assert!(!owed(&bought_again, "sub_2", "paid", None));
}

/// What is told of a contract of which one invoice was paid, given back or not.
fn told(
    row: &SubscriptionRow,
    is_given: bool,
    before: Option<&str>,
    now: Timestamp,
) -> Option<Tell> {
    let invoice = invoice("sub_1", "paid");
    let mut stored = tell::row(&invoice).expect("a row");
    stored.refunded_at = is_given.then_some(NOW);
    let bill = Bill {
        invoice: &invoice,
        row: stored,
        known: None,
    };
    let id = NoticeId::parse("withdrawal-sub_1").expect("an id");
    let known = before.map(|template| (id.clone(), notice(id, template)));
    let known = known.into_iter().collect();
    let tells = super::tell(row, row.copy().as_slice(), &[bill], &known, now).expect("a name");
    tells.into_iter().map(|(_, tell)| tell).next()
}

#[test]
fn a_payment_that_arrives_after_the_confirmation_is_told_once_as_one_that_goes_back() {
    let left = row(SubscriptionStatus::Canceled, true);
    let at = |hours: i64| Timestamp::from_seconds(DECLARED.seconds() + hours * 3_600);
    let told = |paid: i64, given: Option<i64>, known: &[(&str, &str)], now: i64| {
        let invoice = invoice("sub_1", "paid");
        let mut stored = tell::row(&invoice).expect("a row");
        stored.paid_at = Some(at(paid));
        stored.refunded_at = given.map(at);
        let bill = Bill {
            invoice: &invoice,
            row: stored,
            known: None,
        };
        let known = known.iter().map(|(name, template)| {
            let id = NoticeId::parse(name).expect("an id");
            (id.clone(), notice(id, template))
        });
        let known = known.collect();
        let copy = left.copy();
        let tells = super::tell(&left, copy.as_slice(), &[bill], &known, at(now));
        let tells = tells.expect("names").into_iter();
        let named = tells.map(|(_, tell)| (tell.id.to_string(), tell.template.kind()));
        named.collect::<Vec<_>>()
    };
    let returned = || vec![("returned-in_1".to_owned(), "payment_returned")];
    // The notices of these tests were written with the declaration.
    let confirmed = ("withdrawal-sub_1", "withdrawal_receipt");
    let owed = ("withdrawal-sub_1", Template::WITHDRAWAL_OWED);
    let made = ("refund-sub_1", "refund_made");
    assert_eq!(told(2, Some(3), &[confirmed], 3), returned());
    assert_eq!(told(2, Some(3), &[owed, made], 3), returned());
    let waits = told(2, Some(3), &[owed], 3);
    assert_eq!(waits, [("refund-sub_1".to_owned(), "refund_made")]);
    let again = [confirmed, ("returned-in_1", "payment_returned")];
    for (paid, given, known, now) in [
        (2, None, &[confirmed][..], 3),
        (-1, Some(3), &[confirmed][..], 3),
        (2, Some(3), &again[..], 4),
        (2, Some(3), &[confirmed][..], 3 + 60 * 24),
    ] {
        let tells = told(paid, given, known, now);
        assert!(tells.is_empty(), "{paid} {given:?} {now}");
    }
}

fn notice(id: NoticeId, template: &str) -> NoticeRow {
    mails::tests::notice(id, template, DECLARED)
}

#[test]
fn a_withdrawal_is_confirmed_with_the_moment_of_its_declaration_and_only_once_it_is_over() {
    let over = SubscriptionStatus::Canceled;
    let left = row(over.clone(), true);
    let tell = told(&left, true, None, NOW).expect("it is told");
    assert_eq!(tell.id.to_string(), "withdrawal-sub_1");
    let Template::WithdrawalReceipt { at, refund, .. } = tell.template else {
        panic!("another mail");
    };
    let expected = Amount {
        minor: 2_900,
        currency: "eur".to_owned(),
    };
    assert_eq!((at, refund), (DECLARED, Some(expected)));
    assert!(told(&row(over, false), true, None, NOW).is_none());
    let goes_on = row(SubscriptionStatus::Active, true);
    assert!(told(&goes_on, true, None, NOW).is_none());
    let long_after = DECLARED.plus(RECEIPT_AFTER);
    assert!(told(&left, true, None, long_after).is_none());
}

#[test]
fn what_is_owed_still_is_said_to_be_and_told_again_once_it_goes_back() {
    let left = row(SubscriptionStatus::Canceled, true);
    let kind = |is_given, before| {
        let tell = told(&left, is_given, before, NOW);
        tell.map(|tell| (tell.id.to_string(), tell.template.kind()))
    };
    let (owed, receipt) = (Template::WITHDRAWAL_OWED, "withdrawal_receipt");
    let first = Some(("withdrawal-sub_1".to_owned(), owed));
    assert_eq!(kind(false, None), first);
    assert_eq!(kind(false, Some(owed)), None);
    let declared = Template::WITHDRAWAL_DECLARED;
    assert_eq!(kind(false, Some(declared)), None);
    let second = Some(("refund-sub_1".to_owned(), "refund_made"));
    assert_eq!(kind(true, Some(owed)), second);
    assert_eq!(kind(true, Some(declared)), second);
    assert_eq!(kind(true, Some(receipt)), None, "it was told at once");
    assert_eq!(kind(false, Some(receipt)), None);
}

/// What is told of a bill of which this is known, after a confirmation that said so.
fn settled(before: &str, returned: &Returned) -> Vec<(String, &'static str)> {
    let invoice = invoice("sub_1", "paid");
    let mut stored = tell::row(&invoice).expect("a row");
    returned.note(&mut stored, NOW);
    let bill = Bill {
        invoice: &invoice,
        row: stored,
        known: None,
    };
    let id = NoticeId::parse("withdrawal-sub_1").expect("an id");
    let known = [(id.clone(), notice(id, before))].into();
    let row = row(SubscriptionStatus::Canceled, true);
    let tells = super::tell(&row, row.copy().as_slice(), &[bill], &known, NOW);
    let tells = tells.expect("names").into_iter();
    let named = tells.map(|(_, tell)| (tell.id.to_string(), tell.template.kind()));
    named.collect()
}

#[test]
fn what_a_bank_decided_is_told_once_it_has_and_who_paid_it_back() {
    let waits = Template::WITHDRAWAL_DISPUTED;
    let open = Returned {
        disputed: 2_900,
        ..Returned::default()
    };
    assert!(settled(waits, &open).is_empty());
    let lost = Returned {
        by_bank: 2_900,
        ..Returned::default()
    };
    let told = |kind| vec![("refund-sub_1".to_owned(), kind)];
    assert_eq!(settled(waits, &lost), told("refunded_by_bank"));
    let won = Returned {
        given: 2_900,
        ..Returned::default()
    };
    assert_eq!(settled(waits, &won), told("refund_made"));
    assert!(settled("withdrawal_receipt", &lost).is_empty());
}

#[test]
fn an_earlier_withdrawal_is_told_of_as_well_as_the_last_one() {
    let second: SubscriptionId = "sub_2".parse().expect("an id");
    let other = UserId::from_bytes([3; 16]);
    let row = row(SubscriptionStatus::Canceled, true).withdrawn_from(second, other, NOW);
    let invoice = invoice("sub_1", "paid");
    let mut stored = tell::row(&invoice).expect("a row");
    stored.refunded_at = Some(NOW);
    let bill = Bill {
        invoice: &invoice,
        row: stored,
        known: None,
    };
    assert_eq!(ids(&row, &[]).expect("names").len(), 4);
    let id = NoticeId::parse("withdrawal-sub_1").expect("an id");
    let known = [(id.clone(), notice(id, Template::WITHDRAWAL_OWED))].into();
    let tells = super::tell(&row, &[], &[bill], &known, NOW).expect("names");
    let named = tells.iter().map(|(to, tell)| (*to, tell.id.to_string()));
    let named: Vec<_> = named.collect();
    assert_eq!(named, [(Some(OWNER), "refund-sub_1".to_owned())]);
}

#[test]
fn a_withdrawal_that_was_cut_off_is_confirmed_to_who_declared_it_after_another_purchase_too() {
    let left = row(SubscriptionStatus::Canceled, true);
    let newer = SubscriptionCopy {
        id: "sub_2".parse().expect("an id"),
        ..copy(SubscriptionStatus::Active, BOUGHT)
    };
    let bought = [newer.clone(), left.copy().expect("a copy")];
    let again = left.synced(Some(newer), NOW);
    let tells = super::tell(&again, &bought, &[], &BTreeMap::new(), NOW).expect("names");
    let named = tells.iter().map(|(to, tell)| (*to, tell.id.to_string()));
    let named: Vec<_> = named.collect();
    assert_eq!(named, [(Some(OWNER), "withdrawal-sub_1".to_owned())]);
}

#[test]
fn a_person_is_called_once_for_a_contract_and_again_after_a_week() {
    let contract: SubscriptionId = "sub_1".parse().expect("an id");
    let invoice = invoice("sub_1", "paid");
    let stored = |owed| {
        let mut stored = tell::row(&invoice).expect("a row");
        stored.owed = Some(owed);
        stored
    };
    let mut bills = [2_900, 700, 0].map(|owed| Bill {
        invoice: &invoice,
        row: stored(owed),
        known: None,
    });
    let called = |bills: &[Bill<'_>], now| {
        let called = bills.iter().filter(|bill| bill.row.called_at == Some(now));
        called.count()
    };
    mark_call(&contract, &mut bills, NOW);
    assert_eq!(called(&bills, NOW), 1);
    let later = NOW.plus(Duration::from_secs(6 * 86_400));
    mark_call(&contract, &mut bills, later);
    assert_eq!(called(&bills, later), 0);
    let week = NOW.plus(CALL_EVERY);
    mark_call(&contract, &mut bills, week);
    assert_eq!(called(&bills, week), 1);
    bills[0].row.owed = Some(0);
    bills[1].row.owed = Some(0);
    let done = week.plus(CALL_EVERY);
    mark_call(&contract, &mut bills, done);
    assert_eq!(called(&bills, done), 0);
}
