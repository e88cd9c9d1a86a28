//! Trains the model and measures it: `cargo run --release -p care --example train`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

mod fit;

use fit::{Example, Fitted, Settings};

const KINDS: [&str; 7] = [
    "harmless",
    "self_harm",
    "crisis",
    "minor",
    "grief",
    "money_trouble",
    "refund_dispute",
];

struct Phrase {
    batch: String,
    language: String,
    kind: usize,
    text: String,
}

fn read(batch: &str, path: &Path, phrases: &mut Vec<Phrase>) {
    let file = std::fs::read_to_string(path).expect("readable");
    let stem = path.file_stem().expect("named").to_string_lossy().into_owned();
    for line in file.lines().filter(|line| !line.trim().is_empty()) {
        let parts: Vec<&str> = line.split('\t').collect();
        let (language, kind, text) = match parts[..] {
            [kind, text] => (stem.clone(), kind, text),
            [language, kind, text] => (language.to_owned(), kind, text),
            _ => continue,
        };
        let kind = match kind { "money" => "money_trouble", "refund" => "refund_dispute", kind => kind };
        let Some(kind) = KINDS.iter().position(|known| *known == kind) else {
            panic!("a kind nobody knows");
            continue;
        };
        phrases.push(Phrase {
            batch: batch.to_owned(),
            language,
            kind,
            text: text.to_owned(),
        });
    }
}

fn folder(batch: &str, path: &str, phrases: &mut Vec<Phrase>) {
    let Ok(entries) = std::fs::read_dir(path) else { return };
    let mut files: Vec<_> = entries.map(|entry| entry.expect("entry").path()).filter(|path| path.extension().is_some_and(|e| e == "tsv")).collect();
    files.sort();
    for file in files {
        let batch = if file.ends_with("held_out.tsv") { "held" } else { batch };
        read(batch, &file, phrases);
    }
}

