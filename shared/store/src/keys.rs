//! Every key shape, in one place: the only code that writes `#`.
//!
//! Keys hold ids, fixed-width numbers, times and keyed hashes; never free text. Partition keys below are without the
//! prefix `T#<tenant>#`, which the handle adds from its scope. The snapshot test at the end is the schema document's
//! source (`infra/docs/access-patterns.md`).

mod access;
mod audit;
mod billing;
mod conversations;
mod fans;
mod mail;
mod privacy;
mod sofi;

use domain::Timestamp;
use domain::ids::{
    ApiTokenId, BotId, BusinessAccountId, FanId, HookId, InvitationId, MessageId, ParkedId,
    TenantId, UserId,
};
use domain::message::Lane;

pub use access::*;
pub use audit::*;
pub use billing::{
    BILLING, INVOICES, STRIPE_EVENTS, checkout, invoice, reconciliation, stripe_customer,
    stripe_event, subscription,
};
pub(crate) use billing::{RECONCILIATION_MARK, due_reconciliation};
pub use conversations::*;
pub use fans::*;
pub(crate) use mail::{due_notice, no_bot, notice_of};
pub use mail::{mail_trouble, notice, suppression};
pub use privacy::{
    COMPLIANCE, ERASED, ERASURES, EXPORTS, OWN_EXPORTS, REQUESTS, closed, closing,
    compliance_request, erased, erasure, export, fan_exports, holder, holders_of, own_export,
    privacy_request, retention, tombstone,
};
pub(crate) use privacy::{
    RETENTION_MARK, closing_of, due_closing, due_erasure, due_export, due_retention, erased_entry,
    erased_of, erased_on, erasure_of, export_of,
};
pub use sofi::*;

/// Lists and logs are spread over this many partitions from the first day and merged on read.
pub const SHARDS: u8 = 4;

pub(crate) const ROUTING_PREFIX: &str = "R#";
pub(crate) const DUE_PREFIX: &str = "D#";

/// A key without its tenant prefix.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LocalKey {
    /// Partition key.
    pub pk: String,
    /// Sort key.
    pub sk: String,
}

fn key(pk: impl Into<String>, sk: impl Into<String>) -> LocalKey {
    LocalKey {
        pk: pk.into(),
        sk: sk.into(),
    }
}

pub(crate) fn tenant_prefix(tenant: TenantId) -> String {
    format!("T#{}#", tenant.suffix())
}

/// Milliseconds in thirteen digits sort until the year 2286.
fn moment(at: Timestamp) -> String {
    format!("{:013}", at.millis().max(0))
}

/// The shard of something by its id: stable, even, and not readable from outside.
pub fn shard(id: [u8; 16]) -> u8 {
    id[15] % SHARDS
}

/// The workspace's own row.
pub fn workspace() -> LocalKey {
    key("WORKSPACE", "HEAD")
}

/// One member of the workspace.
pub fn member(user: UserId) -> LocalKey {
    key("WORKSPACE", format!("{MEMBER}{}", user.suffix()))
}

/// First part of the sort key of a workspace's members.
pub const MEMBER: &str = "MEMBER#";

/// First part of the sort key of a workspace's invitations.
pub const INVITATION: &str = "INVITATION#";

/// One invitation to the workspace.
pub fn invitation(invitation: InvitationId) -> LocalKey {
    key("WORKSPACE", format!("{INVITATION}{}", invitation.suffix()))
}

/// First part of the sort key of a workspace's API tokens.
pub const API_TOKEN: &str = "TOKEN#";

/// One token of the workspace's API.
pub fn api_token(token: ApiTokenId) -> LocalKey {
    key("WORKSPACE", format!("{API_TOKEN}{}", token.suffix()))
}

/// One acceptance of a document's version; in a workspace or in a person's account.
pub fn agreement(document: &str, version: &str) -> LocalKey {
    key("AGREEMENTS", format!("{document}#{version}"))
}

/// A person's account, in the person's own partition.
pub fn account() -> LocalKey {
    key("ACCOUNT", "HEAD")
}

/// Partition of a tenant's bots.
pub const BOTS: &str = "BOTS";

/// One bot; all bots of a tenant are one collection.
pub fn bot(bot: BotId) -> LocalKey {
    key(BOTS, bot.suffix())
}

/// Partition of the accounts that are connected to a bot.
pub fn business_of(bot: BotId) -> String {
    format!("BUSINESS#{}", bot.suffix())
}

/// Beginning of the connections among them.
pub const BUSINESS_LINKS: &str = "LINK#";

/// An account whose owner has connected a bot.
pub fn business_account(bot: BotId, account: BusinessAccountId) -> LocalKey {
    key(business_of(bot), format!("ACCOUNT#{}", account.suffix()))
}

/// Whose a connection is, by the mark of Telegram's id of it.
pub fn business_link(bot: BotId, mark: &str) -> LocalKey {
    key(business_of(bot), format!("{BUSINESS_LINKS}{mark}"))
}

