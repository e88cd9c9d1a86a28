//! What a member of a workspace may do: roles, and the rights of each in words.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::BotId;

/// A member's role. Later variants include the rights of earlier ones.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads figures and conversations, changes nothing.
    Analyst,
    /// Answers fans, tags them and writes notes.
    Chatter,
    /// Connects bots and manages the team's work.
    Manager,
    /// Owns the workspace: accepts its contracts, closes it.
    Owner,
}

impl Role {
    /// Every role, highest first.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Manager, Self::Chatter, Self::Analyst];

    /// Whether the role can be narrowed to some bots. Who manages or owns a workspace answers for all of it.
    pub const fn can_be_narrowed(self) -> bool {
        matches!(self, Self::Analyst | Self::Chatter)
    }
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident => $word:literal, $minimum:ident, $says:literal;)+) => {
        /// Something that a member may do. Routes ask for a right, and the right knows the least role that has it: this
        /// one table makes the checks and the matrix that people read.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Right {
            $($(#[$doc])* $name,)+
        }

        impl Right {
            /// Every right, as the matrix lists them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The least role that has it.
            pub const fn minimum(self) -> Role {
                match self {
                    $(Self::$name => Role::$minimum,)+
                }
            }

            /// Whether a token of the API can have it. What decides who belongs to the team, binds the workspace, is about its
            /// money or makes further tokens is for people who prove who they are.
            pub const fn can_be_granted(self) -> bool {
                !matches!(
                    self,
                    Self::ReadTeam
                        | Self::HearAlerts
                        | Self::InviteMembers
                        | Self::ManageMembers
                        | Self::ManageTokens
                        | Self::HandlePrivacy
                        | Self::ReadBilling
                        | Self::ManageBilling
                        | Self::AcceptContracts
                        | Self::CloseWorkspace
                )
            }

            /// Its name for programs.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// What it allows, for people.
            pub const fn says(self) -> &'static str {
                match self {
                    $(Self::$name => $says,)+
                }
            }
        }
    };
}

rights! {
    /// Conversations, messages, fans.
    ReadConversations => "read_conversations", Analyst, "Read conversations, drafts and fans";
    /// Bots and settings, without changing them.
    ReadSettings => "read_settings", Analyst, "See bots, what Sofi does for them, and what it costs";
    /// The members of the workspace.
    ReadTeam => "read_team", Analyst, "See who belongs to the team, and leave it";
    /// Answers, drafts, take-overs, care.
    AnswerFans => "answer_fans", Chatter, "Answer fans, decide on drafts, take conversations over";
    /// Alerts in the member's own Telegram chat.
    HearAlerts => "hear_alerts", Chatter, "Hear in their own Telegram chat of what waits, and answer from there";
    /// Tags, notes, facts.
    KeepNotes => "keep_notes", Chatter, "Tag fans, write notes, correct what Sofi remembers";
    /// Persona, modes, vendors, budget.
    ManageSofi => "manage_sofi", Manager, "Change Sofi's voice, modes, vendors and budget";
    /// Connecting, rotating, repairing, disconnecting; parked updates.
    ManageBots => "manage_bots", Manager, "Connect, repair and disconnect bots";
    /// Invitations.
    InviteMembers => "invite_members", Manager, "Invite people to a lower role (owners to any), and take invitations back";
    /// Tokens of the API.
    ManageTokens => "manage_tokens", Manager, "Make tokens for programs, see which there are, and end them";
    /// Requests about personal data.
    HandlePrivacy => "handle_privacy", Manager, "Export all data of the workspace or of one fan, erase fans, set how long fans are kept, bring fans in from files, and see what became of requests about personal data";
    /// The audit log.
    ReadAudit => "read_audit", Manager, "Read and export the audit log";
    /// Plan, usage, invoices.
    ReadBilling => "read_billing", Manager, "See the plan, what is used of it, and invoices";
    /// Buying, cancelling, withdrawing; Stripe's pages about them.
    ManageBilling => "manage_billing", Owner, "Buy, change, cancel and withdraw from a plan";
    /// Roles and bots of members, their removal.
    ManageMembers => "manage_members", Owner, "Change roles, choose which bots a member sees, remove members";
    /// Contracts of the workspace.
    AcceptContracts => "accept_contracts", Owner, "Accept the data processing agreement and other contracts";
    /// The end of the workspace.
    CloseWorkspace => "close_workspace", Owner, "Close the workspace, and take that back";
}

/// What one of our staff was appointed for. Both see what a workspace is made of and never what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Helps creators whose workspace does not work as it should.
    Support,
    /// Sees to requests about personal data.
    Compliance,
}

/// For so long at most somebody stands in for those who see to requests about personal data; whoever appoints them says so
/// anew after it.
pub const DEPUTY_LASTS: Duration = Duration::from_secs(14 * 86_400);

impl StaffRole {
    /// The word that is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Compliance => "compliance",
        }
    }
}

/// Which bots of a workspace somebody may see: their conversations, fans and settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataScope {
    /// All of them, future ones too.
    #[default]
    AllBots,
    /// These and no other.
    Bots(Vec<BotId>),
}

impl DataScope {
    /// Whether a bot, and what belongs to it, is within the scope.
    pub fn sees(&self, bot: BotId) -> bool {
        match self {
            Self::AllBots => true,
            Self::Bots(bots) => bots.contains(&bot),
        }
    }

    /// The bots it is narrowed to, if it is.
    pub fn bots(&self) -> Option<&[BotId]> {
        match self {
            Self::AllBots => None,
            Self::Bots(bots) => Some(bots),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_role_has_every_right_of_a_lower_one() {
        for pair in Role::ALL.windows(2) {
            for right in Right::ALL {
                assert!(pair[1] < right.minimum() || pair[0] >= right.minimum());
            }
        }
    }

    #[test]
    fn rights_have_names_of_their_own() {
        let names: std::collections::BTreeSet<_> = Right::ALL.iter().map(|r| r.as_str()).collect();
        assert_eq!(names.len(), Right::ALL.len());
        for right in Right::ALL {
            let stored = serde_json::to_value(right).expect("a word");
            assert_eq!(stored, right.as_str());
        }
    }

    #[test]
    fn a_narrowed_scope_sees_its_bots_and_no_other() {
        let [mine, other] = [1, 2].map(|byte| BotId::from_bytes([byte; 16]));
        let scope = DataScope::Bots(vec![mine]);
        assert!(scope.sees(mine) && !scope.sees(other));
        assert!(DataScope::AllBots.sees(other));
        assert!(!DataScope::Bots(Vec::new()).sees(mine));
    }
}
