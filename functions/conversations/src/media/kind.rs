//! What a file is, by its first bytes. What its sender or Telegram calls it is not believed.

/// Brands of MP4 that browsers show as a video. Pictures and sound have the same form under other brands.
const VIDEO: [&[u8; 4]; 13] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ",
    b"MSNV", b"dash", b"mmp4",
];
/// Where the name of its kind stands in a Matroska file at the latest.
const HEAD: usize = 64;

/// Every type that is shown; whatever else there is may only be saved. None of them can hold a script.
pub(super) fn of(bytes: &[u8]) -> Option<&'static str> {
    let at =
        |from: usize, what: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(what));
    if at(0, b"\xff\xd8\xff") {
        return Some("image/jpeg");
    }
    if at(0, b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    if at(0, b"GIF87a") || at(0, b"GIF89a") {
        return Some("image/gif");
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Some("image/webp");
    }
    if at(0, b"OggS\0") {
        return Some("audio/ogg");
    }
    if at(4, b"ftyp") {
        if at(8, b"M4A ") || at(8, b"M4B ") {
            return Some("audio/mp4");
        }
        return VIDEO
            .iter()
            .any(|brand| at(8, brand.as_slice()))
            .then_some("video/mp4");
    }
    if at(0, b"\x1a\x45\xdf\xa3") {
        let head = bytes.get(..HEAD).unwrap_or(bytes);
        return head
            .windows(4)
            .any(|word| word == b"webm")
            .then_some("video/webm");
    }
    (at(0, b"ID3") || is_mpeg_layer_three(bytes)).then_some("audio/mpeg")
}

/// Eleven bits that are set, and layer three.
fn is_mpeg_layer_three(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, second, ..] if second & 0xe6 == 0xe2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (bytes, expected) in [
            (b"\xff\xd8\xff\xe0\0\x10JFIF".as_slice(), "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
            (b"GIF89a\x01\0", "image/gif"),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
            (b"OggS\0\x02\0\0", "audio/ogg"),
            (b"\0\0\0\x20ftypisom\0\0\x02\0", "video/mp4"),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", "video/mp4"),
            (b"\0\0\0\x20ftypM4A \0\0\0\0", "audio/mp4"),
            (
                b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
                "video/webm",
            ),
            (b"ID3\x04\0\0", "audio/mpeg"),
            (b"\xff\xfb\x90\x64", "audio/mpeg"),
        ] {
            assert_eq!(of(bytes), Some(expected), "{bytes:?}");
        }
    }

    #[test]
    fn whatever_else_there_is_is_only_saved() {
        for bytes in [
            b"".as_slice(),
            b"\xff",
            b"RIFF",
            b"RIFF\x24\0\0\0WAVEfmt ",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\">",
            b"<!doctype html><script>",
            b"%PDF-1.7",
            b"PK\x03\x04",
            b"\x1f\x8b\x08\0",
            b"\0\0\0\x18ftypheic\0\0\0\0",
            b"\0\0\0\x14ftypqt  ",
            b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska",
            b"hello",
        ] {
            assert_eq!(of(bytes), None, "{bytes:?}");
        }
    }
}
