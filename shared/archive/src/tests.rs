//! The format from outside: written in slices, read by others, damaged.

use std::io::Cursor;

use domain::registry::class;
use p256::ecdsa::{DerSignature, SigningKey, signature::hazmat::PrehashSigner};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::*;

mod open;
mod portable;

struct Pen(SigningKey, PublicKey);

impl Signer for Pen {
    fn key_id(&self) -> &str {
        "test-key"
    }
    fn public_key(&self) -> &PublicKey {
        &self.1
    }
    fn sign(&self, digest: &[u8; 32]) -> Result<Vec<u8>, Refused> {
        let signature: DerSignature = self.0.sign_prehash(digest).map_err(|_| "refused")?;
        Ok(signature.as_bytes().to_vec())
    }
}

fn pen() -> Pen {
    let key = SigningKey::from_slice(&[7; 32]).unwrap();
    let public =
        PublicKey::from_point(key.verifying_key().to_sec1_point(false).as_bytes()).unwrap();
    Pen(key, public)
}

domain::stored! {
    /// A row for these tests.
    pub struct Note: "note" {
        /// Text.
        text: String => class::FAN_CONTENT,
        /// When.
        at: u64 => class::FAN_FACT,
        /// A secret.
        key: String => class::FAN_KEY,
    }
}

fn begun() -> Export {
    let head = Head {
        as_of: "2026-11-29T16:00:00Z".into(),
        created_at: "2026-11-28T09:00:00Z".into(),
        due: vec![Due {
            at: "2026-12-28T09:00:00Z".into(),
            rule: "gdpr_12_3".into(),
        }],
        request: "req_1".into(),
        subject: "fan".into(),
        subject_id: "fan_1".into(),
        tenant: "ten_1".into(),
    };
    let sections = vec![
        Section::of::<Note>("notes", "Notes").unwrap(),
        Section::of::<Note>("messages", "Messages").unwrap(),
        Section::of::<Note>("empty", "Nothing").unwrap(),
    ];
    Export::begin(head, sections).unwrap()
}

fn record(number: usize, size: usize) -> Map<String, Value> {
    let text = format!("=<b>שלום & \"{number}\"</b>{}", "x".repeat(size));
    json!({ "text": text, "at": number })
        .as_object()
        .unwrap()
        .clone()
}

fn step(export: &mut Export, number: usize, size: usize) {
    if number == 3 {
        export
            .file("media/one.bin", &[0x50, 0x4b, 3, 4, 0])
            .unwrap();
    }
    let section = if number.is_multiple_of(3) {
        "notes"
    } else {
        "messages"
    };
    export.record(section, &record(number, size), None).unwrap();
}

fn written(steps: usize, size: usize, slice: usize) -> Vec<u8> {
    let (mut export, mut out, mut parts) = (begun(), Vec::new(), 0);
    for number in 0..steps {
        step(&mut export, number, size);
        while let Some(part) = export.part() {
            parts += 1;
            assert_eq!(part.number, parts);
            assert!(part.bytes.len() >= 5 << 20);
            out.extend(part.bytes);
        }
        if number % slice == slice - 1 {
            let before = export.clone();
            let (checkpoint, tail, rest) = export.suspend().unwrap();
            assert!(tail.starts_with(&before.parts.pending));
            assert_eq!(export.parts.pending.capacity(), 0);
            let checkpoint = serde_json::to_string(&checkpoint).unwrap();
            assert!(checkpoint.len() < 300);
            let checkpoint = serde_json::from_str(&checkpoint).unwrap();
            export = Export::resume(&checkpoint, tail.clone()).unwrap();
            assert!(export == before && rest.resume(tail).unwrap() == before);
        }
    }
    for part in export.finish(&pen()).unwrap() {
        out.extend(part.bytes);
    }
    out
}

#[test]
fn a_checkpoint_at_each_record_gives_the_same_archive() {
    let whole = written(40, 20_000, usize::MAX);
    for slice in [1, 2, 7] {
        assert!(written(40, 20_000, slice) == whole, "slices of {slice}");
    }
}

#[test]
fn parts_of_a_large_archive_are_the_same_whatever_the_slices() {
    assert!(written(9, 900_000, 2) == written(9, 900_000, 5));
}

#[test]
fn sections_that_are_ended_one_by_one_give_the_same_archive() {
    let (mut export, mut out) = (begun(), Vec::new());
    for number in 0..9 {
        step(&mut export, number, 900_000);
    }
    let mut ended = 0;
    while export.end_section().unwrap() {
        ended += 1;
        while let Some(part) = export.part() {
            out.extend(part.bytes);
        }
    }
    assert_eq!(ended, 2, "the third has no record");
    for part in export.finish(&pen()).unwrap() {
        out.extend(part.bytes);
    }
    assert!(out == written(9, 900_000, usize::MAX));
}

#[test]
fn a_tail_of_another_checkpoint_is_refused() {
    let mut export = begun();
    let (checkpoint, tail, first) = export.suspend().unwrap();
    export = Export::resume(&checkpoint, tail).unwrap();
    step(&mut export, 1, 1);
    let (_, tail, _) = export.suspend().unwrap();
    let other = Export::resume(&checkpoint, tail.clone());
    assert!(matches!(other, Err(Error::Tail)));
    assert!(matches!(first.resume(tail), Err(Error::Tail)));
}

#[test]
fn an_undamaged_archive_has_no_findings() {
    let archive = written(40, 20_000, 3);
    assert_eq!(verify(&mut Cursor::new(archive), &pen().1).unwrap(), []);
}

