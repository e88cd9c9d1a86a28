//! Roles as types: what a handler may do is written in its scope.

use domain::role::Role;

mod sealed {
    pub trait Sealed {}
}

/// A role that a scope can carry. Sealed: the list below is complete.
pub trait RoleType: sealed::Sealed + Send + Sync + 'static {
    /// The lowest member role that may hold such a scope; `None` for scopes that no member can hold.
    const MINIMUM: Option<Role>;
}

/// May read the tenant's rows.
pub trait Reads: RoleType {}
/// May write the tenant's rows; what exactly is the handler's decision and the role policy's limit.
pub trait Writes: Reads {}
/// May answer fans, tag them and write notes.
pub trait Chats: Writes {}
/// May connect bots.
pub trait Manages: Chats {}
/// May accept contracts and close the workspace.
pub trait Owns: Manages {}
/// A queue worker: reads and writes what its job needs.
pub trait Works: Writes {}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident: $minimum:expr, [$($right:ident),*];)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}
        impl sealed::Sealed for $name {}
        impl RoleType for $name {
            const MINIMUM: Option<Role> = $minimum;
        }
        $(impl $right for $name {})*
    )+};
}

roles! {
    /// Any member.
    Reader: Some(Role::Analyst), [Reads];
    /// A chatter or higher.
    Chatter: Some(Role::Chatter), [Reads, Writes, Chats];
    /// A manager or higher.
    Manager: Some(Role::Manager), [Reads, Writes, Chats, Manages];
    /// An owner.
    Owner: Some(Role::Owner), [Reads, Writes, Chats, Manages, Owns];
    /// A member of any role, about to leave. For that alone: the role policy of the route is the limit.
    Leaver: Some(Role::Analyst), [Reads, Writes];
    /// Invited, and about to be a member.
    Joiner: None, [Reads, Writes];
    /// Nobody yet: may leave a notice for somebody whose address was named.
    Notifier: None, [Reads, Writes];
    /// One of our staff, looking at what a workspace is made of.
    Overseer: None, [Reads, Writes];
    /// One of our staff who sees to requests for data that reached us. The role policy of each route is the limit.
    Officer: None, [Reads, Writes];
    /// A queue worker.
    Worker: None, [Reads, Writes, Works];
}
