//! The state behind one running stand-in.

use serde_json::Value;

use crate::{Clock, Error, Options};

#[derive(Debug)]
pub(crate) struct Shared {
    #[expect(dead_code, reason = "read by the rules that follow")]
    clock: Clock,
}

impl Shared {
    pub(crate) fn open(options: &Options) -> Result<Self, Error> {
        Ok(Self { clock: options.clock.clone() })
    }

    pub(crate) fn save(&self) -> Result<(), Error> {
        Ok(())
    }

    pub(crate) fn wake(&self) {}

    pub(crate) async fn control(&self, _verb: &str, path: &str, _body: Value) -> Result<Value, Error> {
        Err(Error::Refused { status: 404, message: format!("no control route {path}") })
    }
}
