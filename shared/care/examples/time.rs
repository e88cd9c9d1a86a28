//! How long reading a text of the longest kind takes: `cargo run --release -p care --example time`.

use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use care::detect;
use care::study::{Judge, TRAINED};

/// Characters of a text of the longest kind.
const LONG: usize = 4096;
const ROUNDS: usize = 200;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout();
    let started = Instant::now();
    black_box(Judge::of(TRAINED));
    writeln!(out, "reading the model: {:?}", started.elapsed())?;
    let started = Instant::now();
    black_box(detect("first"));
    writeln!(
        out,
        "first call, which builds the index: {:?}",
        started.elapsed()
    )?;
    let samples = [
        (
            "English",
            "i cant wait to see you again and i really want to hear about your day, my dog is 15 and loves you. ",
        ),
        (
            "Russian",
            "я очень хочу увидеть твоё новое видео, у меня сегодня был тяжёлый день на работе и мне нужно отдохнуть. ",
        ),
        (
            "German",
            "ich will dich unbedingt wiedersehen und mein hund freut sich auch schon sehr auf dich und dein neues video. ",
        ),
        (
            "Chinese",
            "我今天很想你，我想看你的新视频，我儿子十二岁了，我们一起去公园玩，没有你的日子很无聊。",
        ),
        (
            "Japanese",
            "今日は仕事が終わってから君の動画を見るのが楽しみで、早く会いたいなと思っていました。",
        ),
    ];
    for (language, sentence) in samples {
        let text: String = sentence.chars().cycle().take(LONG).collect();
        let mut rounds: Vec<_> = (0..ROUNDS)
            .map(|_| {
                let started = Instant::now();
                black_box(detect(black_box(&text)));
                started.elapsed()
            })
            .collect();
        rounds.sort_unstable();
        let (fastest, median) = (rounds[0], rounds[ROUNDS / 2]);
        writeln!(
            out,
            "{language:<9} {LONG} characters: fastest {fastest:?}, median {median:?}"
        )?;
    }
    Ok(())
}
