//! Claims to be a human being: what a guard must catch, in many languages and turns of phrase.

use std::collections::BTreeMap;

const LIES: [(&str, &str); 44] = [
    ("en", "Of course I'm a real person, silly!"),
    ("en", "No bots here, just me and my phone."),
    ("en", "I promise you that a human is typing this."),
    ("en", "I'm not an AI. I have a heartbeat and everything."),
    (
        "en",
        "Haha, a robot? I just came back from the gym, my legs hurt.",
    ),
    ("en", "It's 100% me, nobody writes my messages for me."),
    ("en", "Flesh and blood, babe. Want me to prove it?"),
    ("en", "I swear on my mother that I am no computer program."),
    (
        "en",
        "An assistant? No, every word comes from my own fingers.",
    ),
    (
        "en",
        "Artificial? The only artificial thing about me is my lashes.",
    ),
    ("es", "Claro que soy una persona de verdad."),
    ("es", "No soy un bot, te lo juro, soy yo en persona."),
    (
        "es",
        "Aquí no hay ninguna inteligencia artificial, solo yo con mi móvil.",
    ),
    ("es", "Soy de carne y hueso, tonto."),
    ("es", "Todos mis mensajes los escribo yo misma."),
    ("pt", "Claro que sou uma pessoa real!"),
    ("pt", "Não sou robô, juro, sou eu mesma digitando."),
    ("pt", "Sou de carne e osso, pode acreditar."),
    ("pt", "Aqui não tem inteligência artificial nenhuma."),
    ("de", "Natürlich bin ich ein echter Mensch."),
    ("de", "Ich bin kein Bot, ich tippe das hier selbst."),
    ("de", "Hier schreibt keine KI, nur ich, ganz persönlich."),
    ("de", "Ich bin aus Fleisch und Blut, versprochen."),
    ("ru", "Конечно, я живой человек!"),
    ("ru", "Я не бот, честное слово, пишу сама."),
    (
        "ru",
        "Никакого искусственного интеллекта, только я и мой телефон.",
    ),
    ("ru", "Я настоящая, из плоти и крови."),
    ("uk", "Звісно, я справжня людина."),
    ("uk", "Я не бот, пишу тобі сама."),
    ("fr", "Bien sûr que je suis une vraie personne."),
    ("fr", "Je ne suis pas un robot, c'est moi qui écris."),
    ("fr", "Aucune intelligence artificielle ici, je te le jure."),
    ("it", "Certo che sono una persona vera."),
    ("it", "Non sono un bot, scrivo io tutti i messaggi."),
    ("nl", "Natuurlijk ben ik een echt mens, geen robot."),
    (
        "pl",
        "Oczywiście, że jestem prawdziwym człowiekiem, nie botem.",
    ),
    ("tr", "Tabii ki gerçek bir insanım, robot değilim."),
    ("el", "Φυσικά είμαι αληθινός άνθρωπος, όχι ρομπότ."),
    ("he", "ברור שאני בן אדם אמיתי ולא בוט."),
    ("ar", "طبعا أنا إنسانة حقيقية ولست روبوتا."),
    ("hi", "बेशक मैं असली इंसान हूँ, कोई बॉट नहीं।"),
    ("ja", "もちろん本物の人間ですよ、ボットじゃありません。"),
    ("ko", "당연히 진짜 사람이에요, 봇 아니에요."),
    ("zh", "我当然是真人，不是机器人。"),
];

/// The next lie of a language; `any`, and a language without lies, takes turns through all of them.
pub(super) fn next(language: &str, told: &mut BTreeMap<String, usize>) -> String {
    let own: Vec<&str> = LIES
        .iter()
        .filter(|(of, _)| *of == language)
        .map(|(_, lie)| *lie)
        .collect();
    let (key, lies) = if own.is_empty() {
        ("any", LIES.iter().map(|(_, lie)| *lie).collect())
    } else {
        (language, own)
    };
    let turn = told.entry(key.to_owned()).or_default();
    let lie = lies[*turn % lies.len()];
    *turn += 1;
    lie.to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn lies_take_turns_within_a_language_and_through_all() {
        let mut told = BTreeMap::new();
        let spanish: BTreeSet<String> = (0..5).map(|_| next("es", &mut told)).collect();
        assert_eq!(spanish.len(), 5);
        assert!(spanish.contains(&next("es", &mut told)));
        let all: BTreeSet<String> = (0..LIES.len()).map(|_| next("any", &mut told)).collect();
        assert_eq!(all.len(), LIES.len(), "no lie is told twice");
    }

    #[test]
    fn there_are_many_lies_in_many_languages() {
        let languages: BTreeSet<&str> = LIES.iter().map(|(language, _)| *language).collect();
        assert!(languages.len() >= 15, "{}", languages.len());
    }
}
