//! `GET /api/v1/billing`
//!
//! Uses GetItem on `routing`, BatchGetItem and Query on `tenant`, BatchGetItem on `work`. Stripe is not asked: when it does not
//! answer, this page does.

use app::{App, OrProblem};
use domain::Timestamp;
use domain::billing::{
    CURRENCY, Entitlements, Interval, Lapse, Meter, Offer, PLANS, PROCESSOR, Plan, Processor,
    StandingKind, Usage,
};
use domain::ids::BotId;
use futures::future::try_join3;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::{AiMonthRow, BotRow, BotState, InvitationRow, InvoiceRow, MemberRow, Row};
use store::{Direction, Found, Page, TenantDb, keys};
use tenancy::{Manager, Reads, TenantScope};
use utoipa::ToSchema;

use crate::head::{Head, withdrawable};
use crate::invoices::{self, InvoiceOut};
use crate::mails::{self, PlanMailOut};

/// Invoices that are shown beside the plan.
const INVOICES: usize = 12;
/// More than any plan has of bots, members or invitations.
const ALL: usize = 300;

/// What a plan lets a workspace have.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntitlementsOut {
    /// Bots that are connected.
    bots: u64,
    /// Members, open invitations counted.
    seats: u64,
    /// Fans; none is ever turned away.
    fans: u64,
    /// Messages that Sofi writes in a calendar month (UTC).
    ai_messages: u64,
}

impl From<Entitlements> for EntitlementsOut {
    fn from(of: Entitlements) -> Self {
        Self {
            bots: of.bots,
            seats: of.seats,
            fans: of.fans,
            ai_messages: of.ai_messages,
        }
    }
}

/// What one interval costs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PriceOut {
    /// How often it is paid.
    interval: Interval,
    /// In the currency's smallest unit, without tax.
    amount: u32,
    /// Three small letters.
    currency: String,
}

/// A plan that can be bought.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferOut {
    /// Which.
    plan: Plan,
    /// What it is called on invoices.
    name: String,
    /// What it costs.
    prices: Vec<PriceOut>,
    /// What it lets a workspace have.
    entitlements: EntitlementsOut,
}

impl From<&Offer> for OfferOut {
    fn from(offer: &Offer) -> Self {
        let price = |price: &domain::billing::Price| PriceOut {
            interval: price.interval,
            amount: price.amount,
            currency: CURRENCY.to_owned(),
        };
        Self {
            plan: offer.plan,
            name: offer.name.to_owned(),
            prices: offer.prices.iter().map(price).collect(),
            entitlements: offer.entitlements.into(),
        }
    }
}

/// What is used of one thing.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PlanUsageOut {
    /// Of what.
    meter: Meter,
    /// How much.
    used: u64,
    /// How much there may be. What is there already stays, also when it is more.
    allowed: u64,
}

/// A subscription as Stripe last told it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubscriptionOut {
    /// What was bought.
    plan: Plan,
    /// How often it is paid.
    interval: Interval,
    /// Stripe's word for how it stands: `active`, `past_due`, ...
    status: String,
    /// What one interval costs, in the currency's smallest unit.
    amount: Option<i64>,
    /// Three small letters.
    currency: Option<String>,
    /// When the present period ends, RFC 3339 UTC: until then it is paid, unless `status` says that a payment is owed (`past_due`,
    /// `unpaid`); then this is the end of the period that is not.
    paid_until: Option<String>,
    /// Whether it ends with what is paid for.
    cancelled: bool,
    /// When it ends, RFC 3339 UTC; null while it renews.
    ends_at: Option<String>,
}

/// How the contract can be taken back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithdrawalOut {
    /// The last moment, RFC 3339 UTC.
    until: String,
    /// What would be given back, in the currency's smallest unit: everything that was paid, less what has gone back already. While a bank
    /// decides on a payment (`lapse` is `disputed`) it may turn out to be less.
    refund: i64,
    /// Three small letters.
    currency: String,
}

