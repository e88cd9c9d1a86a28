//! The field registry: for every stored field, why we hold it, for how long, and how it leaves.
//!
//! Rows are declared with [`stored!`](crate::stored); a field without a [`Class`] does not compile, and the store takes
//! nothing that is not [`Registered`]. Retention figures are those of the
//! published table ([`crate::retention`]).

pub mod access;

use serde::Serialize;

/// Why a field is processed (GDPR Art. 5(1)(b)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Running the service that was asked for.
    Service,
    /// Keeping accounts and content safe.
    Security,
    /// Proving what was agreed and done.
    Accountability,
}

/// The lawful basis on our side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Performance of the contract with the creator.
    Contract,
    /// The creator's instruction; the creator holds the basis towards the fan.
    Instruction,
    /// Our legitimate interest.
    LegitimateInterest,
    /// A legal obligation.
    LegalObligation,
}

/// Whose data it is in the sense of Art. 4(7) and (8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// We decide why and how.
    Controller,
    /// We act for the creator.
    Processor,
}

/// When a field goes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// With the account or workspace it belongs to.
    WithAccount,
    /// With the fan: the creator's choice of 30 to 730 days after the last contact, 365 unless told.
    WithFan,
    /// A fixed number of days.
    Days(u16),
}

/// How a field appears in an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Export {
    /// As stored.
    Clear,
    /// Opened first.
    Opened,
    /// Not at all: a secret or a technical value that says nothing about a person.
    Never,
}

/// How a field is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Erase {
    /// The row is deleted.
    Delete,
    /// The row is deleted and its key destroyed, so that backups cannot be read either.
    DeleteAndShred,
    /// Kept with a pseudonym that dies with the key.
    Pseudonymise,
}

/// Everything the registry says about a field but its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Class {
    /// Why.
    pub purpose: Purpose,
    /// On which basis.
    pub basis: Basis,
    /// In which capacity.
    pub capacity: Capacity,
    /// For how long.
    pub retention: Retention,
    /// How it is exported.
    pub export: Export,
    /// How it is erased.
    pub erase: Erase,
}

/// One stored field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The attribute's name.
    pub name: &'static str,
    /// Its type, as the row declares it.
    pub form: &'static str,
    /// What holds for it.
    pub class: Class,
}

/// A stored type that is in the registry.
pub trait Registered {
    /// The value of the row's `kind` attribute.
    const KIND: &'static str;
    /// Every attribute that the type may write.
    const FIELDS: &'static [Field];
}

