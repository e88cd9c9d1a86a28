//! What a workspace's plan lets it add: from our own copy, never from Stripe.

use domain::Timestamp;
use domain::billing::{Lapse, Meter, Standing, standing};
use http_kit::Problem;
use store::row::{SubscriptionRow, WorkspaceRow};

/// How a workspace stands, from its own row and its copy of what was bought. While a bank takes a payment back, nothing more is
/// spent for it, whatever else is paid.
pub fn standing_of(
    workspace: &WorkspaceRow,
    bought: Option<&SubscriptionRow>,
    now: Timestamp,
) -> Standing {
    if bought.is_some_and(|bought| !bought.disputes.is_empty()) {
        return Standing::Lapsed(Lapse::Disputed);
    }
    let copy = bought.and_then(SubscriptionRow::copy);
    standing(copy.as_ref(), workspace.created_at, now)
}

/// Refuses to add one more to what is there already. What is there stays, whatever the plan became.
///
/// # Errors
/// 409 `plan_limit`, with the cause and what helps.
pub fn require_room(standing: Standing, meter: Meter, used: usize) -> Result<(), Problem> {
    let allowed = standing.entitlements().of(meter);
    if u64::try_from(used).is_ok_and(|used| used < allowed) {
        return Ok(());
    }
    let remedy = match meter {
        Meter::Bots => "disconnect one",
        Meter::Seats => "remove a member or take an invitation back",
        Meter::Fans | Meter::AiMessages => "wait for the next month",
    };
    let what = match meter {
        Meter::Bots => "bots",
        Meter::Seats => "members, open invitations counted",
        Meter::Fans => "fans",
        Meter::AiMessages => "messages of Sofi a month",
    };
    Err(Problem::conflict(
        "plan_limit",
        format!(
            "The plan has room for {allowed} {what}. To add one, {remedy}, or have an owner choose a larger plan under Plan and billing."
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::billing::Plan;
    use domain::ids::TenantId;

    fn refused(standing: Standing, used: usize) -> Option<String> {
        match require_room(standing, Meter::Bots, used) {
            Err(Problem::Conflict { code, message }) => {
                assert_eq!(code, "plan_limit");
                Some(message.into_owned())
            }
            _ => None,
        }
    }

    #[test]
    fn the_last_one_that_a_plan_allows_may_be_added_and_no_further_one() {
        let standing = Standing::Active { plan: Plan::Studio };
        let allowed = Plan::Studio.offer().entitlements.bots;
        let allowed = usize::try_from(allowed).expect("a small number");
        assert_eq!(refused(standing, allowed - 1), None);
        let said = refused(standing, allowed).expect("refused");
        assert!(said.contains(&format!("room for {allowed} bots")), "{said}");
    }

    #[test]
    fn a_payment_that_a_bank_takes_back_stops_what_costs_something_until_that_is_settled() {
        let now = Timestamp::from_seconds(1_795_456_800);
        let tenant = TenantId::from_bytes([1; 16]);
        let workspace = WorkspaceRow::new(tenant, "Mira".into(), now);
        let customer = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let settled = standing_of(&workspace, Some(&customer), now);
        assert!(settled.allows_ai());
        let disputed = SubscriptionRow {
            disputes: ["dp_1".to_owned()].into(),
            ..customer
        };
        let standing = standing_of(&workspace, Some(&disputed), now);
        assert_eq!(standing, Standing::Lapsed(Lapse::Disputed));
        assert!(!standing.allows_ai());
    }

    #[test]
    fn a_lapsed_workspace_may_add_what_a_trial_may() {
        let lapsed = Standing::Lapsed(Lapse::TrialOver);
        assert_eq!(refused(lapsed, 0), None);
        assert!(refused(lapsed, 1_000).is_some());
    }
}
