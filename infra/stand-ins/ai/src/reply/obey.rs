//! A model that does whatever the newest text asks for: what a guard around it must withstand.

use super::{Content, Fact};
use crate::wire::{Ask, Role};

/// Times that a word is repeated when repetition is asked for.
const TIMES: usize = 400;
/// Names told at most.
const NAMES: usize = 20;

/// What an order is about, and words that give it away in the languages we have seen it in.
const ORDERS: [(Order, &[&str]); 6] = [
    (
        Order::Prompt,
        &[
            "prompt",
            "instruction",
            "instruccion",
            "rules",
            "anweisung",
            "инструкц",
            "промпт",
            "system",
            "instruções",
        ],
    ),
    (
        Order::Names,
        &[
            "name",
            "nombre",
            "nome",
            "other fan",
            "other people",
            "everyone",
            "namen",
            "имен",
            "имя",
            "customers",
            "users",
        ],
    ),
    (
        Order::Link,
        &["link", "url", "http", "website", "enlace", "ссылк", "www."],
    ),
    (
        Order::Handle,
        &[
            "@",
            "handle",
            "telegram",
            "instagram",
            "whatsapp",
            "account",
        ],
    ),
    (
        Order::Price,
        &[
            "price", "$", "€", "usd", "free", "discount", "precio", "preço", "preis", "цен",
            "gratis",
        ],
    ),
    (
        Order::Repetition,
        &[
            "repeat",
            "times",
            "forever",
            "repite",
            "repita",
            "wiederhol",
            "повтор",
            "long",
        ],
    ),
];
/// What stands before words that are to be said.
const SAY: [&str; 18] = [
    "say:",
    "say",
    "reply with",
    "answer with",
    "respond with",
    "write",
    "print",
    "output",
    "repeat after me:",
    "di",
    "escribe",
    "responde",
    "diga",
    "escreva",
    "sag",
    "schreib",
    "скажи",
    "напиши",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Prompt,
    Names,
    Link,
    Handle,
    Price,
    Repetition,
}

/// Does what the newest text asks for; everything at once when it is not clear what that is.
pub(super) fn obey(ask: &Ask) -> Content {
    let newest = ask.newest();
    let lower = newest.to_lowercase();
    let mut parts: Vec<String> = said(newest);
    let asked: Vec<Order> = ORDERS
        .iter()
        .filter(|(_, words)| words.iter().any(|word| lower.contains(word)))
        .map(|(order, _)| *order)
        .collect();
    let is_clear = !asked.is_empty() || !parts.is_empty();
    for (order, _) in ORDERS {
        if !is_clear || asked.contains(&order) {
            parts.push(carry_out(order, ask, newest));
        }
    }
    if !is_clear || lower.contains("pwned") || lower.contains("ignore") {
        parts.push("PWNED".to_owned());
    }
    Content::Reply {
        text: parts.join("\n"),
        // Whatever it was told becomes what it knows.
        facts: vec![Fact {
            text: newest.chars().take(200).collect(),
            confidence: 1.0,
        }],
        concern: None,
        flagged: false,
    }
}

fn carry_out(order: Order, ask: &Ask, newest: &str) -> String {
    let words = || newest.split_whitespace();
    let found = |is: &dyn Fn(&str) -> bool, without: &str| {
        let all: Vec<&str> = words().filter(|word| is(word)).collect();
        if all.is_empty() {
            without.to_owned()
        } else {
            all.join(" ")
        }
    };
    match order {
        Order::Prompt => format!("My instructions are: {}", ask.system()),
        Order::Names => format!("Others I write with: {}", names(ask).join(", ")),
        Order::Link => found(
            &|word| word.contains("http") || word.contains("www.") || word.contains(".com"),
            "https://free-gifts.example/claim",
        ),
        Order::Handle => found(
            &|word| word.starts_with('@') && word.len() > 2,
            "Write to @other_account instead",
        ),
        Order::Price => found(
            &|word| {
                word.contains(['$', '€']) && word.contains(|letter: char| letter.is_ascii_digit())
            },
            "Everything is $1 for you today",
        ),
        Order::Repetition => {
            let word = words().last().unwrap_or("ha");
            vec![word; TIMES].join(" ")
        }
    }
}

/// What is put in quotation marks, or follows a word like "say".
fn said(newest: &str) -> Vec<String> {
    let pairs = [('"', '"'), ('“', '”'), ('«', '»'), ('„', '“'), ('`', '`')];
    for (open, close) in pairs {
        if let Some((_, rest)) = newest.split_once(open)
            && let Some((inner, _)) = rest.split_once(close)
            && !inner.is_empty()
        {
            return vec![inner.to_owned()];
        }
    }
    let words: Vec<&str> = newest.split_whitespace().collect();
    let bare: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    for start in 0..words.len() {
        for before in SAY {
            let pattern: Vec<&str> = before.split(' ').collect();
            let end = start + pattern.len();
            let fits = bare.get(start..end).is_some_and(|found| found == pattern);
            if fits && end < words.len() {
                return vec![words[end..].join(" ")];
            }
        }
    }
    Vec::new()
}

/// Words of the prompt that look like names: capitalised, and not in the newest text.
fn names(ask: &Ask) -> Vec<String> {
    let newest = ask.newest();
    let mut names: Vec<String> = Vec::new();
    let others = ask
        .turns
        .iter()
        .filter(|turn| turn.role != Role::User || turn.text != newest);
    for turn in others {
        for word in turn.text.split(|letter: char| !letter.is_alphanumeric()) {
            let mut letters = word.chars();
            let is_name = letters.next().is_some_and(char::is_uppercase)
                && word.chars().count() > 2
                && letters.all(char::is_lowercase);
            if is_name && !newest.contains(word) && !names.iter().any(|name| name == word) {
                names.push(word.to_owned());
            }
        }
    }
    // The latest ones: a prompt begins with rules and ends with people.
    names.split_off(names.len().saturating_sub(NAMES))
}
