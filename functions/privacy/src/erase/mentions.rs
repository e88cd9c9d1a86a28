//! What mentions one of the fan's conversations among the rows of all fans: outbox, parked updates, alerts, events.
//!
//! Where there is much traffic such a partition is longer than what one job can read. So it is read page by page, and the work
//! remembers behind which page the next look goes on, in this job or in another one. What is written before that page meanwhile is
//! found by the walk that begins anew once the profile is gone, when nothing new comes any more.

use std::collections::BTreeMap;
use std::time::Duration;

use app::AppError;
use store::Traced;

use super::{AT_ONCE, Desk, RESERVE, Step};
use crate::error::PrivacyError;
use crate::holdings::Holdings;

/// Rows of a partition that are looked through at once.
const PAGE: usize = 250;

impl Desk<'_> {
    /// Goes through one partition, from where the last look ended to the end. Done where nothing was found.
    pub(super) async fn sweep(
        &mut self,
        holdings: &Holdings<'_>,
        (pk, name): (&str, &str),
    ) -> Result<Step, PrivacyError> {
        let mut clean = Step::Done;
        loop {
            if self.is_late().await? {
                return Ok(Step::Stop);
            }
            let after = self.work.row.walked.get(pk).map(String::as_str);
            let page = holdings.mentions((pk, name), after, PAGE).await?;
            if !page.rows.is_empty() {
                clean = Step::Again;
            }
            match self.delete_all(&page.rows).await? {
                Step::Done => {
                    if !moves(&mut self.work.row.walked, pk, page.next) {
                        return Ok(clean);
                    }
                }
                // Somebody else has deleted one of them: the page is looked at once more.
                Step::Again => {}
                Step::Stop => return Ok(Step::Stop),
            }
        }
    }

    /// Deletes the rows of a page, as many at once as a transaction takes.
    async fn delete_all(&mut self, mut rows: &[Traced]) -> Result<Step, PrivacyError> {
        let mut at_once = AT_ONCE;
        while !rows.is_empty() {
            let (some, rest) = rows.split_at(at_once.min(rows.len()));
            match self.delete(some).await {
                Ok(Step::Done) => rows = rest,
                Ok(step) => return Ok(step),
                // Too large together, it may be: kept updates are.
                Err(_) if some.len() > 1 => at_once = some.len() / 2,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Step::Done)
    }

    /// Whether the time is nearly over. The work is then written as far as it is, and another job asked for.
    pub(super) async fn is_late(&mut self) -> Result<bool, PrivacyError> {
        if self.invocation.left() >= RESERVE {
            return Ok(false);
        }
        let work = self.work.row.clone();
        if self.write(work, |_| {}).await? != Step::Stop {
            let next = self.app.jobs.erase(self.job, Duration::ZERO).await;
            next.map_err(AppError::from)?;
        }
        Ok(true)
    }
}

/// Remembers where a partition goes on, and says whether it does. At its end the last page stays the place, for what is still
/// written behind it.
fn moves(walked: &mut BTreeMap<String, String>, pk: &str, next: Option<String>) -> bool {
    let Some(next) = next else {
        return false;
    };
    walked.insert(pk.to_owned(), next);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks through sort keys in pages of two, so many pages at most; what was seen.
    fn walk(walked: &mut BTreeMap<String, String>, rows: &[&str], pages: usize) -> Vec<String> {
        let mut seen = Vec::new();
        for _ in 0..pages {
            let after = walked.get("EVENTS#1").cloned().unwrap_or_default();
            let left = rows.iter().filter(|row| **row > after.as_str());
            let page: Vec<String> = left.take(2).map(|row| (*row).to_owned()).collect();
            let next = page.get(1).cloned();
            seen.extend(page);
            if !moves(walked, "EVENTS#1", next) {
                break;
            }
        }
        seen
    }

    #[test]
    fn a_walk_goes_on_where_the_last_job_stopped_and_sees_what_was_written_behind_its_end() {
        let mut walked = BTreeMap::new();
        assert_eq!(walk(&mut walked, &["a", "b", "c", "d", "e"], 1), ["a", "b"]);
        let rest = walk(&mut walked, &["a", "b", "c", "d", "e"], 9);
        assert_eq!(rest, ["c", "d", "e"], "nothing is read twice");
        let again = walk(&mut walked, &["a", "b", "c", "d", "e", "f"], 9);
        assert_eq!(again, ["e", "f"], "but for the last page");
        walked.clear();
        assert_eq!(walk(&mut walked, &["a", "b"], 9), ["a", "b"], "anew");
    }
}
