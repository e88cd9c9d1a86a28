//! The routes of this crate: path, operation, who may call.

use http_kit::{Access, Route};

/// Every route of this crate: dispatch, OpenAPI, templates and the isolation matrix are compared with it.
pub const ROUTES: &[Route] = &[
    REGISTER,
    VERIFY,
    RESEND,
    LOGIN,
    SESSIONS,
    RENEW,
    LOGOUT,
    END_SESSION,
    END_OTHERS,
    CHANGE_PASSWORD,
    RESET,
    COMPLETE_RESET,
    BEGIN_EMAIL_CHANGE,
    COMPLETE_EMAIL_CHANGE,
    RESTORE_EMAIL,
    SECOND_FACTOR,
    PROVE,
    BEGIN_TOTP,
    CONFIRM_TOTP,
    END_TOTP,
    RECOVERY_CODES,
    BEGIN_PASSKEY,
    ADD_PASSKEY,
    PASSKEYS,
    RENAME_PASSKEY,
    REMOVE_PASSKEY,
    ASK_PASSKEY,
    ENTER_WITH_PASSKEY,
    ME,
    SET_USAGE,
    SET_MAILS,
    CLOSE,
    EXPORT,
    ACCEPT,
    SEARCH,
];

/// Forms that a person fills in are small.
const FORM: usize = 16 * 1024;

