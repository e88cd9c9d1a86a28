//! What a receiver's side says is obeyed.

use emulator::ses::Report;
use serde_json::{Value, json};
use tests::eventually;

use crate::mail::Spent;

fn rows(spent: &Spent, table: &str, kind: &str) -> Vec<Value> {
    let rows = spent.world.host.aws().dynamodb().dump(table);
    let mut rows = rows.expect("a table");
    rows.retain(|row| row["kind"]["S"] == kind);
    rows
}

async fn report(spent: &Spent, what: Report) {
    let ses = spent.world.host.aws().ses();
    let passed = ses.report(&spent.creator.email, what);
    assert!(passed.expect("there is a mail"), "the rule lets it through");
    spent.world.settled().await;
}

const DAY: i64 = 86_400;

#[tokio::test(flavor = "multi_thread")]
async fn a_bounce_stops_bulk_mail_for_ninety_days_and_marks_the_account() {
    let spent = Spent::start().await;
    let first = spent.tell().await;
    spent.reaches(&first, "sent").await;
    report(&spent, Report::SoftBounce).await;
    assert!(rows(&spent, "sofi-routing", "suppression").is_empty());

    report(&spent, Report::Bounce).await;
    let suppressed = rows(&spent, "sofi-routing", "suppression");
    assert_eq!(suppressed.len(), 1);
    assert!(
        !format!("{suppressed:?}").contains(&spent.creator.email),
        "a keyed hash only"
    );
    let marks = rows(&spent, "sofi-tenant", "mail_trouble");
    assert_eq!(marks.len(), 1);
    assert_eq!(marks[0]["trouble"]["S"], "bounced");
    let me = spent.creator.api.get("/api/v1/me").await.expect(200);
    assert_eq!(me["mail_trouble"]["what"], "bounced", "{me}");

    spent.advance(DAY).await;
    let second = spent.tell().await;
    let row = spent.reaches(&second, "suppressed").await;
    assert_eq!(row["reason"]["S"], "address_bounced");
    spent.advance(90 * DAY).await;
    let third = spent.tell().await;
    spent.reaches(&third, "sent").await;
    assert_eq!(spent.mails(), 2);
    spent.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_stops_bulk_mail_for_good() {
    let spent = Spent::start().await;
    let first = spent.tell().await;
    spent.reaches(&first, "sent").await;
    report(&spent, Report::Complaint).await;
    report(&spent, Report::Complaint).await;
    assert_eq!(rows(&spent, "sofi-routing", "suppression").len(), 1);
    spent.advance(200 * DAY).await;
    let second = spent.tell().await;
    let row = spent.reaches(&second, "suppressed").await;
    assert_eq!(row["reason"]["S"], "address_complained");
    assert_eq!(spent.mails(), 1);
    spent.world.host.stop().await;
}

/// The owner has forgotten the password.
async fn forget(spent: &Spent) {
    let body = json!({ "email": spent.creator.email });
    let api = spent.world.api();
    api.post("/api/v1/password-resets", &body).await.expect(202);
}

/// Links to choose a password that the owner got.
fn links(spent: &Spent) -> usize {
    let mut mails = spent.world.mails_to(&spent.creator.email);
    mails.retain(|mail| {
        let text = mail.text.as_deref();
        text.is_some_and(|text| text.contains("/reset#"))
    });
    mails.len()
}

async fn arrived(spent: &Spent, count: usize) {
    eventually(&format!("{count} links have arrived"), async || {
        (links(spent) == count).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_guards_an_account_goes_in_spite_of_a_complaint_and_a_week_after_a_bounce() {
    let spent = Spent::start().await;
    let first = spent.tell().await;
    spent.reaches(&first, "sent").await;
    report(&spent, Report::Complaint).await;
    forget(&spent).await;
    arrived(&spent, 1).await;

    report(&spent, Report::Bounce).await;
    spent.advance(6 * DAY).await;
    forget(&spent).await;
    spent.world.settled().await;
    assert_eq!(links(&spent), 1, "nothing is tried for a week");
    spent.advance(DAY + 60).await;
    forget(&spent).await;
    arrived(&spent, 2).await;
    spent.world.settled().await;
    assert_eq!(links(&spent), 2, "once, and the one of before never");
    spent.world.host.stop().await;
}
