//! Names for keys.

use serde_json::{Value, json};

use super::operations::id_of;
use super::{ALIASES, Kms};
use crate::error::ServiceError;

impl Kms {
    pub(super) fn put_alias(&self, body: &Value, new: bool) -> Result<Value, ServiceError> {
        let alias = body["AliasName"].as_str().unwrap_or("");
        let valid = |c: char| c.is_ascii_alphanumeric() || "/_-:".contains(c);
        if !alias.starts_with("alias/")
            || alias.len() < 7
            || !alias.chars().all(valid)
            || alias.starts_with("alias/aws/")
        {
            return Err(ServiceError::client(
                "InvalidAliasNameException",
                "Alias must start with the prefix \"alias/\".",
            ));
        }
        let key = self.find(body["TargetKeyId"].as_str().unwrap_or(""))?;
        let mut inner = self.lock();
        let arn = self.place.arn("kms", alias);
        match inner.aliases.contains_key(alias) {
            true if new => {
                let message = format!("An alias with the name {arn} already exists");
                return Err(ServiceError::client("AlreadyExistsException", message));
            }
            false if !new => {
                return Err(ServiceError::client(
                    "NotFoundException",
                    format!("Alias {arn} is not found."),
                ));
            }
            _ => {}
        }
        self.place.state.put(ALIASES, alias, &key.id)?;
        inner.aliases.insert(alias.to_owned(), key.id);
        Ok(json!({}))
    }

    pub(super) fn delete_alias(&self, body: &Value) -> Result<Value, ServiceError> {
        let alias = body["AliasName"].as_str().unwrap_or("");
        let mut inner = self.lock();
        if inner.aliases.remove(alias).is_none() {
            let message = format!("Alias {} is not found.", self.place.arn("kms", alias));
            return Err(ServiceError::client("NotFoundException", message));
        }
        self.place.state.delete(ALIASES, alias)?;
        Ok(json!({}))
    }

    pub(super) fn list_aliases(&self, body: &Value) -> Value {
        let wanted = body["KeyId"].as_str().map(id_of);
        let inner = self.lock();
        let aliases: Vec<Value> = inner
            .aliases
            .iter()
            .filter(|(_, id)| wanted.is_none_or(|wanted| wanted == id.as_str()))
            .map(|(alias, id)| json!({ "AliasName": alias, "AliasArn": self.place.arn("kms", alias), "TargetKeyId": id }))
            .collect();
        json!({ "Aliases": aliases, "Truncated": false })
    }
}
