use crate::testing::Capture;

/// A value that may come out nowhere.
const CANARY: &str = "canary-7f3a";

fn captured(log: impl FnOnce()) -> Capture {
    let capture = Capture::default();
    let guard = capture.install("workers");
    log();
    drop(guard);
    capture
}

#[test]
fn declared_fields_come_out_with_their_types() {
    let capture = captured(|| {
        tracing::info!(
            request.id = "req-1",
            job.kind = "inbound",
            count = 3_u64,
            attempt = 2_i32,
            cold = true,
            status = %404_u16,
            "batch done"
        );
    });
    let line = &capture.lines()[0];
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["message"], "batch done");
    assert_eq!(line["target"], "telemetry::layer::tests");
    assert_eq!(line["request.id"], "req-1");
    assert_eq!(line["job.kind"], "inbound");
    assert_eq!(line["count"], 3);
    assert_eq!(line["attempt"], 2);
    assert_eq!(line["cold"], true);
    assert_eq!(line["status"], 404);
    assert!(
        line["timestamp"]
            .as_str()
            .is_some_and(|time| time.ends_with('Z'))
    );
}

#[test]
fn a_canary_in_undeclared_places_never_comes_out() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "only printed by Debug")]
    struct Update {
        text: &'static str,
    }
    let update = Update { text: CANARY };
    let capture = captured(|| {
        let span = tracing::info_span!(
            "fan",
            name = CANARY,
            request.id = "req-1",
            later = tracing::field::Empty
        );
        span.record("later", CANARY);
        let _entered = span.enter();
        tracing::info!(text = CANARY, "one");
        tracing::info!(?update, "two");
        tracing::info!(user.email = %CANARY, body = ?CANARY.as_bytes(), "three");
        tracing::warn!("four {CANARY}");
        tracing::warn!("{CANARY} five");
        tracing::error!("six {:?}", update);
        tracing::error!(message = CANARY);
        tracing::error!(name: "canary-7f3a", "seven");
        tracing::info!(target: "some_library", code = CANARY, "eight");
        tracing::warn!(target: "some_library", code = CANARY, "canary-7f3a nine");
    });
    let text = capture.text();
    assert!(!text.contains(CANARY), "{text}");
    assert!(!text.contains("99, 97, 110"), "{text}");
    let lines = capture.lines();
    assert_eq!(lines.len(), 9, "the library's info is not written: {text}");
    assert_eq!(lines[0]["request.id"], "req-1");
    assert_eq!(lines[0]["message"], "one");
    assert!(lines[3].get("message").is_none());
    assert!(
        lines[3]["line"].is_u64(),
        "a line without a message says where it is"
    );
    assert_eq!(lines[8]["target"], "some_library");
}

#[test]
fn a_sentence_or_a_token_in_a_field_for_ids_is_replaced() {
    let capture = captured(|| {
        tracing::info!(code = "dear fan, hello", "words");
        tracing::info!(
            bot.id = "1234567890:AAHfake_fake_fake_fake_fake_fake_fake",
            "token"
        );
        tracing::info!(count = "many", cold = 1_u64, "types");
        tracing::info!(code = "x".repeat(1_000), "length");
    });
    let lines = capture.lines();
    assert_eq!(lines[0]["code"], "[invalid]");
    assert_eq!(lines[1]["bot.id"], "[token]");
    assert_eq!(lines[2]["count"], "[invalid]");
    assert_eq!(lines[2]["cold"], "[invalid]");
    assert_eq!(lines[3]["code"], "[invalid]");
}

#[test]
fn an_error_chain_is_redacted_and_cut() {
    let capture = captured(|| {
        let text = format!(
            "url (https://api.telegram.org/bot1234567890:AAHfake_fake_fake_fake_fake/x) {}",
            "a".repeat(9_000)
        );
        tracing::error!(error.chain = text, "failed");
        tracing::error!(error.chain = ?text, "failed");
    });
    for line in capture.lines() {
        let chain = line["error.chain"].as_str().expect("text");
        assert!(chain.chars().count() <= 1_001);
        assert!(!chain.contains("AAHfake"), "{chain}");
    }
}

#[test]
fn inner_values_win_over_those_of_outer_spans() {
    let capture = captured(|| {
        let outer = tracing::info_span!("outer", tenant.id = "t1", attempt = 1_u64);
        let _outer = outer.enter();
        let inner = tracing::info_span!("inner", attempt = 2_u64);
        let _inner = inner.enter();
        tracing::info!(attempt = 3_u64, "x");
    });
    assert_eq!(capture.lines()[0]["attempt"], 3);
    assert_eq!(capture.lines()[0]["tenant.id"], "t1");
    assert_eq!(capture.text().matches("attempt").count(), 1);
}

#[test]
fn lines_stay_single_whatever_they_hold() {
    let capture = captured(|| {
        tracing::error!(error.chain = "first\nsecond\u{2028}\"quoted\"", "x");
    });
    assert_eq!(capture.lines().len(), 1);
}

#[test]
fn every_crate_below_shared_is_known_as_ours() {
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for entry in std::fs::read_dir(shared)
        .expect("the folder of this crate")
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().replace('-', "_");
        if entry.path().join("Cargo.toml").exists() {
            assert!(
                super::OWN_CRATES.contains(&name.as_str()),
                "add {name} to OWN_CRATES, or its log lines stay empty"
            );
        }
    }
}
