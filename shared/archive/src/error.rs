//! What can go wrong while an archive is written.

/// Why an archive cannot be written on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A record names a section that was not declared.
    #[error("no section {0}")]
    NoSection(String),
    /// A section was declared twice.
    #[error("section {0} twice")]
    SectionTwice(String),
    /// A record holds a field that its section does not declare, or that is never exported.
    #[error("field {field} is not declared for section {section}")]
    Undeclared {
        /// The section.
        section: String,
        /// The field.
        field: String,
    },
    /// A path that could leave the folder or collide.
    #[error("path {0} is not allowed or taken")]
    Path(String),
    /// A record or file is larger than the format allows.
    #[error("{what} has {bytes} bytes, more than {limit}")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The archive has as many members as the format allows.
    #[error("more than {0} members")]
    TooMany(usize),
    /// The tail is not the one that belongs to the checkpoint.
    #[error("checkpoint and tail do not belong together")]
    Tail,
    /// The tail is the right one, but not in the form that is written now.
    #[error("the tail has the form of another release")]
    OtherRelease(#[source] serde_json::Error),
    /// A part was left where it would be lost.
    #[error("a part waits to be taken")]
    PartWaits,
    /// The public key is no P-256 key in SPKI form.
    #[error("not a P-256 public key")]
    PublicKey,
    /// The signer did not sign.
    #[error("the manifest was not signed")]
    Unsigned(#[source] crate::Refused),
    /// The signature is not one of the named key over the manifest.
    #[error("the signature does not fit the key")]
    Signature,
    /// A CSV text ends inside a quoted cell.
    #[error("a quoted cell has no end")]
    Csv,
    /// A value has no JSON form.
    #[error("no JSON")]
    Json(#[from] serde_json::Error),
}

/// Refuses what is larger than the format allows.
pub(crate) fn fits(what: &'static str, bytes: usize, limit: usize) -> Result<(), Error> {
    if bytes > limit {
        Err(Error::TooLarge { what, bytes, limit })
    } else {
        Ok(())
    }
}
