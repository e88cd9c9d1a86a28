//! The little XML of S3 that is read and written here.

/// The texts of all elements of this name, as they stand there.
pub(crate) fn between<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(&open)?;
        let (text, after) = after.split_once(&close)?;
        rest = after;
        Some(text)
    })
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

pub(crate) fn unescaped(text: &str) -> String {
    // The ampersand last, or an escaped escape would be undone twice.
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_of_a_name_is_found_and_no_other() {
        let xml = "<R><Key>a</Key><Size>1</Size><Key>b</Key><KeyCount>2</KeyCount></R>";
        assert_eq!(between(xml, "Key").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(between(xml, "Code").next(), None);
    }

    #[test]
    fn what_was_escaped_comes_back() {
        let text = "a \"b\" <c> & &lt;";
        assert_eq!(unescaped(&escaped(text)), text);
    }
}
