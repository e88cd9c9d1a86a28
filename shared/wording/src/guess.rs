//! Which language a text is in.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fold::{fold, tokens};
use crate::language::Language;
use crate::letters::Script;
use crate::small_words::{ENDINGS, LETTERS, SMALL_WORDS};

/// Characters looked at: more would not change the guess.
const LOOKED_AT: usize = 600;
/// Points a distinctive letter is worth, against one for a small word no other language has.
const LETTER: f32 = 0.5;
/// Distinctive letters counted, so that a single name does not outweigh the words.
const LETTERS_COUNTED: usize = 3;
/// Points below which a guess is no more than that.
const SURE: f32 = 0.9;

/// So many words are enough to tell a language by; fewer are weighed against what the profile says.
const ENOUGH_WORDS: usize = 6;
/// Times as many points as the profile's language another one needs in a short text.
const CLEARLY_MORE: f32 = 3.0;
/// The same in a longer text, where the profile's language has some words of it too.
const MORE: f32 = 1.6;

/// Points of one's own that a language needs against a profile that none of ours is in: two words that no other has.
const CLEAR: f32 = 2.0;
/// The same for each word of the text: a neighbour's language shares a word here and there.
const CLEAR_SHARE: f32 = 0.4;
/// Languages not spoken here, by tag, and the one that their small words are taken for.
const TAKEN_FOR: &[(&[&str], Language)] = &[
    (&["da", "no", "nb", "nn", "lt"], Language::Swedish),
    (&["tl", "fil"], Language::Hindi),
];

/// What a writer's profile says of their language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile<'a> {
    /// Nothing.
    Unknown,
    /// One that is spoken here.
    Ours(Language),
    /// Another one, by its tag.
    Foreign(&'a str),
}

impl<'a> Profile<'a> {
    /// Of a profile's tag.
    pub(crate) fn of(tag: Option<&'a str>) -> Self {
        match tag.map(str::trim).filter(|tag| !tag.is_empty()) {
            None => Self::Unknown,
            Some(tag) => Language::of_tag(tag).map_or(Self::Foreign(tag), Self::Ours),
        }
    }

    /// Whether what looks like this language is likely the profile's own.
    fn resembles(self, language: Language) -> bool {
        let Self::Foreign(tag) = self else {
            return false;
        };
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        TAKEN_FOR.iter().any(|(tags, taken)| {
            *taken == language && tags.iter().any(|tag| tag.eq_ignore_ascii_case(primary))
        })
    }
}

/// Language of a text; `None` unless sure.
pub(crate) fn guess(text: &str) -> Option<Language> {
    guess_knowing(text, Profile::Unknown)
}

/// As [`guess`], with the language that the writer's profile is in: a short text is in that one unless its script, or
/// words that the profile's language hardly shares, say otherwise. Where that one is not spoken here, a text in Latin letters
/// needs clear words of another.
pub(crate) fn guess_knowing(text: &str, profile: Profile<'_>) -> Option<Language> {
    let text: String = text.chars().take(LOOKED_AT).collect();
    let mut counts: HashMap<Script, usize> = HashMap::new();
    for script in text.chars().map(Script::of) {
        *counts.entry(script).or_default() += 1;
    }
    let count = |script| counts.get(&script).copied().unwrap_or(0);
    // A name or a word in Latin letters is common in any script, seldom the other way round.
    let latin = count(Script::Latin) / 3;
    let of_script = [
        (Script::Hangul, Language::Korean),
        (Script::Thai, Language::Thai),
        (Script::Hebrew, Language::Hebrew),
        (Script::Greek, Language::Greek),
        (Script::Devanagari, Language::Hindi),
    ];
    for (script, language) in of_script {
        if count(script) > latin {
            return Some(language);
        }
    }
    let east_asian = count(Script::Kana) + count(Script::Han);
    if east_asian > latin {
        let short = east_asian <= 2 * ENOUGH_WORDS && profile == Profile::Ours(Language::Japanese);
        return Some(if count(Script::Kana) * 10 >= east_asian || short {
            Language::Japanese
        } else {
            Language::Chinese
        });
    }
    let among: &[Language] = if count(Script::Arabic) > latin {
        &[Language::Arabic, Language::Persian]
    } else if count(Script::Cyrillic) > latin {
        &[Language::Russian, Language::Ukrainian]
    } else {
        &[]
    };
    by_words(&text, among, profile)
}

