//! Which questions stand together: one at a time on a phone, a page of the form on a desktop.

use salus_types::questionnaires::engine::{Form, Kind, Outcome};

/// What is shown at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Screen {
    /// The page of the form, if the questions stand on one.
    pub(super) page: Option<String>,
    /// The items, texts to read included.
    pub(super) items: Vec<String>,
}

impl Screen {
    /// What names the screen in the address.
    pub(super) fn key(&self) -> &str {
        self.items.last().map_or("", String::as_str)
    }
}

/// The screens in order.
pub(super) fn screens(form: &Form, outcome: &Outcome, one_by_one: bool) -> Vec<Screen> {
    let mut screens: Vec<Screen> = Vec::new();
    // Texts to read wait for the question after them.
    let mut open = false;
    for item in form.items() {
        let hidden = item.kind.is_container() || item.hidden || !outcome.shows(&item.link_id);
        if hidden {
            continue;
        }
        let page = form.page_of(&item.link_id).map(str::to_owned);
        let asks = item.kind != Kind::Display;
        let joins = open && screens.last().is_some_and(|screen| screen.page == page);
        match screens.last_mut().filter(|_| joins) {
            Some(screen) => screen.items.push(item.link_id.clone()),
            None => screens.push(Screen {
                page,
                items: vec![item.link_id.clone()],
            }),
        }
        open = !(one_by_one && asks);
    }
    screens
}

/// The screen an address names; the first when it names none any more.
pub(super) fn place(screens: &[Screen], at: &str) -> usize {
    screens
        .iter()
        .position(|screen| screen.items.iter().any(|link_id| link_id == at))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_types::questionnaires::engine::{Answers, Content, Context};
    use serde_json::json;

    fn form() -> Form {
        let content: Content = serde_json::from_value(json!({
            "base_language": "en", "languages": ["en"],
            "items": [
                {"link_id": "one", "type": "page", "text": {"en": "One"}, "items": [
                    {"link_id": "read", "type": "display", "text": {"en": "Read"}},
                    {"link_id": "a", "type": "yes_no", "text": {"en": "A"}},
                    {"link_id": "b", "type": "text", "text": {"en": "B"}, "show_when": "a"}]},
                {"link_id": "two", "type": "page", "text": {"en": "Two"}, "items": [
                    {"link_id": "c", "type": "text", "text": {"en": "C"}}]},
            ],
        }))
        .unwrap();
        Form::compile(content).unwrap()
    }

    fn keys(answers: serde_json::Value, one_by_one: bool) -> Vec<Vec<String>> {
        let form = form();
        let answers: Answers = serde_json::from_value(answers).unwrap();
        let context = Context::on("2026-11-22".parse().unwrap());
        let outcome = form.evaluate(&answers, &context);
        screens(&form, &outcome, one_by_one)
            .into_iter()
            .map(|screen| screen.items)
            .collect()
    }

    #[test]
    fn a_phone_shows_one_question_with_the_text_before_it() {
        assert_eq!(keys(json!({}), true), [vec!["read", "a"], vec!["c"]]);
        assert_eq!(
            keys(json!({"a": true}), true),
            [vec!["read", "a"], vec!["b"], vec!["c"]]
        );
    }

    #[test]
    fn a_desktop_shows_a_page_of_the_form() {
        assert_eq!(
            keys(json!({"a": true}), false),
            [vec!["read", "a", "b"], vec!["c"]]
        );
    }
}
