//! Each check in each state.

use super::*;
use crate::bot::tests::row;
use domain::Sealed;
use domain::ids::TenantId;

const NOW: Timestamp = Timestamp::from_seconds(10_000);

fn hook(bot: &BotRow) -> HookRow {
    HookRow {
        id: bot.hook,
        tenant: TenantId::from_bytes([1; 16]),
        bot: bot.id,
        secret_hash: Sealed::from_bytes(vec![1; 32]),
        previous_hash: None,
        previous_until: None,
    }
}

fn sender(bot: &BotRow, blocked_until: Option<i64>) -> SenderRow {
    SenderRow {
        tenant: TenantId::from_bytes([1; 16]),
        bot: bot.id,
        blocked_until: blocked_until.map(Timestamp::from_seconds),
    }
}

fn origin() -> Origin<'static> {
    Origin::test("https://hooks.example.org")
}

fn good(bot: &BotRow) -> WebhookInfo {
    WebhookInfo {
        url: origin().address(bot.hook),
        allowed_updates: ALLOWED_UPDATES
            .iter()
            .map(|kind| kind.as_str().to_owned())
            .collect(),
        ..WebhookInfo::default()
    }
}

fn checks(
    bot: &BotRow,
    hook: Option<&HookRow>,
    sender: Option<&SenderRow>,
    seen: &Seen,
) -> Vec<CheckOut> {
    Facts {
        now: NOW,
        bot,
        origin: &origin(),
        hook,
        sender,
        seen,
    }
    .checks()
}

fn find(checks: &[CheckOut], name: &str) -> (State, Option<Action>) {
    let check = checks
        .iter()
        .find(|check| check.check == name)
        .expect("a check of this name");
    assert_eq!(
        check.cause.is_none(),
        check.state == State::Green,
        "{name}: a cause whenever it is not green"
    );
    (check.state, check.fix.as_ref().map(|fix| fix.action))
}

fn with_webhook(info: WebhookInfo) -> Vec<CheckOut> {
    let bot = row(1, BotState::Connected);
    checks(
        &bot,
        Some(&hook(&bot)),
        None,
        &Seen {
            me: Ok(bot.telegram_id),
            webhook: Ok(info),
        },
    )
}

#[test]
fn a_bot_that_fares_well_is_green_all_over() {
    let bot = row(1, BotState::Connected);
    let seen = Seen {
        me: Ok(bot.telegram_id),
        webhook: Ok(good(&bot)),
    };
    let all = checks(
        &bot,
        Some(&hook(&bot)),
        Some(&sender(&bot, Some(9_999))),
        &seen,
    );
    assert_eq!(all.len(), 7);
    assert!(
        all.iter().all(|check| check.state == State::Green),
        "{all:?}"
    );
}

#[test]
fn a_dead_token_is_red_and_rotated() {
    let bot = row(1, BotState::Connected);
    let all = checks(
        &bot,
        Some(&hook(&bot)),
        None,
        &Seen {
            me: Err(Trouble::TokenDead),
            webhook: Err(Trouble::TokenDead),
        },
    );
    assert_eq!(
        find(&all, "token_valid"),
        (State::Red, Some(Action::Rotate))
    );
    assert_eq!(find(&all, "webhook_set"), (State::Unknown, None));
}

#[test]
fn a_telegram_that_does_not_answer_turns_checks_unknown_and_not_red() {
    let bot = row(1, BotState::Connected);
    for trouble in [Trouble::Unreachable, Trouble::Limited(35), Trouble::Refused] {
        let all = checks(
            &bot,
            Some(&hook(&bot)),
            None,
            &Seen {
                me: Err(trouble),
                webhook: Err(trouble),
            },
        );
        for name in [
            "token_valid",
            "webhook_set",
            "allowed_updates",
            "delivery",
            "pending_updates",
        ] {
            assert_eq!(
                find(&all, name),
                (State::Unknown, None),
                "{trouble:?} {name}"
            );
        }
        assert_eq!(find(&all, "webhook_secret"), (State::Green, None));
    }
}

