//! Teams: who may join, what each role and each data scope opens, and that a right that was taken is gone at once.

use serde_json::json;
use tests::{Bot, Creator, PASSWORD, World};

use crate::journey_access::{log_in, prove};
use crate::journey_team::{accept, colleague, invite, newcomer, path};

const MEMBERS: &str = "/api/v1/workspace/members";
const INVITATIONS: &str = "/api/v1/workspace/invitations";

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_good_for_its_address_once_and_in_its_time() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let (ana, email) = newcomer(&world, "Ana Holt").await;
    let (eve, _) = newcomer(&world, "Eve Rook").await;
    assert_eq!(
        ana.get("/api/v1/bots").await.status,
        404,
        "no workspace yet"
    );
    let offer = json!({ "role": "chatter" });
    let token = invite(&world, &mira.api, &email, offer.clone()).await;
    let again = json!({ "email": email.to_uppercase(), "role": "chatter" });
    let twice = mira.api.post(INVITATIONS, &again).await;
    assert_eq!(twice.problem(409), "already_invited");

    assert_eq!(accept(&eve, &token).await.problem(422), "other_address");
    assert_eq!(accept(&ana, "A").await.status, 404);
    let listed = mira.api.get(INVITATIONS).await.expect(200);
    let id = listed["invitations"][0]["id"].as_str().expect("an id");
    let back = mira.api.delete(&format!("{INVITATIONS}/{id}")).await;
    assert_eq!(back.status, 204);
    assert_eq!(accept(&ana, &token).await.status, 404, "taken back");

    let token = invite(&world, &mira.api, &email, offer).await;
    let joined = accept(&ana, &token).await.expect(201);
    assert_eq!(
        (&joined["name"], &joined["role"]),
        (&json!("Mira Vale"), &json!("chatter"))
    );
    assert_eq!(accept(&ana, &token).await.status, 404, "works once");
    ana.get("/api/v1/bots").await.expect(200);
    let connecting = ana.post("/api/v1/bots", &json!({ "token": "x" })).await;
    assert_eq!(connecting.problem(403), "role_too_low");
    let known = mira.api.post(INVITATIONS, &again).await;
    assert_eq!(known.problem(409), "already_member");

    let (ben, email) = newcomer(&world, "Ben Ash").await;
    let late = invite(&world, &mira.api, &email, json!({ "role": "analyst" })).await;
    drop(ben);
    world.host.advance(time::Duration::days(7)).await;
    let ben = log_in(&world, &email, PASSWORD).await;
    assert_eq!(accept(&ben, &late).await.status, 404, "too late");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_more_than_eight_invitations_in_a_day_whoever_sends_them() {
    let world = World::start().await;
    let creators = [
        world.creator("Mira Vale").await,
        world.creator("Eve Rook").await,
    ];
    let (_, known) = newcomer(&world, "Ana Holt").await;
    for email in [known.as_str(), "nobody.yet@example.com"] {
        let offer = json!({ "email": email, "role": "chatter" });
        for creator in &creators {
            for _ in 0..4 {
                let sent = creator.api.post(INVITATIONS, &offer).await.expect(201);
                let id = sent["id"].as_str().expect("an id");
                let back = creator.api.delete(&format!("{INVITATIONS}/{id}")).await;
                assert_eq!(back.status, 204, "{}", back.body);
            }
        }
        let shouted = json!({ "email": email.to_uppercase(), "role": "chatter" });
        for creator in &creators {
            let refused = creator.api.post(INVITATIONS, &shouted).await;
            assert_eq!(refused.problem(429), "rate_limited");
        }
    }
    let other = json!({ "email": "another@example.com", "role": "chatter" });
    creators[0].api.post(INVITATIONS, &other).await.expect(201);
    world.host.advance(time::Duration::hours(24)).await;
    let later = log_in(&world, &creators[1].email, PASSWORD).await;
    let again = json!({ "email": known, "role": "chatter" });
    later.post(INVITATIONS, &again).await.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_sent_away_opens_no_door_behind_them() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let manager = json!({ "role": "manager" });
    let ola = colleague(&world, &mira.api, "Ola Berg", manager).await;
    let (ana, email) = newcomer(&world, "Ana Holt").await;
    let token = invite(&world, &ola.api, &email, json!({ "role": "chatter" })).await;
    prove(&mira.api, None).await;
    assert_eq!(mira.api.delete(&path(&ola)).await.status, 204);
    assert_eq!(accept(&ana, &token).await.status, 404);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_was_made_less_makes_no_owner_by_an_invitation_of_before() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    prove(&mira.api, None).await;
    let ola = colleague(&world, &mira.api, "Ola Berg", json!({ "role": "owner" })).await;
    let (ana, of_ana) = newcomer(&world, "Ana Holt").await;
    let (ben, of_ben) = newcomer(&world, "Ben Ash").await;
    prove(&ola.api, None).await;
    let high = invite(&world, &ola.api, &of_ana, json!({ "role": "owner" })).await;
    let low = invite(&world, &ola.api, &of_ben, json!({ "role": "chatter" })).await;
    prove(&mira.api, None).await;
    let manager = json!({ "role": "manager" });
    mira.api.patch(&path(&ola), &manager).await.expect(200);
    assert_eq!(accept(&ana, &high).await.status, 404);
    let joined = accept(&ben, &low).await.expect(201);
    assert_eq!(joined["role"], "chatter", "what a manager may still give");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_was_taken_is_gone_everywhere_at_once() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let manager = json!({ "role": "manager" });
    let ola = colleague(&world, &mira.api, "Ola Berg", manager).await;
    let other = log_in(&world, &ola.email, PASSWORD).await;
    let lower = json!({ "email": "x@example.com", "role": "manager" });
    let refused = ola.api.post(INVITATIONS, &lower).await;
    assert_eq!(refused.problem(403), "role_too_low");
    let change = json!({ "role": "analyst" });
    assert_eq!(
        ola.api.patch(&path(&ola), &change).await.problem(403),
        "role_too_low"
    );

    prove(&mira.api, None).await;
    mira.api.patch(&path(&ola), &change).await.expect(200);
    for former in [&ola.api, &other] {
        assert_eq!(former.get("/api/v1/me").await.status, 401);
    }
    world.mail_saying(&ola.email, "analyst").await;
    let now = log_in(&world, &ola.email, PASSWORD).await;
    assert_eq!(now.get("/api/v1/audit").await.problem(403), "role_too_low");
    now.get(MEMBERS).await.expect(200);

    let leaving = mira.api.delete("/api/v1/workspace/members/current").await;
    assert_eq!(leaving.problem(409), "last_owner");
    assert_eq!(mira.api.delete(&path(&ola)).await.status, 204);
    assert_eq!(now.get(MEMBERS).await.status, 401);
    let out = log_in(&world, &ola.email, PASSWORD).await;
    assert_eq!(out.get(MEMBERS).await.status, 404);
    let audit = mira.api.get("/api/v1/audit").await.expect(200).to_string();
    for act in [
        "invitation.create",
        "member.join",
        "member.change",
        "member.remove",
    ] {
        assert!(audit.contains(act), "{act}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_owners_who_leave_at_once_do_not_leave_the_workspace_alone() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let rio = colleague(&world, &mira.api, "Rio Vance", json!({ "role": "owner" })).await;
    let current = format!("{MEMBERS}/current");
    let (one, two) = tokio::join!(mira.api.delete(&current), rio.api.delete(&current));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409], "{} {}", one.body, two.body);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_sees_one_bot_meets_nothing_of_another() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let (seen, hidden) = (
        mira.connect_bot(&world, "mira_day_bot").await,
        mira.connect_bot(&world, "mira_night_bot").await,
    );
    let day = fan(&world, &mira, &seen, "Robin").await;
    let night = fan(&world, &mira, &hidden, "Sam").await;
    let narrow = json!({ "role": "chatter", "bots": [seen.id] });
    let uma = colleague(&world, &mira.api, "Uma Lind", narrow).await.api;
    let foreign = json!({ "email": "y@example.com", "role": "chatter", "bots": ["bot_00000000000000000000000000"] });
    mira.api.post(INVITATIONS, &foreign).await.problem(400);

    let inbox = uma.get("/api/v1/conversations").await.expect(200);
    let names = inbox["conversations"].as_array().expect("a list").iter();
    let names: Vec<_> = names.map(|entry| entry["name"].clone()).collect();
    assert_eq!(names, ["Robin"]);
    let bots = uma.get("/api/v1/bots").await.expect(200);
    assert_eq!(bots["bots"].as_array().map(Vec::len), Some(1));
    let mut doors = vec![
        format!("/api/v1/bots/{}/sofi", hidden.id),
        format!("/api/v1/bots/{}/health", hidden.id),
    ];
    for part in ["messages", "draft"] {
        doors.push(format!("/api/v1/conversations/{}/{part}", night.0));
    }
    doors.push(format!("/api/v1/fans/{}", night.1));
    doors.push(format!("/api/v1/fans/{}/facts", night.1));
    for door in doors {
        assert_eq!(uma.get(&door).await.status, 404, "{door}");
    }
    let body = json!({ "text": "hello", "bot_id": hidden.id });
    for body in [
        body,
        json!({ "text": "hello" }),
        json!({ "text": "hello", "bot_id": seen.id }),
    ] {
        let path = format!("/api/v1/conversations/{}/messages", night.0);
        assert_eq!(uma.post(&path, &body).await.status, 404, "{body}");
    }
    let tagged = uma
        .patch(
            &format!("/api/v1/fans/{}", night.1),
            &json!({ "tags": ["x"] }),
        )
        .await;
    assert_eq!(tagged.status, 404);
    let over = uma
        .put(
            &format!("/api/v1/conversations/{}/takeover", night.0),
            &json!({}),
        )
        .await;
    assert_eq!(over.status, 404);
    let mode = uma
        .put(
            &format!("/api/v1/conversations/{}/ai-mode", night.0),
            &json!({ "mode": "off" }),
        )
        .await;
    assert_eq!(mode.status, 404);
    let fact = uma
        .post(
            &format!("/api/v1/fans/{}/facts", night.1),
            &json!({ "text": "likes tea" }),
        )
        .await;
    assert_eq!(fact.status, 404);

    // Not even that there is one.
    let pause = |what| format!("/__local/functions/workers.sender/{what}");
    world
        .api()
        .post(&pause("pause"), &json!({}))
        .await
        .expect(200);
    let messages = format!("/api/v1/conversations/{}/messages", night.0);
    let waits = mira.api.post(&messages, &json!({ "text": "hi" })).await;
    let waits = waits.expect(201)["id"].take();
    let waits = format!("{messages}/{}", waits.as_str().expect("an id"));
    assert_eq!(uma.delete(&waits).await.status, 404);
    mira.api.delete(&waits).await.expect(204);
    world
        .api()
        .post(&pause("resume"), &json!({}))
        .await
        .expect(200);

    let own = format!("/api/v1/conversations/{}/messages", day.0);
    uma.post(&own, &json!({ "text": "hello Robin" }))
        .await
        .expect(201);
    uma.get(&format!("/api/v1/fans/{}/facts", day.1))
        .await
        .expect(200);
    uma.put(
        &format!("/api/v1/conversations/{}/takeover", day.0),
        &json!({}),
    )
    .await
    .expect(200);
    world.host.stop().await;
}

/// A fan who wrote to a bot: their conversation and who they are.
async fn fan(world: &World, mira: &Creator, bot: &Bot, name: &str) -> (String, String) {
    let person = world.person(name, "en").await;
    person.says(world, bot, "hello").await;
    let conversation = mira.conversation(name).await;
    let id = |field: &str| conversation[field].as_str().expect("an id").to_owned();
    (id("id"), id("fan_id"))
}
