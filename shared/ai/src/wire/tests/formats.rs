//! What each vendor is sent, and how its answers are read.

use serde_json::json;
use vendor_kit::testing::{Act, Server, answer};

use super::*;
use crate::error::Part;
use crate::reply::{Concern, Usage};

#[tokio::test]
async fn xai_is_asked_to_store_nothing_and_answers_with_a_reply() {
    let (result, server) = ask_xai(vec![ok(&xai_body(WRITTEN))]).await;
    let reply = result.expect("a reply");
    assert_eq!(reply.text, "Fine!");
    assert_eq!(reply.concern, Concern::Grief);
    assert_eq!(reply.proposed_facts[0].confidence, 60);
    assert_eq!(reply.vendor, Vendor::Xai);
    assert_eq!(reply.model, "grok-x-0309");
    assert_eq!(reply.zero_retention, Some(true));
    assert_eq!(
        reply.usage,
        Usage {
            input: 120,
            cached_input: 96,
            output: 30
        }
    );
    let head = server.requests()[0].to_lowercase();
    assert!(head.starts_with("post /v1/responses http/1.1"));
    assert!(head.contains(&format!("authorization: bearer {KEY}")));
    let body = sent(&server);
    assert_eq!(body["store"], false);
    assert_eq!(body["model"], "grok-x");
    assert_eq!(body["instructions"], "the rules");
    assert_eq!(body["input"].as_array().expect("a list").len(), 3);
    assert_eq!(
        body["input"][1],
        json!({"role": "assistant", "content": "hi there"})
    );
    assert_eq!(body["max_output_tokens"], 600);
    assert_eq!(body["prompt_cache_key"], "hash-of-a-chat");
    assert_eq!(body["text"]["format"]["type"], "json_schema");
    assert_eq!(body["text"]["format"]["strict"], true);
    assert!(body.get("reasoning").is_none());
    assert!(body.get("user").is_none());
}

#[tokio::test]
async fn xai_is_told_an_effort_only_if_one_is_configured() {
    let server = Server::start(vec![ok(&xai_body(WRITTEN))]);
    let model = xai(&server).with_effort(Some(Effort::None));
    model.ask(&request(), ENOUGH).await.expect("a reply");
    assert_eq!(sent(&server)["reasoning"], json!({"effort": "none"}));
}

#[tokio::test]
async fn groq_answers_with_a_reply_and_its_thoughts_stay_behind() {
    let (result, server) = ask_groq(vec![ok(&groq_body(WRITTEN))]).await;
    let reply = result.expect("a reply");
    assert_eq!(reply.text, "Fine!");
    assert_eq!(reply.concern, Concern::Grief);
    assert_eq!(reply.vendor, Vendor::Groq);
    assert_eq!(
        reply.usage,
        Usage {
            input: 200,
            cached_input: 128,
            output: 40
        }
    );
    assert!(
        server.requests()[0]
            .to_lowercase()
            .starts_with("post /openai/v1/chat/completions http/1.1")
    );
    let body = sent(&server);
    assert_eq!(
        body["messages"][0],
        json!({"role": "system", "content": "the rules"})
    );
    assert_eq!(body["messages"].as_array().expect("a list").len(), 4);
    assert_eq!(body["max_completion_tokens"], 600);
    assert_eq!(body["response_format"]["type"], "json_schema");
    assert_eq!(body["response_format"]["json_schema"]["strict"], true);
    assert_eq!(body["reasoning_effort"], "low");
    assert_eq!(body["include_reasoning"], false);
}

#[tokio::test]
async fn an_answer_without_counts_and_of_another_kind_of_content_is_still_read() {
    let bare =
        json!({"output": [{"content": [{"type": "output_text", "text": WRITTEN}]}], "usage": null});
    let (result, _) = ask_xai(vec![answer(200, "", &bare.to_string())]).await;
    let reply = result.expect("a reply");
    assert_eq!(reply.usage, Usage::default());
    assert_eq!(reply.model, "grok-x");
    assert_eq!(reply.zero_retention, None);
    let bare = json!({"choices": [{"message": {"content": WRITTEN}}]});
    let (result, _) = ask_groq(vec![answer(200, "", &bare.to_string())]).await;
    assert_eq!(result.expect("a reply").usage, Usage::default());
}

#[tokio::test]
async fn thinking_that_is_counted_beside_the_output_is_paid_for() {
    let mut body = xai_body(WRITTEN);
    body["usage"] = json!({"input_tokens": 700, "output_tokens": 4, "total_tokens": 954});
    let (result, _) = ask_xai(vec![ok(&body)]).await;
    assert_eq!(result.expect("a reply").usage.output, 254);
}

#[tokio::test]
async fn prose_instead_of_the_object_is_malformed_and_its_price_is_known() {
    let (result, _) = ask_xai(vec![ok(&xai_body("Sure! Here is my reply."))]).await;
    let error = result.expect_err("no reply");
    assert_eq!(error.code(), "malformed_content");
    assert_eq!(error.usage().expect("counts").output, 30);
    assert!(!error.counts_for_breaker());
    let (result, _) = ask_groq(vec![ok(&groq_body("{\"reply\":\"cut"))]).await;
    let error = result.expect_err("no reply");
    assert_eq!(error.code(), "malformed_content");
    assert_eq!(error.usage().expect("counts").input, 200);
}

