//! Path templates such as `/api/v1/fans/{fan_id}`.

/// A parsed path template; borrowed from the route table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template<'t> {
    segments: Vec<Segment<'t>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Segment<'t> {
    Literal(&'t str),
    Param(&'t str),
}

impl<'t> Template<'t> {
    /// Parses a template. `None` unless it starts with `/`, has no empty segment, and every parameter
    /// is a whole segment with a name of lower-case letters, digits and underscores, used once.
    pub fn parse(template: &'t str) -> Option<Self> {
        let mut segments = Vec::new();
        for part in template.strip_prefix('/')?.split('/') {
            let segment = match part
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
            {
                Some(name) if is_name(name) => Segment::Param(name),
                Some(_) => return None,
                None if part.is_empty() || part.contains(['{', '}', '?', '#', '%']) => return None,
                None => Segment::Literal(part),
            };
            if matches!(segment, Segment::Param(_)) && segments.contains(&segment) {
                return None;
            }
            segments.push(segment);
        }
        Some(Self { segments })
    }

    /// Names of the parameters, in order.
    pub fn params(&self) -> impl Iterator<Item = &'t str> + '_ {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Param(name) => Some(*name),
            Segment::Literal(_) => None,
        })
    }

    /// The parameters of `path`, as sent (percent-encoded), if it is one of this template.
    pub fn matches<'p>(&self, path: &'p str) -> Option<Vec<(&'t str, &'p str)>> {
        let mut parts = path.strip_prefix('/')?.split('/');
        let mut params = Vec::new();
        for segment in &self.segments {
            let part = parts.next()?;
            match segment {
                Segment::Literal(literal) if *literal == part => {}
                Segment::Param(name) if !part.is_empty() => params.push((*name, part)),
                _ => return None,
            }
        }
        parts.next().is_none().then_some(params)
    }

    /// A path of this template. `value` gives the value of each parameter, which must not need encoding.
    ///
    /// `None` when a value is missing or is not of `A-Za-z0-9-._~:`.
    pub fn fill<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> Option<String> {
        let mut path = String::new();
        for segment in &self.segments {
            path.push('/');
            match segment {
                Segment::Literal(literal) => path.push_str(literal),
                Segment::Param(name) => {
                    let value = value(name)?;
                    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte);
                    if value.is_empty() || !value.bytes().all(plain) {
                        return None;
                    }
                    path.push_str(value);
                }
            }
        }
        Some(path)
    }

    /// Order of preference among templates that match the same path: a literal before a parameter,
    /// from left to right, as the HTTP API does it.
    pub(crate) fn specificity(&self) -> Vec<bool> {
        self.segments
            .iter()
            .map(|segment| matches!(segment, Segment::Literal(_)))
            .collect()
    }

    /// The template with its parameters' names left out: two routes of one shape cannot be told apart.
    pub(crate) fn shape(&self) -> String {
        self.segments
            .iter()
            .map(|segment| match segment {
                Segment::Literal(literal) => format!("/{literal}"),
                Segment::Param(_) => "/{}".to_owned(),
            })
            .collect()
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_its_parameters() {
        let template = Template::parse("/api/v1/bots/{bot_id}/parked-updates/{parked_id}/replays")
            .expect("valid");
        assert_eq!(
            template.matches("/api/v1/bots/b1/parked-updates/p1/replays"),
            Some(vec![("bot_id", "b1"), ("parked_id", "p1")])
        );
        for path in [
            "/api/v1/bots/b1/parked-updates/p1",
            "/api/v1/bots//parked-updates/p1/replays",
            "/api/v1/bots/b1/parked-updates/p1/replays/",
            "api/v1/bots/b1/parked-updates/p1/replays",
        ] {
            assert_eq!(template.matches(path), None, "{path}");
        }
        assert_eq!(
            template.params().collect::<Vec<_>>(),
            ["bot_id", "parked_id"]
        );
    }

    #[test]
    fn a_template_is_filled() {
        let template = Template::parse("/api/v1/fans/{fan_id}").expect("valid");
        assert_eq!(
            template.fill(|_| Some("fan_1")).as_deref(),
            Some("/api/v1/fans/fan_1")
        );
        assert_eq!(template.fill(|_| Some("a/b")), None);
        assert_eq!(template.fill(|_| None), None);
    }

    #[test]
    fn malformed_templates_are_refused() {
        for text in [
            "", "api", "/", "/a//b", "/a/", "/{a}/{a}", "/{}", "/{A}", "/x{a}", "/{a+}", "/a?b",
        ] {
            assert_eq!(Template::parse(text), None, "{text}");
        }
    }
}
