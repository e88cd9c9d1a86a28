//! Changing the address of an account, and taking the change back.

use serde_json::json;
use tests::{Answer, Api, Authenticator, PASSWORD, World, code_in, token_in};

use crate::access::login;
use crate::alike::recorded;
use crate::journey_access::{api, authenticator, code, log_in};
use crate::passkeys;

const CHANGES: &str = "/api/v1/me/email-changes";
const COMPLETIONS: &str = "/api/v1/me/email-changes/completions";
const REVERSALS: &str = "/api/v1/email-change-reversals";

/// Asks for another address and confirms it with the code of its mail: the session that goes on from there.
pub(crate) async fn change(world: &World, me: &Api, to: &str) -> Api {
    me.post(CHANGES, &json!({ "email": to })).await.expect(202);
    let code = code_in(&world.mail_saying(to, "to use this address").await);
    let completed = me.post(COMPLETIONS, &json!({ "code": code })).await;
    api(world, &completed.expect(201))
}

/// Takes a change back with the newest such link that an address got.
pub(crate) async fn take_back(world: &World, at: &str) -> Answer {
    let token = token_in(&world.mail_saying(at, "/email-undo#").await);
    world
        .api()
        .post(REVERSALS, &json!({ "token": token }))
        .await
}

/// Chooses the usual password with the link that comes with a former address, for the first time it came back.
pub(crate) async fn choose_password(world: &World, at: &str) {
    choose_password_again(world, at, 0).await;
}

