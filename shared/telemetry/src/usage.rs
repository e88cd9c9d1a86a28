//! Usage events: that a step was taken, under a pseudonym, unless the person objected.
//!
//! An event is one log line with three declared fields and nothing else. The pseudonyms are keyed hashes: whoever has the
//! [`UsageKey`] can lead them back to ids that are known anyway, and once the key is destroyed nobody can.

use std::fmt;

use ring::hmac;
use serde::{Deserialize, Serialize};

/// A step that may be counted. The list is closed, so that an event cannot carry content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UsageEvent {
    /// A person logged in.
    LoggedIn,
    /// A bot was connected.
    BotConnected,
    /// A bot was disconnected.
    BotDisconnected,
    /// A person answered a fan.
    MessageSent,
    /// A conversation was taken over from Sofi.
    ConversationTakenOver,
    /// What Sofi does for a bot was changed.
    SofiSwitched,
    /// A version of a persona was added.
    PersonaAdded,
    /// A draft was sent as it was or edited.
    DraftApproved,
    /// A draft was discarded.
    DraftDiscarded,
}

impl UsageEvent {
    /// The word in the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LoggedIn => "logged_in",
            Self::BotConnected => "bot_connected",
            Self::BotDisconnected => "bot_disconnected",
            Self::MessageSent => "message_sent",
            Self::ConversationTakenOver => "conversation_taken_over",
            Self::SofiSwitched => "sofi_switched",
            Self::PersonaAdded => "persona_added",
            Self::DraftApproved => "draft_approved",
            Self::DraftDiscarded => "draft_discarded",
        }
    }
}

/// The person's choice, the setting `usage_events`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UsageEvents {
    /// Events are recorded.
    #[default]
    On,
    /// The person objected: none is.
    Off,
}

/// The secret behind the pseudonyms. Never printed.
pub struct UsageKey(hmac::Key);

impl UsageKey {
    /// A key of 32 random bytes, which the caller keeps sealed and can destroy.
    pub fn new(bytes: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// 128 bits in hex: the same for the same kind and id, and unlike for another kind.
    fn pseudonym(&self, kind: &str, id: &str) -> String {
        let tag = hmac::sign(&self.0, format!("usage:{kind}:{id}").as_bytes());
        tag.as_ref()[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

impl fmt::Debug for UsageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Who took a step; ids of ours as text.
#[derive(Clone, Copy, Debug)]
pub struct UsageSubject<'a> {
    /// The workspace.
    pub tenant: &'a str,
    /// The person.
    pub user: &'a str,
    /// What the person chose.
    pub choice: UsageEvents,
}

/// Records a step of a person, unless the person objected. The line stands outside of all spans: the id of a request or of
/// a tenant beside a pseudonym would lead back to the person.
pub fn usage(event: UsageEvent, subject: &UsageSubject<'_>, key: &UsageKey) {
    if subject.choice == UsageEvents::Off {
        return;
    }
    let tenant = key.pseudonym("tenant", subject.tenant);
    let user = key.pseudonym("user", subject.user);
    tracing::info!(
        parent: None,
        usage.event = event.as_str(),
        usage.tenant = tenant,
        usage.user = user,
        "used"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Capture;

    const CANARY: &str = "ten_01CANARY";

    fn recorded(choice: UsageEvents, key: [u8; 32]) -> Capture {
        let capture = Capture::default();
        let guard = capture.install("telemetry");
        let span = tracing::info_span!("work", tenant.id = CANARY);
        span.in_scope(|| {
            let subject = UsageSubject {
                tenant: CANARY,
                user: "usr_01CANARY",
                choice,
            };
            usage(UsageEvent::DraftApproved, &subject, &UsageKey::new(&key));
        });
        drop(guard);
        capture
    }

    #[test]
    fn an_event_carries_its_word_and_two_pseudonyms_and_no_id() {
        let capture = recorded(UsageEvents::On, [1; 32]);
        let lines = capture.lines();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0]["usage.event"], "draft_approved");
        for field in ["usage.tenant", "usage.user"] {
            let hex = lines[0][field].as_str().expect("text");
            assert!(hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_hexdigit()));
        }
        assert_ne!(lines[0]["usage.tenant"], lines[0]["usage.user"]);
        assert!(!capture.text().contains("CANARY"), "{}", capture.text());
    }

    #[test]
    fn who_objected_leaves_no_line() {
        assert_eq!(recorded(UsageEvents::Off, [1; 32]).text(), "");
    }

    #[test]
    fn another_key_gives_pseudonyms_that_cannot_be_joined() {
        let field = |key| recorded(UsageEvents::On, key).lines()[0]["usage.user"].clone();
        assert_eq!(field([1; 32]), field([1; 32]));
        assert_ne!(field([1; 32]), field([2; 32]));
    }

    #[test]
    fn a_kind_and_an_id_do_not_run_into_each_other() {
        let key = UsageKey::new(&[3; 32]);
        assert_ne!(key.pseudonym("user", "x"), key.pseudonym("tenant", "x"));
    }

    #[test]
    fn the_choice_is_on_until_somebody_objects_and_reads_as_the_setting() {
        assert_eq!(UsageEvents::default(), UsageEvents::On);
        let off: UsageEvents = serde_json::from_str("\"off\"").expect("the setting");
        assert_eq!(off, UsageEvents::Off);
    }

    #[test]
    fn a_key_prints_nothing() {
        assert_eq!(format!("{:?}", UsageKey::new(&[7; 32])), "***");
    }
}