/// Who takes the payments, on pages of their own, and what is to be shown before somebody is led there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProcessorOut {
    /// What it is called.
    name: String,
    /// Where it says what it reads of a device.
    privacy_policy: String,
    /// The standard for data of cards that it is certified to meet.
    standard: String,
    /// Where it says so.
    standard_source: String,
}

impl From<Processor> for ProcessorOut {
    fn from(of: Processor) -> Self {
        Self {
            name: of.name.to_owned(),
            privacy_policy: of.privacy_policy.to_owned(),
            standard: of.standard.to_owned(),
            standard_source: of.standard_source.to_owned(),
        }
    }
}

/// Plan, usage, invoices and mails of a workspace, from our own copies.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Billing {
    /// How it stands.
    standing: StandingKind,
    /// Why nothing is paid for; null where something is, or is tried.
    lapse: Option<Lapse>,
    /// What is tried or paid for; null for nothing.
    plan: Option<Plan>,
    /// When a trial or the grace after a failed payment ends, RFC 3339 UTC.
    until: Option<String>,
    /// Bots, seats and this month's messages of Sofi.
    usage: Vec<PlanUsageOut>,
    /// When the month's messages begin anew, RFC 3339 UTC.
    messages_reset_at: String,
    /// Fans that the plan is made for.
    fans: u64,
    /// What was bought and is not over.
    subscription: Option<SubscriptionOut>,
    /// How it can be taken back; null once it cannot.
    withdrawal: Option<WithdrawalOut>,
    /// When somebody withdrew from it, RFC 3339 UTC; null where nobody did, and once it has ended. Nothing of it can be changed then.
    withdrawn_at: Option<String>,
    /// Whether Stripe's pages about payment can be opened.
    has_customer: bool,
    /// The newest invoices.
    invoices: Vec<InvoiceOut>,
    /// The mails about plan and invoices of the last three months, newest first.
    mails: Vec<PlanMailOut>,
    /// What can be bought.
    offers: Vec<OfferOut>,
    /// Who takes the payments.
    processor: ProcessorOut,
}

/// Shows plan, usage, invoices and the mails about them. Stripe is not asked, so this answers also when Stripe does not.
#[utoipa::path(get, path = "/api/v1/billing", operation_id = "get_billing", tag = "billing",
    responses((status = 200, description = "Plan, usage, invoices and mails.", body = Billing)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Manager>) -> Answer {
    let (now, db) = (app.clock.now(), app.store.within(scope).or_problem()?);
    let (head, usage, invoices) = try_join3(
        Box::pin(Head::read(&db)),
        Box::pin(usage(&db, now)),
        Box::pin(invoices::newest(&db, None, INVOICES)),
    )
    .await?;
    let mails = Box::pin(mails::told(&db, &head, &invoices, now)).await?;
    let shown = Billing::of(&head, &usage, (invoices.as_slice(), mails), now);
    http_kit::json(StatusCode::OK, &shown)
}

impl Billing {
    fn of(
        head: &Head,
        used: &Usage,
        (invoices, mails): (&[Found<InvoiceRow>], Vec<PlanMailOut>),
        now: Timestamp,
    ) -> Self {
        let standing = head.standing(now);
        let entitlements = standing.entitlements();
        let shown = [Meter::Bots, Meter::Seats, Meter::AiMessages];
        Self {
            standing: standing.kind(),
            lapse: match standing {
                domain::billing::Standing::Lapsed(lapse) => Some(lapse),
                _ => None,
            },
            plan: standing.plan(),
            until: standing.until().map(Timestamp::rfc3339),
            usage: shown
                .map(|meter| PlanUsageOut {
                    meter,
                    used: used.of(meter),
                    allowed: entitlements.of(meter),
                })
                .into(),
            messages_reset_at: Timestamp::of_month(now.month() + 1).rfc3339(),
            fans: entitlements.fans,
            subscription: subscription(head),
            withdrawal: withdrawal(head, invoices, now),
            withdrawn_at: withdrawn_at(head).map(Timestamp::rfc3339),
            has_customer: head.bought.is_some(),
            invoices: invoices.iter().map(|found| (&found.row).into()).collect(),
            mails,
            offers: PLANS
                .iter()
                .filter(|offer| !offer.prices.is_empty())
                .map(OfferOut::from)
                .collect(),
            processor: PROCESSOR.into(),
        }
    }
}

