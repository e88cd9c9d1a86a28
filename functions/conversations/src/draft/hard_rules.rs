//! What an AI's text has to pass once a person has changed it: the line in front says that an AI wrote all of it, so no added
//! word may deny that, and none may carry what an AI must not send.

use domain::ids::BotId;
use http_kit::Problem;
use rules::output::{self, Context};
use store::row::SofiRow;
use store::{Found, StoreError, TenantDb, keys};
use tenancy::Chatter;

/// What a bot's settings let Sofi send. One BatchGetItem on `tenant`.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn settings(
    db: &TenantDb<Chatter>,
    bot: BotId,
) -> Result<Option<Found<SofiRow>>, StoreError> {
    let mut reads = db.read_many();
    let settings = reads.find::<SofiRow>(&keys::sofi(bot));
    reads.send().await?.get(settings)
}

/// Refuses an AI's text of which a rule takes hold. Rules that need the prompt, or what the fan had asked, find nothing:
/// neither is kept.
pub(super) fn pass(
    text: &str,
    settings: Option<&SofiRow>,
    creator: &str,
    tag: Option<&str>,
) -> Result<(), Problem> {
    let context = Context {
        creator,
        allowed_hosts: settings
            .map(|row| row.allowed_hosts.as_slice())
            .unwrap_or_default(),
        allowed_handles: settings
            .map(|row| row.allowed_handles.as_slice())
            .unwrap_or_default(),
        floors: &[],
        language: wording::speak(text, tag),
        selling_allowed: false,
        asked_identity: false,
        secrets: &[],
    };
    let mut broken: Vec<&str> = output::check(text, &context)
        .rules
        .iter()
        .map(|hit| hit.id.as_str())
        .collect();
    broken.sort_unstable();
    broken.dedup();
    match broken.is_empty() {
        true => Ok(()),
        false => Err(breaks(&broken.join(", "))),
    }
}

fn breaks(rules: &str) -> Problem {
    let message = format!(
        "Most of this text is Sofi's, so it goes as an AI's, and what was added breaks a rule for an AI's words ({rules}). Take \
         that out, or write it as your own answer. Nothing was sent; the draft waits."
    );
    Problem::unprocessable("breaks_rule", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::UserId;
    use domain::sofi::ReplyMode;

    /// A link to this host may be sent.
    fn allowing(host: &str) -> SofiRow {
        SofiRow {
            bot: BotId::from_bytes([2; 16]),
            mode: ReplyMode::Draft,
            persona: None,
            newest_persona: 0,
            allowed_hosts: vec![host.to_owned()],
            allowed_handles: Vec::new(),
            answer_within_hours: 24,
            sensitive_facts: false,
            changed_by: UserId::from_bytes([3; 16]),
            changed_at: Timestamp::default(),
        }
    }

    fn refusal(text: &str, settings: Option<&SofiRow>) -> Option<String> {
        match pass(text, settings, "Mira", Some("en")) {
            Ok(()) => None,
            Err(Problem::Unprocessable { code, message }) => {
                assert_eq!(code, "breaks_rule");
                Some(message.into_owned())
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn an_ais_text_may_not_deny_what_it_is_whoever_added_the_denial() {
        let said = "Thank you for asking! I am a real human, not an AI. https://evil.example/x";
        let message = refusal(said, None).expect("a refusal");
        assert!(
            message.contains("R01_links") && message.contains("R09_honesty"),
            "{message}"
        );
        assert!(message.contains("your own answer"), "{message}");
        assert_eq!(refusal("Thank you for asking. How is yours?", None), None);
    }

    #[test]
    fn a_link_that_the_creator_allowed_may_be_added() {
        let said = "Thank you for asking! How is yours? https://mira.example/lake";
        assert!(refusal(said, None).is_some());
        assert!(refusal(said, Some(&allowing("other.example"))).is_some());
        assert_eq!(refusal(said, Some(&allowing("mira.example"))), None);
    }
}