/// Best of some languages (of all when none are named) by words and letters.
fn by_words(text: &str, among: &[Language], profile: Profile<'_>) -> Option<Language> {
    let folded = fold(text);
    let mut words = tokens(&folded);
    let is_foreign = matches!(profile, Profile::Foreign(_)) && among.is_empty();
    if is_foreign {
        // A word that is said twice proves no more than once.
        words.sort_unstable();
        words.dedup();
    }
    let mut points: HashMap<Language, f32> = HashMap::new();
    for word in &words {
        if let Some(owners) = OWNERS.get(*word) {
            for owner in owners {
                *points.entry(*owner).or_default() += worth(owners.len());
            }
        }
        for (language, endings) in ENDINGS {
            if word.chars().count() > 4 && endings.iter().any(|ending| word.ends_with(ending)) {
                *points.entry(*language).or_default() += 0.2;
            }
        }
    }
    let lower = text.to_lowercase();
    for (language, letters) in LETTERS {
        let seen = lower
            .chars()
            .filter(|c| letters.contains(*c))
            .take(LETTERS_COUNTED)
            .count();
        if seen > 0 {
            *points.entry(*language).or_default() += LETTER * seen as f32;
        }
    }
    let ours = match profile {
        Profile::Ours(language) => Some(language),
        Profile::Unknown | Profile::Foreign(_) => None,
    };
    let known = ours.map(|language| points.get(&language).copied().unwrap_or(0.0));
    let allowed = |language: &Language| among.is_empty() || among.contains(language);
    let mut ranked: Vec<(Language, f32)> = points.into_iter().filter(|(l, _)| allowed(l)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let best = ranked.first().copied();
    let second = ranked.get(1).map_or(0.0, |ranked| ranked.1);
    if is_foreign {
        let needed = (words.len() as f32 * CLEAR_SHARE)
            .max(CLEAR)
            .max(second * CLEARLY_MORE);
        let clear =
            best.filter(|(language, points)| *points >= needed && !profile.resembles(*language));
        return clear.map(|(language, _)| language);
    }
    if let (Some(profile), Some(known)) = (ours, known)
        && (among.is_empty() || among.contains(&profile))
    {
        let short = words.len() < ENOUGH_WORDS;
        let more = if short { CLEARLY_MORE } else { MORE };
        let other = best.filter(|(language, points)| {
            *language != profile && *points >= SURE && *points > known * more
        });
        // A longer text without one word of the profile's language is told by itself.
        if short || (other.is_none() && known > 0.0) {
            return Some(other.map_or(profile, |(language, _)| language));
        }
    }
    match (best, among.first()) {
        // Within a script of two languages the commoner one needs no proof.
        (Some((language, points)), Some(_)) if points > second => Some(language),
        (_, Some(common)) => Some(*common),
        (Some((language, points)), None) => {
            let clear = points >= SURE && points >= second * 1.25 + 0.2;
            let enough = points >= words.len() as f32 * 0.12;
            (clear && enough).then_some(language)
        }
        (None, None) => None,
    }
}

/// What a small word is worth that so many languages share.
fn worth(owners: usize) -> f32 {
    1.0 / owners as f32
}

static OWNERS: LazyLock<HashMap<String, Vec<Language>>> = LazyLock::new(|| {
    let mut owners: HashMap<String, Vec<Language>> = HashMap::new();
    for (language, words) in SMALL_WORDS {
        for word in words.split_whitespace() {
            let owners = owners.entry(fold(word)).or_default();
            if !owners.contains(language) {
                owners.push(*language);
            }
        }
    }
    owners
});

#[cfg(test)]
mod tests {
    use super::guess;
    use crate::language::Language::{self, *};

    #[test]
    fn everyday_sentences_are_told_apart() {
        let sentences: &[(Language, &[&str])] = &[
            (
                English,
                &[
                    "hey how are you doing today",
                    "i want to see your new video",
                    "whats up with you",
                    "can you send me the link please",
                    "thank you so much",
                ],
            ),
            (
                Spanish,
                &[
                    "hola, cómo estás hoy?",
                    "quiero ver tu nuevo video",
                    "no puedo pagar ahora, lo siento",
                    "gracias por todo guapa",
                    "me gusta mucho lo que haces",
                ],
            ),
            (
                Portuguese,
                &[
                    "oi tudo bem com você?",
                    "quero ver o seu vídeo novo",
                    "não consigo pagar agora",
                    "obrigado por tudo linda",
                    "eu gosto muito de você",
                ],
            ),
            (
                Italian,
                &[
                    "ciao come stai oggi?",
                    "voglio vedere il tuo nuovo video",
                    "non posso pagare adesso",
                    "grazie mille di tutto",
                    "mi piace molto quello che fai",
                ],
            ),
            (
                French,
                &[
                    "salut comment ça va?",
                    "je veux voir ta nouvelle vidéo",
                    "je ne peux pas payer maintenant",
                    "merci pour tout",
                    "tu es très belle aujourd'hui",
                ],
            ),
            (
                German,
                &[
                    "hallo wie geht es dir heute?",
                    "ich möchte dein neues video sehen",
                    "ich kann gerade nicht bezahlen",
                    "danke für alles",
                    "was kostet das denn",
                ],
            ),
            (
                Dutch,
                &[
                    "hoi hoe gaat het met je?",
                    "ik wil je nieuwe video zien",
                    "ik kan nu niet betalen",
                    "dank je wel voor alles",
                    "wat kost dat eigenlijk",
                ],
            ),
            (
                Polish,
                &[
                    "cześć, jak się masz?",
                    "chcę zobaczyć twój nowy film",
                    "nie mogę teraz zapłacić",
                    "dzięki za wszystko",
                    "ile to kosztuje",
                ],
            ),
            (
                Czech,
                &[
                    "ahoj, jak se máš?",
                    "chci vidět tvoje nové video",
                    "teď nemůžu zaplatit",
                    "děkuju za všechno",
                    "kolik to stojí prosím",
                ],
            ),
            (
                Turkish,
                &[
                    "merhaba nasılsın bugün?",
                    "yeni videonu görmek istiyorum",
                    "şu an ödeyemem",
                    "her şey için teşekkürler",
                    "bu ne kadar",
                ],
            ),
            (
                Romanian,
                &[
                    "bună, ce mai faci?",
                    "vreau să văd noul tău video",
                    "nu pot să plătesc acum",
                    "mulțumesc pentru tot",
                    "cat costa asta te rog",
                ],
            ),
            (
                Hungarian,
                &[
                    "szia, hogy vagy ma?",
                    "szeretném látni az új videódat",
                    "most nem tudok fizetni",
                    "köszönöm szépen",
                    "mennyibe kerül ez",
                ],
            ),
            (
                Swedish,
                &[
                    "hej hur mår du idag?",
                    "jag vill se din nya video",
                    "jag kan inte betala nu",
                    "tack för allt",
                    "vad kostar det",
                ],
            ),
            (
                Indonesian,
                &[
                    "halo apa kabar kamu hari ini?",
                    "aku mau lihat video baru kamu",
                    "saya tidak bisa bayar sekarang",
                    "terima kasih banyak ya",
                    "berapa harganya kak",
                ],
            ),
            (
                Vietnamese,
                &[
                    "chào bạn, bạn khỏe không?",
                    "mình muốn xem video mới của bạn",
                    "cảm ơn rất nhiều",
                ],
            ),
            (
                Hindi,
                &[
                    "नमस्ते आप कैसे हैं",
                    "mujhe tumhara naya video dekhna hai",
                    "kya tum mujhse baat karoge",
                ],
            ),
            (
                Russian,
                &[
                    "привет, как дела?",
                    "хочу посмотреть твоё новое видео",
                    "спасибо",
                ],
            ),
            (
                Ukrainian,
                &[
                    "привіт, як справи?",
                    "хочу подивитись твоє нове відео",
                    "дякую за все",
                ],
            ),
            (
                Arabic,
                &["مرحبا كيف حالك اليوم", "اريد ان ارى الفيديو الجديد"],
            ),
            (Persian, &["سلام حالت چطوره", "می‌خواهم ویدیوی جدید را ببینم"]),
            (Hebrew, &["שלום מה שלומך"]),
            (Greek, &["γεια σου τι κάνεις"]),
            (Thai, &["สวัสดีครับ สบายดีไหม"]),
            (Japanese, &["こんにちは、元気ですか", "新しい動画が見たい"]),
            (Korean, &["안녕하세요 잘 지내요?"]),
            (Chinese, &["你好，今天怎么样", "我想看你的新视频"]),
        ];
        let mut wrong = Vec::new();
        for (language, sentences) in sentences {
            for sentence in *sentences {
                if guess(sentence) != Some(*language) {
                    wrong.push((*language, *sentence, guess(sentence)));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn what_could_be_any_language_is_not_guessed() {
        for text in ["", "ok", "😂😂", "lol", "100", "Anna", "haha", "video"] {
            assert_eq!(guess(text), None, "{text}");
        }
    }
}
