//! `POST /api/v1/fans/tags`: gives tags to many fans and takes others away, each fan by itself.
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant` and `keys`, Query, PutItem and DeleteItem on `tenant`,
//! PutItem on `work` and `audit`, kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

mod one;

use app::{App, FanLists, IntoProblem, OrProblem};
use domain::ids::FanId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Validate};
use serde::{Deserialize, Serialize};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use super::{Names, normal_tags, same_tag, sweep, wrong_tag};
use crate::load;
use one::Desk;

const MOST_FANS: usize = 100;
/// Tags of one request, of each kind: what they change about a fan fits one transaction.
const MOST_TAGS: usize = 20;

/// Which tags of which fans.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TagFans {
    /// Which fans: 1 to 100; the same one twice is one.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 100)]
    fan_ids: Vec<FanId>,
    /// Tags to give, at most 20 of 1 to 40 characters. A fan who has one in another case keeps it.
    #[serde(default)]
    #[schema(max_items = 20)]
    add: Vec<String>,
    /// Tags to take away, at most 20, whatever their case. None of them is in `add`.
    #[serde(default)]
    #[schema(max_items = 20)]
    remove: Vec<String>,
}

impl Validate for TagFans {
    fn validate(&self, errors: &mut FieldErrors) {
        match self.fan_ids.len() {
            0 => errors.add("fan_ids", "required", "Say which fans."),
            1..=MOST_FANS => {}
            _ => errors.add(
                "fan_ids",
                "too_many",
                "At most 100 fans can be tagged at once.",
            ),
        }
        for (field, tags) in [("add", &self.add), ("remove", &self.remove)] {
            if tags.len() > MOST_TAGS {
                errors.add(field, "too_many", "At most 20 tags can be changed at once.");
            }
            errors.nested(field, |errors| {
                for (index, tag) in tags.iter().enumerate() {
                    if let Some((code, message)) = wrong_tag(tag) {
                        errors.add(&index.to_string(), code, message);
                    }
                }
            });
        }
        let (add, remove) = (normal_tags(&self.add), normal_tags(&self.remove));
        if add.is_empty() && remove.is_empty() {
            errors.add("add", "required", "Say which tags.");
        }
        let both = |tag: &String| remove.iter().any(|other| same_tag(tag, other));
        if add.iter().any(both) {
            errors.add(
                "remove",
                "invalid_value",
                "A tag is given or taken away, not both.",
            );
        }
    }
}

/// What became of one fan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// The tags are as asked for.
    Changed,
    /// They were so before.
    Unchanged,
    /// There is no such fan, or none that you may see.
    NotFound,
    /// The fan would have more than 50 tags; nothing changed.
    TooManyTags,
    /// Others kept changing the fan, or the database did not answer: nothing changed. Ask again.
    Failed,
}

/// One fan, after the request.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaggedFan {
    /// Whom this is about.
    id: String,
    /// What became of it.
    outcome: Outcome,
    /// Tags that the fan has now and had not: taking them away again is the way back.
    added: Vec<String>,
    /// Tags that the fan had and has no more: giving them again is the way back.
    removed: Vec<String>,
}

/// What became of each fan.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaggedFans {
    /// In the order of the request.
    fans: Vec<TaggedFan>,
}

/// Gives tags to fans and takes tags away, each fan by itself: one that fails leaves the others as they are.
#[utoipa::path(post, path = "/api/v1/fans/tags", request_body = TagFans,
    responses((status = 200, description = "What became of each fan.", body = TaggedFans)))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Chatter>, input: TagFans) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let lists = FanLists::of(&key);
    let mut ids: Vec<FanId> = Vec::new();
    for id in input.fan_ids {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let (asked, remove) = (normal_tags(&input.add), normal_tags(&input.remove));
    let met = load::many(&db, scope.data(), &key, &ids)
        .await
        .or_problem()?;
    let names = Names::read(&db, &lists, &asked).await.or_problem()?;
    let add = names.spelled(&key, &lists, &asked).or_problem()?;
    let mut desk = Desk {
        app,
        scope: &scope,
        db: &db,
        key: &key,
        lists: &lists,
        names,
        add,
        remove,
    };
    let mut fans = Vec::with_capacity(ids.len());
    let mut broken = false;
    for (id, met) in ids.into_iter().zip(met) {
        // Where the database does not answer, asking for the rest as well would take longer than the caller waits.
        let done = match broken {
            true => Ok(one::unchanged(Outcome::Failed)),
            false => desk.change(id, met).await,
        };
        let done = match done {
            Ok(done) => done,
            Err(error) if fans.is_empty() => return Err(error.into_problem()),
            Err(error) => {
                let chain = telemetry::chain(&error);
                tracing::error!(error.chain = chain, "fans were not tagged");
                broken = true;
                one::unchanged(Outcome::Failed)
            }
        };
        fans.push(TaggedFan {
            id: id.to_string(),
            outcome: done.outcome,
            added: done.change.added,
            removed: done.change.removed,
        });
    }
    finish(&desk, &fans).await;
    http_kit::json(StatusCode::OK, &TaggedFans { fans })
}

/// What follows the changes.
async fn finish(desk: &Desk<'_>, fans: &[TaggedFan]) {
    if fans.iter().any(|fan| fan.outcome == Outcome::Changed) {
        desk.app.ring_audit(desk.scope).await;
    }
    let taken: Vec<_> = fans.iter().flat_map(|fan| fan.removed.clone()).collect();
    sweep(desk.db, desk.lists, &normal_tags(&taken)).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_kit::Problem;

    fn codes(body: serde_json::Value) -> Vec<(String, String)> {
        let input: TagFans = serde_json::from_value(body).expect("an input");
        let mut errors = FieldErrors::new();
        input.validate(&mut errors);
        match errors.finish() {
            Err(Problem::Invalid(errors)) => errors
                .into_iter()
                .map(|error| (error.field, error.code.into_owned()))
                .collect(),
            _ => Vec::new(),
        }
    }

    fn named(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(field, code): &(&str, &str)| ((*field).to_owned(), (*code).to_owned());
        fields.iter().map(owned).collect()
    }

    #[test]
    fn up_to_a_hundred_fans_and_twenty_tags_of_each_kind_are_taken() {
        let fans = |count: u8| -> Vec<String> {
            let id = |byte| FanId::from_bytes([byte; 16]).to_string();
            (1..=count).map(id).collect()
        };
        let tags = |count: usize| -> Vec<String> { (0..count).map(|n| n.to_string()).collect() };
        let fine = serde_json::json!({ "fan_ids": fans(100), "add": tags(20) });
        assert_eq!(codes(fine), []);
        let many = serde_json::json!({ "fan_ids": fans(101), "remove": tags(21) });
        let expected = [("fan_ids", "too_many"), ("remove", "too_many")];
        assert_eq!(codes(many), named(&expected));
        let nothing = serde_json::json!({ "fan_ids": [], "add": [] });
        let expected = [("fan_ids", "required"), ("add", "required")];
        assert_eq!(codes(nothing), named(&expected));
    }

    #[test]
    fn a_tag_is_not_given_and_taken_at_once() {
        let fan = FanId::from_bytes([1; 16]).to_string();
        let both = serde_json::json!({ "fan_ids": [fan], "add": ["VIP"], "remove": [" vip "] });
        assert_eq!(codes(both), named(&[("remove", "invalid_value")]));
        let blank = serde_json::json!({ "fan_ids": [fan], "add": [" "] });
        assert_eq!(codes(blank), named(&[("add.0", "required")]));
    }
}
