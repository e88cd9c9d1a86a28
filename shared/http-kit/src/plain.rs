//! What a parser says, in words for whoever filled in a form.

/// The sentence for a parser's message about a field; `None` for a message of our own types, which is plain already.
/// Nothing of the input is repeated: it may be a secret in the wrong field.
pub(crate) fn in_plain_words(field: &str, message: &str) -> Option<String> {
    let subject = match field {
        "" => "The body".to_owned(),
        field => format!("`{field}`"),
    };
    if let Some(values) = values(message) {
        return Some(match values.as_slice() {
            [] => format!("{subject} has a value that is not known."),
            [only] => format!("{subject} can only be {only}."),
            [many @ .., last] => format!("{subject} must be one of {} or {last}.", many.join(", ")),
        });
    }
    let wanted = expected(message).or_else(|| parsed(message))?;
    Some(format!("{subject} must be {wanted}."))
}

/// The values of `` unknown variant `x`, expected one of `a`, `b` ``.
fn values(message: &str) -> Option<Vec<&str>> {
    let rest = message.strip_prefix("unknown variant ")?;
    // The value itself may hold anything, so what is expected is read from the end.
    let (_, list) = rest.rsplit_once(", expected ").unwrap_or((rest, ""));
    Some(list.split('`').skip(1).step_by(2).collect())
}

/// What stands after `expected` in `invalid type: …` and its like.
fn expected(message: &str) -> Option<String> {
    let is_about = ["invalid type: ", "invalid value: ", "invalid length "];
    let (_, wanted) = is_about
        .iter()
        .find_map(|begin| message.strip_prefix(begin))?
        .rsplit_once(", expected ")?;
    let wanted = wanted.trim_end_matches(" with at most 20 digits");
    Some(kind(wanted).map_or_else(|| wanted.to_owned(), str::to_owned))
}

/// A Rust type, as people call it; `None` for the words of our own types.
fn kind(wanted: &str) -> Option<&'static str> {
    Some(match wanted {
        "a string" | "string" | "str" | "a borrowed string" | "a character" => "a text",
        "a boolean" | "bool" => "true or false",
        "a sequence" => "a list",
        "a map" => "an object",
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "u128" | "usize" | "an unsigned integer" => {
            "a whole number that is not negative"
        }
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "an integer" => "a whole number",
        "f32" | "f64" | "a number" => "a number",
        "string or map" => "one of the values that are listed for it",
        "unit" | "null" => "null",
        wanted
            if wanted.starts_with("struct ") || wanted.starts_with("internally tagged enum ") =>
        {
            "an object"
        }
        wanted if wanted.starts_with("enum ") || wanted.starts_with("variant ") => {
            "one of the values that are listed for it"
        }
        wanted if wanted.starts_with("tuple ") || wanted.starts_with("an array ") => {
            "a list of the right length"
        }
        wanted if wanted.starts_with("a nonzero ") => "a whole number other than 0",
        _ => return None,
    })
}

/// The messages of the standard library's parsers.
fn parsed(message: &str) -> Option<String> {
    let wanted = match message {
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "a whole number"
        }
        "number too large to fit in target type" => "a smaller number",
        "number too small to fit in target type" => "a larger number",
        "number would be zero for non-zero type" => "a whole number other than 0",
        "invalid float literal" | "cannot parse float from empty string" => "a number",
        "provided string was not `true` or `false`" => "true or false",
        message if message.starts_with("data did not match any variant of untagged enum") => {
            "in one of the forms that are described for it"
        }
        _ => return None,
    };
    Some(wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::in_plain_words;

    fn said(field: &str, message: &str) -> String {
        in_plain_words(field, message).expect("a parser's message")
    }

    #[test]
    fn a_wrong_type_is_told_without_the_words_of_a_parser() {
        for (message, plain) in [
            (
                "invalid type: integer `7`, expected a string",
                "`name` must be a text.",
            ),
            (
                "invalid type: string \"a, expected b\", expected a sequence",
                "`name` must be a list.",
            ),
            (
                "invalid type: null, expected struct Tag",
                "`name` must be an object.",
            ),
            (
                "invalid value: integer `-1`, expected u32",
                "`name` must be a whole number that is not negative.",
            ),
            (
                "invalid type: string \"yes\", expected a boolean",
                "`name` must be true or false.",
            ),
            (
                "invalid digit found in string",
                "`name` must be a whole number.",
            ),
            (
                "invalid value: string \"x\", expected a conversation's id",
                "`name` must be a conversation's id.",
            ),
        ] {
            assert_eq!(said("name", message), plain);
        }
        assert_eq!(
            said("", "invalid type: string \"x\", expected struct Input"),
            "The body must be an object."
        );
    }

    #[test]
    fn an_unknown_value_is_answered_with_the_known_ones_and_not_repeated() {
        let message = "unknown variant `hunter2`, expected one of `off`, `draft`, `auto`";
        assert_eq!(
            said("mode", message),
            "`mode` must be one of off, draft or auto."
        );
        let message = "unknown variant `a`, expected `b`";
        assert_eq!(said("mode", message), "`mode` can only be b.");
        let message = "unknown variant `a`, expected `b` or `c`";
        assert_eq!(said("mode", message), "`mode` must be one of b or c.");
        let message = "unknown variant `a`, there are no variants";
        assert_eq!(
            said("mode", message),
            "`mode` has a value that is not known."
        );
    }

    #[test]
    fn what_our_own_types_say_is_left_as_it_is() {
        assert_eq!(
            in_plain_words("at", "a moment is written as 2026-11-28T10:00:00Z"),
            None
        );
    }
}
