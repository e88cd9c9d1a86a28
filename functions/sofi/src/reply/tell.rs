//! Telling a workspace's owners by mail that the day's budget is spent: once a day and owner.

use app::App;
use domain::ids::UserId;
use domain::role::Role;
use mail::{Language, NoticeDraft, NoticeId, Template, To};
use store::row::{MemberRow, NoticeRow};
use store::{Direction, Page, Slot, TenantDb, keys};
use tenancy::{TenantScope, Worker};

use super::ReplyError;

/// Members that are looked through for owners.
const MEMBERS: usize = 100;

/// Orders the mails. The fact is the day, not a row: each notice is created by itself, and whoever finds the budget spent
/// after a crash creates what is missing. Warm: two reads, and for each owner who was not told yet a call to KMS, a write
/// and a message.
pub(super) async fn budget_reached(
    app: &App,
    scope: &TenantScope<Worker>,
    db: &TenantDb<Worker>,
    bot: &str,
) -> Result<(), ReplyError> {
    let fact = format!("budget-{}", crate::spend::day(app.clock.now()));
    let owners = Box::pin(owners(db)).await?;
    let mut reads = db.read_many();
    let mut asked = Vec::with_capacity(owners.len());
    for owner in owners {
        let id = NoticeId::new(&fact, owner.suffix()).map_err(mail::MailError::from)?;
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
            template: Template::BudgetReached {
                bot: bot.to_owned(),
            },
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

async fn owners(db: &TenantDb<Worker>) -> Result<Vec<UserId>, ReplyError> {
    let partition = keys::workspace().pk;
    let page = Page {
        pk: &partition,
        from: "MEMBER#",
        to: "MEMBER~",
        direction: Direction::Forward,
        limit: MEMBERS,
    };
    let members = db.list::<MemberRow>(&page).await?;
    let owners = members.into_iter().map(|found| found.row);
    Ok(owners
        .filter(|member| member.role == Role::Owner)
        .map(|member| member.user)
        .collect())
}