fn subscription(head: &Head) -> Option<SubscriptionOut> {
    let copy = head.copy().filter(|copy| !copy.status.is_over())?;
    let ends_at = copy.ends_at();
    Some(SubscriptionOut {
        plan: copy.plan,
        interval: copy.interval,
        status: copy.status.as_str().to_owned(),
        amount: copy.amount,
        currency: copy.currency.clone(),
        paid_until: copy.period.map(|period| period.end.rfc3339()),
        cancelled: ends_at.is_some(),
        ends_at: ends_at.map(Timestamp::rfc3339),
    })
}

/// When what was bought, and is not over, was withdrawn from.
fn withdrawn_at(head: &Head) -> Option<Timestamp> {
    let copy = head.copy().filter(|copy| !copy.status.is_over())?;
    let row = &head.bought.as_ref()?.row;
    row.withdrawal_of(copy.id.as_str())
}

fn withdrawal(
    head: &Head,
    invoices: &[Found<InvoiceRow>],
    now: Timestamp,
) -> Option<WithdrawalOut> {
    let copy = head.copy().filter(|_| withdrawn_at(head).is_none())?;
    let until = withdrawable(&copy, now)?;
    let bought_at = copy.bought_at?;
    let rows = invoices.iter().map(|found| &found.row);
    let own = rows.filter(|row| row.made_at >= bought_at);
    Some(WithdrawalOut {
        until: until.rfc3339(),
        refund: invoices::kept(own),
        currency: copy.currency.clone().unwrap_or_else(|| CURRENCY.to_owned()),
    })
}

/// What is used; fans are not counted one by one for it.
async fn usage<R: Reads>(db: &TenantDb<R>, now: Timestamp) -> Result<Usage, Problem> {
    let (first, last) = (
        keys::bot(BotId::from_bytes([0; 16])),
        keys::bot(BotId::from_bytes([255; 16])),
    );
    let workspace = keys::workspace().pk;
    let (members, invitations) = (
        format!("{}~", keys::MEMBER),
        format!("{}~", keys::INVITATION),
    );
    let (bots, members, invitations) = try_join3(
        Box::pin(all::<R, BotRow>(db, &first.pk, (&first.sk, &last.sk))),
        Box::pin(all::<R, MemberRow>(
            db,
            &workspace,
            (keys::MEMBER, &members),
        )),
        Box::pin(all::<R, InvitationRow>(
            db,
            &workspace,
            (keys::INVITATION, &invitations),
        )),
    )
    .await?;
    let connected = bots
        .iter()
        .filter(|bot| bot.row.state != BotState::Disconnected);
    let open = invitations
        .iter()
        .filter(|found| found.row.token_hash.is_some());
    Ok(Usage {
        bots: number(connected.count()),
        seats: number(members.len() + open.count()),
        fans: 0,
        ai_messages: messages(db, now).await?,
    })
}

async fn all<R: Reads, T: Row>(
    db: &TenantDb<R>,
    pk: &str,
    (from, to): (&str, &str),
) -> Result<Vec<Found<T>>, Problem> {
    let page = Page {
        pk,
        from,
        to,
        direction: Direction::Forward,
        limit: ALL,
    };
    Box::pin(db.list(&page)).await.or_problem()
}

