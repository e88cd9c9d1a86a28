//! Makes `data/breached.filter` and `data/breached-sample.txt` again from a list of passwords, one a line, the most
//! common first: `cargo run -p accounts --example breached -- <list> functions/accounts/data`.

#![expect(clippy::print_stdout, reason = "a command tells what it did")]

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

use ring::digest;
use xorf::{BinaryFuse16, DmaSerializable as _};

/// Shorter ones are refused for their length.
const SHORTEST: usize = 8;
const SAMPLE: usize = 1_000;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(list), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: breached <list> <folder>"));
    };
    let bytes = fs::read(list)?;
    // By key, so that a line that stands there twice counts once.
    let mut known = BTreeMap::new();
    for line in String::from_utf8_lossy(&bytes).lines() {
        if line.chars().count() >= SHORTEST {
            known.insert(key(line), line.to_owned());
        }
    }
    let keys: Vec<u64> = known.keys().copied().collect();
    let filter = BinaryFuse16::try_from(&keys).map_err(io::Error::other)?;
    let mut file = vec![0; 24];
    filter.dma_copy_descriptor_to(&mut file[..BinaryFuse16::DESCRIPTOR_LEN]);
    file.extend_from_slice(filter.dma_fingerprints());
    let folder = Path::new(&folder);
    fs::write(folder.join("breached.filter"), file)?;
    // Keys are hashes: every nth of them is a fair sample. Words alone could be names or insults; they stay out of it.
    let plain: Vec<_> = known.values().filter(|line| is_plain(line)).collect();
    let sample: Vec<_> = plain
        .iter()
        .step_by(plain.len() / SAMPLE)
        .take(SAMPLE)
        .map(|line| line.as_str())
        .collect();
    fs::write(folder.join("breached-sample.txt"), sample.join("\n") + "\n")?;
    println!("{} entries", keys.len());
    Ok(())
}

fn is_plain(line: &str) -> bool {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && line.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn key(password: &str) -> u64 {
    let hash = digest::digest(&digest::SHA256, password.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_ref()[..8]);
    u64::from_le_bytes(first)
}
