//! Reading the notation of phrase files.

use std::collections::HashMap;
use std::sync::Arc;

use super::words::split;
use super::{Choice, Choices, Element, Pattern, Patterns, Phrases, Word};

type Classes = HashMap<String, Choices>;

pub(super) fn parse(source: &str) -> Phrases {
    let mut phrases = Phrases {
        sections: HashMap::new(),
        skipped: Patterns::default(),
    };
    let mut classes = Classes::new();
    let mut section = String::new();
    for line in source.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            name.clone_into(&mut section);
        } else if let Some((name, choices)) = class(line) {
            let from = one_of(choices, &classes);
            let flat: Vec<Choice> = from.iter().flat_map(|part| part.iter().cloned()).collect();
            classes.insert(name.to_owned(), flat.into());
        } else if let Some(skipped) = line.strip_prefix("! ") {
            phrases.skipped.add(pattern(skipped, &classes));
        } else {
            phrases
                .sections
                .entry(section.clone())
                .or_default()
                .add(pattern(line, &classes));
        }
    }
    phrases
}

fn class(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('@')?.split_once(" = ")
}

fn pattern(line: &str, classes: &Classes) -> Pattern {
    line.split_whitespace()
        .filter_map(|part| element(part, classes))
        .collect()
}

fn element(part: &str, classes: &Classes) -> Option<Element> {
    if part == "<" {
        return Some(Element::Start);
    }
    if part == "??" {
        return Some(Element::Question);
    }
    if let Some(words) = part.strip_prefix('^') {
        return Some(Element::NotAfter(one_of(words, classes)));
    }
    if let Some(gap) = part.strip_prefix('~') {
        let (most, without) = gap.split_once('!').unwrap_or((gap, ""));
        let without = one_of(without, classes);
        return most.parse().ok().map(|most| Element::Gap { most, without });
    }
    let (part, least) = match part.strip_prefix('?') {
        Some(rest) => (rest, 0),
        None => (part, 1),
    };
    let (part, least, most) = match part.strip_suffix('}').and_then(|rest| rest.split_once('{')) {
        Some((rest, most)) => (rest, 0, most.parse().ok()?),
        None => (part, least, 1),
    };
    let from = one_of(part, classes);
    (!from.is_empty()).then_some(Element::OneOf { from, least, most })
}

fn one_of(text: &str, classes: &Classes) -> Vec<Choices> {
    let mut from: Vec<Choices> = Vec::new();
    let mut own: Vec<Choice> = Vec::new();
    for part in text.split('|') {
        match part.strip_prefix('@').and_then(|name| classes.get(name)) {
            Some(class) => from.push(Arc::clone(class)),
            None => own.extend(choice(part)),
        }
    }
    if !own.is_empty() {
        from.push(own.into());
    }
    from
}

fn choice(text: &str) -> Option<Choice> {
    match text {
        ">" => return Some(Choice::End),
        "*" => return Some(Choice::Words(vec![Word::Prefix(String::new())])),
        "+" => return Some(Choice::Words(vec![Word::Number])),
        "$" => return Some(Choice::Words(vec![Word::Name])),
        "$$" => return Some(Choice::Words(vec![Word::KnownName])),
        _ => {}
    }
    let kind: fn(String) -> Word;
    let bare = if let Some(rest) = text.strip_suffix('*') {
        kind = Word::Prefix;
        rest
    } else if let Some(rest) = text.strip_suffix('%') {
        kind = Word::Near;
        rest
    } else if let Some(rest) = text.strip_prefix('*') {
        kind = Word::Suffix;
        rest
    } else {
        kind = Word::Exact;
        text
    };
    let words = split(&bare.replace('_', " "));
    let last = words.len().checked_sub(1)?;
    let words = words
        .into_iter()
        .enumerate()
        .map(|(place, word)| {
            if place == last {
                kind(word)
            } else {
                Word::Exact(word)
            }
        })
        .collect();
    Some(Choice::Words(words))
}
