//! Being written.
use app::App;
use lambda::{SqsBatchResponse, SqsEvent};

pub(crate) async fn handle(_app: &'static App, _event: SqsEvent) -> SqsBatchResponse {
    SqsBatchResponse::default()
}
