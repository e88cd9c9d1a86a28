//! What outlives a restart: objects, what waits for webhooks, settings, idempotency keys and how far the clock was moved. Logs,
//! faults and requests that are held do not.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};

use crate::{Error, idempotency::Keys, state::State, world::World};

/// The file in the data folder, and the one that replaces it in one step.
const FILE: &str = "snapshot.json";
const NEXT: &str = "snapshot.next";

#[derive(Serialize)]
struct Written<'a> {
    state: &'a State,
    keys: &'a Keys,
    skew_ms: u64,
}

#[derive(Deserialize)]
struct Read {
    state: State,
    keys: Keys,
    skew_ms: u64,
}

/// Puts the folder's snapshot, if there is one, into a new world.
pub(crate) fn read(folder: &Path, world: &mut World) -> Result<(), Error> {
    let failed = |source| Error::Data {
        path: folder.to_owned(),
        source,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let path = folder.join(FILE);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(failed(source)),
    };
    let read: Read =
        serde_json::from_slice(&bytes).map_err(|source| Error::Snapshot { path, source })?;
    let base_url = std::mem::take(&mut world.state.base_url);
    world.state = read.state;
    world.state.base_url = base_url;
    world.state.queue.forget_flights();
    world.keys = read.keys;
    world.keys.forget_open();
    world.skew_ms = read.skew_ms;
    Ok(())
}

/// A world as it is written.
pub(crate) fn of(world: &World) -> Result<Vec<u8>, Error> {
    let written = Written {
        state: &world.state,
        keys: &world.keys,
        skew_ms: world.skew_ms,
    };
    serde_json::to_vec(&written).map_err(|source| Error::Snapshot {
        path: FILE.into(),
        source,
    })
}

/// Replaces the folder's snapshot.
pub(crate) fn write(folder: &Path, bytes: &[u8]) -> Result<(), Error> {
    let next = folder.join(NEXT);
    fs::write(&next, bytes)
        .and_then(|()| fs::rename(&next, folder.join(FILE)))
        .map_err(|source| Error::Data {
            path: folder.to_owned(),
            source,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{delivery::Form, form::Params, idempotency::Kept, random};

    #[test]
    fn objects_waiting_webhooks_and_answers_outlive_a_restart_and_what_was_under_way_begins_anew() {
        let mut world = World::new(1, "http://127.0.0.1:1");
        let params = Params::read("name=Plan").unwrap();
        let product = world.state.create_product(&params).unwrap();
        world.state.queue.push("we_1", "evt_1", Form::Snapshot, 0);
        assert_eq!(world.state.queue.take_due(0, None).len(), 1);
        assert_eq!(world.keys.begin("answered", "POST a", 0), Ok(None));
        let kept = Kept {
            status: 200,
            body: product.clone(),
            request: "req_1".to_owned(),
        };
        world.keys.keep("answered", kept.clone());
        assert_eq!(world.keys.begin("open", "POST a", 0), Ok(None));
        let folder = std::env::temp_dir().join(format!("stripe-snapshot-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        write(&folder, &of(&world).unwrap()).unwrap();
        let mut later = World::new(1, "http://127.0.0.1:2");
        read(&folder, &mut later).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let id = product["id"].as_str().unwrap();
        assert_eq!(later.state.find("product", id), Ok(product));
        assert_eq!(later.state.base_url, "http://127.0.0.1:2");
        assert_eq!(later.state.queue.take_due(0, None).len(), 1);
        assert_eq!(later.keys.begin("answered", "POST a", 1), Ok(Some(kept)));
        assert_eq!(later.keys.begin("open", "POST b", 1), Ok(None));
        let next =
            [&mut world, &mut later].map(|world| random::id(&mut world.state.generator, "cus"));
        assert_eq!(next[0], next[1], "an id is given once");
    }

    #[test]
    fn a_folder_without_a_snapshot_is_an_empty_account_and_one_with_something_else_is_refused() {
        let folder = std::env::temp_dir().join(format!("stripe-empty-{}", std::process::id()));
        let mut world = World::new(1, "http://127.0.0.1:1");
        read(&folder, &mut world).unwrap();
        write(&folder, b"{}").unwrap();
        let refused = read(&folder, &mut world);
        fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(refused, Err(Error::Snapshot { .. })));
    }
}
