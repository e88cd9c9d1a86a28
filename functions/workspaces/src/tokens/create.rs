//! `POST /api/v1/workspace/tokens`
//!
//! Uses GetItem on `routing`, `keys` and `tenant`, BatchGetItem on `routing`, Query on `routing` and `tenant`, PutItem on `routing`, `tenant`, `audit`
//! and `work`, ConditionCheckItem on `routing` and `work`, kms:Decrypt (purpose `data`) and kms:Encrypt (purpose `mail`),
//! sqs:SendMessage on the audit and mail queues.

use std::collections::BTreeSet;
use std::time::Duration;

use app::{App, Call, MOST_TOKENS, OrProblem, begin_session};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use domain::audit::Action;
use domain::entropy::random_32;
use domain::ids::{ApiTokenId, UserId};
use domain::role::Right;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use mail::{Language, Notice, NoticeDraft, NoticeId, Template, To};
use serde::{Deserialize, Serialize};
use store::row::{ApiTokenRow, ClosingRow, MemberRow, Membership, SessionRow, TokenGrant};
use store::{Found, keys};
use tenancy::{Manager, TenantScope, hash_token_hex};
use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use zeroize::Zeroizing;

use super::{ApiTokenOut, MOST_OF_A_WORKSPACE, Noted, living, session_of};
use crate::team;

/// What tokens begin with, so that scanners of source code know one when they see it.
const MARK: &str = "sofi_tok_";
/// Days that a token can be good for.
const DAYS: std::ops::RangeInclusive<u32> = 1..=365;
const MOST_CHARACTERS: usize = 60;

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApiTokenIn {
    /// What the team will know it by: 1 to 60 characters.
    name: String,
    /// What it may do: at least one right, none that is for people only.
    #[schema(schema_with = rights_of_tokens)]
    rights: BTreeSet<Right>,
    /// For how many days it is good: 1 to 365.
    #[schema(minimum = 1, maximum = 365)]
    days: u32,
}

/// The rights that a token can have, as a set that is not empty.
fn rights_of_tokens() -> RefOr<Schema> {
    let offered = Right::ALL.iter().filter(|right| right.can_be_granted());
    let right: RefOr<Schema> = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(offered.map(|right| right.as_str())))
        .build()
        .into();
    let rights = ArrayBuilder::new()
        .items(right)
        .unique_items(true)
        .min_items(Some(1))
        .description(Some(
            "What it may do: at least one right, none that is for people only.",
        ))
        .build();
    RefOr::T(Schema::Array(rights))
}

impl Validate for ApiTokenIn {
    fn validate(&self, errors: &mut FieldErrors) {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > MOST_CHARACTERS {
            errors.add("name", "wrong_length", "A name has 1 to 60 characters.");
        } else if name.chars().any(char::is_control) {
            errors.add("name", "invalid_name", "A name has no control characters.");
        }
        if self.rights.is_empty() {
            errors.add("rights", "required", "A token needs at least one right.");
        }
        for right in self.rights.iter().filter(|right| !right.can_be_granted()) {
            let message = format!("\u{201C}{}\u{201D} is for people only.", right.as_str());
            errors.add("rights", "not_for_tokens", message);
        }
        if !DAYS.contains(&self.days) {
            errors.add("days", "out_of_range", "A token is good for 1 to 365 days.");
        }
    }
}

/// A token that was just made.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewApiTokenOut {
    /// What opens the API, as `Authorization: Bearer`: 256 random bits. Shown this once, stored as a hash.
    token: String,
    #[serde(flatten)]
    listed: ApiTokenOut,
}

/// Makes a token for a program. It acts for whoever made it, may do what it was given and no more than they may, and ends
/// when their password, address or role changes. It may call 600 times a minute.
#[utoipa::path(post, path = "/api/v1/workspace/tokens", operation_id = "create_api_token", tag = "workspaces",
    request_body = ApiTokenIn,
    responses((status = 201, description = "The token, shown this once.", body = NewApiTokenOut)))]