static SHORT: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut phrases = Vec::new();
    folder("corpus", here.join("corpus").to_str().unwrap(), &mut phrases);
    folder("a", "/tmp/care-new", &mut phrases);
    folder("train", "/tmp/care-train", &mut phrases);
    folder("own", here.join("training/phrases").to_str().unwrap(), &mut phrases);
    let mut names: Vec<String> = Vec::new();
    let mut files: Vec<String> = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(here.join("concepts")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let english = std::fs::read_to_string(here.join("concepts/en.txt")).unwrap();
    let small = ["i", "my", "me", "you", "he", "we", "one", "all", "can", "must", "will", "if", "only", "still", "again", "more", "when", "day", "before", "next"];
    names.extend(small.iter().map(|s| s.to_string()));
    for line in english.lines() {
        let name = line.split(':').next().unwrap();
        if name != "skip" && !names.iter().any(|n| n == name) { names.push(name.to_owned()); }
    }
    assert_eq!(small.len(), care::study::SMALL);
    for path in &paths {
        let file = std::fs::read_to_string(path).unwrap();
        for line in file.lines() {
            let name = line.split(':').next().unwrap();
            if name != "skip" && !names.iter().any(|n| n == name) { println!("{path:?}: unknown {name}"); }
        }
        files.push(file);
    }
    let table = care::study::table(&names.iter().map(String::as_str).collect::<Vec<_>>(), &files);
    println!("{} concepts, table {} bytes, {} phrases", names.len(), table.len(), phrases.len());
    let args: HashMap<String, f32> = std::env::args().skip(1).filter_map(|a| { let (k, v) = a.split_once('=')?; Some((k.to_owned(), v.parse().ok()?)) }).collect();
    let get = |k: &str, d: f32| args.get(k).copied().unwrap_or(d);
    let (no_letters, no_meanings) = (get("noletters", 0.0) > 0.0, get("nomeanings", 0.0) > 0.0);
    let examples: Vec<Example> = phrases.iter().map(|p| {
        let (features, _) = care::study::features(&p.text, &table);
        Example { letters: get("letters", 0.3), kind: p.kind, features: features.iter().filter(|f| !(f.meant && no_meanings) && !(!f.meant && no_letters)).map(|f| (f.bucket, f.meant)).collect() }
    }).collect();
    if get("unknown", 0.0) > 0.0 {
        let mut counts: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
        let mut covered: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for p in &phrases {
            let (known, unknown) = care::study::unknown(&p.text, &table);
            let c = covered.entry(&p.language).or_default();
            c.0 += known; c.1 += unknown.len();
            if p.batch == "a" { continue; }
            for w in unknown { *counts.entry(&p.language).or_default().entry(w).or_default() += 1; }
        }
        for (l, c) in &covered { println!("{l}: {:.2}", c.0 as f32 / (c.0 + c.1) as f32); }
        for (l, c) in counts { let mut c: Vec<_> = c.into_iter().collect(); c.sort_by_key(|(w, n)| (std::cmp::Reverse(*n), w.clone())); print!("\n{l}:"); for (w, n) in c.iter().take(get("unknown", 0.0) as usize) { print!(" {w}{n}"); } }
        return;
    }
    let lexicon: Vec<bool> = phrases.iter().map(|p| care::study::lexicon(&p.text).is_some()).collect();
    let settings = Settings { epochs: get("epochs", 12.0) as usize, rate: get("rate", 0.3), decay: get("decay", 1e-3), drop: get("drop", 0.3), harmless: get("harmless", 1.0) };
    SHORT.store(get("short", 0.0) > 0.0, std::sync::atomic::Ordering::Relaxed);
    let verbose = get("show", 0.0) > 0.0;
    if get("test", 0.0) > 0.0 {
        // Aggregates only: nobody may tune on these phrases.
        let fitted = fit::fit(&examples.iter().collect::<Vec<_>>(), &settings);
        let mut unseen = Vec::new();
        folder("test", "/tmp/care-test", &mut unseen);
        let shown: Vec<Example> = unseen.iter().map(|p| {
            let (features, _) = care::study::features(&p.text, &table);
            Example { letters: get("letters", 0.3), kind: p.kind, features: features.iter().map(|f| (f.bucket, f.meant)).collect() }
        }).collect();
        let lexicon: Vec<bool> = unseen.iter().map(|p| care::study::lexicon(&p.text).is_some()).collect();
        let all: Vec<usize> = (0..unseen.len()).collect();
        let care = unseen.iter().filter(|p| p.kind != 0).count();
        let l = |c: bool| all.iter().filter(|i| (unseen[**i].kind != 0) == c && lexicon[**i]).count();
        println!("lexicon alone {}/{} {}/{}", l(true), care, l(false), unseen.len() - care);
        for veto in [-2.0f32, -1.5, -1.0] {
            let n = |c: bool| all.iter().filter(|i| lexicon[**i] && (unseen[**i].kind != 0) == c && fitted.margin(&shown[**i]) < veto).count();
            println!("veto below {veto}: spares {} loses {}", n(false), n(true));
        }
        report("unseen", &all, &unseen, &shown, &lexicon, |_| &fitted, get("at", 0.0));
        return;
    }
    for left in ["a", "train"] {
        let train: Vec<&Example> = (0..examples.len()).filter(|i| phrases[*i].batch != left).map(|i| &examples[i]).collect();
        let fitted = fit::fit(&train, &settings);
        let test: Vec<usize> = (0..examples.len()).filter(|i| phrases[*i].batch == left).collect();
        report(&format!("left out: {left}"), &test, &phrases, &examples, &lexicon, |_| &fitted, get("at", 0.0));
        for t in [-3.0, -2.0, -1.5, -1.0, -0.5] {
            let n = |care: bool| test.iter().filter(|i| lexicon[**i] && (phrases[**i].kind != 0) == care && fitted.margin(&examples[**i]) < t).count();
            println!("veto below {t}: spares {} harmless, loses {} care", n(false), n(true));
        }
        if verbose {
            for i in &test {
                let m = fitted.margin(&examples[*i]);
                let alarm = m > get("at", 0.0) ;
                let care = phrases[*i].kind != 0;
                if (alarm || lexicon[*i]) != care {
                    println!("{:6.2} {} {} {} {}", m, lexicon[*i] as u8, phrases[*i].language, KINDS[phrases[*i].kind], phrases[*i].text);
                }
            }
        }
    }
    // Folds.
    let folds = 5;
    let fold_of: Vec<usize> = (0..examples.len()).map(|i| (i / 4).wrapping_mul(2_654_435_761) >> 7 & 0xffff).map(|h| h % folds).collect();
    let fits: Vec<Fitted> = (0..folds).map(|fold| {
        let train: Vec<&Example> = (0..examples.len()).filter(|i| fold_of[*i] != fold).map(|i| &examples[i]).collect();
        fit::fit(&train, &settings)
    }).collect();
    for batch in ["a", "train", "held", "corpus", "own"] {
        let test: Vec<usize> = (0..examples.len()).filter(|i| phrases[*i].batch == batch).collect();
        if test.is_empty() { continue; }
        report(&format!("folds: {batch}"), &test, &phrases, &examples, &lexicon, |i| &fits[fold_of[i]], get("at", 0.0));
    }
}

