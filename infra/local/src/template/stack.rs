//! Stacks: a template file with its parameters resolved, and the stacks nested in it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Inputs;
use super::error::{Place, TemplateError};
use super::parsed;

/// One template with the values of its parameters.
#[derive(Debug)]
pub(super) struct Stack {
    pub(super) name: String,
    pub(super) file: PathBuf,
    pub(super) template: Arc<Value>,
    pub(super) parameters: BTreeMap<String, Value>,
}

impl Stack {
    /// A section (`Resources`, `Conditions` ...) as a map; an absent one is empty.
    pub(super) fn section(&self, name: &str) -> impl Iterator<Item = (&String, &Value)> {
        self.template
            .get(name)
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(Map::iter)
    }

    /// A resource by logical id.
    pub(super) fn resource(&self, logical_id: &str) -> Option<&Value> {
        self.template.get("Resources")?.get(logical_id)
    }

    /// The type of a resource, or an empty text.
    pub(super) fn kind(&self, logical_id: &str) -> &str {
        self.resource(logical_id)
            .and_then(|r| r.get("Type"))
            .and_then(Value::as_str)
            .unwrap_or("")
    }

    /// The place of a resource in this file.
    pub(super) fn place(&self, logical_id: &str) -> Place {
        Place::new(&self.file, logical_id)
    }
}

/// Logical id, name, properties and place of a policy resource.
pub(super) type LoosePolicy = (String, String, Map<String, Value>, Place);

/// Reads files, keeps the nested stacks it has met, and evaluates (in `eval.rs` and `names.rs`).
pub(super) struct Loader {
    pub(super) inputs: Inputs,
    stacks: RefCell<HashMap<String, Rc<Stack>>>,
    busy: RefCell<Vec<String>>,
    files: RefCell<Vec<PathBuf>>,
    /// Policies that are resources of their own, attached to their roles after the walk.
    pub(super) loose_policies: RefCell<Vec<LoosePolicy>>,
    /// Key id and alias name of each key alias.
    pub(super) aliases: RefCell<Vec<(String, String)>>,
}

impl Loader {
    pub(super) fn new(inputs: Inputs) -> Self {
        Self {
            inputs,
            stacks: RefCell::default(),
            busy: RefCell::default(),
            files: RefCell::default(),
            loose_policies: RefCell::default(),
            aliases: RefCell::default(),
        }
    }

