//! Messages as the apps carry them, compiled from Fluent, and the values that stand in them.

use crate::i18n::Lang;
use serde_json::{Map, Value as Json};
use std::borrow::Cow;

/// What stands in a message in place of a variable.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Shown as it is.
    Text(Cow<'a, str>),
    /// Shown as the language writes it.
    Number(f64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl From<$number> for Value<'_> {
            #[expect(clippy::cast_precision_loss, reason = "nobody counts that far in a message")]
            fn from(number: $number) -> Self {
                Self::Number(number as f64)
            }
        })*
    };
}

macro_rules! small_numbers {
    ($($number:ty)*) => {
        $(impl From<$number> for Value<'_> {
            fn from(number: $number) -> Self {
                Self::Number(number.into())
            }
        })*
    };
}

numbers!(i64 u64 usize);
small_numbers!(i8 i16 i32 u8 u16 u32 f64);

/// The values of a message's variables, by name.
#[derive(Clone, Debug, Default)]
pub struct Args<'a>(Vec<(&'a str, Value<'a>)>);

impl<'a> Args<'a> {
    /// No values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a variable its value.
    pub fn set(&mut self, name: &'a str, value: impl Into<Value<'a>>) {
        self.0.push((name, value.into()));
    }

    pub(crate) fn get(&self, name: &str) -> Option<Value<'_>> {
        let found = self.0.iter().rev().find(|(one, _)| *one == name);
        found.map(|(_, value)| match value {
            Value::Text(text) => Value::Text(Cow::Borrowed(text)),
            Value::Number(number) => Value::Number(*number),
        })
    }
}

/// The values of a message's variables: `args!(count = 3, name = &name)`.
#[macro_export]
macro_rules! args {
    ($($name:ident = $value:expr),+ $(,)?) => {{
        let mut args = $crate::Args::new();
        $(args.set(stringify!($name), $value);)+
        args
    }};
}

/// The messages of one language, by their ids.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Messages(Map<String, Json>);

impl Messages {
    /// Reads what the build compiled; nothing, if it is something else.
    pub(crate) fn read(compiled: &str) -> Self {
        match salus_client::parsed(compiled.as_bytes()) {
            Some(Json::Object(messages)) => Self(messages),
            _ => Self::default(),
        }
    }

    /// A message with its values, if somebody wrote it. A variable without a value stands as it is
    /// written, so that the hole is seen.
    pub(crate) fn say<'v>(
        &self,
        id: &str,
        lang: Lang,
        values: &dyn Fn(&str) -> Option<Value<'v>>,
    ) -> Option<String> {
        let mut said = String::new();
        Speaker { lang, values }.say(self.0.get(id)?, &mut said);
        Some(said)
    }
}

struct Speaker<'s, 'v> {
    lang: Lang,
    values: &'s dyn Fn(&str) -> Option<Value<'v>>,
}

impl Speaker<'_, '_> {
    fn say(&self, message: &Json, said: &mut String) {
        match message {
            Json::String(text) => said.push_str(text),
            Json::Array(parts) => {
                for part in parts {
                    match part {
                        Json::Array(part) => self.say_part(part, said),
                        text => self.say(text, said),
                    }
                }
            }
            _ => {}
        }
    }

    fn say_part(&self, part: &[Json], said: &mut String) {
        match part {
            [Json::String(name)] => match (self.values)(name) {
                Some(Value::Text(text)) => said.push_str(&text),
                Some(Value::Number(number)) => said.push_str(&self.lang.number(number)),
                None => {
                    said.push_str("{$");
                    said.push_str(name);
                    said.push('}');
                }
            },
            [
                Json::String(name),
                Json::String(other),
                Json::Object(choices),
            ] => {
                let chosen = match (self.values)(name) {
                    Some(Value::Text(text)) => choices.get(&*text),
                    Some(Value::Number(number)) => choices
                        .get(&whole(number).map(|key| key.to_string()).unwrap_or_default())
                        .or_else(|| choices.get(self.lang.plural(number))),
                    None => None,
                };
                if let Some(message) = chosen.or_else(|| choices.get(other)) {
                    self.say(message, said);
                }
            }
            _ => {}
        }
    }
}

/// A number without a fraction.
pub(crate) fn whole(number: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "what changes is refused")]
    let whole = number as i64;
    (whole as f64 == number).then_some(whole)
}

#[cfg(test)]
mod tests;
