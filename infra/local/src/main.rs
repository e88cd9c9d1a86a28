//! Starts the product on this machine: `cargo run` at the root of the repository.

mod cli;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cli::Flags;
use emulator::ShiftClock;
use local::build::Build;
use local::dashboard::Dashboard;
use local::template::{self, Inputs};
use local::{Host, HostError, HostOptions, Stripe, Telegram, seed};

/// Name of the lock in the state folder.
const LOCK: &str = "lock";
/// What the host and its parts write into the state folder.
const STATE: [&str; 6] = [
    "aws",
    "bridge.json",
    "clock-offset-ms",
    "functions.log",
    "stripe",
    "telegram",
];
/// The real Bot API.
const TELEGRAM: &str = "https://api.telegram.org";

fn main() -> ExitCode {
    let started = Instant::now();
    let flags = match cli::parse(std::env::args().skip(1)) {
        Ok(Some(flags)) => flags,
        Ok(None) => {
            say(cli::HELP);
            return ExitCode::SUCCESS;
        }
        Err(error) => return fail(&error),
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("SOFI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(run(flags, started)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

async fn run(flags: Flags, started: Instant) -> Result<(), HostError> {
    if std::env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_some() {
        return Err(HostError::OnLambda);
    }
    let environment = |name: &str| std::env::var(name).ok();
    // Looked at before anything is built: that takes minutes.
    let stripe_key = cli::stripe_key(environment)?;
    let root = repository()?;
    let template = root.join("template.yaml");
    // Read once before anything is built: which binaries there are, and whether the templates are sound.
    let mut binaries = template::read(&template, &Inputs::default())?.binaries();
    let mut build = Build {
        root: root.clone(),
        binaries: binaries.clone(),
        release: flags.release,
    };
    let absent = build.without_package();
    binaries.retain(|name| !absent.contains(name));
    build.binaries = binaries;
    if !absent.is_empty() {
        say(&format!(
            "Not there yet, their routes answer 500: {}",
            absent.join(", ")
        ));
    }
    let mut built = Duration::ZERO;
    if !flags.no_build && !build.is_fresh() {
        let begun = Instant::now();
        say(&format!(
            "Building {} function crates ...",
            build.binaries.len()
        ));
        build.run().await?;
        built = begun.elapsed();
    }
    let dashboard = Dashboard::of(&root);
    if !flags.no_build && !dashboard.is_fresh() {
        let begun = Instant::now();
        say("Building the dashboard ...");
        dashboard.run().await?;
        built += begun.elapsed();
    }
    check_binaries(&build, flags.no_build)?;
    let data_dir = flags.data.clone().unwrap_or_else(|| root.join(".local"));
    // Held until the process ends, however it ends.
    let _lock = lock(&data_dir)?;
    if flags.fresh {
        forget(&data_dir).map_err(HostError::Folder)?;
    }
    let folder = data_dir.display().to_string();
    let mut options = HostOptions::new(template, build.folder());
    options.listen.set_port(flags.port);
    options.aws_listen.set_port(flags.next_port(2));
    let mut telegram_listen = options.listen;
    telegram_listen.set_port(flags.next_port(1));
    options.telegram = if flags.bridge {
        Telegram::Bridge {
            api_url: TELEGRAM.into(),
        }
    } else {
        Telegram::StandIn {
            listen: telegram_listen,
            seed: 1,
            rate_limits: true,
        }
    };
    options.ai_listen.set_port(flags.next_port(3));
    cli::call_for_real(&mut options, &flags, environment);
    let mut stripe_listen = options.listen;
    stripe_listen.set_port(flags.next_port(4));
    options.stripe = Stripe::StandIn {
        listen: stripe_listen,
    };
    if let Some(key) = stripe_key {
        cli::use_sandbox(&mut options, key, environment);
    }
    options.data_dir = Some(data_dir);
    options.concurrency = flags.concurrency;
    options.clock = Arc::new(ShiftClock::default());
    let host = Host::start(options).await?;
    announce(&host, &folder, started.elapsed(), built);
    tokio::select! {
        seeded = sow(&host, flags.seed) => {
            seeded?;
            wait_for_the_end().await;
        }
        () = wait_for_the_end() => {}
    }
    say("\nStopping: running work may end, then everything is written down ...");
    host.stop().await;
    Ok(())
}

/// Makes the demo creator, if asked for, and says how to log in.
async fn sow(host: &Host, wanted: bool) -> Result<(), HostError> {
    if !wanted {
        return Ok(());
    }
    seed::sow(host, seed::DEMO, say).await?;
    let (email, password) = (seed::EMAIL, seed::PASSWORD);
    say(&format!(
        "  The demo creator: {email} with the password \"{password}\"\n"
    ));
    Ok(())
}

/// Makes the state folder and takes it for this process alone.
fn lock(folder: &Path) -> Result<std::fs::File, HostError> {
    if !folder.exists() {
        std::fs::create_dir_all(folder).map_err(HostError::Folder)?;
        keep_private(folder).map_err(HostError::Folder)?;
    }
    let file = std::fs::File::create(folder.join(LOCK)).map_err(HostError::Folder)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(HostError::InUse(folder.to_path_buf())),
        Err(std::fs::TryLockError::Error(error)) => Err(HostError::Folder(error)),
    }
}

/// Bots' tokens stand in it: nobody else on this machine reads it.
fn keep_private(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Removes from the state folder what the host has written there, and nothing else: the folder may be anybody's.
fn forget(folder: &Path) -> std::io::Result<()> {
    for name in STATE {
        let path = folder.join(name);
        let removed = match path.is_dir() {
            true => std::fs::remove_dir_all(&path),
            false => std::fs::remove_file(&path),
        };
        match removed {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Ctrl-C or SIGTERM.
async fn wait_for_the_end() {
    let ctrl_c = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    {
        tokio::select! {
            _ = ctrl_c => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = ctrl_c.await;
}

/// The folder with the templates: this one or one above it.
fn repository() -> Result<PathBuf, HostError> {
    let here = std::env::current_dir().map_err(HostError::Folder)?;
    here.ancestors()
        .find(|folder| folder.join("template.yaml").is_file())
        .map(Path::to_path_buf)
        .ok_or(HostError::NoRepository(here))
}

fn check_binaries(build: &Build, tolerant: bool) -> Result<(), HostError> {
    let folder = build.folder();
    let missing: Vec<_> = build
        .binaries
        .iter()
        .filter(|name| !folder.join(name).is_file())
        .cloned()
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = format!("the function binaries {}", missing.join(", "));
    if tolerant {
        say(&format!("Missing: {missing}; their routes answer 500."));
        return Ok(());
    }
    Err(HostError::Missing(missing))
}

fn announce(host: &Host, folder: &str, took: Duration, built: Duration) {
    let deployment = host.deployment();
    let url = host.url();
    let telegram = match host.telegram() {
        Some(_) => format!("{}/   chat with your bots as a fan", host.telegram_url()),
        None => "real (bridge): connect a bot with its real token".to_owned(),
    };
    let ai = ai_line(host);
    let stripe = match host.stripe() {
        Some(_) => format!(
            "{}/   no money moves: Checkout, portal, subscriptions",
            host.stripe_url()
        ),
        None => "its own sandbox, STRIPE_API_KEY is set: no money moves".to_owned(),
    };
    let building = if built.is_zero() {
        String::new()
    } else {
        format!(", of which {:.1} s building", built.as_secs_f64())
    };
    say(&format!(
        "
  Sofi CRM is running ({:.1} s{building})

    Dashboard  {url}/
    API        {url}/api/v1/health
    Control    {url}/__local   queues, invocations, logs, mail, faults, clock
    Telegram   {telegram}
    AI         {ai}
    Stripe     {stripe}
    AWS        {}   {} functions, {} tables, {} queues

  State is kept in {folder} (start with --fresh to begin anew). Ctrl-C stops.
",
        took.as_secs_f64(),
        host.aws().endpoint(),
        deployment.functions.len(),
        deployment.tables.len(),
        deployment.queues.len(),
    ));
}

/// Where the AI stand-in is, and which vendors are called for real.
fn ai_line(host: &Host) -> String {
    let real = host.real_vendors();
    let page = host
        .ai_url()
        .map(|url| format!("{url}/   demo replies: what was asked, faults, scripts"));
    if real.is_empty() {
        return page.unwrap_or_default();
    }
    let real = format!(
        "{} for real, its key is set: fans' messages are sent there and billed (--demo-ai: do not)",
        real.join(" and ")
    );
    page.map_or_else(
        || real.clone(),
        |page| format!("{page}\n               {real}"),
    )
}

/// Writes to the terminal; one that has gone is no reason to stop.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    let mut text = format!("error: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!("\n  because: {cause}"));
        source = cause.source();
    }
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "{text}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starting_anew_removes_what_the_host_wrote_and_nothing_of_anybody_elses() {
        let folder = std::env::temp_dir().join(format!("sofi-forget-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("aws/tables")).expect("a folder");
        std::fs::create_dir_all(folder.join("docs")).expect("a folder");
        for name in ["functions.log", "docs/thesis.txt", "notes.txt"] {
            std::fs::write(folder.join(name), "x").expect("a file");
        }
        forget(&folder).expect("removes");
        let mut left: Vec<_> = std::fs::read_dir(&folder)
            .expect("a folder")
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        left.sort();
        std::fs::remove_dir_all(&folder).expect("removes");
        assert_eq!(left, ["docs", "notes.txt"]);
    }
}
