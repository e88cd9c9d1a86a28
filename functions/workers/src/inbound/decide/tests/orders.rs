//! Any order and any repetition of a chat's updates leads to the same rows.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::inbound::state::{Edit, Marks};

use super::*;

/// A chat's rows, held in memory.
#[derive(Clone, Default, PartialEq)]
struct Rows {
    head: Option<Head>,
    fan: Option<Fan>,
    messages: BTreeMap<i64, Stored>,
    edits: BTreeMap<i64, Edit>,
    reactions: BTreeMap<i64, Marks>,
    replies: Vec<String>,
}

impl Rows {
    fn take(&mut self, update: &Value) {
        let (envelope, incoming) = read(update);
        let Subject::Chat { message_id, .. } = subject(&envelope, &incoming) else {
            return;
        };
        let number = message_id.unwrap_or(0);
        let before = Chat {
            head: self.head.clone(),
            fan: self.fan.clone(),
            message: self.messages.get(&number).cloned(),
            edit: self.edits.get(&number).cloned(),
            reaction: self.reactions.get(&number).cloned(),
        };
        let decision = decide(&before, &incoming, &facts(envelope.update_id)).expect("a decision");
        let after = decision.after;
        (self.head, self.fan) = (after.head, after.fan);
        set(&mut self.messages, number, after.message);
        set(&mut self.edits, number, after.edit);
        set(&mut self.reactions, number, after.reaction);
        self.replies
            .extend(decision.replies.into_iter().map(|reply| reply.text));
        self.replies.sort();
    }

    fn of<'a>(updates: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut rows = Self::default();
        updates.into_iter().for_each(|update| rows.take(update));
        rows
    }
}

fn set<T>(rows: &mut BTreeMap<i64, T>, number: i64, row: Option<T>) {
    match row {
        Some(row) => drop(rows.insert(number, row)),
        None => drop(rows.remove(&number)),
    }
}

/// One thing that happens in a chat; its place in the list is its time.
#[derive(Clone, Debug)]
enum Step {
    Text(&'static str),
    Rename(&'static str),
    Edit(usize, &'static str),
    React(usize, &'static [&'static str]),
    Stand(&'static str),
}

fn step() -> impl Strategy<Value = Step> {
    let words = prop::sample::select(vec![
        "hi",
        "/start",
        "/start a-1",
        "/start b-2",
        "/stop",
        "/human",
        "/help",
        "/noai",
        "/ai",
        "مرحبا 👋",
    ]);
    let emoji: Vec<&'static [&'static str]> = vec![&["🔥"], &["👍", "🔥"], &[]];
    prop_oneof![
        4 => words.clone().prop_map(Step::Text),
        1 => prop::sample::select(vec!["Ana", "Anna", ""]).prop_map(Step::Rename),
        3 => (0..8_usize, words).prop_map(|(at, text)| Step::Edit(at, text)),
        3 => (0..8_usize, prop::sample::select(emoji)).prop_map(|(at, marks)| Step::React(at, marks)),
        1 => prop::sample::select(vec!["kicked", "member"]).prop_map(Step::Stand),
    ]
}

/// The updates that Telegram makes of the steps. Some share a second; edits and reactions may name messages that never come.
fn updates(steps: &[Step]) -> Vec<Value> {
    let update = |(index, step): (usize, &Step)| {
        let number = i64::try_from(index).expect("few") + 1;
        let date = 1_000 + number / 3;
        let target = |at: usize| i64::try_from(at).expect("few") + 1;
        match step {
            Step::Text(words) => text(number, number, date, words),
            Step::Rename(name) => {
                let mut update = text(number, number, date, "renamed");
                update["message"]["from"] = fan(name);
                update
            }
            Step::Edit(at, words) => edit(number, target(*at), date, words),
            Step::React(at, emoji) => reaction(number, target(*at), date, emoji),
            Step::Stand(status) => standing(number, date, status),
        }
    };
    steps.iter().enumerate().map(update).collect()
}

proptest! {
    #[test]
    fn any_order_and_repetition_of_updates_leads_to_the_same_rows(
        (steps, deliveries) in prop::collection::vec(step(), 1..10).prop_flat_map(|steps| {
            let thrice: Vec<usize> = (0..steps.len()).flat_map(|index| [index; 3]).collect();
            (Just(steps), Just(thrice).prop_shuffle())
        })
    ) {
        let updates = updates(&steps);
        let expected = Rows::of(&updates);
        let shuffled = Rows::of(deliveries.iter().map(|index| &updates[*index]));
        prop_assert!(shuffled.head == expected.head, "head");
        prop_assert!(shuffled.fan == expected.fan, "fan");
        prop_assert!(shuffled.messages == expected.messages, "messages");
        prop_assert!(shuffled.edits == expected.edits, "waiting edits");
        prop_assert!(shuffled.reactions == expected.reactions, "waiting reactions");
        prop_assert!(shuffled.replies == expected.replies, "replies");
    }

    #[test]
    fn no_update_that_telegram_could_send_makes_the_decision_panic(
        number in any::<i64>(), date in any::<i64>(), update in any::<i64>(), words in "\\PC{0,40}"
    ) {
        let bodies = [
            text(update, number, date, &words), edit(update, number, date, &words), reaction(update, number, date, &["🔥"]),
            standing(update, date, "kicked"),
        ];
        drop(Rows::of(&bodies));
    }
}