#[test]
fn a_missing_or_foreign_webhook_is_red_and_repaired() {
    let bot = row(1, BotState::Connected);
    for url in [
        "",
        "https://bots.example.net/hook",
        "https://hooks.example.org/hooks/telegram/other",
    ] {
        let all = with_webhook(WebhookInfo {
            url: url.into(),
            ..good(&bot)
        });
        assert_eq!(
            find(&all, "webhook_set"),
            (State::Red, Some(Action::Repair)),
            "{url}"
        );
    }
}

#[test]
fn a_shorter_list_of_updates_is_red_and_repaired() {
    let bot = row(1, BotState::Connected);
    for allowed in [vec![], vec!["message".to_owned()]] {
        let all = with_webhook(WebhookInfo {
            allowed_updates: allowed,
            ..good(&bot)
        });
        assert_eq!(
            find(&all, "allowed_updates"),
            (State::Red, Some(Action::Repair))
        );
    }
}

#[test]
fn a_refused_secret_is_red_and_repaired_and_a_failure_of_ours_is_red_without_a_button() {
    let bot = row(1, BotState::Connected);
    let failing = |words: &str| {
        with_webhook(WebhookInfo {
            pending_update_count: 3,
            last_error_date: Some(9_990),
            last_error_message: Some(words.into()),
            ..good(&bot)
        })
    };
    for (words, fix) in [
        ("401 Unauthorized", Some(Action::Repair)),
        ("Wrong response from the webhook: 500", None),
    ] {
        assert_eq!(
            find(&failing(words), "delivery"),
            (State::Red, fix),
            "{words}"
        );
        assert_eq!(
            find(&failing(words), "pending_updates"),
            (State::Red, fix),
            "{words}"
        );
    }
}

#[test]
fn an_unknown_address_here_is_red_and_repaired() {
    let bot = row(1, BotState::Connected);
    let all = checks(
        &bot,
        None,
        None,
        &Seen {
            me: Ok(bot.telegram_id),
            webhook: Ok(good(&bot)),
        },
    );
    assert_eq!(
        find(&all, "webhook_secret"),
        (State::Red, Some(Action::Repair))
    );
}

#[test]
fn a_paused_sender_is_red_until_the_pause_ends() {
    let bot = row(1, BotState::Connected);
    let seen = Seen {
        me: Ok(bot.telegram_id),
        webhook: Ok(good(&bot)),
    };
    let state = |until| {
        find(
            &checks(&bot, Some(&hook(&bot)), Some(&sender(&bot, until)), &seen),
            "sending_allowed",
        )
    };
    assert_eq!(state(Some(10_001)), (State::Red, None));
    assert_eq!(state(Some(10_000)), (State::Green, None));
    assert_eq!(state(None), (State::Green, None));
}

#[test]
fn a_bot_that_was_suspended_is_not_healthy_though_telegram_takes_its_token_by_now() {
    let bot = row(1, BotState::TokenDead);
    let state = |me| {
        let seen = Seen {
            me,
            webhook: Ok(good(&bot)),
        };
        find(
            &checks(&bot, Some(&hook(&bot)), None, &seen),
            "sending_allowed",
        )
    };
    let works = Ok(bot.telegram_id);
    assert_eq!(state(works), (State::Red, Some(Action::Repair)));
    for refused in [Err(Trouble::TokenDead), Err(Trouble::Unreachable)] {
        assert_eq!(state(refused), (State::Red, Some(Action::Rotate)));
    }
}

#[test]
fn a_bot_of_a_workspace_that_closes_sends_nothing() {
    let bot = row(1, BotState::Stopped);
    let seen = Seen {
        me: Ok(bot.telegram_id),
        webhook: Ok(good(&bot)),
    };
    let all = checks(&bot, Some(&hook(&bot)), None, &seen);
    assert_eq!(find(&all, "sending_allowed"), (State::Red, None));
}

#[test]
fn a_disconnected_bot_is_connected_again() {
    let bot = row(1, BotState::Disconnected);
    let all = checks(
        &bot,
        None,
        None,
        &Seen {
            me: Err(Trouble::NoToken),
            webhook: Err(Trouble::NoToken),
        },
    );
    assert_eq!(
        find(&all, "token_valid"),
        (State::Red, Some(Action::Reconnect))
    );
    assert_eq!(find(&all, "webhook_secret"), (State::Unknown, None));
    assert_eq!(find(&all, "sending_allowed"), (State::Unknown, None));
}
