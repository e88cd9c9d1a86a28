//! How sure a ratio of two medians is.

use super::Sample;

const RESAMPLES: usize = 2_000;

/// The 95 % interval of the ratio of the medians of two rows: of all resamples, the middle 95 %. Always the same for the
/// same rows.
pub fn ratio_of_medians(upper: &[f64], lower: &[f64]) -> (f64, f64) {
    let mut draws = Draws(0x9e37_79b9_7f4a_7c15);
    let ratios: Sample = (0..RESAMPLES)
        .map(|_| draws.resample(upper).median() / draws.resample(lower).median())
        .collect();
    (ratios.quantile(0.025), ratios.quantile(0.975))
}

/// xorshift64: nothing but evenly spread indexes is asked of it.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn resample(&mut self, row: &[f64]) -> Sample {
        let length = row.len() as u64;
        let index = |draw: u64| usize::try_from(draw % length.max(1)).unwrap_or_default();
        row.iter()
            .filter_map(|_| row.get(index(self.next())).copied())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(times: f64) -> Vec<f64> {
        (0..500_u32)
            .map(|n| times * (100.0 + f64::from(n * 7_919 % 100)))
            .collect()
    }

    #[test]
    fn the_interval_of_equals_holds_one_and_is_narrow() {
        let (least, most) = ratio_of_medians(&row(1.0), &row(1.0));
        assert!(least <= 1.0 && 1.0 <= most, "{least} {most}");
        assert!(most - least < 0.15, "{least} {most}");
    }

    #[test]
    fn a_tenth_more_is_seen() {
        let (least, most) = ratio_of_medians(&row(1.1), &row(1.0));
        assert!(least > 1.0 && most < 1.25, "{least} {most}");
    }
}
