//! R01: links, domains, network addresses, payment pages, however they are spelled.

mod endings;

use wording::Language;

use endings::{
    abbreviates, closes_a_line, ends_a_host, is_commonest, is_delegated, is_everyday, is_known,
    is_sure, posed,
};

use super::draft::{Draft, is_dash};
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/links.txt"));

/// Languages in which a sentence may go on or begin with the word `net`.
const NET: [Language; 7] = [
    Language::Dutch,
    Language::German,
    Language::French,
    Language::Turkish,
    Language::Russian,
    Language::Ukrainian,
    Language::Polish,
];

/// What begins a link, where its signs were left out or spelled apart.
const SCHEMES: [&str; 4] = ["http", "https", "hxxp", "hxxps"];

/// Signs between which a link is looked for, whatever stands on their other side.
const AROUND: &str = "()[]{}<>\"'«»“”„,;!|*";

/// Takes hold of every link whose host is not allowed.
pub(super) fn find(draft: &Draft, context: &Context<'_>) -> Option<Action> {
    let linked = draft.chunks().any(|chunk| has_foreign_link(chunk, context))
        || (draft.lower.lines()).any(|line| closes_with_a_host(line, context))
        || joined(draft, context)
            .iter()
            .any(|host| !is_allowed(host, context))
        || draft.plain.split_whitespace().any(is_invite);
    let scheme =
        !draft.lower.contains("://") && draft.folded.split(' ').any(|word| SCHEMES.contains(&word));
    let found =
        linked || scheme || is_spelled_out(&draft.folded) || WORDS.says("links", &draft.sentences);
    found.then_some(Action::Block)
}

/// Whether a part of a text between blanks holds a link that is not allowed.
fn has_foreign_link(chunk: &str, context: &Context<'_>) -> bool {
    let scheme = chunk.contains("://") || chunk.contains("hxxp");
    let lure = [
        "www.",
        "xn--",
        "javascript:",
        "mailto:",
        "tg:",
        "tel:",
        "data:",
        "[.]",
        "(.)",
        "{.}",
        "(dot)",
        "[dot]",
    ];
    if lure.iter().any(|lure| chunk.contains(lure)) && !is_allowed(chunk, context) {
        return true;
    }
    if scheme {
        return !is_allowed(chunk, context);
    }
    chunk
        .split(|c: char| AROUND.contains(c))
        .flat_map(hosts_in)
        .any(|host| looks_like_a_host(host) && !is_allowed(host, context))
}

/// What of a piece may be a host: all of it, and what is left without the signs that software ends one at, so also
/// behind a question or a colon and before an emoji.
fn hosts_in(piece: &str) -> impl Iterator<Item = &str> {
    let behind = match piece.split_once('?') {
        Some((before, behind)) if !before.contains('.') => behind,
        _ => piece,
    };
    let named = |part: &&str| {
        let name = part.split('.').next().unwrap_or(part);
        name.contains(char::is_alphabetic)
    };
    let parts = behind
        .split(|c: char| c == ':' || ends_a_link(c))
        .filter(named)
        .map(|part| part.trim_end_matches(|c: char| c.is_ascii_punctuation()));
    std::iter::once(piece).chain(parts)
}

/// Whether a sign is in no link: all but ASCII, letters and digits of any script with their marks, and dashes.
fn ends_a_link(c: char) -> bool {
    let mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{670}'
        | '\u{900}'..='\u{963}' | '\u{966}'..='\u{eff}' | '\u{200c}' | '\u{200d}');
    !c.is_ascii() && !c.is_alphanumeric() && !mark && !is_dash(c)
}

