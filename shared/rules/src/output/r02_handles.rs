//! R02: user names, here and on other platforms.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/handles.txt"));

/// Takes hold of `@name` unless it is allowed, and of invitations to other platforms.
pub(super) fn find(draft: &Draft, context: &Context<'_>) -> Option<Action> {
    let named = handles(&draft.lower).any(|handle| !is_allowed(handle, context));
    let told = (draft.lower.lines()).any(|line| is_told(line, context) || is_owned(line, context));
    (named || told || WORDS.says("handles", &draft.sentences)).then_some(Action::Block)
}

/// Platforms, as they are called in chats.
const NETS: &str = " snap snapchat insta inst instagram ig whatsapp wa telegram tg telega tiktok tt discord skype viber wechat kik \
    facebook messenger fb onlyfans fansly patreon vk twitter twitch zalo кик телеграм телега тг инст инста инстаграм вк вотсап \
    ватсап снап дискорд онлик онлифанс واتساب انستا تلغرام インスタ ライン 微信 카톡 인스타 텔레그램 אינסטגרם טלגרם ";

/// `my insta mira_vale`: whose it is, a platform, and a word that only a user name is written like.
fn is_owned(line: &str, context: &Context<'_>) -> bool {
    const MINE: &str = " my mein meine mi meu mon mio mój můj mijn mitt benim мой моя моё мій моя meri mera aku 我的 내 私の ";
    let words: Vec<&str> = line.split_whitespace().collect();
    words.windows(3).any(|words| {
        let [mine, net, name] = words else {
            return false;
        };
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        let written = name.contains(['_', '.']) || name.contains(|c: char| c.is_ascii_digit());
        let is_net = NETS.contains(&format!(" {net} ")) && MINE.contains(&format!(" {mine} "));
        is_net && written && name.len() > 3 && !is_allowed(name, context)
    })
}

/// `insta: mira`, `tg = mira_v`: a platform, a sign, and little more than a name.
fn is_told(line: &str, context: &Context<'_>) -> bool {
    const SIGNS: [char; 8] = [':', '=', '→', '➡', '👉', '👇', '»', '>'];
    const TALK: &str = " yes no so lol ok okay haha down again never always fun love great nice ja nein nee sí oui non da net да нет ";
    line.match_indices(SIGNS).any(|(at, sign)| {
        let word = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        // An arrow may be drawn of signs: `insta -> mira`.
        let before = line[..at].trim_end_matches(|c: char| "-=~ ".contains(c));
        let net = before.split_whitespace().last().map(word);
        let rest = line[at + sign.len()..].trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
        let mut ends = rest.match_indices(['.', ',', '!', '?', ';', '(', ')']);
        let blank = |at: usize| rest[at..].chars().nth(1).is_none_or(char::is_whitespace);
        let end = ends
            .find(|(end, _)| blank(*end))
            .map_or(rest.len(), |(end, _)| end);
        let named: Vec<&str> = rest[..end].split_whitespace().collect();
        let is_net = net.is_some_and(|net| !net.is_empty() && NETS.contains(&format!(" {net} ")));
        let is_talk = named.iter().any(|word| TALK.contains(&format!(" {word} ")));
        let allowed = named.iter().any(|name| is_allowed(name, context));
        is_net && matches!(named.len(), 1 | 2) && !is_talk && !allowed
    })
}

/// What follows each `@`, up to the first sign that no user name holds; those without a letter or digit left out.
fn handles(lower: &str) -> impl Iterator<Item = &str> {
    lower.split('@').skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        (end > 0).then_some(&rest[..end])
    })
}

fn is_allowed(handle: &str, context: &Context<'_>) -> bool {
    context
        .allowed_handles
        .iter()
        .any(|allowed| allowed.trim_start_matches('@').to_lowercase() == handle)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{assert_caught, assert_left_alone, context, hits_in};
    use super::super::{Context, RuleId, check};

    #[test]
    fn r02_no_user_name_leaves() {
        let texts = [
            "write to @someone_else",
            "@ someone",
            "＠someone",
            "@\u{200b}someone",
            "add me on snapchat: mira",
            "my insta is mira dot real",
            "schreib mir auf WhatsApp",
            "пиши мне в вотсап",
            "insta: mira",
            "Snap - no, IG: mira.vale, ok?",
            "tg = mira_v",
            "telegram 👉 mira",
            "инста: мира",
            "insta -> mira.vale",
            "snap => mira_v",
            "мой инст mira_vale",
            "my insta mira.vale",
            "mein insta mira_2",
            "my of is miraxx",
        ];
        assert_caught(RuleId::Handles, &texts);
    }

    #[test]
    fn talk_about_platforms_and_a_lone_sign_are_left_alone() {
        let texts = [
            "I love TikTok dances",
            "@",
            "Instagram was down today",
            "TikTok: love it!",
            "About WhatsApp: I read there only once a week",
            "line: one after the other, please",
            "my twitter was hacked once",
            "one of my friends -> a real comedian",
        ];
        assert_left_alone(RuleId::Handles, &texts);
    }

    #[test]
    fn r02_only_an_allowed_user_name_passes_in_any_case() {
        let handles = ["@Mira_Official".to_owned()];
        let context = Context {
            allowed_handles: &handles,
            ..context()
        };
        assert!(!hits_in("see @mira_official!", &context).contains(&RuleId::Handles));
        assert!(!hits_in("insta: mira_official", &context).contains(&RuleId::Handles));
        assert!(hits_in("see @mira_official2", &context).contains(&RuleId::Handles));
        assert!(hits_in("@mira_official @other", &context).contains(&RuleId::Handles));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn r02_no_user_name_leaves_whatever_is_around_it(before in "[ a-z(*_.,\u{200b}]{0,6}", name in "[a-z0-9_]{1,12}", after in "[ )*,!?]{0,3}") {
            let text = format!("{before}@{name}{after}");
            let left = check(&text, &context()).text;
            let leaked = left.unwrap_or_default().contains(&format!("@{name}"));
            prop_assert!(!leaked, "{}", text);
        }
    }
}
