use super::*;
use crate::{Limit, Patch};
use domain::role::Right;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct FanPatch {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    note: Patch<String>,
    name: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only its schema is used")]
struct Page {
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    cursor: Option<String>,
}

#[utoipa::path(patch, path = "/api/v1/fans/{fan_id}", request_body = FanPatch,
    params(("fan_id" = String, Path)), responses((status = 204)))]
#[expect(dead_code, reason = "only its description is used")]
fn update() {}

#[utoipa::path(get, path = "/api/v1/fans", params(Page), responses((status = 200)))]
#[expect(dead_code, reason = "only its description is used")]
fn list() {}

#[derive(OpenApi)]
#[openapi(paths(update, list))]
struct Fans;

const ROUTES: &[Route] = &[
    Route::patch(
        "/api/v1/fans/{fan_id}",
        "fans.update",
        "update_fan",
        Access::Session {
            right: Right::KeepNotes,
        },
    )
    .idempotent(),
    Route::get("/api/v1/fans", "fans.list", "list_fans", Access::Public),
    Route::post(
        "/hooks/telegram/{hook_id}",
        "telegram-hooks.webhook",
        "receive_update",
        Access::Hook,
    ),
];

fn made(routes: &[Route]) -> Result<String, DocumentError> {
    document(
        "Sofi CRM",
        "1",
        vec![Part {
            document: Fans::openapi(),
            routes,
        }],
    )
}

#[test]
fn every_operation_gets_what_all_share() {
    let text = made(ROUTES).expect("a document");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let update = &document["paths"]["/api/v1/fans/{fan_id}"]["patch"];
    assert_eq!(update["operationId"], "update_fan");
    assert_eq!(update["tags"], json!(["fans"]));
    assert_eq!(
        update["security"],
        json!([{ "session": [], "csrf": [] }, { "token": [] }])
    );
    assert_eq!(
        update["responses"]["409"]["$ref"],
        "#/components/responses/Conflict"
    );
    assert_eq!(
        document["components"]["responses"]["Conflict"]["content"]["application/problem+json"]["schema"]
            ["$ref"],
        "#/components/schemas/Problem"
    );
    assert_eq!(update["parameters"][1]["name"], "x-sofi-workspace");
    assert_eq!(update["parameters"][2]["name"], "idempotency-key");
    assert_eq!(
        document["paths"]["/api/v1/fans"]["get"]["security"],
        json!([])
    );
    assert_eq!(
        document["paths"].as_object().map(Map::len),
        Some(2),
        "hooks are left out"
    );
    assert!(document["components"]["schemas"]["Problem"]["properties"]["field_errors"].is_object());
}

#[test]
fn a_route_is_refused_in_the_ways_that_follow_from_what_it_is() {
    let text = made(ROUTES).expect("a document");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let statuses = |operation: &Value| -> Vec<String> {
        let responses = operation["responses"].as_object().expect("responses");
        responses.keys().cloned().collect()
    };
    let mut update = statuses(&document["paths"]["/api/v1/fans/{fan_id}"]["patch"]);
    update.sort();
    assert_eq!(
        update,
        [
            "204", "400", "401", "403", "404", "409", "413", "415", "422", "429", "503"
        ]
    );
    let mut list = statuses(&document["paths"]["/api/v1/fans"]["get"]);
    list.sort();
    assert_eq!(list, ["200", "400", "503"]);
}

#[test]
fn a_patch_field_is_optional_and_nullable() {
    let text = made(ROUTES).expect("a document");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let schema = &document["components"]["schemas"]["FanPatch"];
    assert_eq!(schema["required"], json!(["name"]));
    assert_eq!(
        schema["properties"]["note"]["type"],
        json!(["string", "null"])
    );
}

#[test]
fn a_limit_carries_its_bounds_and_is_a_query_parameter() {
    let text = made(ROUTES).expect("a document");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let limit = &document["paths"]["/api/v1/fans"]["get"]["parameters"][0];
    assert_eq!(limit["in"], "query");
    assert_eq!(limit["schema"]["maximum"], 100);
    assert_eq!(limit["schema"]["default"], 50);
}

#[test]
fn routes_and_descriptions_must_name_the_same_set() {
    assert!(matches!(
        made(&ROUTES[..1]),
        Err(DocumentError::Unrouted(_))
    ));
    let extra = Route::get("/api/v1/x", "fans.x", "get_x", Access::Public);
    assert!(matches!(
        made(&[ROUTES[0], ROUTES[1], extra]),
        Err(DocumentError::Undescribed(_))
    ));
}

#[test]
fn the_text_is_the_same_each_time_and_sorted() {
    let text = made(ROUTES).expect("a document");
    assert_eq!(text, made(ROUTES).expect("a document"));
    assert!(text.ends_with("}\n"));
    let components = text.find("\"components\"").expect("components");
    assert!(components < text.find("\"paths\"").expect("paths"));
}
