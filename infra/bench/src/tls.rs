//! A certificate authority that lives as long as one run, and the server side of TLS with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::Failure;

/// Where systems keep the certificates that they trust.
const SYSTEM_ROOTS: [&str; 3] = [
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/cert.pem",
];

/// Keys of one run.
#[derive(Clone, Debug)]
pub struct Tls {
    /// Server side for `localhost`.
    pub server: Arc<ServerConfig>,
    /// The system's roots and ours: `SSL_CERT_FILE`. A function on Lambda reads a file of that size, so ours must not
    /// be shorter.
    pub roots: PathBuf,
    /// Ours alone: Node adds it to the roots that it has built in (`NODE_EXTRA_CA_CERTS`).
    pub own_root: PathBuf,
}

impl Tls {
    /// Makes keys and writes the two files into `folder`.
    ///
    /// # Errors
    /// When a file cannot be written, or a key cannot be made.
    pub fn new(folder: &Path) -> Result<Self, Failure> {
        let authority_key = KeyPair::generate()?;
        let mut authority = CertificateParams::new(Vec::new())?;
        authority
            .distinguished_name
            .push(DnType::CommonName, "benchmark authority");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = authority.self_signed(&authority_key)?;
        let key = KeyPair::generate()?;
        let mut leaf = CertificateParams::new(vec!["localhost".to_owned()])?;
        // Named unlike its authority, or OpenSSL takes it for self-signed.
        leaf.distinguished_name
            .push(DnType::CommonName, "localhost");
        let leaf = leaf.signed_by(&key, &authority, &authority_key)?;

        let own_root = folder.join("own-root.pem");
        fs::write(&own_root, authority.pem())?;
        let system = SYSTEM_ROOTS
            .iter()
            .find_map(|path| fs::read_to_string(path).ok())
            .unwrap_or_default();
        let roots = folder.join("roots.pem");
        fs::write(&roots, system + &authority.pem())?;

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut server = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(
                vec![leaf.der().clone(), authority.der().clone()],
                PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
            )?;
        server.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            server: Arc::new(server),
            roots,
            own_root,
        })
    }
}
