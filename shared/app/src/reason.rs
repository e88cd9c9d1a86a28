//! Why somebody of our staff acts on a workspace: said before the act, and read by the workspace.

use http_kit::FieldErrors;

/// Characters of a reason.
const LENGTH: std::ops::RangeInclusive<usize> = 10..=500;

/// Reports the field `reason` as `wrong_length` unless it has 10 to 500 characters, without blanks around them.
pub fn check_reason(reason: &str, errors: &mut FieldErrors) {
    if !LENGTH.contains(&reason.trim().chars().count()) {
        errors.add(
            "reason",
            "wrong_length",
            "A reason has 10 to 500 characters.",
        );
    }
}
