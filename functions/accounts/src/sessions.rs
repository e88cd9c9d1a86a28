//! Routes about the sessions of the person who is logged in.

pub(crate) mod end;
pub(crate) mod end_others;
pub(crate) mod list;
pub(crate) mod renew;