#[test]
fn a_bit_flipped_anywhere_is_named() {
    let archive = written(5, 10, 3);
    // A prime step meets each part of each header somewhere; the last 1,200 bytes, which unzip reads least of, one by one.
    let last = archive.len() - 1200;
    for byte in (0..last).step_by(7).chain(last..archive.len()) {
        let mut damaged = archive.clone();
        damaged[byte] ^= 1 << (byte % 8);
        assert_ne!(
            verify(&mut Cursor::new(damaged), &pen().1).unwrap(),
            [],
            "byte {byte} of {}",
            archive.len()
        );
    }
}

#[test]
fn bytes_before_after_and_missing_are_named() {
    let archive = written(5, 10, 3);
    let cases = [
        [&archive[..], b"x"].concat(),
        [b"x", &archive[..]].concat(),
        archive[..archive.len() - 1].to_vec(),
        Vec::new(),
    ];
    for damaged in cases {
        assert_ne!(verify(&mut Cursor::new(damaged), &pen().1).unwrap(), []);
    }
}

#[test]
fn an_archive_signed_by_another_key_is_named() {
    let key = SigningKey::from_slice(&[8; 32]).unwrap();
    let other = PublicKey::from_point(key.verifying_key().to_sec1_point(false).as_bytes()).unwrap();
    let found = verify(&mut Cursor::new(written(5, 10, 3)), &other).unwrap();
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|one| one.place == Place::Signature));
}

#[test]
fn a_field_that_is_never_exported_is_refused_and_named_in_the_manifest() {
    let secret = json!({ "key": "s" });
    let refused = begun().record("notes", secret.as_object().unwrap(), None);
    assert!(matches!(refused, Err(Error::Undeclared { .. })));
    assert!(String::from_utf8_lossy(&written(1, 1, 1)).contains(r#""withheld":["key"]"#));
}

#[test]
fn paths_that_leave_the_folder_or_collide_are_refused() {
    for path in [
        "../x",
        "/x",
        "a//b",
        "manifest.json",
        "data/x",
        "é",
        "a\\b",
        "",
    ] {
        assert!(
            matches!(begun().file(path, b""), Err(Error::Path(_))),
            "{path}"
        );
    }
}

#[test]
fn cells_that_a_spreadsheet_would_run_get_an_apostrophe() {
    for cell in ["=1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "'x"] {
        assert_eq!(csv::neutral(cell), format!("'{cell}"));
        assert_eq!(csv::restored(&csv::neutral(cell)), cell);
    }
}

#[test]
fn pages_show_text_and_never_markup() {
    let archive = written(5, 10, 3);
    let text = String::from_utf8_lossy(&archive);
    assert!(text.contains("=&lt;b&gt;שלום &amp; &quot;0&quot;&lt;/b&gt;"));
    assert!(!text.contains("<script") && !text.contains("http:") && !text.contains("https:"));
}

#[test]
fn pythons_zipfile_reads_a_member_beyond_four_gigabytes() {
    use std::io::{Seek as _, SeekFrom, Write as _};
    let member = zip::Member {
        path: "far.txt",
        bytes: 3,
        crc32: crc32fast::hash(b"far"),
        offset: 5 << 30,
    };
    let path = std::env::temp_dir().join(format!("archive-far-{}.zip", std::process::id()));
    // A file with a hole: it takes no room.
    let mut file = std::fs::File::create(&path).unwrap();
    file.seek(SeekFrom::Start(member.offset)).unwrap();
    let body = [zip::local_header(&member), b"far".to_vec()].concat();
    let entry = zip::directory_entry(&member);
    let end = zip::end(1, entry.len() as u64, member.offset + body.len() as u64);
    file.write_all(&[body, entry, end].concat()).unwrap();
    let code = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None and z.read('far.txt') == b'far'";
    let python = std::process::Command::new("python3")
        .args(["-c", code])
        .arg(&path)
        .status();
    std::fs::remove_file(&path).unwrap();
    assert!(python.unwrap().success());
}

#[test]
fn damage_is_named_by_its_place() {
    let archive = written(5, 10, 3);
    let find = |text: &[u8]| {
        archive
            .windows(text.len())
            .position(|window| window == text)
            .unwrap()
    };
    let path = || "media/one.bin".to_owned();
    let first = find(b"media/one.bin");
    let last = archive
        .windows(13)
        .rposition(|window| window == b"media/one.bin")
        .unwrap();
    let cases = [
        (first - 20, Place::Header(path())),
        (first + 13, Place::Content(path())),
        (find(b"sofi-export"), Place::Manifest),
        (find(b"\"fan_1\"") + 1, Place::Signature),
        (find(b"manifest.sig") + 20, Place::Signature),
        (last - 4, Place::Directory(path())),
        (archive.len() - 10, Place::End),
    ];
    for (byte, place) in cases {
        let mut damaged = archive.clone();
        damaged[byte] ^= 1;
        let found = verify(&mut Cursor::new(damaged), &pen().1).unwrap();
        assert!(
            found.iter().any(|one| one.place == place),
            "{place:?} in {found:?}"
        );
    }
}

proptest! {
    #[test]
    fn p29_what_is_written_as_csv_is_read_back(rows in proptest::collection::vec(
        proptest::collection::vec(proptest::option::of("[=+@'\"\r\n\t, -]{0,3}\\PC{0,4}"), 1..4), 0..5)) {
        let mut text = String::from(csv::BOM);
        for row in &rows {
            csv::push_row(&mut text, row.iter().map(Option::as_deref));
        }
        prop_assert_eq!(csv::parse(&text).unwrap(), rows);
    }
}
