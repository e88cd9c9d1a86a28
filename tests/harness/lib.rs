//! What system tests share: a host of their own, creators, bots and people.
//!
//! Every test starts its own [`World`], so tests run side by side and see nothing of each other. Functions are the
//! binaries of the ordinary build; `PRODUCT_TARGET` names another folder. Waiting is always for a condition, with a limit.

mod api;
mod creator;
mod passkey;
mod person;
mod signed;
mod stripe;
mod told;
mod world;

pub use api::{Answer, Api};
pub use creator::{Bot, Creator, PASSWORD, accepted};
pub use passkey::Authenticator;
pub use person::Person;
pub use signed::Signed;
pub use stripe::StripeAccount;
pub use told::{Secret, Told};
pub use world::{World, code_in, eventually, eventually_within, root, token_in};
