//! Ordering a mail: the notice that is created with its fact.

use std::time::Duration;

use app::App;
use domain::notice::NoticeId;
use jobs::MailJob;
use store::Transaction;
use store::row::{NoticeRow, NoticeState};
use tenancy::{TenantScope, Writes};

use crate::{Content, Language, MailError, Template, To};

/// After so long `tick` asks for a notice whose message was lost.
const ASKED_AFTER: Duration = Duration::from_secs(60);

/// A fact to be told.
#[derive(Clone, Debug)]
pub struct NoticeDraft {
    /// Names the fact; the same fact must get the same id.
    pub id: NoticeId,
    /// To whom.
    pub to: To,
    /// In which language.
    pub language: Language,
    /// What is told.
    pub template: Template,
}

/// A sealed notice: to be added to the fact's transaction and, after the commit, to be posted.
#[derive(Debug)]
#[must_use = "a notice that is not added to the fact's transaction is never sent"]
pub struct Notice(NoticeRow);

/// Seals a notice for the scope's partition. One KMS call; writes nothing.
///
/// # Errors
/// [`MailError::TooLong`] or [`MailError::Link`] for parameters that no mail can carry; KMS's.
pub async fn notice<R: Writes>(
    app: &App,
    scope: &TenantScope<R>,
    draft: NoticeDraft,
) -> Result<Notice, MailError> {
    let (template, lane) = (draft.template.kind().to_owned(), draft.template.lane());
    let account = match draft.to {
        To::Account(user) => Some(user),
        To::Address(_) => None,
    };
    let content = Content::new(&draft.id, draft.to, draft.language, draft.template)?;
    let vault = app.vault.within(scope)?;
    let sealed = Box::pin(vault.seal_mail(&content.to_bytes()?)).await?;
    let now = app.clock.now();
    Ok(Notice(NoticeRow {
        id: draft.id,
        tenant: scope.tenant(),
        account,
        template,
        lane,
        content: Some(sealed),
        state: NoticeState::Pending,
        attempts: 0,
        reason: None,
        ses_id: None,
        trouble: None,
        created_at: now,
        next_at: now,
        ended_at: None,
        due_at: Some(now.plus(ASKED_AFTER)),
        until: None,
    }))
}

impl Notice {
    /// Adds the row to the fact's transaction, on the condition that the fact has no notice yet. Returns its position for
    /// `StoreError::failed`: a failure there says that the fact was told before.
    pub fn add_to(&self, transaction: &mut Transaction<'_>) -> usize {
        transaction.create(&self.0)
    }

    /// Has the mailer look at it now. Call it after the commit. A message that SQS does not take is no failure of the
    /// request: `tick` asks again.
    pub async fn post(self, app: &App) {
        let job = MailJob::new(self.0.tenant, self.0.id);
        let posted = app.jobs.mail_later(self.0.lane, &job, Duration::ZERO);
        if let Err(error) = Box::pin(posted).await {
            tracing::warn!(
                error.chain = telemetry::chain(&error),
                "mail was not asked for; the sweep will"
            );
        }
    }
}
