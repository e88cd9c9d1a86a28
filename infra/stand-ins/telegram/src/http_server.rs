//! One loopback port over hyper, which lets a scripted fault cut a connection at any point.

use std::{convert::Infallible, sync::Arc};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response, body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, task::JoinSet};

use crate::shared::Shared;

pub(crate) async fn serve(listener: TcpListener, _shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let service = service_fn(|_request: Request<Incoming>| async {
            let mut response = Response::new(Full::new(Bytes::from_static(b"{\"ok\":false,\"error_code\":404,\"description\":\"Not Found\"}")));
            *response.status_mut() = http::StatusCode::NOT_FOUND;
            Ok::<_, Infallible>(response)
        });
        connections.spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        while connections.try_join_next().is_some() {}
    }
}
