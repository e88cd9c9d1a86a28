//! Sending a file that Telegram does not have yet.

use std::fmt;

use reqwest::multipart::{Form, Part};

use super::{Client, Method, Sent, readable};
use crate::error::{NotSent, SendError};
use crate::token::BotToken;

/// A file to send. Debug prints no content.
pub struct FileMessage<'a> {
    /// The chat.
    pub chat_id: i64,
    /// What the file is called.
    pub name: &'a str,
    /// Its media type.
    pub mime: &'a str,
    /// At most 50 MB.
    pub bytes: Vec<u8>,
    /// 0-1024 UTF-16 units that stand below it.
    pub caption: &'a str,
}

impl fmt::Debug for FileMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileMessage")
            .field("chat_id", &self.chat_id)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl FileMessage<'_> {
    fn form(self) -> Result<Form, reqwest::Error> {
        let part = Part::bytes(self.bytes)
            .file_name(self.name.to_owned())
            .mime_str(self.mime)?;
        let form = Form::new()
            .text("chat_id", self.chat_id.to_string())
            .text("caption", self.caption.to_owned());
        Ok(form.part("document", part))
    }
}

impl Client {
    /// Sends a file as a document. It may take half a minute.
    ///
    /// # Errors
    /// See [`SendError`]; an accepted file whose answer cannot be read is unknown, not failed.
    pub async fn send_file(
        &self,
        token: &BotToken,
        message: FileMessage<'_>,
    ) -> Result<Sent, SendError> {
        let form = message.form().map_err(|error| SendError::NotSent {
            why: NotSent::Build,
            source: Some(Box::new(error)),
        })?;
        let sent = self.upload(token, Method::SendDocument, form).await?;
        readable(Sent::read(&sent))
    }
}

#[cfg(test)]
mod tests {
    use vendor_kit::testing::{Server, answer};

    use super::*;
    use crate::error::Consequence;

    const TOKEN: &str = "1234567890:CANARYexampleexampleexampleexample1";

    async fn sent_to(status: u16, body: &str) -> (Result<Sent, SendError>, String) {
        let server = Server::start(vec![answer(status, "", body)]);
        let token = BotToken::parse(TOKEN).expect("a token");
        let message = FileMessage {
            chat_id: 5,
            name: "copy.zip",
            mime: "application/zip",
            bytes: b"PK-the-bytes".to_vec(),
            caption: "It is here.",
        };
        assert!(!format!("{message:?}").contains("It is here"));
        let client = Client::new(&server.url).expect("a client");
        let sent = client.send_file(&token, message).await;
        (sent, server.requests().remove(0))
    }

    #[tokio::test]
    async fn a_file_goes_out_as_a_document_with_its_name_and_what_stands_below() {
        let accepted = r#"{"ok":true,"result":{"message_id":9,"date":1,"chat":{"id":5}}}"#;
        let (sent, request) = sent_to(200, accepted).await;
        assert_eq!(sent.expect("sent").message_id, 9);
        let (head, body) = request.split_once("\r\n\r\n").expect("a body");
        assert!(head.starts_with(&format!("POST /bot{TOKEN}/sendDocument HTTP/1.1")));
        assert!(head.contains("multipart/form-data; boundary="), "{head}");
        for part in [
            "name=\"chat_id\"\r\n\r\n5\r\n",
            "name=\"caption\"\r\n\r\nIt is here.\r\n",
            "name=\"document\"; filename=\"copy.zip\"\r\n",
            "application/zip\r\n\r\nPK-the-bytes\r\n",
        ] {
            assert!(body.contains(part), "{part:?} in {body:?}");
        }
    }

    #[tokio::test]
    async fn a_file_that_telegram_finds_too_large_is_refused_for_good() {
        let refusal = r#"{"ok":false,"error_code":413,"description":"Request Entity Too Large"}"#;
        let (sent, _) = sent_to(413, refusal).await;
        let error = sent.expect_err("refused");
        assert_eq!(error.consequence(), Consequence::BadRequest);
    }
}