/// The text with a blank behind each full stop that would make a link of the words beside it: software takes `ok.do you` for one.
/// A host that ends with a word of ordinary talk is not told from that, so it leaves as words too, and as no link.
pub(super) fn parted(text: &str, context: &Context<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let begins = rest.find(is_of_host).unwrap_or(rest.len());
        let (between, from) = rest.split_at(begins);
        out.push_str(between);
        let ends = from.find(|c: char| !is_of_host(c)).unwrap_or(from.len());
        let (host, after) = from.split_at(ends);
        let link = &from[..ends + path(after)];
        // A user name may hold a full stop: its rule has had its say.
        rest = match out.ends_with('@') {
            true => {
                out.push_str(host);
                after
            }
            // Also what names a file there: `/set.zip`.
            false if is_allowed(&link.to_lowercase(), context) => {
                out.push_str(link);
                &from[link.len()..]
            }
            false => {
                part(host, &mut out);
                after
            }
        };
    }
    out
}

/// How long what a link says behind its host is: port, path, parameters, anchor.
fn path(after: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || AROUND.contains(c) || ends_a_link(c);
    match after.starts_with(['/', '?', '#']) || has_port(after) {
        true => after.find(ends).unwrap_or(after.len()),
        false => 0,
    }
}

/// Whether a port follows a host, and not words behind a colon.
fn has_port(after: &str) -> bool {
    let port = after.strip_prefix(':');
    port.is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()))
}

/// Adds the labels of what may be a host, and a blank before each that ends one.
fn part(host: &str, out: &mut String) {
    let mut before: Option<&str> = None;
    for label in host.split('.') {
        if before.is_some() {
            out.push('.');
        }
        let word = label.split(['-', '_']).next().unwrap_or(label);
        let named = before.is_some_and(|name| !name.is_empty());
        if named && is_delegated(&word.to_lowercase()) {
            out.push(' ');
        }
        out.push_str(label);
        before = Some(label);
    }
}

/// Whether a sign may stand in a host.
fn is_of_host(c: char) -> bool {
    c.is_alphanumeric() || ".-_".contains(c) || (!c.is_ascii() && !ends_a_link(c))
}

/// Whether a line ends with a host whose ending may be a word, `all on mirafans.cool`, that is not allowed.
fn closes_with_a_host(line: &str, context: &Context<'_>) -> bool {
    let mut words = line.split_whitespace().rev();
    let last = words.find(|word| word.contains(char::is_alphanumeric));
    last.is_some_and(|last| {
        let host = last.trim_matches(|c: char| !c.is_alphanumeric());
        let host = host.rsplit(':').next().unwrap_or(host);
        let parts = host.rsplit_once('.');
        parts.is_some_and(|(name, ending)| closes_a_line(name, ending))
            && !is_allowed(host, context)
    })
}

/// `name.ending`, an IPv4 address, or `name.anything/path`.
fn looks_like_a_host(piece: &str) -> bool {
    let end = piece
        .find(['/', '?', '#', ':', '\\'])
        .unwrap_or(piece.len());
    let after = &piece[end..];
    let has_path = after.len() > 1 && after.starts_with(['/', '\\']);
    let addressed = has_port(after) || (after.len() > 1 && after.starts_with(['?', '#']));
    let host = piece[..end].trim_matches('.');
    if abbreviates(host) && !has_path && !addressed {
        return false;
    }
    let labels: Vec<&str> = host.rsplit('@').next().unwrap_or(host).split('.').collect();
    if labels.len() < 2 || labels.iter().any(|label| label.is_empty()) {
        return host == "localhost";
    }
    if labels
        .iter()
        .all(|label| label.bytes().all(|b| b.is_ascii_digit()))
    {
        return labels.len() == 4;
    }
    let [.., name, ending] = labels[..] else {
        return false;
    };
    if !name.contains(char::is_alphanumeric) {
        return false;
    }
    // Letters of another script pose as Latin ones; a word of that script alone is no such ending.
    let latin = host.contains(|c: char| c.is_ascii_alphabetic());
    let word = ending.chars().count() > 1 && ending.chars().all(char::is_alphabetic);
    (latin && ends_a_host(name, &posed(ending), addressed))
        || ends_a_host(name, ending, addressed)
        || (word && (has_path || labels.len() > 3))
}

