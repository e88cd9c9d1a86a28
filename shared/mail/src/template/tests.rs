use std::collections::BTreeSet;

use domain::notice::MailTopic;

use super::*;

#[test]
fn the_debug_form_shows_no_code_and_no_link() {
    for template in samples() {
        let shown = format!("{template:?}");
        assert!(
            !shown.contains("123456") && !shown.contains("https"),
            "{shown}"
        );
    }
}

#[test]
fn of_all_mails_two_may_be_done_without_and_each_is_a_warning() {
    let off = MailTopic::ALL.map(MailTopic::as_str);
    let kinds: BTreeSet<_> = samples().iter().map(Template::kind).collect();
    let found: Vec<_> = kinds
        .into_iter()
        .filter(|kind| off.contains(kind))
        .collect();
    assert_eq!(found, ["budget_reached", "quota_near"]);
}

#[test]
fn the_sealed_form_calls_a_template_by_its_kind() {
    for template in samples() {
        let json = serde_json::to_string(&template).expect("serialises");
        assert!(json.contains(template.kind()), "{json}");
    }
}
