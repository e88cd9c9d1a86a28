//! The HTTP side: verifies, authorises, records and dispatches every request.

mod authorise;
mod failure;
mod faults;
mod reply;
mod request;
pub(crate) mod sigv4;
pub(crate) mod xml;

use std::sync::{Arc, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

pub(crate) use authorise::{ResourcePolicy, Want};
pub(crate) use reply::Reply;
pub(crate) use request::Request;
pub(crate) use sigv4::{hex, signed_at_ms, unhex};

use crate::Inner;
use crate::error::ServiceError;
use crate::gate::{After, Before, Fault, Gate};
use crate::record::{Call, Record};
use request::Service;

/// Largest body taken: an S3 object put in one piece. Services check their own, smaller limits.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// The connection is closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("connection cut on purpose")]
struct Cut;

/// Serves until told to stop, then lets running requests finish.
pub(crate) async fn serve(listener: TcpListener, inner: Arc<Inner>, stop: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    let mut stopped = stop.clone();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, inner.clone(), stop.clone()));
                }
                Err(error) => tracing::warn!(error = %error, "emulator could not accept a connection"),
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            () = crate::stopped(&mut stopped) => break,
        }
    }
    while connections.join_next().await.is_some() {}
}

async fn connection(stream: TcpStream, inner: Arc<Inner>, mut stop: watch::Receiver<bool>) {
    // Small answers must not wait for the client's delayed acknowledgement.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| respond(inner.clone(), request));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = crate::stopped(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = result {
        tracing::trace!(error = %error, "connection ended");
    }
}

async fn respond(
    inner: Arc<Inner>,
    request: http::Request<Incoming>,
) -> Result<http::Response<Full<Bytes>>, Cut> {
    let (parts, body) = request.into_parts();
    let body = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => {
            let error =
                ServiceError::with_status(413, "RequestEntityTooLarge", "the request is too large");
            return Ok(Reply::error(Service::S3, &error, "-").into_response());
        }
        Err(_) => return Err(Cut),
    };
    answer(inner, parts, body).await.map(Reply::into_response)
}

async fn answer(inner: Arc<Inner>, parts: http::request::Parts, body: Bytes) -> Result<Reply, Cut> {
    let request_id = crate::iam::random_uuid();
    let signature = sigv4::Signature::from_request(&parts);
    let service = Service::of(&parts, signature.as_ref().ok());
    let refuse = |error: ServiceError| Ok(Reply::error(service, &error, &request_id));
    let signature = match signature {
        Ok(signature) => signature,
        Err(failure) => return refuse(failure.for_service(service)),
    };
    let credentials = match inner.iam.credentials(&signature.key_id) {
        Ok(credentials) => credentials,
        Err(error) => return refuse(failure::Failure::from(error).for_service(service)),
    };
    if let Err(failure) = signature.verify(&parts, &body, &credentials.key, inner.clock.now_ms()) {
        return refuse(failure.for_service(service));
    }
    let request = match Request::read(
        service,
        &parts,
        body,
        credentials.principal,
        request_id.clone(),
    ) {
        Ok(request) => request,
        Err(error) => return refuse(error),
    };
    // A caller that dies does not take its call back: once arrived it runs, is recorded and passes both gates. Only a
    // long poll ends with its caller, or it would hide messages that nobody gets.
    if request.operation == "ReceiveMessage" {
        return run(inner, request).await;
    }
    tokio::spawn(run(inner, request)).await.unwrap_or(Err(Cut))
}

/// Authorises, gates, runs and records one verified request.
async fn run(inner: Arc<Inner>, request: Request) -> Result<Reply, Cut> {
    let inner = &*inner;
    let checks = authorise::checks(inner, &request, wants(inner, &request));
    let call = Call {
        seq: inner.recorder.next_seq(),
        at_ms: inner.clock.now_ms(),
        principal: request.principal.clone(),
        service: request.service.name().to_owned(),
        operation: request.operation.clone(),
        checks,
        trace_id: request.header("x-amzn-trace-id"),
        sdk_invocation_id: request.header("amz-sdk-invocation-id"),
        request_id: request.id.clone(),
    };
    let gate = inner
        .gate
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let before = match &gate {
        Some(gate) => gate.before(&call).await,
        None => Before::Proceed,
    };
    let started = Instant::now();
    let (injected, result) = match before {
        Before::Proceed => (false, execute(inner, &request, &call).await),
        Before::Fault(Fault::Slow(wait)) => {
            tokio::time::sleep(wait).await;
            (false, execute(inner, &request, &call).await)
        }
        Before::Fault(Fault::Cut) => {
            let lost = ServiceError::with_status(0, "ConnectionCut", "");
            let reply = Reply::error(request.service, &lost, &request.id);
            record(inner, &gate, call, &reply, true, started).await;
            return Err(Cut);
        }
        Before::Fault(fault) => (true, Err(faults::error_for(&fault, &request))),
    };
    let reply = match result {
        Ok(reply) => reply.with_request_id(request.service, &request.id),
        Err(error) => Reply::error(request.service, &error, &request.id),
    };
    match record(inner, &gate, call, &reply, injected, started).await {
        After::Answer => Ok(reply),
        After::Cut => Err(Cut),
    }
}

async fn record(
    inner: &Inner,
    gate: &Option<Arc<dyn Gate>>,
    call: Call,
    reply: &Reply,
    injected: bool,
    started: Instant,
) -> After {
    let duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let record = Record {
        call,
        status: reply.status,
        error: reply.error.clone(),
        injected,
        duration_us,
    };
    inner.recorder.push(record.clone());
    match gate {
        Some(gate) => gate.after(&record).await,
        None => After::Answer,
    }
}

fn wants(inner: &Inner, request: &Request) -> Vec<Want> {
    match request.service {
        Service::DynamoDb => inner.dynamodb.wants(request),
        Service::Sqs => inner.sqs.wants(request),
        Service::Kms => inner.kms.wants(request),
        Service::S3 => inner.s3.wants(request),
        Service::Ses => inner.ses.wants(request),
        Service::Sts => inner.sts.wants(request),
        Service::Scheduler => inner.scheduler.wants(request),
        Service::Unknown => Vec::new(),
    }
}

async fn execute(inner: &Inner, request: &Request, call: &Call) -> Result<Reply, ServiceError> {
    if let Some(refused) = call
        .checks
        .iter()
        .find(|check| !check.decision.is_allowed())
    {
        return Err(authorise::denied(request, refused));
    }
    match request.service {
        Service::DynamoDb => inner.dynamodb.handle(request).await,
        Service::Sqs => inner.sqs.handle(request).await,
        Service::Kms => inner.kms.handle(request),
        Service::S3 => inner.s3.handle(request),
        Service::Ses => inner.ses.handle(request),
        Service::Sts => inner.sts.handle(request),
        Service::Scheduler => inner.scheduler.handle(request),
        Service::Unknown => Err(ServiceError::client(
            "UnknownService",
            "this emulator has no such service",
        )),
    }
}