/// The tenant's wrapped key.
pub fn tenant_key() -> LocalKey {
    key("KEYS", "TENANT")
}

/// A fan's wrapped key.
pub fn fan_key(fan: FanId) -> LocalKey {
    key(format!("FANKEY#{}", fan.suffix()), "KEY")
}

/// The mark of a processed update.
pub fn update(bot: BotId, update_id: i64) -> LocalKey {
    key(format!("UPD#{}#{update_id}", bot.suffix()), "SEEN")
}

/// Partition of a bot's outbox.
pub fn outbox_of(bot: BotId) -> String {
    format!("OUT#{}", bot.suffix())
}

/// An outbox row: lane first, then time.
pub fn outbox(bot: BotId, lane: Lane, at: Timestamp, message: MessageId) -> LocalKey {
    key(
        outbox_of(bot),
        format!("{}#{}#{}", lane.digit(), moment(at), message.suffix()),
    )
}

/// A bot's sending state.
pub fn sender(bot: BotId) -> LocalKey {
    key(format!("SENDER#{}", bot.suffix()), "STATE")
}

/// Partition of a bot's parked updates.
pub fn parked_of(bot: BotId) -> String {
    format!("PARKED#{}", bot.suffix())
}

/// One parked update.
pub fn parked(bot: BotId, parked: ParkedId) -> LocalKey {
    key(parked_of(bot), parked.suffix())
}

/// The answer kept for an Idempotency-Key; `hash` is hex of a hash over caller, route and key.
pub fn idempotency(hash: &str) -> LocalKey {
    key(format!("IDEM#{hash}"), "ANSWER")
}

/// A login, found by the keyed hash of its normalised address.
pub fn login(email_hash: &str) -> LocalKey {
    key(format!("EMAIL#{email_hash}"), "LOGIN")
}

/// A session, found by the hash of its token.
pub fn session(token_hash: &str) -> LocalKey {
    key(format!("SESSION#{token_hash}"), "SESSION")
}

/// A webhook, found by the id in its address.
pub fn hook(hook: HookId) -> LocalKey {
    key(format!("HOOK#{}", hook.suffix()), "HOOK")
}

/// Who has connected a Telegram bot.
pub fn bot_claim(telegram_bot_id: i64) -> LocalKey {
    key(format!("BOT#{telegram_bot_id}"), "CLAIM")
}

/// A sealed platform secret.
pub fn platform_secret(name: &str) -> LocalKey {
    key(format!("PLATFORM#{name}"), "SECRET")
}

/// What the due index points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// When `tick` should look.
    pub at: Timestamp,
    /// Whose work: `<tenant>#<bot>`, ids only.
    pub tenant: TenantId,
    /// The bot to ring.
    pub bot: BotId,
    /// Makes the entry unique.
    pub unique: String,
}

pub(crate) fn due(due: &Due) -> LocalKey {
    let shard = shard(due.bot.to_bytes());
    let sort = format!(
        "{}#{}#{}#{}",
        moment(due.at),
        due.tenant.suffix(),
        due.bot.suffix(),
        due.unique
    );
    key(due_of(shard, due.at.day()), sort)
}

/// What is due on a day, in one shard of the due index.
pub(crate) fn due_of(shard: u8, day: i64) -> String {
    format!("{DUE_PREFIX}{shard}#{day}")
}

/// Sort keys between which everything lies that is due within these two moments, both included.
pub(crate) fn due_between(from: Timestamp, to: Timestamp) -> (String, String) {
    // What follows a moment begins with `#`.
    (moment(from), format!("{}~", moment(to)))
}

