//! Intrinsic functions and conditions.

use serde_json::{Map, Value};

use super::error::{Place, TemplateError};
use super::globals::is_function;
use super::stack::{Loader, Stack, scalar};

type Result<T> = std::result::Result<T, TemplateError>;

impl Loader {
    /// The concrete value, or `None` for `AWS::NoValue`.
    pub(super) fn eval(
        &self,
        stack: &Stack,
        value: &Value,
        place: &Place,
    ) -> Result<Option<Value>> {
        Ok(Some(match value {
            Value::Object(map) if is_function(map) => {
                let (name, argument) = map
                    .iter()
                    .next()
                    .expect("is_function says that there is one entry");
                return self.call(stack, name, argument, place);
            }
            Value::Object(map) => {
                let mut resolved = Map::new();
                for (key, value) in map {
                    if let Some(value) = self.part(stack, value, place, key)? {
                        resolved.insert(key.clone(), value);
                    }
                }
                Value::Object(resolved)
            }
            Value::Array(items) => {
                let mut resolved = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    resolved.extend(self.part(stack, item, place, index)?);
                }
                Value::Array(resolved)
            }
            other => other.clone(),
        }))
    }

    /// The concrete value of a part of a map or list. What is plain means what it says, wherever it stands.
    fn part(
        &self,
        stack: &Stack,
        value: &Value,
        whole: &Place,
        name: impl std::fmt::Display,
    ) -> Result<Option<Value>> {
        match value {
            Value::Object(_) | Value::Array(_) => self.eval(stack, value, &whole.child(name)),
            plain => Ok(Some(plain.clone())),
        }
    }

    /// The concrete value as text.
    pub(super) fn text(&self, stack: &Stack, value: &Value, place: &Place) -> Result<String> {
        match self.eval(stack, value, place)? {
            Some(Value::Object(_)) => Err(place.error("must be text, not a map")),
            Some(Value::Null) | None => Err(place.error("must be text, but has no value")),
            Some(value) => Ok(scalar(&value)),
        }
    }

    fn call(
        &self,
        stack: &Stack,
        name: &str,
        argument: &Value,
        place: &Place,
    ) -> Result<Option<Value>> {
        match name {
            "Ref" => {
                let target = argument
                    .as_str()
                    .ok_or_else(|| place.error("Ref takes a name"))?;
                if target == "AWS::NoValue" {
                    return Ok(None);
                }
                self.reference(stack, target, place).map(Some)
            }
            // As a property (`Condition` of a policy statement holding one operator is no function and never gets here,
            // because its value is a map): a named condition used as a value.
            "Condition" => match argument {
                Value::String(condition) => Ok(Some(Value::Bool(
                    self.named_condition(stack, condition, place)?,
                ))),
                other => {
                    let mut map = Map::new();
                    if let Some(value) = self.eval(stack, other, &place.child("Condition"))? {
                        map.insert("Condition".into(), value);
                    }
                    Ok(Some(Value::Object(map)))
                }
            },
            "Fn::GetAtt" => self.get_att(stack, argument, place).map(Some),
            "Fn::Sub" => self.sub(stack, argument, place).map(Some),
            "Fn::Join" => {
                let [glue, items] = self.arguments(stack, argument, place, "Fn::Join")?;
                let items = items
                    .as_array()
                    .ok_or_else(|| place.error("Fn::Join takes a list"))?;
                let parts: Vec<_> = items.iter().map(scalar).collect();
                Ok(Some(Value::String(parts.join(&scalar(&glue)))))
            }
            "Fn::Split" => {
                let [glue, text] = self.arguments(stack, argument, place, "Fn::Split")?;
                let parts = scalar(&text)
                    .split(&scalar(&glue))
                    .map(|p| Value::String(p.into()))
                    .collect();
                Ok(Some(Value::Array(parts)))
            }
            "Fn::Select" => {
                let [index, items] = self.arguments(stack, argument, place, "Fn::Select")?;
                let index: usize = scalar(&index)
                    .parse()
                    .map_err(|_| place.error("Fn::Select takes a whole number first"))?;
                let item = items.as_array().and_then(|items| items.get(index));
                item.cloned()
                    .map(Some)
                    .ok_or_else(|| place.error(format!("Fn::Select: no item {index}")))
            }
            "Fn::If" => {
                let items = argument.as_array().filter(|items| items.len() == 3);
                let items =
                    items.ok_or_else(|| place.error("Fn::If takes a condition and two values"))?;
                let condition = items[0]
                    .as_str()
                    .ok_or_else(|| place.error("Fn::If takes a condition's name"))?;
                let chosen = if self.named_condition(stack, condition, place)? {
                    &items[1]
                } else {
                    &items[2]
                };
                self.eval(stack, chosen, place)
            }
            "Fn::FindInMap" => self.find_in_map(stack, argument, place).map(Some),
            "Fn::Base64" => {
                use base64::Engine as _;
                let text = self.text(stack, argument, place)?;
                Ok(Some(Value::String(
                    base64::engine::general_purpose::STANDARD.encode(text),
                )))
            }
            "Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or" => self
                .condition(
                    stack,
                    &Value::Object(Map::from_iter([(name.to_owned(), argument.clone())])),
                    place,
                )
                .map(|flag| Some(Value::Bool(flag))),
            other => Err(place.error(format!("{other} is not supported"))),
        }
    }

    fn arguments<const N: usize>(
        &self,
        stack: &Stack,
        argument: &Value,
        place: &Place,
        name: &str,
    ) -> Result<[Value; N]> {
        let wrong = || place.error(format!("{name} takes {N} arguments"));
        let items = argument.as_array().ok_or_else(wrong)?;
        let mut values = Vec::with_capacity(N);
        for item in items {
            values.push(self.eval(stack, item, place)?.ok_or_else(wrong)?);
        }
        values.try_into().map_err(|_| wrong())
    }

    fn get_att(&self, stack: &Stack, argument: &Value, place: &Place) -> Result<Value> {
        let wrong = || place.error("Fn::GetAtt takes a logical id and an attribute");
        match argument {
            Value::Array(items) if items.len() >= 2 => {
                let target = items[0].as_str().ok_or_else(wrong)?;
                let attribute = items[1..]
                    .iter()
                    .map(|item| self.text(stack, item, place))
                    .collect::<Result<Vec<_>>>()?
                    .join(".");
                self.attribute(stack, target, &attribute, place)
            }
            Value::String(text) => {
                let (target, attribute) = text.split_once('.').ok_or_else(wrong)?;
                self.attribute(stack, target, attribute, place)
            }
            _ => Err(wrong()),
        }
    }

    fn sub(&self, stack: &Stack, argument: &Value, place: &Place) -> Result<Value> {
        let (text, own) = match argument {
            Value::String(text) => (text.as_str(), None),
            Value::Array(items) if items.len() == 2 => {
                let text = items[0]
                    .as_str()
                    .ok_or_else(|| place.error("Fn::Sub takes text first"))?;
                (text, items[1].as_object())
            }
            _ => return Err(place.error("Fn::Sub takes text, or text and a map")),
        };
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            let (before, after) = rest.split_at(start);
            out.push_str(before);
            let end = after
                .find('}')
                .ok_or_else(|| place.error("Fn::Sub: ${ without }"))?;
            let name = after[2..end].trim();
            rest = &after[end + 1..];
            if let Some(literal) = name.strip_prefix('!') {
                out.push_str("${");
                out.push_str(literal);
                out.push('}');
            } else if let Some(value) = own.and_then(|map| map.get(name)) {
                out.push_str(&self.text(stack, value, place)?);
            } else if let Some((target, attribute)) = name.split_once('.') {
                out.push_str(&scalar(&self.attribute(stack, target, attribute, place)?));
            } else {
                out.push_str(&scalar(&self.reference(stack, name, place)?));
            }
        }
        out.push_str(rest);
        Ok(Value::String(out))
    }

    fn find_in_map(&self, stack: &Stack, argument: &Value, place: &Place) -> Result<Value> {
        let [map, top, second] = self.arguments(stack, argument, place, "Fn::FindInMap")?;
        let (map, top, second) = (scalar(&map), scalar(&top), scalar(&second));
        stack
            .template
            .get("Mappings")
            .and_then(|mappings| mappings.get(&map)?.get(&top)?.get(&second))
            .cloned()
            .ok_or_else(|| place.error(format!("mapping {map} has no {top}.{second}")))
    }

    /// Whether a named condition of the stack holds.
    pub(super) fn named_condition(&self, stack: &Stack, name: &str, place: &Place) -> Result<bool> {
        let condition = stack
            .template
            .get("Conditions")
            .and_then(|conditions| conditions.get(name))
            .ok_or_else(|| place.error(format!("there is no condition {name}")))?;
        let inner = Place::new(&stack.file, "Conditions").child(name);
        self.guarded(&format!("{}/condition {name}", stack.name), place, || {
            self.condition(stack, condition, &inner)
        })
    }

    fn condition(&self, stack: &Stack, condition: &Value, place: &Place) -> Result<bool> {
        let wrong = || place.error("is not a condition");
        let map = condition
            .as_object()
            .filter(|map| map.len() == 1)
            .ok_or_else(wrong)?;
        let (name, argument) = map.iter().next().ok_or_else(wrong)?;
        let items = || argument.as_array().ok_or_else(wrong);
        match name.as_str() {
            "Condition" => self.named_condition(stack, argument.as_str().ok_or_else(wrong)?, place),
            "Fn::Equals" => {
                let [left, right] = self.arguments(stack, argument, place, "Fn::Equals")?;
                Ok(scalar(&left) == scalar(&right))
            }
            "Fn::Not" => Ok(!self.condition(stack, items()?.first().ok_or_else(wrong)?, place)?),
            "Fn::And" => items()?
                .iter()
                .try_fold(true, |all, c| Ok(self.condition(stack, c, place)? && all)),
            "Fn::Or" => items()?
                .iter()
                .try_fold(false, |any, c| Ok(self.condition(stack, c, place)? || any)),
            _ => Err(wrong()),
        }
    }
}
