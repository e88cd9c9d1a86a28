//! Reads phrases and says what each calls for, and what the rules alone would say:
//! `cargo run -p care --example check < phrases.txt`.

use std::io::{BufRead as _, Write as _};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let care = care::detect(&line).map_or("-", care::Care::name);
        let ruled = care::study::ruled(&line).map_or("-", care::Care::name);
        writeln!(out, "{care}\t{ruled}\t{line}")?;
    }
    Ok(())
}