/// The same after it had come back so many times before.
async fn choose_password_again(world: &World, at: &str, before: usize) {
    let token = tests::eventually("a link to choose a password arrives", async || {
        let mut mails = world.mails_to(at);
        mails.retain(|mail| {
            let text = mail.text.as_deref();
            text.is_some_and(|text| text.contains("was taken back"))
        });
        mails.get(before).map(token_in)
    })
    .await;
    let body = json!({ "token": token, "password": PASSWORD });
    let path = "/api/v1/password-resets/completions";
    let chosen = world.api().post(path, &body).await;
    assert_eq!(chosen.status, 204, "{}", chosen.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn p26_an_address_changes_once_the_new_one_is_proved_and_is_told_to_both() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let (here, there) = (
        log_in(&world, &email, PASSWORD).await,
        log_in(&world, &email, PASSWORD).await,
    );
    let nothing = here.post(COMPLETIONS, &json!({ "code": "12345678" })).await;
    assert_eq!(nothing.problem(409), "nothing_to_confirm");
    let new = "mira@vale.example";
    let wanted = json!({ "email": new });
    here.post(CHANGES, &wanted).await.expect(202);
    let first = code_in(&world.next_mail(new, 0).await);
    here.post(CHANGES, &wanted).await.expect(202);
    let second = world.next_mail(new, 1).await;
    let former = here.post(COMPLETIONS, &json!({ "code": first })).await;
    assert_eq!(
        former.problem(422),
        "wrong_code",
        "only the latest mail counts"
    );
    login(&world, &email, PASSWORD).await.expect(201);
    let link = json!({ "token": token_in(&second) });
    let elsewhere = world.creator("Eve Planter").await.api;
    assert_eq!(
        elsewhere.post(COMPLETIONS, &link).await.problem(409),
        "nothing_to_confirm",
        "a link counts for the person who asked"
    );
    let before = here;
    let here = before.post(COMPLETIONS, &link).await;
    let cookie = here.cookie("__Host-sofi").map(str::to_owned);
    let fresh = here.expect(201);
    assert_eq!(cookie.as_deref(), fresh["session_token"].as_str());
    assert_eq!(before.get("/api/v1/me").await.status, 401, "this one too");
    let here = api(&world, &fresh);
    let again = here.post(COMPLETIONS, &link).await;
    assert_eq!(again.problem(409), "nothing_to_confirm", "and once");

    let me = here.get("/api/v1/me").await.expect(200);
    assert_eq!(me["email"], new);
    assert_eq!(there.get("/api/v1/me").await.status, 401);
    assert_eq!(
        login(&world, &email, PASSWORD).await.problem(422),
        "wrong_credentials"
    );
    login(&world, new, PASSWORD).await.expect(201);
    world.mail_saying(&email, "/email-undo#").await;
    world.mail_saying(new, "log in with this address").await;

    world.host.advance(time::Duration::minutes(6)).await;
    let late = here.post(CHANGES, &wanted).await;
    assert_eq!(late.problem(403), "step_up_required");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_of_a_change_are_few_and_do_not_wait_for_ever() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let me = log_in(&world, &email, PASSWORD).await;
    let new = "mira@vale.example";
    me.post(CHANGES, &json!({ "email": new })).await.expect(202);
    let right = code_in(&world.next_mail(new, 0).await);
    let wrong = json!({ "code": if right == "00000000" { "00000001" } else { "00000000" } });
    for _ in 0..8 {
        assert_eq!(
            me.post(COMPLETIONS, &wrong).await.problem(422),
            "wrong_code"
        );
    }
    let used_up = me.post(COMPLETIONS, &json!({ "code": right })).await;
    assert_eq!(used_up.problem(409), "code_used_up");
    me.post(CHANGES, &json!({ "email": new })).await.expect(202);
    let code = code_in(&world.next_mail(new, 1).await);
    world.host.advance(time::Duration::hours(49)).await;
    let me = log_in(&world, &email, PASSWORD).await;
    let late = me.post(COMPLETIONS, &json!({ "code": code })).await;
    assert_eq!(late.problem(409), "nothing_to_confirm");
    change(&world, &me, "mira@third.example").await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_mailbox_tells_whether_a_wanted_address_is_taken() {
    let world = World::start().await;
    let taken = world.creator("Somebody Else").await.email;
    let email = world.creator("Mira Vale").await.email;
    let me = log_in(&world, &email, PASSWORD).await;
    let mut seen = Vec::new();
    // The first one warms the process.
    for new in ["first@vale.example", &taken, "free@vale.example"] {
        let wanted = json!({ "email": new });
        let handler = "accounts.begin-email-change";
        let (calls, mut answer) = recorded(&world, &me, handler, CHANGES, wanted).await;
        answer["until"].take();
        let guess = me.post(COMPLETIONS, &json!({ "code": "12345678" })).await;
        seen.push((calls, answer, guess.problem(422)));
    }
    println!("change of address: {:#?}", seen[1].0);
    assert_eq!(seen[1], seen[2]);
    let told = world.mail_saying(&taken, "It already has one").await;
    assert!(!told.text.is_some_and(|text| text.contains("#")), "no link");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_took_an_account_over_loses_it_to_its_former_address() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let intruder = log_in(&world, &email, PASSWORD).await;
    let (second, third) = ("second@intruder.example", "third@intruder.example");
    let intruder = change(&world, &intruder, second).await;
    // The intruder goes on: an authenticator, another address, and one more that waits.
    let secret = intruder.post("/api/v1/me/totp", &json!({})).await;
    let totp = authenticator(&secret.expect(201));
    let first = json!({ "code": code(&world, &totp, -1) });
    intruder.put("/api/v1/me/totp", &first).await.expect(200);
    let mut phone = Authenticator::at(&world.host.url());
    passkeys::add(&intruder, &mut phone, "Spare key")
        .await
        .expect(201);
    let intruder = change(&world, &intruder, third).await;
    let fourth = json!({ "email": "fourth@intruder.example" });
    intruder.post(CHANGES, &fourth).await.expect(202);

    world.host.advance(time::Duration::hours(11)).await;
    intruder.get("/api/v1/me").await.expect(200);
    take_back(&world, &email).await.expect(201);
    assert_eq!(intruder.get("/api/v1/me").await.status, 401);
    let passkey = passkeys::enter(&world, &mut phone).await;
    assert_eq!(passkey.problem(422), "passkey_refused");
    for address in [&email, second, third] {
        let refused = login(&world, address, PASSWORD).await;
        assert_eq!(refused.problem(422), "wrong_credentials");
    }
    let again = take_back(&world, &email).await;
    assert_eq!(again.problem(422), "link_not_valid", "a link works once");
    let own = take_back(&world, second).await;
    assert_eq!(own.problem(422), "link_not_valid", "the intruder's is void");
    choose_password(&world, &email).await;
    let owner = log_in(&world, &email, PASSWORD).await;
    let me = owner.get("/api/v1/me").await.expect(200);
    assert_eq!(me["email"], email.as_str());
    let pending = owner
        .post(COMPLETIONS, &json!({ "code": "12345678" }))
        .await;
    assert_eq!(pending.problem(409), "nothing_to_confirm");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authenticator_from_before_a_change_is_still_asked_for_after_it_was_taken_back() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let me = log_in(&world, &email, PASSWORD).await;
    let secret = me.post("/api/v1/me/totp", &json!({})).await.expect(201);
    let totp = authenticator(&secret);
    let first = json!({ "code": code(&world, &totp, -1) });
    me.put("/api/v1/me/totp", &first).await.expect(200);
    world.host.advance(time::Duration::seconds(60)).await;
    change(&world, &me, "mira@vale.example").await;
    take_back(&world, &email).await.expect(201);
    choose_password(&world, &email).await;
    let asked = login(&world, &email, PASSWORD).await.expect(202);
    assert_eq!(asked["next"], "second_factor");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_final_after_three_days_and_the_first_of_two_links_outlives_the_second() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let (second, third) = ("mira@second.example", "mira@third.example");
    let me = log_in(&world, &email, PASSWORD).await;
    let me = change(&world, &me, second).await;
    change(&world, &me, third).await;
    take_back(&world, second).await.expect(201);
    choose_password(&world, second).await;
    log_in(&world, second, PASSWORD).await;
    let first = token_in(&world.mail_saying(&email, "/email-undo#").await);
    world.host.advance(time::Duration::hours(73)).await;
    for token in [first.as_str(), "x", &first.replace('0', "1")] {
        let late = world
            .api()
            .post(REVERSALS, &json!({ "token": token }))
            .await;
        assert_eq!(late.problem(422), "link_not_valid");
    }

    let mut me = log_in(&world, second, PASSWORD).await;
    for number in 0..5 {
        me = change(&world, &me, &format!("mira@number{number}.example")).await;
    }
    let sixth = json!({ "email": "mira@number6.example" });
    assert_eq!(
        me.post(CHANGES, &sixth).await.problem(409),
        "too_many_changes"
    );
    // Earlier links still work after a later one was used.
    take_back(&world, "mira@number0.example").await.expect(201);
    take_back(&world, second).await.expect(201);
    choose_password_again(&world, second, 1).await;
    log_in(&world, second, PASSWORD).await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_goes_to_the_accounts_own_address_however_somebody_spells_it() {
    let world = World::start().await;
    let email = world.creator("Mike Vale").await.email;
    let resets = "/api/v1/password-resets";
    // The Kelvin sign's lower-case letter is `k`: the text would find the account, and its link another mailbox.
    let other = email.replacen('k', "\u{212A}", 1);
    for (path, body) in [
        (resets, json!({ "email": other })),
        (
            "/api/v1/sessions",
            json!({ "email": other, "password": PASSWORD }),
        ),
    ] {
        let refused = world.api().post(path, &body).await.expect(400);
        assert_eq!(
            refused["field_errors"][0]["code"], "invalid_email",
            "{path}"
        );
    }
    let shouted = email.to_uppercase();
    let asked = world.api().post(resets, &json!({ "email": shouted })).await;
    asked.expect(202);
    world.mail_saying(&email, "/reset#").await;
    assert!(world.mails_to(&shouted).is_empty() && world.mails_to(&other).is_empty());
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_under_a_former_password_is_not_completed() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let wanted = "intruder@example.com";
    creator
        .api
        .post(CHANGES, &json!({ "email": wanted }))
        .await
        .expect(202);
    let code = code_in(&world.mail_saying(wanted, "to use this address").await);
    let reset = json!({ "email": creator.email });
    let resets = "/api/v1/password-resets";
    world.api().post(resets, &reset).await.expect(202);
    let token = token_in(&world.mail_saying(&creator.email, "/reset#").await);
    let body = json!({ "token": token, "password": "another horse altogether" });
    let path = format!("{resets}/completions");
    assert_eq!(world.api().post(&path, &body).await.status, 204);
    let me = log_in(&world, &creator.email, "another horse altogether").await;
    let completed = me.post(COMPLETIONS, &json!({ "code": code })).await;
    assert_eq!(completed.problem(409), "nothing_to_confirm");
    let account = me.get("/api/v1/me").await.expect(200);
    assert_eq!(account["email"], creator.email);
    world.host.stop().await;
}
