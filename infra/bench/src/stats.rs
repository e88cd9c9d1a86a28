//! Medians and their company.

pub mod bootstrap;

/// A row of measurements, sorted.
#[derive(Clone, Debug, Default)]
pub struct Sample(Vec<f64>);

impl FromIterator<f64> for Sample {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }
}

impl Sample {
    /// The value that `share` (0 to 1) of all do not exceed; 0 of an empty row.
    pub fn quantile(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index into some thousand values"
        )]
        let index = (self.0.len().saturating_sub(1) as f64 * share).round() as usize;
        self.0.get(index).copied().unwrap_or(0.0)
    }

    /// The middle value.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// `median (least-most)`
    pub fn text(&self) -> String {
        format!(
            "{} ({}-{})",
            short(self.median()),
            short(self.quantile(0.0)),
            short(self.quantile(1.0))
        )
    }
}

/// Three digits are all that means something.
pub fn short(value: f64) -> String {
    let digits = match value.abs() {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_before_its_extremes() {
        let sample: Sample = [3.0, 100.4, 20.04].into_iter().collect();
        assert_eq!(sample.text(), "20.0 (3.00-100)");
    }

    #[test]
    fn an_empty_row_is_zero() {
        assert_eq!(Sample::default().text(), "0.00 (0.00-0.00)");
    }
}
