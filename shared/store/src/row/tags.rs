//! How a fan's tags stand in the fan's row.

use std::fmt;

use domain::Sealed;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The creator's words about a fan: a JSON list, sealed under the fan's key. An earlier release left the list unsealed: it is
/// read, and nothing makes another one. Prints nothing.
#[derive(Clone, PartialEq)]
pub struct SealedTags(Form);

#[derive(Clone, PartialEq)]
enum Form {
    Sealed(Sealed),
    Former(Vec<String>),
}

impl SealedTags {
    /// What is sealed, or else what an earlier release left unsealed.
    ///
    /// # Errors
    /// When it is not sealed.
    pub fn sealed(&self) -> Result<&Sealed, &[String]> {
        match &self.0 {
            Form::Sealed(sealed) => Ok(sealed),
            Form::Former(tags) => Err(tags.as_slice()),
        }
    }
}

impl From<Sealed> for SealedTags {
    fn from(sealed: Sealed) -> Self {
        Self(Form::Sealed(sealed))
    }
}

impl fmt::Debug for SealedTags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Sealed(sealed) => fmt::Debug::fmt(sealed, f),
            Form::Former(tags) => write!(f, "Former({} tags)", tags.len()),
        }
    }
}

impl Serialize for SealedTags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Sealed(sealed) => sealed.serialize(serializer),
            Form::Former(tags) => tags.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for SealedTags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = SealedTags;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("ciphertext as bytes, or a list of texts")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<SealedTags, E> {
                Ok(Sealed::from_bytes(bytes.to_vec()).into())
            }

            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<SealedTags, E> {
                Ok(Sealed::from_bytes(bytes).into())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<SealedTags, A::Error> {
                let mut tags = Vec::new();
                while let Some(tag) = list.next_element()? {
                    tags.push(tag);
                }
                Ok(SealedTags(Form::Former(tags)))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use aws_sdk_dynamodb::primitives::Blob;
    use aws_sdk_dynamodb::types::AttributeValue;
    use domain::Timestamp;
    use domain::ids::FanId;

    use super::*;
    use crate::row::FanRow;

    type Item = HashMap<String, AttributeValue>;

    fn fan() -> FanRow {
        let id = FanId::from_bytes([1; 16]);
        FanRow::new(id, Sealed::default(), Timestamp::default())
    }

    fn written(row: &FanRow) -> Item {
        serde_dynamo::to_item(row).expect("an item")
    }

    fn read(tags: Option<AttributeValue>) -> FanRow {
        let mut item = written(&fan());
        item.remove("tags");
        item.extend(tags.map(|tags| ("tags".to_owned(), tags)));
        serde_dynamo::from_item(item).expect("a row")
    }

    #[test]
    fn tags_are_stored_as_bytes_and_read_again_and_none_are_no_attribute() {
        let bytes = AttributeValue::B(Blob::new([1, 2]));
        let row = read(Some(bytes.clone()));
        let sealed = Sealed::from_bytes(vec![1, 2]);
        assert_eq!(row.tags, Some(sealed.into()));
        assert_eq!(written(&row)["tags"], bytes);
        assert_eq!(read(None), fan());
        assert_eq!(fan().tags, None);
    }

    #[test]
    fn tags_that_an_earlier_release_left_unsealed_are_read_and_print_nothing() {
        let list = ["VIP", "Berlin"].map(|tag| AttributeValue::S(tag.to_owned()));
        let row = read(Some(AttributeValue::L(list.to_vec())));
        let former = row.tags.as_ref().map(SealedTags::sealed);
        let expected = ["VIP".to_owned(), "Berlin".to_owned()];
        assert_eq!(former, Some(Err(expected.as_slice())));
        assert!(!format!("{row:?}").contains("VIP"));
        let none = read(Some(AttributeValue::L(Vec::new())));
        let nothing: &[String] = &[];
        let none = none.tags.as_ref().map(SealedTags::sealed);
        assert_eq!(none, Some(Err(nothing)));
    }
}
