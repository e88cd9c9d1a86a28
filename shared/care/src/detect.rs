//! What a text calls for.

use std::sync::LazyLock;

use rules::identity::besides_asking;

use crate::care::Care;
use crate::index::{Found, Index, Verdict};
use crate::lexicon;
use crate::model::{Model, Opinion, TRAINED};
use crate::reading::{Reading, is_unspaced};
use crate::signs;

/// Characters read: the longest text Telegram carries. What stands behind them is not read.
const LONGEST: usize = 4096;

/// Logarithm of the odds from which the model's opinion alone is an alarm.
const ALARM: f32 = 0.75;
/// Logarithm of the odds below which what a rule found is none: the model is sure that the text is harmless. What is
/// said of self-harm and of an age under 18 is rarely meant otherwise and must not be missed.
const HARMLESS: f32 = -0.75;
const SURELY_HARMLESS: f32 = -1.5;
/// Words, parted by spaces, up to which the model may not doubt what a rule finds of self-harm: so few give it nothing to
/// judge by, and nobody who means it need say more.
const BRIEF: usize = 3;
/// Logarithm of the odds from which the model's opinion alone is an alarm although a rule knows a figure of speech in
/// the text.
const ALARM_DESPITE: f32 = 2.0;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let all = [lexicon::ALL, lexicon::UNLEARNT].concat();
    Index::of(&all)
});
static MODEL: LazyLock<Model<'static>> = LazyLock::new(|| Model::of(TRAINED));

/// Builds the index now instead of with the first text: some 60 ms of a whole core, which a process has while it starts
/// and not afterwards. The model needs next to nothing.
pub fn prepare() {
    LazyLock::force(&INDEX);
    LazyLock::force(&MODEL);
}

/// The gravest thing a fan's text calls for; `None` for everyday talk. Reads the first 4,096 characters.
///
/// A rule that matches is believed, unless the model is sure that the text is harmless; where a rule finds self-harm in
/// three words or fewer, the model may not doubt it. Where no rule matches, a model that is sure enough is believed; it
/// must be surer where a rule knows a figure of speech in the text. Of languages that it has not learnt it has no say.
///
/// A question who writes may speak of pay, feelings or death, and they are the writer's: where the rules and the model
/// disagree about a text that asks it, the sentences that do are told apart and the others alone are judged. So in such a
/// question rules are heard and the model is not.
#[must_use]
pub fn detect(text: &str) -> Option<Care> {
    let text = shortened(text);
    let (said, found) = heard_by_both(text);
    // Where the rules and the model agree, the question changes nothing, and to look for it takes longer than to judge.
    if said.gravest().is_some() == found.is_some() {
        return found;
    }
    match besides_asking(text) {
        Some(rest) => heard_by_both(&rest).1,
        None => found,
    }
}

/// What the rules find in a fan's text, and what they and the model say together.
fn heard_by_both(text: &str) -> (Ruled, Option<Care>) {
    let reading = Reading::of(text);
    let opinion = MODEL.opinion(&reading);
    let said = ruled(reading, of_a_fan).and(signed(text, of_a_fan));
    (said, said.weighed(opinion))
}

/// The gravest reason not to send a model's text: all that the rules find in a fan's, and words no fan in need may
/// be told, such as encouraging self-harm or playing along with a minor.
#[must_use]
pub fn detect_output(text: &str) -> Option<Care> {
    let text = shortened(text);
    let counts = |verdict: Verdict| match verdict {
        Verdict::Fan(care) | Verdict::Model(care) => Some(care),
        Verdict::Harmless | Verdict::OtherAge => None,
    };
    ruled(Reading::of(text), counts)
        .and(signed(text, counts))
        .gravest()
}

/// What the rules find.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ruled {
    /// The gravest thing in a language that the model has learnt, so that the model may doubt it.
    pub(crate) doubtful: Option<Care>,
    /// The gravest thing in a language that the model has not learnt.
    pub(crate) certain: Option<Care>,
    /// Whether there is a figure of speech.
    pub(crate) excused: bool,
    /// Whether the text is so short that the model may not doubt what is said of self-harm.
    pub(crate) brief: bool,
}

impl Ruled {
    /// The gravest thing of all.
    pub(crate) fn gravest(self) -> Option<Care> {
        self.doubtful.max(self.certain)
    }

    /// What the rules and the model say together.
    pub(crate) fn weighed(self, opinion: Opinion) -> Option<Care> {
        let sure = self
            .doubtful
            .filter(|care| self.brief && *care == Care::SelfHarm);
        weighed(self.doubtful, self.excused, opinion)
            .max(self.certain)
            .max(sure)
    }

