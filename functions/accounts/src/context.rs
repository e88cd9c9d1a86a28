//! Words that a guesser of this product's passwords would try first. Pure.

/// The product, what it is for, its roles. Lower case, letters only.
const WORDS: &[&str] = &[
    "admin",
    "analyst",
    "bot",
    "chat",
    "chatter",
    "creator",
    "crm",
    "dashboard",
    "fan",
    "fanclub",
    "fans",
    "inbox",
    "manager",
    "message",
    "model",
    "owner",
    "password",
    "premium",
    "sofi",
    "sofia",
    "star",
    "stars",
    "subscriber",
    "telegram",
    "vip",
    "workspace",
];
/// What so many people take for a password that it says nothing of the person or the product.
const COMMON: &[&str] = &["admin", "password"];
/// Parts of a person's own name or address that are shorter say nothing.
const SHORTEST: usize = 3;

/// Whether a password is nothing but such words, the person's own ones among them, however it is dressed up: capitals,
/// digits and signs around and between them, digits in place of letters.
pub(crate) fn is_guessable(password: &str, own: &[&str]) -> bool {
    let whole = |text: &&str| text.trim().eq_ignore_ascii_case(password.trim());
    if own.iter().any(whole) {
        return true;
    }
    let own: Vec<String> = own
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= SHORTEST)
        .collect();
    let words: Vec<&str> = WORDS
        .iter()
        .copied()
        .chain(own.iter().map(String::as_str))
        .collect();
    is_nothing_but(password, &words)
}

/// Whether a password is nothing but what everybody takes for one, however it is dressed up.
pub(crate) fn is_common(password: &str) -> bool {
    is_nothing_but(password, COMMON)
}

/// Whether a password is some of the words, dressed up.
fn is_nothing_but(password: &str, words: &[&str]) -> bool {
    let text = password.to_lowercase();
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphabetic())
            .collect::<String>()
    };
    // A sign at an end dresses the word up or is its first letter.
    let signs_off = text.trim_matches(|c: char| !c.is_alphabetic());
    let digits_off = text.trim_matches(|c: char| c.is_ascii_digit());
    [signs_off, digits_off].into_iter().any(|core| {
        let meant: String = core.chars().map(letter).collect();
        is_made_of(&letters(core), words) || is_made_of(&letters(&meant), words)
    })
}

/// Whether a password is one or two characters again and again, however long.
pub(crate) fn is_monotonous(password: &str) -> bool {
    let mut seen = Vec::new();
    for sign in password.chars() {
        if !seen.contains(&sign) {
            seen.push(sign);
        }
        if seen.len() > 2 {
            return false;
        }
    }
    true
}

/// The letter that a digit or sign stands for.
const fn letter(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Whether a text is some of the words in a row; an empty one is not.
fn is_made_of(text: &str, words: &[&str]) -> bool {
    // Where a row of whole words can end.
    let mut ends = vec![false; text.len() + 1];
    ends[0] = true;
    for at in 0..text.len() {
        if ends[at] {
            for word in words.iter().filter(|word| text[at..].starts_with(**word)) {
                ends[at + word.len()] = true;
            }
        }
    }
    !text.is_empty() && ends[text.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_product_are_guessed_however_they_are_dressed_up() {
        for password in [
            "telegram",
            "Telegram2026!",
            "T3l3gr4m",
            "sofi-crm-2026",
            "S0fi_Fans!!",
            "VIPfanclub99",
            "creator.manager",
            "99$t4rs99",
            "TelegramBot1234",
        ] {
            assert!(is_guessable(password, &[]), "{password}");
        }
    }

    #[test]
    fn what_everybody_takes_for_a_password_is_common_and_not_about_the_product() {
        for password in ["password123456", "P4ssw0rd!!!!", "adminadmin99"] {
            assert!(is_common(password), "{password}");
        }
        for password in [
            "TelegramBot1234",
            "password telegram",
            "passwords of the sea",
        ] {
            assert!(!is_common(password), "{password}");
        }
    }

    #[test]
    fn a_persons_own_name_and_address_are_guessed_too() {
        let own = ["Mira Vale", "mira.vale+crm@example.com"];
        for password in [
            "MiraVale1990",
            "vale-mira!",
            "m1r4sofi2026",
            "Example.com99",
        ] {
            assert!(is_guessable(password, &own), "{password}");
            assert!(!is_guessable(password, &[]), "{password}");
        }
    }

    #[test]
    fn an_address_is_guessed_whatever_its_parts_are() {
        let own = ["A1@Example.com"];
        assert!(is_guessable("a1@example.com", &own));
        assert!(!is_guessable("a1@example.com and more", &own));
    }

    #[test]
    fn one_or_two_characters_again_and_again_are_no_password() {
        for password in ["        ", &"a".repeat(128), "abababababab"] {
            assert!(is_monotonous(password), "{password}");
        }
        assert!(!is_monotonous("aabbaabc"));
    }

    #[test]
    fn words_beside_others_are_a_password() {
        for password in [
            "correct horse battery staple",
            "telegrams from grandmother",
            "12345678",
            "!!!!????",
            "",
            "stardust inbox 7",
            "\u{e9}toiles de telegram",
        ] {
            assert!(!is_guessable(password, &["Mira Vale"]), "{password}");
        }
    }
}
