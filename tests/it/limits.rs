//! What is too large is refused before anything else is looked at.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{World, root};

/// Routes that a body can be sent to: method, a path of that form, and the bytes that it takes.
fn routes() -> Vec<(Method, String, usize)> {
    let text = std::fs::read(root().join("infra/api/functions.json")).expect("it is committed");
    let listing: Value = serde_json::from_slice(&text).expect("JSON");
    let all = listing["routes"].as_array().expect("routes").iter();
    let taking = all.filter(|route| {
        ["POST", "PUT", "PATCH"]
            .iter()
            .any(|of| route["method"] == *of)
    });
    let known = taking.map(|route| {
        let text = |field: &str| route[field].as_str().expect("a text");
        let method = Method::from_bytes(text("method").as_bytes());
        let parts = text("path")
            .split('/')
            .map(|part| match part.starts_with('{') {
                true => "x",
                false => part,
            });
        let path = parts.collect::<Vec<_>>().join("/");
        let limit = route["max_body"].as_u64().expect("a number");
        (
            method.expect("a method"),
            path,
            usize::try_from(limit).expect("small"),
        )
    });
    known.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_byte_more_than_a_route_takes_is_refused_on_every_route() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await.api;
    let routes = routes();
    assert!(routes.len() > 50, "{} routes", routes.len());
    for (method, path, limit) in routes {
        // As JSON it has two bytes more: its quotation marks.
        for (size, is_over) in [(limit - 2, false), (limit - 1, true)] {
            let body = json!("a".repeat(size));
            for api in [&creator, &world.api()] {
                let answer = api.send(method.clone(), &path, Some(&body), &[]).await;
                let status = answer.status;
                assert!(status < 500, "{method} {path}: {status}");
                assert_eq!(status == 413, is_over, "{method} {path}: {status}");
                if is_over {
                    assert_eq!(answer.problem(413), "too_large", "{method} {path}");
                }
            }
        }
    }
    world.host.stop().await;
}
