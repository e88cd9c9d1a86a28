//! The beginning of a closing and the way back: bots, invitations, and what members' logins and sessions say.

use app::{MembershipChange, end_session};
use domain::ids::{TenantId, UserId};
use domain::privacy::{ClosingState, Origin};
use domain::role::Role;
use mail::{Notice, NoticeDraft, NoticeId, Template, To};
use store::row::{
    BotRow, BotState, ClosedRow, ClosingRow, ErasedRow, InvitationLinkRow, InvitationRow, LoginRow,
    MemberRow, Membership, WorkspaceRow,
};
use store::{Direction, Found, Page, Row, keys};

use super::Desk;
use crate::erase::Step;
use crate::error::PrivacyError;
use crate::holdings::whole;

impl Desk<'_> {
    /// Stops everything and tells the members. A pass that found nothing to do ends it: then nobody is left who could begin
    /// something new.
    pub(super) async fn stop(&mut self) -> Result<Step, PrivacyError> {
        let mut is_still = true;
        for bot in self.bots_that(BotState::is_on).await? {
            if self.turn(bot, BotState::Stopped).await? == Step::Stop {
                return Ok(Step::Stop);
            }
            is_still = false;
        }
        for invitation in self.listed::<InvitationRow>(keys::INVITATION).await? {
            let Some(hash) = invitation.row.token_hash.clone() else {
                continue;
            };
            if self.take_back(invitation, &hash).await? == Step::Stop {
                return Ok(Step::Stop);
            }
            is_still = false;
        }
        for member in self.members().await? {
            if self.work.row.told.contains(&member.row.user) {
                continue;
            }
            if self.is_late().await? || Box::pin(self.tell(&member.row)).await? == Step::Stop {
                return Ok(Step::Stop);
            }
            is_still = false;
        }
        if !is_still {
            return Ok(Step::Again);
        }
        let step = self.end_untold().await?;
        if step != Step::Done {
            return Ok(step);
        }
        let frozen = ClosingRow {
            state: ClosingState::Frozen,
            ..self.work.row.clone()
        };
        self.write(frozen, |_| {}).await
    }

    /// Ends what somebody has that does not say that the workspace is being closed: whoever told them may have died before it
    /// was ended, and so may the request with which it was closed.
    async fn end_untold(&mut self) -> Result<Step, PrivacyError> {
        let (tenant, until) = (self.work.row.tenant, self.work.row.closes_at);
        let mut all = Step::Done;
        for member in self.members().await? {
            if self.is_late().await? {
                return Ok(Step::Stop);
            }
            let untold = self.app.untold_of(member.row.user, tenant, until).await?;
            if untold.is_empty() {
                continue;
            }
            let written = self.write(self.work.row.clone(), |transaction| {
                for session in &untold {
                    end_session(transaction, session);
                }
            });
            match written.await? {
                Step::Done => all = Step::Again,
                step => return Ok(step),
            }
        }
        Ok(all)
    }

    /// Has everything go on as it was, and ends the work.
    pub(super) async fn reopen(&mut self) -> Result<Step, PrivacyError> {
        for user in self.work.row.told.clone() {
            if self.is_late().await? || Box::pin(self.free(user)).await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        for bot in self.bots_that(|state| state == BotState::Stopped).await? {
            if self.turn(bot, BotState::Connected).await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        if !self.work.row.told.is_empty() {
            return Ok(Step::Again);
        }
        let mut transaction = self.db.transaction();
        transaction.delete::<ClosingRow>(&keys::closing(), self.work.rev);
        match transaction.commit().await {
            Ok(()) => {
                let tenant = self.work.row.tenant;
                tracing::info!(tenant.id = %tenant, "a workspace is open again");
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into()),
        }
        Ok(Step::Stop)
    }

    /// The time is over: the mark first, and who may have the certificate.
    pub(super) async fn begin_erasure(&mut self) -> Result<Step, PrivacyError> {
        let login = match self.work.row.account() {
            None => None,
            Some(user) => match self.closing_login(user).await? {
                Some(login) => Some(login),
                None => return self.stays().await,
            },
        };
        let members = self.members().await?;
        let owners = members
            .iter()
            .filter(|member| member.row.role == Role::Owner)
            .map(|member| member.row.user);
        let work = ClosingRow {
            state: ClosingState::Erasing,
            owners: owners.collect(),
            ..self.work.row.clone()
        };
        let mark = ClosedRow {
            tenant: work.tenant,
            request: work.request,
            owners: work.owners.clone(),
            erased_at: self.app.clock.now(),
            finished_at: None,
            certificate: None,
            certificate_signature: None,
        };
        let erased = ErasedRow {
            request: work.request,
            tenant: work.tenant,
            mark: None,
            origin: Origin::Team,
            requested_by: Some(work.asked_by),
            owners: work.owners.clone(),
            workspaces: login.iter().flat_map(joined).collect(),
            asked_at: work.asked_at,
            begun_at: mark.erased_at,
        };
        self.write(work, |transaction| {
            transaction.create(&mark);
            // A login that takes the closing back at this moment is the one that counts.
            if let Some(login) = &login {
                transaction.replace(&login.row, login.rev);
            }
            transaction.create(&erased);
        })
        .await
    }

    /// Every member of the workspace.
    pub(super) async fn members(&self) -> Result<Vec<Found<MemberRow>>, PrivacyError> {
        self.listed::<MemberRow>(keys::MEMBER).await
    }

    async fn listed<T: Row>(&self, prefix: &str) -> Result<Vec<Found<T>>, PrivacyError> {
        let page = Page {
            pk: &keys::workspace().pk,
            from: prefix,
            to: &format!("{prefix}~"),
            direction: Direction::Forward,
            limit: usize::MAX,
        };
        Ok(self.db.list(&page).await?)
    }

    async fn bots_that(
        &self,
        wanted: fn(BotState) -> bool,
    ) -> Result<Vec<Found<BotRow>>, PrivacyError> {
        let page = whole(keys::BOTS, usize::MAX);
        let mut bots = self.db.list::<BotRow>(&page).await?;
        bots.retain(|bot| wanted(bot.row.state));
        Ok(bots)
    }

    async fn turn(&mut self, bot: Found<BotRow>, state: BotState) -> Result<Step, PrivacyError> {
        let row = BotRow { state, ..bot.row };
        self.write(self.work.row.clone(), |transaction| {
            transaction.replace(&row, bot.rev);
        })
        .await
    }

    /// Ends an invitation: nobody joins a workspace that is being closed.
    async fn take_back(
        &mut self,
        invitation: Found<InvitationRow>,
        hash: &str,
    ) -> Result<Step, PrivacyError> {
        let row = InvitationRow {
            token_hash: None,
            ..invitation.row
        };
        self.write(self.work.row.clone(), |transaction| {
            transaction.replace(&row, invitation.rev);
            transaction.delete_any::<InvitationLinkRow>(&keys::invitation_link(hash));
        })
        .await
    }

    /// Has a member's login and sessions say that the workspace is being closed, and an owner told by mail.
    async fn tell(&mut self, member: &MemberRow) -> Result<Step, PrivacyError> {
        let mut work = self.work.row.clone();
        work.told.push(member.user);
        let closes_at = Some(work.closes_at);
        let change = self.app.change_memberships(member.user, None).await?;
        let change = change.and_then(|change| {
            let closed = change.with_closing(work.tenant, closes_at)?;
            Some((change, closed))
        });
        let notice = match member.role {
            Role::Owner => Some(Box::pin(self.notice(member.user)).await?),
            Role::Manager | Role::Chatter | Role::Analyst => None,
        };
        let step = self.change(work, change, notice.as_ref()).await?;
        if let (Step::Done, Some(notice)) = (step, notice) {
            notice.post(self.app).await;
        }
        Ok(step)
    }

    /// Has them say so no longer.
    async fn free(&mut self, user: UserId) -> Result<Step, PrivacyError> {
        let mut work = self.work.row.clone();
        work.told.retain(|told| *told != user);
        let change = self.app.change_memberships(user, None).await?;
        let change = change.and_then(|change| {
            let open = change.with_closing(work.tenant, None)?;
            Some((change, open))
        });
        self.change(work, change, None).await
    }

    async fn change(
        &mut self,
        work: ClosingRow,
        change: Option<(MembershipChange, Vec<Membership>)>,
        notice: Option<&Notice>,
    ) -> Result<Step, PrivacyError> {
        let written = self.write(work, |transaction| {
            if let Some((change, memberships)) = &change {
                change.write(transaction, memberships);
            }
            if let Some(notice) = notice {
                notice.add_to(transaction);
            }
        });
        let step = written.await?;
        if let (Step::Done, Some((change, memberships))) = (step, &change) {
            Box::pin(change.sweep(self.app, memberships)).await?;
        }
        Ok(step)
    }

    async fn notice(&self, owner: UserId) -> Result<Notice, PrivacyError> {
        let row = &self.work.row;
        let workspace = self.db.find::<WorkspaceRow>(&keys::workspace()).await?;
        let names = format!("{}-{}", row.request.suffix(), owner.suffix());
        let draft = NoticeDraft {
            id: NoticeId::new("closing", names).map_err(mail::MailError::from)?,
            to: To::Account(owner),
            language: mail::Language::default(),
            template: Template::WorkspaceCloses {
                workspace: workspace.map(|found| found.row.name).unwrap_or_default(),
                until: row.closes_at,
                link: format!("{}/more", self.app.config.site()),
            },
        };
        Ok(Box::pin(mail::notice(self.app, self.scope, draft)).await?)
    }
}

/// The workspaces that a login names.
fn joined(login: &Found<LoginRow>) -> impl Iterator<Item = TenantId> {
    let memberships = login.row.memberships.iter();
    memberships.map(|membership| membership.tenant)
}