/// Where `tick` remembers how far it has looked; no tenant's row.
pub(crate) fn tick_cursor() -> LocalKey {
    key(format!("{DUE_PREFIX}TICK"), "CURSOR")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{
        AuditEntryId, ConversationId, FactId, NoteId, PrivacyRequestId, RegistrationId,
        SavedReplyId, SessionId,
    };
    use domain::sofi::VendorName;

    #[test]
    fn the_key_shapes_are_those_of_the_schema_document() {
        let (bot_id, cnv, msg) = (
            BotId::from_bytes([1; 16]),
            ConversationId::from_bytes([2; 16]),
            MessageId::from_bytes([3; 16]),
        );
        let (fan_id, user, hook_id) = (
            FanId::from_bytes([4; 16]),
            UserId::from_bytes([5; 16]),
            HookId::from_bytes([6; 16]),
        );
        let (parked_id, at) = (
            ParkedId::from_bytes([7; 16]),
            Timestamp::from_millis(1_795_456_800_123),
        );
        let tenant = TenantId::from_bytes([8; 16]);
        let entry = AuditEntryId::from_bytes([11; 16]);
        let due_entry = Due {
            at,
            tenant,
            bot: bot_id,
            unique: "u".into(),
        };
        let verify = domain::notice::NoticeId::parse("verify-7").expect("an id");
        let due_mail = Due {
            bot: no_bot(tenant),
            unique: due_notice(domain::notice::MailLane::Security, &verify),
            ..due_entry.clone()
        };
        let request = PrivacyRequestId::from_bytes([17; 16]);
        let shapes = [
            workspace(),
            member(user),
            saved_reply(SavedReplyId::from_bytes([16; 16])),
            saved_replies(),
            agreement("dpa", "2026-11-23"),
            account(),
            bot(bot_id),
            business_account(bot_id, BusinessAccountId::from_bytes([10; 16])),
            business_link(bot_id, "ab"),
            conversation(cnv),
            inbox(cnv, at),
            message(cnv, 42),
            unsent(cnv, at, msg),
            note(cnv, NoteId::from_bytes([15; 16])),
            waiting(cnv, 42, Waiting::Edit),
            waiting(cnv, 42, Waiting::Reaction),
            fan(fan_id),
            fan_entry(&FanList::All, at, fan_id),
            fan_entry(&FanList::Bot(bot_id), at, fan_id),
            fan_entry(&FanList::Named("ab".into()), at, fan_id),
            fan_entry(&FanList::Tagged("ab".into()), at, fan_id),
            tag("ab"),
            ai_limits(),
            sofi(bot_id),
            persona(bot_id, 3),
            persona_in_use(bot_id),
            draft(cnv),
            trace(cnv, msg),
            fact(fan_id, FactId::from_bytes([9; 16])),
            consent(
                fan_id,
                at,
                domain::consent::ConsentPurpose::Marketing,
                domain::consent::ConsentAct::Objected,
            ),
            care(at, "u"),
            turn(cnv),
            answered(cnv),
            hold(cnv),
            answering(cnv),
            spend(20_780, 1),
            ai_month(682, 1),
            vendor(VendorName::Xai),
            tenant_key(),
            fan_key(fan_id),
            update(bot_id, 7),
            outbox(bot_id, Lane::Ai, at, msg),
            queued(cnv, msg),
            alert(cnv, 42),
            sender(bot_id),
            event(cnv, at, "u"),
            parked(bot_id, parked_id),
            idempotency("ab"),
            audit(at, entry),
            chained(at, entry),
            chain(42),
            unchained(at, entry),
            anchor(20_780),
            anchor_again(),
            login("ab"),
            session("ab"),
            hook(hook_id),
            bot_claim(99),
            platform_secret("pepper"),
            user_login(user),
            user_session(user, SessionId::from_bytes([11; 16])),
            email_change(user),
            email_undos(user),
            passkeys(user),
            passkey_claim("ab"),
            passkey_challenge("ab"),
            throttle(Throttled::Account, "ab"),
            device("ab"),
            registration(RegistrationId::from_bytes([12; 16])),
            password_reset("ab"),
            challenge("ab"),
            second_factor(),
            usage_word(at, domain::consent::ConsentAct::Objected),
            invitation(InvitationId::from_bytes([13; 16])),
            invitation_link("ab"),
            api_token(ApiTokenId::from_bytes([14; 16])),
            api_token_use(ApiTokenId::from_bytes([14; 16])),
            staff(user),
            hearing(user),
            notice(&verify),
            suppression("ab"),
            mail_trouble(),
            privacy_request(request),
            compliance_request(request),
            tombstone("ab"),
            holder("ab", tenant),
            erasure(request),
            erased(request),
            export(request),
            own_export(request),
            retention(),
            fan_exports(fan_id),
            closing(),
            closed(tenant),
            subscription(),
            checkout(),
            invoice(at, &"in_1".parse().expect("an id")),
            stripe_customer(&"cus_1".parse().expect("an id")),
            stripe_event(&"evt_1".parse().expect("an id")),
            reconciliation(),
            due(&due_entry),
            due(&due_mail),
            due(&due_erasure(tenant, request, at)),
            due(&due_export(tenant, request, at)),
            due(&due_retention(tenant, at)),
            due(&due_closing(tenant, request, at)),
            due(&due_reconciliation(tenant, at)),
            erased_entry(tenant, request, true, at),
            erased_entry(tenant, request, false, at),
            tick_cursor(),
        ];
        let listed: Vec<String> = shapes
            .iter()
            .map(|key| format!("{} | {}", key.pk, key.sk))
            .collect();
        let document = include_str!("../key-shapes.txt");
        assert_eq!(
            listed.join("\n"),
            document.trim_end(),
            "update shared/store/key-shapes.txt and infra/docs/access-patterns.md"
        );
    }

    #[test]
    fn messages_sort_by_their_telegram_number() {
        let cnv = ConversationId::from_bytes([2; 16]);
        assert!(message(cnv, 9).sk < message(cnv, 10).sk);
        assert!(message(cnv, 2_147_483_647).sk > message(cnv, 999_999).sk);
    }
}
