//! What an AI's text has to pass each time that a person lets it go, changed or not: rules, settings and the word of an
//! account's owner may be others than when it was written. The line in front says that an AI wrote all of it, so no word may
//! deny that, and none may carry what an AI must not send.

use ::care::Care;
use http_kit::Problem;
use rules::output::{self, Context};
use store::row::{BusinessAccountRow, ConversationRow, SofiRow};
use store::{StoreError, TenantDb, keys};
use tenancy::Chatter;

use crate::outgoing::not_authorised;

/// What is let in where the text would go.
#[derive(Default)]
pub(super) struct Grounds {
    /// The bot's settings.
    pub(super) settings: Option<SofiRow>,
    /// The account, in whose name it would be.
    pub(super) account: Option<BusinessAccountRow>,
}

/// As it is now. One BatchGetItem on `tenant`.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn grounds(
    db: &TenantDb<Chatter>,
    head: &ConversationRow,
) -> Result<Grounds, StoreError> {
    let mut reads = db.read_many();
    let settings = reads.find::<SofiRow>(&keys::sofi(head.bot));
    let account = head.account.map(|account| {
        reads.find::<BusinessAccountRow>(&keys::business_account(head.bot, account))
    });
    let found = reads.send().await?;
    Ok(Grounds {
        settings: found.get(settings)?.map(|found| found.row),
        account: match account {
            Some(account) => found.get(account)?.map(|found| found.row),
            None => None,
        },
    })
}

/// Refuses an AI's text that has no place in this chat, that speaks of distress, or of which a rule takes hold.
/// Rules that need the prompt, or what the fan had asked, find nothing: neither is kept.
pub(super) fn pass(
    text: &str,
    head: &ConversationRow,
    grounds: &Grounds,
    creator: &str,
    tag: Option<&str>,
) -> Result<(), Problem> {
    if !is_let_in(head, grounds.account.as_ref()) {
        return Err(not_authorised());
    }
    if let Some(care) = ::care::detect_output(text) {
        return Err(distressing(care));
    }
    let settings = grounds.settings.as_ref();
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

/// Whether an AI may write here, as far as an account's owner and the workspace are concerned; in a bot's own chats the
/// settings alone say so.
fn is_let_in(head: &ConversationRow, account: Option<&BusinessAccountRow>) -> bool {
    head.account.is_none() || account.is_some_and(BusinessAccountRow::lets_ai)
}

fn distressing(care: Care) -> Problem {
    let message = format!(
        "Most of this text is Sofi's, so it goes as an AI's, and it speaks of distress ({}), which an AI leaves to a person. Take \
         that out, or write your own answer. Nothing was sent; the draft waits.",
        care.name()
    );
    Problem::unprocessable("care_in_reply", message)
}

fn breaks(rules: &str) -> Problem {
    let message = format!(
        "Most of this text is Sofi's, so it goes as an AI's, and it breaks a rule for an AI's words ({rules}). Take out what \
         does, or write your own answer. Nothing was sent; the draft waits."
    );
    Problem::unprocessable("breaks_rule", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::head;
    use domain::ids::{BotId, BusinessAccountId, UserId};
    use domain::sofi::ReplyMode;
    use domain::{Sealed, Timestamp};

    const ACCOUNT: BusinessAccountId = BusinessAccountId::from_bytes([9; 16]);

    /// A link to this host may be sent.
    fn allowing(host: &str) -> Grounds {
        let settings = SofiRow {
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
        };
        Grounds {
            settings: Some(settings),
            ..Grounds::default()
        }
    }

    fn refusal(text: &str, grounds: &Grounds) -> Option<(&'static str, String)> {
        match pass(text, &head(), grounds, "Mira", Some("en")) {
            Ok(()) => None,
            Err(Problem::Unprocessable { code, message }) => Some((code, message.into_owned())),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn an_ais_text_may_not_deny_what_it_is_whoever_added_the_denial() {
        let said = "Thank you for asking! I am a real human, not an AI. https://evil.example/x";
        let (code, message) = refusal(said, &Grounds::default()).expect("a refusal");
        assert_eq!(code, "breaks_rule");
        for named in ["R01_links", "R09_honesty", "your own answer"] {
            assert!(message.contains(named), "{message}");
        }
        let fine = "Thank you for asking. How is yours?";
        assert_eq!(refusal(fine, &Grounds::default()), None);
    }

    #[test]
    fn a_link_leaves_as_long_as_the_creator_allows_it() {
        let said = "Thank you for asking! How is yours? https://mira.example/lake";
        assert!(refusal(said, &Grounds::default()).is_some());
        assert!(refusal(said, &allowing("other.example")).is_some());
        assert_eq!(refusal(said, &allowing("mira.example")), None);
    }

    #[test]
    fn a01_an_ais_text_that_speaks_of_distress_leaves_on_nobodys_word() {
        for (said, kind) in [
            ("you should just kill yourself", "self_harm"),
            ("im 16 too", "minor"),
        ] {
            let (code, message) = refusal(said, &Grounds::default()).expect("a refusal");
            assert_eq!(code, "care_in_reply", "{said}");
            for named in [kind, "your own answer", "the draft waits"] {
                assert!(message.contains(named), "{message}");
            }
        }
    }

    #[test]
    fn a03_an_ais_text_is_let_into_an_accounts_chat_by_its_owners_word_of_now_alone() {
        let chat = ConversationRow {
            account: Some(ACCOUNT),
            ..head()
        };
        let word = |owner: Option<i64>, workspace: Option<i64>| Grounds {
            account: Some(BusinessAccountRow {
                id: ACCOUNT,
                bot: chat.bot,
                owner: Sealed::default(),
                connection: Sealed::default(),
                connected_at: Timestamp::default(),
                enabled: true,
                may_reply: true,
                declined_at: None,
                sofi_since: workspace.map(Timestamp::from_seconds),
                ai_authorised_at: owner.map(Timestamp::from_seconds),
                ai_wording: None,
            }),
            ..Grounds::default()
        };
        let code = |grounds: &Grounds| {
            let passed = pass("It was fine.", &chat, grounds, "Mira", Some("en"));
            passed.map_or_else(|problem| problem.code(), |()| "goes on")
        };
        assert_eq!(code(&word(Some(1), Some(1))), "goes on");
        let taken_back = [word(None, Some(1)), word(Some(1), None), Grounds::default()];
        for grounds in &taken_back {
            assert_eq!(code(grounds), "ai_not_authorised");
        }
    }
}
