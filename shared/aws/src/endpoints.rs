//! An address per service, as every AWS SDK reads it from `AWS_ENDPOINT_URL_<SERVICE>`.
//!
//! A benchmark needs it: with one address for all, services would share a connection that they do not share on AWS.

use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

/// Service ids as the SDKs write them, and their variables.
const SERVICES: [(&str, &str); 5] = [
    ("DynamoDB", "AWS_ENDPOINT_URL_DYNAMODB"),
    ("KMS", "AWS_ENDPOINT_URL_KMS"),
    ("S3", "AWS_ENDPOINT_URL_S3"),
    ("SQS", "AWS_ENDPOINT_URL_SQS"),
    ("STS", "AWS_ENDPOINT_URL_STS"),
];

/// The addresses that the environment names; none in a deployed stage.
#[derive(Clone, Debug, Default)]
pub struct ServiceEndpoints(Vec<(&'static str, String)>);

impl ServiceEndpoints {
    /// Reads the variables through the given function.
    pub fn from_env(read: impl Fn(&str) -> Option<String>) -> Self {
        let named = SERVICES.iter().filter_map(|(service, variable)| {
            let url = read(variable).filter(|url| !url.is_empty())?;
            Some((*service, url))
        });
        Self(named.collect())
    }

    /// Whether none of the addresses needs TLS.
    pub fn are_plain(&self) -> bool {
        self.0.iter().all(|(_, url)| is_plain(url))
    }
}

/// Whether an address is reached without TLS.
pub(crate) fn is_plain(url: &str) -> bool {
    url.starts_with("http://")
}

impl LoadServiceConfig for ServiceEndpoints {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let wanted = self
            .0
            .iter()
            .find(|(service, _)| *service == key.service_id())?;
        (key.env() == "AWS_ENDPOINT_URL").then(|| wanted.1.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_service_has_an_address_of_its_own() {
        let endpoints = ServiceEndpoints::from_env(|name| {
            (name == "AWS_ENDPOINT_URL_SQS").then(|| "https://localhost:1".to_owned())
        });
        let load = |service, env| {
            let key = ServiceConfigKey::builder()
                .service_id(service)
                .env(env)
                .profile("endpoint_url")
                .build()
                .expect("complete");
            endpoints.load_config(key)
        };
        assert_eq!(
            load("SQS", "AWS_ENDPOINT_URL").as_deref(),
            Some("https://localhost:1")
        );
        assert_eq!(load("DynamoDB", "AWS_ENDPOINT_URL"), None);
        assert_eq!(load("SQS", "AWS_SOMETHING_ELSE"), None);
    }
}