/// Hosts whose full stop is a comma or a blank, is missing from an address of Telegram's, or stands among single letters.
fn joined(draft: &Draft, context: &Context<'_>) -> Vec<String> {
    let words: Vec<&str> = draft.chunks().collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| words[at]);
        let after = words.get(at + 1).copied();
        let around = match (word.strip_prefix('.'), before, after) {
            // No sentence ends with a blank before its full stop and goes on with a domain's ending, but for its words.
            (Some(""), Some(name), Some(ending)) => {
                found.extend(apart(name, ending));
                Some((name, ending))
            }
            (Some(ending), Some(name), _) => {
                found.extend(apart(name, ending));
                Some((name, ending))
            }
            // A sentence may end so: only an ending with which the text ends, with a path, or that begins no sentence.
            (None, _, Some(ending))
                if word.ends_with('.')
                    && (ends_there(ending, words.get(at + 2))
                        || goes_on(ending, at + 1, draft, context)) =>
            {
                word.strip_suffix('.').map(|name| (name, ending))
            }
            _ => None,
        };
        found.extend(around.and_then(|(name, ending)| host_of(name, ending)));
        // The same with a comma between blanks: `evil , com`.
        if let (",", Some(name), Some(ending)) = (*word, before, after)
            && ends_there(ending, words.get(at + 2))
        {
            found.extend(host_of(name, ending));
        }
        if let (Some(ending), Some(name)) = (word.strip_prefix(','), before)
            && ends_there(ending, after.as_ref())
        {
            found.extend(host_of(name, ending));
        }
        let comma = word
            .rsplit_once(',')
            .filter(|(_, ending)| ends_there(ending, None));
        found.extend(comma.and_then(|(name, ending)| host_of(name, ending)));
        let short = ["tme/", "t,me/", "wame/"]
            .iter()
            .find_map(|host| word.strip_prefix(host));
        found.extend(
            short
                .filter(|name| !name.is_empty())
                .map(|name| format!("t.me/{name}")),
        );
    }
    found.extend(letter_by_letter(&words));
    found
}

fn ends_there(ending: &str, after: Option<&&str>) -> bool {
    const ALONE: &str = " com net org ru xyz io ";
    let end = ending.find(['/', '!', '?', ',']).unwrap_or(ending.len());
    let sure = ALONE.contains(&format!(" {} ", posed(&ending[..end])));
    sure && (after.is_none() || ending[end..].starts_with('/'))
}

/// Whether a domain's ending, the word at a place, is none with which the text's language begins a sentence.
fn goes_on(ending: &str, at: usize, draft: &Draft, context: &Context<'_>) -> bool {
    let end = ending
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(ending.len());
    let word = posed(&ending[..end]);
    if !is_commonest(&word) || begins_a_sentence(&draft.plain, at) {
        return false;
    }
    let language = Language::guess(&draft.plain);
    match word.as_str() {
        "com" => language != Some(Language::Portuguese) && context.language != Language::Portuguese,
        // A short text may be in a language that is not told by it.
        "net" => language.is_some_and(|language| !NET.contains(&language)),
        _ => true,
    }
}

