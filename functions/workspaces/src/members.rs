//! Members of a workspace.

pub(crate) mod change;
pub(crate) mod list;
pub(crate) mod own;
pub(crate) mod remove;

use domain::ids::BotId;
use domain::role::{DataScope, Role};
use serde::Serialize;

/// What an audit entry keeps of a member.
#[derive(Serialize)]
pub(crate) struct Noted<'a> {
    pub(crate) role: Role,
    pub(crate) bots: Option<&'a [BotId]>,
}

impl<'a> Noted<'a> {
    pub(crate) fn new(role: Role, data: &'a DataScope) -> Self {
        Self {
            role,
            bots: data.bots(),
        }
    }
}
