//! The certificate of an erasure: what it says, that it is signed, and that only it waits for the key.

use std::collections::BTreeMap;

use archive::PublicKey;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use local::gate::{FaultKind, FaultRule};
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use serde_json::{Value, json};
use tests::{World, eventually};

use super::rows::{self, ids, text};
use crate::journey_access::prove;
use crate::journey_exports::{EXPORTS, id, ready, shown, signer};
use crate::journey_privacy::{
    ERASURES, asked, certificate_of, erased, finished, last_words, press, requests,
};
use crate::sofi::Chat;

/// What an SPKI of a key on P-256 has before the point.
const BEFORE_POINT: usize = 26;

/// Whether the key has signed this text.
fn is_signed(given: &Value, key: &PublicKey) -> bool {
    let signature = STANDARD.decode(text(&given["signature"]));
    let signature = signature.expect("base 64");
    let signed = text(&given["certificate"]);
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &key.spki()[BEFORE_POINT..])
        .verify(signed.as_bytes(), &signature)
        .is_ok()
}

/// What a certificate counts: the rows of all tables by kind, and the files.
fn counts(certificate: &Value) -> (BTreeMap<String, u64>, Value) {
    let mut rows = BTreeMap::new();
    let stores = certificate["deleted"].as_object().expect("stores");
    for (store, kinds) in stores.iter().filter(|(store, _)| *store != "objects") {
        for (kind, number) in kinds.as_object().expect("kinds") {
            let number = number.as_u64().expect("a number");
            let before = rows.insert(kind.clone(), number);
            assert_eq!(before, None, "{kind} stands in {store} and elsewhere");
        }
    }
    (rows, stores["objects"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_counts_what_was_deleted_names_nobody_and_is_signed_by_the_key_of_exports() {
    let chat = Chat::open("off").await;
    let (world, api) = (&chat.world, &chat.creator.api);
    chat.says("a word of the fan").await;
    chat.says("and another one").await;
    let conversation = chat.creator.conversation("Robin").await;
    world.settled().await;
    prove(api, None).await;
    let export = api.post(EXPORTS, &json!({})).await.expect(202);
    ready(api, &id(&export)).await;
    let none = api.get(&certificate_of(&export)).await;
    assert_eq!(none.problem(404), "not_found", "an export has none");
    world.settled().await;
    let before = rows::dump(world).await;

    let body = json!({ "fan_id": conversation["fan_id"] });
    let begun = api.post(ERASURES, &body).await.expect(202);
    let request = eventually("the erasure is certified", async || {
        let request = shown(api, &id(&begun)).await;
        (request["certified"] == true).then_some(request)
    })
    .await;
    assert_eq!(request["state"], "finished");
    world.settled().await;
    let after = rows::dump(world).await;
    let given = api.get(&certificate_of(&request)).await.expect(200);
    assert!(is_signed(&given, &signer(world).await), "{given}");
    let mut forged = given.clone();
    forged["certificate"] = json!(text(&given["certificate"]).replace("team", "fan"));
    assert!(!is_signed(&forged, &signer(world).await));

    let said = text(&given["certificate"]);
    let certificate: Value = serde_json::from_str(&said).expect("JSON");
    let (rows, files) = counts(&certificate);
    assert_eq!(rows, erased(&request));
    let gone = rows::gone(&before, &after);
    for kind in [
        "conversation",
        "export",
        "fan",
        "fan_entry",
        "fan_key",
        "holder",
        "message",
    ] {
        assert_eq!(rows.get(kind), gone.get(kind), "{kind}: {rows:?}, {gone:?}");
        assert!(rows.contains_key(kind), "{kind} in {rows:?}");
    }
    assert_eq!(rows["message"], 2);
    assert_eq!(files, json!({ "export_file": 1 }));
    for (field, expected) in [
        ("format", json!("sofi-erasure")),
        ("origin", json!("team")),
        ("request", request["id"].clone()),
        ("asked_at", request["requested_at"].clone()),
        ("finished_at", request["finished_at"].clone()),
    ] {
        assert_eq!(certificate[field], expected, "{field}");
    }
    let until = |list: &Value| -> Vec<(String, String)> {
        let pair = |one: &Value| (text(&one["what"]), text(&one["until"]));
        list.as_array().expect("a list").iter().map(pair).collect()
    };
    assert_eq!(until(&certificate["kept"]), until(&request["remains"]));
    let mark = format!("#GONE#{}", text(&certificate["subject"]));
    assert!(after.keys().any(|place| place.contains(&mark)), "{mark}");
    let mut personal = ids(&[&conversation["fan_id"], &conversation["id"]]);
    personal.extend(["Robin".to_owned(), chat.fan.id.to_string()]);
    for word in personal {
        assert!(!said.contains(&word), "{word} in {said}");
    }
    chat.world.host.stop().await;
}

/// The job asks the key for signatures in vain from now on.
fn silence_the_key(world: &World) {
    let functions = world.host.functions();
    let job = functions.resolve("privacy.erase").expect("a function");
    world.host.gate().add_fault(FaultRule {
        kind: FaultKind::Unavailable,
        service: Some("kms".to_owned()),
        operation: Some("Sign".to_owned()),
        function: Some(job.to_owned()),
        times: None,
        skip: 0,
        delay_ms: 0,
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_does_not_answer_delays_the_certificate_and_nothing_else() {
    let chat = Chat::open("off").await;
    let (world, api) = (&chat.world, &chat.creator.api);
    chat.says("a word of the fan").await;
    let conversation = chat.creator.conversation("Robin").await;
    let personal = ids(&[&conversation["fan_id"], &conversation["id"]]);
    world.settled().await;
    silence_the_key(world);
    let (number, word) = asked(world, &chat.bot, &chat.fan).await;
    press(world, &chat.bot, &chat.fan, number, &word).await;
    let request = eventually("the erasure is finished", async || {
        let mut all = requests(api).await;
        let newest = all.pop()?;
        (newest["state"] == "finished").then_some(newest)
    })
    .await;
    let told = last_words(world, &chat.bot, &chat.fan, number).await;
    assert!(told[0].contains("deleted"), "{told:?}");
    world.settled().await;
    assert_eq!(request["certified"], false);
    let none = api.get(&certificate_of(&request)).await;
    assert_eq!(none.problem(404), "not_found");
    let waiting = rows::dump(world).await;
    rows::assert_gone(&waiting, &personal);
    let owed = |rows: &rows::Rows| rows.keys().any(|place| place.contains("#ERASURES"));
    assert!(owed(&waiting), "it is remembered what is to be signed");
    assert_eq!(world.depth("-erasures-dlq"), 0);

    world.host.gate().clear_faults();
    world.host.advance(time::Duration::seconds(200)).await;
    let certified = finished(api, 1).await;
    for field in ["finished_at", "erased", "remains"] {
        assert_eq!(certified[field], request[field], "{field}");
    }
    let given = api.get(&certificate_of(&certified)).await.expect(200);
    assert!(is_signed(&given, &signer(world).await), "{given}");
    world.settled().await;
    assert!(!owed(&rows::dump(world).await), "and then it is over");
    chat.world.host.stop().await;
}
