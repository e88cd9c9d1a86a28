//! How a turn is to end, and how the text of an end is dressed: disclosure in front, and not faster than somebody types.

use std::time::Duration;

use care::Care;
use domain::Timestamp;
use domain::sofi::{ReplyMode, TOO_LATE, TurnEnd};
use rules::identity::{self, Disclosure};
use store::row::TraceRow;

use super::ask;
use super::decide::may_promise;
use super::finish::Ending;
use super::load::View;
use super::turn::Desk;

/// Nobody answers sooner than this after reading.
const FIRST_PAUSE: Duration = Duration::from_millis(600);
/// Nobody types a character faster.
const PER_CHARACTER: Duration = Duration::from_millis(20);
/// Longer is no longer humane but slow.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// An end before it is dressed for its turn.
pub(crate) struct Plan {
    pub(crate) end: TurnEnd,
    pub(crate) reason: Option<&'static str>,
    pub(crate) text: Option<String>,
    pub(crate) discloses: bool,
    pub(crate) promises: bool,
    pub(crate) needs_person: bool,
    /// When the reply was begun.
    pub(crate) began: Timestamp,
    /// See [`Ending::refused`].
    pub(crate) refused: Option<(i64, i64)>,
    /// See [`Ending::care`].
    pub(crate) care: Option<Care>,
}

impl Plan {
    pub(crate) fn saying(text: String, reason: &'static str, began: Timestamp) -> Self {
        Self {
            end: TurnEnd::Replied,
            reason: Some(reason),
            text: Some(text),
            discloses: false,
            promises: false,
            needs_person: false,
            began,
            refused: None,
            care: None,
        }
    }

    /// In a chat where a person has the last word, a model's text is a draft.
    pub(crate) fn in_mode(self, mode: ReplyMode) -> Self {
        match mode {
            ReplyMode::Auto => self,
            ReplyMode::Draft | ReplyMode::Off => Self {
                end: TurnEnd::Drafted,
                ..self
            },
        }
    }
}

/// An end without a text.
pub(crate) fn handed_over(desk: &Desk<'_>, reason: &'static str, needs_person: bool) -> Plan {
    Plan {
        end: TurnEnd::HandedOver,
        reason: Some(reason),
        text: None,
        discloses: false,
        promises: false,
        needs_person,
        began: desk.app.clock.now(),
        refused: None,
        care: None,
    }
}

/// Care mode begins: a fixed text, a person, and nothing of a model's.
pub(crate) fn caring(desk: &Desk<'_>, care: Care) -> Plan {
    Plan {
        care: Some(care),
        ..handed_over(desk, "care", true)
    }
}

/// A person is needed; the fan is told so, if Sofi speaks here and has not said it lately.
pub(crate) fn promise(
    desk: &Desk<'_>,
    view: &View,
    mode: ReplyMode,
    reason: &'static str,
    text: String,
) -> Plan {
    let now = desk.app.clock.now();
    let said = mode == ReplyMode::Auto && may_promise(view, now);
    Plan {
        text: said.then_some(text),
        promises: said,
        ..handed_over(desk, reason, true)
    }
}

/// Puts the disclosure in front where it is due, and says when the text may go.
pub(crate) fn dress(view: &View, plan: Plan, mut trace: TraceRow) -> Ending {
    identity::VERSION.clone_into(&mut trace.rules_version);
    let mut discloses = plan.discloses && plan.text.is_some();
    let as_draft = plan.text.clone().map(|text| (text, discloses));
    let mut text = plan.text;
    if plan.end != TurnEnd::Drafted
        && !discloses
        && let Some(plain) = &text
        && let Some(form) = line_due(view.head.row.disclosed_at, trace.at)
    {
        let line = identity::disclosure(form, ask::language(view), &view.creator);
        text = Some(format!("{line}\n\n{plain}"));
        discloses = true;
    }
    let pause = text.as_deref().map_or(Duration::ZERO, pace);
    Ending {
        not_before: plan.began.plus(pause).max(trace.at),
        trace,
        text,
        as_draft,
        discloses,
        promises: plan.promises,
        needs_person: plan.needs_person,
        is_fixed: false,
        facts: Vec::new(),
        tokens: 0,
        refused: plan.refused,
        care: plan.care,
    }
}

/// The line in front of a reply of now: due where it would be by the latest moment at which the reply may leave.
fn line_due(disclosed: Option<Timestamp>, now: Timestamp) -> Option<Disclosure> {
    let latest = now.plus(LONGEST_PAUSE).plus(TOO_LATE);
    identity::disclosure_due(disclosed.map(Timestamp::seconds), latest.seconds())
}

/// How long somebody who types would take, from when the reply was begun.
fn pace(text: &str) -> Duration {
    let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    FIRST_PAUSE
        .saturating_add(PER_CHARACTER.saturating_mul(characters))
        .min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_takes_about_as_long_as_typing_it_and_never_long() {
        assert!(pace("ok") < Duration::from_secs(1));
        assert!(pace("ok") >= FIRST_PAUSE);
        assert_eq!(pace(&"a".repeat(4_000)), LONGEST_PAUSE);
    }

    #[test]
    fn a_reply_that_may_leave_a_day_after_the_last_disclosure_bears_one() {
        let told = Timestamp::from_seconds(1_000);
        let after = |wait| line_due(Some(told), told.plus(wait));
        let day = Duration::from_secs(24 * 3600);
        let minute = Duration::from_secs(60);
        assert_eq!(after(day - minute * 5), Some(Disclosure::Short));
        assert_eq!(after(day - TOO_LATE), Some(Disclosure::Short));
        assert_eq!(after(day - TOO_LATE - minute), None);
        assert_eq!(line_due(None, told), Some(Disclosure::Full));
    }
}
