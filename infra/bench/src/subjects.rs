//! What is measured, and building it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Failure;
use crate::aws_stub::AwsStub;
use crate::process::Subject;
use crate::tls::Tls;
use crate::webhook_event;

/// Where the parts are.
#[derive(Clone, Debug)]
pub struct Places {
    /// The repository.
    pub root: PathBuf,
    /// Folder of the built functions.
    pub functions: PathBuf,
    /// Folder of this program and of the floor.
    pub own: PathBuf,
    /// `release` or `dist`.
    pub profile: String,
}

impl Places {
    /// From where this program runs.
    ///
    /// # Errors
    /// Outside the repository.
    pub fn find(profile: &str) -> Result<Self, Failure> {
        let here = std::env::current_dir()?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("template.yaml").is_file())
            .ok_or(Failure::NoRepository)?;
        let own = std::env::current_exe()?
            .parent()
            .map(Path::to_path_buf)
            .ok_or(Failure::NoRepository)?;
        Ok(Self {
            functions: root.join("target").join(profile),
            root: root.to_path_buf(),
            own,
            profile: profile.to_owned(),
        })
    }

    /// The folder of the Node peer.
    pub fn node(&self) -> PathBuf {
        self.root.join("infra/bench/node")
    }

    /// Builds all functions: the laptop host starts any of them, and some before it is up.
    ///
    /// # Errors
    /// When one does not build.
    pub fn build_functions(&self) -> Result<(), Failure> {
        let mut build = self.cargo();
        build
            .args(["build", "--profile", &self.profile])
            .env("CARGO_TARGET_DIR", self.root.join("target"));
        for entry in std::fs::read_dir(self.root.join("functions"))? {
            let folder = entry?.path();
            if let Some(name) = folder
                .file_name()
                .filter(|_| folder.join("Cargo.toml").is_file())
            {
                build.arg("-p").arg(name);
            }
        }
        run(build, "the functions")
    }

    /// Builds what the webhook is compared with: the floor and the bundle of the Node peer.
    ///
    /// # Errors
    /// When one does not build.
    pub fn build_peers(&self) -> Result<(), Failure> {
        let own_target = self.own.parent().ok_or(Failure::NoRepository)?;
        let mut floor = self.cargo();
        floor
            .args(["build", "--release", "-p", "bench", "--bin", "floor"])
            .env("CARGO_TARGET_DIR", own_target);
        run(floor, "the floor")?;
        if !self.node().join("node_modules").is_dir() {
            let mut install = Command::new("npm");
            install
                .args(["ci", "--no-audit", "--no-fund", "--silent"])
                .current_dir(self.node());
            run(install, "the Node peer's packages")?;
        }
        let mut bundle = Command::new("npm");
        bundle
            .args(["run", "--silent", "build"])
            .current_dir(self.node());
        run(bundle, "the Node peer")
    }

    /// A folder with every function: release binaries where there are some, else those of the ordinary build, because only
    /// the measured ones must be fast.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn all_functions(&self) -> Result<PathBuf, Failure> {
        let folder = self.own.join("bench-run/functions");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(self.root.join("functions"))? {
            let name = entry?.file_name();
            let candidates = [
                self.functions.join(&name),
                self.root.join("target/debug").join(&name),
            ];
            if let Some(binary) = candidates.iter().find(|path| path.is_file()) {
                symlink(binary, folder.join(&name))?;
            }
        }
        Ok(folder)
    }

    /// Cargo at the root of the repository.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new("cargo");
        command.current_dir(&self.root);
        // `cargo run` describes this package to its children; a build script that looks there would begin anew each time.
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| {
                name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
            }) {
                command.env_remove(name);
            }
        }
        command
    }
}

fn run(mut command: Command, what: &'static str) -> Result<(), Failure> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|source| Failure::Build(what, source.to_string()))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Build(what, status.to_string()))
    }
}

/// The webhook, the floor and the peer.
pub fn webhook(places: &Places, stub: &AwsStub, tls: &Tls) -> Vec<Subject> {
    let path = |path: &Path| path.display().to_string();
    let environment = vec![
        ("STAGE".to_owned(), "dev".to_owned()),
        ("ROUTING_TABLE".to_owned(), "bench-routing".to_owned()),
        (
            "INBOUND_QUEUE_URL".to_owned(),
            "https://sqs.eu-central-1.amazonaws.com/000000000000/bench-inbound.fifo".to_owned(),
        ),
        (
            "AWS_ENDPOINT_URL_DYNAMODB".to_owned(),
            stub.dynamodb.clone(),
        ),
        ("AWS_ENDPOINT_URL_SQS".to_owned(), stub.sqs.clone()),
    ];
    let with = |name: &str, value: String| {
        let mut environment = environment.clone();
        environment.push((name.to_owned(), value));
        environment
    };
    vec![
        Subject {
            name: "floor: empty lambda_runtime",
            program: places.own.join("floor"),
            arguments: vec![],
            handler: "floor.nothing",
            environment: vec![],
            event: webhook_event::event,
            calls_aws: false,
        },
        Subject {
            name: "webhook, Rust",
            program: places.functions.join("telegram-hooks"),
            arguments: vec![],
            handler: "telegram-hooks.webhook",
            environment: with("SSL_CERT_FILE", path(&tls.roots)),
            event: webhook_event::event,
            calls_aws: true,
        },
        Subject {
            name: "webhook, Node 20, bundled SDK v3",
            program: "node".into(),
            arguments: vec![path(&places.node().join("dist/webhook.cjs"))],
            handler: "webhook.handler",
            environment: with("NODE_EXTRA_CA_CERTS", path(&tls.own_root)),
            event: webhook_event::event,
            calls_aws: true,
        },
    ]
}
