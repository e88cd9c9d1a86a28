//! Passwords that everybody tries first: those of at least eight characters among the million most common ones in breaches.
//!
//! The file `data/breached.filter` is a binary fuse filter over hashes of them: it knows every one of its 488,130
//! entries and takes one other password in 65,536 for one. `data/README.md` says where the list comes from and how the
//! file is made again. Nothing leaves the process to find out.

use ring::digest;
use xorf::{BinaryFuse16Ref, DmaSerializable as _, Filter as _, FilterRef as _};

/// The fingerprints are read in place and must lie at even addresses.
#[repr(align(8))]
struct Aligned<T: ?Sized>(T);

static FILTER: &Aligned<[u8]> = &Aligned(*include_bytes!("../data/breached.filter"));

/// What precedes the fingerprints: xorf's descriptor, filled up to a multiple of eight bytes.
const HEADER: usize = 24;

/// Whether a password, or its lower-case form, is among the known ones.
pub(crate) fn is_breached(password: &str) -> bool {
    let (header, fingerprints) = FILTER.0.split_at(HEADER);
    let descriptor = &header[..xorf::BinaryFuse16::DESCRIPTOR_LEN];
    let filter = BinaryFuse16Ref::from_dma(descriptor, fingerprints);
    filter.contains(&key(password)) || filter.contains(&key(&password.to_lowercase()))
}

fn key(password: &str) -> u64 {
    let hash = digest::digest(&digest::SHA256, password.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_ref()[..8]);
    u64::from_le_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_sampled_breached_passwords_are_known() {
        let sample = include_str!("../data/breached-sample.txt");
        let unknown: Vec<_> = sample.lines().filter(|line| !is_breached(line)).collect();
        assert_eq!(sample.lines().count(), 1_000);
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn a_capital_letter_does_not_hide_a_known_password() {
        assert!(is_breached("password1"));
        assert!(is_breached("Password1"));
    }

    #[test]
    fn hardly_any_other_password_is_taken_for_a_known_one() {
        let taken = (0..65_536_u32)
            .filter(|number| is_breached(&format!("of nobody: {number:08x}")))
            .count();
        assert!(taken <= 12, "{taken} of 65,536, two to four expected");
    }
}
