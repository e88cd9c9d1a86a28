//! The mails of a look: which are due, which were told before, and to whom they go.

use std::collections::BTreeMap;

use app::App;
use domain::billing::{renewal_notice, trial_notice};
use domain::ids::UserId;
use domain::notice::NoticeId;
use domain::role::Role;
use mail::{Language, MailError, Notice, NoticeDraft, To};
use store::row::{MemberRow, NoticeRow};
use store::{Direction, Page, StoreError, Transaction, keys};

use super::bills::Bill;
use super::look::{Desk, Seen};
use super::passed_on::Act;
use super::tell::{self, Contract, Tell};
use super::{over, withdrawn};
use crate::error::BillingError;
use crate::{cancellations, names, vendor};

/// Members that are looked through for owners.
const MEMBERS: usize = 100;

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
        let act = Act::of(row)?;
        ids.extend(
            act.into_iter()
                .flat_map(|act| [act.confirmed, act.passed_on]),
        );
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

    /// The mails, to the owner who has been one for longest: one person, so that each fact is told once.
    pub(super) async fn sealed(&self, tells: Vec<Tell>) -> Result<Vec<Notice>, BillingError> {
        if tells.is_empty() {
            return Ok(Vec::new());
        }
        let Some(owner) = self.owner().await? else {
            return Ok(Vec::new());
        };
        let mut notices = Vec::new();
        for Tell { id, template } in tells {
            let draft = NoticeDraft {
                id,
                to: To::Account(owner),
                language: Language::default(),
                template,
            };
            notices.push(Box::pin(mail::notice(self.app, self.scope, draft)).await?);
        }
        Ok(notices)
    }

    /// What another owner did, for the one who has been one for longest.
    pub(super) async fn passed_on(
        &self,
        seen: &Seen<'_>,
        told: &BTreeMap<NoticeId, NoticeRow>,
    ) -> Result<Option<Tell>, BillingError> {
        let act = seen.row.as_ref().map(Act::of).transpose();
        let act = act.map_err(MailError::from)?.flatten();
        let page = vendor::page(self.app);
        let Some((doer, tell)) = act.and_then(|act| act.due(told, (page.as_str(), seen.now)))
        else {
            return Ok(None);
        };
        let first = self.owner().await?;
        Ok(first.filter(|first| *first != doer).map(|_| tell))
    }

    async fn owner(&self) -> Result<Option<UserId>, StoreError> {
        let page = Page {
            pk: &keys::workspace().pk,
            from: keys::MEMBER,
            to: &format!("{}~", keys::MEMBER),
            direction: Direction::Forward,
            limit: MEMBERS,
        };
        let members = self.db.list::<MemberRow>(&page).await?;
        let owners = members.into_iter().map(|found| found.row);
        let first = owners
            .filter(|member| member.role == Role::Owner)
            .min_by_key(|member| (member.joined_at, member.user));
        Ok(first.map(|member| member.user))
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
