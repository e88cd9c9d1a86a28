//! Who may do what: roles, keys, sessions, and the evaluation of policies.

mod evaluate;
mod keys;
mod policy;
mod removal;

pub use evaluate::{AccessRequest, Context, Decision, evaluate, resource_decision};
pub use keys::{AccessKey, Iam, Principal, Role};
pub(crate) use keys::{KeyError, random_uuid};
pub use policy::{Effect, Policy, Statement};
pub use removal::{Removal, removals};