    /// Both findings together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            doubtful: self.doubtful.max(other.doubtful),
            certain: self.certain.max(other.certain),
            excused: self.excused || other.excused,
            brief: self.brief || other.brief,
        }
    }
}

/// What a rule says of a fan's text.
pub(crate) fn of_a_fan(verdict: Verdict) -> Option<Care> {
    match verdict {
        Verdict::Fan(care) => Some(care),
        Verdict::Model(_) | Verdict::Harmless | Verdict::OtherAge => None,
    }
}

/// What the rules find and the model says, where rules know a figure of speech or none.
fn weighed(ruled: Option<Care>, excused: bool, opinion: Opinion) -> Option<Care> {
    let doubted = match ruled {
        Some(Care::SelfHarm | Care::Minor) => SURELY_HARMLESS,
        Some(_) => HARMLESS,
        None => f32::INFINITY,
    };
    if opinion.odds > doubted {
        ruled
    } else {
        let alarm = if excused { ALARM_DESPITE } else { ALARM };
        (opinion.odds > alarm).then_some(opinion.care)
    }
}

fn shortened(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST);
    end.map_or(text, |(end, _)| &text[..end])
}

/// What the rules find.
pub(crate) fn ruled(reading: Reading, counts: impl Fn(Verdict) -> Option<Care>) -> Ruled {
    heard(reading, counts, |_, _| true)
}

/// What the rules find that is said with signs in place of words. Whatever else they find is not said so: a sign that is
/// read as a word parts the words around it.
pub(crate) fn signed(text: &str, counts: impl Fn(Verdict) -> Option<Care>) -> Ruled {
    let Some(spelled) = signs::spelled(text) else {
        return Ruled::default();
    };
    heard(Reading::of(&spelled), counts, |words, found| {
        let mut read = words.iter().take(found.end).skip(found.start);
        read.any(|word| signs::is_sign(word))
    })
}

fn heard(
    mut reading: Reading,
    counts: impl Fn(Verdict) -> Option<Care>,
    is_heard: impl Fn(&[Box<str>], &Found) -> bool,
) -> Ruled {
    INDEX.mend(&mut reading);
    let found = INDEX.find(&reading);
    let only_sounds = |signal: &Found| {
        found.iter().any(|other| {
            let speaks = match other.verdict {
                Verdict::Harmless => true,
                Verdict::OtherAge => other.lexicon == signal.lexicon && of_age(signal.verdict),
                Verdict::Fan(_) | Verdict::Model(_) => false,
            };
            speaks && other.start < signal.end && signal.start < other.end
        })
    };
    let mut ruled = Ruled {
        excused: found
            .iter()
            .any(|one| one.verdict == Verdict::Harmless && is_heard(&reading.words, one)),
        brief: is_brief(&reading),
        ..Ruled::default()
    };
    for one in &found {
        let Some(care) = counts(one.verdict) else {
            continue;
        };
        if !is_heard(&reading.words, one) || only_sounds(one) {
            continue;
        }
        let learnt = one.lexicon < lexicon::ALL.len();
        let gravest = if learnt {
            &mut ruled.doubtful
        } else {
            &mut ruled.certain
        };
        *gravest = (*gravest).max(Some(care));
    }
    ruled
}

/// Whether a text is a few words. A script without spaces says much in as many characters.
fn is_brief(reading: &Reading) -> bool {
    let unspaced = |word: &str| word.chars().any(is_unspaced);
    reading.words.len() <= BRIEF && !reading.words.iter().any(|word| unspaced(word))
}

/// Whether a verdict is about the age of somebody.
fn of_age(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Fan(Care::Minor) | Verdict::Model(Care::Minor)
    )
}

#[cfg(test)]
mod tests {
    use super::{Opinion, Reading, Ruled, detect, detect_output, is_brief, weighed};
    use crate::care::Care;

    #[test]
    fn the_gravest_signal_wins() {
        let text = "i lost my job, my mom died, im 15 and i want to kill myself";
        assert_eq!(detect(text), Some(Care::SelfHarm));
        assert_eq!(detect("i lost my job and my mom died"), Some(Care::Grief));
    }

    #[test]
    fn a_figure_of_speech_hides_only_its_own_words() {
        assert_eq!(
            detect("this boss fight is killing me, i died laughing"),
            None
        );
        let text = "i died laughing at that. but honestly i want to end my life";
        assert_eq!(detect(text), Some(Care::SelfHarm));
    }

