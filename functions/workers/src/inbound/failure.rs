//! Which failures a later try can mend.

use app::AppError;
use store::StoreError;
use vault::VaultError;

use super::business;

/// What to do about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cure {
    /// Try again later: something did not answer, or the deployment is wrong.
    Later,
    /// What it needs is on its way, or was never told: tried a few times, then kept aside under this code.
    Await(&'static str),
    /// It will fail each time: keep the update aside, under this code.
    Park(&'static str),
    /// The tenant is gone: there is nobody to keep it for.
    Drop,
}

/// Judges a failure.
pub(crate) fn cure(error: &AppError) -> Cure {
    match error {
        AppError::Store(StoreError::Form(_)) => Cure::Park("row_form"),
        AppError::Vault(
            VaultError::DoesNotOpen | VaultError::UnexpectedForm | VaultError::ForeignId(_),
        ) => Cure::Park("does_not_open"),
        AppError::Json(_) => Cure::Park("json_form"),
        AppError::Absent("key") => Cure::Drop,
        AppError::Absent(business::UNKNOWN) => Cure::Await("business_connection_unknown"),
        AppError::Absent(_) => Cure::Park("fan_key_absent"),
        AppError::Store(_)
        | AppError::Underway(_)
        | AppError::Vault(_)
        | AppError::Jobs(_)
        | AppError::SecretForm
        | AppError::Missing(_)
        | AppError::Malformed(_)
        | AppError::Aws(_) => Cure::Later,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_answer_later_is_tried_later() {
        assert_eq!(cure(&AppError::Store(StoreError::Contention)), Cure::Later);
        assert_eq!(
            cure(&AppError::Vault(VaultError::Kms("slow".into()))),
            Cure::Later
        );
    }

    #[test]
    fn what_fails_each_time_blocks_no_chat() {
        assert_eq!(
            cure(&AppError::Vault(VaultError::DoesNotOpen)),
            Cure::Park("does_not_open")
        );
        assert_eq!(
            cure(&AppError::Absent("fan key")),
            Cure::Park("fan_key_absent")
        );
        assert_eq!(cure(&AppError::Absent("key")), Cure::Drop);
    }

    #[test]
    fn a_message_may_come_a_moment_before_the_word_on_its_connection() {
        assert_eq!(
            cure(&AppError::Absent(business::UNKNOWN)),
            Cure::Await("business_connection_unknown")
        );
    }
}
