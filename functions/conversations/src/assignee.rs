//! Who is to deal with a conversation: whoever it was given to, as long as they are of the team and see its bot.
//!
//! The row of a conversation keeps an id when its person leaves or sees fewer bots: nothing would bound the rewriting of
//! all that somebody was given. So the id counts only together with the member's row, and goes with the next change.

use domain::ids::UserId;
use store::row::{ConversationRow, MemberRow};

/// The assignee, if one of these members is it. `team` holds at least the member whom the row names, if there is one.
pub(crate) fn of(row: &ConversationRow, team: &[MemberRow]) -> Option<UserId> {
    let is = |user: &UserId| {
        let mut named = team.iter().filter(|member| member.user == *user);
        named.any(|member| member.data.sees(row.bot))
    };
    row.assigned_to.filter(is)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::BotId;
    use domain::role::{DataScope, Role};

    fn member(id: u8, data: DataScope) -> MemberRow {
        let user = UserId::from_bytes([id; 16]);
        MemberRow {
            data,
            ..MemberRow::new(user, Role::Chatter, Timestamp::default())
        }
    }

    #[test]
    fn who_has_left_or_does_not_see_the_bot_any_more_is_nobody() {
        let user = UserId::from_bytes([4; 16]);
        let row = ConversationRow {
            assigned_to: Some(user),
            ..crate::entry::tests::head()
        };
        let (one, other) = (BotId::from_bytes([2; 16]), BotId::from_bytes([9; 16]));
        assert_eq!(of(&row, &[]), None);
        assert_eq!(of(&row, &[member(5, DataScope::AllBots)]), None);
        assert_eq!(of(&row, &[member(4, DataScope::Bots(vec![other]))]), None);
        let seen = member(4, DataScope::Bots(vec![one]));
        assert_eq!(of(&row, &[member(5, DataScope::AllBots), seen]), Some(user));
        let free = crate::entry::tests::head();
        assert_eq!(of(&free, &[member(4, DataScope::AllBots)]), None);
    }
}
