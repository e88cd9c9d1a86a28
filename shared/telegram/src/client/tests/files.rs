//! Files that are downloaded.

use vendor_kit::testing::{Act, Server, answer};

use super::super::*;
use super::{TOKEN, assert_hides_the_token, client, hasty, token};

/// Asks a server that does one thing for a file of at most nine bytes.
async fn download_from(act: Act) -> Result<Vec<u8>, DownloadError> {
    let server = Server::start(vec![act]);
    let client = hasty(&server.url);
    client.download(&token(), "photos/file_1.jpg", 9).await
}

#[tokio::test]
async fn a_file_comes_from_its_path_whole_and_no_longer_than_asked_for() {
    let server = Server::start(vec![answer(200, "", "123456789")]);
    let client = client(&server);
    let bytes = client.download(&token(), "photos/file_1.jpg", 9).await;
    assert_eq!(bytes.expect("a file"), b"123456789");
    let request = server.requests().remove(0);
    assert!(request.starts_with(&format!("GET /file/bot{TOKEN}/photos/file_1.jpg ")));
    let told = download_from(answer(200, "", "1234567890")).await;
    assert!(matches!(told, Err(DownloadError::TooLong)), "{told:?}");
    let untold = b"HTTP/1.1 200 X\r\nconnection: close\r\n\r\n1234567890".to_vec();
    let found = download_from(Act::Write(untold)).await;
    assert!(matches!(found, Err(DownloadError::TooLong)), "{found:?}");
}

type IsExpected = fn(&DownloadError) -> bool;

#[tokio::test]
async fn a_file_that_does_not_come_never_shows_the_token() {
    let head = |text: &str| Act::Write(text.as_bytes().to_vec());
    let whatever = |_: &DownloadError| true;
    let cases: [(Act, IsExpected); 8] = [
        (answer(401, "", ""), |error| {
            matches!(error, DownloadError::Token)
        }),
        (answer(404, "", ""), |error| {
            matches!(error, DownloadError::Gone)
        }),
        (answer(502, "", ""), |error| {
            matches!(error, DownloadError::Status(502))
        }),
        (
            head(
                "HTTP/1.1 429 X\r\nretry-after: 40\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            ),
            |error| matches!(error, DownloadError::Wait(40)),
        ),
        (
            head(
                "HTTP/1.1 302 X\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            ),
            |error| matches!(error, DownloadError::Status(302)),
        ),
        (
            head("HTTP/1.1 200 X\r\ncontent-length: 9\r\nconnection: close\r\n\r\n123"),
            |error| matches!(error, DownloadError::Transport(_)),
        ),
        (Act::Hold(Vec::new()), |error| {
            matches!(error, DownloadError::Transport(_))
        }),
        (Act::Close, whatever),
    ];
    for (number, (act, is_expected)) in cases.into_iter().enumerate() {
        let error = download_from(act).await.expect_err("no file");
        assert!(is_expected(&error), "{number}: {error:?}");
        assert_hides_the_token(&error);
    }
    let client = hasty("http://127.0.0.1:9");
    let error = client.download(&token(), "../x", 9).await;
    assert!(matches!(error, Err(DownloadError::Path)), "{error:?}");
}