pub(crate) const REGISTER: Route = Route::post(
    "/api/v1/registrations",
    "accounts.register",
    "create_registration",
    Access::Public,
)
.max_body(FORM);
pub(crate) const VERIFY: Route = Route::post(
    "/api/v1/registrations/{registration_id}/verifications",
    "accounts.verify",
    "create_verification",
    Access::Public,
)
.max_body(FORM);
pub(crate) const RESEND: Route = Route::post(
    "/api/v1/registrations/{registration_id}/codes",
    "accounts.resend",
    "create_verification_code",
    Access::Public,
)
.max_body(FORM);
pub(crate) const LOGIN: Route = Route::post(
    "/api/v1/sessions",
    "accounts.login",
    "create_session",
    Access::Public,
)
.max_body(FORM);
pub(crate) const LOGOUT: Route = Route::delete(
    "/api/v1/sessions/current",
    "accounts.logout",
    "delete_current_session",
    Access::Person,
);
pub(crate) const SESSIONS: Route = Route::get(
    "/api/v1/sessions",
    "accounts.sessions",
    "list_sessions",
    Access::Person,
);
pub(crate) const RENEW: Route = Route::put(
    "/api/v1/sessions/current",
    "accounts.renew",
    "renew_current_session",
    Access::Person,
);
pub(crate) const END_SESSION: Route = Route::delete(
    "/api/v1/sessions/{session_id}",
    "accounts.end-session",
    "delete_session",
    Access::Person,
);
pub(crate) const END_OTHERS: Route = Route::delete(
    "/api/v1/sessions",
    "accounts.end-other-sessions",
    "delete_other_sessions",
    Access::Person,
);
pub(crate) const CHANGE_PASSWORD: Route = Route::put(
    "/api/v1/me/password",
    "accounts.change-password",
    "change_password",
    Access::Person,
)
.max_body(FORM);
pub(crate) const RESET: Route = Route::post(
    "/api/v1/password-resets",
    "accounts.reset",
    "create_password_reset",
    Access::Public,
)
.max_body(FORM);
pub(crate) const COMPLETE_RESET: Route = Route::post(
    "/api/v1/password-resets/completions",
    "accounts.complete-reset",
    "complete_password_reset",
    Access::Public,
)
.max_body(FORM);
pub(crate) const BEGIN_EMAIL_CHANGE: Route = Route::post(
    "/api/v1/me/email-changes",
    "accounts.begin-email-change",
    "create_email_change",
    Access::Person,
)
.max_body(FORM)
.step_up();
pub(crate) const COMPLETE_EMAIL_CHANGE: Route = Route::post(
    "/api/v1/me/email-changes/completions",
    "accounts.complete-email-change",
    "complete_email_change",
    Access::Person,
)
.max_body(FORM);
pub(crate) const RESTORE_EMAIL: Route = Route::post(
    "/api/v1/email-change-reversals",
    "accounts.restore-email",
    "create_email_change_reversal",
    Access::Public,
)
.max_body(FORM);
pub(crate) const SECOND_FACTOR: Route = Route::post(
    "/api/v1/sessions/second-factors",
    "accounts.second-factor",
    "create_session_with_code",
    Access::Public,
)
.max_body(FORM);
pub(crate) const PROVE: Route = Route::post(
    "/api/v1/sessions/current/proofs",
    "accounts.prove",
    "create_proof",
    Access::Person,
)
.max_body(FORM);
pub(crate) const BEGIN_TOTP: Route = Route::post(
    "/api/v1/me/totp",
    "accounts.begin-totp",
    "create_totp",
    Access::Person,
)
.step_up();
pub(crate) const CONFIRM_TOTP: Route = Route::put(
    "/api/v1/me/totp",
    "accounts.confirm-totp",
    "confirm_totp",
    Access::Person,
)
.max_body(FORM)
.step_up();
pub(crate) const END_TOTP: Route = Route::delete(
    "/api/v1/me/totp",
    "accounts.end-totp",
    "delete_totp",
    Access::Person,
)
.step_up();
pub(crate) const RECOVERY_CODES: Route = Route::post(
    "/api/v1/me/recovery-codes",
    "accounts.recovery-codes",
    "create_recovery_codes",
    Access::Person,
)
.step_up();
pub(crate) const BEGIN_PASSKEY: Route = Route::post(
    "/api/v1/me/passkeys/challenges",
    "accounts.begin-passkey",
    "create_passkey_challenge",
    Access::Person,
)
.step_up();
pub(crate) const ADD_PASSKEY: Route = Route::post(
    "/api/v1/me/passkeys",
    "accounts.add-passkey",
    "create_passkey",
    Access::Person,
)
.max_body(FORM);
pub(crate) const PASSKEYS: Route = Route::get(
    "/api/v1/me/passkeys",
    "accounts.passkeys",
    "list_passkeys",
    Access::Person,
);
pub(crate) const RENAME_PASSKEY: Route = Route::patch(
    "/api/v1/me/passkeys/{passkey_id}",
    "accounts.rename-passkey",
    "update_passkey",
    Access::Person,
);
pub(crate) const REMOVE_PASSKEY: Route = Route::delete(
    "/api/v1/me/passkeys/{passkey_id}",
    "accounts.remove-passkey",
    "delete_passkey",
    Access::Person,
)
.step_up();
pub(crate) const ASK_PASSKEY: Route = Route::post(
    "/api/v1/sessions/passkey-challenges",
    "accounts.ask-passkey",
    "create_session_challenge",
    Access::Public,
);
pub(crate) const ENTER_WITH_PASSKEY: Route = Route::post(
    "/api/v1/sessions/passkeys",
    "accounts.enter-with-passkey",
    "create_session_with_passkey",
    Access::Public,
)
.max_body(FORM);
pub(crate) const ME: Route = Route::get("/api/v1/me", "accounts.me", "get_me", Access::Person);
pub(crate) const SET_USAGE: Route = Route::put(
    "/api/v1/me/usage",
    "accounts.set-usage",
    "set_usage",
    Access::Person,
);
pub(crate) const SET_MAILS: Route = Route::put(
    "/api/v1/me/mails",
    "accounts.set-mails",
    "set_mails",
    Access::Person,
);
pub(crate) const CLOSE: Route = Route::post(
    "/api/v1/me/closing",
    "accounts.close",
    "close_account",
    Access::Person,
)
.step_up();
pub(crate) const EXPORT: Route = Route::get(
    "/api/v1/me/export",
    "accounts.export",
    "export_account",
    Access::Person,
)
.step_up();
pub(crate) const ACCEPT: Route = Route::post(
    "/api/v1/agreements",
    "accounts.accept",
    "create_agreement",
    Access::Person,
)
.max_body(FORM);
pub(crate) const SEARCH: Route = Route::post(
    "/compliance/searches",
    "accounts.search",
    "create_holder_search",
    Access::Staff,
)
.max_body(FORM)
.step_up();
