//! Fetching a file by the path that `getFile` gave.

use std::time::Duration;

use super::{Client, wait_header};
use crate::error::Consequence;
use crate::token::BotToken;

/// The longest time from the start of a download to its last byte.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(12);
/// The longest path that is asked for, in bytes.
const LONGEST_PATH: usize = 256;

/// Why a file did not come.
///
/// Neither Debug nor Display nor any source holds the token: addresses are removed from sources.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// The path has not the form of Telegram's; nothing was asked.
    #[error("path has another form")]
    Path,
    /// Telegram no longer has the file, or its path has expired.
    #[error("file is gone")]
    Gone,
    /// The token is revoked or wrong.
    #[error("token is not taken")]
    Token,
    /// The file is longer than asked for.
    #[error("file is too long")]
    TooLong,
    /// No download for so many seconds (at least 1).
    #[error("asked to wait for {0} s")]
    Wait(i64),
    /// Another answer than a file.
    #[error("http {0} instead of a file")]
    Status(u16),
    /// No connection, no answer in time, or one that broke off.
    #[error("file did not come")]
    Transport(#[source] Box<reqwest::Error>),
}

impl Client {
    /// Fetches a file of at most `most` bytes by the path of [`File`](crate::File). One try; more than `most` is not read.
    ///
    /// # Errors
    /// See [`DownloadError`].
    pub async fn download(
        &self,
        token: &BotToken,
        path: &str,
        most: usize,
    ) -> Result<Vec<u8>, DownloadError> {
        Box::pin(self.download_once(token, path, most)).await
    }

    async fn download_once(
        &self,
        token: &BotToken,
        path: &str,
        most: usize,
    ) -> Result<Vec<u8>, DownloadError> {
        if !is_plain(path) {
            return Err(DownloadError::Path);
        }
        let failed = |error: reqwest::Error| {
            let error = error.without_url();
            DownloadError::Transport(Box::new(error))
        };
        let base = self.address.base();
        let address = format!("{base}/file/bot{}/{path}", token.expose());
        let request = self.http.get(address);
        let limit = DOWNLOAD_LIMIT.min(self.longest);
        let mut response = request.timeout(limit).send().await.map_err(failed)?;
        match response.status().as_u16() {
            200 => {}
            401 => return Err(DownloadError::Token),
            404 | 410 => return Err(DownloadError::Gone),
            429 => {
                let wait = wait_header(response.headers()).unwrap_or(Consequence::DEFAULT_WAIT);
                return Err(DownloadError::Wait(wait.max(1)));
            }
            status => return Err(DownloadError::Status(status)),
        }
        let fits = |length: u64| usize::try_from(length).is_ok_and(|length| length <= most);
        if !response.content_length().is_none_or(fits) {
            return Err(DownloadError::TooLong);
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if bytes.len() + chunk.len() > most {
                return Err(DownloadError::TooLong);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

/// Telegram's paths are a folder and a name. Whatever could lead elsewhere is none.
fn is_plain(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let is_part =
        |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain);
    path.len() <= LONGEST_PATH && path.split('/').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn a_path_leads_to_a_file_and_nowhere_else() {
        for path in ["photos/file_1.jpg", "documents/file-22.tar.gz", "file_3"] {
            assert!(is_plain(path), "{path}");
        }
        let long = "a".repeat(257);
        for path in [
            "",
            "/etc/passwd",
            "photos/../../x",
            "photos//x",
            "photos/",
            "photos/.x",
            "photos/a?b",
            "photos/a#b",
            "photos/a%2e",
            "photos\\a",
            "photos/a b",
            "http://a/b",
            long.as_str(),
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }
}
