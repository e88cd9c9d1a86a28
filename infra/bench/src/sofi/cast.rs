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

/// What a fan writes, what the vendor is to answer, and what it is to remember of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Talk {
    /// The fan's words.
    pub words: &'static str,
    /// The vendor's.
    pub reply: &'static str,
    /// A fact, as the fan told it.
    pub fact: Option<&'static str>,
}

const fn talk(words: &'static str, reply: &'static str) -> Talk {
    Talk {
        words,
        reply,
        fact: None,
    }
}

const fn telling(words: &'static str, reply: &'static str, fact: &'static str) -> Talk {
    Talk {
        words,
        reply,
        fact: Some(fact),
    }
}

/// A conversation. Its first texts tell something that is worth remembering.
pub const TALKS: [Talk; 26] = [
    telling(
        "Hey, I found your page last night. I live in Porto and it has been raining the whole week.",
        "Porto in the rain has its own charm. Which café keeps you dry on a week like this?",
        "Lives in Porto",
    ),
    telling(
        "My dog is called Pepper and he ate half of my breakfast while I was on the phone.",
        "Pepper sounds like a professional. Did he at least look sorry about the breakfast?",
        "Has a dog called Pepper",
    ),
    telling(
        "I like old synth records, I spent the evening sorting mine by colour.",
        "Sorted by colour, that is bold. Which shade has the best sound in it?",
        "Likes old synth records",
    ),
    talk(
        "The tram broke down again so I walked home along the river, it was lovely actually.",
        "A river beats a tram most days. What did you see along the way?",
    ),
    talk(
        "What do you do on a slow Sunday when nothing is planned?",
        "Slow Sundays are for tea and a book in no order. What would yours be like?",
    ),
    talk(
        "I finally fixed the kitchen lamp that had been flickering since spring.",
        "Since spring, and now there is light. Was it the bulb or the wiring in the end?",
    ),
    talk(
        "There was a street band on the square playing waltzes, badly and with joy.",
        "Badly and with joy is the best way to play a waltz. Did anyone dance?",
    ),
    talk(
        "I tried the bread from the corner bakery, the dark one with the seeds.",
        "The dark one with the seeds sounds like the right choice. With butter or without?",
    ),
    talk(
        "My neighbour plays the trumpet and has only one song, I hum it at work now.",
        "One song is enough when it is a good one. Which one has moved into your head?",
    ),
    talk(
        "We had a power cut and told stories by candle light, it felt like a holiday.",
        "Stories by candle light, what a lovely evening. Who told the best one?",
    ),
    talk(
        "I am reading a novel about a lighthouse keeper and I am in no hurry to finish it.",
        "Some novels want to be read slowly. What is the keeper like so far?",
    ),
    talk(
        "The market had the first cherries today and I bought far too many.",
        "Far too many cherries is the right amount. Will there be a cake?",
    ),
    talk(
        "I planted basil in a blue pot, let us see how it likes the wind.",
        "Basil likes sun and a bit of talk. How much light does the pot get?",
    ),
    talk(
        "The film was slow and beautiful, half of the audience fell asleep.",
        "Slow and beautiful is worth a nap or two. Did you stay awake to the end?",
    ),
    talk(
        "I got lost on a hike and found the nicest little chapel.",
        "Getting lost has found a lot of chapels. Was the door open?",
    ),
    talk(
        "They repainted my old school in yellow, it looks like a lemon now.",
        "A lemon of a school, that is hard to miss. Do you like it better now?",
    ),
    talk(
        "I made pancakes this morning and the third one was perfect.",
        "The third one is always the one to keep. What went on top of it?",
    ),
    talk(
        "The sea was flat as a mirror when I passed it on my way home.",
        "Flat as a mirror sounds peaceful. Did you stop for a while to look at it?",
    ),
    talk(
        "I repaired an umbrella with tape and felt like an engineer.",
        "Tape and confidence hold most things together. Has it met any rain yet?",
    ),
    talk(
        "My grandmother's recipe says a handful of flour, and nobody knows whose hand.",
        "Whose hand it was may be the secret of the recipe. How did yours turn out?",
    ),
    talk(
        "The library has a cat now, it sleeps on the atlases.",
        "A cat on the atlases has the world under its paws. Does it have a name?",
    ),
    talk(
        "I forgot my keys and met all of my neighbours in one afternoon.",
        "All of them in one afternoon, that is an achievement. Who was the nicest?",
    ),
    talk(
        "Somebody left a piano in the station and a child played one note for an hour.",
        "One note for an hour takes dedication. Which note was it?",
    ),
    talk(
        "I swapped two plants with a stranger at the flea market.",
        "A fair trade between strangers. What did you bring home from it?",
    ),
    talk(
        "The lift is broken, so I count stairs: ninety two of them.",
        "Ninety two is a workout and a half. Which floor do you think of giving up on?",
    ),
    talk(
        "I saw the first swallows today, they were late and very loud.",
        "Late and very loud sounds like a good party. Where were they flying to?",
    ),
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
        words: TALKS[turn % TALKS.len()].words,
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
    fn nobody_says_anything_that_a_person_would_have_to_see_to() {
        for talk in TALKS {
            assert_eq!(care::detect(talk.words), None, "{}", talk.words);
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