    #[test]
    fn the_age_of_another_hides_only_an_age() {
        let text = "my brother killed himself in year 11";
        assert!(detect(text).is_some());
        assert_eq!(detect("my brother is in year 11"), None);
    }

    #[test]
    fn disguised_words_are_read() {
        for text in [
            "k!ll mys3lf",
            "s u i c i d e is on my mind",
            "I. Want. To. Die.",
            "suuuicide",
            "ⓚⓘⓛⓛ myself",
        ] {
            assert_eq!(detect(text), Some(Care::SelfHarm), "{text}");
        }
    }

    #[test]
    fn a_model_is_held_to_more_than_a_fan() {
        for (text, care) in [
            ("you should just kill yourself", Care::SelfHarm),
            ("the world would be better without you", Care::SelfHarm),
            ("age is just a number, and you're only 15", Care::Minor),
            (
                "it's our little secret, don't tell your parents",
                Care::Minor,
            ),
            ("im 16 too", Care::Minor),
        ] {
            assert_eq!(detect_output(text), Some(care), "{text}");
        }
        assert_eq!(detect("age is just a number"), None);
        assert_eq!(detect_output("hey, how was your day?"), None);
    }

    fn weigh(ruled: impl Into<Option<Care>>, odds: f32) -> Option<Care> {
        let care = Care::Grief;
        weighed(ruled.into(), false, Opinion { care, odds })
    }

    #[test]
    fn a_model_that_is_sure_is_believed_where_rules_are_silent() {
        assert_eq!(weigh(None, 1.0), Some(Care::Grief));
        assert_eq!(weigh(None, 0.0), None);
    }

    #[test]
    fn a_rule_is_doubted_only_by_a_sure_model_and_the_gravest_least() {
        assert_eq!(weigh(Care::Crisis, 1.0), Some(Care::Crisis));
        assert_eq!(weigh(Care::Crisis, -0.25), Some(Care::Crisis));
        assert_eq!(weigh(Care::Crisis, -1.5), None);
        for care in [Care::SelfHarm, Care::Minor] {
            assert_eq!(weigh(care, -1.0), Some(care));
            assert_eq!(weigh(care, -3.0), None);
        }
    }

    #[test]
    fn a_model_must_be_surer_where_a_rule_knows_a_figure_of_speech() {
        let despite = |odds: f32| {
            let care = Care::Grief;
            weighed(None, true, Opinion { care, odds })
        };
        assert_eq!(despite(1.0), None);
        assert_eq!(despite(3.0), Some(Care::Grief));
    }

    #[test]
    fn a_rule_of_self_harm_is_not_doubted_in_three_words_or_fewer() {
        for text in [
            "mi uccido",
            "qro morrer",
            "kero morrer",
            "canıma kıycam",
            "wil sterbn",
            "jve mourir",
            "jveu mourir",
            "vojo morire",
        ] {
            assert_eq!(detect(text), Some(Care::SelfHarm), "{text}");
        }
    }

    #[test]
    fn only_self_harm_in_few_words_is_beyond_doubt() {
        let harmless = Opinion {
            care: Care::Grief,
            odds: -9.0,
        };
        let weigh = |doubtful: Care, brief: bool| {
            let ruled = Ruled {
                doubtful: Some(doubtful),
                brief,
                ..Ruled::default()
            };
            ruled.weighed(harmless)
        };
        assert_eq!(weigh(Care::SelfHarm, true), Some(Care::SelfHarm));
        assert_eq!(weigh(Care::SelfHarm, false), None);
        assert_eq!(weigh(Care::Minor, true), None);
        for (text, brief) in [
            ("i want out", true),
            ("i want out now", false),
            ("もう死", false),
            ("我想死", false),
            ("ตาย", false),
        ] {
            assert_eq!(is_brief(&Reading::of(text)), brief, "{text}");
        }
    }

    #[test]
    fn text_that_is_empty_or_only_signs_calls_for_nothing() {
        for text in ["", " ", "…?!", "😂😂😂", "\u{200b}"] {
            assert_eq!(detect(text), None);
        }
    }

    #[test]
    fn what_stands_behind_the_longest_text_is_not_read() {
        let long = format!("{}i want to kill myself", "a ".repeat(2_048));
        assert_eq!(detect(&long), None);
        assert_eq!(detect(&long[2..]), None);
        assert_eq!(detect(&long[64..]), Some(Care::SelfHarm));
    }
}
