//! Random ids of the shapes that AWS uses.

use ring::rand::{SecureRandom as _, SystemRandom};

/// `bytes` random bytes as lower-case hex.
pub(crate) fn hex(bytes: usize) -> String {
    let mut buffer = vec![0; bytes];
    SystemRandom::new()
        .fill(&mut buffer)
        .expect("the system's random source works");
    buffer.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A random UUID, as request ids are.
pub(crate) fn uuid() -> String {
    let text = hex(16);
    format!(
        "{}-{}-4{}-8{}-{}",
        &text[..8],
        &text[8..12],
        &text[13..16],
        &text[17..20],
        &text[20..32]
    )
}
