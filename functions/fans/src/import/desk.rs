//! One person of a file: what is held of them, what would become of that, and the transaction that does it.

use std::collections::BTreeSet;

use app::{App, AppError, FanLists, SealsJson, place, relist};
use domain::audit::Action;
use domain::ids::FanId;
use store::keys::FanList;
use store::row::{FanKeyRow, FanRow, TombstoneRow};
use store::{StoreError, TenantDb, keys};
use tenancy::{Manager, TenantScope};
use vault::{FanKey, TenantKey};

use super::sheet::{ImportColumn, Person};
use crate::held::{HeldFan, require_not_erased};
use crate::note::{Noted, tell};
use crate::tags::{Change, MOST, Names};

/// Times that the fan's own doings may come in between.
const TRIES: usize = 6;
/// New tags in one transaction: it has two rows for each, and forty for a fan with long names.
const AT_ONCE: usize = 25;

/// Everything that the people of a file have in common.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) scope: &'a TenantScope<Manager>,
    pub(super) db: &'a TenantDb<Manager>,
    pub(super) key: &'a TenantKey,
    pub(super) lists: &'a FanLists,
}

/// What is to become of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// A fan is made.
    Create,
    /// A fan gets these tags, and the note if there is none.
    Change { added: Vec<String>, noted: bool },
    /// Nothing.
    Keep,
    /// Nothing, because of what a column says.
    Refuse(ImportColumn, &'static str, &'static str),
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A fan was made.
    Created,
    /// A fan was changed.
    Changed,
    /// The fan is as before.
    Unchanged,
    /// Nothing, because of what a column says.
    Refused(ImportColumn, &'static str, &'static str),
}

impl Plan {
    /// What becomes of the person if it is carried out.
    pub(super) const fn outcome(&self) -> Outcome {
        match self {
            Self::Create => Outcome::Created,
            Self::Change { .. } => Outcome::Changed,
            Self::Keep => Outcome::Unchanged,
            Self::Refuse(column, code, message) => Outcome::Refused(*column, code, message),
        }
    }

    /// Whether one transaction carries it out.
    fn is_one(&self, person: &Person) -> bool {
        match self {
            Self::Create => person.tags.len() <= AT_ONCE,
            Self::Change { added, .. } => added.len() <= AT_ONCE,
            Self::Keep | Self::Refuse(..) => true,
        }
    }
}

/// What is to become of a person. A file is older than what we hold: it adds to a fan, and replaces nothing.
pub(super) fn plan(person: &Person, held: &HeldFan) -> Plan {
    let runs = |tombstone: &TombstoneRow| tombstone.running().is_some();
    if held
        .tombstone
        .as_ref()
        .is_some_and(|it| held.row.is_none() || runs(it))
    {
        let message = "This person was erased, and comes back only by writing again.";
        return Plan::Refuse(ImportColumn::TelegramId, "erased", message);
    }
    let Some(found) = &held.row else {
        return Plan::Create;
    };
    let added = Change::between(&held.tags, &person.tags).added;
    if held.tags.len() + added.len() > MOST {
        let message = "With these tags the fan would have more than 50.";
        return Plan::Refuse(ImportColumn::Tags, "too_many", message);
    }
    let noted = person.note.is_some() && found.row.note.is_none();
    match noted || !added.is_empty() {
        true => Plan::Change { added, noted },
        false => Plan::Keep,
    }
}

/// As many as one transaction takes.
fn few(tags: &[String]) -> &[String] {
    &tags[..tags.len().min(AT_ONCE)]
}

