//! Kill plans: where to kill a function in the middle of an invocation.

use serde::{Deserialize, Serialize};

/// Where to kill a function, in the middle of an invocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KillPlan {
    /// Function name, logical id or handler; absent: any function.
    #[serde(default)]
    pub function: Option<String>,
    /// Kill before the Nth call of an invocation is carried out.
    #[serde(default)]
    pub before_call: Option<u32>,
    /// Kill after the Nth call of an invocation was carried out, before the function hears of it.
    #[serde(default)]
    pub after_call: Option<u32>,
    /// Count only this operation, as `service:Operation` (`dynamodb:TransactWriteItems`, `telegram:sendMessage`).
    /// Without `before_call` and `after_call` it means after the first such call.
    #[serde(default)]
    pub operation: Option<String>,
    /// How often; 1 when absent.
    #[serde(default = "once")]
    pub times: u32,
    /// Let this many matching moments pass first.
    #[serde(default)]
    pub skip: u32,
}

fn once() -> u32 {
    1
}

/// One kill that happened.
#[derive(Debug, Clone, Serialize)]
pub struct Kill {
    /// Function name.
    pub function: String,
    /// Invocation that was cut.
    pub request_id: String,
    /// `before` or `after`.
    pub moment: &'static str,
    /// Place of the call in the invocation, from 1.
    pub call: u32,
    /// The call, as `service:Operation`.
    pub operation: String,
}

/// Plans not yet used up.
#[derive(Debug, Default)]
pub(super) struct Plans(pub(super) Vec<KillPlan>);

impl Plans {
    /// Whether a plan asks for a kill now; uses it up by one.
    pub(super) fn take(
        &mut self,
        function: &str,
        moment: &str,
        place: u32,
        of_operation: u32,
        operation: &str,
    ) -> bool {
        let mut fired = None;
        for (index, plan) in self.0.iter_mut().enumerate() {
            if !plan.is_now(function, moment, place, of_operation, operation) {
                continue;
            }
            // Each plan counts on its own: a moment that one plan uses is a moment passed for the others.
            if plan.skip > 0 {
                plan.skip -= 1;
            } else if fired.is_none() {
                plan.times = plan.times.saturating_sub(1);
                fired = Some(index);
            }
        }
        if let Some(index) = fired
            && self.0[index].times == 0
        {
            self.0.remove(index);
        }
        fired.is_some()
    }
}

impl KillPlan {
    fn is_now(
        &self,
        function: &str,
        moment: &str,
        place: u32,
        of_operation: u32,
        operation: &str,
    ) -> bool {
        let counted = match &self.operation {
            Some(wanted) if wanted == operation => of_operation,
            Some(_) => return false,
            None => place,
        };
        let wanted = match (moment, self.before_call, self.after_call) {
            ("before", Some(at), _) | ("after", None, Some(at)) => at,
            ("after", None, None) if self.operation.is_some() => 1,
            _ => return false,
        };
        self.function
            .as_deref()
            .is_none_or(|wanted| wanted == function)
            && counted == wanted
    }
}

#[cfg(test)]
mod tests {
    use super::{KillPlan, Plans};

    fn plan() -> KillPlan {
        KillPlan {
            function: Some("f".into()),
            before_call: None,
            after_call: None,
            operation: None,
            times: 1,
            skip: 0,
        }
    }

    #[test]
    fn a_plan_fires_at_its_call_as_often_as_it_says_after_its_skips() {
        let mut plans = Plans::default();
        plans.0.push(KillPlan {
            after_call: Some(2),
            times: 2,
            skip: 1,
            ..plan()
        });
        assert!(
            !plans.take("f", "before", 2, 1, "sqs:SendMessage"),
            "wrong moment"
        );
        assert!(
            !plans.take("f", "after", 1, 1, "sqs:SendMessage"),
            "wrong call"
        );
        assert!(
            !plans.take("g", "after", 2, 1, "sqs:SendMessage"),
            "wrong function"
        );
        let outcomes: Vec<_> = (0..4)
            .map(|_| plans.take("f", "after", 2, 1, "sqs:SendMessage"))
            .collect();
        assert_eq!(outcomes, [false, true, true, false]);
        assert!(plans.0.is_empty());
    }

    #[test]
    fn a_plan_on_an_operation_counts_that_operation_alone() {
        let mut plans = Plans::default();
        plans.0.push(KillPlan {
            operation: Some("telegram:sendMessage".into()),
            ..plan()
        });
        assert!(!plans.take("f", "after", 1, 1, "dynamodb:Query"));
        assert!(plans.take("f", "after", 4, 1, "telegram:sendMessage"));
    }

    #[test]
    fn plans_for_the_same_moment_count_on_their_own() {
        let at = |skip| KillPlan {
            after_call: Some(1),
            skip,
            ..plan()
        };
        let mut plans = Plans(vec![at(1), at(3)]);
        let outcomes: Vec<_> = (0..5)
            .map(|_| plans.take("f", "after", 1, 1, "sqs:SendMessage"))
            .collect();
        assert_eq!(outcomes, [false, true, false, true, false]);
    }
}
