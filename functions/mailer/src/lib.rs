//! Mail: sends each notice once, later if SES cannot, and hears from SES what became of it. Start at [`JOBS`] and
//! [`functions`].
//!
//! Two functions send, one a queue: a security mail then waits neither for a bulk mail's turn nor for its place among the
//! functions that may run at once, and each has its own alarm and a role that reads its own queue only.
//!
//! | job | calls when warm, one after the other |
//! |---|---|
//! | send, send-bulk | 6: notice, KMS, suppression, claim, SES, record; 3 more for a person's address that is not at hand (account, key, KMS) |
//! | feedback | 4: notice, suppression read and write, notice and mark written |
//!
//! | job | AWS actions |
//! |---|---|
//! | send, send-bulk | tenant session: work GetItem, PutItem; tenant GetItem (account); keys GetItem; KMS Decrypt (mail, data). Own session: routing GetItem (suppression and its secret); KMS Decrypt (platform); ses:SendEmail; sqs:SendMessage on its own queue |
//! | feedback | tenant session: work GetItem, PutItem; tenant PutItem (mail trouble). Own session: routing GetItem, PutItem (suppression and its secret); KMS Encrypt, Decrypt (platform) |

mod error;
mod feedback;
mod send;

use app::App;
use lambda::Functions;
use mail::{Sender, Ses};

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &["mailer.feedback", "mailer.send", "mailer.send-bulk"];

/// SES with the sender that the template names (`MAIL_FROM`, `MAIL_CONFIGURATION_SET`).
pub fn ses_from_env(app: &App) -> Ses {
    let read = |name: &str| std::env::var(name).unwrap_or_default();
    Ses::new(
        &app.aws,
        Sender {
            from: read("MAIL_FROM"),
            configuration_set: read("MAIL_CONFIGURATION_SET"),
        },
    )
}

/// The handlers.
pub fn functions(app: &'static App, ses: Ses) -> Functions {
    let bulk = ses.clone();
    Functions::new("mailer")
        .queue("feedback", move |event, _invocation| {
            feedback::handle(app, event)
        })
        .queue("send", move |event, _invocation| {
            send::handle(app, ses.clone(), event)
        })
        .queue("send-bulk", move |event, _invocation| {
            send::handle(app, bulk.clone(), event)
        })
}
