//! What of an export means the same in another workspace, so that two can be compared (decision 0042).

use archive::Carry::{self, Person, Value};

/// What of a section's records counts in its portable sum: what was said and written, and about whom. Ids are a workspace's own, so
/// they count as the number by which Telegram knows the fan or not at all; nor do facts about the workspace itself, such as who of
/// the team wrote, or since when a fan is known there. Empty: the section has no sum.
pub(crate) fn carried(section: &str) -> &'static [(&'static str, Carry)] {
    match section {
        "fact" => &[
            ("fan", Person),
            ("text", Value),
            ("confidence", Value),
            ("sensitivity", Value),
            ("at", Value),
            ("until", Value),
        ],
        "fan" => &[
            ("id", Person),
            ("profile.first_name", Value),
            ("profile.last_name", Value),
            ("profile.username", Value),
            ("profile.language_code", Value),
            ("note", Value),
            ("tags", Value),
        ],
        "fan_number" => &[("fan", Person)],
        "message" => &[
            ("conversation", Person),
            ("message_id", Value),
            ("author", Value),
            ("content_kind", Value),
            ("content", Value),
            ("at", Value),
            ("edited_at", Value),
            ("reply_to", Value),
            ("album", Value),
            ("reactions", Value),
            ("delivery", Value),
            ("failure", Value),
        ],
        "note" => &[("conversation", Person), ("text", Value), ("at", Value)],
        "persona" => &[("version", Value), ("in_use", Value), ("text", Value)],
        "saved_reply" => &[("content", Value)],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use archive::Section;

    use super::super::sections::{Scope, kinds};
    use super::*;

    #[test]
    fn p29_what_counts_is_handed_out_and_an_id_counts_only_as_a_person() {
        let mut sums = 0;
        for kind in kinds(Scope::Workspace) {
            let carried = carried(kind.name);
            sums += usize::from(!carried.is_empty());
            let section = Section::new(kind.name, kind.title, kind.fields).unwrap();
            assert!(section.carrying(carried).is_ok(), "{}", kind.name);
            for (path, carry) in carried {
                let own = path.split('.').next();
                let field = kind.fields.iter().find(|one| Some(one.name) == own);
                let form = field.unwrap().form;
                let of_a_fan = ["FanId", "ConversationId"].contains(&form);
                assert_eq!(*carry == Person, of_a_fan, "{} {path}", kind.name);
                assert!(of_a_fan || !form.contains("Id"), "{} {path}", kind.name);
            }
        }
        assert_eq!(sums, 7, "each that is listed is a section");
    }
}
