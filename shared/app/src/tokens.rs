//! Tokens of the API: what they open, and how often they may ask.

use std::time::Duration;

use domain::Timestamp;
use http::{HeaderMap, HeaderName, HeaderValue};
use http_kit::{Access, Credential, Problem, Route};
use store::row::{ApiTokenUseRow, TokenGrant};

use crate::App;
use crate::problem::OrProblem;

/// Calls of one token in a window.
const CALLS: u32 = 600;
/// How long a window lasts.
const WINDOW: Duration = Duration::from_secs(60);

/// What a token has left, as draft-ietf-httpapi-ratelimit-headers-10 tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Calls with this one; `None` when this one was too many.
    used: Option<u32>,
    /// Until the next window.
    resets_in: Duration,
}

impl Allowance {
    /// # Errors
    /// 429 for a call that was too many.
    pub(crate) fn judge(&self) -> Result<(), Problem> {
        match self.used {
            Some(_) => Ok(()),
            None => Err(Problem::RateLimited {
                retry_after: self.resets_in,
            }),
        }
    }

    /// Writes `RateLimit-Policy` and `RateLimit`.
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        let left = self.used.map_or(0, |used| CALLS.saturating_sub(used));
        let (window, resets_in) = (WINDOW.as_secs(), self.resets_in.as_secs().max(1));
        for (name, value) in [
            (
                "ratelimit-policy",
                format!("\"token\";q={CALLS};w={window}"),
            ),
            ("ratelimit", format!("\"token\";r={left};t={resets_in}")),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

impl App {
    /// Counts one call of a token. One call to the database.
    pub(crate) async fn count_token(
        &self,
        grant: &TokenGrant,
        until: Timestamp,
    ) -> Result<Allowance, Problem> {
        let (first, resets_in) = first_use(grant, until, self.clock.now());
        let used = self.store.routing().count_use(&first, CALLS).await;
        Ok(Allowance {
            used: used.or_problem()?,
            resets_in,
        })
    }
}

/// The counter as the first call of this moment's window leaves it, and when the next window begins.
fn first_use(grant: &TokenGrant, until: Timestamp, now: Timestamp) -> (ApiTokenUseRow, Duration) {
    let length = i64::try_from(WINDOW.as_millis()).unwrap_or(i64::MAX);
    let into = now.millis().rem_euclid(length);
    let row = ApiTokenUseRow {
        token: grant.id,
        window: now.millis().div_euclid(length),
        used: 1,
        last_used_at: now,
        until,
    };
    (row, Duration::from_millis((length - into).unsigned_abs()))
}

/// Whether a route may be called with a token: one that asks for a right that the token was given, and for no proof of a
/// person. Tokens come in the header of programs; a browser never sends one by itself.
///
/// # Errors
/// 401 for one in a cookie, 403 for a route that it does not open.
pub(crate) fn admit(
    grant: &TokenGrant,
    route: &Route,
    credential: Credential,
) -> Result<(), Problem> {
    if credential != Credential::Bearer {
        return Err(Problem::Unauthenticated);
    }
    match route.access {
        Access::Session { right } if route.takes_tokens() => match grant.rights.contains(&right) {
            true => Ok(()),
            false => Err(Problem::forbidden(
                "token_lacks_right",
                format!(
                    "This token was not given the right \u{201C}{}\u{201D}. Make another one that has it.",
                    right.as_str()
                ),
            )),
        },
        _ => Err(Problem::forbidden(
            "person_required",
            "No token opens this: a person must log in for it.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::ApiTokenId;
    use domain::role::Right;

    fn grant(rights: &[Right]) -> TokenGrant {
        TokenGrant {
            id: ApiTokenId::from_bytes([1; 16]),
            rights: rights.to_vec(),
        }
    }

    fn route(access: Access) -> Route {
        Route::get("/api/v1/things", "things.list", "list_things", access)
    }

    fn code(rights: &[Right], route: &Route, credential: Credential) -> Option<&'static str> {
        admit(&grant(rights), route, credential)
            .err()
            .map(|problem| problem.code())
    }

    #[test]
    fn a_token_opens_the_routes_whose_right_it_was_given() {
        let reading = route(Access::Session {
            right: Right::ReadConversations,
        });
        let given = [Right::ReadConversations];
        assert_eq!(code(&given, &reading, Credential::Bearer), None);
        assert_eq!(
            code(&[], &reading, Credential::Bearer),
            Some("token_lacks_right")
        );
        assert_eq!(
            code(&given, &reading, Credential::Cookie),
            Some("unauthenticated")
        );
    }

    #[test]
    fn no_token_opens_what_is_for_people() {
        let all = Right::ALL;
        let dangerous = route(Access::Session {
            right: Right::ManageBots,
        })
        .step_up();
        for closed in [
            route(Access::Person),
            dangerous,
            route(Access::Session {
                right: Right::ManageTokens,
            }),
            route(Access::Session {
                right: Right::ReadTeam,
            }),
        ] {
            assert_eq!(
                code(all, &closed, Credential::Bearer),
                Some("person_required")
            );
        }
    }

    #[test]
    fn a_window_is_a_minute_of_the_clock() {
        let until = Timestamp::from_seconds(9_000);
        let (early, wait) = first_use(&grant(&[]), until, Timestamp::from_seconds(120));
        assert_eq!((early.window, early.used, wait.as_secs()), (2, 1, 60));
        let (late, wait) = first_use(&grant(&[]), until, Timestamp::from_seconds(179));
        assert_eq!((late.window, wait.as_secs()), (2, 1));
    }

    #[test]
    fn every_answer_tells_what_is_left_and_one_too_many_is_refused() {
        let mut headers = HeaderMap::new();
        let resets_in = Duration::from_secs(30);
        Allowance {
            used: Some(1),
            resets_in,
        }
        .tell(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"token\";q=600;w=60");
        assert_eq!(headers["ratelimit"], "\"token\";r=599;t=30");
        let over = Allowance {
            used: None,
            resets_in,
        };
        over.tell(&mut headers);
        assert_eq!(headers["ratelimit"], "\"token\";r=0;t=30");
        assert!(matches!(
            over.judge(),
            Err(Problem::RateLimited { retry_after }) if retry_after == resets_in
        ));
        assert!(
            Allowance {
                used: Some(600),
                resets_in
            }
            .judge()
            .is_ok()
        );
    }
}
