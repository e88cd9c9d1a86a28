//! The format of an export: what a person or workspace is handed, so that anybody can check every byte of it.
//!
//! Start at [`Export`], which a job drives in slices: records and files in, parts of the upload out, [`Export::suspend`] between
//! any two records, [`Export::finish`] at the end. [`verify`] reads a finished archive and names what is wrong with it. The format is
//! described for strangers in `infra/docs/export-format.md`; [`Certificate`] is what an erasure leaves, a format of its own. Nothing here performs I/O, reads a clock or knows AWS.

mod canonical;
mod certificate;
mod checkpoint;
pub mod csv;
mod error;
mod export;
mod files;
mod html;
mod manifest;
mod parts;
mod portable;
mod section;
mod sign;
mod verify;
pub mod zip;

#[cfg(test)]
mod tests;

pub use canonical::canonical;
pub use certificate::{Certificate, Kept, UnsignedCertificate};
pub use checkpoint::{Checkpoint, Rest};
pub use error::Error;
pub use export::{Export, MAX_FILE, MAX_MEMBERS, MAX_RECORD, Unsigned};
pub use manifest::{Due, Field, FileEntry, Head, Key, Manifest, PortableEntry, SectionEntry};
pub use parts::Part;
pub use portable::{Carry, Portable};
pub use section::Section;
pub use sign::{PublicKey, Refused, Signer};
pub use verify::{Finding, Place, verify};
