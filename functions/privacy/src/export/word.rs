//! Who hears that an export is ready: a member by a mail that leads to it, a fan in the chat, with the file itself.

use app::{Event, event_row, longest_first, members};
use domain::Timestamp;
use domain::content::Outgoing;
use domain::ids::{BotId, ConversationId, MessageId, UserId};
use domain::message::{Author, Lane};
use domain::privacy::FAN_FILE_MOST;
use domain::role::Role;
use mail::{Notice, NoticeDraft, NoticeId, Template, To};
use store::row::{EventRow, ExportRow, MemberRow, OutboxRow, QueuedRow};
use store::{Found, Transaction};
use telegram::commands::{Exporting, Language};

use super::{Desk, PATIENCE};
use crate::error::PrivacyError;

/// What is said, to be added to the transaction that makes the export ready and posted after it.
pub(super) enum Word {
    /// To the member who asked.
    Mail(Box<Notice>),
    /// To the fan who asked.
    Chat(Box<Said>),
    /// To nobody: it is seen where requests are listed.
    Nobody,
}

/// A message on its way into a chat.
pub(super) struct Said {
    outbox: OutboxRow,
    queued: QueuedRow,
    event: EventRow,
}

impl Word {
    /// Adds its rows.
    pub(super) fn add_to(&self, transaction: &mut Transaction<'_>) {
        match self {
            Self::Mail(notice) => {
                notice.add_to(transaction);
            }
            Self::Chat(said) => {
                transaction.create(&said.outbox);
                transaction.create(&said.queued);
                transaction.create(&said.event);
            }
            Self::Nobody => {}
        }
    }

    /// Whether the request is done with it. A fan's is when the file has arrived, which the sender sees.
    pub(super) const fn answers(&self) -> bool {
        !matches!(self, Self::Chat(_))
    }
}

impl Desk<'_> {
    /// Prepares the word.
    pub(super) async fn word(
        &self,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Word, PrivacyError> {
        let row = &self.work.row;
        match (row.requested_by, row.asked_in) {
            (Some(by), _) => {
                let team = members(self.db).await?;
                self.mail(reader(by, &team), until).await
            }
            (None, Some(to)) => self.said(to, now).await,
            (None, None) => Ok(Word::Nobody),
        }
    }

    async fn mail(&self, by: UserId, until: Timestamp) -> Result<Word, PrivacyError> {
        let request = self.work.row.request;
        let draft = NoticeDraft {
            id: NoticeId::new("export", request.suffix()).map_err(mail::MailError::from)?,
            to: To::Account(by),
            language: mail::Language::default(),
            template: Template::ExportReady {
                link: format!("{}/privacy/{request}", self.app.config.site()),
                until,
            },
        };
        let notice = Box::pin(mail::notice(self.app, self.scope, draft)).await?;
        Ok(Word::Mail(Box::new(notice)))
    }

    async fn said(
        &self,
        (bot, conversation): (BotId, ConversationId),
        now: Timestamp,
    ) -> Result<Word, PrivacyError> {
        let (app, row) = (self.app, &self.work.row);
        let key = app.tenant_key(self.scope).await?;
        let id = app.mint(MessageId::new);
        let (to, from) = (
            (row.tenant, bot, conversation),
            (Lane::Person, Author::Automation),
        );
        let outbox = OutboxRow {
            due_at: Some(now.plus(PATIENCE)),
            ..OutboxRow::queued(id, to, from, now)
        };
        let outbox = app.seal_outbox(&key, outbox, &content(row))?;
        let event = Event::MessageQueued;
        Ok(Word::Chat(Box::new(Said {
            queued: QueuedRow::of(&outbox),
            outbox,
            event: event_row(app, now, event, conversation, row.fan, Some(id)),
        })))
    }

    /// Has it go out. Best effort: what a lost ring leaves behind, `tick` finds within minutes.
    pub(super) async fn post(&self, word: Word) {
        let said = match word {
            Word::Mail(notice) => return notice.post(self.app).await,
            Word::Chat(said) => said,
            Word::Nobody => return,
        };
        let (tenant, unique) = (self.work.row.tenant, self.app.unique());
        let rung = self.app.jobs.ring(tenant, said.outbox.bot, &unique).await;
        if let Err(error) = rung {
            let chain = telemetry::chain(&error);
            tracing::warn!(tenant.id = %tenant, error.chain = chain, "the doorbell did not ring");
        }
    }
}

/// Who is told that the file of `by` is there: where they have left, or may not have it any more, the owner who has been there
/// for longest.
fn reader(by: UserId, team: &[Found<MemberRow>]) -> UserId {
    let asked = team.iter().find(|member| member.row.user == by);
    if asked.is_some_and(|member| member.row.role >= Role::Manager) {
        return by;
    }
    let owners = longest_first(team, Role::Owner);
    owners.first().copied().unwrap_or(by)
}

/// The file, or why it cannot come.
fn content(row: &ExportRow) -> Outgoing {
    let language = Language::of(row.language.as_deref());
    if row.bytes > FAN_FILE_MOST {
        let text = Exporting::Large.says(language).to_owned();
        return Outgoing::Text { text };
    }
    Outgoing::Export {
        request: row.request,
        text: Exporting::Here.says(language).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::{PrivacyRequestId, TenantId};
    use domain::privacy::ExportState;

    use super::*;

    fn of(bytes: u64) -> ExportRow {
        let to = (
            BotId::from_bytes([3; 16]),
            ConversationId::from_bytes([4; 16]),
        );
        ExportRow {
            asked_in: Some(to),
            language: Some("de".to_owned()),
            state: ExportState::Closing,
            bytes,
            ..ExportRow::new(
                PrivacyRequestId::from_bytes([1; 16]),
                TenantId::from_bytes([2; 16]),
            )
        }
    }

    #[test]
    fn p25_a_file_that_no_bot_can_send_is_not_sent_and_the_fan_is_told() {
        assert!(matches!(
            content(&of(FAN_FILE_MOST)),
            Outgoing::Export { .. }
        ));
        let Outgoing::Text { text } = content(&of(FAN_FILE_MOST + 1)) else {
            panic!("a file that is too large");
        };
        assert_eq!(text, Exporting::Large.says(Language::German));
    }

    #[test]
    fn an_owner_hears_of_the_file_once_who_asked_has_left_or_may_not_have_it() {
        let member = |byte: u8, role, joined| Found {
            row: MemberRow::new(
                UserId::from_bytes([byte; 16]),
                role,
                Timestamp::from_seconds(joined),
            ),
            rev: 1,
        };
        let [asked, late, first] = [1, 2, 3].map(|byte| UserId::from_bytes([byte; 16]));
        let owners = [member(2, Role::Owner, 9), member(3, Role::Owner, 5)];
        for (role, expected) in [
            (None, first),
            (Some(Role::Chatter), first),
            (Some(Role::Manager), asked),
            (Some(Role::Owner), asked),
        ] {
            let mut team = owners.to_vec();
            team.extend(role.map(|role| member(1, role, 1)));
            assert_eq!(reader(asked, &team), expected, "{role:?}");
        }
        assert_eq!(reader(late, &owners), late);
        assert_eq!(reader(asked, &[]), asked);
    }
}
