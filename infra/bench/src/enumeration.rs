//! Whether the time of an answer tells who has an account: known and unknown addresses, side by side, on the laptop host.

mod people;

use std::time::Instant;

use reqwest::Client;
use serde_json::{Value, json};

use crate::Failure;
use crate::stats::{Sample, bootstrap, short};
use crate::subjects::Places;
use crate::world::World;
use people::{People, Person};

/// Addresses of each kind.
const ADDRESSES: usize = 500;
/// Of one network no more are let in within a quarter of an hour than this leaves room for.
const OF_A_NETWORK: usize = 50;
/// Longer than the brakes of any route and than the pause between two mails of a sign-up.
const A_WHILE: time::Duration = time::Duration::minutes(16);
/// A ratio whose whole interval lies outside of this tells something.
const INDISTINCT: std::ops::RangeInclusive<f64> = 0.95..=1.05;

/// What came out.
#[derive(Debug)]
pub struct Outcome {
    /// The table.
    pub text: String,
    /// Routes whose time tells.
    pub telling: Vec<String>,
}

/// A route that a stranger may call with an address.
#[derive(Clone, Copy, Debug)]
enum Route {
    Login,
    Reset,
    Register,
    Resend,
}

impl Route {
    const ALL: [Self; 4] = [Self::Login, Self::Reset, Self::Register, Self::Resend];

    fn name(self) -> &'static str {
        match self {
            Self::Login => "login with a wrong password",
            Self::Reset => "reset of a password",
            Self::Register => "registration",
            Self::Resend => "another mail for a registration",
        }
    }

    fn path(self, person: &Person) -> String {
        match self {
            Self::Login => "sessions".into(),
            Self::Reset => "password-resets".into(),
            Self::Register => "registrations".into(),
            Self::Resend => format!("registrations/{}/codes", person.registration),
        }
    }

    fn body(self, person: &Person, people: &People) -> Value {
        match self {
            Self::Login => json!({ "email": person.email, "password": "not the password" }),
            Self::Reset => json!({ "email": person.email }),
            Self::Register => people.form(person),
            Self::Resend => json!({}),
        }
    }

    /// What everybody is answered.
    const fn status(self) -> u16 {
        match self {
            Self::Login => 422,
            Self::Register => 201,
            Self::Reset | Self::Resend => 202,
        }
    }
}

/// Milliseconds, in the order of the addresses.
#[derive(Debug, Default)]
struct Times {
    known: Vec<f64>,
    unknown: Vec<f64>,
}

/// Runs everything.
///
/// # Errors
/// When a binary is missing or a route answers as it should not.
pub async fn run(places: &Places) -> Result<Outcome, Failure> {
    let template = places.root.join("template.yaml");
    let world = World::start(template, places.all_functions()?, 2).await?;
    let mut people = People::of(&world, ADDRESSES).await?;
    let mut outcome = Outcome {
        text: String::from(
            "| | known, median ms | unknown, median ms | known / unknown (95 % interval) |\n|---|---|---|---|\n",
        ),
        telling: Vec::new(),
    };
    for route in Route::ALL {
        world.host.advance(A_WHILE).await;
        let times = measure(&world, route, &mut people).await?;
        outcome.add(route, &times);
    }
    world.host.stop().await;
    outcome.text.push_str(&format!(
        "\n{ADDRESSES} addresses of each kind, interleaved; the interval is of 2,000 resamples.\n"
    ));
    Ok(outcome)
}

/// Known, unknown, unknown, known, ...: each kind is as often first, and as often follows the other.
async fn measure(world: &World, route: Route, people: &mut People) -> Result<Times, Failure> {
    let mut times = Times::default();
    for first in (0..ADDRESSES).step_by(OF_A_NETWORK) {
        let client = people::client(&world.host, first / OF_A_NETWORK).await?;
        for at in first..first + OF_A_NETWORK {
            for second in [false, true] {
                let known = second == (at % 2 == 1);
                let (ms, answer) = ask(world, &client, route, people, known, at).await?;
                let (row, person) = match known {
                    true => (&mut times.known, &mut people.known[at]),
                    false => (&mut times.unknown, &mut people.unknown[at]),
                };
                row.push(ms);
                if let Some(id) = answer["registration_id"].as_str() {
                    id.clone_into(&mut person.registration);
                }
            }
        }
    }
    Ok(times)
}

async fn ask(
    world: &World,
    client: &Client,
    route: Route,
    people: &People,
    known: bool,
    at: usize,
) -> Result<(f64, Value), Failure> {
    let person = if known {
        &people.known[at]
    } else {
        &people.unknown[at]
    };
    let url = format!("{}/api/v1/{}", world.host.url(), route.path(person));
    let request = client
        .post(url)
        .json(&route.body(person, people))
        .build()
        .map_err(people::failed)?;
    let began = Instant::now();
    let response = client.execute(request).await.map_err(people::failed)?;
    let status = response.status().as_u16();
    let answer: Value = response.json().await.map_err(people::failed)?;
    let ms = began.elapsed().as_secs_f64() * 1e3;
    if status == route.status() {
        Ok((ms, answer))
    } else {
        Err(Failure::Loop(format!(
            "{}: {status} {answer}",
            route.name()
        )))
    }
}

impl Outcome {
    fn add(&mut self, route: Route, times: &Times) {
        let median = |row: &[f64]| row.iter().copied().collect::<Sample>().median();
        let (known, unknown) = (median(&times.known), median(&times.unknown));
        let (least, most) = bootstrap::ratio_of_medians(&times.known, &times.unknown);
        self.text.push_str(&format!(
            "| {} | {} | {} | {:.3} ({least:.3}-{most:.3}) |\n",
            route.name(),
            short(known),
            short(unknown),
            known / unknown,
        ));
        if least > *INDISTINCT.end() || most < *INDISTINCT.start() {
            self.telling.push(route.name().to_owned());
        }
    }
}
