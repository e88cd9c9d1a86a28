//! The parts of a host: Telegram, the ways to vendors, the functions, the server.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::{Router, extract::Request};
use emulator::Emulator;
use tokio::net::TcpListener;

use super::ai::Ai;
use super::stripe::StripeParts;
use super::{Host, HostOptions, Inner, Telegram};
use crate::bridge::Bridge;
use crate::error::HostError;
use crate::gate::HostGate;
use crate::http::Api;
use crate::runtime::log::LogBook;
use crate::runtime::relay::{Intercept, Relay, Upstream};
use crate::runtime::{Credentials, Functions, Shared};
use crate::template::Deployment;

pub(super) struct TelegramParts {
    pub(super) url: String,
    pub(super) stand_in: Option<telegram_stand_in::Handle>,
    pub(super) bridge: Option<Arc<Bridge>>,
}

pub(super) async fn start_telegram(options: &HostOptions) -> Result<TelegramParts, HostError> {
    match &options.telegram {
        Telegram::StandIn {
            listen,
            seed,
            rate_limits,
        } => {
            let clock = Arc::clone(&options.clock);
            let handle = telegram_stand_in::start(telegram_stand_in::Options {
                listen: *listen,
                clock: telegram_stand_in::Clock::from_fn(move || {
                    u64::try_from(emulator::Clock::now_ms(&*clock)).unwrap_or(0)
                }),
                data_dir: options
                    .data_dir
                    .as_ref()
                    .map(|folder| folder.join("telegram")),
                seed: *seed,
                rate_limits: *rate_limits,
            })
            .await?;
            Ok(TelegramParts {
                url: handle.url(),
                stand_in: Some(handle),
                bridge: None,
            })
        }
        Telegram::Bridge { api_url } => {
            let file = options
                .data_dir
                .as_ref()
                .map(|folder| folder.join("bridge.json"));
            let bridge = Bridge::new(client(true)?, api_url.clone(), file);
            Ok(TelegramParts {
                url: api_url.clone(),
                stand_in: None,
                bridge: Some(Arc::new(bridge)),
            })
        }
    }
}

pub(super) fn client(with_proxy: bool) -> Result<reqwest::Client, HostError> {
    let builder = reqwest::Client::builder().connect_timeout(Duration::from_secs(5));
    let builder = if with_proxy {
        builder
    } else {
        // A stand-in on this machine, by plain HTTP: the system's certificates need not be read for it.
        builder.no_proxy().tls_certs_only([])
    };
    builder.build().map_err(HostError::Client)
}

/// Where the relay takes calls: Telegram's are those that no vendor's prefix fits.
pub(super) fn upstreams(
    telegram: &TelegramParts,
    ai: &Ai,
    stripe: &StripeParts,
) -> Result<Vec<Upstream>, HostError> {
    let mut upstreams = Vec::new();
    for vendor in &ai.vendors {
        upstreams.push(Upstream {
            name: vendor.name,
            variable: vendor.variable,
            prefix: vendor.prefix,
            is_address: true,
            url: vendor.url.clone(),
            client: client(vendor.is_real)?,
            intercept: None,
        });
    }
    // The product takes nothing but a bare origin for Stripe's address.
    upstreams.push(Upstream {
        name: "stripe",
        variable: "STRIPE_API_URL",
        prefix: "/v1",
        is_address: false,
        url: stripe.url.clone(),
        client: client(stripe.is_real())?,
        intercept: None,
    });
    let bridge = telegram.bridge.clone();
    upstreams.push(Upstream {
        name: "telegram",
        variable: "TELEGRAM_API_URL",
        prefix: "",
        is_address: true,
        url: telegram.url.clone(),
        client: client(bridge.is_some())?,
        intercept: bridge.map(|bridge| bridge as Arc<dyn Intercept>),
    });
    Ok(upstreams)
}

pub(super) fn functions(
    options: &HostOptions,
    deployment: &Deployment,
    emulator: &Emulator,
    gate: &HostGate,
    upstreams: Vec<Upstream>,
    public_url: &str,
    region: &str,
) -> Result<Functions, HostError> {
    let log_file = match &options.data_dir {
        None => None,
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(HostError::Folder)?;
            Some(std::fs::File::create(folder.join("functions.log")).map_err(HostError::Folder)?)
        }
    };
    let shared = Arc::new(Shared {
        binaries: options.binaries_dir.clone(),
        region: region.to_owned(),
        aws_endpoint: emulator.endpoint(),
        overrides: HashMap::from([("PUBLIC_URL".to_owned(), public_url.to_owned())]),
        extra: extra_environment(options, public_url),
        clock: Arc::clone(&options.clock),
        credentials: Credentials(emulator.iam().clone()),
        tracker: Arc::clone(&gate.tracker),
        relay: Relay::new(upstreams, gate.latency_cell()),
        log: Arc::new(LogBook::with_file(log_file)),
        history: Arc::default(),
    });
    Ok(Functions::new(
        &deployment.functions,
        options.concurrency,
        shared,
    ))
}

/// What functions are told beside the template.
fn extra_environment(options: &HostOptions, public_url: &str) -> BTreeMap<String, String> {
    let mut extra = options.extra_environment.clone();
    extra.insert("SITE_URL".to_owned(), public_url.to_owned());
    // Demo answers never reach a real chat by themselves.
    if matches!(options.telegram, Telegram::Bridge { .. }) && !Ai::is_all_real(options) {
        extra.insert("SOFI_DRAFTS_ONLY".to_owned(), "1".to_owned());
    }
    extra
}

pub(super) async fn serve(listener: TcpListener, api: Arc<Api>, inner: Arc<Inner>) {
    let mut stop = inner.stop.subscribe();
    let gateway = move |ConnectInfo(peer): ConnectInfo<SocketAddr>, request: Request| {
        let api = Arc::clone(&api);
        async move { api.answer(request, peer.ip()).await }
    };
    let app: Router = Router::new()
        .nest("/__local", crate::control::router(Host { inner }))
        .fallback(gateway);
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let stopped = async move {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    if let Err(error) = axum::serve(listener, service)
        .with_graceful_shutdown(stopped)
        .await
    {
        tracing::error!(%error, "the HTTP API stopped");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafts_only(telegram: Telegram, real: &[&str]) -> bool {
        let mut options = HostOptions::new("template.yaml", "target");
        options.telegram = telegram;
        for vendor in real {
            let url = "https://vendor.example".to_owned();
            options.vendor_urls.insert((*vendor).to_owned(), url);
        }
        extra_environment(&options, "http://localhost").contains_key("SOFI_DRAFTS_ONLY")
    }

    #[test]
    fn demo_answers_are_drafts_where_the_chats_are_real() {
        let real = || Telegram::Bridge {
            api_url: "https://telegram.example".to_owned(),
        };
        let stand_in = HostOptions::new("", "").telegram;
        assert!(drafts_only(real(), &[]));
        assert!(drafts_only(real(), &["xai"]));
        assert!(!drafts_only(real(), &["xai", "groq"]));
        assert!(!drafts_only(stand_in, &[]));
    }
}
