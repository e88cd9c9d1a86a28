//! R17: plain text, without markup, invisible characters or floods.

use super::draft::Draft;
use super::{Action, Context};

/// Most line breaks in a text.
const BREAKS: usize = 3;
/// Most emoji in a row.
const EMOJI: usize = 5;
/// Most times that a character may follow itself.
const REPEATS: usize = 6;

/// Takes hold of any text that is not plain already.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    (draft.plain != draft.raw).then_some(Action::Rewrite)
}

/// The text without markup, invisible characters and floods. Making a plain text plain changes nothing.
pub(super) fn plain(text: &str) -> String {
    let mut text = once(text);
    // Stripping can bring new markup about (`<<b>i>`); what is left after a few rounds is taken apart for good.
    for _ in 0..3 {
        let next = once(&text);
        if next == text {
            return text;
        }
        text = next;
    }
    let stripped: String = text
        .chars()
        .filter(|c| !"<>*_~`#|[]".contains(*c))
        .collect();
    lines(&calm(&visible(&stripped)))
}

fn once(text: &str) -> String {
    lines(&calm(&unmarked(&untagged(&visible(text)))))
}

/// Leaves out control, bidirectional and zero-width characters, but not the joiners that letters and emoji need.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let keep = match c {
            '\n' => true,
            '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push(' ');
                false
            }
            '\u{200c}' => joins(before) && joins(after),
            '\u{200d}' => (joins(before) && joins(after)) || (is_emoji(before) && is_emoji(after)),
            '\u{fe0f}' => {
                is_emoji(before)
                    || matches!(
                        before,
                        '0'..='9' | '#' | '*' | '©' | '®' | '™' | 'ℹ' | '‼' | '⁉'
                    )
            }
            _ => !is_hidden(c),
        };
        if keep {
            out.push(c);
            before = if c == '\u{fe0f}' { before } else { c };
        }
    }
    out
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0e}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{f0000}'..='\u{10ffff}' | '\u{e000}'..='\u{f8ff}')
}

/// Letters that are joined or parted by an invisible character as a matter of spelling: Arabic and Indic ones.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{dff}')
}

pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{2300}'..='\u{23ff}' | '\u{2190}'..='\u{21ff}')
}

/// Leaves out tags such as `<b>`; what they enclose stays, and so do their links, for the rule on links to see.
fn untagged(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let opens = from[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!|?".contains(c));
        match from.find('>').filter(|_| opens) {
            Some(end) => {
                let tag = &from[..end];
                if let Some(link) = tag.find("href").or_else(|| tag.find("src")) {
                    out.push(' ');
                    out.push_str(
                        tag[link..]
                            .trim_start_matches(|c: char| {
                                c.is_ascii_alphabetic() || "=\"' ".contains(c)
                            })
                            .trim_matches(['"', '\'']),
                    );
                    out.push(' ');
                }
                rest = &from[end + 1..];
            }
            None => {
                out.push('<');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Leaves out the marks of Markdown: headings, quotes, fences, pairs of emphasis; `[text](link)` becomes both.
fn unmarked(text: &str) -> String {
    let mut text = text.replace("](", " ").replace("```", "");
    for pair in ["**", "__", "~~", "||", "`", "*"] {
        text = unpaired(&text, pair);
    }
    text.lines()
        .map(|line| {
            let bare = line.trim_start();
            let heading = bare.trim_start_matches('#');
            if heading.len() < bare.len() && heading.starts_with(' ') {
                heading.trim_start()
            } else {
                bare.strip_prefix("> ").unwrap_or(line)
            }
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// Leaves out a mark of emphasis where it encloses words.
fn unpaired(text: &str, mark: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(mark) {
        let inner = &rest[open + mark.len()..];
        let close = inner.find(mark).filter(|close| {
            let inside = &inner[..*close];
            !inside.contains('\n') && !inside.starts_with(' ') && !inside.ends_with(' ')
        });
        out.push_str(&rest[..open]);
        match close {
            Some(close) => {
                out.push_str(&inner[..close]);
                rest = &inner[close + mark.len()..];
            }
            None => {
                out.push_str(mark);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Shortens runs of one character and runs of emoji.
fn calm(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut last, mut run, mut emoji) = ('\0', 0, 0);
    for c in text.chars() {
        run = if c == last { run + 1 } else { 1 };
        last = c;
        if is_emoji(c) {
            emoji += 1;
        } else if c.is_alphanumeric() {
            emoji = 0;
        }
        let part_of_dropped = emoji > EMOJI && matches!(c, '\u{fe0f}' | '\u{200d}');
        let floods = run > REPEATS || (is_emoji(c) && emoji > EMOJI) || part_of_dropped;
        if !floods {
            out.push(c);
        }
    }
    out
}

/// Trims lines, leaves out empty ones where there are too many, and joins what is still too many.
fn lines(text: &str) -> String {
    let trimmed: Vec<&str> = text.trim().lines().map(str::trim).collect();
    if trimmed.len() <= BREAKS + 1 {
        return trimmed.join("\n");
    }
    let full: Vec<&str> = trimmed
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect();
    if full.len() <= BREAKS + 1 {
        return full.join("\n");
    }
    let (kept, joined) = full.split_at(BREAKS);
    format!("{}\n{}", kept.join("\n"), joined.join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{assert_caught, context, hits};
    use super::super::{Action, RuleId, check};
    use super::plain;

    #[test]
    fn r17_markup_hidden_characters_and_floods_are_taken_out() {
        assert_caught(
            RuleId::Format,
            &[
                "**bold** hello",
                "hi\u{200b}dden",
                "a\u{202e}b",
                "wow!!!!!!!!!!!!",
                "one\n\ntwo\n\nthree\n\nfour",
            ],
        );
        let verdict = check("<b>Hi</b> **you**", &context());
        assert_eq!(
            (verdict.action, verdict.text.as_deref()),
            (Action::Rewrite, Some("Hi you"))
        );
    }

    #[test]
    fn markup_leaves_its_words_behind() {
        for (text, expected) in [
            ("## Hello\n> quoted", "Hello\nquoted"),
            ("`code` and ~~gone~~", "code and gone"),
            ("2 * 3 and <3 you", "2 * 3 and <3 you"),
            ("❤️ and 👩‍👩‍👧 stay", "❤️ and 👩‍👩‍👧 stay"),
            ("می‌خواهم", "می‌خواهم"),
            ("😀😀😀😀😀😀😀", "😀😀😀😀😀"),
            ("soooooooooooo", "soooooo"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn a_plain_reply_is_left_as_it_is() {
        assert!(!hits("Good morning ☀️ how did it go?\nTell me!").contains(&RuleId::Format));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn making_a_plain_text_plain_changes_nothing(text in "([*_~`<>#|a/b\\[\\]() \n]|😀|\u{200d}|\u{fe0f}|\u{200b}){0,40}") {
            prop_assert_eq!(plain(&plain(&text)), plain(&text));
        }

        #[test]
        fn what_leaves_has_no_control_characters_and_few_lines(text in any::<String>()) {
            if let Some(text) = check(&text, &context()).text {
                prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
                prop_assert!(text.matches('\n').count() <= 3);
            }
        }
    }
}
