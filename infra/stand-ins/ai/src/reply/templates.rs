//! Replies of the demo: labelled, in five languages, with a quote of what was written.

use super::{LABEL, language};
use crate::random::pick;

/// Characters of the newest text that are quoted.
const QUOTED: usize = 60;

const ENGLISH: [&str; 4] = [
    "Thank you for writing! You said “{}”, and that made me smile.",
    "“{}” - tell me more about that!",
    "I read “{}”. Lovely to hear from you today.",
    "Good point: “{}”. How was the rest of your day?",
];
const SPANISH: [&str; 4] = [
    "¡Gracias por escribir! Dijiste «{}» y me alegra.",
    "«{}»: ¡cuéntame más!",
    "He leído «{}». Qué gusto saber de ti hoy.",
    "Buen punto: «{}». ¿Cómo fue el resto de tu día?",
];
const RUSSIAN: [&str; 4] = [
    "Спасибо за сообщение! Вы написали «{}», и это приятно.",
    "«{}» - расскажите подробнее!",
    "Прочитано: «{}». Рада весточке сегодня.",
    "Верно подмечено: «{}». Как прошёл остаток дня?",
];
const PORTUGUESE: [&str; 4] = [
    "Obrigada por escrever! Você disse “{}” e eu gostei.",
    "“{}” - conte mais!",
    "Li “{}”. Que bom ter notícias suas hoje.",
    "Boa observação: “{}”. Como foi o resto do seu dia?",
];
const GERMAN: [&str; 4] = [
    "Danke für die Nachricht! „{}“ - das freut mich.",
    "„{}“ - erzähl mir mehr davon!",
    "Ich habe „{}“ gelesen. Schön, heute von dir zu hören.",
    "Guter Punkt: „{}“. Wie war der Rest deines Tages?",
];

/// The demo's reply to a text: the same one for the same text.
pub(super) fn reply(newest: &str) -> String {
    let templates = match language::of(newest) {
        "es" => &SPANISH,
        "ru" => &RUSSIAN,
        "pt" => &PORTUGUESE,
        "de" => &GERMAN,
        _ => &ENGLISH,
    };
    let template = pick(templates, newest).copied().unwrap_or(ENGLISH[0]);
    format!("{LABEL} {}", template.replace("{}", &quote(newest)))
}

/// The beginning of a text on one line.
fn quote(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(QUOTED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_labelled_quotes_the_text_and_speaks_its_language() {
        let reply = reply("hola, ¿cómo estás?\nun saludo");
        assert!(reply.starts_with(LABEL), "{reply}");
        assert!(reply.contains("«hola, ¿cómo estás? un saludo»"), "{reply}");
    }

    #[test]
    fn the_same_text_gets_the_same_reply_and_a_long_one_is_cut() {
        let long = "what a day ".repeat(30);
        assert_eq!(reply(&long), reply(&long));
        assert_eq!(quote(&long).chars().count(), QUOTED);
        let all: std::collections::BTreeSet<String> = (0..40)
            .map(|n| reply(&format!("hi {n}")).replace(&format!("hi {n}"), ""))
            .collect();
        assert_eq!(all.len(), ENGLISH.len(), "every template is used");
    }
}
