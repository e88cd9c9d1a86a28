//! R01: links, domains, network addresses, payment pages, however they are spelled.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/links.txt"));

/// Endings that are read as a domain after a full stop without a blank.
const ENDINGS: &str = " com net org info biz io co me app dev ai xyz ru su ua by kz рф укр de fr es it pl tr uk us eu cz sk ro gr \
    il ir th vn jp kr cn tw hk in id my sg ph nl be ch at se no fi dk hu bg rs hr pt br mx ar cl pe au nz za ca ly gg gl tv fm \
    cc to la ws pw sh so is im li lt lv ee ge am az uz site online shop store club live link click page pages top vip pro fun \
    space website world today cloud chat love cam porn xxx sex sexy adult tube video photos pics money cash bet casino win \
    finance bank pay help support email social media network agency studio art blog news life one zone tech digital host \
    press wiki onion bit eth ton test example local localhost ";

/// What begins a link, where its signs were left out or spelled apart.
const SCHEMES: [&str; 4] = ["http", "https", "hxxp", "hxxps"];

/// Takes hold of every link whose host is not allowed.
pub(super) fn find(draft: &Draft, context: &Context<'_>) -> Option<Action> {
    let linked = draft.chunks().any(|chunk| has_foreign_link(chunk, context));
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
        .split(|c: char| "()[]{}<>\"'«»“”„,;!|*".contains(c))
        .any(|piece| looks_like_a_host(piece) && !is_allowed(piece, context))
}

/// `name.ending`, an IPv4 address, or `name.anything/path`.
fn looks_like_a_host(piece: &str) -> bool {
    let end = piece
        .find(['/', '?', '#', ':', '\\'])
        .unwrap_or(piece.len());
    let has_path = piece[end..].len() > 1 && piece[end..].starts_with(['/', '\\']);
    let host = piece[..end].trim_matches('.');
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
    let Some(ending) = labels.last() else {
        return false;
    };
    let word = ending.chars().count() > 1 && ending.chars().all(char::is_alphabetic);
    let domain = labels[labels.len() - 2].chars().any(char::is_alphanumeric);
    domain && word && (has_path || is_ending(ending) || labels.len() > 3)
}

fn is_ending(word: &str) -> bool {
    ENDINGS
        .split(' ')
        .any(|ending| !ending.is_empty() && ending == word)
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
    const COMMON: &str = " com net org ru io me ком нет ру ком ua de info co xyz app site online shop link tv gg ly ком ";
    let words: Vec<&str> = folded.split(' ').collect();
    words.windows(2).any(|pair| {
        DOTS.contains(&format!(" {} ", pair[0])) && COMMON.contains(&format!(" {} ", pair[1]))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{assert_caught, assert_left_alone, context, hits_in};
    use super::super::{Context, RuleId, check};

    #[test]
    fn r01_no_link_leaves() {
        let texts = [
            "see https://evil.example/x",
            "evil.com",
            "go to Evil.Com/now",
            "http://10.0.0.1/a",
            "10.0.0.1",
            "t.me/other",
            "[click](https://evil.com)",
            "<a href=\"http://evil.com\">here</a>",
            "evil dot com",
            "evil[.]com",
            "evil(dot)com",
            "hxxps://evil.com",
            "xn--80ak6aa92e.com",
            "ev\u{200b}il.c\u{200b}om",
            "ｅｖｉｌ．ｃｏｍ",
            "evil。com",
            "пример.рф",
            "злой точка ру",
            "foo.bar/path",
            "scan this QR code to pay",
            "just send it by PayPal",
            "link in my bio",
            "c l i c k  h t t p s  evil",
        ];
        assert_caught(RuleId::Links, &texts);
    }

    #[test]
    fn words_with_full_stops_are_no_links() {
        let texts = [
            "Sure... why not",
            "at 10.30 or 3.5 km",
            "e.g. this",
            "Hm.Well",
            "see you!",
            "a/b",
            "v1.2.3",
            "U.S.A.",
        ];
        assert_left_alone(RuleId::Links, &texts);
    }

    #[test]
    fn r01_only_an_allowed_host_passes_and_nothing_that_poses_as_it() {
        let hosts = ["mira.example".to_owned()];
        let context = Context {
            allowed_hosts: &hosts,
            ..context()
        };
        let caught = |text: &str| hits_in(text, &context).contains(&RuleId::Links);
        for text in [
            "https://mira.example/set",
            "(mira.example)",
            "shop.mira.example!",
            "see mira.example.",
        ] {
            assert!(!caught(text), "{text}");
        }
        for text in [
            "https://mira.example@evil.com",
            "mira.example.evil.com",
            "evilmira.example",
            "https://mira.example\\@evil.com",
            "ftp://mira.example",
            "https://evil.com/mira.example",
        ] {
            assert!(caught(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn r01_no_link_leaves_whatever_is_around_it(before in "[ a-z(\\[<*_~.,\"]{0,6}", name in "[a-z]{2,9}", ending in "(com|net|ru|me|xyz)", after in "[ )\\]>*/,!?]{0,3}") {
            let text = format!("{before} {name}.{ending}{after}");
            let left = check(&text, &context()).text.unwrap_or_default();
            let leaked = left.contains(&format!("{name}.{ending}"));
            prop_assert!(!leaked, "{}", left);
        }
    }
}
