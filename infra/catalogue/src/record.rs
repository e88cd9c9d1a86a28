//! The record of processing activities (GDPR Art. 30(1) and (2)), made of the registry of stored fields and of the list of those who
//! receive data: what is stored without standing in it does not compile.

use domain::registry::{Basis, Capacity, Class, Erase, Purpose, Retention};
use domain::subprocessors::{self, SubprocessorList};
use serde::Serialize;
use store::row::registry;

/// Whom to ask: the privacy policy names the operator.
const CONTACT: &str = "the operator whom the privacy policy names, support@soficrm.com";
/// What keeps the data safe, in general (Art. 30(1)(g)).
const MEASURES: &str = "infra/docs/security-claims.md";

#[derive(Serialize)]
struct Record {
    contact: &'static str,
    measures: &'static str,
    activities: Vec<Activity>,
    recipients: SubprocessorList,
}

/// What is processed in one capacity, for one purpose, on one basis.
#[derive(Serialize)]
struct Activity {
    capacity: Capacity,
    purpose: Purpose,
    basis: Basis,
    subjects: &'static str,
    holdings: Vec<Holding>,
}

/// Fields of one kind of row that go at the same time, in the same way.
#[derive(Serialize)]
struct Holding {
    kind: &'static str,
    table: &'static str,
    retention: Retention,
    erase: Erase,
    fields: Vec<&'static str>,
}

/// The record as JSON.
///
/// # Errors
/// Never in practice: the types are plain, and a test reads the embedded list.
pub fn record() -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&Record {
        contact: CONTACT,
        measures: MEASURES,
        activities: activities(),
        recipients: subprocessors::current()?,
    })?;
    text.push('\n');
    Ok(text)
}

/// In the order of the registry.
fn activities() -> Vec<Activity> {
    let mut activities = Vec::new();
    for (kind, table, fields) in registry() {
        for field in fields {
            let holdings = holdings_of(&mut activities, field.class);
            hold(holdings, (kind, table.name()), field.class, field.name);
        }
    }
    activities
}

/// What is held in the activity that a field belongs to.
fn holdings_of(activities: &mut Vec<Activity>, class: Class) -> &mut Vec<Holding> {
    let is_it = |known: &Activity| {
        (known.capacity, known.purpose, known.basis) == (class.capacity, class.purpose, class.basis)
    };
    let known = activities.iter().position(is_it);
    let place = known.unwrap_or_else(|| {
        activities.push(Activity {
            capacity: class.capacity,
            purpose: class.purpose,
            basis: class.basis,
            subjects: subjects(class.capacity),
            holdings: Vec::new(),
        });
        activities.len() - 1
    });
    &mut activities[place].holdings
}

fn hold(
    holdings: &mut Vec<Holding>,
    (kind, table): (&'static str, &'static str),
    class: Class,
    field: &'static str,
) {
    let known = holdings.iter_mut().find(|known| {
        known.kind == kind && known.retention == class.retention && known.erase == class.erase
    });
    match known {
        Some(known) => known.fields.push(field),
        None => holdings.push(Holding {
            kind,
            table,
            retention: class.retention,
            erase: class.erase,
            fields: vec![field],
        }),
    }
}

const fn subjects(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Controller => "people who have an account or are asked to join a workspace",
        Capacity::Processor => "fans: people who write to a creator's bot or account",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_record_of_processing_is_that_of_the_code() {
        let made = record().expect("plain types");
        assert!(
            made == include_str!("../../api/processing.json"),
            "infra/api/processing.json is old: run `cargo run -p catalogue -- write` and commit infra/api"
        );
    }

    #[test]
    fn p13_the_record_of_processing_holds_every_stored_field_once() {
        let activities = activities();
        let holdings = activities.iter().flat_map(|activity| &activity.holdings);
        let held = holdings.flat_map(|holding| {
            let (kind, fields) = (holding.kind, holding.fields.iter());
            fields.map(move |field| (kind, *field))
        });
        let mut held: Vec<_> = held.collect();
        held.sort_unstable();
        let stored = registry().into_iter().flat_map(|(kind, _, fields)| {
            let fields = fields.iter();
            fields.map(move |field| (kind, field.name))
        });
        let mut stored: Vec<_> = stored.collect();
        stored.sort_unstable();
        assert_eq!(held, stored);
    }

    #[test]
    fn p13_what_we_do_for_a_creator_is_done_on_their_instruction_and_nothing_else_is() {
        for activity in activities() {
            let for_creators = activity.capacity == Capacity::Processor;
            assert_eq!(activity.basis == Basis::Instruction, for_creators);
        }
    }
}
