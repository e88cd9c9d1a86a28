//! Fits weights.

use care::study::BUCKETS;

pub(crate) const CLASSES: usize = 7;

pub(crate) struct Example {
    pub(crate) kind: usize,
    pub(crate) features: Vec<(u32, bool)>,
    pub(crate) letters: f32,
}

pub(crate) struct Settings {
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    pub(crate) decay: f32,
    pub(crate) drop: f32,
    pub(crate) harmless: f32,
}

pub(crate) struct Fitted {
    pub(crate) weights: Vec<[f32; 8]>,
    pub(crate) bias: [f32; CLASSES],
}

impl Fitted {
    pub(crate) fn scores(&self, example: &Example) -> [f32; CLASSES] {
        let mut sum = [0.0; CLASSES];
        let mut length = 1e-6f32;
        for (bucket, meant) in &example.features {
            let value = if *meant { 1.0 } else { example.letters };
            length += value * value;
            for (sum, weight) in sum.iter_mut().zip(&self.weights[*bucket as usize]) {
                *sum += weight * value;
            }
        }
        let scale = 1.0 / length.sqrt();
        let mut out = self.bias;
        for (out, sum) in out.iter_mut().zip(sum) {
            *out += sum * scale;
        }
        out
    }

    /// Log odds of care against harmless.
    pub(crate) fn margin(&self, example: &Example) -> f32 {
        let scores = self.scores(example);
        let top = scores[1..].iter().copied().fold(f32::MIN, f32::max);
        let sum: f32 = scores[1..].iter().map(|score| (score - top).exp()).sum();
        top + sum.ln() - scores[0]
    }
}

pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn chance(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}

pub(crate) fn fit(examples: &[&Example], settings: &Settings) -> Fitted {
    let mut weights = vec![[0f32; 8]; BUCKETS];
    let mut squares = vec![[0f32; 8]; BUCKETS];
    let mut bias = [0f32; CLASSES];
    let mut dice = Dice(0x5eed_cafe_f00d_0001);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 0..settings.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, (dice.next() % (at as u64 + 1)) as usize);
        }
        let rate = settings.rate * (1.0 - epoch as f32 / settings.epochs as f32);
        for index in &order {
            let example = examples[*index];
            let drop = dice.chance() < settings.drop;
            let mut sum = [0f32; CLASSES];
            let mut used = 0f32;
            for (bucket, meant) in &example.features {
                if drop && !meant { continue; }
                let value = if *meant { 1.0 } else { example.letters };
                used += value * value;
                for (sum, weight) in sum.iter_mut().zip(&weights[*bucket as usize]) {
                    *sum += weight * value;
                }
            }
            if used == 0.0 { continue; }
            let scale = 1.0 / used.sqrt();
            let mut p = [0f32; CLASSES];
            for k in 0..CLASSES { p[k] = bias[k] + sum[k] * scale; }
            let top = p.iter().copied().fold(f32::MIN, f32::max);
            let mut total = 0.0;
            for p in &mut p { *p = (*p - top).exp(); total += *p; }
            let weight = if example.kind == 0 { settings.harmless } else { 1.0 };
            let mut gradient = [0f32; CLASSES];
            for k in 0..CLASSES {
                gradient[k] = (p[k] / total - f32::from(u8::from(k == example.kind))) * weight;
                bias[k] -= 0.05 * rate * gradient[k];
            }
            for (bucket, meant) in &example.features {
                if drop && !meant { continue; }
                let weights = &mut weights[*bucket as usize];
                let squares = &mut squares[*bucket as usize];
                for k in 0..CLASSES {
                    let value = if *meant { 1.0 } else { example.letters };
                    let g = gradient[k] * scale * value + settings.decay * weights[k];
                    squares[k] += g * g;
                    weights[k] -= rate * g / (squares[k].sqrt() + 1e-3);
                }
            }
        }
    }
    Fitted { weights, bias }
}
