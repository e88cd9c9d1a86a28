//! A person closes their account: a login takes that back, and seven days later nothing of it is left but what the certificate
//! says.

use serde_json::{Value, json};
use tests::{PASSWORD, World};

use crate::canary::forms;
use crate::journey_access::{api, log_in, prove};
use crate::journey_account::{COPY, close, enter, erase, frozen};
use crate::journey_closing::{CLOSING, ask, job, over, workspace_of};
use crate::journey_team::colleague;
use crate::journey_tokens::make;

/// Where the team is listed, and where a member leaves it.
const MEMBERS: &str = "/api/v1/workspace/members";
/// What a member reads.
const CONVERSATIONS: &str = "/api/v1/conversations";

/// Rows of every table that a predicate finds, with the table of each.
async fn rows(world: &World, wanted: impl Fn(&Value) -> bool) -> Vec<(String, Value)> {
    let dump = world.control("/dump").await;
    let tables = dump["tables"].as_object().expect("tables").clone();
    let all = tables.into_iter().flat_map(|(table, rows)| {
        let rows = rows.as_array().cloned().unwrap_or_default();
        rows.into_iter().map(move |row| (table.clone(), row))
    });
    all.filter(|(_, row)| wanted(row)).collect()
}

fn is_kind(row: &Value, kind: &str) -> bool {
    row["kind"]["S"] == kind
}

