//! Telling a workspace's owners by mail why Sofi is silent: that the day's budget is spent, once a day and owner; that the plan
//! is over or its messages are used up, once for that end or that month.

use app::{App, longest_first, members};
use domain::Timestamp;
use domain::role::Role;
use mail::{Language, NoticeDraft, NoticeId, Template, To};
use store::row::NoticeRow;
use store::{Slot, TenantDb, keys};
use tenancy::{TenantScope, Worker};

use super::ReplyError;
use super::load::View;
use crate::plan;

/// A plan that stops Sofi: which fact it is, and whether it is over or used up.
pub(super) struct Stopped {
    fact: String,
    lapsed: bool,
}

impl Stopped {
    /// What is told. A plan that is over is named by the end of what was last paid for, a used-up one by the month.
    pub(super) fn of(reason: &str, view: &View, now: Timestamp) -> Self {
        let ended = view.bought.as_ref().and_then(|row| row.period_end);
        let lapsed = reason == plan::LAPSED;
        let fact = match lapsed {
            true => format!("lapsed-{}", ended.unwrap_or_default().seconds()),
            false => format!("used-up-{}", now.month()),
        };
        Self { fact, lapsed }
    }
}

/// Orders the mails about a plan that stops Sofi.
pub(super) async fn stopped(
    app: &App,
    scope: &TenantScope<Worker>,
    db: &TenantDb<Worker>,
    stopped: &Stopped,
) -> Result<(), ReplyError> {
    let template = Template::SofiStopped {
        lapsed: stopped.lapsed,
        link: format!("{}/billing", app.config.site()),
    };
    Box::pin(owners_hear(app, scope, db, (&stopped.fact, &template))).await
}

/// Orders the mails about a budget that is spent.
pub(super) async fn budget_reached(
    app: &App,
    scope: &TenantScope<Worker>,
    db: &TenantDb<Worker>,
    bot: &str,
) -> Result<(), ReplyError> {
    let fact = format!("budget-{}", crate::spend::day(app.clock.now()));
    let template = Template::BudgetReached {
        bot: bot.to_owned(),
    };
    Box::pin(owners_hear(app, scope, db, (&fact, &template))).await
}

/// Orders the mails. The fact is the day, the month or the end, not a row: each notice is created by itself, and whoever finds
/// Sofi stopped after a crash creates what is missing. Warm: two reads, and for each owner who was not told yet a call to KMS,
/// a write and a message.
async fn owners_hear(
    app: &App,
    scope: &TenantScope<Worker>,
    db: &TenantDb<Worker>,
    (fact, template): (&str, &Template),
) -> Result<(), ReplyError> {
    let owners = longest_first(&members(db).await?, Role::Owner);
    let mut reads = db.read_many();
    let mut asked = Vec::with_capacity(owners.len());
    for owner in owners {
        let id = NoticeId::new(fact, owner.suffix()).map_err(mail::MailError::from)?;
        let told: Slot<NoticeRow> = reads.find(&keys::notice(&id));
        asked.push((owner, id, told));
    }
    let answers = Box::pin(reads.send()).await?;
    for (owner, id, told) in asked {
        if answers.get(told)?.is_some() {
            continue;
        }
        let draft = NoticeDraft {
            id,
            to: To::Account(owner),
            language: Language::default(),
            template: template.clone(),
        };
        let notice = Box::pin(mail::notice(app, scope, draft)).await?;
        let mut transaction = db.transaction();
        notice.add_to(&mut transaction);
        match Box::pin(transaction.commit()).await {
            Ok(()) => notice.post(app).await,
            // Another turn of this moment tells it.
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
