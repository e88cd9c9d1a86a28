//! What people agree to and object to, word by word.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a word is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentPurpose {
    /// An AI reads and answers.
    Ai,
    /// Messages that nobody asked for.
    Marketing,
    /// Any use beyond keeping (Art. 18 GDPR).
    Use,
}

/// What was said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentAct {
    /// Not any more.
    Objected,
    /// The objection was taken back.
    TakenBack,
}

impl ConsentAct {
    /// What it is that something is forbidden since a moment, or is not.
    #[must_use]
    pub const fn of(is_forbidden: bool) -> Self {
        match is_forbidden {
            true => Self::Objected,
            false => Self::TakenBack,
        }
    }

    /// The word in keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Objected => "objected",
            Self::TakenBack => "taken_back",
        }
    }
}

impl ConsentPurpose {
    /// The word in keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ai => "ai",
            Self::Marketing => "marketing",
            Self::Use => "use",
        }
    }

    /// The command by which a fan says so; none where there is none.
    #[must_use]
    pub const fn command(self, act: ConsentAct) -> Option<&'static str> {
        match (self, act) {
            (Self::Ai, ConsentAct::Objected) => Some("/noai"),
            (Self::Ai, ConsentAct::TakenBack) => Some("/ai"),
            (Self::Marketing, ConsentAct::Objected) => Some("/stop"),
            (Self::Marketing, ConsentAct::TakenBack) => None,
            (Self::Use, ConsentAct::Objected) => Some("/restrict"),
            (Self::Use, ConsentAct::TakenBack) => Some("/unrestrict"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_a_key_is_the_word_that_is_stored() {
        for purpose in [
            ConsentPurpose::Ai,
            ConsentPurpose::Marketing,
            ConsentPurpose::Use,
        ] {
            let stored = serde_json::to_value(purpose).expect("JSON");
            assert_eq!(stored, purpose.as_str());
        }
        for is_forbidden in [true, false] {
            let act = ConsentAct::of(is_forbidden);
            let stored = serde_json::to_value(act).expect("JSON");
            assert_eq!(stored, act.as_str());
        }
    }
}
