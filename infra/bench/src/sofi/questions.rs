//! What a vendor was asked and wrote, and what of that was needed: pure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// As the stand-in counts.
const CHARACTERS_PER_TOKEN: usize = 4;

/// One question and its answer, in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tokens {
    /// Of the question.
    pub input: f64,
    /// Those that the vendor had cached.
    pub cached: f64,
    /// Of the answer.
    pub output: f64,
    /// Those of the question that must stand in it.
    pub needed: f64,
    /// Those that the cache could have had.
    pub cacheable: f64,
    /// Those of the reply's own text.
    pub said: f64,
}

impl Tokens {
    fn plus(self, other: Self) -> Self {
        Self {
            input: self.input + other.input,
            cached: self.cached + other.cached,
            output: self.output + other.output,
            needed: self.needed + other.needed,
            cacheable: self.cacheable + other.cacheable,
            said: self.said + other.said,
        }
    }
}

/// The vendor's calls, oldest first, as the stand-in logged them.
#[derive(Debug, Default)]
pub struct Asked {
    /// All questions together.
    pub all: Tokens,
    /// Those that begin with another text of the conversation than the question before: the oldest no longer fits.
    pub moved: Tokens,
    /// How many questions were asked.
    pub questions: f64,
    /// How many of them belong to `moved`.
    pub moved_questions: f64,
    /// What they took, in milliseconds.
    pub took_ms: f64,
    /// What they cost, in dollars.
    pub dollars: f64,
    before: BTreeMap<String, Vec<String>>,
}

impl Asked {
    /// Adds one call. `block` is how many tokens are cached together.
    pub fn add(&mut self, call: &Value, block: u64) {
        let number = |name: &str| call["tokens"][name].as_u64().unwrap_or(0);
        let request = &call["request"];
        let key = text(&request["prompt_cache_key"]);
        let lines = lines(request);
        let before = self.before.get(&key);
        let common = before.map_or(0, |before| repeated(before, &lines));
        // A beginning that has gone from the question was cut off: the first turn after the profile is another one.
        let has_moved = before.is_some_and(|before| first_text(before) != first_text(&lines));
        let usage = ai::Usage {
            input: number("input"),
            cached_input: number("cached"),
            output: number("output"),
        };
        let model = call["model"].as_str().unwrap_or_default();
        self.dollars += dollars(model, usage);
        let tokens = Tokens {
            input: float(usage.input),
            cached: float(usage.cached_input),
            output: float(usage.output),
            needed: float(tokens(needed(&lines))),
            cacheable: float(tokens(common) / block * block),
            said: float(tokens(said(&text(&call["answer"])))),
        };
        self.all = self.all.plus(tokens);
        self.questions += 1.0;
        self.took_ms += call["duration_ms"].as_f64().unwrap_or(0.0);
        if has_moved {
            self.moved = self.moved.plus(tokens);
            self.moved_questions += 1.0;
        }
        self.before.insert(key, lines);
    }
}

/// A call's price by the product's own table.
#[expect(clippy::cast_precision_loss, reason = "millionths of a dollar")]
fn dollars(model: &str, usage: ai::Usage) -> f64 {
    ai::cost::cost(model, usage).0 as f64 / 1e6
}

/// All lines of a question, in order: instructions, then every turn.
fn lines(request: &Value) -> Vec<String> {
    let turns = request["input"].as_array().into_iter().flatten();
    let texts = std::iter::once(&request["instructions"]).chain(turns.map(|turn| &turn["content"]));
    texts
        .filter_map(Value::as_str)
        .flat_map(str::lines)
        .map(str::to_owned)
        .collect()
}

/// The first line that somebody said in the conversation: what follows the line about the language.
fn first_text(lines: &[String]) -> Option<&String> {
    let said = lines
        .iter()
        .skip_while(|line| !line.starts_with("Answer in the language"));
    said.skip(1).find(|line| !is_mark(line))
}

fn is_mark(line: &str) -> bool {
    line.starts_with('⟦')
}

/// Characters of what must stand in a question: every line once, without marks.
fn needed(lines: &[String]) -> usize {
    let once: BTreeSet<&str> = lines
        .iter()
        .filter(|line| !is_mark(line))
        .map(|line| line.strip_prefix("> ").unwrap_or(line))
        .collect();
    once.iter().map(|line| line.chars().count() + 1).sum()
}

/// Characters of those lines that stood in the question before.
fn repeated(before: &[String], now: &[String]) -> usize {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for line in before {
        *left.entry(line).or_default() += 1;
    }
    let mut common = 0;
    for line in now {
        if let Some(count) = left.get_mut(line.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            common += line.chars().count() + 1;
        }
    }
    common
}

/// Characters of what an answer says: the reply and the facts, without the object around them.
fn said(answer: &str) -> usize {
    let Ok(object) = serde_json::from_str::<Value>(answer) else {
        return answer.chars().count();
    };
    let facts = object["facts"].as_array().into_iter().flatten();
    std::iter::once(&object["reply"])
        .chain(facts.map(|fact| &fact["text"]))
        .filter_map(Value::as_str)
        .map(|text| text.chars().count())
        .sum()
}

fn tokens(characters: usize) -> u64 {
    u64::try_from(characters.div_ceil(CHARACTERS_PER_TOKEN)).unwrap_or(u64::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "some thousand tokens")]
fn float(tokens: u64) -> f64 {
    tokens as f64
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn call(texts: &[&str], cached: u64) -> Value {
        let turns: Vec<_> = texts
            .iter()
            .map(|text| json!({ "content": text }))
            .collect();
        json!({
            "model": "grok-4.3", "answer": "{\"reply\":\"12345678\",\"facts\":[]}", "duration_ms": 100,
            "request": {"prompt_cache_key": "k", "instructions": "rules\nrules", "input": turns},
            "tokens": {"input": 100, "cached": cached, "output": 20},
        })
    }

    fn owned(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|&line| line.to_owned()).collect()
    }

    #[test]
    fn a_line_is_needed_once_and_marks_are_not() {
        assert_eq!(needed(&owned(&["⟦fan⟧", "> hi", "hi", "⟦/fan⟧"])), 3);
    }

    #[test]
    fn a_line_that_stood_there_twice_can_be_cached_twice() {
        let before = owned(&["a", "a", "bc"]);
        assert_eq!(repeated(&before, &owned(&["bc", "a", "a", "a"])), 3 + 2 + 2);
    }

    #[test]
    fn nothing_of_a_first_question_can_be_cached_and_blocks_are_whole() {
        let mut asked = Asked::default();
        let long = "x".repeat(300);
        asked.add(&call(&[&long], 0), 64);
        assert_eq!(asked.all.cacheable, 0.0);
        asked.add(&call(&[&long, "newer"], 64), 64);
        assert_eq!(asked.all.cacheable, 64.0);
        assert_eq!((asked.all.input, asked.all.cached), (200.0, 64.0));
        assert_eq!((asked.all.said, asked.all.output), (4.0, 40.0));
    }

    #[test]
    fn a_question_that_begins_with_a_later_text_has_moved_on() {
        let mut asked = Asked::default();
        let about = "Answer in the language en";
        asked.add(&call(&[about, "one"], 0), 64);
        asked.add(&call(&[about, "one", "two"], 0), 64);
        assert_eq!(asked.moved_questions, 0.0);
        asked.add(&call(&[about, "two", "three"], 0), 64);
        assert_eq!((asked.questions, asked.moved_questions), (3.0, 1.0));
    }
}
