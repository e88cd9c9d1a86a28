//! Who is looked for: which lists they stand in, and whether a fan is one of them.

use app::FanLists;
use domain::content::FanProfile;
use domain::ids::BotId;
use domain::role::DataScope;
use http_kit::Problem;
use store::keys::FanList;
use wording::name_words;

use super::walk::Source;
use crate::tags::{same_tag, tidy};

/// Characters of a search.
const LONGEST: usize = 100;
/// Words of a search that are looked up; the longest, which few names have. All are compared.
const LOOKED_UP: usize = 4;
/// Bots whose lists are read one by one; who sees more of them reads the list of all fans.
const BOTS_APART: usize = 8;

/// What a fan must be to be shown.
pub(super) struct Sought {
    /// Beginnings of words; nothing if nobody is named like what was asked for.
    words: Option<Vec<String>>,
    /// Beginnings of the @name, in lower case.
    usernames: Vec<String>,
    tag: Option<String>,
    bot: Option<BotId>,
}

impl Sought {
    /// Reads what was asked for. Blanks ask for nothing.
    ///
    /// # Errors
    /// When it is too long.
    pub(super) fn read(
        query: Option<&str>,
        tag: Option<&str>,
        bot: Option<BotId>,
    ) -> Result<Self, Problem> {
        let (query, tag) = (query.unwrap_or_default(), tag.unwrap_or_default());
        for (field, text) in [("query", query), ("tag", tag)] {
            if text.chars().count() > LONGEST {
                let message = "At most 100 characters can be looked for.";
                return Err(Problem::invalid(field, "too_long", message));
            }
        }
        let terms = query.split_whitespace();
        let usernames = terms.filter_map(|term| term.strip_prefix('@'));
        let words = name_words(query);
        Ok(Self {
            words: (!words.is_empty() || query.trim().is_empty()).then_some(words),
            usernames: usernames.map(str::to_lowercase).collect(),
            tag: Some(tidy(tag)).filter(|tag| !tag.is_empty()),
            bot,
        })
    }

    /// Names what is looked for, for cursors: no two searches have the same.
    pub(super) fn label(&self) -> String {
        let bot = self.bot.map(|bot| bot.suffix()).unwrap_or_default();
        let words = match &self.words {
            Some(words) => words.join(" "),
            None => "-".to_owned(),
        };
        let usernames = self.usernames.join(" ");
        let tag = self.tag.as_deref().unwrap_or_default().to_lowercase();
        let lengths = [&words, &usernames].map(|part| part.len().to_string());
        format!("{bot}/{}/{words}/{usernames}/{tag}", lengths.join("/"))
    }

    /// Whether anything was asked for.
    pub(super) fn filters(&self) -> bool {
        self.words.as_ref().is_none_or(|words| !words.is_empty())
            || self.tag.is_some()
            || self.bot.is_some()
    }

    /// The lists that everybody who is meant stands in.
    pub(super) fn sources(&self, lists: &FanLists, data: &DataScope) -> Vec<Source> {
        let Some(words) = &self.words else {
            return vec![Vec::new()];
        };
        let mut longest: Vec<_> = words.iter().collect();
        longest.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        longest.truncate(LOOKED_UP);
        let mut sources: Vec<Source> = longest
            .into_iter()
            .map(|word| vec![lists.beginning(word)])
            .collect();
        sources.extend(self.tag.iter().map(|tag| vec![lists.tagged(tag)]));
        match (self.bot, data.bots()) {
            (Some(bot), _) => sources.push(vec![FanList::Bot(bot)]),
            (None, Some(bots)) if bots.len() <= BOTS_APART => {
                sources.push(bots.iter().map(|bot| FanList::Bot(*bot)).collect());
            }
            _ if sources.is_empty() => sources.push(vec![FanList::All]),
            _ => {}
        }
        sources
    }

    /// Whether names and tags are those that are looked for.
    pub(super) fn means(&self, profile: &FanProfile, tags: &[String]) -> bool {
        let Some(sought) = &self.words else {
            return false;
        };
        let username = profile.username.as_deref().unwrap_or_default();
        let last = profile.last_name.as_deref().unwrap_or_default();
        let names = [profile.first_name.as_str(), last, username];
        let names: Vec<String> = names.into_iter().flat_map(name_words).collect();
        let username = username.to_lowercase();
        let tagged = |wanted: &String| tags.iter().any(|tag| same_tag(tag, wanted));
        sought
            .iter()
            .all(|word| names.iter().any(|name| name.starts_with(word)))
            && self
                .usernames
                .iter()
                .all(|begun| username.starts_with(begun))
            && self.tag.iter().all(tagged)
    }

    /// Whether a conversation with this bot counts.
    pub(super) fn is_of(&self, bot: BotId) -> bool {
        self.bot.is_none_or(|wanted| wanted == bot)
    }

    /// Whether there must be one.
    pub(super) const fn asks_for_a_bot(&self) -> bool {
        self.bot.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sought(query: &str, tag: &str) -> Sought {
        Sought::read(Some(query), Some(tag), None).expect("short enough")
    }

    fn zoe() -> FanProfile {
        FanProfile {
            first_name: "Zoë Алёна".into(),
            last_name: Some("O'Brien".into()),
            username: Some("Zb_Photos".into()),
            ..FanProfile::default()
        }
    }

    #[test]
    fn every_word_begins_a_word_of_the_names() {
        for query in [
            "",
            "  ",
            "zo",
            "ZOË",
            "zoe obr",
            "obrien zoe",
            "алена",
            "Алё",
            "photos",
            "@zb_ph",
            "zb_photos zoe",
        ] {
            assert!(sought(query, "").means(&zoe(), &[]), "{query}");
        }
        for query in ["oe", "zoes", "zoe kim", "@zoe", "@photos", "!!", "@"] {
            assert!(!sought(query, "").means(&zoe(), &[]), "{query}");
        }
    }

    #[test]
    fn a_tag_is_whole_and_of_any_case() {
        let tags = ["Big Spender".to_owned(), "VIP".to_owned()];
        assert!(sought("", " big  spender").means(&zoe(), &tags));
        assert!(sought("zoe", "vip").means(&zoe(), &tags));
        assert!(!sought("", "big").means(&zoe(), &tags));
        assert!(!sought("kim", "vip").means(&zoe(), &tags));
    }

    #[test]
    fn different_searches_have_different_labels() {
        let labels = [
            sought("", ""),
            sought("zoe", ""),
            sought("", "zoe"),
            sought("@zoe", ""),
            sought("zoe obrien", ""),
            sought("!!", ""),
            Sought::read(None, None, Some(BotId::from_bytes([1; 16]))).expect("valid"),
        ]
        .map(|sought| sought.label());
        for (index, label) in labels.iter().enumerate() {
            assert!(!labels[..index].contains(label), "{label}");
        }
        assert_eq!(sought("Zoë", "VIP").label(), sought("zoe ", "vip").label());
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let long = "x".repeat(LONGEST + 1);
        assert!(Sought::read(Some(&long), None, None).is_err());
        assert!(Sought::read(None, Some(&long), None).is_err());
        assert!(Sought::read(Some(&long[1..]), None, None).is_ok());
    }
}
