//! Sofi, the AI: replies, personas, memory, budget. Start at [`ROUTES`], [`JOBS`] and [`functions`].
//!
//! Sequential calls when warm: settings, budget and care counts 2 (session; rows); their changes 3; personas 3 to 4; facts
//! 2 to 3; what the test chat and the job need is said in their files.
//!
//! | question | module |
//! |---|---|
//! | what a vendor is asked, and who may be | [`talk`], [`vendors`] |
//! | what may leave | [`output`] |
//! | what may be spent | [`limits`], [`spend`] |

mod budget;
mod care_counts;
mod desk;
mod error;
mod fact;
mod limits;
mod output;
mod persona;
mod plan;
mod reply;
mod routes;
mod settings;
mod spend;
mod talk;
mod test_chat;
mod vendors;

use app::App;
use lambda::Functions;
use utoipa::OpenApi;

pub use routes::ROUTES;

/// Every job of this crate, by handler name.
pub const JOBS: &[&str] = &["sofi.reply"];

/// The handlers.
pub fn functions(app: &'static App) -> Functions {
    routes::add(Functions::new("sofi"), app).queue("reply", move |event, invocation| {
        reply::handle(app, event, invocation)
    })
}

/// This crate's part of the API document.
#[derive(OpenApi)]
#[openapi(paths(
    settings::show::handle,
    settings::change::handle,
    persona::list::handle,
    persona::create::handle,
    persona::activate::handle,
    test_chat::handle,
    budget::show::handle,
    budget::change::handle,
    care_counts::handle,
    fact::list::handle,
    fact::create::handle,
    fact::change::handle,
    fact::delete::handle
))]
pub struct Document;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_routes_are_well_formed_and_described() {
        assert_eq!(http_kit::check_routes(ROUTES), Ok(()));
        let part = http_kit::openapi::Part {
            document: Document::openapi(),
            routes: ROUTES,
        };
        let document = http_kit::openapi::document("sofi", "1", vec![part]);
        assert!(document.is_ok(), "{:?}", document.err());
    }
}
