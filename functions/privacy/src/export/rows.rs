//! Where the row of an export lies: what the team asked for apart from what fans asked for themselves, so that nobody reads
//! through all fans to find the few of the team.

use domain::ids::PrivacyRequestId;
use store::row::ExportRow;
use store::{Direction, Found, Page, Row, StoreError, TenantDb, keys};
use tenancy::Reads;

/// Rows that are in hand at once.
const PAGE: usize = 100;

/// An export, whoever asked for it. One call, or two.
pub(crate) async fn find<R: Reads>(
    db: &TenantDb<R>,
    request: PrivacyRequestId,
) -> Result<Option<Found<ExportRow>>, StoreError> {
    match db.find(&keys::export(request)).await? {
        Some(found) => Ok(Some(found)),
        None => db.find(&keys::own_export(request)).await,
    }
}

/// Shows each export that a fan has asked for, a page at a time.
pub(crate) async fn each_own<R: Reads>(
    db: &TenantDb<R>,
    mut see: impl FnMut(Found<ExportRow>) + Send,
) -> Result<(), StoreError> {
    let mut from = "!".to_owned();
    loop {
        let page = Page {
            pk: keys::OWN_EXPORTS,
            from: &from,
            to: "~",
            direction: Direction::Forward,
            limit: PAGE,
        };
        let found = db.list::<ExportRow>(&page).await?;
        let last = found.last().filter(|_| found.len() >= PAGE);
        // The next one: no key ends where another one goes on.
        let next = last.map(|last| format!("{}!", last.row.key().sk));
        for export in found {
            see(export);
        }
        match next {
            Some(next) => from = next,
            None => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::{FanId, TenantId, UserId};

    use super::*;

    #[test]
    fn what_fans_ask_for_lies_apart_from_the_few_of_the_team() {
        let of = |requested_by| ExportRow {
            fan: Some(FanId::from_bytes([3; 16])),
            requested_by,
            ..ExportRow::new(
                PrivacyRequestId::from_bytes([1; 16]),
                TenantId::from_bytes([2; 16]),
            )
        };
        assert_eq!(of(None).key().pk, keys::OWN_EXPORTS);
        let of_team = of(Some(UserId::from_bytes([4; 16])));
        assert_eq!(of_team.key().pk, keys::EXPORTS);
    }
}
