//! Being written.
use app::App;
use lambda::{Invocation, SqsBatchResponse, SqsEvent};

pub(crate) async fn handle(_app: &'static App, _event: SqsEvent, _invocation: Invocation) -> SqsBatchResponse {
    SqsBatchResponse::default()
}
