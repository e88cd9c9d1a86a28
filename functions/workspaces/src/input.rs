//! What several routes take.

use domain::ids::BotId;
use domain::role::{DataScope, Role};
use http_kit::{FieldErrors, Problem};
use store::row::BotRow;
use store::{TenantDb, keys};
use tenancy::Reads;

use app::OrProblem;

/// Bots that a member can be narrowed to: as many as DynamoDB compares with at once.
const MOST_BOTS: usize = 50;

/// Checks that a role can see some bots only, and that there are not too many.
pub(crate) fn check_bots(errors: &mut FieldErrors, role: Option<Role>, bots: Option<&[BotId]>) {
    let Some(bots) = bots else {
        return;
    };
    if role.is_some_and(|role| !role.can_be_narrowed()) {
        errors.add(
            "bots",
            "not_for_this_role",
            "Owners and managers see all bots. Leave this out, or choose another role.",
        );
    }
    if bots.len() > MOST_BOTS {
        errors.add("bots", "too_many", "At most 50 bots can be named.");
    }
}

/// What a member may see, of bots that the workspace has.
///
/// # Errors
/// 400 when one of them is not a bot of this workspace.
pub(crate) async fn data_scope<R: Reads>(
    db: &TenantDb<R>,
    bots: Option<&[BotId]>,
) -> Result<DataScope, Problem> {
    let Some(bots) = bots else {
        return Ok(DataScope::AllBots);
    };
    let mut reads = db.read_many();
    let slots: Vec<_> = bots
        .iter()
        .map(|bot| reads.find::<BotRow>(&keys::bot(*bot)))
        .collect();
    let found = reads.send().await.or_problem()?;
    for slot in slots {
        if found.get(slot).or_problem()?.is_none() {
            return Err(Problem::invalid(
                "bots",
                "unknown_bot",
                "One of these is not a bot of this workspace.",
            ));
        }
    }
    let mut bots = bots.to_vec();
    bots.sort();
    bots.dedup();
    Ok(DataScope::Bots(bots))
}

/// The bots of a scope as the API shows them; null for all.
pub(crate) fn shown(data: &DataScope) -> Option<Vec<String>> {
    data.bots()
        .map(|bots| bots.iter().map(ToString::to_string).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(role: Option<Role>, bots: Option<&[BotId]>) -> Vec<String> {
        let mut errors = FieldErrors::new();
        check_bots(&mut errors, role, bots);
        match errors.finish() {
            Err(Problem::Invalid(errors)) => {
                errors.iter().map(|error| error.code.to_string()).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn only_chatters_and_analysts_are_narrowed_to_some_bots() {
        let bots = [BotId::from_bytes([1; 16])];
        assert_eq!(
            codes(Some(Role::Manager), Some(&bots)),
            ["not_for_this_role"]
        );
        assert!(codes(Some(Role::Chatter), Some(&bots)).is_empty());
        assert!(codes(Some(Role::Owner), None).is_empty());
        let many = vec![bots[0]; 51];
        assert_eq!(codes(Some(Role::Analyst), Some(&many)), ["too_many"]);
    }
}