impl Desk<'_> {
    /// What is held of people, in their order.
    pub(super) async fn look(&self, people: &[Person]) -> Result<Vec<HeldFan>, AppError> {
        let ids = self.key.peer_ids();
        let mut read = self.db.read_many();
        let asked: Vec<_> = people
            .iter()
            .map(|person| HeldFan::ask(&mut read, self.key, ids.fan(person.user)))
            .collect();
        let found = Box::pin(read.send()).await?;
        let held = asked.into_iter().map(|one| one.held(&found, self.key));
        held.collect()
    }

    /// Does with one person what is right by now: whoever wrote or was erased since the look is looked at again. More tags than
    /// one transaction takes arrive in two steps.
    pub(super) async fn import(&self, person: &Person, held: HeldFan) -> Result<Outcome, AppError> {
        let (mut held, mut outcome) = (held, None);
        for _ in 0..TRIES {
            let wanted = plan(person, &held);
            let written = match &wanted {
                Plan::Create => Box::pin(self.create(person, &held)).await,
                Plan::Change { added, noted } => {
                    Box::pin(self.change(person, &held, added, *noted)).await
                }
                Plan::Keep | Plan::Refuse(..) => Ok(()),
            };
            match written {
                Ok(()) => {
                    let outcome = *outcome.get_or_insert(wanted.outcome());
                    if wanted.is_one(person) {
                        return Ok(outcome);
                    }
                }
                Err(AppError::Store(error)) if error.is_race() => {}
                Err(error) => return Err(error),
            }
            let again = self.look(std::slice::from_ref(person)).await?;
            held = again.into_iter().next().ok_or(AppError::Absent("fan"))?;
        }
        Err(StoreError::Contention.into())
    }

    async fn create(&self, person: &Person, held: &HeldFan) -> Result<(), AppError> {
        let tags = few(&person.tags);
        let names = Names::read(self.db, self.lists, tags).await?;
        let (fan, now, entropy) = (held.fan, self.app.clock.now(), self.app.entropy.as_ref());
        let tenant = self.scope.tenant();
        let holder = Box::pin(self.app.holder(tenant, self.key, fan)).await?;
        let mut transaction = self.db.transaction();
        transaction.put_any(&holder);
        let fresh;
        let key = match &held.key {
            Some(key) => key,
            None => {
                let (key, wrapped) = self.key.new_fan_key(fan, entropy);
                transaction.create(&FanKeyRow { fan, wrapped });
                fresh = key;
                &fresh
            }
        };
        let at = keys::fan(fan);
        let profile = key.seal_json(&place::<FanRow>(&at, "profile"), &person.profile, entropy)?;
        let row = FanRow {
            note: self.note(person, fan, key)?,
            tags: self.app.seal_tags(key, fan, tags)?,
            ..FanRow::new(fan, profile, now)
        };
        transaction.create(&row);
        require_not_erased(&mut transaction, self.key, fan);
        let mut lists = self.lists.named(&person.profile);
        lists.insert(FanList::All);
        relist(&mut transaction, &row, &BTreeSet::new(), &lists);
        let change = Change::between(&[], tags);
        change.relist(&mut transaction, self.lists, &row);
        names.write(
            self.app,
            self.key,
            self.lists,
            &mut transaction,
            &change.added,
        )?;
        let new = Noted::of(&row, key)?;
        let entry = self.app.audit(self.scope, Action::FanImport, fan);
        let entry = entry.values(key, None, Some(&new))?;
        tell(self.app, &mut transaction, &row, None, &entry);
        Ok(Box::pin(transaction.commit()).await?)
    }

    async fn change(
        &self,
        person: &Person,
        held: &HeldFan,
        added: &[String],
        noted: bool,
    ) -> Result<(), AppError> {
        let found = held.row.as_ref().ok_or(AppError::Absent("fan"))?;
        let key = held.key.as_ref().ok_or(AppError::Absent("fan key"))?;
        let added = few(added);
        let names = Names::read(self.db, self.lists, added).await?;
        let mut row = found.row.clone();
        let tags = [held.tags.as_slice(), added].concat();
        row.tags = self.app.seal_tags(key, row.id, &tags)?;
        if noted {
            row.note = self.note(person, row.id, key)?;
        }
        let (old, new) = (Noted::of(&found.row, key)?, Noted::of(&row, key)?);
        let entry = self.app.audit(self.scope, Action::FanImport, row.id);
        let entry = entry.values(key, Some(&old), Some(&new))?;
        let mut transaction = self.db.transaction();
        transaction.replace(&row, found.rev);
        let change = Change::between(&held.tags, &tags);
        change.relist(&mut transaction, self.lists, &row);
        names.write(self.app, self.key, self.lists, &mut transaction, added)?;
        let newest = row.chats.last().copied();
        tell(self.app, &mut transaction, &row, newest, &entry);
        Ok(Box::pin(transaction.commit()).await?)
    }

    fn note(
        &self,
        person: &Person,
        fan: FanId,
        key: &FanKey,
    ) -> Result<Option<domain::Sealed>, AppError> {
        let at = keys::fan(fan);
        let seal = |note: &String| {
            key.seal_json(
                &place::<FanRow>(&at, "note"),
                note,
                self.app.entropy.as_ref(),
            )
        };
        person.note.as_ref().map(seal).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::content::FanProfile;
    use domain::ids::PrivacyRequestId;
    use domain::{Sealed, Timestamp};
    use store::Found;

    fn person(tags: &[&str], note: Option<&str>) -> Person {
        Person {
            row: 2,
            user: 71,
            profile: FanProfile::default(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            note: note.map(str::to_owned),
        }
    }

    fn held(tags: Option<Vec<String>>, note: Option<Sealed>, erased: Option<bool>) -> HeldFan {
        let fan = FanId::from_bytes([1; 16]);
        let row = tags.is_some().then(|| FanRow {
            note,
            ..FanRow::new(fan, Sealed::default(), Timestamp::default())
        });
        HeldFan {
            fan,
            row: row.map(|row| Found { row, rev: 1 }),
            key: None,
            tags: tags.unwrap_or_default(),
            tombstone: erased.map(|complete| TombstoneRow {
                mark: "ab".to_owned(),
                request: PrivacyRequestId::from_bytes([1; 16]),
                erased_at: Timestamp::default(),
                complete,
            }),
        }
    }

    fn is_refused(plan: &Plan, wanted: &str) -> bool {
        matches!(plan, Plan::Refuse(_, code, _) if *code == wanted)
    }

    #[test]
    fn p27_an_erased_person_is_not_brought_back_by_a_file() {
        let somebody = person(&["VIP"], None);
        assert!(is_refused(
            &plan(&somebody, &held(None, None, Some(true))),
            "erased"
        ));
        assert!(is_refused(
            &plan(&somebody, &held(None, None, Some(false))),
            "erased"
        ));
        let going = held(Some(Vec::new()), None, Some(false));
        assert!(is_refused(&plan(&somebody, &going), "erased"));
        let back = held(Some(Vec::new()), None, Some(true));
        assert_eq!(plan(&somebody, &back).outcome(), Outcome::Changed);
    }

    #[test]
    fn a_file_adds_to_a_fan_and_replaces_nothing() {
        let known = || vec!["VIP".to_owned()];
        let says = person(&["vip", "new"], Some("tall"));
        let added = vec!["new".to_owned()];
        let expected = Plan::Change { added, noted: true };
        assert_eq!(plan(&says, &held(Some(known()), None, None)), expected);
        let noted = Some(Sealed::from_bytes(vec![1]));
        let again = person(&["vip"], Some("tall"));
        assert_eq!(plan(&again, &held(Some(known()), noted, None)), Plan::Keep);
        assert_eq!(plan(&says, &held(None, None, None)), Plan::Create);
    }

    #[test]
    fn a_fan_does_not_get_more_tags_than_a_fan_can_have() {
        let many: Vec<String> = (0..MOST).map(|number| number.to_string()).collect();
        let one = plan(
            &person(&["one more"], None),
            &held(Some(many.clone()), None, None),
        );
        assert!(is_refused(&one, "too_many"));
        let same = plan(&person(&["1"], None), &held(Some(many), None, None));
        assert_eq!(same, Plan::Keep);
    }
}