fn report<'a>(title: &str, test: &[usize], phrases: &[Phrase], examples: &[Example], lexicon: &[bool], fitted: impl Fn(usize) -> &'a Fitted, at: f32) {
    let mut harm: Vec<f32> = test.iter().filter(|i| phrases[**i].kind == 0).map(|i| fitted(*i).margin(&examples[*i])).collect();
    harm.sort_by(|a, b| b.total_cmp(a));
    let at_false = |share: f32| { let t = harm[((harm.len() as f32 * share) as usize).min(harm.len() - 1)]; let all: Vec<usize> = test.iter().copied().filter(|i| phrases[*i].kind != 0).collect(); let k = all.iter().filter(|i| fitted(**i).margin(&examples[**i]) > t).count(); let b = all.iter().filter(|i| lexicon[**i] || fitted(**i).margin(&examples[**i]) > t).count(); (t, 100.0 * k as f32 / all.len() as f32, 100.0 * b as f32 / all.len() as f32) };
    println!("== {title}  alone,or at 1%: {:?}  2%: {:?}  5%: {:?}", at_false(0.01), at_false(0.02), at_false(0.05));
    if SHORT.load(std::sync::atomic::Ordering::Relaxed) { return; }
    let scored: Vec<(usize, f32)> = test.iter().map(|i| (*i, fitted(*i).margin(&examples[*i]))).collect();
    let care = scored.iter().filter(|(i, _)| phrases[*i].kind != 0).count();
    let harmless = scored.len() - care;
    for t in [-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0f32] {
        let count = |which: &dyn Fn(usize, f32) -> bool| scored.iter().filter(|(i, m)| which(*i, *m)).count();
        let alone = count(&|i, m| phrases[i].kind != 0 && m > t);
        let alone_false = count(&|i, m| phrases[i].kind == 0 && m > t);
        let both = count(&|i, m| phrases[i].kind != 0 && (m > t || lexicon[i]));
        let both_false = count(&|i, m| phrases[i].kind == 0 && (m > t || lexicon[i]));
        let p = |a: usize, b: usize| 100.0 * a as f32 / b.max(1) as f32;
        println!("  at {t:4}: alone {:5.1}% / {:4.1}%   with lexicon {:5.1}% / {:4.1}%", p(alone, care), p(alone_false, harmless), p(both, care), p(both_false, harmless));
    }
    let mut by: BTreeMap<&str, (usize, usize, usize, usize)> = BTreeMap::new();
    for (i, m) in &scored {
        let alarm = *m > at || lexicon[*i];
        for key in [phrases[*i].language.as_str(), KINDS[phrases[*i].kind]] {
            let e = by.entry(key).or_default();
            if phrases[*i].kind != 0 { e.0 += 1; e.1 += usize::from(alarm); } else { e.2 += 1; e.3 += usize::from(alarm); }
        }
    }
    for (k, (c, k2, h, f)) in by { print!("  {k} {k2}/{c} {f}/{h};"); }
    println!();
}