/// Whether the word at a place is written as at a sentence's beginning.
fn begins_a_sentence(plain: &str, at: usize) -> bool {
    let mut letters = plain.split_whitespace().nth(at).unwrap_or_default().chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// The host of a name and an ending with a full stop of its own between them: `evil . store`.
fn apart(name: &str, ending: &str) -> Option<String> {
    let end = ending
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(ending.len());
    let word = &ending[..end];
    let named = name.ends_with(|c: char| c.is_alphanumeric());
    (named && is_known(word) && !is_everyday(word)).then(|| format!("{name}.{ending}"))
}

/// `name.ending`, where both look like it.
fn host_of(name: &str, ending: &str) -> Option<String> {
    let end = ending
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(ending.len());
    let word = posed(&ending[..end]);
    let path = ending[end..].len() > 1 && ending[end..].starts_with('/');
    let sure = is_sure(&word) || (path && is_known(&word));
    let named = name.ends_with(|c: char| c.is_alphanumeric());
    (sure && !word.is_empty() && named).then(|| format!("{name}.{ending}"))
}

/// Runs of single signs with a full stop among them that spell a host: `e v i l . c o m`.
fn letter_by_letter(words: &[&str]) -> Vec<String> {
    let single = |word: &&str| {
        let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
        letters <= 1
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || ".,:/-_!?".contains(c))
    };
    words
        .split(|word| !single(word))
        .filter(|run| run.len() > 3)
        .map(<[&str]>::concat)
        .filter(|host| looks_like_a_host(host.trim_end_matches(['!', '?', ',', '.'])))
        .collect()
}

/// The hash of an invitation to a chat: `+AbCdEf123`, as long as no word and mixed as none.
fn is_invite(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "()[]{}<>\"'«»“”„,;!.|*?:".contains(c));
    word.strip_prefix('+').is_some_and(|hash| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let letters = hash.chars().filter(char::is_ascii_alphabetic).count();
        let mixed = hash.chars().skip(1).any(|c| c.is_ascii_uppercase())
            || hash.chars().any(|c| c.is_ascii_digit() || c == '_');
        let lower = hash.chars().any(|c| c.is_ascii_lowercase());
        hash.len() >= 6 && letters >= 3 && mixed && lower && hash.chars().all(plain)
    })
}

/// Whether the host of a link is one of those allowed, or below one.
fn is_allowed(link: &str, context: &Context<'_>) -> bool {
    let link = link.trim_matches(|c: char| "()[]{}<>\"'«»“”„,;!.|*?".contains(c));
    let rest = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"))
        .unwrap_or(link);
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    let (host, after) = rest.split_at(end);
    let plain = host
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
        && !after.contains(['@', '\\'])
        && !after.contains("://");
    plain
        && context.allowed_hosts.iter().any(|allowed| {
            let allowed = allowed.to_lowercase();
            host == allowed
                || host
                    .strip_suffix(&allowed)
                    .is_some_and(|sub| sub.ends_with('.'))
        })
}

/// "my page dot com": a word for the full stop before an ending.
fn is_spelled_out(folded: &str) -> bool {
    const DOTS: &str = " dot punkt punto ponto point точка тчк крапка nokta kropka tecka titik cham pont τελεια נקודה نقطه चुनाव डॉट จุด ドット どっと 닷 点 點 punct ";
    const COMMON: &str = " com net org ru io me ком нет ру ком ua de info co xyz app site online shop link tv gg ly ком \
        biz tk cf gq icu cyou sbs mobi ";
    // Behind the English word alone: "good point lol".
    const DOT_ONLY: &str = " lol fans bio club vip website cam porn xxx ";
    const SLASHES: &str = " slash slesh barra schragstrich слэш слеш слэшь ukosnik lomitko taksim スラッシュ 斜杠 斜线 슬래시 سلاش סלאש snedstreck ";
    let words: Vec<&str> = folded.split(' ').collect();
    let dots = |word: &str| DOTS.contains(&format!(" {word} "));
    // After what is spelled as a domain's full stop, a slash makes a path of whatever ending.
    words.windows(2).any(|pair| {
        let ending = format!(" {} ", pair[1]);
        dots(pair[0])
            && (COMMON.contains(&ending) || (pair[0] == "dot" && DOT_ONLY.contains(&ending)))
    }) || words
        .windows(3)
        .any(|three| dots(three[0]) && SLASHES.contains(&format!(" {} ", three[2])))
}

#[cfg(test)]
mod tests;
