//! One turn of a bot's sender: read, send, settle, until the outbox is empty or the bot must wait.

use std::time::Duration;

use app::{App, AppError, SealsJson, open_outbox, place};
use domain::Timestamp;
use domain::content::Outgoing;
use domain::ids::{BotId, PrivacyRequestId};
use domain::message::Lane;
use lambda::Invocation;
use secrecy::ExposeSecret;
use store::row::{BotRow, BotState, BusinessAccountRow, OutboxRow, OutboxState, SenderRow};
use store::{Direction, Found, Page, StoreError, TenantDb, keys};
use telegram::{Below, BotToken, Button, Client, SendError, Sent, TextMessage};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use super::decide::{Verdict, behind_later, verdict};
use super::gone::Gone;
use super::settle::{self, End, Marked};
use super::{SenderError, alert, document, typing};

/// Telegram's bulk limit is about thirty a second and bot.
const GAP: Duration = Duration::from_millis(34);
/// Time to leave unused, so that a message is never half settled when the platform stops us: the longest call to
/// Telegram (10 s) and the writes after it.
const RESERVE: Duration = Duration::from_secs(15);
const PAGE: usize = 10;
/// So much of what is for later is looked through for what has no reason to wait any more.
const LATER: usize = 100;

/// The process's client for Telegram, made at the first send.
pub(super) fn client(app: &App) -> Result<&'static Client, SenderError> {
    Ok(Client::of_process(app.config.telegram_api_url.as_deref())?)
}

/// What one look at the outbox found.
struct View {
    rows: Vec<Found<OutboxRow>>,
    /// Whether no other row waited.
    is_whole: bool,
    bot: Option<Found<BotRow>>,
    state: Option<Found<SenderRow>>,
}

/// How a fan is reached.
pub(super) struct Way {
    pub(super) chat_id: i64,
    /// In whose name, in the chats of a connected account: Telegram's id of the connection.
    pub(super) connection: Option<String>,
}

/// Everything that stays the same during a turn.
pub(super) struct Turn<'a> {
    pub(super) app: &'static App,
    pub(super) scope: &'a TenantScope<Worker>,
    pub(super) db: TenantDb<Worker>,
    pub(super) key: TenantKey,
    pub(super) bot: BotId,
    pub(super) invocation: &'a Invocation,
    gone: Gone,
}

/// Whether the turn goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// With the next message.
    Continue,
    /// Not in this invocation: someone will ring.
    Stop,
}

/// Drains the outbox of one bot.
pub(crate) async fn drain(
    app: &'static App,
    scope: &TenantScope<Worker>,
    bot: BotId,
    invocation: &Invocation,
) -> Result<(), SenderError> {
    let turn = Turn {
        app,
        scope,
        db: app.store.within(scope)?,
        key: app.tenant_key(scope).await?,
        bot,
        invocation,
        gone: Gone::default(),
    };
    loop {
        let view = Box::pin(turn.look()).await?;
        if view.rows.is_empty() {
            return Ok(());
        }
        let is_there = |bot: &Found<BotRow>| bot.row.state != BotState::Disconnected;
        let Some(bot) = view.bot.filter(is_there) else {
            Box::pin(turn.fail_all(view.rows, "bot_not_connected")).await?;
            if view.is_whole {
                return Ok(());
            }
            if invocation.left() < RESERVE {
                return turn.ring().await;
            }
            // Nobody else rings for what stands behind a full page.
            continue;
        };
        let rows = match bot.row.state {
            // The rows wait for a token that works; whoever writes one rings the doorbell.
            BotState::TokenDead => return Ok(()),
            BotState::Stopped => Box::pin(alert::only_care(&turn, view.rows)).await?,
            BotState::Connected | BotState::Disconnected => view.rows,
        };
        if Box::pin(turn.wait_for_block(view.state.as_ref())).await? == Next::Stop {
            return Ok(());
        }
        let mut left = rows.len();
        for row in rows {
            left -= 1;
            if invocation.left() < RESERVE {
                return turn.ring().await;
            }
            let lane = row.row.lane;
            if Box::pin(turn.take(row, &bot)).await? == Next::Stop {
                return Ok(());
            }
            // A person's message that came meanwhile goes before the rest of a lower lane.
            if lane != Lane::Person {
                break;
            }
        }
        // Whoever wrote a row since then has rung, and that ring comes after this turn.
        if view.is_whole && left == 0 {
            return Ok(());
        }
    }
}

/// Keeps the distance between two messages, of which the last took so long.
pub(super) async fn pace(took: Duration) {
    if took < GAP {
        tokio::time::sleep(GAP - took).await;
    }
}

