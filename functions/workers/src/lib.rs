//! Queue workers: inbound updates, the sender, the drain of dead letters. Start at [`JOBS`] and [`functions`].

mod drain;
mod inbound;
mod sender;
mod wake;

use app::App;
use lambda::Functions;

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &[
    "workers.drain",
    "workers.inbound",
    "workers.sender",
    "workers.wake",
];

/// The job that looks for distress in what fans write.
pub const READS_TEXTS: &str = "workers.inbound";

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    Functions::new("workers")
        .queue("drain", move |event, _invocation| drain::handle(app, event))
        .queue("inbound", move |event, invocation| {
            inbound::handle(app, event, invocation)
        })
        .queue("sender", move |event, invocation| {
            sender::handle(app, event, invocation)
        })
        .queue("wake", move |event, _invocation| wake::handle(app, event))
}
