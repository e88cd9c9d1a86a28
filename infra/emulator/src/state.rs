//! One SQLite file of `(kind, key) -> JSON` rows, written through on every change.
//!
//! Services keep their state in memory and write each change here before they answer, so a host that is killed loses
//! nothing it has acknowledged. `synchronous` is off on purpose: a killed process loses nothing, and surviving a power
//! cut is not worth an fsync per message on a laptop.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;

/// Handle to the state file; clones share it.
#[derive(Debug, Clone)]
pub struct State {
    connection: Arc<Mutex<Connection>>,
}

impl State {
    /// Opens the file, or memory when there is no path.
    pub fn open(path: Option<&Path>) -> Result<Self, Error> {
        let connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
             CREATE TABLE IF NOT EXISTS state (kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
                                               PRIMARY KEY (kind, key)) WITHOUT ROWID;",
        )?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
        })
    }

    /// Writes one row.
    pub fn put<T: Serialize>(
        &self,
        kind: &str,
        key: &str,
        value: &T,
    ) -> Result<(), rusqlite::Error> {
        let json = serde_json::to_vec(value)
            .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        self.put_bytes(kind, key, &json)
    }

    /// Writes one row of bytes.
    pub fn put_bytes(&self, kind: &str, key: &str, value: &[u8]) -> Result<(), rusqlite::Error> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "INSERT OR REPLACE INTO state (kind, key, value) VALUES (?1, ?2, ?3)",
        )?;
        statement.execute(params![kind, key, value]).map(drop)
    }

    /// Reads one row of bytes.
    pub fn get_bytes(&self, kind: &str, key: &str) -> Result<Option<Vec<u8>>, rusqlite::Error> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached("SELECT value FROM state WHERE kind = ?1 AND key = ?2")?;
        let mut rows = statement.query(params![kind, key])?;
        rows.next()?.map(|row| row.get(0)).transpose()
    }

    /// Removes one row.
    pub fn delete(&self, kind: &str, key: &str) -> Result<(), rusqlite::Error> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached("DELETE FROM state WHERE kind = ?1 AND key = ?2")?;
        statement.execute(params![kind, key]).map(drop)
    }

    /// Removes every row of a kind.
    pub fn clear(&self, kind: &str) -> Result<(), rusqlite::Error> {
        self.lock()
            .execute("DELETE FROM state WHERE kind = ?1", params![kind])
            .map(drop)
    }

    /// Every row of a kind, in key order.
    pub fn load<T: DeserializeOwned>(&self, kind: &str) -> Result<Vec<(String, T)>, Error> {
        let connection = self.lock();
        let mut statement = connection
            .prepare_cached("SELECT key, value FROM state WHERE kind = ?1 ORDER BY key")?;
        let mut rows = statement.query(params![kind])?;
        let mut loaded = Vec::new();
        while let Some(row) = rows.next()? {
            let value: Vec<u8> = row.get(1)?;
            loaded.push((row.get(0)?, serde_json::from_slice(&value)?));
        }
        Ok(loaded)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
