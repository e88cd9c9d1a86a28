//! The cheap look of the webhook: ids and kind, without building a tree of the update.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use crate::envelope::Unparsable;
use crate::kind::{Kind, UpdateKind};

/// What the webhook needs to know before it puts a body on a queue.
///
/// Agrees with [`Envelope`](crate::Envelope) on every field both have. Debug prints no content.
#[derive(Clone, PartialEq, Eq)]
pub struct Peek {
    /// Telegram's number of the update.
    pub update_id: Option<i64>,
    /// What the update calls itself.
    pub kind: UpdateKind,
    /// Chat in which it happened.
    pub chat_id: Option<i64>,
    /// Person who caused it.
    pub user_id: Option<i64>,
    /// For queries (callback, pre-checkout and others): the id to answer.
    pub query_id: Option<String>,
    /// The person's language code, to answer a pre-checkout in their language.
    pub language_code: Option<String>,
}

impl Peek {
    /// Looks into a raw body.
    ///
    /// # Errors
    /// Only for bytes that are not a JSON object.
    pub fn read(body: &[u8]) -> Result<Self, Unparsable> {
        let mut json = serde_json::Deserializer::from_slice(body);
        let root = json.deserialize_any(Root)?;
        json.end()?;
        Ok(root)
    }

    /// The chat half of the queue group; see [`Envelope::group`](crate::Envelope::group).
    #[must_use]
    pub fn group(&self) -> i64 {
        self.chat_id.or(self.user_id).unwrap_or(0)
    }

    /// The queue group `<bot>#<chat>`.
    #[must_use]
    pub fn group_key(&self, bot: &str) -> String {
        format!("{bot}#{}", self.group())
    }
}

impl fmt::Debug for Peek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peek")
            .field("update_id", &self.update_id)
            .field("kind", &self.kind.name())
            .field("chat_id", &self.chat_id)
            .finish_non_exhaustive()
    }
}

struct Root;

impl<'de> Visitor<'de> for Root {
    type Value = Peek;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Peek, A::Error> {
        let mut update_id = None;
        let mut kind = UpdateKind::Missing;
        let mut body = Node::default();
        while let Some(key) = map.next_key::<String>()? {
            if key == "update_id" {
                update_id = map.next_value::<Node>()?.number;
                continue;
            }
            let value = map.next_value::<Node>()?;
            if value.null {
                continue;
            }
            let better = kind.clone().better(&key);
            // The last of two equal keys wins, as it does in a tree.
            if better != kind || Kind::find(&key).map(UpdateKind::Known).as_ref() == Some(&kind) {
                kind = better;
                body = value;
            }
        }
        let mut message = body.message.take();
        let chat = body
            .chat
            .take()
            .or_else(|| message.as_mut().and_then(|message| message.chat.take()));
        let user = body.from.take().or_else(|| body.user.take());
        Ok(Peek {
            update_id,
            kind,
            chat_id: chat.and_then(|chat| chat.id_number),
            user_id: user.as_ref().and_then(|user| user.id_number),
            query_id: body.id_text,
            language_code: user.and_then(|user| user.language_code),
        })
    }
}

/// Any JSON value, of which only the named parts are kept.
#[derive(Default)]
struct Node {
    null: bool,
    object: bool,
    number: Option<i64>,
    text: Option<String>,
    id_number: Option<i64>,
    id_text: Option<String>,
    language_code: Option<String>,
    chat: Option<Box<Node>>,
    from: Option<Box<Node>>,
    user: Option<Box<Node>>,
    message: Option<Box<Node>>,
}

/// How much of a value to keep.
#[derive(Clone, Copy)]
enum Keep {
    Scalar,
    Object { depth: u8 },
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Keep::Object { depth: 0 }.deserialize(deserializer)
    }
}

impl<'de> DeserializeSeed<'de> for Keep {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Keep {
    /// Kept objects nest at most `update > callback > message > chat`.
    fn child<'de, A: MapAccess<'de>>(self, map: &mut A) -> Result<Option<Box<Node>>, A::Error> {
        let keep = match self {
            Keep::Object { depth } if depth < 3 => Keep::Object { depth: depth + 1 },
            Keep::Object { .. } | Keep::Scalar => Keep::Scalar,
        };
        let node = map.next_value_seed(keep)?;
        Ok(node.object.then(|| Box::new(node)))
    }
}

impl<'de> Visitor<'de> for Keep {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node {
            number: Some(number),
            ..Node::default()
        })
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        Ok(Node {
            number: i64::try_from(number).ok(),
            ..Node::default()
        })
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Node, E> {
        Ok(Node::default())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Node, E> {
        Ok(Node::default())
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node {
            null: true,
            ..Node::default()
        })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node {
            text: Some(text.to_owned()),
            ..Node::default()
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Node::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut node = Node {
            object: true,
            ..Node::default()
        };
        if matches!(self, Keep::Scalar) {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(node);
        }
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "id" => {
                    let id = map.next_value_seed(Keep::Scalar)?;
                    (node.id_number, node.id_text) = (id.number, id.text);
                }
                "language_code" => node.language_code = map.next_value_seed(Keep::Scalar)?.text,
                "chat" => node.chat = self.child(&mut map)?,
                "from" => node.from = self.child(&mut map)?,
                "user" => node.user = self.child(&mut map)?,
                "message" => node.message = self.child(&mut map)?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(node)
    }
}