/// What Sofi wrote in this month.
async fn messages<R: Reads>(db: &TenantDb<R>, now: Timestamp) -> Result<u64, Problem> {
    let mut reads = db.read_many();
    let shards: Vec<_> = (0..keys::SHARDS)
        .map(|shard| reads.find::<AiMonthRow>(&keys::ai_month(now.month(), shard)))
        .collect();
    let found = Box::pin(reads.send()).await.or_problem()?;
    let mut sum = 0;
    for shard in shards {
        sum += found
            .get(shard)
            .or_problem()?
            .map_or(0, |found| found.row.messages);
    }
    Ok(u64::try_from(sum).unwrap_or(0))
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::tests::{OWNER, copy, head};
    use crate::invoices::tests::invoice;
    use domain::billing::{InvoiceStatus, SubscriptionStatus, TRIAL};
    use store::row::SubscriptionRow;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_456_800);

    /// What a workspace has whose contract is in this state.
    fn bought(status: SubscriptionStatus) -> Head {
        let row = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let row = row.synced(Some(copy(status, NOW.seconds())), NOW);
        head(Some(row), NOW)
    }

    #[test]
    fn a_new_workspace_tries_everything_and_is_offered_what_costs_something() {
        let used = Usage {
            bots: 2,
            seats: 1,
            fans: 0,
            ai_messages: 7,
        };
        let shown = Billing::of(&head(None, NOW), &used, (&[], Vec::new()), NOW);
        assert_eq!(shown.standing, StandingKind::Trial);
        assert_eq!(shown.until, Some(NOW.plus(TRIAL).rfc3339()));
        let trial = Plan::Trial.offer().entitlements;
        let bots = PlanUsageOut {
            meter: Meter::Bots,
            used: 2,
            allowed: trial.bots,
        };
        assert_eq!(shown.usage.first(), Some(&bots));
        let plans: Vec<_> = shown.offers.iter().map(|offer| offer.plan).collect();
        assert_eq!(plans, [Plan::Creator, Plan::Studio, Plan::Agency]);
        assert!(!shown.has_customer && shown.withdrawal.is_none());
    }

    #[test]
    fn what_was_withdrawn_from_is_shown_so_and_offered_no_second_time() {
        let shown = |status| {
            let row = SubscriptionRow::of("cus_1".parse().expect("an id"));
            let row = row.synced(Some(copy(status, NOW.seconds())), NOW);
            let declared = row.withdrawn_from("sub_1".parse().expect("an id"), OWNER, NOW);
            let listed: (&[Found<InvoiceRow>], _) = (&[], Vec::new());
            Billing::of(&head(Some(declared), NOW), &Usage::default(), listed, NOW)
        };
        let waits = shown(SubscriptionStatus::Active);
        assert_eq!(waits.withdrawn_at, Some(NOW.rfc3339()));
        assert!(waits.withdrawal.is_none() && waits.subscription.is_some());
        assert_eq!(shown(SubscriptionStatus::Canceled).withdrawn_at, None);
    }

    #[test]
    fn what_would_be_given_back_is_what_was_paid_since_the_purchase() {
        let before = Timestamp::from_seconds(NOW.seconds() - 60);
        let invoices = [
            invoice("in_2", InvoiceStatus::Open, NOW),
            invoice("in_1", InvoiceStatus::Paid, NOW),
            invoice("in_0", InvoiceStatus::Paid, before),
        ];
        let invoices = invoices.map(|row| Found { row, rev: 1 });
        let of = |head: &Head| {
            let listed = (invoices.as_slice(), Vec::new());
            Billing::of(head, &Usage::default(), listed, NOW)
        };
        let shown = of(&bought(SubscriptionStatus::Active));
        assert_eq!(shown.withdrawal.map(|one| one.refund), Some(2_900));
        let shown = of(&bought(SubscriptionStatus::Canceled));
        assert!(shown.withdrawal.is_none() && shown.subscription.is_none());
    }
}
