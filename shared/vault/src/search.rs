//! Marks that stand for words and tags in keys: equal for what is equal, and readable by nobody without the tenant's key.

use ring::hmac;

/// Makes a tenant's marks.
pub struct SearchMarks(hmac::Key);

impl SearchMarks {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// 32 hex digits for the beginning of a name's word.
    pub fn word(&self, beginning: &str) -> String {
        self.mark(b"word", beginning)
    }

    /// 32 hex digits for a tag.
    pub fn tag(&self, tag: &str) -> String {
        self.mark(b"tag", tag)
    }

    fn mark(&self, kind: &[u8], text: &str) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(kind);
        context.update(&[0]);
        context.update(text.as_bytes());
        half_in_hex(&context.sign())
    }
}

/// The first half of a tag, in hex: 128 bits collide for nobody.
pub(crate) fn half_in_hex(tag: &hmac::Tag) -> String {
    let half = &tag.as_ref()[..16];
    half.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use crate::seal::tests::tenant_key;

    #[test]
    fn a_word_has_one_mark_in_a_tenant_and_another_one_in_each_other() {
        let (mine, theirs) = (tenant_key(1).search_marks(), tenant_key(2).search_marks());
        assert_eq!(mine.word("mira"), tenant_key(1).search_marks().word("mira"));
        assert_ne!(mine.word("mira"), mine.word("mir"));
        assert_ne!(mine.word("mira"), theirs.word("mira"));
        assert_eq!(mine.word("mira").len(), 32);
    }

    #[test]
    fn a_tag_is_no_word() {
        let marks = tenant_key(1).search_marks();
        assert_ne!(marks.word("vip"), marks.tag("vip"));
    }
}