#[tokio::test(flavor = "multi_thread")]
async fn who_alone_owns_a_workspace_is_told_which_and_stays() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let refused = close(&mira.api).await;
    let message = refused.body["message"].as_str().unwrap_or_default();
    assert!(message.contains("Mira Vale"), "{}", refused.body);
    assert_eq!(refused.problem(409), "last_owner_of");
    mira.api.get("/api/v1/me").await.expect(200);

    // A workspace that is being closed needs no owner.
    mira.api.post(CLOSING, &json!({})).await.expect(202);
    close(&mira.api).await.expect(202);
    assert_eq!(mira.api.get("/api/v1/me").await.status, 401);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_opens_nothing_until_a_login_takes_that_back() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let manager = json!({ "role": "manager" });
    let ola = colleague(&world, &mira.api, "Ola Berg", manager).await;
    let other = log_in(&world, &ola.email, PASSWORD).await;
    prove(&ola.api, None).await;
    let token = make(&world, &ola.api, &["read_conversations"], 1).await;
    token.api.get(CONVERSATIONS).await.expect(200);

    let answer = close(&ola.api).await;
    assert!(answer.cookie("__Host-sofi").is_some(), "it is removed");
    let closed = answer.expect(202);
    for (what, former) in [("own", &ola.api), ("other", &other), ("token", &token.api)] {
        assert_eq!(former.get(CONVERSATIONS).await.status, 401, "{what}");
    }
    let mail = world.mail_saying(&ola.email, "your account stays").await;
    let told = mail.text.expect("a text");
    assert!(told.contains("/login"), "{told}");
    let row = frozen(&world).await;
    assert!(row["closes_at"]["N"].is_string(), "{row}");
    assert!(closed["closes_at"].as_str() > closed["closed_at"].as_str());

    let back = enter(&world, &ola.email).await.expect(201);
    assert_eq!(back["account_reopened"], true, "{back}");
    let ola_again = api(&world, &back);
    assert_eq!(
        workspace_of(&ola_again).await,
        workspace_of(&mira.api).await
    );
    let next = enter(&world, &ola.email).await.expect(201);
    assert_eq!(next["account_reopened"], false, "{next}");
    let log = ola_again.get("/api/v1/audit/account").await.expect(200);
    let log = log.to_string();
    assert!(log.contains("account.close") && log.contains("account.reopen"));

    // What is left of the work when its time comes erases nothing.
    erase(&world).await;
    ola_again.get("/api/v1/me").await.expect(200);
    let marks = rows(&world, |row| is_kind(row, "closed")).await;
    assert!(marks.is_empty(), "{marks:?}");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_erased_after_seven_days_and_a_copy_of_its_login_opens_nothing() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let manager = json!({ "role": "manager" });
    let vexx = colleague(&world, &mira.api, "Vexxafirst Vexxalast", manager).await;
    world.settled().await;
    let user = vexx.user.rsplit_once('_').expect("a prefix").1.to_owned();
    let of_user = |row: &Value| row["user"]["S"] == vexx.user.as_str();
    let kept = ["login", "user_login", "account"];
    let copied = rows(&world, |row| {
        of_user(row) && kept.iter().any(|kind| is_kind(row, kind))
    });
    let copy = copied.await;
    assert_eq!(copy.len(), kept.len(), "{copy:?}");

    let usage = json!({ "objected": true });
    vexx.api.put("/api/v1/me/usage", &usage).await.expect(200);
    close(&vexx.api).await.expect(202);
    frozen(&world).await;
    erase(&world).await;
    world.mail_saying(&vexx.email, "signed certificate").await;
    world.settled().await;

    let prefix = format!("T#{user}#");
    let own = rows(&world, |row| {
        let pk = row["pk"]["S"].as_str().unwrap_or_default();
        pk.starts_with(&prefix)
    });
    for (table, row) in own.await {
        let kind = row["kind"]["S"].as_str().unwrap_or_default();
        let stays =
            kind.starts_with("audit_") || ["notice", "erased", "idempotency"].contains(&kind);
        assert!(stays, "{kind} in {table}");
    }
    let gone = [
        "login",
        "user_login",
        "session",
        "user_session",
        "passkeys",
        "member",
    ];
    let left = rows(&world, |row| {
        of_user(row) && gone.iter().any(|kind| is_kind(row, kind))
    });
    let left = left.await;
    assert!(left.is_empty(), "{left:?}");
    let dump = world.control("/dump").await["tables"].to_string();
    for word in ["Vexxafirst", "vexxafirst.vexxalast@example.com"] {
        let stands = forms(word).iter().any(|form| dump.contains(form));
        assert!(!stands && !dump.contains(word), "{word}");
    }
    let team = mira.api.get(MEMBERS).await.expect(200);
    assert_eq!(team["members"].as_array().map(Vec::len), Some(1), "{team}");
    let audit = mira.api.get("/api/v1/audit?action=member.leave").await;
    let audit = audit.expect(200);
    assert_eq!(audit["entries"][0]["actor"], "system", "{audit}");
    let marks = rows(&world, |row| is_kind(row, "closed")).await;
    let certificate = marks[0].1["certificate"]["S"].as_str().expect("signed");
    let certificate: Value = serde_json::from_str(certificate).expect("JSON");
    assert_eq!(certificate["subject"], "account");
    assert_eq!(certificate["deleted"]["keys"]["tenant_key"], 1);
    assert_eq!(certificate["deleted"]["routing"]["login"], 1);
    assert_eq!(certificate["deleted"]["tenant"]["usage_word"], 1);

    let stranger = enter(&world, &vexx.email).await;
    assert_eq!(stranger.problem(422), "wrong_credentials");
    // An older copy of the tables brings the login back.
    let database = world.host.aws().dynamodb().database();
    for (table, row) in copy {
        let put = json!([{ "PutRequest": { "Item": row } }]);
        let request = serde_json::from_value(json!({ "RequestItems": { table: put } }));
        let done = database.batch_write_item(request.expect("a request"));
        assert!(done.expect("it is written").unprocessed_items.is_empty());
    }
    let refused = enter(&world, &vexx.email).await;
    assert_eq!(refused.problem(409), "account_erased");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p25_a_person_gets_what_is_held_of_them_and_nothing_that_opens_anything() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let manager = json!({ "role": "manager" });
    let ola = colleague(&world, &mira.api, "Ola Berg", manager).await;
    let hours = json!({ "from": "22:00", "to": "07:30", "time_zone": "Europe/Berlin" });
    let own = format!("{MEMBERS}/current");
    let quiet = json!({ "quiet_hours": hours });
    ola.api.patch(&own, &quiet).await.expect(200);
    world.host.advance(time::Duration::seconds(301)).await;
    assert_eq!(ola.api.get(COPY).await.problem(403), "step_up_required");

    prove(&ola.api, None).await;
    let token = make(&world, &ola.api, &["read_conversations"], 1).await;
    let copy = ola.api.get(COPY).await.expect(200);
    assert_eq!(copy["id"], ola.user.as_str());
    assert_eq!(copy["name"], "Ola Berg");
    let address = json!({ "email": ola.email, "state": "current", "until": null });
    assert_eq!(copy["addresses"], json!([address]));
    let member = &copy["memberships"][0];
    assert_eq!(member["workspace_id"], workspace_of(&mira.api).await);
    assert_eq!(member["role"], "manager");
    assert_eq!(member["quiet_hours"], "22:00 07:30 Europe/Berlin");
    let accepted = copy["agreements"].as_array().map(Vec::len);
    assert_eq!(accepted, Some(2), "{copy}");
    let sessions = copy["sessions"].as_array().expect("a list");
    let of_token = |one: &&Value| one["token_of"].is_string();
    assert_eq!(sessions.iter().filter(of_token).count(), 1, "{copy}");
    let text = copy.to_string();
    for secret in [
        token.secret.as_str(),
        PASSWORD,
        "mira.vale",
        "hash",
        "argon2",
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_owners_do_not_leave_a_workspace_alone_whatever_they_do_at_once() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    prove(&mira.api, None).await;
    let owner = json!({ "role": "owner" });
    let otto = colleague(&world, &mira.api, "Otto Lind", owner).await;
    let (one, two) = tokio::join!(close(&mira.api), close(&otto.api));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [202, 409], "{} {}", one.body, two.body);

    // Nor does the other leave to somebody who goes.
    let stays = match one.status {
        409 => &mira.api,
        _ => &otto.api,
    };
    let refused = stays.delete(&format!("{MEMBERS}/current")).await;
    assert_eq!(refused.problem(409), "last_owner");
    assert_eq!(close(stays).await.problem(409), "last_owner_of");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_after_the_seven_days_comes_too_late() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let analyst = json!({ "role": "analyst" });
    let ana = colleague(&world, &mira.api, "Ana Holt", analyst).await;
    close(&ana.api).await.expect(202);
    let row = frozen(&world).await;
    world.host.advance(time::Duration::days(7)).await;
    // The sweep may have it erased by now.
    let late = enter(&world, &ana.email).await;
    assert!([409, 422].contains(&late.status), "{}", late.body);
    ask(&world, &job(&row));
    over(&world).await;
    let later = enter(&world, &ana.email).await;
    assert_eq!(later.problem(422), "wrong_credentials");
    world.host.stop().await;
}
