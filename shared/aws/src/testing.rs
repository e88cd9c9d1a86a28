//! A network that lets nothing out, for tests of what clients refuse to send.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use domain::SystemClock;

use crate::{Aws, AwsError, AwsOptions};

/// Counts what would have left, and answers it with an empty success.
#[derive(Clone, Debug, Default)]
pub struct Network(Arc<AtomicUsize>);

impl Network {
    /// What a client is made from: everything as in a function, but for the network.
    ///
    /// # Errors
    /// When the options lack something.
    pub fn config(&self) -> Result<SdkConfig, AwsError> {
        let options = AwsOptions::from_env(|name| {
            (!name.starts_with("AWS_ENDPOINT")).then(|| "eu-central-1".to_owned())
        })?;
        let aws = Aws::new(options, Arc::new(SystemClock::default()));
        let connector = SharedHttpConnector::new(self.clone());
        let http = http_client_fn(move |_, _| connector.clone());
        Ok(aws.own().to_builder().http_client(http).build())
    }

    /// How many requests would have left.
    #[must_use]
    pub fn sent(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl HttpConnector for Network {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        self.0.fetch_add(1, Ordering::Relaxed);
        let ok = StatusCode::try_from(200).expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(ok, SdkBody::from("{}"))))
    }
}
