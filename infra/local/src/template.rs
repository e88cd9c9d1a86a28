//! Reader of the CloudFormation and SAM templates that deploy the product.
//!
//! The laptop host has no list of its own of what exists: tables, queues, roles, functions, routes and schedules
//! all come from the same files that `sam deploy` takes. [`read`] resolves parameters, conditions, intrinsic
//! functions and nested stacks, and answers a typed [`Deployment`] in which every reference is concrete.
//!
//! What the laptop does not need (alarms, log groups, a distribution) is listed in [`Deployment::ignored`].
//! What it cannot resolve is an error that names file, resource and property; nothing is dropped in silence.

mod collect;
mod data;
mod error;
mod eval;
mod events;
mod functions;
mod globals;
mod mail;
mod model;
mod names;
mod parsed;
mod roles;
mod stack;
#[cfg(test)]
mod tests;
mod yaml;

use std::collections::BTreeMap;
use std::path::Path;

pub use error::TemplateError;
pub use model::{
    Bucket, BucketPolicy, Deployment, Function, HttpRoute, Ignored, Key, MailRule, NamedPolicy,
    Queue, QueueMapping, Role, Schedule, Table,
};

/// What a deployment would be told from outside: account, region, stack name and parameter values.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Twelve-digit account id that all ARNs carry.
    pub account: String,
    /// Region that all ARNs carry.
    pub region: String,
    /// Name of the root stack; names of unnamed resources start with it.
    pub stack_name: String,
    /// Origin of queue URLs, without a trailing slash: `http://127.0.0.1:4566`.
    pub queue_origin: String,
    /// Values for parameters of the root template, by name. A name that the template lacks is ignored, so that the
    /// host can offer values (a stage, its own origin) without knowing which the template asks for.
    pub parameters: BTreeMap<String, String>,
}

impl Default for Inputs {
    fn default() -> Self {
        Self {
            account: "000000000000".into(),
            region: "eu-central-1".into(),
            stack_name: "sofi".into(),
            queue_origin: "http://127.0.0.1:4566".into(),
            parameters: BTreeMap::new(),
        }
    }
}

/// Reads the template at `path` with everything it nests.
///
/// # Errors
/// When a file cannot be read or parsed, a parameter has no value, a reference leads nowhere, or a resource asks
/// for something that AWS itself would refuse (a batching window on a FIFO source, for example).
pub fn read(path: &Path, inputs: &Inputs) -> Result<Deployment, TemplateError> {
    let loader = stack::Loader::new(inputs.clone());
    let root = loader.root(path)?;
    collect::deployment(&loader, &root)
}
