//! The mails of a look: which are due, which were told before, and to whom they go.

use std::collections::BTreeMap;

use app::App;
use domain::billing::{SubscriptionCopy, renewal_notice, trial_notice};
use domain::ids::UserId;
use domain::notice::NoticeId;
use mail::{Language, MailError, Notice, NoticeDraft, To};
use store::row::NoticeRow;
use store::{StoreError, Transaction};

use super::bills::Bill;
use super::look::{Desk, Seen};
use super::passed_on::Act;
use super::tell::{self, Contract, Tell};
use super::{over, withdrawn};
use crate::error::BillingError;
use crate::people::People;
use crate::{cancellations, names, vendor};

/// What is told to somebody, or else to the owner who has been one for longest.
pub(super) type Addressed = (Option<UserId>, Tell);

/// What is told because of the copy, the bills and our own count, whatever becomes of the rest.
pub(super) fn facts(
    pages: &str,
    seen: &Seen<'_>,
    bills: &[Bill<'_>],
) -> Result<Vec<Tell>, MailError> {
    let made_at = seen.workspace.created_at;
    let mut tells = Vec::new();
    for bill in bills {
        let known = bill.known.as_ref().map(|known| &known.row);
        let said = (bill.invoice, &bill.row);
        let at_stripe = seen.at_stripe;
        let contract = at_stripe.map_or(Contract::Owing, |all| all.contract(bill.invoice));
        let told = tell::of_bill(said, known, contract, seen.hint, (pages, seen.now))?;
        tells.extend(told);
    }
    tells.extend(cancelled(pages, seen)?);
    tells.extend(ended(pages, seen)?);
    let trial = trial_notice(seen.copy().as_ref(), made_at, seen.now);
    tells.extend(trial.map(|notice| tell::of_trial(notice, pages)));
    let stands = app::standing_of(seen.workspace, seen.row.as_ref(), seen.now);
    tells.extend(tell::of_quota(stands, seen.before.written, pages)?);
    Ok(tells)
}

/// That the contract was cancelled, or that this was taken back, wherever that was done.
fn cancelled(page: &str, seen: &Seen<'_>) -> Result<Option<Tell>, MailError> {
    let Some(copy) = seen.copy() else {
        return Ok(None);
    };
    let before = seen.before.subscription.as_ref();
    let before = before.and_then(|found| found.row.copy());
    let mail = cancellations::told(before.as_ref(), &copy, page, seen.now)?;
    Ok(mail.map(|(id, template)| Tell { id, template }))
}

/// That the contract has ended because its payments failed.
fn ended(page: &str, seen: &Seen<'_>) -> Result<Option<Tell>, MailError> {
    let (Some(row), Some(at_stripe)) = (&seen.row, seen.at_stripe) else {
        return Ok(None);
    };
    over::told(row, &at_stripe.subscriptions, page, seen.now)
}

/// A renewal that is near and was not told: with what Stripe says that it will charge.
pub(super) async fn renewal(
    app: &App,
    seen: &Seen<'_>,
    told: &BTreeMap<NoticeId, NoticeRow>,
) -> Result<Option<Tell>, BillingError> {
    let copy = seen.copy();
    let due = copy.and_then(|copy| Some((renewal_notice(&copy, seen.now)?, copy)));
    let due = due.filter(|(notice, _)| !told.contains_key(&notice.id));
    let (Some((notice, copy)), Some(at_stripe)) = (due, seen.at_stripe) else {
        return Ok(None);
    };
    match Box::pin(at_stripe.client.renewal(copy.id.as_str())).await {
        // Nothing will be charged, so nothing renews.
        Ok(None) => Ok(None),
        Err(error) if error.is_passing() => Err(error.into()),
        preview => {
            let preview = preview.ok().flatten();
            let tell = tell::of_renewal(notice, &copy, preview.as_ref(), &vendor::page(app));
            Ok(Some(tell))
        }
    }
}

/// Everything that may have to be told, by its name.
fn ids(seen: &Seen<'_>, bills: &[Bill<'_>], facts: &[Tell]) -> Result<Vec<NoticeId>, MailError> {
    let mut ids: Vec<NoticeId> = facts.iter().map(|tell| tell.id.clone()).collect();
    let copy = seen.copy();
    let renewal = copy.and_then(|copy| renewal_notice(&copy, seen.now));
    ids.extend(renewal.map(|notice| notice.id));
    if let Some(row) = &seen.row {
        ids.extend(withdrawn::ids(row, bills)?);
        ids.extend(Act::cancelled(row)?.map(|act| act.confirmed));
    }
    Ok(ids)
}

