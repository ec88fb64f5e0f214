//! Compiles Fluent messages while the apps are built, so that no browser has to read Fluent.
//!
//! The outcome is a JSON object of every message by its id. A message is a text, or a list of
//! parts. A part is a text; `[name]`, the value of a variable; or `[name, other, {key: message}]`,
//! the message whose key is the variable's value or its plural category, else that of `other`.
//! What a message refers to stands in its place.

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How deep messages may refer to each other.
const DEEPEST: usize = 8;

/// The messages of a Fluent text as a JSON object, or what is wrong with them.
///
/// # Errors
///
/// When the text is not Fluent, and when a message uses what the apps do not resolve: terms,
/// attributes, functions, and selecting on anything but a variable.
pub fn compile(fluent: &str) -> Result<String, String> {
    let resource = fluent_syntax::parser::parse(fluent)
        .map_err(|(_, errors)| format!("not Fluent: {errors:?}"))?;
    let patterns = patterns(&resource)?;
    let messages: Map<String, Value> = patterns
        .iter()
        .map(|(id, pattern)| {
            let message = Compiler(&patterns).message(pattern, DEEPEST);
            let message = message.map_err(|problem| format!("{id}: {problem}"))?;
            Ok(((*id).to_owned(), message))
        })
        .collect::<Result<_, String>>()?;
    Ok(Value::Object(messages).to_string())
}

type Patterns<'a> = BTreeMap<&'a str, &'a Pattern<&'a str>>;

fn patterns<'a>(resource: &'a Resource<&'a str>) -> Result<Patterns<'a>, String> {
    let mut patterns = Patterns::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name;
                match &message.value {
                    Some(value) if message.attributes.is_empty() => {
                        // The first one of two counts, as in Fluent.
                        patterns.entry(id).or_insert(value);
                    }
                    _ => return Err(format!("{id}: a message is a text without attributes")),
                }
            }
            Entry::Term(term) => return Err(format!("-{}: terms are not known", term.id.name)),
            _ => {}
        }
    }
    Ok(patterns)
}

struct Compiler<'a>(&'a Patterns<'a>);

impl Compiler<'_> {
    fn message(&self, pattern: &Pattern<&str>, depth: usize) -> Result<Value, String> {
        let mut parts = Vec::new();
        self.add(pattern, depth, &mut parts)?;
        Ok(match parts.as_slice() {
            [] => json!(""),
            [Value::String(text)] => json!(text),
            _ => Value::Array(parts),
        })
    }

    fn add(
        &self,
        pattern: &Pattern<&str>,
        depth: usize,
        parts: &mut Vec<Value>,
    ) -> Result<(), String> {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => add_text(parts, value),
                PatternElement::Placeable { expression } => {
                    self.add_expression(expression, depth, parts)?;
                }
            }
        }
        Ok(())
    }

    fn add_expression(
        &self,
        expression: &Expression<&str>,
        depth: usize,
        parts: &mut Vec<Value>,
    ) -> Result<(), String> {
        match expression {
            Expression::Inline(InlineExpression::StringLiteral { value }) => {
                add_text(
                    parts,
                    &fluent_syntax::unicode::unescape_unicode_to_string(value),
                );
            }
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                parts.push(json!([id.name]));
            }
            Expression::Inline(InlineExpression::Placeable { expression }) => {
                self.add_expression(expression, depth, parts)?;
            }
            Expression::Inline(InlineExpression::MessageReference {
                id,
                attribute: None,
            }) => {
                let pattern = self.0.get(id.name);
                let pattern = pattern.ok_or_else(|| format!("{} is no message", id.name))?;
                let depth = depth
                    .checked_sub(1)
                    .ok_or_else(|| format!("{} is referred to in a circle", id.name))?;
                self.add(pattern, depth, parts)?;
            }
            Expression::Select {
                selector: InlineExpression::VariableReference { id },
                variants,
            } => {
                let mut other = "";
                let mut choices = Map::new();
                for variant in variants {
                    let (VariantKey::Identifier { name: key }
                    | VariantKey::NumberLiteral { value: key }) = variant.key;
                    if variant.default {
                        other = key;
                    }
                    choices.insert(key.to_owned(), self.message(&variant.value, depth)?);
                }
                parts.push(json!([id.name, other, choices]));
            }
            _ => return Err("only variables, messages and texts stand in braces".into()),
        }
        Ok(())
    }
}

/// Adds to the text that is already there.
fn add_text(parts: &mut Vec<Value>, text: &str) {
    match parts.last_mut() {
        Some(Value::String(before)) => before.push_str(text),
        _ => parts.push(json!(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::compile;

    #[test]
    fn texts_variables_and_choices_become_parts() {
        let compiled = compile(
            "plain = Good { \"day\" }\nhello = Hello { $name }!\nleft = { $count ->\n    [0] none\n    [one] one\n   *[other] { $count } left\n}\n",
        );
        assert_eq!(
            compiled.unwrap(),
            r#"{"hello":["Hello ",["name"],"!"],"left":[["count","other",{"0":"none","one":"one","other":[["count"]," left"]}]],"plain":"Good day"}"#
        );
    }

    #[test]
    fn what_a_message_refers_to_stands_in_its_place() {
        let compiled = compile("arm = with { $side }\nlift = Lift { arm }.\n");
        assert_eq!(
            compiled.unwrap(),
            r#"{"arm":["with ",["side"]],"lift":["Lift with ",["side"],"."]}"#
        );
    }

    #[test]
    fn what_the_apps_do_not_resolve_is_refused() {
        for fluent in [
            "-term = Term\n",
            "attribute = A\n    .title = B\n",
            "function = { NUMBER($count) }\n",
            "missing = { nobody-wrote-this }\n",
            "circle = { circle }\n",
        ] {
            assert!(compile(fluent).is_err(), "{fluent}");
        }
    }
}
