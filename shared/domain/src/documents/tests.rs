use std::collections::HashSet;

use ring::digest::{SHA256, digest};

use super::*;

fn all() -> impl Iterator<Item = &'static Document> {
    DocumentId::ALL.into_iter().flat_map(archive)
}

#[test]
fn each_text_still_has_the_hash_it_was_published_with() {
    for document in all() {
        let hash: String = digest(&SHA256, document.text.as_bytes())
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            hash, document.sha256,
            "{} {}",
            document.id, document.version
        );
    }
}

#[test]
fn each_text_names_its_own_version_and_the_contact() {
    for document in all() {
        assert!(
            document
                .text
                .contains(&format!("Version {}", document.version)),
            "{}",
            document.id
        );
        assert!(
            document.text.contains("support@soficrm.com"),
            "{}",
            document.id
        );
    }
}

#[test]
fn archives_are_in_order_without_repeats_and_hold_only_their_own_text() {
    for id in DocumentId::ALL {
        let versions = archive(id);
        assert!(versions.is_sorted_by_key(|document| (document.effective, document.version)));
        assert_eq!(
            versions
                .iter()
                .map(|d| d.version)
                .collect::<HashSet<_>>()
                .len(),
            versions.len()
        );
        assert!(versions.iter().all(|document| document.id == id));
        assert_eq!(current(id), versions.last().expect("a row"));
    }
}

#[test]
fn a_text_is_in_force_from_its_day_on() {
    let [first, second, ..] = archive(DocumentId::Terms) else {
        panic!("the terms have changed once");
    };
    let eve = first.effective.previous_day().expect("an earlier day");
    assert_eq!(in_force(DocumentId::Terms, eve), None);
    assert_eq!(in_force(DocumentId::Terms, first.effective), Some(first));
    let eve = second.effective.previous_day().expect("an earlier day");
    assert_eq!(in_force(DocumentId::Terms, eve), Some(first));
    assert_eq!(in_force(DocumentId::Terms, second.effective), Some(second));
}

#[test]
fn a_text_that_binds_is_published_at_least_fourteen_days_before_it_replaces_another() {
    for id in [DocumentId::Terms, DocumentId::Privacy, DocumentId::Dpa] {
        for document in &archive(id)[1..] {
            let published = Date::parse(
                document.version,
                time::macros::format_description!("[year]-[month]-[day]"),
            )
            .expect("a version is a date");
            assert!(
                document.effective >= published + time::Duration::days(14),
                "{id}"
            );
        }
    }
}

#[test]
fn the_cookie_notice_names_exactly_the_two_cookies() {
    let text = current(DocumentId::Cookies).text;
    let named: HashSet<&str> = text
        .split('`')
        .filter(|word| word.starts_with("__Host-") && *word != "__Host-")
        .collect();
    assert_eq!(named, HashSet::from(["__Host-sofi", "__Host-sofi_device"]));
}

#[test]
fn texts_and_versions_are_found_by_name() {
    assert_eq!(DocumentId::find("dpa"), Some(DocumentId::Dpa));
    assert_eq!(DocumentId::find("DPA"), None);
    assert!(find(DocumentId::Privacy, "2026-11-23").is_some());
    assert!(find(DocumentId::Privacy, "2026-11-24").is_none());
}

#[test]
fn the_privacy_policy_keeps_its_promises_in_words() {
    let policy = current(DocumentId::Privacy).text;
    for words in [
        "logically isolated and separately encrypted per tenant",
        "within 30 days",
        "within 45 days",
        "at least 14 days",
        "`__Host-sofi`",
        "`__Host-sofi_device`",
        "do not sell, rent or trade",
        "edpb.europa.eu",
        "ico.org.uk",
        "PCI DSS Level 1",
    ] {
        assert!(policy.contains(words), "{words}");
    }
}

#[test]
fn the_agreement_covers_what_article_28_asks_for() {
    let text = current(DocumentId::Dpa).text;
    for words in [
        "documented instructions",
        "bound to secrecy",
        "30 days",
        "without undue delay",
        "Return and erasure",
        "audits",
        "Chapter V",
    ] {
        assert!(text.contains(words), "{words}");
    }
}
