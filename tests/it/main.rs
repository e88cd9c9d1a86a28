//! System tests, by subject.

#![expect(
    clippy::print_stdout,
    reason = "reconciliations and lists are part of what a test shows"
)]

mod access;
mod account_closing;
mod addresses;
mod alerts;
mod alerts_words;
mod alike;
mod audit;
mod billing;
mod billing_routes;
mod burst;
mod business;
mod canary;
mod closing;
mod compliance;
mod connect;
mod conversation;
mod desk;
mod drafts;
mod erasure;
mod exports;
mod exports_many;
mod fans;
mod garbage;
mod imports;
mod inbox;
mod isolation;
mod isolation_layers;

mod journey;
mod journey_access;
mod journey_account;
mod journey_alerts;
mod journey_audit;
mod journey_billing;
mod journey_business;
mod journey_closing;
mod journey_desk;
mod journey_exports;
mod journey_fans;
mod journey_mail;
mod journey_owners;
mod journey_privacy;
mod journey_sofi;
mod journey_team;
mod journey_tokens;
mod kinds;
mod lanes;
mod legal;
mod limits;
mod mail;
mod mail_feedback;
mod media;
mod passkeys;
mod passwords;
mod pause;
mod readme;
mod refused;
mod removal;
mod removed;
mod restriction;
mod retention;
mod second_factor;
mod secrets;
mod seed;
mod sessions;
mod sofi;
mod sofi_care;
mod sofi_honesty;
mod sofi_kinds;
mod sofi_memory;
mod sofi_outage;
mod sofi_takeover;
mod sofi_trace;
mod sofi_waits;
mod sofi_words;
mod staff;
mod storm;
mod stripe_host;
mod team;
mod tenants;
mod tokens;
