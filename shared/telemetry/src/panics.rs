//! Panics: where they happened, never what they said.
//!
//! A panic message may quote data (slicing a text inside a character prints the text), so the
//! default hook, which writes it to standard error and so to the log group, is replaced.

use std::cell::RefCell;

thread_local! {
    static LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Replaces the panic hook by one that reports `write` a location such as `src/fans.rs:12`.
pub(crate) fn install(write: fn(&str)) {
    std::panic::set_hook(Box::new(move |panic| {
        let location = panic.location().map_or_else(
            || "unknown".to_owned(),
            |at| format!("{}:{}", at.file(), at.line()),
        );
        write(&location);
        LOCATION.with_borrow_mut(|slot| *slot = Some(location));
    }));
}

/// Where this thread last panicked, for the layer that caught the panic; taken, so asked once.
pub fn take_panic_location() -> Option<String> {
    LOCATION.with_borrow_mut(Option::take)
}
