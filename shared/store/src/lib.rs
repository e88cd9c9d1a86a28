//! Rows and keys: the only crate that may use the DynamoDB SDK.
//!
//! [`Store::within`] turns a scope into the only handle that reaches a tenant's rows; [`Store::routing`] reaches the
//! rows that are no tenant's. Start at [`keys`] (every key shape) and [`row`] (every stored type). There is no scan,
//! no way to name another tenant's row, and every create and replace is conditional.

mod condition;
mod counter;
mod cut;
mod db;
mod due;
mod error;
mod guard;
mod item;
pub mod keys;
mod raw;
mod read;
mod routing;
pub mod row;
mod sealed;
mod table;
mod transaction;

pub use condition::Require;
pub use cut::{BESIDE_A_PAGE, cut};
pub use db::{Direction, Page, Store, TenantDb, Traced, TracedPage};
pub use due::{DueDb, DueWork, Erased};
pub use error::{FailedCondition, StoreError};
pub use item::Found;
pub use keys::LocalKey;
pub use raw::{Attribute, Raw, RawPage};
pub use read::{Answers, ReadMany, Slot};
pub use routing::RoutingDb;
pub use row::Row;
pub use sealed::{SealedPage, SealedRow};
pub use table::{Table, TableNames};
pub use transaction::Transaction;
