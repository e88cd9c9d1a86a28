//! The routes of this crate.

use domain::role::Right;
use http_kit::{Access, Route};

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    ROLES,
    CREATE,
    MEMBERS,
    UPDATE,
    REMOVE,
    LEAVE,
    UPDATE_CURRENT,
    INVITATIONS,
    INVITE,
    REVOKE,
    ACCEPT,
    TOKENS,
    CREATE_TOKEN,
    REVOKE_TOKEN,
    CLOSE,
    REOPEN,
];

const TEAM: Access = Access::Session {
    right: Right::ReadTeam,
};
const MANAGE: Access = Access::Session {
    right: Right::ManageMembers,
};
const HEARING: Access = Access::Session {
    right: Right::HearAlerts,
};
const INVITING: Access = Access::Session {
    right: Right::InviteMembers,
};
const TOKENING: Access = Access::Session {
    right: Right::ManageTokens,
};
const CLOSING: Access = Access::Session {
    right: Right::CloseWorkspace,
};
const FORM: usize = 16 * 1024;

pub(crate) const ROLES: Route = Route::get(
    "/api/v1/workspace/roles",
    "workspaces.roles",
    "list_roles",
    Access::Public,
);
pub(crate) const CREATE: Route = Route::post(
    "/api/v1/workspaces",
    "workspaces.create",
    "create_workspace",
    Access::Person,
)
.max_body(FORM);
pub(crate) const MEMBERS: Route = Route::get(
    "/api/v1/workspace/members",
    "workspaces.members",
    "list_members",
    TEAM,
);
pub(crate) const UPDATE: Route = Route::patch(
    "/api/v1/workspace/members/{user_id}",
    "workspaces.update-member",
    "update_member",
    MANAGE,
)
.max_body(FORM)
.step_up();
pub(crate) const REMOVE: Route = Route::delete(
    "/api/v1/workspace/members/{user_id}",
    "workspaces.remove-member",
    "delete_member",
    MANAGE,
)
.step_up();
pub(crate) const LEAVE: Route = Route::delete(
    "/api/v1/workspace/members/current",
    "workspaces.leave",
    "delete_current_member",
    TEAM,
);
pub(crate) const UPDATE_CURRENT: Route = Route::patch(
    "/api/v1/workspace/members/current",
    "workspaces.update-current-member",
    "update_current_member",
    HEARING,
)
.max_body(FORM);
pub(crate) const INVITATIONS: Route = Route::get(
    "/api/v1/workspace/invitations",
    "workspaces.invitations",
    "list_invitations",
    INVITING,
);
pub(crate) const INVITE: Route = Route::post(
    "/api/v1/workspace/invitations",
    "workspaces.invite",
    "create_invitation",
    INVITING,
)
.max_body(FORM);
pub(crate) const REVOKE: Route = Route::delete(
    "/api/v1/workspace/invitations/{invitation_id}",
    "workspaces.revoke",
    "delete_invitation",
    INVITING,
);
pub(crate) const ACCEPT: Route = Route::post(
    "/api/v1/workspace/invitations/acceptances",
    "workspaces.accept",
    "create_invitation_acceptance",
    Access::Person,
)
.max_body(FORM);
pub(crate) const TOKENS: Route = Route::get(
    "/api/v1/workspace/tokens",
    "workspaces.tokens",
    "list_api_tokens",
    TOKENING,
);
pub(crate) const CREATE_TOKEN: Route = Route::post(
    "/api/v1/workspace/tokens",
    "workspaces.create-token",
    "create_api_token",
    TOKENING,
)
.max_body(FORM)
.step_up();
pub(crate) const REVOKE_TOKEN: Route = Route::delete(
    "/api/v1/workspace/tokens/{token_id}",
    "workspaces.revoke-token",
    "delete_api_token",
    TOKENING,
);

pub(crate) const CLOSE: Route = Route::post(
    "/api/v1/workspace/closing",
    "workspaces.close",
    "close_workspace",
    CLOSING,
)
.max_body(FORM)
.step_up()
.while_closing();
pub(crate) const REOPEN: Route = Route::delete(
    "/api/v1/workspace/closing",
    "workspaces.reopen",
    "delete_workspace_closing",
    CLOSING,
)
.while_closing();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_well_formed() {
        assert_eq!(http_kit::check_routes(ROUTES), Ok(()));
    }
}