pub(crate) async fn handle(
    app: &App,
    call: &Call,
    scope: &TenantScope<Manager>,
    input: ApiTokenIn,
) -> Answer {
    let maker = call.session()?.user();
    let key = app.tenant_key(scope).await.or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    let member = db.find::<MemberRow>(&keys::member(maker)).await;
    let member = member.or_problem()?.ok_or(Problem::NotFound)?;
    let own = app.sessions_of(maker).await.or_problem()?;
    let own = own.iter().filter(|found| found.row.token_of.is_some());
    room(own.count(), living(app, &db).await?.len())?;
    let secret = URL_SAFE_NO_PAD.encode(random_32(app.entropy.as_ref()));
    let token = Zeroizing::new(format!("{MARK}{secret}"));
    let id = app.mint(ApiTokenId::new);
    let row = made(input, id, maker, &token, app.clock.now());
    let notice = letter(app, scope, &row).await?;
    let entry = app
        .audit(scope, Action::ApiTokenCreate, row.id)
        .values(&key, None::<&Noted<'_>>, Some(&Noted::of(&row)))
        .or_problem()?;
    let mut transaction = db.transaction();
    transaction.create(&row);
    begin_session(&mut transaction, &session(&row, scope, &member), "");
    // Whoever loses the session or the role at this moment makes no token of it; of two tokens made at once one is made, and a
    // change of the role that did not see it begins again.
    transaction.require::<SessionRow>(&keys::session(call.session_hash()?));
    transaction.replace(&member.row, member.rev);
    // Closing a workspace ends the tokens that there are; none comes after it.
    transaction.require_absent::<ClosingRow>(&keys::closing());
    entry.write(&mut transaction);
    notice.add_to(&mut transaction);
    transaction.commit().await.map_err(team::meanwhile)?;
    notice.post(app).await;
    app.ring_audit(scope).await;
    http_kit::created(&NewApiTokenOut {
        token: token.to_string(),
        listed: ApiTokenOut::new(&row, None),
    })
}

fn made(
    input: ApiTokenIn,
    id: ApiTokenId,
    maker: UserId,
    token: &str,
    now: Timestamp,
) -> ApiTokenRow {
    ApiTokenRow {
        id,
        name: input.name.trim().to_owned(),
        rights: input.rights.into_iter().collect(),
        made_by: maker,
        token_hash: hash_token_hex(token.as_bytes()),
        created_at: now,
        until: now.plus(Duration::from_secs(u64::from(input.days) * 24 * 3600)),
    }
}

/// The session that the token is: of this workspace alone, as its maker sees it, and never a proof of a person.
fn session(
    row: &ApiTokenRow,
    scope: &TenantScope<Manager>,
    member: &Found<MemberRow>,
) -> SessionRow {
    SessionRow {
        id: session_of(row.id),
        token_hash: row.token_hash.clone(),
        user: row.made_by,
        memberships: vec![Membership {
            tenant: scope.tenant(),
            role: member.row.role,
            data: member.row.data.clone(),
            closes_at: None,
        }],
        created_at: row.created_at,
        idle_until: row.until,
        absolute_until: row.until,
        proved_at: Timestamp::default(),
        passkey_at: None,
        usage: None,
        gpc: false,
        token: Some(TokenGrant {
            id: row.id,
            rights: row.rights.clone(),
        }),
    }
}

fn room(own: usize, all: usize) -> Result<(), Problem> {
    if own >= MOST_TOKENS {
        return Err(Problem::conflict(
            "too_many_tokens",
            "You have made ten tokens that are good, in all your workspaces. End one first.",
        ));
    }
    if all >= MOST_OF_A_WORKSPACE {
        return Err(Problem::conflict(
            "too_many_tokens",
            "A workspace has at most 50 tokens. End one first.",
        ));
    }
    Ok(())
}

async fn letter(
    app: &App,
    scope: &TenantScope<Manager>,
    row: &ApiTokenRow,
) -> Result<Notice, Problem> {
    let draft = NoticeDraft {
        id: NoticeId::new("api-token", row.id.suffix()).map_err(Problem::internal)?,
        to: To::Account(row.made_by),
        language: Language::default(),
        template: Template::ApiTokenCreated {
            name: row.name.clone(),
        },
    };
    Box::pin(mail::notice(app, scope, draft)).await.or_problem()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_offers_each_right_that_a_token_can_have_and_no_other() {
        let schema = serde_json::to_value(rights_of_tokens()).expect("JSON");
        let offered = schema["items"]["enum"].as_array().expect("a list");
        for right in Right::ALL {
            let is_offered = offered.iter().any(|one| one == right.as_str());
            assert_eq!(is_offered, right.can_be_granted(), "{}", right.as_str());
        }
        assert_eq!(schema["uniqueItems"], true);
        assert_eq!((*DAYS.start(), *DAYS.end()), (1, 365));
    }

    fn codes(text: &str) -> Vec<String> {
        let input: ApiTokenIn = serde_json::from_str(text).expect("a form");
        let mut errors = FieldErrors::default();
        input.validate(&mut errors);
        match errors.finish() {
            Err(Problem::Invalid(errors)) => {
                errors.iter().map(|error| error.code.to_string()).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_token_has_a_name_some_rights_and_an_end() {
        let good =
            r#"{"name":"CI","rights":["read_conversations","read_conversations"],"days":30}"#;
        assert_eq!(codes(good), [""; 0]);
        let bad = r#"{"name":" ","rights":[],"days":366}"#;
        assert_eq!(codes(bad), ["wrong_length", "required", "out_of_range"]);
        let odd = r#"{"name":"C\u0000I","rights":["read_conversations"],"days":30}"#;
        assert_eq!(codes(odd), ["invalid_name"]);
    }

    #[test]
    fn no_token_is_given_what_is_for_people() {
        for right in Right::ALL.iter().filter(|right| !right.can_be_granted()) {
            let form = format!(
                r#"{{"name":"CI","rights":["{}"],"days":1}}"#,
                right.as_str()
            );
            assert_eq!(codes(&form), ["not_for_tokens"], "{right:?}");
        }
    }

    #[test]
    fn a_token_is_stored_as_a_hash_and_ends_after_its_days() {
        let text = r#"{"name":"CI","rights":["read_conversations"],"days":2}"#;
        let input = serde_json::from_str(text).expect("a form");
        let (id, maker) = (ApiTokenId::from_bytes([1; 16]), UserId::from_bytes([2; 16]));
        let row = made(input, id, maker, "canary", Timestamp::from_seconds(0));
        assert_eq!(row.until, Timestamp::from_seconds(2 * 24 * 3600));
        assert!(
            !serde_json::to_string(&row)
                .expect("JSON")
                .contains("canary")
        );
    }

    #[test]
    fn tokens_are_few() {
        assert!(room(9, 49).is_ok());
        assert!(room(10, 10).is_err());
        assert!(room(0, 50).is_err());
    }
}
