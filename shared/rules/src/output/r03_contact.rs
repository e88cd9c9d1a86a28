//! R03: e-mail addresses, phone numbers, bank and card numbers, wallets.

use super::draft::Draft;
use super::{Action, Context};

/// Fewest digits of what may be a phone number.
const PHONE: usize = 8;
/// Fewest number words in a row that spell one out.
const SPELLED: usize = 6;
/// Fewest characters of a wallet's address.
const WALLET: usize = 26;

/// Takes hold of any such number or address, whosever it is.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    let mail = draft.chunks().any(is_mail) || is_spelled_mail(&draft.folded);
    let found = mail
        || has_phone(&draft.lower)
        || has_iban(&draft.lower)
        || draft.plain.split_whitespace().any(is_wallet)
        || is_spelled_number(&draft.folded);
    found.then_some(Action::Block)
}

/// `name@host.ending`, the sign spelled as one or in brackets.
fn is_mail(chunk: &str) -> bool {
    let chunk = chunk
        .replace("(at)", "@")
        .replace("[at]", "@")
        .replace("{at}", "@");
    chunk.split_once('@').is_some_and(|(name, host)| {
        name.chars().any(char::is_alphanumeric)
            && host.contains('.')
            && host.chars().any(char::is_alphanumeric)
    })
}

/// "mira at mail dot com".
fn is_spelled_mail(folded: &str) -> bool {
    const AT: [&str; 8] = [
        "at",
        "arroba",
        "собака",
        "собачка",
        "chiocciola",
        "malpa",
        "arobase",
        "kukac",
    ];
    const DOT: [&str; 6] = ["dot", "punto", "ponto", "точка", "punkt", "point"];
    const PROVIDERS: [&str; 8] = [
        "gmail",
        "hotmail",
        "outlook",
        "yahoo",
        "protonmail",
        "icloud",
        "gmx",
        "aol",
    ];
    let words: Vec<&str> = folded.split(' ').collect();
    let provider = words.iter().any(|word| PROVIDERS.contains(word));
    provider
        || words
            .windows(4)
            .any(|four| AT.contains(&four[0]) && DOT.contains(&four[2]))
}

/// Digits that belong together, with the signs that part the groups of a number.
fn has_phone(lower: &str) -> bool {
    let mut run = String::new();
    for c in lower.chars().chain(['\n']) {
        if c.is_numeric() || (!run.is_empty() && " -.()/+_".contains(c)) || c == '+' {
            run.push(c);
            continue;
        }
        if is_phone(run.trim()) {
            return true;
        }
        run.clear();
    }
    false
}

fn is_phone(run: &str) -> bool {
    let digits = run.chars().filter(|c| c.is_numeric()).count();
    let abroad = run.starts_with('+') && digits >= PHONE - 1;
    (digits >= PHONE || abroad) && !is_dates(run)
}

/// Whether a run consists of years, dates and times: `27.11.2026 10.30`, `2026-11-27`, `2024 - 2026`.
fn is_dates(run: &str) -> bool {
    let parts: Vec<&str> = run
        .split([' ', '(', ')'])
        .filter(|part| part.chars().any(char::is_numeric))
        .collect();
    parts.len() <= 3 && parts.into_iter().all(is_date)
}

fn is_date(part: &str) -> bool {
    let part = part.trim_matches(|c: char| !c.is_numeric());
    let groups: Vec<Option<u32>> = part
        .split(['-', '.', '/'])
        .map(|group| group.parse().ok())
        .collect();
    let year = |n: u32| (1900..=2100).contains(&n);
    match groups[..] {
        [Some(n)] => year(n) || (n < 100 && part.len() <= 2),
        [Some(a), Some(b)] => (year(a) && year(b)) || (a < 32 && b < 60),
        [Some(a), Some(b), Some(c)] => {
            let year_first = year(a) && b <= 12 && c <= 31;
            year_first || (a <= 31 && b <= 31 && (year(c) || c < 100))
        }
        _ => false,
    }
}

/// An IBAN: two letters, two digits, at least eleven letters or digits, and the check sum right.
fn has_iban(lower: &str) -> bool {
    let signs: Vec<char> = lower.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    (0..signs.len().saturating_sub(14)).any(|start| {
        let head = &signs[start..start + 4];
        head[..2].iter().all(char::is_ascii_lowercase)
            && head[2..].iter().all(char::is_ascii_digit)
            && (15..=34).any(|length| signs.get(start..start + length).is_some_and(is_iban))
    })
}

fn is_iban(signs: &[char]) -> bool {
    let mut rest = 0_u32;
    for c in signs[4..].iter().chain(&signs[..4]) {
        let Some(value) = c.to_digit(36).filter(|_| c.is_ascii()) else {
            return false;
        };
        rest = (rest * if value > 9 { 100 } else { 10 } + value) % 97;
    }
    rest == 1
}

/// A long word of mixed letters and digits: an address of any blockchain.
fn is_wallet(chunk: &str) -> bool {
    chunk
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| {
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            word.len() >= WALLET && digits > 1 && digits < word.len()
        })
}

/// "zero seven nine …".
fn is_spelled_number(folded: &str) -> bool {
    const WORDS: &str = " zero oh one two three four five six seven eight nine double null eins zwei drei vier funf sechs sieben acht neun \
        cero uno dos tres cuatro cinco seis siete ocho nueve um dois quatro sete oito nove un deux trois quatre cinq sept huit neuf \
        due tre quattro cinque sei sette otto ноль нуль один два три четыре пять шесть семь восемь девять ";
    let mut run = 0;
    folded.split(' ').any(|word| {
        let number = WORDS.contains(&format!(" {word} "))
            || (word.len() == 1 && word.bytes().all(|b| b.is_ascii_digit()));
        run = if number { run + 1 } else { 0 };
        run >= SPELLED
    })
}

#[cfg(test)]
mod tests {
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone};

    #[test]
    fn r03_no_contact_or_account_leaves() {
        let texts = [
            "mira@mail.example",
            "mira(at)mail.example",
            "mira at mail dot com",
            "call +49 151 234567",
            "0151-2345 6789",
            "(555) 123.4567 89",
            "٠١٢٣٤٥٦٧٨٩",
            "GB82 WEST 1234 5698 7654 32",
            "4111 1111 1111 1111",
            "0x52908400098527886E0F7030069857D2E4169EE7",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "zero one five one two three four",
        ];
        assert_caught(RuleId::Contact, &texts);
    }

    #[test]
    fn dates_times_and_counts_are_left_alone() {
        let texts = [
            "on 27.11.2026 at 10:30",
            "2026-11-27",
            "2024 - 2026",
            "from 2019 to 2024",
            "10 000 people",
            "one two three, go",
            "supercalifragilisticexpialidocious",
        ];
        assert_left_alone(RuleId::Contact, &texts);
    }
}
