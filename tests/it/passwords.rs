//! How stored passwords keep up with the parameters and the pepper of today.

use serde_json::{Value, json};
use tests::{PASSWORD, Signed, World, accepted};

use crate::access::verification;
use crate::alike::recorded;
use crate::journey_access::{authenticator, code, log_in};
use crate::staff::renew_pepper;

const TABLE: &str = "sofi-routing";
/// 32 bytes of 7 in the form in which the product keeps its pepper, and that text in base 64 once more, as KMS takes it.
const PEPPER: &str = "QndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3Yw==";
/// [`PASSWORD`] under that pepper with two passes over 19 MiB, made by another implementation of Argon2 (argon2-cffi).
const FORMER: &str = "$argon2id$v=19$m=19456,t=2,p=1$CQkJCQkJCQkJCQkJCQkJCQ$ET66ovmmkNb7NjJkaI1z8+yipGx22x/WISxX8JzGIz0";
/// What every hash of today begins with.
const CURRENT: &str = "$argon2id$v=19$m=47104,t=1,p=1$";

/// Puts a pepper that the test knows where the first registration would put one of its own.
async fn know_the_pepper(world: &World) {
    let platform = Signed::platform(world);
    let context = json!({ "tenant": "platform", "purpose": "platform" });
    for key in world.host.aws().kms().keys() {
        let request = json!({ "KeyId": key, "Plaintext": PEPPER, "EncryptionContext": context });
        // The other key signs.
        let Ok(sealed) = platform.kms("Encrypt", &request).await else {
            continue;
        };
        let row = json!({
            "pk": { "S": "R#PLATFORM#pepper" }, "sk": { "S": "SECRET" },
            "kind": { "S": "platform_secret" }, "v": { "N": "1" }, "rev": { "N": "1" },
            "name": { "S": "pepper" }, "generation": { "S": "known" },
            "secret": { "B": sealed["CiphertextBlob"] }, "created_at": { "N": "1728086700000" },
        });
        put(world, &row).await;
        return;
    }
    panic!("no key that seals");
}

async fn put(world: &World, row: &Value) {
    let request = json!({ "TableName": TABLE, "Item": row });
    let platform = Signed::platform(world);
    platform
        .dynamodb("PutItem", &request)
        .await
        .expect("written");
}

/// The only login, as it stands in the table.
fn login(world: &World) -> Value {
    let rows = world.host.aws().dynamodb().dump(TABLE);
    let mut rows = rows.expect("a table");
    rows.retain(|row| row["kind"]["S"] == "login");
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

fn hash(login: &Value) -> &str {
    login["password"]["S"].as_str().expect("a hash")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_renews_a_hash_that_was_made_with_other_parameters() {
    let world = World::start().await;
    know_the_pepper(&world).await;
    let email = world.creator("Mira Vale").await.email;
    let made = login(&world);
    assert!(hash(&made).starts_with(CURRENT), "{}", hash(&made));
    assert_eq!(
        made["pepper"]["S"], "known",
        "the pepper is that of this test"
    );
    let mut former = made.clone();
    former["password"] = json!({ "S": FORMER });
    put(&world, &former).await;

    let wrong = json!({ "email": email, "password": "not the password at all" });
    let refused = world.api().post("/api/v1/sessions", &wrong).await;
    assert_eq!(refused.problem(422), "wrong_credentials");
    assert_eq!(hash(&login(&world)), FORMER, "only its owner renews it");

    log_in(&world, &email, PASSWORD).await;
    let renewed = login(&world);
    assert!(hash(&renewed).starts_with(CURRENT), "{}", hash(&renewed));
    let mut expected = former;
    for field in ["password", "rev"] {
        expected[field] = renewed[field].clone();
    }
    assert_eq!(renewed, expected, "nothing else is changed by it");

    log_in(&world, &email, PASSWORD).await;
    assert_eq!(login(&world), renewed, "once");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_pepper_keeps_nobody_out_and_each_login_moves_to_it() {
    let world = World::start().await;
    let early = renew_pepper(&world).await;
    assert_eq!(early.status, 502, "there is none yet: {}", early.body);
    let creator = world.creator("Mira Vale").await;
    let made = login(&world);
    let renewed = renew_pepper(&world).await.expect(200);
    assert_eq!(renewed["generations"], 2, "{renewed}");
    assert_ne!(made["pepper"]["S"], renewed["generation"]);

    creator.api.get("/api/v1/me").await.expect(200);
    let tried = async |email: &str| {
        let wrong = json!({ "email": email, "password": "not the password at all" });
        let api = world.api();
        recorded(&world, &api, "accounts.login", "/api/v1/sessions", wrong).await
    };
    // The first opens the renewed secret, which is kept for the others.
    tried("first@example.com").await;
    let (known, unknown) = (
        tried(&creator.email).await,
        tried("stranger@example.com").await,
    );
    assert_eq!(known.0, unknown.0, "a former pepper is no other work");
    assert_eq!(known.1["code"], "wrong_credentials");
    assert_eq!(login(&world), made, "only its owner renews it");

    log_in(&world, &creator.email, PASSWORD).await;
    let moved = login(&world);
    assert_eq!(moved["pepper"]["S"], renewed["generation"]);
    assert_ne!(hash(&moved), hash(&made));
    let mut expected = made;
    for field in ["password", "pepper", "rev"] {
        expected[field] = moved[field].clone();
    }
    assert_eq!(moved, expected, "nothing else is changed by it");
    log_in(&world, &creator.email, PASSWORD).await;
    assert_eq!(login(&world), moved, "once");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_before_a_second_factor_moves_to_a_renewed_pepper_too() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let begun = creator.api.post("/api/v1/me/totp", &json!({})).await;
    let totp = authenticator(&begun.expect(201));
    let first = json!({ "code": code(&world, &totp, -1) });
    creator.api.put("/api/v1/me/totp", &first).await.expect(200);
    let renewed = renew_pepper(&world).await.expect(200);

    let body = json!({ "email": creator.email, "password": PASSWORD });
    let asked = world.api().post("/api/v1/sessions", &body).await;
    let asked = asked.expect(202);
    assert_eq!(login(&world)["pepper"]["S"], renewed["generation"]);
    let body = json!({ "challenge": asked["challenge"], "code": code(&world, &totp, 0) });
    let path = "/api/v1/sessions/second-factors";
    world.api().post(path, &body).await.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_up_from_before_a_renewal_is_finished_after_it() {
    const EMAIL: &str = "waiting@example.com";
    let world = World::start().await;
    let api = world.api();
    let form = json!({
        "name": "Waiting Owner", "email": EMAIL, "password": PASSWORD, "adult_attested": true,
        "workspace_name": "Waiting", "accepted": accepted(&api).await,
    });
    let registration = api.post("/api/v1/registrations", &form).await.expect(201);
    let renewed = renew_pepper(&world).await.expect(200);
    let mailed = json!({ "code": world.mailed_code(EMAIL).await });
    let verified = api.post(&verification(&registration), &mailed).await;
    verified.expect(201);
    assert_ne!(login(&world)["pepper"]["S"], renewed["generation"]);
    log_in(&world, EMAIL, PASSWORD).await;
    assert_eq!(login(&world)["pepper"]["S"], renewed["generation"]);
    world.host.stop().await;
}
