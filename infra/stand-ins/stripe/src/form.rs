//! Parameters in Stripe's form encoding: brackets nest, numbers and empty brackets make lists.

use serde_json::{Map, Value, json};

use crate::problem::Problem;

/// Brackets nest no deeper than this.
const DEEPEST: usize = 8;

/// The parameters of one request. Every leaf is text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Params(Value);

impl Params {
    /// Reads a query or a body.
    pub(crate) fn read(text: &str) -> Result<Self, Problem> {
        let mut root = json!({});
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            let path = segments(&name)
                .ok_or_else(|| Problem::invalid(format!("Invalid parameter name: {name}")))?;
            insert(&mut root, &path, &value);
        }
        for (name, node) in root.as_object_mut().into_iter().flatten() {
            // The keys of these are the caller's own.
            if name != "metadata" && name != "payload" {
                lists(node);
            }
        }
        Ok(Self(root))
    }

    /// Parameters made by the stand-in itself, for its pages and its control API.
    pub(crate) fn of(value: Value) -> Self {
        Self(value)
    }

    /// All of them, as the log shows them.
    pub(crate) fn as_json(&self) -> &Value {
        &self.0
    }

    /// What is at `name`, in Stripe's notation: `items[0][price]`.
    pub(crate) fn at(&self, name: &str) -> Option<&Value> {
        let pointer = format!("/{}", name.replace('[', "/").replace(']', ""));
        self.0.pointer(&pointer)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.at(name)?.as_str()
    }

    pub(crate) fn require(&self, name: &str) -> Result<&str, Problem> {
        self.text(name)
            .filter(|text| !text.is_empty())
            .ok_or_else(|| Problem::missing(name))
    }

    pub(crate) fn integer(&self, name: &str) -> Result<Option<i64>, Problem> {
        let wrong = || {
            Problem::invalid(format!("Invalid integer: {name}"))
                .at(name)
                .coded("parameter_invalid_integer")
        };
        match self.text(name) {
            None | Some("") => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| wrong()),
        }
    }

    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, Problem> {
        match self.text(name) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(Problem::invalid(format!("Invalid boolean: {name}")).at(name)),
        }
    }

    /// How many entries the list at `name` has.
    pub(crate) fn count(&self, name: &str) -> usize {
        self.at(name).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The texts of the list at `name`.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let list = self.at(name).and_then(Value::as_array);
        let texts = list.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    }

    /// Refuses a parameter that is not among `known`; `expand` always is.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Problem> {
        let given = self.0.as_object().into_iter().flatten();
        for (name, _) in given {
            if name != "expand" && !known.contains(&name.as_str()) {
                return Err(Problem::unknown(name));
            }
        }
        Ok(())
    }

    /// Changes `object` by `metadata` as Stripe does: an empty value takes a key away, an empty whole takes all.
    pub(crate) fn merge_metadata(&self, name: &str, metadata: &mut Value) {
        match self.at(name) {
            Some(Value::String(text)) if text.is_empty() => *metadata = json!({}),
            Some(Value::Object(given)) => merge(metadata, given),
            _ => {}
        }
    }

    /// New metadata.
    pub(crate) fn metadata(&self, name: &str) -> Value {
        let mut metadata = json!({});
        self.merge_metadata(name, &mut metadata);
        metadata
    }
}

fn merge(metadata: &mut Value, given: &Map<String, Value>) {
    let Some(kept) = metadata.as_object_mut() else {
        return;
    };
    for (key, value) in given {
        if value == "" {
            kept.remove(key);
        } else {
            kept.insert(key.clone(), value.clone());
        }
    }
}

/// `a[b][]` as its parts; `None` when its brackets do not match.
fn segments(name: &str) -> Option<Vec<&str>> {
    let Some((head, rest)) = name.split_once('[') else {
        return Some(vec![name]);
    };
    let inner = rest.strip_suffix(']')?;
    let mut path = vec![head];
    path.extend(inner.split("]["));
    let is_sound = path.len() <= DEEPEST && !path.iter().any(|part| part.contains(['[', ']']));
    is_sound.then_some(path)
}

fn insert(node: &mut Value, path: &[&str], value: &str) {
    let Some((head, rest)) = path.split_first() else {
        *node = json!(value);
        return;
    };
    if !node.is_object() {
        *node = json!({});
    }
    if let Some(map) = node.as_object_mut() {
        let key = if head.is_empty() {
            map.len().to_string()
        } else {
            (*head).to_owned()
        };
        insert(map.entry(key).or_insert(Value::Null), rest, value);
    }
}

/// Makes lists of the objects whose keys are all numbers.
fn lists(node: &mut Value) {
    let Some(map) = node.as_object_mut() else {
        return;
    };
    for (name, inner) in map.iter_mut() {
        if name != "metadata" {
            lists(inner);
        }
    }
    let numbered: Option<Vec<(u32, Value)>> = map
        .iter()
        .map(|(key, value)| Some((key.parse().ok()?, value.clone())))
        .collect();
    if let Some(mut entries) = numbered.filter(|entries| !entries.is_empty()) {
        entries.sort_by_key(|(place, _)| *place);
        *node = entries.into_iter().map(|(_, value)| value).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_nest_and_numbers_make_lists() {
        let text = "items[1][price]=b&items[0][price]=a&expand[]=x&expand[]=y&a[b][c]=1%202";
        let params = Params::read(text).unwrap();
        assert_eq!(params.text("items[0][price]"), Some("a"));
        assert_eq!(params.count("items"), 2);
        assert_eq!(params.texts("expand"), ["x", "y"]);
        assert_eq!(params.text("a[b][c]"), Some("1 2"));
    }

    #[test]
    fn numbers_in_metadata_stay_keys() {
        let params = Params::read("metadata[1]=one&s[metadata][0]=zero").unwrap();
        assert_eq!(params.at("metadata"), Some(&json!({ "1": "one" })));
        assert_eq!(params.at("s[metadata]"), Some(&json!({ "0": "zero" })));
    }

    #[test]
    fn brackets_that_do_not_match_are_refused() {
        for text in ["a[b=1", "a[[b]]=1", "a[b]c=1"] {
            assert!(Params::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_empty_value_takes_a_metadata_key_away_and_an_empty_whole_all() {
        let mut metadata = json!({ "kept": "1", "gone": "2" });
        let params = Params::read("metadata[gone]=&metadata[new]=3").unwrap();
        params.merge_metadata("metadata", &mut metadata);
        assert_eq!(metadata, json!({ "kept": "1", "new": "3" }));
        let all = Params::read("metadata=").unwrap();
        all.merge_metadata("metadata", &mut metadata);
        assert_eq!(metadata, json!({}));
    }

    #[test]
    fn what_is_not_known_is_named() {
        let params = Params::read("nmae=x&expand[]=y").unwrap();
        assert_eq!(params.only(&["name"]), Err(Problem::unknown("nmae")));
        assert_eq!(params.only(&["nmae"]), Ok(()));
    }
}
