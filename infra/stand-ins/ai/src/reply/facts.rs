//! One simple fact that a text tells about its writer.

use super::Fact;

/// Most words of what a person says about themselves.
const WORDS: usize = 4;

/// How it is said, and how it is written down.
const PATTERNS: [(&[&str], &str, f64); 28] = [
    (&["my", "name", "is"], "Name is", 0.95),
    (&["i", "live", "in"], "Lives in", 0.9),
    (&["i'm", "from"], "Is from", 0.8),
    (&["my", "dog", "is", "called"], "Has a dog called", 0.9),
    (&["my", "cat", "is", "called"], "Has a cat called", 0.9),
    (&["i", "like"], "Likes", 0.7),
    (&["i", "love"], "Likes", 0.7),
    (&["me", "llamo"], "Name is", 0.95),
    (&["vivo", "en"], "Lives in", 0.9),
    (&["mi", "perro", "se", "llama"], "Has a dog called", 0.9),
    (&["mi", "gato", "se", "llama"], "Has a cat called", 0.9),
    (&["me", "gusta"], "Likes", 0.7),
    (&["meu", "nome", "é"], "Name is", 0.95),
    (&["moro", "em"], "Lives in", 0.9),
    (&["meu", "cachorro", "se", "chama"], "Has a dog called", 0.9),
    (&["eu", "gosto", "de"], "Likes", 0.7),
    (&["adoro"], "Likes", 0.7),
    (&["ich", "heiße"], "Name is", 0.95),
    (&["ich", "wohne", "in"], "Lives in", 0.9),
    (&["mein", "hund", "heißt"], "Has a dog called", 0.9),
    (&["meine", "katze", "heißt"], "Has a cat called", 0.9),
    (&["ich", "mag"], "Likes", 0.7),
    (&["меня", "зовут"], "Name is", 0.95),
    (&["я", "живу", "в"], "Lives in", 0.9),
    (&["мою", "собаку", "зовут"], "Has a dog called", 0.9),
    (&["моего", "кота", "зовут"], "Has a cat called", 0.9),
    (&["мне", "нравится"], "Likes", 0.7),
    (&["я", "люблю"], "Likes", 0.7),
];
/// Where what is said ends, besides at a punctuation mark.
const JOINING: [&str; 10] = [
    "and", "but", "y", "pero", "e", "mas", "und", "aber", "и", "но",
];

/// The first fact of a text.
pub(super) fn of(text: &str) -> Option<Fact> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare: Vec<String> = words
        .iter()
        .map(|word| trimmed(word).to_lowercase())
        .collect();
    for start in 0..words.len() {
        for (pattern, written, confidence) in PATTERNS {
            let end = start + pattern.len();
            let fits = bare.get(start..end).is_some_and(|found| found == pattern);
            // A sentence that ends within the pattern says something else.
            if fits && !words[start..end].iter().any(|word| ends(word)) {
                let said = said(&words[end..]);
                if !said.is_empty() {
                    return Some(Fact {
                        text: format!("{written} {said}"),
                        confidence,
                    });
                }
            }
        }
    }
    None
}

fn said(words: &[&str]) -> String {
    let mut kept = Vec::new();
    for word in words.iter().take(WORDS) {
        if JOINING.contains(&word.to_lowercase().as_str()) {
            break;
        }
        kept.push(trimmed(word));
        if ends(word) {
            break;
        }
    }
    kept.join(" ").trim().to_owned()
}

fn ends(word: &str) -> bool {
    word.ends_with(|letter: char| ".,!?;:…".contains(letter))
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn what_a_person_says_of_themselves_is_noted_once() {
        let told = [
            ("Hi! I live in New York, it is cold", "Lives in New York"),
            (
                "my dog is called Biscuit and he barks",
                "Has a dog called Biscuit",
            ),
            ("My name is Robin. I love tea", "Name is Robin"),
            ("vivo en Sevilla y trabajo", "Lives in Sevilla"),
            ("меня зовут Вера!", "Name is Вера"),
            ("ich mag Regen", "Likes Regen"),
            ("moro em Porto Alegre", "Lives in Porto Alegre"),
        ];
        for (text, fact) in told {
            assert_eq!(of(text).map(|fact| fact.text).as_deref(), Some(fact));
        }
    }

    #[test]
    fn nothing_is_noted_of_what_was_not_said() {
        for text in [
            "",
            "do you live in Paris?",
            "my name is",
            "Do I? Like you",
            "I live in.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
