//! Routes about the sessions of the person who is logged in, and an operator's command about those of anybody.

pub(crate) mod end;
pub(crate) mod end_all;
pub(crate) mod end_others;
pub(crate) mod list;
pub(crate) mod renew;