impl Desk<'_> {
    /// What of it was told before.
    pub(super) async fn told(
        &self,
        seen: &Seen<'_>,
        bills: &[Bill<'_>],
        facts: &[Tell],
    ) -> Result<BTreeMap<NoticeId, NoticeRow>, BillingError> {
        let ids = ids(seen, bills, facts)?;
        Ok(Box::pin(names::known(&self.db, ids)).await?)
    }

    /// The mails. What is addressed to nobody goes to one person, so that each fact is told once.
    pub(super) async fn sealed(&self, tells: Vec<Addressed>) -> Result<Vec<Notice>, BillingError> {
        let first = match tells.iter().any(|(to, _)| to.is_none()) {
            true => self.people(None).await?.first(),
            false => None,
        };
        let mut notices = Vec::new();
        for (to, Tell { id, template }) in tells {
            let Some(account) = to.or(first) else {
                continue;
            };
            let draft = NoticeDraft {
                id,
                to: To::Account(account),
                language: Language::default(),
                template,
            };
            notices.push(Box::pin(mail::notice(self.app, self.scope, draft)).await?);
        }
        Ok(notices)
    }

    /// What somebody did, for whoever else it concerns and was not told.
    pub(super) async fn passed_on(
        &self,
        seen: &Seen<'_>,
        bought: &[SubscriptionCopy],
        told: &BTreeMap<NoticeId, NoticeRow>,
    ) -> Result<Vec<Addressed>, BillingError> {
        let Some(row) = &seen.row else {
            return Ok(Vec::new());
        };
        let mut acts = Act::withdrawn(row, bought).map_err(MailError::from)?;
        acts.extend(Act::cancelled(row).map_err(MailError::from)?);
        let done = acts
            .iter()
            .filter_map(|act| Some((act, act.done(told, seen.now)?)));
        let done: Vec<_> = done.collect();
        if done.is_empty() {
            return Ok(Vec::new());
        }
        let people = self.people(Some(seen)).await?;
        let page = vendor::page(self.app);
        let mut tells: Vec<(UserId, Tell)> = Vec::new();
        for (act, done) in done {
            let of = act.tells(done, &people, &page);
            tells.extend(of.map_err(MailError::from)?);
        }
        let ids = tells.iter().map(|(_, tell)| tell.id.clone()).collect();
        let known = Box::pin(names::known(&self.db, ids)).await?;
        tells.retain(|(_, tell)| !known.contains_key(&tell.id));
        let to = |(user, tell)| (Some(user), tell);
        Ok(tells.into_iter().map(to).collect())
    }

    /// Whom the plan concerns: with who bought, where that is known.
    async fn people(&self, seen: Option<&Seen<'_>>) -> Result<People, StoreError> {
        let checkout = seen.and_then(|seen| seen.before.checkout.as_ref());
        Box::pin(People::read(&self.db, checkout.map(|found| &found.row))).await
    }

    /// Writes facts and mails together, and has the mails sent.
    pub(super) async fn commit(
        &self,
        mut transaction: Transaction<'_>,
        mails: Vec<Notice>,
    ) -> Result<(), BillingError> {
        for mail in &mails {
            mail.add_to(&mut transaction);
        }
        Box::pin(transaction.commit()).await?;
        for mail in mails {
            mail.post(self.app).await;
        }
        Ok(())
    }
}
