//! Mail: which facts are told, in which words, and how SES is called. The only crate that may use the SES SDK.
//!
//! # Telling a fact by mail
//!
//! A mail goes out once because its fact has one [`NoticeId`], and the notice is a row that is created, on the condition
//! that there is none, **in the transaction of the fact itself**:
//!
//! ```no_run
//! # use mail::{Language, NoticeDraft, NoticeId, Template, To};
//! # async fn handle<R: tenancy::Writes>(app: &app::App, scope: &tenancy::TenantScope<R>,
//! #     user: domain::ids::UserId, session: &str) -> Result<(), mail::MailError> {
//! let notice = mail::notice(app, scope, NoticeDraft {
//!     id: NoticeId::new("new-device", session)?,
//!     to: To::Account(user),                      // or To::address(&email)
//!     language: Language::default(),
//!     template: Template::NewDevice { device: "Firefox on Linux".into(), when: app.clock.now() },
//! }).await?;                                      // seals: one KMS call, before the transaction
//! let db = app.store.within(scope)?;
//! let mut transaction = db.transaction();
//! // ... the rows of the fact ...
//! let told = notice.add_to(&mut transaction);     // position, for `StoreError::failed`
//! transaction.commit().await?;
//! notice.post(app).await;                         // after the commit; never fails the request
//! # let _ = told; Ok(()) }
//! ```
//!
//! - The scope says in whose partition the notice stands: a person's account (`session.account()`, or
//!   `Provisioning::of(user.account_tenant()).scope()` where the account does not exist yet) or a workspace.
//! - [`To::Account`] goes to the person's own address as it is when the mail is sent: whoever orders the mail need not
//!   know it, and a bounce is shown to that person ([`trouble`]). [`To::address`] is for everybody else: people without an
//!   account, new and former addresses.
//! - If [`Notice::post`] is lost, `operations.tick` finds the row within two minutes.
//! - The function needs, in its tenant session, `dynamodb:PutItem` on `work` and `kms:Encrypt` under purpose `mail`;
//!   in its own, `sqs:SendMessage` on the queue of the template's lane, as `MAIL_QUEUE_URL` or `MAIL_BULK_QUEUE_URL`.
//! - [`Template::lane`] says which queue: security and verification never wait behind bulk.
//!
//! # Reading on
//!
//! [`Template`] lists the facts, `words/<language>.rs` says them, `render` makes text and HTML of them: no remote image,
//! no rewritten link, nothing that tells us whether a mail was read. [`Ses`] calls SES once and says what is certain
//! afterwards. `functions/mailer` is the only caller of [`Ses`] and of [`suppression`].

mod content;
mod error;
mod language;
mod name;
mod notice;
mod render;
mod ses;
pub mod suppression;
mod template;
pub mod trouble;
mod words;

pub use content::{Content, To};
pub use domain::notice::{MailLane, MailTrouble, NoticeId};
pub use error::MailError;
pub use language::Language;
pub use notice::{Notice, NoticeDraft, notice};
pub use render::{Rendered, render};
pub use ses::{SendError, Sender, Ses, SesMessageId, Tags};
pub use template::{Amount, FactorChange, Template};
