//! The environment, read once: the only reader of variables that are not AWS's, the store's or the queues' own.

use crate::AppError;

/// Model ids; `None` where the template names none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Models {
    /// At xAI.
    pub xai: Option<String>,
    /// At Groq.
    pub groq: Option<String>,
}

/// What the template (and, on a laptop, the host) tells a function.
#[derive(Clone, Debug)]
pub struct Config {
    /// `STAGE`: `dev`, `staging` or `prod`.
    pub stage: String,
    /// `PUBLIC_URL`: the https origin that Telegram calls, without a trailing slash. Empty where no function needs it.
    pub public_url: String,
    /// `APP_ORIGIN`: the dashboard's origin, for the check of where a change came from. Empty where nothing is changed
    /// by cookie.
    pub app_origin: String,
    /// `TELEGRAM_API_URL`: set by the laptop host only.
    pub telegram_api_url: Option<String>,
    /// `XAI_API_URL` and `GROQ_API_URL`: set by the laptop host only.
    pub xai_api_url: Option<String>,
    /// See [`Config::xai_api_url`].
    pub groq_api_url: Option<String>,
    /// `STRIPE_API_URL`: set by the laptop host only.
    pub stripe_api_url: Option<String>,
    /// `SOFI_DRAFTS_ONLY`: set by the laptop host only, when demo answers would reach real chats.
    pub ai_drafts_only: bool,
    /// `SITE_URL`: where the laptop host serves the dashboard; links in mails lead there. Empty when deployed.
    pub site_url: Option<String>,
    /// `XAI_MODEL` and `GROQ_MODEL`: which models are asked, because vendors retire them.
    pub models: Models,
    /// `ANCHOR_BUCKET`: where heads of audit chains are kept out of everybody's reach. Empty where no function needs it.
    pub anchor_bucket: String,
    /// `EXPORT_BUCKET`: where exports are kept until they are downloaded or their time is over. Empty where no function needs it.
    pub export_bucket: String,
    /// `EXPORT_KEY_ARN`: the key that signs exports and certificates. Empty where no function needs it.
    pub export_key_arn: String,
    /// `CLOCK_OFFSET_SECONDS`: honoured only together with `AWS_ENDPOINT_URL`, so never in a deployed stage.
    pub clock_offset_seconds: i64,
    /// `INBOUND_QUEUE_NAME`, `DOORBELL_QUEUE_NAME`, ...: the queue whose messages this worker takes.
    pub source_queue: String,
}

impl Config {
    /// Where people find the dashboard, without a slash at the end. Never taken from a request: whoever can choose a
    /// `Host` header could choose where the link of a reset leads.
    pub fn site(&self) -> &str {
        self.site_url.as_deref().unwrap_or(&self.app_origin)
    }

    /// Reads the variables through the given function.
    ///
    /// # Errors
    /// When a variable is malformed.
    pub fn from_env(read: impl Fn(&str) -> Option<String>) -> Result<Self, AppError> {
        let on_laptop = read("AWS_ENDPOINT_URL").is_some();
        let offset = match read("CLOCK_OFFSET_SECONDS").filter(|_| on_laptop) {
            Some(text) => text
                .parse()
                .map_err(|_| AppError::Malformed("CLOCK_OFFSET_SECONDS"))?,
            None => 0,
        };
        let trimmed = |name: &str| {
            read(name)
                .unwrap_or_default()
                .trim_end_matches('/')
                .to_owned()
        };
        Ok(Self {
            stage: read("STAGE").unwrap_or_else(|| "dev".to_owned()),
            public_url: trimmed("PUBLIC_URL"),
            app_origin: trimmed("APP_ORIGIN"),
            telegram_api_url: read("TELEGRAM_API_URL").filter(|_| on_laptop),
            xai_api_url: read("XAI_API_URL").filter(|_| on_laptop),
            groq_api_url: read("GROQ_API_URL").filter(|_| on_laptop),
            stripe_api_url: read("STRIPE_API_URL").filter(|_| on_laptop),
            ai_drafts_only: on_laptop && read("SOFI_DRAFTS_ONLY").is_some(),
            site_url: read("SITE_URL").filter(|_| on_laptop),
            models: Models {
                xai: read("XAI_MODEL"),
                groq: read("GROQ_MODEL"),
            },
            clock_offset_seconds: offset,
            anchor_bucket: read("ANCHOR_BUCKET").unwrap_or_default(),
            export_bucket: read("EXPORT_BUCKET").unwrap_or_default(),
            export_key_arn: read("EXPORT_KEY_ARN").unwrap_or_default(),
            source_queue: read("SOURCE_QUEUE_NAME").unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(variables: &[(&str, &str)]) -> Result<Config, AppError> {
        Config::from_env(|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_deployed_function_ignores_a_moved_clock_and_a_stand_in() {
        let read = config(&[
            ("CLOCK_OFFSET_SECONDS", "600"),
            ("TELEGRAM_API_URL", "http://127.0.0.1:1"),
            ("XAI_API_URL", "http://127.0.0.1:1"),
            ("STRIPE_API_URL", "http://127.0.0.1:1"),
            ("SOFI_DRAFTS_ONLY", "1"),
        ])
        .expect("reads");
        assert_eq!(
            (read.clock_offset_seconds, read.telegram_api_url),
            (0, None)
        );
        assert_eq!((read.xai_api_url, read.ai_drafts_only), (None, false));
        assert_eq!(read.stripe_api_url, None);
    }

    #[test]
    fn the_laptop_host_may_move_the_clock() {
        let read = config(&[
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
            ("CLOCK_OFFSET_SECONDS", "600"),
        ])
        .expect("reads");
        assert_eq!(read.clock_offset_seconds, 600);
        assert!(config(&[("AWS_ENDPOINT_URL", "x"), ("CLOCK_OFFSET_SECONDS", "soon")]).is_err());
    }
}
