//! The phrases that the model is trained on, and the words that mean the same.

use std::error::Error;
use std::path::{Path, PathBuf};

use care::{Care, study};

/// Concepts that are small words. They are the first of the table.
const SMALL: [&str; study::SMALL] = [
    "i", "my", "me", "you", "he", "we", "one", "all", "can", "must", "will", "if", "only", "still",
    "again", "more", "when", "day", "before", "next",
];

/// A phrase and what it calls for; nothing for everyday talk.
pub(crate) struct Phrase {
    pub(crate) batch: String,
    pub(crate) language: String,
    pub(crate) care: Option<Care>,
    pub(crate) text: String,
}

/// All phrases, and a hash of their files.
pub(crate) struct Corpus {
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) hash: u64,
}

impl Corpus {
    /// Reads `corpus/` and `training/phrases/`. Small talk is kept for measuring.
    pub(crate) fn read(here: &Path) -> Result<Self, Box<dyn Error>> {
        let mut all = Vec::new();
        let mut phrases = Vec::new();
        for folder in ["corpus", "training/phrases"] {
            for path in files(&here.join(folder))? {
                let name = stem(&path);
                if name == "small_talk" {
                    continue;
                }
                all.extend(std::fs::read(&path)?);
                let batch = if name.len() == 2 && folder == "corpus" {
                    "corpus"
                } else {
                    &name
                };
                phrases.extend(read(&path, batch)?);
            }
        }
        Ok(Corpus {
            phrases,
            hash: study::fnv(&all),
        })
    }
}

/// Reads a file of lines: a kind and a phrase, or a language, a kind and a phrase, parted by tabs.
pub(crate) fn read(path: &Path, batch: &str) -> Result<Vec<Phrase>, Box<dyn Error>> {
    let file = std::fs::read_to_string(path)?;
    let name = stem(path);
    let phrase = |line: &str| {
        let parts: Vec<&str> = line.split('\t').collect();
        let (language, kind, text) = match parts[..] {
            [kind, text] => (&*name, kind, text),
            [language, kind, text] => (language, kind, text),
            _ => return Err(format!("{name}: not two or three columns").into()),
        };
        Ok(Phrase {
            batch: batch.to_owned(),
            language: language.to_owned(),
            care: care(kind)?,
            text: text.to_owned(),
        })
    };
    file.lines()
        .filter(|line| !line.is_empty())
        .map(phrase)
        .collect()
}

fn care(kind: &str) -> Result<Option<Care>, Box<dyn Error>> {
    let known = |care: &Care| care.name() == kind || care.name().split('_').next() == Some(kind);
    match Care::ALL.into_iter().find(known) {
        None if kind == "harmless" => Ok(None),
        None => Err(format!("no kind: {kind}").into()),
        care => Ok(care),
    }
}

/// The table of concepts of `training/concepts/`.
pub(crate) fn table(here: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let paths = files(&here.join("training/concepts"))?;
    let languages = paths
        .iter()
        .map(std::fs::read_to_string)
        .collect::<Result<Vec<_>, _>>()?;
    let mut names: Vec<&str> = SMALL.to_vec();
    for (name, _) in languages
        .iter()
        .flat_map(|file| file.lines())
        .filter_map(|line| line.split_once(':'))
    {
        if name != "skip" && !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(study::table(&names, &languages))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let paths = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
