//! Who writes what, and when it is whose turn. Pure.

/// Creator's tone.
pub const PERSONA: &str = "Warm, short, curious. I bake on weekends, I am learning the cello and I have an old tabby \
called Biscuit. I tease a little, never about looks. I like to hear about people's day before I talk about mine, and I \
ask back when something sounds like it matters. No exclamation marks in a row, at most one emoji, no pet names.";

/// Fans who write a few messages.
pub const SOME: usize = 39;
/// Fans whose conversations become longer than what a prompt takes.
pub const DEEP: usize = 6;
/// Every so many messages one of the latter writes.
const EVERY: usize = 2;
/// Messages in all: four of each of the former, twenty-six of each of the latter.
pub const MESSAGES: usize = 312;

/// What a fan writes, in order. The first three tell something that is worth remembering.
const WORDS: [&str; 26] = [
    "Hey, I found your page last night. I live in Porto and it has been raining the whole week.",
    "My dog is called Pepper and he ate half of my breakfast while I was on the phone.",
    "I like old synth records, I spent the evening sorting mine by colour.",
    "The tram broke down again so I walked home along the river, it was lovely actually.",
    "What do you do on a slow Sunday when nothing is planned?",
    "I finally fixed the kitchen lamp that had been flickering since spring.",
    "There was a street band on the square playing waltzes, badly and with joy.",
    "I tried the bread from the corner bakery, the dark one with the seeds.",
    "My neighbour plays the trumpet and has only one song, I hum it at work now.",
    "We had a power cut and told stories by candle light, it felt like a holiday.",
    "I am reading a novel about a lighthouse keeper and I am in no hurry to finish it.",
    "The market had the first cherries today and I bought far too many.",
    "I planted basil on the balcony, let us see whether it survives me.",
    "The film was slow and beautiful, half of the audience fell asleep.",
    "I got lost on a hike and found the nicest little chapel.",
    "They repainted my old school in yellow, it looks like a lemon now.",
    "I made pancakes this morning and the third one was perfect.",
    "The sea was flat as a mirror when I passed it on my way home.",
    "I repaired an umbrella with tape and felt like an engineer.",
    "My grandmother's recipe says a handful of flour, and nobody knows whose hand.",
    "The library has a cat now, it sleeps on the atlases.",
    "I forgot my keys and met all of my neighbours in one afternoon.",
    "Somebody left a piano in the station and a child played one note for an hour.",
    "I swapped two plants with a stranger at the flea market.",
    "The lift is broken, so I count stairs: ninety two of them.",
    "I saw the first swallows today, they were late and very loud.",
];

/// The place's writer and words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which fan.
    pub fan: usize,
    /// What they write.
    pub words: &'static str,
}

/// Who writes at this place. Long enough passes between two messages of one fan for the first to be answered.
pub fn line(place: usize) -> Line {
    let (fan, turn) = if place % EVERY == EVERY - 1 {
        let deep = place / EVERY;
        (SOME + deep % DEEP, deep / DEEP)
    } else {
        let some = place - place / EVERY;
        (some % SOME, some / SOME)
    };
    Line {
        fan,
        words: WORDS[turn % WORDS.len()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_their_say_and_nobody_repeats_themselves() {
        let all: Vec<Line> = (0..MESSAGES).map(line).collect();
        for fan in 0..SOME + DEEP {
            let mut words: Vec<_> = all
                .iter()
                .filter(|line| line.fan == fan)
                .map(|line| line.words)
                .collect();
            assert_eq!(words.len(), if fan < SOME { 4 } else { 26 });
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), if fan < SOME { 4 } else { 26 });
        }
    }

    #[test]
    fn eleven_others_write_between_two_messages_of_one() {
        let mut last = std::collections::BTreeMap::new();
        for place in 0..MESSAGES {
            if let Some(before) = last.insert(line(place).fan, place) {
                assert!(place - before >= EVERY * DEEP);
            }
        }
    }
}