    /// All files read so far, each once, in order.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        self.files.borrow().clone()
    }

    /// The root stack.
    pub(super) fn root(&self, path: &Path) -> Result<Rc<Stack>, TemplateError> {
        let template = self.load(path)?;
        let given = self
            .inputs
            .parameters
            .iter()
            .map(|(k, v)| (k.clone(), Value::String(v.clone())))
            .collect();
        let name = self.inputs.stack_name.clone();
        Ok(Rc::new(Stack {
            parameters: parameters(path, &template, &given)?,
            name,
            file: path.into(),
            template,
        }))
    }

    /// The stack that a nested-stack resource creates; the same one each time it is asked for.
    pub(super) fn child(
        &self,
        parent: &Stack,
        logical_id: &str,
    ) -> Result<Rc<Stack>, TemplateError> {
        let name = format!("{}-{logical_id}", parent.name);
        if let Some(stack) = self.stacks.borrow().get(&name) {
            return Ok(Rc::clone(stack));
        }
        let place = parent.place(logical_id);
        let stack = self.guarded(&name, &place, || {
            self.load_child(parent, logical_id, &name, &place)
        })?;
        let stack = Rc::new(stack);
        self.stacks.borrow_mut().insert(name, Rc::clone(&stack));
        Ok(stack)
    }

    fn load_child(
        &self,
        parent: &Stack,
        logical_id: &str,
        name: &str,
        place: &Place,
    ) -> Result<Stack, TemplateError> {
        let property = match parent.kind(logical_id) {
            "AWS::CloudFormation::Stack" => "TemplateURL",
            "AWS::Serverless::Application" => "Location",
            other => return Err(place.error(format!("a resource of type {other} nests no stack"))),
        };
        let properties = parent
            .resource(logical_id)
            .and_then(|r| r.get("Properties"));
        let location = properties
            .and_then(|p| p.get(property))
            .ok_or_else(|| place.child(property).error("is missing"))?;
        let location = self.text(parent, location, &place.child(property))?;
        if location.contains("://") {
            return Err(place
                .child(property)
                .error("must be a path relative to its template"));
        }
        let file = parent
            .file
            .parent()
            .unwrap_or(Path::new("."))
            .join(location);
        let template = self.load(&file)?;
        let mut given = BTreeMap::new();
        if let Some(values) = properties
            .and_then(|p| p.get("Parameters"))
            .and_then(Value::as_object)
        {
            for (key, value) in values {
                let place = place.child("Parameters").child(key);
                if template
                    .get("Parameters")
                    .and_then(|p| p.get(key))
                    .is_none()
                {
                    return Err(place.error(format!("{} has no such parameter", file.display())));
                }
                if let Some(value) = self.eval(parent, value, &place)? {
                    given.insert(key.clone(), value);
                }
            }
        }
        let parameters = parameters(&file, &template, &given)?;
        Ok(Stack {
            name: name.to_owned(),
            file,
            template,
            parameters,
        })
    }

    /// Runs `work` unless it is already running further up: then the templates refer in a circle.
    pub(super) fn guarded<T>(
        &self,
        what: &str,
        place: &Place,
        work: impl FnOnce() -> Result<T, TemplateError>,
    ) -> Result<T, TemplateError> {
        if self.busy.borrow().iter().any(|running| running == what) {
            return Err(place.error(format!("refers to itself in a circle through {what}")));
        }
        self.busy.borrow_mut().push(what.to_owned());
        let result = work();
        self.busy.borrow_mut().pop();
        result
    }

    fn load(&self, path: &Path) -> Result<Arc<Value>, TemplateError> {
        let text = std::fs::read_to_string(path).map_err(|source| TemplateError::Read {
            file: path.to_path_buf(),
            source,
        })?;
        if !self.files.borrow().iter().any(|known| known == path) {
            self.files.borrow_mut().push(path.to_path_buf());
        }
        parsed::of(path, text)
    }
}

/// Parameters of a template: the given value, else the default, else an error.
fn parameters(
    file: &Path,
    template: &Value,
    given: &BTreeMap<String, Value>,
) -> Result<BTreeMap<String, Value>, TemplateError> {
    let mut resolved = BTreeMap::new();
    let declared = template.get("Parameters").and_then(Value::as_object);
    for (name, declaration) in declared.into_iter().flatten() {
        let place = Place::new(file, "Parameters").child(name);
        let value = given
            .get(name)
            .or_else(|| declaration.get("Default"))
            .ok_or_else(|| place.error("has neither a default nor a given value"))?;
        if let Some(allowed) = declaration.get("AllowedValues").and_then(Value::as_array) {
            let value = scalar(value);
            if !allowed.iter().any(|candidate| scalar(candidate) == value) {
                return Err(place.error(format!("{value} is not one of AllowedValues")));
            }
        }
        let kind = declaration
            .get("Type")
            .and_then(Value::as_str)
            .unwrap_or("String");
        let value = match value {
            Value::Array(_) => value.clone(),
            other if kind == "CommaDelimitedList" || kind.starts_with("List<") => Value::Array(
                scalar(other)
                    .split(',')
                    .map(|part| Value::String(part.trim().to_owned()))
                    .collect(),
            ),
            other => Value::String(scalar(other)),
        };
        resolved.insert(name.clone(), value);
    }
    Ok(resolved)
}

/// The text of a scalar as CloudFormation writes it; a list joins with commas.
pub(super) fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(scalar).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
