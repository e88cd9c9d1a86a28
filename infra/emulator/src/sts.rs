//! STS: `AssumeRole` with session tags, `GetCallerIdentity`.

use crate::Place;
use crate::iam::Iam;

/// The security token service.
#[derive(Clone)]
pub(crate) struct Sts {
    place: Place,
    iam: Iam,
}

impl Sts {
    pub fn new(place: &Place, iam: Iam) -> Self {
        Self { place: place.clone(), iam }
    }
}
