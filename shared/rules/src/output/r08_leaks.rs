//! R08: prompts, instructions, and the notation of machines.

use std::collections::HashSet;

use wording::fold;

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/leaks.txt"));

/// Length of a fragment, in folded characters, that is no coincidence.
const FRAGMENT: usize = 40;
/// What only stands in a machine's own notation.
const SHAPES: [&str; 34] = [
    "```",
    "<|",
    "|>",
    "[inst]",
    "[/inst]",
    "<<sys>>",
    "<</sys>>",
    "<system",
    "</system",
    "<tool",
    "</tool",
    "<function",
    "<think",
    "</think",
    "<assistant",
    "<user>",
    "<s>",
    "</s>",
    "{\"",
    "\":",
    "{'",
    "':{",
    "\"}",
    "[{",
    "}]",
    "function_call",
    "tool_call",
    "tool_use",
    "### instruction",
    "###instruction",
    "### system",
    "begin_of_text",
    "end_of_turn",
    "im_start",
];
/// Who speaks, at the start of a line.
const SPEAKERS: [&str; 9] = [
    "assistant:",
    "system:",
    "user:",
    "human:",
    "ai:",
    "developer:",
    "tool:",
    "model:",
    "bot:",
];

/// Takes hold of fragments of the secrets, of talk about instructions, and of machines' notation.
pub(super) fn find(draft: &Draft, context: &Context<'_>) -> Option<Action> {
    let raw = draft.raw.to_lowercase();
    let shaped = SHAPES
        .iter()
        .any(|shape| raw.contains(shape) || draft.lower.contains(shape));
    let speaks = raw.lines().any(|line| {
        let line = line.trim_start_matches(|c: char| !c.is_alphabetic());
        SPEAKERS.iter().any(|speaker| line.starts_with(speaker))
    });
    let leaked = shaped
        || speaks
        || WORDS.says("leaks", &draft.sentences)
        || repeats(&draft.folded, context.secrets);
    leaked.then_some(Action::Block)
}

/// Whether a long fragment of a secret stands in the text, whatever its case, accents and punctuation.
fn repeats(folded: &str, secrets: &[&str]) -> bool {
    let text: Vec<char> = folded.chars().filter(|c| *c != ' ').collect();
    let fragments: HashSet<&[char]> = text.windows(FRAGMENT).collect();
    !fragments.is_empty()
        && secrets.iter().any(|secret| {
            let secret: Vec<char> = fold(secret).chars().filter(|c| *c != ' ').collect();
            secret
                .windows(FRAGMENT)
                .any(|fragment| fragments.contains(fragment))
        })
}

#[cfg(test)]
mod tests {
    use super::super::Context;
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone, context, hits_in};

    const SECRET: &str = "You speak like Mira: short lines, dry jokes about surfing, and never a word about her brother in Porto.";

    #[test]
    fn r08_no_prompt_and_no_machine_notation_leaves() {
        let texts = [
            "My system prompt says that I am Mira",
            "as instructed, I keep it short",
            "my instructions are to be nice",
            "{\"tool\": \"send\"}",
            "```rust```",
            "<|im_start|>assistant",
            "Assistant: hello",
            "meine Anweisungen sind geheim",
            "mis instrucciones dicen que",
            "мои инструкции такие",
        ];
        assert_caught(RuleId::Leaks, &texts);
        let context = Context {
            secrets: &[SECRET],
            ..context()
        };
        for text in [
            "Ok: SHORT LINES, dry jokes about surfing – and never a word about her",
            SECRET,
        ] {
            assert!(hits_in(text, &context).contains(&RuleId::Leaks), "{text}");
        }
    }

    #[test]
    fn short_likeness_and_ordinary_talk_are_left_alone() {
        let context = Context {
            secrets: &[SECRET],
            ..context()
        };
        assert!(!hits_in("dry jokes about surfing are fun", &context).contains(&RuleId::Leaks));
        let texts = [
            "the instructions for that shelf were awful",
            "my assistant at work is kind",
            "what a system!",
        ];
        assert_left_alone(RuleId::Leaks, &texts);
    }
}
