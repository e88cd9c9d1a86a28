//! Makes a stranger's text safe to quote: nothing invisible, no marks of ours, no tags of a model's own format.

use crate::prompt::mask::masked;

/// Begins a mark. No text keeps this character.
pub(super) const OPEN: char = '⟦';
/// Ends a mark. No text keeps this character.
pub(super) const CLOSE: char = '⟧';

const ELLIPSIS: char = '…';

/// The text with masks, on as many lines as it had, at most `most` characters.
pub(super) fn cleaned(text: &str, most: usize) -> String {
    cut(masked(&plain(text)).trim(), most)
}

/// The same on one line.
pub(super) fn single_line(text: &str, most: usize) -> String {
    let words: Vec<String> = plain(text).split_whitespace().map(str::to_owned).collect();
    cut(masked(&words.join(" ")).trim(), most)
}

/// The same with `> ` before every line, so that no line of it can be taken for one of ours.
pub(super) fn quoted(text: &str, most: usize) -> String {
    let text = cleaned(text, most);
    let lines: Vec<String> = text.split('\n').map(|line| format!("> {line}")).collect();
    lines.join("\n")
}

/// One kind of line break, one form of each letter, nothing that cannot be seen, no marks, no tags.
fn plain(text: &str) -> String {
    let seen: Vec<char> = text.chars().filter_map(visible).collect();
    let mut plain = String::with_capacity(text.len());
    let mut breaks = 0;
    for (index, &c) in seen.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| seen.get(i)).copied();
        let after = seen.get(index + 1).copied();
        breaks = if c == '\n' { breaks + 1 } else { 0 };
        if breaks <= 2 {
            plain.push(without_tags(before, c, after));
        }
    }
    plain
}

/// Takes the edges off tags such as `<system>`, `<|im_start|>`, `[INST]` and fences, and leaves `<3` alone.
fn without_tags(before: Option<char>, c: char, after: Option<char>) -> char {
    let inside = |c: char| {
        c.is_alphanumeric() || matches!(c, '/' | '|' | '!' | '?' | '<' | '>' | '"' | '\'' | '-')
    };
    let digit = |c: char| c.is_numeric();
    match c {
        '[' => '(',
        ']' => ')',
        '`' => '\'',
        '<' if after.is_some_and(|c| inside(c) && !digit(c)) => '(',
        '>' if before.is_some_and(inside) => ')',
        _ => c,
    }
}

/// The character as it is kept, or nothing for those that only hide something.
fn visible(c: char) -> Option<char> {
    match c {
        '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // A lone carriage return is rare; with its line feed it is one break.
        '\r' => None,
        '\t'
        | '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Some(' '),
        _ if c.is_control() || hides(c) => None,
        // Brackets that look like our marks.
        '⟦' | '〚' | '⟬' | '⦃' | '⁅' | '〔' | '〖' | '【' | '❲' | '⦗' => Some('('),
        '⟧' | '〛' | '⟭' | '⦄' | '⁆' | '〕' | '〗' | '】' | '❳' | '⦘' => Some(')'),
        '‹' | '\u{2329}' | '\u{3008}' | '⟨' | '❬' | '❮' | '❰' | '﹤' => Some('<'),
        '›' | '\u{232a}' | '\u{3009}' | '⟩' | '❭' | '❯' | '❱' | '﹥' => Some('>'),
        // The wide forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        _ => Some(c),
    }
}

/// Characters without a shape, and those that change the order of others.
fn hides(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
            | '\u{e000}'..='\u{f8ff}'
    )
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text
            .chars()
            .take(most.saturating_sub(1))
            .chain([ELLIPSIS])
            .collect(),
    }
}