impl Turn<'_> {
    /// The head of the outbox and the bot's state, read side by side.
    async fn look(&self) -> Result<View, SenderError> {
        let mut reads = self.db.read_many();
        let bot = reads.find::<BotRow>(&keys::bot(self.bot));
        let state = reads.find::<SenderRow>(&keys::sender(self.bot));
        let first = self.page(Lane::Person.digit(), PAGE);
        let (rows, facts) = futures::join!(first, reads.send());
        let (mut rows, facts, now) = (rows?, facts?, self.app.clock.now());
        let (mut is_whole, mut hides) = (rows.len() < PAGE, false);
        // A lane full of what is for later hides what is due in the lanes behind it.
        while let Some(lane) = behind_later(&rows, PAGE, now) {
            hides = true;
            rows = self.page(lane, PAGE).await?;
            is_whole = rows.len() < PAGE;
        }
        // Written for later; whoever wrote it has asked for a wake by then, or `tick` rings.
        let is_due = |found: &Found<OutboxRow>| found.row.queued_at <= now;
        let (mut rows, mut later): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_due);
        if hides {
            // A full page of one lane may have been passed over, and its end was not seen.
            later = self.page(Lane::Ai.digit(), LATER).await?;
            later.retain(|found| !is_due(found));
        }
        let bot = facts.get(bot)?;
        rows.extend(alert::quiet::over(self, bot.as_ref(), later).await?);
        Ok(View {
            rows,
            is_whole,
            bot,
            state: facts.get(state)?,
        })
    }

    /// The first rows of the outbox from a lane on, by its digit.
    async fn page(&self, lane: u8, limit: usize) -> Result<Vec<Found<OutboxRow>>, StoreError> {
        let (partition, from) = (keys::outbox_of(self.bot), lane.to_string());
        let page = Page {
            pk: &partition,
            from: &from,
            to: "9",
            direction: Direction::Forward,
            limit,
        };
        self.db.list::<OutboxRow>(&page).await
    }

    async fn take(&self, row: Found<OutboxRow>, bot: &Found<BotRow>) -> Result<Next, SenderError> {
        let outgoing = open_outbox(&self.key, &row.row);
        if row.row.state == OutboxState::Sending {
            let lease = row.row.due_at.unwrap_or_default();
            let left = self.now().until(lease);
            if !left.is_zero() {
                return Err(SenderError::Held(left));
            }
            match outgoing {
                Ok(outgoing) if alert::leaves_no_message(&outgoing) => {
                    settle::forget(self, &row).await?;
                }
                _ => settle::end(self, &row, End::Unknown, None).await?,
            }
            return Ok(Next::Continue);
        }
        let outgoing = match outgoing {
            Ok(outgoing) => outgoing,
            Err(AppError::Vault(_)) => return self.fail(&row, "content_does_not_open").await,
            Err(error) => return Err(error.into()),
        };
        match outgoing {
            Outgoing::Typing => typing::show(self, row, bot).await,
            Outgoing::Text { text } => self.send_text(row, bot, &text, Below::Nothing).await,
            Outgoing::Question { text, button, data } => {
                let buttons: [&[Button<'_>]; 1] = [&[(button.as_str(), data.as_str())]];
                self.send_text(row, bot, &text, Below::Buttons(&buttons))
                    .await
            }
            Outgoing::Choices { text, buttons } => {
                let buttons = buttons.iter();
                let buttons: Vec<Button<'_>> = buttons
                    .map(|(says, carries)| (says.as_str(), carries.as_str()))
                    .collect();
                let rows: Vec<&[Button<'_>]> = buttons.chunks(1).collect();
                self.send_text(row, bot, &text, Below::Buttons(&rows)).await
            }
            Outgoing::Export { request, text } => {
                Box::pin(document::send(self, row, bot, request, &text)).await
            }
            Outgoing::Aside { text } => Box::pin(alert::aside(self, row, bot, &text)).await,
            Outgoing::Alert(alert) => Box::pin(alert::send(self, row, bot, &alert)).await,
            Outgoing::AlertAnswer(answer) => Box::pin(alert::answer(self, row, bot, &answer)).await,
            Outgoing::AlertSummary(summary) => {
                Box::pin(alert::quiet::tell_all(self, row, bot, &summary)).await
            }
        }
    }

    async fn send_text(
        &self,
        row: Found<OutboxRow>,
        bot: &Found<BotRow>,
        text: &str,
        below: Below<'_>,
    ) -> Result<Next, SenderError> {
        if let Some(code) = self.gone.why(&row.row) {
            return self.fail(&row, code).await;
        }
        let way = match self.way(&row.row).await? {
            Ok(way) => way,
            Err(code) => return self.fail(&row, code).await,
        };
        if settle::withdrawn_as_late(self, &row).await? {
            return Ok(Next::Continue);
        }
        let Some(token) = self.token(bot).await? else {
            return Ok(Next::Stop);
        };
        let row = match settle::mark_sending(self, row).await? {
            Marked::Ours(row) => row,
            // It was cancelled a moment ago.
            Marked::Gone => return Ok(Next::Continue),
            // A person's words are not taken back unseen: they are shown as not sent.
            Marked::Silenced(row, code) if row.row.sent_by.is_some() => {
                return self.fail(&row, code).await;
            }
            Marked::Silenced(row, why) => {
                settle::withdraw(self, &row, why).await?;
                return Ok(Next::Continue);
            }
        };
        let message = TextMessage {
            chat_id: way.chat_id,
            connection: way.connection.as_deref(),
            text,
            reply_to: row.row.reply_to,
            below,
            ..TextMessage::default()
        };
        let telegram = client(self.app)?;
        let began = std::time::Instant::now();
        // What settling needs is read while Telegram works.
        let (answer, context) = futures::join!(
            telegram.send_message(&token, &message),
            settle::context(self, &row.row)
        );
        let said = (text, None);
        self.settle(row, bot, said, answer, context?, began.elapsed())
            .await
    }

    /// Writes how a call ended, of a message with this text that answers this request by arriving.
    pub(super) async fn settle(
        &self,
        row: Found<OutboxRow>,
        bot: &Found<BotRow>,
        (text, answers): (&str, Option<PrivacyRequestId>),
        answer: Result<Sent, SendError>,
        context: settle::Context,
        took: Duration,
    ) -> Result<Next, SenderError> {
        let next = match answer {
            Ok(sent) => {
                settle::end(
                    self,
                    &row,
                    End::Sent {
                        message_id: sent.message_id,
                        text,
                        answers,
                    },
                    Some(context),
                )
                .await?;
                Next::Continue
            }
            Err(error) => {
                tracing::warn!(
                    bot.id = self.bot.to_string(),
                    error.chain = telemetry::chain(&error),
                    "message was not sent"
                );
                self.after_failure(row, bot, &error, context).await?
            }
        };
        if next == Next::Continue {
            pace(took).await;
        }
        Ok(next)
    }

    async fn after_failure(
        &self,
        row: Found<OutboxRow>,
        bot: &Found<BotRow>,
        error: &SendError,
        context: settle::Context,
    ) -> Result<Next, SenderError> {
        match verdict(error.consequence(), row.row.attempts) {
            Verdict::Requeue { wait, blocked } => self.put_back(row, wait, blocked).await,
            Verdict::Failed { code, reachability } => {
                if reachability.is_some() {
                    self.gone.learn(row.row.conversation, self.now(), code);
                }
                settle::end(
                    self,
                    &row,
                    End::Failed { code, reachability },
                    Some(context),
                )
                .await?;
                Ok(Next::Continue)
            }
            Verdict::Unknown => {
                settle::end(self, &row, End::Unknown, Some(context)).await?;
                Ok(Next::Continue)
            }
            Verdict::Suspend => {
                settle::suspend(self, row, &bot.row).await?;
                Ok(Next::Stop)
            }
        }
    }

    pub(super) async fn fail_all(
        &self,
        rows: Vec<Found<OutboxRow>>,
        code: &'static str,
    ) -> Result<(), SenderError> {
        for row in rows {
            if open_outbox(&self.key, &row.row)
                .is_ok_and(|outgoing| alert::leaves_no_message(&outgoing))
            {
                settle::forget(self, &row).await?;
                continue;
            }
            settle::end(self, &row, End::untried(&row.row, code), None).await?;
        }
        Ok(())
    }

    /// Ends a message that could not be tried.
    pub(super) async fn fail(
        &self,
        row: &Found<OutboxRow>,
        code: &'static str,
    ) -> Result<Next, SenderError> {
        settle::end(self, row, End::untried(&row.row, code), None).await?;
        Ok(Next::Continue)
    }

    /// How the fan is reached, or why not: a stable code.
    pub(super) async fn way(
        &self,
        row: &OutboxRow,
    ) -> Result<Result<Way, &'static str>, SenderError> {
        let ids = self.key.peer_ids();
        let Some(account) = row.account else {
            let peer = ids.peer(self.bot, row.conversation);
            return Ok(peer.map_err(|_| "chat_not_found").map(|peer| Way {
                chat_id: peer.chat_id,
                connection: None,
            }));
        };
        let Ok(peer) = ids.business_peer(account, row.conversation) else {
            return Ok(Err("chat_not_found"));
        };
        let key = keys::business_account(self.bot, account);
        let found = self.db.find::<BusinessAccountRow>(&key).await?;
        let Some(known) = found.map(|found| found.row).filter(|row| row.enabled) else {
            return Ok(Err("business_not_connected"));
        };
        if !known.may_reply {
            return Ok(Err("business_may_not_reply"));
        }
        let place = place::<BusinessAccountRow>(&key, "connection");
        let connection: String = self.key.open_json(&place, &known.connection)?;
        Ok(Ok(Way {
            chat_id: peer.chat_id,
            connection: Some(connection),
        }))
    }

    /// The bot's token; `None` when there is none, or what was sealed is no token.
    pub(super) async fn token(&self, bot: &Found<BotRow>) -> Result<Option<BotToken>, SenderError> {
        let Some(sealed) = &bot.row.token else {
            return Ok(None);
        };
        let opened = self
            .app
            .vault
            .within(self.scope)?
            .open_token(sealed)
            .await?;
        Ok(BotToken::parse(opened.expose_secret()).ok())
    }

    pub(super) fn now(&self) -> Timestamp {
        self.app.clock.now()
    }
}
