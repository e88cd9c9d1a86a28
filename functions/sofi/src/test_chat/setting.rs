//! What a try is made of beside its messages, in one read.

use ai::prompt::Hint;
use app::OrProblem;
use domain::Timestamp;
use domain::ids::BotId;
use domain::sofi::VendorName;
use http_kit::Problem;
use store::row::{
    AiLimitsRow, AiMonthRow, BotRow, PersonaRow, SofiRow, SubscriptionRow, VendorRow, WorkspaceRow,
};
use store::{TenantDb, keys};
use tenancy::Manager;
use vault::TenantKey;

use super::TestChat;
use crate::talk::Talk;
use crate::{desk, persona, plan};

/// The bot's settings, the creator, the limits and the breakers.
pub(super) struct Setting {
    creator: String,
    settings: Option<SofiRow>,
    persona: Option<(u32, String)>,
    pub(super) limits: Option<AiLimitsRow>,
    /// Why the plan lets Sofi write nothing, as a stable code.
    pub(super) stopped: Option<&'static str>,
    pub(super) vendors: Vec<VendorRow>,
}

/// Reads and opens.
///
/// # Errors
/// 404 for a bot that is disconnected, not there or another workspace's; 400 for a version that is not there.
pub(super) async fn read(
    db: &TenantDb<Manager>,
    key: &TenantKey,
    bot: BotId,
    version: Option<u32>,
    now: Timestamp,
) -> Result<Setting, Problem> {
    let mut reads = db.read_many();
    let row = reads.find::<BotRow>(&keys::bot(bot));
    let workspace = reads.find::<WorkspaceRow>(&keys::workspace());
    let settings = reads.find::<SofiRow>(&keys::sofi(bot));
    let persona = reads.find::<PersonaRow>(&match version {
        Some(version) => keys::persona(bot, version),
        None => keys::persona_in_use(bot),
    });
    let limits = reads.find::<AiLimitsRow>(&keys::ai_limits());
    let bought = reads.find::<SubscriptionRow>(&keys::subscription());
    let months: Vec<_> = (0..keys::SHARDS)
        .map(|shard| reads.find::<AiMonthRow>(&keys::ai_month(now.month(), shard)))
        .collect();
    let vendors: Vec<_> = VendorName::ALL
        .iter()
        .map(|name| reads.find::<VendorRow>(&keys::vendor(*name)))
        .collect();
    let found = Box::pin(reads.send()).await.or_problem()?;
    desk::connected(found.get(row).or_problem()?.map(|found| found.row))?;
    let persona = found.get(persona).or_problem()?.map(|found| found.row);
    if persona.is_none() && version.is_some() {
        return Err(Problem::invalid(
            "persona_version",
            "unknown",
            "There is no such version of the persona.",
        ));
    }
    let persona = persona
        .map(|row| Ok((row.version, persona::open(key, &row)?)))
        .transpose()
        .map_err(|error: app::AppError| app::IntoProblem::into_problem(error))?;
    let mut breakers = Vec::new();
    for slot in vendors {
        breakers.extend(found.get(slot).or_problem()?.map(|found| found.row));
    }
    let workspace = found.get(workspace).or_problem()?;
    let workspace = workspace.ok_or(Problem::NotFound)?.row;
    let bought = found.get(bought).or_problem()?.map(|found| found.row);
    let mut month = Vec::new();
    for slot in months {
        month.extend(found.get(slot).or_problem()?.map(|found| found.row));
    }
    let standing = app::standing_of(&workspace, bought.as_ref(), now);
    Ok(Setting {
        stopped: plan::stops(standing, plan::written(&month)),
        creator: workspace.name,
        settings: found.get(settings).or_problem()?.map(|found| found.row),
        persona,
        limits: found.get(limits).or_problem()?.map(|found| found.row),
        vendors: breakers,
    })
}

impl Setting {
    /// The talk, as a vendor would be asked about a fan's.
    pub(super) fn talk<'a>(&'a self, input: &'a TestChat, cache_key: String) -> Talk<'a> {
        let (history, newest) = input.halves();
        let settings = self.settings.as_ref();
        let hints = match history.is_empty() {
            true => vec![Hint::FirstContact],
            false => Vec::new(),
        };
        Talk {
            creator: &self.creator,
            persona: self
                .persona
                .as_ref()
                .map(|(version, text)| (*version, text.as_str())),
            hosts: settings.map_or(&[], |settings| settings.allowed_hosts.as_slice()),
            handles: settings.map_or(&[], |settings| settings.allowed_handles.as_slice()),
            language: wording::speak(
                newest.last().copied().unwrap_or_default(),
                input.language.as_deref(),
            ),
            first_name: input.first_name.as_deref(),
            facts: Vec::new(),
            history,
            newest,
            hints,
            cache_key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use wording::Language;

    #[test]
    fn the_newest_words_say_in_which_language_is_answered() {
        let setting = Setting {
            creator: "Mira".to_owned(),
            settings: None,
            persona: None,
            limits: None,
            stopped: None,
            vendors: Vec::new(),
        };
        let input: TestChat = serde_json::from_value(json!({
            "messages": [{ "from": "us", "text": "Hallo" }, { "from": "fan", "text": "ok" }],
            "language": "pt-BR", "first_name": "Ada"
        }))
        .expect("an input");
        let talk = setting.talk(&input, String::new());
        assert_eq!(talk.language, Language::Portuguese);
        assert_eq!((talk.first_name, talk.hints.len()), (Some("Ada"), 0));
    }
}
