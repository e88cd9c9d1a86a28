//! Reads phrases and says what each calls for: `cargo run -p care --example check < phrases.txt`.

use std::io::{BufRead as _, Write as _};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let care = care::detect(&line).map_or("-", care::Care::name);
        writeln!(out, "{care}\t{line}")?;
    }
    Ok(())
}