#[tokio::test]
async fn a_cut_or_filtered_answer_is_not_a_reply() {
    let mut cut = xai_body(WRITTEN);
    cut["status"] = json!("incomplete");
    cut["incomplete_details"] = json!({"reason": "max_output_tokens"});
    let (result, _) = ask_xai(vec![ok(&cut)]).await;
    assert_eq!(result.expect_err("no reply").code(), "malformed_content");
    cut["incomplete_details"] = json!({"reason": "content_filter"});
    let (result, _) = ask_xai(vec![ok(&cut)]).await;
    assert_eq!(result.expect_err("no reply").code(), "refused");
    let mut refusal = xai_body(WRITTEN);
    refusal["output"][1]["content"] = json!([{"type": "refusal", "refusal": "I cannot"}]);
    let (result, _) = ask_xai(vec![ok(&refusal)]).await;
    assert_eq!(result.expect_err("no reply").code(), "refused");
    for (reason, code) in [
        ("length", "malformed_content"),
        ("content_filter", "refused"),
    ] {
        let mut body = groq_body(WRITTEN);
        body["choices"][0]["finish_reason"] = json!(reason);
        let (result, _) = ask_groq(vec![ok(&body)]).await;
        assert_eq!(result.expect_err("no reply").code(), code);
    }
}

#[tokio::test]
async fn a_success_that_is_not_the_vendors_format_is_malformed_and_counts() {
    for body in [
        "",
        "<html>",
        "{",
        "[]",
        "{\"output\":5}",
        "{\"output\":[]}",
        "{\"status\":\"queued\"}",
    ] {
        let (result, _) = ask_xai(vec![answer(200, "", body)]).await;
        let error = result.expect_err("no reply");
        assert!(
            matches!(
                error,
                AskError::Malformed {
                    part: Part::Envelope,
                    ..
                }
            ),
            "{body}"
        );
        assert!(error.counts_for_breaker());
    }
    for body in ["", "{}", "{\"choices\":[]}", "{\"choices\":[{}]}"] {
        let (result, _) = ask_groq(vec![answer(200, "", body)]).await;
        assert_eq!(
            result.expect_err("no reply").code(),
            "malformed_envelope",
            "{body}"
        );
    }
}

#[tokio::test]
async fn xais_refusals_are_told_apart_by_their_words() {
    let cases = [
        (
            400,
            json!({"code": "invalid-argument", "error": "Incorrect API key provided: ca***ry."}),
            "unauthorized",
        ),
        (
            400,
            json!({"code": "invalid-argument", "error": "Model m does not support parameter reasoningEffort."}),
            "bad_request",
        ),
        (
            401,
            json!({"code": "unauthenticated", "error": "No key."}),
            "unauthorized",
        ),
        (
            403,
            json!({"code": "permission", "error": "The team has no credits."}),
            "unauthorized",
        ),
        (
            403,
            json!({"code": "permission", "error": "Content violates usage guidelines. Failed check: SAFETY_CHECK_X"}),
            "refused",
        ),
        (
            404,
            json!({"code": "not-found", "error": "The model m does not exist or your team has no access"}),
            "model_gone",
        ),
        (410, json!({}), "model_gone"),
        (
            422,
            json!({"code": 7, "error": {"message": "odd"}}),
            "bad_request",
        ),
        (302, json!({}), "malformed_envelope"),
    ];
    for (status, body, code) in cases {
        let (result, server) = ask_xai(vec![
            answer(
                status,
                "location: http://127.0.0.1:9/\r\n",
                &body.to_string(),
            ),
            Act::Close,
        ])
        .await;
        assert_eq!(
            result.expect_err("no reply").code(),
            code,
            "{status} {body}"
        );
        assert_eq!(server.requests().len(), 1, "{status} is not repeated");
    }
}

#[tokio::test]
async fn groqs_refusals_are_told_apart_by_their_codes() {
    let cases = [
        (400, "model_decommissioned", "model_gone"),
        (404, "model_not_found", "model_gone"),
        (401, "invalid_api_key", "unauthorized"),
        (400, "json_validate_failed", "malformed_content"),
        (400, "a sentence, with a name", "bad_request"),
        (413, "rate_limit_exceeded", "rate_limited"),
        (413, "request_too_large", "bad_request"),
    ];
    for (status, given, code) in cases {
        let body = json!({"error": {"message": "secret", "type": "t", "code": given, "failed_generation": "secret"}});
        let (result, _) = ask_groq(vec![answer(status, "", &body.to_string())]).await;
        let error = result.expect_err("no reply");
        assert_eq!(error.code(), code, "{status} {given}");
        assert!(!format!("{error:?} {error}").contains("secret"));
        assert!(!format!("{error:?}").contains("a name"));
    }
}
