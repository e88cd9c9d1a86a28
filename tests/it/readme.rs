//! What README shows with curl is what happens: its blocks are run as they stand, one after the other in one shell.

use std::path::PathBuf;
use std::process::Output;
use std::time::Duration;

use tests::{World, root};
use tokio::process::Command;
use tokio::time::timeout;

/// Any command that fails ends the shell, and a refusal by the product is a failure.
const STRICT: &str = r#"set -euo pipefail
curl() { command curl --fail-with-body --show-error --max-time 60 "$@"; }
"#;
/// Stands between what one block says and what the next one does.
const NEXT: &str = "=== the next block ===";
/// Where README says that the product and Telegram are.
const ADDRESSES: [&str; 2] = ["http://127.0.0.1:8787", "http://127.0.0.1:8788"];
/// Far longer than all of it takes.
const PATIENCE: Duration = Duration::from_secs(300);

/// What each block calls, in README's order, and what comes out of it.
const BLOCKS: [(&str, &[&str]); 8] = [
    (
        "$api/registrations",
        &["\"mira_vale_bot\"", "\"hello\"", "\"hi!\""],
    ),
    (
        "$api/bots/$bot/personas",
        &["Warm, short, curious.", "\"auto\"", "\"author\":\"ai\""],
    ),
    ("$api/fans/tags", &["\"Robin\"", "\"VIP\""]),
    ("$api/bots/$bot/alerts", &["\"user_id\""]),
    (
        "$api/workspace/invitations",
        &["\"uma@example.com\"", "\"mira@example.com\"", "\"owner\""],
    ),
    ("$api/workspace/tokens", &["ratelimit"]),
    ("$api/privacy/erasures", &["\"finished\""]),
    (
        "$api/privacy/exports",
        &["manifest.json", "manifest.sig", "index.html"],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_readme_shows_with_curl_is_what_happens() {
    let blocks = blocks();
    assert_eq!(blocks.len(), BLOCKS.len(), "each block says what it brings");
    for (block, (calls, _)) in blocks.iter().zip(BLOCKS) {
        assert!(block.contains(calls), "{calls} is not called in:\n{block}");
    }
    let world = World::start().await;
    let between = format!("echo; echo '{NEXT}'\n");
    let mut script = blocks.join(between.as_str());
    let served = [world.host.url(), world.host.telegram_url().to_owned()];
    for (written, real) in ADDRESSES.into_iter().zip(served) {
        assert!(script.contains(written), "{written} is called");
        script = script.replace(written, &real);
    }
    let output = run(&format!("{STRICT}{script}")).await;
    let said = String::from_utf8_lossy(&output.stdout);
    let by_block: Vec<&str> = said.split(NEXT).collect();
    println!("{} of {} blocks were run", by_block.len(), blocks.len());
    let faults = String::from_utf8_lossy(&output.stderr);
    let last = by_block.last().expect("a block");
    assert!(output.status.success(), "{last}\n{faults}");
    assert_eq!(by_block.len(), BLOCKS.len());
    for (said, (calls, brings)) in by_block.iter().zip(BLOCKS) {
        for words in brings {
            assert!(said.contains(words), "{calls} brings no {words}: {said}");
        }
    }
    world.host.stop().await;
}

/// The shell blocks of README that talk to the running product.
fn blocks() -> Vec<String> {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README");
    let shells = readme.split("```sh\n").skip(1);
    let blocks = shells.map(|rest| rest.split_once("```").expect("a block ends").0);
    blocks
        .filter(|block| block.contains("curl "))
        .map(str::to_owned)
        .collect()
}

/// Runs a script in bash, in a folder of its own.
async fn run(script: &str) -> Output {
    let folder = Folder::new();
    let shell = Command::new("bash")
        .arg("-c")
        .arg(script)
        .current_dir(&folder.0)
        .kill_on_drop(true)
        .output();
    let ended = timeout(PATIENCE, shell).await;
    ended.expect("README's blocks end").expect("bash runs")
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("sofi-readme-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Whatever is left of it is in a folder for what nobody needs.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
