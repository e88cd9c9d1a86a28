//! Whether two words differ by a slip of the finger.

/// Longest word compared by distance, in characters; longer ones must be equal.
const LONGEST: usize = 32;

/// Whether two folded words are the same but for a slip: a letter missing, added, changed, or two swapped.
///
/// The shorter word decides how much is forgiven: none below 5 characters, one slip from 5 to 8, two above.
#[must_use]
pub fn near(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (mut left, mut right) = (['\0'; LONGEST], ['\0'; LONGEST]);
    let (Some(rows), Some(columns)) = (fill(a, &mut left), fill(b, &mut right)) else {
        return false;
    };
    let allowed = match rows.min(columns) {
        0..=4 => return false,
        5..=8 => 1,
        _ => 2,
    };
    rows.abs_diff(columns) <= allowed && distance(&left[..rows], &right[..columns]) <= allowed
}

/// Writes the characters of a word; how many there are, unless they do not fit.
fn fill(word: &str, into: &mut [char; LONGEST]) -> Option<usize> {
    let mut length = 0;
    for letter in word.chars() {
        *into.get_mut(length)? = letter;
        length += 1;
    }
    Some(length)
}

/// Edits between two words, a swap of neighbours counting once.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before = [0; LONGEST + 1];
    let mut last: [usize; LONGEST + 1] = std::array::from_fn(|column| column);
    for row in 1..=left.len() {
        let mut now = [row; LONGEST + 1];
        for column in 1..=right.len() {
            let same = left[row - 1] == right[column - 1];
            let mut best = (last[column - 1] + usize::from(!same))
                .min(last[column] + 1)
                .min(now[column - 1] + 1);
            let swapped = row > 1
                && column > 1
                && left[row - 1] == right[column - 2]
                && left[row - 2] == right[column - 1];
            if swapped {
                best = best.min(before[column - 2] + 1);
            }
            now[column] = best;
        }
        before = last;
        last = now;
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn one_slip_is_forgiven_in_a_middling_word_and_two_in_a_long_one() {
        assert!(near("suicide", "sucide"));
        assert!(near("suicide", "suiicde") && near("wnat to", "want to"));
        assert!(!near("suicide", "scide"));
        assert!(near("selbstmord", "selbsmort"));
    }

    #[test]
    fn short_words_must_be_equal() {
        assert!(near("kill", "kill"));
        assert!(!near("kill", "bill") && !near("die", "dies") && !near("live", "liver"));
    }

    #[test]
    fn a_word_too_long_to_compare_is_near_only_to_itself() {
        let long = "a".repeat(33);
        assert!(near(&long, &long));
        assert!(!near(&long, &format!("{long}b")));
    }
}
