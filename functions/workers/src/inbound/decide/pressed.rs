//! A press of a button under the privacy text: the same as the command that the button stands for.

use domain::alert::AlertAnswer;
use telegram::commands::FanCommand;
use telegram::{Callback, Content, Message};

use super::super::state::Chat;
use super::commanded::{carry_out, hear};
use super::{Decision, Facts, start, touch};

pub(super) fn pressed(before: &Chat, press: &Callback, facts: &Facts<'_>) -> Option<Decision> {
    let command = FanCommand::of_button(press.data.as_deref()?)?;
    let message = as_if_written(press, command)?;
    let mut decision = start(before);
    // Whoever is not known any more has nothing that the button could be about.
    let Some(mut head) = decision.after.head.take() else {
        return Some(decision);
    };
    let version = facts.version(message.date);
    let from = message.from.as_ref();
    touch(&mut decision.after.fan, from, message.chat.id, version);
    carry_out(command, &mut decision, &mut head, &message, version, facts);
    hear(&mut decision, &mut head, &message, facts);
    decision.after.head = Some(head);
    decision.press = Some(AlertAnswer {
        press: Some(press.id.clone()),
        message_id: message.message_id,
        // The answer comes as a message.
        notice: String::new(),
        closes: false,
    });
    Some(decision)
}

/// The press as the message that it stands for; Telegram gives a press no date.
fn as_if_written(press: &Callback, command: FanCommand) -> Option<Message> {
    Some(Message {
        chat: press.chat?,
        message_id: press.message_id?,
        date: 0,
        edit_date: None,
        from: Some(press.from.clone()),
        media_group_id: None,
        reply_to: None,
        is_forwarded: false,
        thread_id: None,
        content: Content::Text {
            text: format!("/{}", command.as_str()),
            entities: Vec::new(),
            command: None,
        },
        business: None,
    })
}
