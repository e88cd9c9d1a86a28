//! Whether the model that is built in was trained on what lies beside the crate.

use std::path::Path;

use care::study;

#[path = "../examples/train/phrases.rs"]
mod phrases;

#[test]
fn the_model_was_trained_on_these_phrases() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = phrases::Corpus::read(here).expect("the corpus lies beside the crate");
    let (_, trained_on) = study::made_of(study::TRAINED);
    assert_eq!(
        trained_on, corpus.hash,
        "train again: cargo run --release -p care --example train"
    );
}

#[test]
fn the_model_knows_the_concepts_as_they_are_listed() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = phrases::table(here).expect("the concepts lie beside the crate");
    let (built_in, _) = study::made_of(study::TRAINED);
    assert!(
        built_in == listed,
        "train again: cargo run --release -p care --example train"
    );
}

#[test]
fn every_language_has_phrases_of_every_kind() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = phrases::Corpus::read(here).expect("the corpus lies beside the crate");
    let batches = ["12", "13", "14"];
    for language in [
        "ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr",
        "uk", "zh",
    ] {
        for kind in care::Care::ALL.map(Some).into_iter().chain([None]) {
            let of_kind = corpus.phrases.iter().filter(|phrase| {
                batches.contains(&&*phrase.batch)
                    && phrase.language == language
                    && phrase.care == kind
            });
            let many = of_kind.filter(|phrase| !phrase.text.is_empty()).count();
            assert!(many >= 15, "{language} {kind:?}: {many}");
        }
    }
}
