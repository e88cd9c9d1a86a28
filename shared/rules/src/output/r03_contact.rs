//! R03: e-mail addresses, phone numbers, bank and card numbers, wallets.

use super::draft::{Draft, is_dash};
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
    parts.len() <= 3
        && parts
            .into_iter()
            .all(|part| is_date(part) || is_from_to(part))
}

/// Two dates or times: `27.-29.11.2026`, `10.30-12.00`.
fn is_from_to(part: &str) -> bool {
    part.split_once('-')
        .is_some_and(|(from, to)| from.contains('.') && is_date(from) && is_date(to))
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
    let signs: Vec<char> = lower
        .chars()
        .filter(|c| *c != ' ' && !is_dash(*c))
        .collect();
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
            "06\u{a0}12\u{a0}34\u{a0}56\u{a0}78",
            "06\u{202f}12\u{202f}34\u{202f}56\u{202f}78",
            "0151–234–56789",
            "0151—234—56789",
            "0151\u{2011}234\u{2011}56789",
            "0151 − 234 − 56789",
            "0151\u{2009}234\u{2007}56789",
            "GB82\u{202f}WEST\u{202f}1234\u{202f}5698\u{202f}7654\u{202f}32",
            "GB82–WEST–1234–5698–7654–32",
            "4111\u{2011}1111\u{2011}1111\u{2011}1111",
            "4111\u{a0}1111\u{a0}1111\u{a0}1111",
            "۰۹۱۲ ۳۴۵ ۶۷۸۹",
            "०१५१ २३४ ५६७८",
            "०१५१–२३४–५६७८",
            "０１５１２３４５６７８",
            "０１５１　２３４　５６７８",
            "0\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3}5\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3}2\u{fe0f}\u{20e3}3\u{fe0f}\u{20e3}4\u{fe0f}\u{20e3}5\u{fe0f}\u{20e3}",
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
            "10\u{202f}000 people",
            "2019–2024",
            "٢٠٢٤ – ٢٠٢٦",
            "27.–29.11.2026",
            "24.12.–26.12.2026",
            "open 10.30–12.00",
            "20.12.2026 – 06.01.2027",
            "three – four – five",
            "one two three, go",
            "supercalifragilisticexpialidocious",
        ];
        assert_left_alone(RuleId::Contact, &texts);
    }
}
