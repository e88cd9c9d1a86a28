//! `PUT /api/v1/me/mails`: which mails a person does without.

use app::{App, OrProblem};
use domain::audit::Action;
use domain::notice::MailTopic;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Validate};
use serde::{Deserialize, Serialize};
use store::keys;
use store::row::AccountRow;
use tenancy::VerifiedSession;
use utoipa::ToSchema;

use crate::error::AccountsError;

/// What a person does without.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailsIn {
    /// All of it; what is not named is sent again.
    off: Vec<MailTopic>,
}

impl Validate for MailsIn {
    fn validate(&self, _: &mut FieldErrors) {}
}

/// What a person does without.
#[derive(Serialize, ToSchema)]
pub(crate) struct MailsOut {
    /// Mails that are not sent.
    off: Vec<MailTopic>,
}

/// Chooses which mails are not sent to the person, in all workspaces. It counts from the next mail on. Mails about security,
/// receipts and notices that the law wants are always sent, and cannot be named.
#[utoipa::path(put, path = "/api/v1/me/mails", operation_id = "set_mails", tag = "accounts",
    request_body = MailsIn,
    responses((status = 200, description = "What is not sent.", body = MailsOut)))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession, input: MailsIn) -> Answer {
    let scope = session.account();
    let db = app.store.within(&scope).or_problem()?;
    let account = Box::pin(db.find::<AccountRow>(&keys::account())).await;
    let account = account
        .or_problem()?
        .ok_or(AccountsError::Absent("account"))
        .or_problem()?;
    let off = once(input.off);
    let changed = AccountRow {
        mails_off: Some(off.clone()),
        ..account.row
    };
    let mut transaction = db.transaction();
    transaction.replace(&changed, account.rev);
    app.audit(&scope, Action::MailsChange, session.user())
        .write(&mut transaction);
    transaction.commit().await.or_problem()?;
    app.ring_audit(&scope).await;
    http_kit::json(StatusCode::OK, &MailsOut { off })
}

fn once(mut topics: Vec<MailTopic>) -> Vec<MailTopic> {
    topics.sort_unstable();
    topics.dedup();
    topics
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(off: &Value) -> Option<Vec<MailTopic>> {
        let input = serde_json::from_value::<MailsIn>(json!({ "off": off }));
        input.ok().map(|input| once(input.off))
    }

    #[test]
    fn what_may_be_done_without_is_kept_once_and_everything_else_is_refused() {
        let both = json!(["quota_near", "budget_reached", "quota_near"]);
        assert_eq!(read(&both), Some(MailTopic::ALL.to_vec()));
        assert_eq!(read(&json!([])), Some(Vec::new()));
        for kind in [
            "receipt",
            "renewal_notice",
            "new_device",
            "withdrawal_receipt",
            "all",
        ] {
            assert_eq!(read(&json!([kind])), None, "{kind}");
        }
    }
}
