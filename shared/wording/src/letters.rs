//! Single characters: what is dropped, what is the same letter, and which script it belongs to.

use unicode_normalization::UnicodeNormalization;

/// Script of a letter, as far as folding and guessing care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Devanagari,
    Thai,
    Kana,
    Han,
    Hangul,
    Other,
}

impl Script {
    /// Script of a character; [`Script::Other`] for what is no letter of the ones known.
    pub(crate) fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' => {
                Script::Arabic
            }
            '\u{590}'..='\u{5ff}' => Script::Hebrew,
            '\u{900}'..='\u{97f}' => Script::Devanagari,
            '\u{e00}'..='\u{e7f}' => Script::Thai,
            '\u{3040}'..='\u{30ff}' => Script::Kana,
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '々' => Script::Han,
            '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' => {
                Script::Hangul
            }
            _ => Script::Other,
        }
    }

    /// Whether words of it are written without spaces.
    pub(crate) fn is_unspaced(self) -> bool {
        matches!(self, Script::Kana | Script::Han | Script::Thai)
    }
}

/// Whether a character is a letter or a sign that belongs to one (vowel signs of Devanagari and Thai).
pub(crate) fn is_letter(c: char) -> bool {
    // The common ranges first: the table of all letters is slow.
    matches!(c, 'a'..='z' | 'а'..='я' | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}' | '\u{621}'..='\u{63a}')
        || !c.is_ascii() && c.is_alphabetic()
        || c.is_ascii_alphabetic()
        || matches!(c, '\u{900}'..='\u{94f}' | '\u{e31}'..='\u{e4e}' | '々' | 'ー')
}

/// Whether a character is invisible or a mark without which the word is the same word.
fn is_dropped(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
        // Combining marks left over: accents laid on top, Hebrew points, Arabic vowels and stretching, nukta.
        || matches!(c,
            '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}'
            | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{93c}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Writes a text's characters in their plainest form: lower case, one form per letter, ASCII digits, nothing invisible.
pub(crate) fn plain(text: &str) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Normalizing costs most of the time, and most characters are normal and followed by another.
        let normal = rest
            .char_indices()
            .find(|(_, c)| !is_normal(*c))
            .map_or(rest.len(), |(at, _)| at);
        let next_is_mark = rest[normal..].chars().next().is_some_and(is_accent);
        let direct = match next_is_mark {
            true => rest[..normal]
                .char_indices()
                .next_back()
                .map_or(0, |(at, _)| at),
            false => normal,
        };
        for c in rest[..direct].chars() {
            push_lower(c, &mut out);
        }
        rest = &rest[direct..];
        let other = rest.chars().next().map_or(0, char::len_utf8);
        let odd = rest[other..]
            .char_indices()
            .find(|(_, c)| is_normal(*c))
            .map_or(rest.len(), |(at, _)| other + at);
        let composed = rest[..odd]
            .chars()
            .filter(|c| !is_dropped(*c) || is_accent(*c))
            .nfkc();
        composed.for_each(|c| push_lower(c, &mut out));
        rest = &rest[odd..];
        debug_assert!(direct + odd >= c.len_utf8(), "each round takes a character");
    }
    out
}

/// Whether a character is its own compatibility form and never drawn into the one before it.
fn is_normal(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | '\u{400}'..='\u{45f}' | '\u{621}'..='\u{64a}' | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}')
}

fn push_lower(c: char, out: &mut Vec<char>) {
    if c.is_ascii() {
        push_plain(c.to_ascii_lowercase(), out);
    } else if matches!(c, 'а'..='я' | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}') {
        // Already the plainest form, as nearly every letter of such texts.
        out.push(c);
    } else {
        c.to_lowercase().for_each(|c| push_plain(c, out));
    }
}

/// Marks that compose with their letter, so must still be there when it is composed (и + breve is й).
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{653}'..='\u{655}')
}

fn push_plain(c: char, out: &mut Vec<char>) {
    if c.is_ascii() {
        if !is_dropped(c) {
            out.push(c);
        }
        return;
    }
    if is_dropped(c) {
        return;
    }
    if let Some(pair) = spelled_out(c) {
        out.extend(pair.chars());
        return;
    }
    let plain = match Script::of(c) {
        Script::Latin | Script::Greek => bare(c),
        Script::Cyrillic => match c {
            'ё' | 'ѐ' => 'е',
            'ѝ' => 'и',
            'ґ' => 'г',
            _ => c,
        },
        Script::Arabic => arabic(c),
        Script::Devanagari => match c {
            '\u{901}' => '\u{902}',
            '\u{966}'..='\u{96f}' => digit(c, 0x966),
            _ => c,
        },
        Script::Thai if matches!(c, '\u{e50}'..='\u{e59}') => digit(c, 0xe50),
        // Katakana and hiragana are two ways to write the same sounds.
        Script::Kana if matches!(c, '\u{30a1}'..='\u{30f6}') => {
            char::from_u32(u32::from(c) - 0x60).unwrap_or(c)
        }
        _ => small_capital(c).unwrap_or(c),
    };
    out.push(plain);
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

/// A letter without its accents.
fn bare(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ħ' => 'h',
        'ŋ' => 'n',
        'ς' => 'σ',
        _ => std::iter::once(c).nfd().next().unwrap_or(c),
    }
}

/// Letters that stand for two.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

fn arabic(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        'ؤ' => 'و',
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6f0}'..='\u{6f9}' => digit(c, 0x6f0),
        _ => c,
    }
}

/// Phonetic small capitals, which Unicode does not call the same letter.
fn small_capital(c: char) -> Option<char> {
    const FROM: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ";
    const TO: &str = "abcdefghijklmnoprstuvwyz";
    let place = FROM.chars().position(|small| small == c)?;
    TO.chars().nth(place)
}

/// The Latin letter that a Cyrillic or Greek one looks like.
pub(crate) fn latin_look(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'в' | 'ь' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'є' | 'ε' => 'e',
        'һ' => 'h',
        'н' => 'h',
        'і' | 'ї' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' | 'μ' => 'm',
        'п' | 'η' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'и' => 'n',
        'з' => 'e',
        _ => return None,
    })
}

/// The Cyrillic letter that a Latin one looks like.
pub(crate) fn cyrillic_look(c: char) -> Option<char> {
    Some(match c {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'k' => 'к',
        'm' => 'м',
        'n' => 'п',
        'o' => 'о',
        'p' => 'р',
        'r' => 'г',
        't' => 'т',
        'u' => 'и',
        'x' => 'х',
        'y' => 'у',
        _ => return None,
    })
}
