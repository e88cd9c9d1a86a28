//! Those who have an account, and those who have none.

use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use local::Host;
use reqwest::Client;
use serde_json::{Value, json};

use super::{ADDRESSES, OF_A_NETWORK};
use crate::Failure;
use crate::world::World;

/// No mail takes this long.
const LIMIT: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// An address, and its newest sign-up.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) email: String,
    pub(super) registration: String,
}

/// All of them, and the texts that a registration accepts.
#[derive(Debug)]
pub(super) struct People {
    pub(super) known: Vec<Person>,
    pub(super) unknown: Vec<Person>,
    accepted: Vec<Value>,
}

impl People {
    /// So many whose accounts are made now, and as many whose names are as long.
    ///
    /// # Errors
    /// When the product refuses.
    pub(super) async fn of(world: &World, count: usize) -> Result<Self, Failure> {
        let person = |kind: &str, number: usize| Person {
            email: format!("{kind}.{number:03}@example.com"),
            registration: String::new(),
        };
        let mut people = Self {
            known: (0..count).map(|number| person("mira", number)).collect(),
            unknown: (0..count).map(|number| person("vale", number)).collect(),
            accepted: accepted(&world.host).await?,
        };
        for at in 0..count {
            // Networks of their own, so that what is measured later finds the others unused.
            let network = (ADDRESSES + at) / OF_A_NETWORK;
            let client = client(&world.host, network).await?;
            people.known[at].registration = people.enrol(world, &client, at).await?;
        }
        Ok(people)
    }

    /// What a person sends to sign up.
    pub(super) fn form(&self, person: &Person) -> Value {
        json!({
            "name": "Mira Vale", "email": person.email, "password": "correct horse battery staple",
            "adult_attested": true, "workspace_name": "Mira Vale", "accepted": self.accepted,
        })
    }

    async fn enrol(&self, world: &World, client: &Client, at: usize) -> Result<String, Failure> {
        let person = &self.known[at];
        let url = format!("{}/api/v1/registrations", world.host.url());
        let taken = post(client, &url, &self.form(person)).await?;
        let id = taken["registration_id"].as_str().unwrap_or_default();
        let code = json!({ "code": mailed_code(&world.host, &person.email).await? });
        post(client, &format!("{url}/{id}/verifications"), &code).await?;
        Ok(id.to_owned())
    }
}

/// A client of one of many networks, whose connection is open.
///
/// # Errors
/// When the host does not answer.
pub(super) async fn client(host: &Host, network: usize) -> Result<Client, Failure> {
    let third = u8::try_from(network).map_err(|_| Failure::Loop("too many networks".into()))?;
    let address = IpAddr::V4(Ipv4Addr::new(127, 7, third, 1));
    let client = Client::builder().local_address(address).build();
    let client = client.map_err(failed)?;
    get(&client, &format!("{}/api/v1/health", host.url())).await?;
    Ok(client)
}

async fn accepted(host: &Host) -> Result<Vec<Value>, Failure> {
    let client = Client::builder().build().map_err(failed)?;
    let mut accepted = Vec::new();
    for name in ["terms", "privacy", "dpa"] {
        let url = format!("{}/api/v1/documents/{name}", host.url());
        let document = get(&client, &url).await?;
        accepted.push(
            json!({"document": name, "version": document["version"], "sha256": document["sha256"]}),
        );
    }
    Ok(accepted)
}

async fn get(client: &Client, url: &str) -> Result<Value, Failure> {
    let response = client.get(url).send().await.map_err(failed)?;
    response.json().await.map_err(failed)
}

async fn post(client: &Client, url: &str, body: &Value) -> Result<Value, Failure> {
    let response = client.post(url).json(body).send().await.map_err(failed)?;
    let status = response.status();
    let answer: Value = response.json().await.map_err(failed)?;
    if status.is_success() {
        Ok(answer)
    } else {
        Err(Failure::Loop(format!("{url}: {status} {answer}")))
    }
}

/// The code of the mail to an address.
async fn mailed_code(host: &Host, address: &str) -> Result<String, Failure> {
    let deadline = Instant::now() + LIMIT;
    while Instant::now() < deadline {
        let inbox = host.aws().ses().inbox();
        let own = inbox
            .iter()
            .filter(|mail| mail.destinations.iter().any(|to| to == address));
        let texts = own.filter_map(|mail| mail.text.as_deref());
        let mut words = texts.flat_map(|text| text.split(|c: char| !c.is_ascii_digit()));
        if let Some(code) = words.find(|word| word.len() == 8) {
            return Ok(code.to_owned());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(Failure::Loop("no mail with a code arrives".to_owned()))
}

pub(super) fn failed(error: reqwest::Error) -> Failure {
    Failure::Loop(error.to_string())
}
