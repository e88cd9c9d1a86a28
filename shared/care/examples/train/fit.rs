//! Fits weights: multinomial logistic regression by stochastic gradient descent (AdaGrad).

use care::{Care, study};
use study::{BUCKETS, Feature};

use crate::phrases::Phrase;

/// Everyday talk and the six reasons.
const CLASSES: usize = 7;
const HARMLESS: usize = 6;

const EPOCHS: usize = 24;
const RATE: f32 = 0.3;
const BIAS_RATE: f32 = 0.015;
/// How strongly weights are drawn to zero.
const DECAY: f32 = 1e-3;
/// How often a phrase is shown without its letters, and how often any feature is left out: so that no single word
/// carries a phrase.
const WITHOUT_LETTERS: f32 = 0.3;
const LEFT_OUT: f32 = 0.3;
/// How often everyday talk is shown as a piece of it, and the words of the longest piece: pieces of a few words are
/// nothing to be alarmed by.
const PIECES: f32 = 0.3;
const PIECE: u64 = 5;
/// Features that count more than this are about meanings.
const LETTERS: u16 = 1;

/// Beginnings of chance; the model is the mean of what each leads to, so that none decides.
const SEEDS: std::ops::Range<u64> = 0..8;
const SEED: u64 = 0x5eed_cafe_f00d_0001;

struct Weights {
    weights: Vec<[f32; CLASSES]>,
    squares: Vec<[f32; CLASSES]>,
    bias: [f32; CLASSES],
}

/// Fits a model to phrases and writes it as the product reads it.
pub(crate) fn fit(phrases: &[&Phrase], table: &[u8], hash: u64) -> Vec<u8> {
    let shown: Vec<Vec<Feature>> = phrases
        .iter()
        .map(|phrase| study::features(&phrase.text, table))
        .collect();
    let mut mean = Weights::zero();
    for seed in SEEDS {
        mean.add(&walked(phrases, &shown, SEED + seed));
    }
    mean.written(table, hash)
}

/// What one walk through the phrases leads to.
fn walked(phrases: &[&Phrase], shown: &[Vec<Feature>], seed: u64) -> Weights {
    let mut fitted = Weights::zero();
    let mut dice = Dice(seed);
    let mut order: Vec<usize> = (0..phrases.len()).collect();
    for epoch in 0..EPOCHS {
        for at in (1..order.len()).rev() {
            order.swap(at, (dice.roll() % (at as u64 + 1)) as usize);
        }
        let rate = 1.0 - epoch as f32 / EPOCHS as f32;
        for at in &order {
            let letters = dice.chance() >= WITHOUT_LETTERS;
            let class = phrases[*at].care.map_or(HARMLESS, place);
            let words = shown[*at].iter().map(|feature| feature.at + 1).max();
            let piece = match words {
                Some(words) if class == HARMLESS && dice.chance() < PIECES => dice.piece(words),
                words => 0..words.unwrap_or(0),
            };
            let mut there: Vec<&Feature> = shown[*at]
                .iter()
                .filter(|feature| piece.contains(&feature.at))
                .collect();
            // As the product reads them: each counts once.
            there.sort_unstable_by_key(|feature| feature.bucket);
            there.dedup_by_key(|feature| feature.bucket);
            let kept: Vec<(usize, f32)> = there
                .into_iter()
                .filter(|feature| letters || feature.counts > LETTERS)
                .filter(|_| dice.chance() >= LEFT_OUT)
                .map(|feature| (feature.bucket as usize, f32::from(feature.counts)))
                .collect();
            fitted.learn(&kept, class, rate);
        }
    }
    fitted
}

fn place(care: Care) -> usize {
    Care::ALL
        .iter()
        .position(|other| *other == care)
        .unwrap_or(HARMLESS)
}

impl Weights {
    fn zero() -> Self {
        Weights {
            weights: vec![[0.0; CLASSES]; BUCKETS],
            squares: vec![[0.0; CLASSES]; BUCKETS],
            bias: [0.0; CLASSES],
        }
    }

    /// Adds its share of the mean.
    fn add(&mut self, other: &Weights) {
        let share = 1.0 / (SEEDS.end - SEEDS.start) as f32;
        let pairs = self.weights.iter_mut().zip(&other.weights);
        let ours = pairs.flat_map(|(ours, theirs)| ours.iter_mut().zip(theirs));
        let bias = self.bias.iter_mut().zip(&other.bias);
        for (mean, one) in ours.chain(bias) {
            *mean += one * share;
        }
    }

    /// One step towards taking a phrase for what it is.
    fn learn(&mut self, features: &[(usize, f32)], class: usize, rate: f32) {
        let squares: f32 = features.iter().map(|(_, counts)| counts * counts).sum();
        let scale = 1.0 / (squares + study::GRANTED as f32).sqrt();
        let mut scores = self.bias;
        for (bucket, counts) in features {
            for (score, weight) in scores.iter_mut().zip(self.weights[*bucket]) {
                *score += weight * counts * scale;
            }
        }
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let mut error = scores.map(|score| (score - most).exp());
        let sum: f32 = error.iter().sum();
        for (place, error) in error.iter_mut().enumerate() {
            *error = *error / sum - if place == class { 1.0 } else { 0.0 };
            self.bias[place] -= BIAS_RATE * rate * *error;
        }
        for (bucket, counts) in features {
            let (weights, squares) = (&mut self.weights[*bucket], &mut self.squares[*bucket]);
            for ((weight, square), error) in weights.iter_mut().zip(squares).zip(error) {
                let slope = error * counts * scale + DECAY * *weight;
                *square += slope * slope;
                *weight -= RATE * rate * slope / (square.sqrt() + 1e-3);
            }
        }
    }

    /// Weights against everyday talk, each as a number of steps.
    fn written(&self, table: &[u8], hash: u64) -> Vec<u8> {
        let against = |weights: &[f32; CLASSES]| -> [f32; HARMLESS] {
            std::array::from_fn(|place| weights[place] - weights[HARMLESS])
        };
        let all: Vec<f32> = self.weights.iter().flat_map(against).collect();
        let most = all
            .iter()
            .map(|weight| weight.abs())
            .fold(f32::MIN_POSITIVE, f32::max);
        let step = most / f32::from(i8::MAX);
        let steps: Vec<i8> = all
            .iter()
            .map(|weight| (weight / step).round() as i8)
            .collect();
        study::file(against(&self.bias), step, hash, table, &steps)
    }
}

/// Numbers that look drawn by chance and are the same every time (xorshift).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A few words of so many.
    fn piece(&mut self, words: usize) -> std::ops::Range<usize> {
        let length = (1 + self.roll() % PIECE) as usize;
        let from = (self.roll() % words as u64) as usize;
        from..from + length
    }

    /// From 0 to just below 1.
    fn chance(&mut self) -> f32 {
        (self.roll() >> 40) as f32 / (1u64 << 24) as f32
    }
}
