//! What is open while an archive is written: lines, and files that are made of them.

use super::*;
use crate::manifest::sha256;
use crate::section::line;

/// A value of every sort, with its parts in another order than the canonical one.
fn nested() -> Value {
    json!({
        "b": [1.0, -0.0, u64::MAX, null, true, "=<1>\n"],
        "a": { "é\"": "" },
    })
}

/// The lines, the table and the page of some notes.
fn files(records: &[Value]) -> (String, String, String) {
    let section = Section::of::<Note>("notes", "Notes").unwrap();
    let lines = records.iter().map(|record| record.as_object().unwrap());
    let lines: String = lines
        .map(|record| line(&section, record).unwrap() + "\n")
        .collect();
    let (mut table, mut page) = (String::new(), String::new());
    section.push_csv(&mut table, &lines).unwrap();
    section.push_page(&mut page, &lines, 7, 2, true).unwrap();
    (lines, table, page)
}

/// The archive of `written`, put aside after each record (1: to go on here, 2: to go on elsewhere) or not (0).
fn disturbed(places: &[u8]) -> Vec<u8> {
    let (mut export, mut out) = (begun(), Vec::new());
    for (number, place) in places.iter().enumerate() {
        step(&mut export, number, 20_000);
        while let Some(part) = export.part() {
            out.extend(part.bytes);
        }
        if *place > 0 {
            let (checkpoint, tail, rest) = export.suspend().unwrap();
            export = match place {
                1 => rest.resume(tail).unwrap(),
                _ => Export::resume(&checkpoint, tail).unwrap(),
            };
        }
    }
    for part in export.finish(&pen()).unwrap() {
        out.extend(part.bytes);
    }
    out
}

#[test]
fn table_and_page_of_lines_are_those_of_the_records() {
    let (lines, table, page) = files(&[json!({ "text": nested(), "at": 0.1 + 0.2 }), json!({})]);
    let value = r#"{"a":{"é\"":""},"b":[1.0,-0.0,18446744073709551615,null,true,"=<1>\n"]}"#;
    let number = "0.30000000000000004";
    let expected = format!("{{\"at\":{number},\"text\":{value}}}\n{{\"at\":null,\"text\":null}}\n");
    assert_eq!(lines, expected);

    let mut expected = String::from(csv::BOM);
    for row in [[Some("text"), Some("at")], [Some(value), Some(number)]] {
        csv::push_row(&mut expected, row);
    }
    assert_eq!(table, expected + ",\r\n");

    let field = |name: &str, shown: &str| {
        format!("<dt dir=\"auto\">{name}</dt><dd dir=\"auto\">{shown}</dd>")
    };
    let items = [
        "1.0",
        "-0.0",
        "18446744073709551615",
        "–",
        "true",
        "=&lt;1&gt;\n",
    ];
    let items = items.map(|item| format!("<li dir=\"auto\">{item}</li>"));
    let (inner, list) = (field("é&quot;", ""), items.concat());
    let a = field("a", &format!("<dl>{inner}</dl>"));
    let b = field("b", &format!("<ul>{list}</ul>"));
    let first = field("text", &format!("<dl>{a}{b}</dl>")) + &field("at", number);
    let second = field("text", "–") + &field("at", "–");
    let links = "<p><a href=\"../index.html\">Overview</a> · <a href=\"notes-000001.html\">Back</a> · \
                 <a href=\"notes-000003.html\">Next</a></p>\n";
    let body = format!(
        "<body>\n<h1 dir=\"auto\">Notes, page 2</h1>\n{links}\
         <article><h2>7</h2><dl>{first}</dl></article>\n<article><h2>8</h2><dl>{second}</dl></article>\n\
         {links}</body>\n</html>\n"
    );
    assert_eq!(page.find("<body>").map(|at| &page[at..]), Some(&*body));
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">\n"));
}

#[test]
fn a_tail_holds_what_is_open_once_and_as_lines_alone() {
    let mut export = begun();
    for number in 0..9 {
        step(&mut export, number, 1_000);
    }
    let lines: String = export.open.iter().map(|open| open.lines.as_str()).collect();
    let pending = export.parts.pending.clone();
    let (_, tail, _) = export.suspend().unwrap();
    let rest = tail.strip_prefix(&pending[..]).unwrap();
    let state = rest.strip_prefix(lines.as_bytes()).unwrap();
    assert_eq!(lines.lines().count(), 9);
    assert!(!String::from_utf8_lossy(state).contains("xxx"));
}

#[test]
fn a_part_has_its_whole_size_from_its_first_byte_on_and_no_more() {
    let size = 8 << 20;
    let mut export = begun();
    // So nearly a part that the rest does not fit behind it.
    export.file("large.bin", &vec![0; size - 100]).unwrap();
    let (_, tail, rest) = export.suspend().unwrap();
    assert!(tail.len() > size);
    export = rest.resume(tail).unwrap();
    assert_eq!(export.parts.pending.capacity(), size);
    export.file("small.bin", &[0; 200]).unwrap();
    let part = export.part().unwrap();
    assert_eq!((part.bytes.len(), part.bytes.capacity()), (size, size));
    assert_eq!(export.parts.pending.capacity(), size);
}

#[test]
fn an_export_is_not_put_aside_while_a_part_waits() {
    let mut export = begun();
    export.file("large.bin", &vec![0; 9 << 20]).unwrap();
    assert!(matches!(export.suspend(), Err(Error::PartWaits)));
    assert_eq!(export.part().unwrap().number, 1);
    assert!(export.part().is_none() && export.suspend().is_ok());
}

#[test]
fn a_tail_of_a_former_release_is_told_from_a_damaged_one() {
    let open = json!({ "cuts": 0, "records": 0, "total": 0, "jsonl": "", "csv": "", "html": "" });
    let former = json!({
        "head": begun().head, "sections": begun().sections, "open": [open, open, open], "files": [],
    });
    let former = former.to_string().into_bytes();
    let mut tail = former.clone();
    tail.extend((former.len() as u64).to_le_bytes());
    let checkpoint = Checkpoint {
        parts: 0,
        offset: 0,
        tail_bytes: tail.len() as u64,
        tail_sha256: sha256(&tail),
    };
    let resumed = Export::resume(&checkpoint, tail.clone());
    assert!(matches!(resumed, Err(Error::OtherRelease(_))));
    tail[0] ^= 1;
    let damaged = Export::resume(&checkpoint, tail);
    assert!(matches!(damaged, Err(Error::Tail)));
}

proptest! {
    #[test]
    fn a_number_stands_in_every_file_as_in_its_line(float in proptest::num::f64::NORMAL, whole in any::<i64>()) {
        for number in [json!(float), json!(whole)] {
            let text = canonical(&number);
            let (_, table, page) = files(&[json!({ "at": number })]);
            let rows = csv::parse(&table).unwrap();
            prop_assert_eq!(&rows[1], &[None, Some(text.clone())]);
            let shown = format!("<dd dir=\"auto\">{}</dd>", text);
            prop_assert!(page.contains(&shown), "{}", shown);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn put_aside_anywhere_it_is_the_same_archive(places in proptest::collection::vec(0..3_u8, 40)) {
        prop_assert!(disturbed(&places) == written(40, 20_000, usize::MAX));
    }
}
