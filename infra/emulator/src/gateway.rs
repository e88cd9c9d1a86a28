//! The HTTP side: verifies, authorises, records and dispatches every request.

use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::Inner;

/// Serves until told to stop.
pub(crate) async fn serve(listener: TcpListener, inner: Arc<Inner>, mut stop: watch::Receiver<bool>) {
    let router = Router::new().with_state(inner);
    let stopped = async move {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stopped).await {
        tracing::error!(error = %error, "emulator stopped serving");
    }
}
