//! Who the demo's fans are and what is said: all invented, and the same every time.

/// One fan of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fan {
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    /// For about two of three.
    pub(super) username: Option<String>,
    pub(super) language: &'static str,
}

const FIRST: [(&str, &str); 20] = [
    ("Aurelio", "es"),
    ("Brisa", "pt"),
    ("Cosmo", "en"),
    ("Dagny", "de"),
    ("Elowen", "en"),
    ("Fenna", "de"),
    ("Galya", "uk"),
    ("Hollis", "en"),
    ("Ilka", "de"),
    ("Juniper", "en"),
    ("Kestrel", "en"),
    ("Lumi", "de"),
    ("Marisol", "es"),
    ("Nerea", "es"),
    ("Ozren", "de"),
    ("Perrin", "en"),
    ("Quilla", "es"),
    ("Rowan", "en"),
    ("Świt", "de"),
    ("Tamsin", "en"),
];
const LAST: [&str; 12] = [
    "Ashdown",
    "Birkfeld",
    "Calloway",
    "Dunmore",
    "Everhart",
    "Fjord",
    "Gladewell",
    "Hartsong",
    "Ivorsen",
    "Juneberry",
    "Kornfeld",
    "Larkspur",
];

/// So many fans; no name comes twice.
pub(super) fn fans(count: usize) -> Vec<Fan> {
    (0..count)
        .map(|number| {
            let (first_name, language) = FIRST[number % FIRST.len()];
            let last_name = LAST[(number / FIRST.len() * 5 + number) % LAST.len()];
            let plain: String = first_name
                .to_lowercase()
                .chars()
                .filter(char::is_ascii)
                .collect();
            Fan {
                first_name,
                last_name,
                username: (number % 3 != 2).then(|| format!("{plain}_demo_{number:02}")),
                language,
            }
        })
        .collect()
}

/// What fans write and what the creator answers, by language: pairs that fit in any order.
pub(super) fn talk(language: &str) -> &'static [(&'static str, &'static str)] {
    match language {
        "de" => &DE,
        "es" => &ES,
        _ => &EN,
    }
}

/// What a fan writes last, so that an answer is due.
pub(super) fn question(language: &str) -> &'static str {
    match language {
        "de" => "Machst du wieder eine Serie über Nordlichter?",
        "es" => "¿Vas a hacer otra serie de auroras?",
        _ => "Will you do another series about northern lights?",
    }
}

/// What the creator answers to whoever waited.
pub(super) fn answer(language: &str) -> &'static str {
    match language {
        "de" => "Danke fürs Warten! Ich schaue mir alles heute Abend an.",
        "es" => "¡Gracias por esperar! Lo miro todo esta tarde.",
        _ => "Thanks for waiting! I will look at everything tonight.",
    }
}

const EN: [(&str, &str); 16] = [
    (
        "Hi! Your winter photos are wonderful.",
        "Thank you, that makes my morning!",
    ),
    (
        "Which lens did you use for the last one?",
        "An old 35 mm, wide open.",
    ),
    (
        "Do you sell prints as well?",
        "A small edition, twice a year.",
    ),
    (
        "The fog picture hangs in my kitchen now.",
        "Show me once the sun comes in, I would love to see it.",
    ),
    (
        "How long did you wait for that light?",
        "Three mornings, and then it lasted four minutes.",
    ),
    (
        "Is there a way to see the outtakes?",
        "I will post some on Friday.",
    ),
    (
        "I tried your recipe for the tea from the stream.",
        "And? More ginger next time?",
    ),
    (
        "You sounded tired yesterday, hope all is well.",
        "Just a long drive. All is well, thank you.",
    ),
    (
        "What are you working on this week?",
        "Harbours before sunrise.",
    ),
    (
        "My sister wants to learn photography too.",
        "Tell her to begin with one lens and a lot of walking.",
    ),
    (
        "Could you sign the print for a friend?",
        "Of course, send me the name.",
    ),
    (
        "The parcel came today, perfect!",
        "So glad. Thank you for telling me.",
    ),
    (
        "Do you pack all of the prints yourself?",
        "Most of them. My team helps when it gets busy.",
    ),
    (
        "The music in your last clip, what is it?",
        "A friend plays the cello in it.",
    ),
    ("Snow here at last!", "Then out with you, before it melts!"),
    (
        "Looking forward to the stream on Sunday.",
        "Me too. Bring questions.",
    ),
];
const DE: [(&str, &str); 8] = [
    (
        "Hallo! Die Bilder vom Hafen sind großartig.",
        "Danke dir, das freut mich sehr!",
    ),
    (
        "Mit welcher Kamera fotografierst du?",
        "Mit einer alten, die ich gut kenne.",
    ),
    ("Gibt es den Kalender auch dieses Jahr?", "Ja, ab Dezember."),
    (
        "Das Paket ist da, alles heil!",
        "Wie schön. Danke fürs Bescheidgeben.",
    ),
    ("Wann ist der nächste Stream?", "Am Sonntag um acht."),
    (
        "Ich habe das Rezept nachgekocht.",
        "Und? Mehr Ingwer beim nächsten Mal?",
    ),
    ("Hier schneit es endlich!", "Dann schnell nach draußen!"),
    (
        "Darf ich das Bild als Hintergrund nehmen?",
        "Gern, für dich selbst jederzeit.",
    ),
];
const ES: [(&str, &str); 8] = [
    (
        "¡Hola! Me encantan tus fotos de invierno.",
        "¡Gracias, me alegras la mañana!",
    ),
    ("¿Qué objetivo usaste en la última?", "Un 35 mm antiguo."),
    ("¿Vendes copias?", "Una edición pequeña, dos veces al año."),
    (
        "Ya llegó el paquete, perfecto.",
        "Qué bien. Gracias por contármelo.",
    ),
    ("¿Cuándo es el próximo directo?", "El domingo a las ocho."),
    (
        "Probé tu receta del té.",
        "¿Y? ¿Más jengibre la próxima vez?",
    ),
    (
        "Mi hermana también quiere aprender.",
        "Que empiece con un objetivo y camine mucho.",
    ),
    (
        "¿La música del último vídeo?",
        "La toca una amiga al violonchelo.",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{DE, EN, ES, fans, question};

    #[test]
    fn no_two_fans_have_one_name_or_one_username() {
        let fans = fans(60);
        let names: BTreeSet<_> = fans
            .iter()
            .map(|fan| (fan.first_name, fan.last_name))
            .collect();
        let usernames: BTreeSet<_> = fans.iter().filter_map(|fan| fan.username.clone()).collect();
        assert_eq!((names.len(), usernames.len()), (60, 40));
    }

    /// Whoever asks who writes is told, and whoever is in need gets a person: neither gets a draft.
    #[test]
    fn no_fan_says_anything_that_sofi_may_not_draft_an_answer_to() {
        let lines = [&EN[..], &DE, &ES].concat();
        let asked = ["en", "de", "es"].map(question);
        for text in lines.iter().map(|(said, _)| *said).chain(asked) {
            assert!(!rules::identity::asks_identity(text), "{text}");
            assert_eq!(care::detect(text), None, "{text}");
        }
    }
}
