//! What a member of a workspace may do, in words and in one order.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A member's role. Later variants include the rights of earlier ones.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads figures and conversations, changes nothing.
    Analyst,
    /// Answers fans, tags them and writes notes.
    Chatter,
    /// Connects bots and manages the team's work.
    Manager,
    /// Owns the workspace: accepts its contracts, closes it.
    Owner,
}
