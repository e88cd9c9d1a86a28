//! The generations of the pepper, as they stand together in one platform secret. Passwords are hashed under the newest; a hash
//! that was made under a former one is checked under that one.
//!
//! The secret's text is the bytes of the only generation in base 64, as the first registration makes it; after a renewal it
//! is `<name>:<bytes>` of each, oldest first, with a blank between two.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Entropy;
use domain::entropy::random_32;
use zeroize::Zeroizing;

use crate::error::AccountsError;

/// With one more the oldest would have to go, and with it every login that was never renewed.
pub(super) const MOST: usize = 8;
/// A name, a key and what parts them take no more, in bytes.
const LONGEST: usize = 128;

/// One of them.
pub(super) struct Generation {
    /// Stands in each login that was hashed under it.
    pub(super) name: String,
    /// The secret itself.
    pub(super) secret: Zeroizing<Vec<u8>>,
}

/// All of them.
pub(super) struct Generations {
    former: Vec<Generation>,
    newest: Generation,
}

impl Generations {
    /// A pepper that was never renewed.
    pub(super) const fn one(name: String, secret: Zeroizing<Vec<u8>>) -> Self {
        Self {
            former: Vec::new(),
            newest: Generation { name, secret },
        }
    }

    /// Reads an opened secret; `newest` is the name that its row has.
    ///
    /// # Errors
    /// When it has another form, or another generation is its newest.
    pub(super) fn parse(newest: &str, text: &str) -> Result<Self, AccountsError> {
        if !text.contains(':') {
            return Ok(Self::one(newest.to_owned(), secret(text)?));
        }
        let mut all = Vec::new();
        for one in text.split(' ') {
            let (name, bytes) = one.split_once(':').ok_or(AccountsError::PepperForm)?;
            all.push(Generation {
                name: name.to_owned(),
                secret: secret(bytes)?,
            });
        }
        match all.pop() {
            Some(last) if last.name == newest => Ok(Self {
                former: all,
                newest: last,
            }),
            _ => Err(AccountsError::PepperForm),
        }
    }

    /// The text to seal: what [`Self::parse`] reads.
    pub(super) fn text(&self) -> Zeroizing<String> {
        // Room for all: a text that grows leaves copies of itself behind.
        let mut text = Zeroizing::new(String::with_capacity(LONGEST * MOST));
        for generation in self.all() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&generation.name);
            text.push(':');
            URL_SAFE_NO_PAD.encode_string(generation.secret.as_slice(), &mut text);
        }
        text
    }

    /// These and one more, of 32 random bytes, which is the newest from now on. `None` when there are enough.
    pub(super) fn with(mut self, name: String, entropy: &dyn Entropy) -> Option<Self> {
        if self.count() >= MOST {
            return None;
        }
        let bytes = Zeroizing::new(random_32(entropy));
        let secret = Zeroizing::new(bytes.to_vec());
        self.former.push(self.newest);
        Some(Self {
            former: self.former,
            newest: Generation { name, secret },
        })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.former.len() + 1
    }

    /// The first: what is not a password is derived from it for good, because it is looked up by what follows from it.
    pub(super) fn first(&self) -> &Generation {
        self.former.first().unwrap_or(&self.newest)
    }

    /// All but the newest, oldest first.
    pub(super) fn former(&self) -> &[Generation] {
        &self.former
    }

    /// The one for new hashes.
    pub(super) const fn newest(&self) -> &Generation {
        &self.newest
    }

    fn all(&self) -> impl Iterator<Item = &Generation> {
        self.former.iter().chain([&self.newest])
    }
}

fn secret(text: &str) -> Result<Zeroizing<Vec<u8>>, AccountsError> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map(Zeroizing::new);
    bytes.map_err(|_| AccountsError::PepperForm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first() -> Generations {
        let text = URL_SAFE_NO_PAD.encode([1; 32]);
        Generations::parse("g1", &text).expect("a pepper as the first registration makes it")
    }

    fn next(generations: Generations, name: &str) -> Option<Generations> {
        generations.with(name.to_owned(), &domain::SystemEntropy::new())
    }

    #[test]
    fn a_renewal_keeps_what_was_there_and_adds_a_newest() {
        let renewed = next(first(), "g2").expect("room");
        let read = Generations::parse("g2", &renewed.text()).expect("reads");
        assert_eq!(read.count(), 2);
        assert_eq!(read.newest().name, "g2");
        assert_eq!(*read.newest().secret, *renewed.newest().secret);
        assert_ne!(*read.newest().secret, vec![1; 32]);
        let former: Vec<_> = read.former().iter().map(|one| one.name.as_str()).collect();
        assert_eq!(former, ["g1"]);
        assert_eq!(*read.first().secret, vec![1; 32]);
    }

    #[test]
    fn a_pepper_is_renewed_seven_times_and_none_of_its_generations_is_dropped() {
        let mut generations = first();
        for count in 2..=MOST {
            generations = next(generations, &format!("g{count}")).expect("room");
            assert_eq!(generations.count(), count);
        }
        assert!(generations.text().len() <= LONGEST * MOST);
        assert_eq!(generations.first().name, "g1");
        assert!(next(generations, "one more").is_none());
    }

    #[test]
    fn a_secret_whose_newest_is_another_than_its_row_says_is_refused() {
        let text = next(first(), "g2").expect("room").text();
        let longer = format!("{} and more", text.as_str());
        for (newest, text) in [
            ("g1", text.as_str()),
            ("g2", "not base64!"),
            ("g2", "g2:not base64!"),
            ("g2", longer.as_str()),
        ] {
            let refused = Generations::parse(newest, text).err();
            assert!(matches!(refused, Some(AccountsError::PepperForm)));
        }
    }
}
