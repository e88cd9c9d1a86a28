//! What mails say, per language: one file each.

mod de;
mod en;

use domain::Timestamp;
use time::OffsetDateTime;

use crate::{Amount, Language, Template};

/// A mail before it has a form.
pub(crate) struct Words {
    pub(crate) subject: String,
    pub(crate) parts: Vec<Part>,
    /// Who we are and how we are reached; the address is added.
    pub(crate) footer: &'static str,
}

/// A piece of a mail.
pub(crate) enum Part {
    /// A paragraph.
    Text(String),
    /// A code to be typed.
    Code(String),
    /// A link with its label.
    Link { label: String, url: String },
}

impl Part {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn link(label: &str, url: &str) -> Self {
        Self::Link {
            label: label.to_owned(),
            url: url.to_owned(),
        }
    }
}

/// Says a fact in a language.
pub(crate) fn write(template: &Template, language: Language) -> Words {
    match language {
        Language::En => en::write(template),
        Language::De => de::write(template),
    }
}

/// `28 November 2026, 07:47 UTC`, with the language's months and the mark after the day.
fn moment(at: Timestamp, months: &[&str; 12], after_day: &str) -> String {
    let at =
        OffsetDateTime::from_unix_timestamp(at.seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{}{after_day} {} {}, {:02}:{:02} UTC",
        at.day(),
        months[usize::from(u8::from(at.month())) - 1],
        at.year(),
        at.hour(),
        at.minute()
    )
}

/// Currencies whose smallest unit is the whole.
const WHOLE: [&str; 16] = [
    "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv",
    "xaf", "xof", "xpf",
];

/// `EUR 29.00`, with the language's mark between whole and part.
fn money(amount: &Amount, mark: char) -> String {
    let currency = amount.currency.to_ascii_uppercase();
    if WHOLE.contains(&amount.currency.as_str()) {
        return format!("{currency} {}", amount.minor);
    }
    let sign = if amount.minor < 0 { "-" } else { "" };
    let minor = amount.minor.unsigned_abs();
    format!("{currency} {sign}{}{mark}{:02}", minor / 100, minor % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::euros;

    #[test]
    fn a_sum_is_written_with_its_currency_and_two_digits_where_it_has_parts() {
        assert_eq!(money(&euros(2_905), '.'), "EUR 29.05");
        assert_eq!(money(&euros(99_000), ','), "EUR 990,00");
        assert_eq!(money(&euros(-7), '.'), "EUR -0.07");
        let yen = Amount {
            minor: 2_900,
            currency: "jpy".to_owned(),
        };
        assert_eq!(money(&yen, '.'), "JPY 2900");
    }

    #[test]
    fn a_mail_about_money_says_how_much_when_and_where_in_both_languages() {
        let at = Timestamp::from_seconds(1_795_456_800);
        let link = "https://127.0.0.1/billing".to_owned();
        let notice = Template::RenewalNotice {
            plan: "Sofi Studio".to_owned(),
            amount: euros(9_900),
            at,
            link: link.clone(),
        };
        for (language, sum) in [(Language::En, "EUR 99.00"), (Language::De, "EUR 99,00")] {
            let words = write(&notice, language);
            let says = |wanted: &str| {
                words
                    .parts
                    .iter()
                    .any(|part| matches!(part, Part::Text(text) if text.contains(wanted)))
            };
            assert!(says(sum) && says("Sofi Studio") && says("2026"));
            let leads = |part: &Part| matches!(part, Part::Link { url, .. } if *url == link);
            assert!(words.parts.iter().any(leads));
        }
    }

    #[test]
    fn a_mail_about_a_bot_that_stopped_names_it_and_where_its_token_is_replaced() {
        let link = "https://127.0.0.1/bots".to_owned();
        let stopped = Template::BotSuspended {
            bot: "mira_vale_bot".to_owned(),
            link: link.clone(),
        };
        for (language, remedy) in [
            (Language::En, "Replace token"),
            (Language::De, "Token ersetzen"),
        ] {
            let words = write(&stopped, language);
            let says = |wanted: &str| {
                let says = |part: &Part| matches!(part, Part::Text(text) if text.contains(wanted));
                words.parts.iter().any(says)
            };
            assert!(says("mira_vale_bot") && says(remedy), "{language:?}");
            let leads = |part: &Part| matches!(part, Part::Link { url, .. } if *url == link);
            assert!(words.parts.iter().any(leads), "{language:?}");
        }
    }

    #[test]
    fn of_what_a_person_gives_back_no_mail_says_that_it_was_refused_for_nobody_may_have_asked() {
        let owed = Template::WithdrawalOwed {
            plan: "Sofi Creator".to_owned(),
            at: Timestamp::from_seconds(1_795_456_800),
            owed: euros(2_900),
            refund: None,
        };
        for (language, owes, refused) in [
            (Language::En, "We owe you EUR 29.00", "refused"),
            (Language::De, "Wir schulden Ihnen EUR 29,00", "abgelehnt"),
        ] {
            let words = write(&owed, language);
            let texts = words.parts.iter().filter_map(|part| match part {
                Part::Text(text) => Some(text.as_str()),
                _ => None,
            });
            let text = texts.collect::<String>();
            assert!(text.contains(owes) && !text.contains(refused), "{text}");
        }
    }

    #[test]
    fn of_what_a_bank_decides_on_no_mail_says_that_it_is_owed_or_on_its_way() {
        let disputed = Template::WithdrawalDisputed {
            plan: "Sofi Creator".to_owned(),
            at: Timestamp::from_seconds(1_795_456_800),
            disputed: euros(2_900),
            owed: None,
            refund: None,
        };
        for (language, sum, others) in [
            (Language::En, "EUR 29.00", ["We owe you", "go back the way"]),
            (Language::De, "EUR 29,00", ["Wir schulden", "gehen auf dem"]),
        ] {
            let words = write(&disputed, language);
            let texts = words.parts.iter().filter_map(|part| match part {
                Part::Text(text) => Some(text.as_str()),
                _ => None,
            });
            let text = texts.collect::<String>();
            assert!(text.contains(sum), "{text}");
            for other in others {
                assert!(!text.contains(other), "{text}");
            }
        }
    }
}