/// Declares a stored row: `field: Type => CLASS`. Generates the struct, its serde form and its registry entry.
#[macro_export]
macro_rules! stored {
    ($(#[$doc:meta])* pub struct $name:ident: $kind:literal {
        $($(#[$field_doc:meta])* $field:ident: $type:ty => $class:expr,)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)+
        }

        impl $crate::registry::Registered for $name {
            const KIND: &'static str = $kind;
            const FIELDS: &'static [$crate::registry::Field] = &[
                $($crate::registry::Field { name: stringify!($field), form: stringify!($type), class: $class },)+
            ];
        }
    };
}

/// The classes in use. A new one is a decision: say why in `infra/decisions`.
pub mod class {
    use super::{Basis, Capacity, Class, Erase, Export, Purpose, Retention};

    /// What a fan wrote or is called, and what the team notes of them: sealed under the fan's own key.
    pub const FAN_CONTENT: Class = Class {
        purpose: Purpose::Service,
        basis: Basis::Instruction,
        capacity: Capacity::Processor,
        retention: Retention::WithFan,
        export: Export::Opened,
        erase: Erase::DeleteAndShred,
    };
    /// A fact about a fan that is not content: times, states, derived ids.
    pub const FAN_FACT: Class = Class {
        export: Export::Clear,
        erase: Erase::Delete,
        ..FAN_CONTENT
    };
    /// By what a fan is found: keyed marks that say nothing which the fan's own fields do not say.
    pub const FAN_INDEX: Class = Class {
        export: Export::Never,
        ..FAN_FACT
    };
    /// A key of a fan's data.
    pub const FAN_KEY: Class = Class {
        export: Export::Never,
        erase: Erase::DeleteAndShred,
        ..FAN_CONTENT
    };
    /// Fan data on its way, gone within a week.
    pub const FAN_TRANSIT: Class = Class {
        retention: Retention::Days(7),
        ..FAN_CONTENT
    };
    /// A technical trace of fan data on its way.
    pub const FAN_TRANSIT_FACT: Class = Class {
        retention: Retention::Days(7),
        export: Export::Never,
        erase: Erase::Delete,
        ..FAN_CONTENT
    };
    /// What the creator told us about themselves or their workspace.
    pub const ACCOUNT: Class = Class {
        purpose: Purpose::Service,
        basis: Basis::Contract,
        capacity: Capacity::Controller,
        retention: Retention::WithAccount,
        export: Export::Clear,
        erase: Erase::Delete,
    };
    /// The same, sealed.
    pub const ACCOUNT_SEALED: Class = Class {
        export: Export::Opened,
        erase: Erase::DeleteAndShred,
        ..ACCOUNT
    };
    /// A secret that only the service uses: hashes, tokens, wrapped keys.
    pub const CREDENTIAL: Class = Class {
        purpose: Purpose::Security,
        export: Export::Never,
        erase: Erase::DeleteAndShred,
        ..ACCOUNT
    };
    /// A login and its traces.
    pub const LOGIN: Class = Class {
        purpose: Purpose::Security,
        basis: Basis::LegitimateInterest,
        retention: Retention::Days(30),
        ..ACCOUNT
    };
    /// What a mail to a person says, and to which address.
    pub const MAIL: Class = Class {
        purpose: Purpose::Service,
        retention: Retention::Days(90),
        ..ACCOUNT_SEALED
    };
    /// That a mail was sent, when, and what became of it.
    pub const MAIL_FACT: Class = Class {
        retention: Retention::Days(90),
        ..ACCOUNT
    };
    /// That an address must not be written to: a keyed hash only, kept so that it is obeyed after the account is gone.
    pub const SUPPRESSION: Class = Class {
        basis: Basis::LegitimateInterest,
        export: Export::Never,
        erase: Erase::Pseudonymise,
        ..ACCOUNT
    };
    /// What was agreed, and by whom.
    pub const AGREEMENT: Class = Class {
        purpose: Purpose::Accountability,
        basis: Basis::LegalObligation,
        ..ACCOUNT
    };
    /// What was done, and by whom.
    pub const AUDIT: Class = Class {
        retention: Retention::Days(731),
        erase: Erase::Pseudonymise,
        ..AGREEMENT
    };
    /// The numbers of what was done, and their hashes: without them, what came later could not be checked once it is gone.
    pub const AUDIT_CHAIN: Class = Class {
        retention: Retention::WithAccount,
        ..AUDIT
    };
    /// What was there before and after: unreadable once the subject's key is gone.
    pub const AUDIT_SEALED: Class = Class {
        export: Export::Opened,
        ..AUDIT
    };
    /// A request about personal data and what became of it. It outlives the person whom it is about.
    pub const REQUEST: Class = Class {
        retention: Retention::Days(731),
        ..AGREEMENT
    };
    /// What a request about personal data says in words: sealed under the key of the fan it is about, with which it goes.
    pub const REQUEST_SEALED: Class = Class {
        export: Export::Opened,
        erase: Erase::DeleteAndShred,
        ..REQUEST
    };
    /// That somebody was erased: a keyed mark, kept for as long as a backup or a queue could bring something back.
    pub const TOMBSTONE: Class = Class {
        retention: Retention::Days(45),
        export: Export::Never,
        erase: Erase::Pseudonymise,
        ..AGREEMENT
    };
    /// Bookkeeping that says nothing about a person.
    pub const TECHNICAL: Class = Class {
        export: Export::Never,
        ..ACCOUNT
    };
    /// That a notice of Stripe's counted, so that none counts twice (decision 0041).
    pub const STRIPE_NOTICE: Class = Class {
        retention: Retention::Days(90),
        ..TECHNICAL
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::stored! {
        /// A row for this test.
        pub struct Sample: "sample" {
            /// A name.
            name: String => class::ACCOUNT,
        }
    }

    #[test]
    fn p13_accounts_and_fan_data_are_processed_to_provide_the_service_and_credentials_to_keep_it_safe()
     {
        let of = |class: Class| (class.purpose, class.basis, class.capacity);
        let contract = (Purpose::Service, Basis::Contract, Capacity::Controller);
        for class in [
            class::ACCOUNT,
            class::ACCOUNT_SEALED,
            class::MAIL,
            class::MAIL_FACT,
        ] {
            assert_eq!(of(class), contract);
        }
        let instruction = (Purpose::Service, Basis::Instruction, Capacity::Processor);
        for class in [
            class::FAN_CONTENT,
            class::FAN_FACT,
            class::FAN_INDEX,
            class::FAN_KEY,
            class::FAN_TRANSIT,
        ] {
            assert_eq!(of(class), instruction);
        }
        let safe = (Purpose::Security, Basis::Contract, Capacity::Controller);
        assert_eq!(of(class::CREDENTIAL), safe);
    }

    #[test]
    fn a_declared_row_lists_exactly_the_attributes_it_writes() {
        let written = serde_json::to_value(Sample { name: "x".into() }).expect("serialises");
        let names: Vec<_> = written
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        let declared: Vec<_> = Sample::FIELDS
            .iter()
            .map(|field| field.name.to_owned())
            .collect();
        assert_eq!(names, declared);
        assert_eq!(Sample::KIND, "sample");
    }
}
