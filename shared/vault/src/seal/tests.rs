//! What sealing keeps to itself, and what it notices.

use super::*;

pub(crate) fn tenant_key(byte: u8) -> TenantKey {
    TenantKey::new(Zeroizing::new([byte; 32]), TenantId::from_bytes([byte; 16]))
}

const PLACE: Place<'static> = Place {
    table: "tenant",
    pk: "FAN#1",
    sk: "HEAD",
    field: "profile",
};

fn entropy() -> domain::SystemEntropy {
    domain::SystemEntropy::new()
}

#[test]
fn a_sealed_field_opens_at_its_place_only() {
    let key = tenant_key(1);
    let sealed = key.seal(&PLACE, b"text", &entropy());
    assert_eq!(
        key.open(&PLACE, &sealed).expect("opens").as_slice(),
        b"text"
    );
    for place in [
        Place {
            table: "work",
            ..PLACE
        },
        Place {
            pk: "FAN#2",
            ..PLACE
        },
        Place {
            sk: "NOTE",
            ..PLACE
        },
        Place {
            field: "note",
            ..PLACE
        },
    ] {
        assert!(
            matches!(key.open(&place, &sealed), Err(VaultError::DoesNotOpen)),
            "{place:?}"
        );
    }
}

#[test]
fn p21_another_tenants_key_opens_nothing_even_with_the_same_bytes() {
    let sealed = tenant_key(1).seal(&PLACE, b"text", &entropy());
    let same_bytes = TenantKey::new(Zeroizing::new([1; 32]), TenantId::from_bytes([2; 16]));
    assert!(same_bytes.open(&PLACE, &sealed).is_err());
}

#[test]
fn every_flipped_bit_is_noticed() {
    let key = tenant_key(1);
    let sealed = key.seal(&PLACE, b"text", &entropy());
    for bit in 0..sealed.as_bytes().len() * 8 {
        let mut bytes = sealed.as_bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(
            key.open(&PLACE, &Sealed::from_bytes(bytes)).is_err(),
            "bit {bit}"
        );
    }
    assert!(key.open(&PLACE, &Sealed::from_bytes(vec![1; 5])).is_err());
}

#[test]
fn values_of_both_forms_open_side_by_side_and_neither_passes_for_the_other() {
    let key = tenant_key(1);
    let former = key.0.seal_as(Form::One, &PLACE, b"text", &entropy());
    let coming = key.0.seal_as(Form::Two, &PLACE, b"text", &entropy());
    for (sealed, byte) in [(&former, 1), (&coming, 2)] {
        assert_eq!(sealed.as_bytes()[0], byte);
        assert_eq!(key.open(&PLACE, sealed).expect("opens").as_slice(), b"text");
        let mut other = sealed.as_bytes().to_vec();
        other[0] = 3 - byte;
        assert!(key.open(&PLACE, &Sealed::from_bytes(other)).is_err());
    }
}

#[test]
fn what_is_in_a_former_form_is_sealed_anew_and_says_the_same() {
    let key = tenant_key(1);
    let former = key.0.seal_as(Form::Two, &PLACE, b"text", &entropy());
    assert!(is_former(&former));
    let anew = key.reseal(&PLACE, &former, &entropy()).expect("opens");
    let anew = anew.expect("a former form");
    assert_eq!(anew.as_bytes()[0], Form::WRITTEN.byte());
    assert_eq!(key.open(&PLACE, &anew).expect("opens").as_slice(), b"text");
    assert!(!is_former(&anew));
    let again = key.reseal(&PLACE, &anew, &entropy()).expect("nothing");
    assert!(again.is_none(), "there is nothing to do a second time");
}

#[test]
fn what_does_not_open_is_not_sealed_anew() {
    let key = tenant_key(1);
    let former = key.0.seal_as(Form::Two, &PLACE, b"text", &entropy());
    let elsewhere = Place {
        sk: "NOTE",
        ..PLACE
    };
    assert!(key.reseal(&elsewhere, &former, &entropy()).is_err());
    let of_another = tenant_key(2).reseal(&PLACE, &former, &entropy());
    assert!(of_another.is_err());
    for foreign in [vec![], vec![9; 40]] {
        let foreign = Sealed::from_bytes(foreign);
        let left = key.reseal(&PLACE, &foreign, &entropy()).expect("nothing");
        assert!(left.is_none(), "it has no form of ours");
    }
}

#[test]
fn a_fans_key_is_wrapped_anew_and_opens_what_it_has_sealed() {
    let key = tenant_key(1);
    let fan = FanId::from_bytes([1; 16]);
    let (fan_key, wrapped) = key.new_fan_key(fan, &entropy());
    let sealed = fan_key.seal(&PLACE, b"text", &entropy());
    let none = key.rewrap_fan_key(fan, &wrapped, &entropy());
    assert!(none.expect("opens").is_none());
    let place = fan.suffix();
    let bytes = key.0.open(&fan_key_place(&place), &wrapped).expect("opens");
    let former = key
        .0
        .seal_as(Form::Two, &fan_key_place(&place), &bytes, &entropy());
    let anew = key.rewrap_fan_key(fan, &former, &entropy());
    let anew = anew.expect("opens").expect("a former form");
    assert!(!is_former(&anew));
    let again = key.open_fan_key(fan, &anew).expect("unwraps");
    assert_eq!(
        again.open(&PLACE, &sealed).expect("opens").as_slice(),
        b"text"
    );
}

#[test]
fn no_key_serves_two_ciphers() {
    let key = tenant_key(1);
    let sealed = key.0.seal_as(Form::Two, &PLACE, b"text", &entropy());
    let (header, body) = sealed.as_bytes().split_at(1 + NONCE_LEN);
    let opens = |bytes: &[u8]| {
        let unbound = UnboundKey::new(&CHACHA20_POLY1305, bytes).expect("32 bytes");
        let nonce = Nonce::try_assume_unique_for_key(&header[1..]).expect("a nonce");
        let data = Aad::from(key.0.associated_data(Form::Two, &PLACE));
        LessSafeKey::new(unbound)
            .open_in_place(nonce, data, &mut body.to_vec())
            .is_ok()
    };
    assert!(opens(key.0.derive(b"seal-2").as_slice()));
    assert!(!opens(key.0.bytes.as_slice()), "the key of the other form");
}

#[test]
fn a_fans_wrapped_key_opens_for_that_fan_only() {
    let key = tenant_key(1);
    let (fan, other) = (FanId::from_bytes([1; 16]), FanId::from_bytes([2; 16]));
    let (fan_key, wrapped) = key.new_fan_key(fan, &entropy());
    let sealed = fan_key.seal(&PLACE, b"text", &entropy());
    let again = key.open_fan_key(fan, &wrapped).expect("unwraps");
    assert_eq!(
        again.open(&PLACE, &sealed).expect("opens").as_slice(),
        b"text"
    );
    assert!(key.open_fan_key(other, &wrapped).is_err());
}

#[test]
fn keys_print_nothing() {
    assert_eq!(format!("{:?}", tenant_key(7)), "TenantKey(***)");
}
