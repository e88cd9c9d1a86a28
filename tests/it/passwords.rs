//! How stored passwords keep up with the parameters of today.

use serde_json::{Value, json};
use tests::{PASSWORD, Signed, World};

use crate::journey_access::log_in;

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
