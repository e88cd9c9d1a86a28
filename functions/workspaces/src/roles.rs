//! `GET /api/v1/workspace/roles`: the matrix of roles and rights, made from the table that the checks use.

use domain::role::{Right, Role};
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use utoipa::ToSchema;

/// Who may do what.
#[derive(Serialize, ToSchema)]
pub(crate) struct RolesOut {
    /// Every right, with the roles that have it.
    rights: Vec<RightOut>,
}

/// Something that a member may do.
#[derive(Serialize, ToSchema)]
pub(crate) struct RightOut {
    /// Its name.
    right: &'static str,
    /// What it allows, in English.
    allows: &'static str,
    /// Whether an API token can have it.
    for_tokens: bool,
    /// The roles that have it, highest first.
    roles: Vec<Role>,
}

/// Tells what each role may do. Chatters and analysts can be narrowed to some bots; owners and managers see all.
#[utoipa::path(get, path = "/api/v1/workspace/roles", operation_id = "list_roles", tag = "workspaces",
    responses((status = 200, description = "The rights, each with the roles that have it.", body = RolesOut)))]
pub(crate) fn handle() -> Answer {
    http_kit::json(StatusCode::OK, &matrix())
}

fn matrix() -> RolesOut {
    let rights = Right::ALL.iter().map(|right| RightOut {
        right: right.as_str(),
        allows: right.says(),
        for_tokens: right.can_be_granted(),
        roles: Role::ALL
            .into_iter()
            .filter(|role| *role >= right.minimum())
            .collect(),
    });
    RolesOut {
        rights: rights.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_lists_every_right_and_an_owner_has_all() {
        let matrix = matrix();
        assert_eq!(matrix.rights.len(), Right::ALL.len());
        assert!(
            matrix
                .rights
                .iter()
                .all(|right| right.roles[0] == Role::Owner)
        );
        let managing = matrix
            .rights
            .iter()
            .find(|right| right.right == "manage_bots");
        assert_eq!(managing.map(|right| right.roles.len()), Some(2));
    }
}
