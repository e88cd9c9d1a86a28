//! System tests, by subject.

#![expect(
    clippy::print_stdout,
    reason = "reconciliations and lists are part of what a test shows"
)]

mod access;
mod addresses;
mod alerts;
mod audit;
mod burst;
mod business;
mod canary;
mod conversation;
mod desk;
mod drafts;
mod erasure;
mod fans;
mod inbox;
mod isolation;
mod isolation_layers;

mod journey;
mod journey_access;
mod journey_alerts;
mod journey_audit;
mod journey_business;
mod journey_desk;
mod journey_fans;
mod journey_mail;
mod journey_privacy;
mod journey_sofi;
mod journey_team;
mod journey_tokens;
mod kinds;
mod legal;
mod mail;
mod mail_feedback;
mod media;
mod passkeys;
mod pause;
mod removal;
mod second_factor;
mod seed;
mod sofi;
mod sofi_waits;
mod sofi_words;
mod staff;
mod storm;
mod team;
mod tenants;
mod tokens;
