//! What a text calls for.

use std::sync::LazyLock;

use crate::care::Care;
use crate::index::{Found, Index, Verdict};
use crate::lexicon;
use crate::reading::Reading;

/// Characters read: the longest text Telegram carries. What stands behind them is not read.
const LONGEST: usize = 4096;

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::of(lexicon::ALL));

/// The gravest thing a fan's text calls for; `None` for everyday talk. Reads the first 4,096 characters.
#[must_use]
pub fn detect(text: &str) -> Option<Care> {
    gravest(text, |verdict| match verdict {
        Verdict::Fan(care) => Some(care),
        Verdict::Model(_) | Verdict::Harmless | Verdict::OtherAge => None,
    })
}

/// The gravest reason not to send a model's text: all that [`detect`] finds in a fan's, and words no fan in need may
/// be told, such as encouraging self-harm or playing along with a minor.
#[must_use]
pub fn detect_output(text: &str) -> Option<Care> {
    gravest(text, |verdict| match verdict {
        Verdict::Fan(care) | Verdict::Model(care) => Some(care),
        Verdict::Harmless | Verdict::OtherAge => None,
    })
}

fn gravest(text: &str, counts: impl Fn(Verdict) -> Option<Care>) -> Option<Care> {
    let text = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text, |(end, _)| &text[..end]);
    let mut reading = Reading::of(text);
    INDEX.mend(&mut reading);
    let found = INDEX.find(&reading);
    let only_sounds = |signal: &Found| {
        found.iter().any(|other| {
            let speaks = match other.verdict {
                Verdict::Harmless => true,
                Verdict::OtherAge => other.lexicon == signal.lexicon,
                Verdict::Fan(_) | Verdict::Model(_) => false,
            };
            speaks && other.start < signal.end && signal.start < other.end
        })
    };
    found
        .iter()
        .filter_map(|found| Some((counts(found.verdict)?, found)))
        .filter(|(_, found)| !only_sounds(found))
        .map(|(care, _)| care)
        .max()
}

#[cfg(test)]
mod why {
    #[test]
    fn why() {
        let Ok(texts) = std::env::var("WHY") else {
            return;
        };
        for text in texts.lines() {
            let mut reading = super::Reading::of(text);
            super::INDEX.mend(&mut reading);
            println!("WHY {text} => {:?}", super::detect(text));
            for f in super::INDEX.find(&reading) {
                println!(
                    "WHY   {:?} lex{} {:?} {}",
                    f.verdict,
                    f.lexicon,
                    &reading.words[f.start..f.end],
                    super::INDEX.line(f.rule)
                );
            }
        }
    }
}
