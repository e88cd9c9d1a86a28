//! As much of HTTP/1.1 as a server on loopback needs: keep-alive, lengths and chunks. Blocking, so that nothing but
//! the measured process waits for a scheduler of ours.

use std::io::{self, Read, Write};

/// Head and body of a request may have this many bytes.
const LIMIT: usize = 8 * 1024 * 1024;

/// One request.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Path with query.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body without chunks.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// One response.
#[derive(Debug)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Headers besides the length.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl Response {
    /// A response without headers of its own.
    pub const fn new(status: u16, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
        }
    }

    /// Writes it in one piece.
    ///
    /// # Errors
    /// When the peer is gone.
    pub fn write(&self, stream: &mut impl Write) -> io::Result<()> {
        let mut out = Vec::with_capacity(256 + self.body.len());
        write!(
            out,
            "HTTP/1.1 {} -\r\ncontent-length: {}\r\n",
            self.status,
            self.body.len()
        )?;
        for (name, value) in &self.headers {
            write!(out, "{name}: {value}\r\n")?;
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(&self.body);
        stream.write_all(&out)?;
        stream.flush()
    }
}

/// Reads requests off one connection.
#[derive(Debug, Default)]
pub struct Reader {
    buffer: Vec<u8>,
}

impl Reader {
    /// The next request; `None` when the peer has closed between two.
    ///
    /// # Errors
    /// When the connection breaks inside a request or the bytes are no HTTP.
    pub fn next(&mut self, stream: &mut impl Read) -> io::Result<Option<Request>> {
        let head_end = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end;
            }
            if !self.fill(stream)? {
                return if self.buffer.is_empty() {
                    Ok(None)
                } else {
                    Err(io::ErrorKind::UnexpectedEof.into())
                };
            }
        };
        let head =
            String::from_utf8(self.take(head_end + 4)).map_err(|_| bad("the head is not text"))?;
        let mut lines = head.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(path)) = (words.next(), words.next()) else {
            return Err(bad("no request line"));
        };
        let mut request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            ..Request::default()
        };
        for line in lines.filter(|line| !line.is_empty()) {
            let (name, value) = line
                .split_once(':')
                .ok_or_else(|| bad("a header without a colon"))?;
            request
                .headers
                .push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        request.body = if request
            .header("transfer-encoding")
            .is_some_and(|coding| coding.contains("chunked"))
        {
            self.chunks(stream)?
        } else {
            let length = request
                .header("content-length")
                .map_or(Ok(0), str::parse)
                .map_err(|_| bad("length"))?;
            self.exactly(stream, length)?
        };
        Ok(Some(request))
    }

    fn chunks(&mut self, stream: &mut impl Read) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line_end = loop {
                match find(&self.buffer, b"\r\n") {
                    Some(end) => break end,
                    None => self.must_fill(stream)?,
                }
            };
            let line = String::from_utf8_lossy(&self.take(line_end + 2)).into_owned();
            let size = line.trim().split(';').next().unwrap_or_default();
            let size = usize::from_str_radix(size, 16).map_err(|_| bad("chunk size"))?;
            let chunk = self.exactly(stream, size + 2)?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }

    fn exactly(&mut self, stream: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
        while self.buffer.len() < length {
            self.must_fill(stream)?;
        }
        Ok(self.take(length))
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let rest = self.buffer.split_off(length);
        std::mem::replace(&mut self.buffer, rest)
    }

    fn must_fill(&mut self, stream: &mut impl Read) -> io::Result<()> {
        if self.fill(stream)? {
            Ok(())
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }

    fn fill(&mut self, stream: &mut impl Read) -> io::Result<bool> {
        if self.buffer.len() > LIMIT {
            return Err(bad("too large"));
        }
        let mut piece = [0; 16 * 1024];
        let count = stream.read(&mut piece)?;
        self.buffer.extend_from_slice(&piece[..count]);
        Ok(count > 0)
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn bad(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes three at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(3);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn two_requests_on_one_connection_are_told_apart_however_their_bytes_arrive() {
        let bytes =
            b"POST /a HTTP/1.1\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhelloGET /b HTTP/1.1\r\n\r\n";
        let (mut reader, mut stream) = (Reader::default(), Slow(bytes));
        let first = reader.next(&mut stream).expect("reads").expect("is there");
        assert_eq!(
            (
                first.method.as_str(),
                first.body.as_slice(),
                first.header("x-a")
            ),
            ("POST", &b"hello"[..], Some("b"))
        );
        assert_eq!(
            reader
                .next(&mut stream)
                .expect("reads")
                .expect("is there")
                .path,
            "/b"
        );
        assert_eq!(reader.next(&mut stream).expect("reads"), None);
    }

    #[test]
    fn chunks_are_joined() {
        let bytes = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        let request = Reader::default()
            .next(&mut Slow(bytes))
            .expect("reads")
            .expect("is there");
        assert_eq!(request.body, b"abcde");
    }

    #[test]
    fn a_broken_request_is_an_error() {
        assert!(
            Reader::default()
                .next(&mut Slow(b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhe"))
                .is_err()
        );
        assert!(
            Reader::default()
                .next(&mut Slow(b"nonsense\r\n\r\n"))
                .is_err()
        );
    }
}
