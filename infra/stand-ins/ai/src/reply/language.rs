//! Which language a text is in: by its letters, else by its commonest words.

/// Languages in Latin letters, and words that give them away.
const WORDS: [(&str, &[&str]); 9] = [
    (
        "en",
        &[
            "the", "you", "are", "is", "and", "do", "what", "how", "i", "my", "me", "this", "real",
            "have", "to", "of", "hi", "hello", "it",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "eres", "que", "qué", "y", "hola", "mi", "cómo", "como", "es", "una",
            "un", "por", "tú", "te", "estás", "gracias", "yo", "vivo",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "você", "voce", "é", "que", "e", "olá", "oi", "meu", "minha", "não", "uma",
            "um", "por", "obrigado", "obrigada", "eu", "moro", "está",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "du", "bist", "ist", "und", "ich", "hallo", "wie", "was", "mein",
            "meine", "nicht", "ein", "eine", "bin", "wohne", "echt",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "tu", "es", "et", "je", "bonjour", "salut", "comment", "mon", "ma",
            "ne", "pas", "une", "un", "suis", "vraie", "vrai",
        ],
    ),
    (
        "it",
        &[
            "il", "lo", "gli", "sei", "e", "ciao", "io", "come", "mio", "mia", "non", "una", "un",
            "sono", "che", "vera", "vero",
        ],
    ),
    (
        "nl",
        &[
            "de", "het", "jij", "je", "bent", "en", "hallo", "hoe", "ik", "mijn", "niet", "een",
            "ben", "echt", "wat",
        ],
    ),
    (
        "pl",
        &[
            "jesteś",
            "jest",
            "cześć",
            "jak",
            "ja",
            "mój",
            "moja",
            "nie",
            "czy",
            "się",
            "to",
            "prawdziwa",
            "co",
        ],
    ),
    (
        "tr",
        &[
            "sen", "misin", "merhaba", "nasıl", "ben", "benim", "değil", "bir", "ve", "gerçek",
            "mi", "mı", "selam",
        ],
    ),
];

/// The two-letter code of a text's language; English when nothing gives it away.
pub(super) fn of(text: &str) -> &'static str {
    if let Some(language) = by_letters(text) {
        return language;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let mut best = ("en", 0);
    for (language, known) in WORDS {
        let hits = words.iter().filter(|word| known.contains(word)).count() * 2;
        let score = hits + signs(language, &lower) * 3;
        if score > best.1 {
            best = (language, score);
        }
    }
    best.0
}

/// Letters of this language that few others have.
fn signs(language: &str, lower: &str) -> usize {
    let letters = match language {
        "es" => "ñ¿¡",
        "pt" => "ãõ",
        "de" => "ßä",
        "fr" => "èœê",
        "pl" => "łąęśż",
        "tr" => "ğış",
        _ => "",
    };
    lower
        .chars()
        .filter(|letter| letters.contains(*letter))
        .count()
}

fn by_letters(text: &str) -> Option<&'static str> {
    let has = |from: char, to: char| text.chars().any(|letter| (from..=to).contains(&letter));
    if has('\u{0400}', '\u{04ff}') {
        let ukrainian = text.chars().any(|letter| "іїєґІЇЄҐ".contains(letter));
        return Some(if ukrainian { "uk" } else { "ru" });
    }
    let scripts = [
        ("el", '\u{0370}', '\u{03ff}'),
        ("he", '\u{0590}', '\u{05ff}'),
        ("ar", '\u{0600}', '\u{06ff}'),
        ("hi", '\u{0900}', '\u{097f}'),
        ("ja", '\u{3040}', '\u{30ff}'),
        ("ko", '\u{ac00}', '\u{d7af}'),
        ("zh", '\u{4e00}', '\u{9fff}'),
    ];
    let found = scripts.iter().find(|(_, from, to)| has(*from, *to));
    found.map(|(language, _, _)| *language)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_question_is_known_by_its_words_or_letters() {
        let questions = [
            ("are you a real person?", "en"),
            ("¿eres una persona real?", "es"),
            ("você é uma pessoa de verdade?", "pt"),
            ("bist du ein echter Mensch?", "de"),
            ("ты живой человек?", "ru"),
            ("ти справжня людина? чи ні, її", "uk"),
            ("tu es une vraie personne ?", "fr"),
            ("sei una persona vera?", "it"),
            ("jesteś prawdziwa?", "pl"),
            ("gerçek misin?", "tr"),
            ("あなたは人間ですか", "ja"),
            ("你是真人吗", "zh"),
            ("hmm", "en"),
        ];
        for (question, language) in questions {
            assert_eq!(of(question), language, "{question}");
        }
    }
}
