//! One word: digits read as letters, letters of two scripts made one, stretched letters let go.

use crate::letters::{Script, cyrillic_look, is_letter, latin_look};

/// What may follow one digit and still leave it a number: `9th`, `5km`, `8й`.
const UNITS: [&str; 30] = [
    "st",
    "nd",
    "rd",
    "th",
    "yo",
    "yrs",
    "yr",
    "km",
    "am",
    "pm",
    "min",
    "kg",
    "gb",
    "ft",
    "go",
    "го",
    "ый",
    "ой",
    "лет",
    "год",
    "года",
    "класс",
    "кл",
    "ter",
    "te",
    "ten",
    "eme",
    "cm",
    "mo",
    "hr",
];

/// Writes one word of letters, digits and letter-like signs in its plain spelling, with a space after it.
///
/// A word with no letter is written as it is; digits that count something are parted from its letters.
pub(crate) fn write(word: &[char], out: &mut String) {
    if is_plain(word) {
        return push(word, out);
    }
    let digits = |c: &&char| c.is_ascii_digit();
    let head = word.iter().take_while(digits).count();
    if head == word.len() {
        return push(word, out);
    }
    let rest = &word[head..];
    if head > 1 || (head == 1 && counts(rest)) {
        push(&word[..head], out);
        return write(rest, out);
    }
    let tail = word.iter().rev().take_while(digits).count();
    if tail > 1 && !reads_as_double_l(word, tail) {
        write(&word[..word.len() - tail], out);
        return push(&word[word.len() - tail..], out);
    }
    push(&shorten(&one_script(word)), out);
}

/// Whether a word is as it should be: letters of one script, none stretched. Most words are.
fn is_plain(word: &[char]) -> bool {
    let script = |range: std::ops::RangeInclusive<char>| word.iter().all(|c| range.contains(c));
    (script('a'..='z') || script('а'..='я') || script('\u{4e00}'..='\u{9fff}'))
        && word
            .windows(3)
            .all(|run| run[0] != run[1] || run[1] != run[2])
}

fn push(word: &[char], out: &mut String) {
    if !word.is_empty() {
        out.extend(word);
        out.push(' ');
    }
}

/// Whether a single digit before these letters is a number.
fn counts(rest: &[char]) -> bool {
    rest.len() == 1
        || UNITS
            .iter()
            .any(|unit| unit.chars().eq(rest.iter().copied()))
        || Script::of(rest[0]).is_unspaced()
}

/// `ki11`, `he11`: two ones after a vowel within a word are letters, unlike those of `im11`.
fn reads_as_double_l(word: &[char], tail: usize) -> bool {
    let stem = &word[..word.len() - tail];
    tail == 2
        && stem.len() > 1
        && word.ends_with(&['1', '1'])
        && stem
            .last()
            .is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'u'))
}

/// Reads digits and signs as letters and letters of a second script as the ones they look like.
fn one_script(word: &[char]) -> Vec<char> {
    let count = |script| word.iter().filter(|c| Script::of(**c) == script).count();
    let (latin, cyrillic, greek) = (
        count(Script::Latin),
        count(Script::Cyrillic),
        count(Script::Greek),
    );
    // A letter that the other script has no look-alike of settles it; else the more letters win.
    let must_be_latin = |c: &char| Script::of(*c) == Script::Latin && cyrillic_look(*c).is_none();
    let must_be_cyrillic =
        |c: &char| Script::of(*c) == Script::Cyrillic && latin_look(*c).is_none();
    let settled = (
        word.iter().any(must_be_latin),
        word.iter().any(must_be_cyrillic),
    );
    let latin_wins = match settled {
        (true, false) => true,
        (false, true) => false,
        _ => latin > 0 && latin >= cyrillic.max(greek),
    };
    let double_l = word.len() > 2 && reads_as_double_l(word, 2);
    word.iter()
        .enumerate()
        .map(|(place, &c)| match c {
            '1' if double_l && place + 2 >= word.len() => 'l',
            _ if latin_wins => latin_look(c).or_else(|| latin_leet(c)).unwrap_or(c),
            _ if cyrillic > 0 => cyrillic_look(c).or_else(|| cyrillic_leet(c)).unwrap_or(c),
            _ => c,
        })
        .filter(|c| is_letter(*c) || c.is_ascii_digit())
        .collect()
}

fn latin_leet(c: char) -> Option<char> {
    Some(match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        _ => return None,
    })
}

fn cyrillic_leet(c: char) -> Option<char> {
    Some(match c {
        '0' => 'о',
        '3' => 'з',
        '4' => 'ч',
        '6' => 'б',
        '@' => 'а',
        '$' => 'с',
        _ => return None,
    })
}

/// Lets go of letters written three times or more: one stays, or two of an `l` that a short vowel carries
/// (`killll`, `helllo`), which is double in nearly every word that stretches it.
fn shorten(word: &[char]) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(word.len());
    let mut at = 0;
    while let Some(&c) = word.get(at) {
        let run = word[at..].iter().take_while(|other| **other == c).count();
        let keeps = !is_letter(c) || Script::of(c) == Script::Han;
        let kept = match run {
            3.. if keeps => run,
            3.. if c == 'l' && carries_double(&out, word.get(at + run)) => 2,
            3.. => 1,
            _ => run,
        };
        out.extend(std::iter::repeat_n(c, kept));
        at += run;
    }
    out
}

fn carries_double(before: &[char], after: Option<&char>) -> bool {
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let short = before.last().is_some_and(vowel) && !before.iter().rev().nth(1).is_some_and(vowel);
    short && after.is_none_or(vowel)
}
