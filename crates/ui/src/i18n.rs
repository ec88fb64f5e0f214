//! Every sentence the apps show: Fluent messages in the reader's language, with the portal's own
//! words in place of the replaceable terms.

use crate::hooks::{use_effect_with, use_state};
use crate::message::{Args, Messages, Value, whole};
use crate::{storage, words};
use std::borrow::Cow;
use std::rc::Rc;
use yew::prelude::*;

/// A language the apps speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lang(&'static str);

/// English.
pub const ENGLISH: Lang = Lang("en");
/// Spanish.
pub const SPANISH: Lang = Lang("es");

/// Every language with its own name.
const LANGUAGES: [(Lang, &str); 2] = [(ENGLISH, "English"), (SPANISH, "Español")];

impl Default for Lang {
    fn default() -> Self {
        ENGLISH
    }
}

impl Lang {
    /// The language of a tag, if the apps speak it: Spanish of `es` and of `es-MX`.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.split('-').next();
        let mut known = LANGUAGES.iter().map(|(lang, _)| *lang);
        known.find(|lang| Some(lang.0) == language)
    }

    /// Its tag.
    #[must_use]
    pub fn language(self) -> &'static str {
        self.0
    }

    /// The plural category of a number, as CLDR has it for English and Spanish.
    pub(crate) fn plural(self, number: f64) -> &'static str {
        let millions = whole(number).is_some_and(|whole| whole != 0 && whole % 1_000_000 == 0);
        match self {
            _ if number.abs() == 1.0 => "one",
            SPANISH if millions => "many",
            _ => "other",
        }
    }

    /// A number as the language writes it. Programs and tests have no `Intl` and write it plainly.
    pub(crate) fn number(self, number: f64) -> String {
        #[cfg(target_arch = "wasm32")]
        return js_sys::Number::from(number).to_locale_string(self.0).into();
        #[cfg(not(target_arch = "wasm32"))]
        number.to_string()
    }
}

const REMEMBERED: &str = "salus.language";

/// A replaceable word as one language needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// "employee"
    pub singular: String,
    /// "employees"
    pub plural: String,
    /// "a" or "an"; empty in languages that choose by gender.
    pub article: String,
    /// `masculine` or `feminine`, in languages that have it.
    pub gender: String,
}

impl Term {
    fn new(singular: &str, plural: &str, article: &str) -> Self {
        Self {
            singular: singular.into(),
            plural: plural.into(),
            article: article.into(),
            gender: "masculine".into(),
        }
    }

    /// A portal's own word, with the article preset from its first letter in English.
    #[must_use]
    pub fn own(singular: &str, plural: &str, lang: Lang) -> Self {
        let vowel = singular.starts_with(|first: char| "aeiouAEIOU".contains(first));
        let article = match (lang.language(), vowel) {
            ("en", true) => "an",
            ("en", false) => "a",
            _ => "",
        };
        Self::new(singular, plural, article)
    }
}

/// The product's name and the five words a portal may replace.
///
/// A message refers to them as `{ $product }`, `{ $person }`, `{ $persons }`, `{ $Person }`,
/// `{ $Persons }`, `{ $person-article }` and `{ $person-gender }`, and so for `supervisor`,
/// `employer`, `applicant` and `portal`. They are there in every message; nobody passes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The product's name.
    pub product: String,
    /// The person whose record it is.
    pub person: Term,
    /// Who leads them.
    pub supervisor: Term,
    /// Whom they work for.
    pub employer: Term,
    /// Who asks to be hired.
    pub applicant: Term,
    /// The site itself.
    pub portal: Term,
}

impl Terms {
    /// The built-in words of a language.
    #[must_use]
    pub fn built_in(lang: Lang) -> Self {
        if lang.language() == "es" {
            Self {
                product: "Salus".into(),
                person: Term::new("empleado", "empleados", ""),
                supervisor: Term::new("supervisor", "supervisores", ""),
                employer: Term::new("empleador", "empleadores", ""),
                applicant: Term::new("solicitante", "solicitantes", ""),
                portal: Term::new("portal", "portales", ""),
            }
        } else {
            Self {
                product: "Salus".into(),
                person: Term::new("employee", "employees", "an"),
                supervisor: Term::new("supervisor", "supervisors", "a"),
                employer: Term::new("employer", "employers", "an"),
                applicant: Term::new("applicant", "applicants", "an"),
                portal: Term::new("portal", "portals", "a"),
            }
        }
    }

    /// The word a message's variable stands for, if it stands for one of these.
    fn word(&self, variable: &str) -> Option<Cow<'_, str>> {
        let small = variable.to_ascii_lowercase();
        let (name, form) = small.split_once('-').unwrap_or((&small, ""));
        let term = match name.strip_suffix('s').unwrap_or(name) {
            "product" => return Some(self.product.as_str().into()),
            "person" => &self.person,
            "supervisor" => &self.supervisor,
            "employer" => &self.employer,
            "applicant" => &self.applicant,
            "portal" => &self.portal,
            _ => return None,
        };
        let word = match form {
            "article" => &term.article,
            "gender" => &term.gender,
            _ if name.ends_with('s') => &term.plural,
            _ => &term.singular,
        };
        let capital = variable.starts_with(|first: char| first.is_ascii_uppercase());
        Some(if capital {
            capitalized(word).into()
        } else {
            word.as_str().into()
        })
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The reader's language and words: what a component asks for its sentences.
#[derive(Clone, PartialEq)]
pub struct Text {
    lang: Lang,
    messages: Rc<Messages>,
    terms: Rc<Terms>,
    pseudo: bool,
}

impl Text {
    /// The built-in words in a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let (lang, messages) = words::messages(lang);
        Self {
            lang,
            messages,
            terms: Rc::new(Terms::built_in(lang)),
            pseudo: false,
        }
    }

    /// English with every letter accented and every message bracketed: what was not translated
    /// shows at once.
    #[must_use]
    pub fn pseudo() -> Self {
        Self {
            pseudo: true,
            ..Self::new(ENGLISH)
        }
    }

    /// The same language with a portal's words.
    #[must_use]
    pub fn with_terms(&self, terms: Terms) -> Self {
        Self {
            terms: Rc::new(terms),
            ..self.clone()
        }
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The tag to give to the browser's `Intl`: the language as it is written in the United States.
    #[must_use]
    pub fn locale(&self) -> &'static str {
        if self.lang().language() == "es" {
            "es-US"
        } else {
            "en-US"
        }
    }

    /// A message; its id when nobody wrote it, so that the hole is seen.
    #[must_use]
    pub fn text(&self, id: &str) -> AttrValue {
        self.msg(id, Args::new())
    }

    /// A message with values: `t.msg("nav-unread", args!(count = 3))`.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the values are made for the message"
    )]
    pub fn msg(&self, id: &str, args: Args<'_>) -> AttrValue {
        let said = self.say(id, &args);
        self.finish(said.unwrap_or_else(|| id.to_owned()))
    }

    /// A message if it exists: for ids made of a code, such as a module's key.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<AttrValue> {
        let said = self.say(id, &Args::new());
        said.map(|text| self.finish(text))
    }

    /// What a module of a portal is usually called.
    #[must_use]
    pub fn module_name(&self, key: &str) -> Option<AttrValue> {
        self.find(&format!("module-{}", key.replace('_', "-")))
    }

    /// A number as the language writes it.
    #[must_use]
    pub fn number(&self, value: f64) -> AttrValue {
        AttrValue::from(self.lang.number(value))
    }

    /// The languages offered, each with its own name.
    #[must_use]
    pub fn languages(&self) -> [(Lang, &'static str); 2] {
        LANGUAGES
    }

    fn say(&self, id: &str, args: &Args<'_>) -> Option<String> {
        let value = |name: &str| {
            let given = args.get(name);
            given.or_else(|| self.terms.word(name).map(Value::Text))
        };
        self.messages.say(id, self.lang, &value)
    }

    fn finish(&self, text: String) -> AttrValue {
        AttrValue::from(if self.pseudo { accented(&text) } else { text })
    }
}

fn accented(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        'a' => 'å',
        'e' => 'é',
        'i' => 'ï',
        'o' => 'ø',
        'u' => 'ü',
        'n' => 'ñ',
        'A' => 'Å',
        'E' => 'É',
        'I' => 'Ï',
        'O' => 'Ø',
        'U' => 'Ü',
        other => other,
    });
    std::iter::once('⟦')
        .chain(letters)
        .chain(std::iter::once('⟧'))
        .collect()
}

/// The reader's language with a way to change it.
#[derive(Clone, PartialEq)]
pub struct Language {
    /// Sentences in the current language.
    pub text: Text,
    /// Changes the language, remembers it and marks the page with it.
    pub choose: Callback<Lang>,
    /// Gives the portal's words.
    pub set_terms: Callback<Option<Terms>>,
}

impl Language {
    /// Speaks the account's language, unless another one was chosen on this device.
    pub fn follow(&self, tag: &str) {
        let wanted = Lang::parse(tag).filter(|lang| *lang != self.text.lang());
        if let (Some(lang), None) = (wanted, storage::get(REMEMBERED)) {
            self.choose.emit(lang);
        }
    }
}

/// What a [`TextProvider`] takes.
#[derive(Properties, PartialEq)]
pub struct TextProviderProps {
    /// Fixed text, for tests; without it the remembered or the browser's language is used.
    #[prop_or_default]
    pub fixed: Option<Text>,
    /// The app.
    pub children: Html,
}

/// Provides [`Language`] to everything below.
#[component]
pub fn TextProvider(props: &TextProviderProps) -> Html {
    let fixed = props.fixed.clone();
    let text = use_state(move || fixed.unwrap_or_else(|| Text::new(words::first())));
    let terms = use_state(|| None::<Terms>);
    {
        let lang = text.lang();
        use_effect_with(lang, |lang| mark_document(*lang));
    }
    let choose = {
        let text = text.clone();
        use_callback((), move |lang: Lang, ()| {
            let text = text.clone();
            crate::session::spawn(async move {
                // Without its words the language stays as it is.
                if words::fetched(lang).await {
                    storage::set(REMEMBERED, lang.language());
                    text.set(Text::new(lang));
                }
            });
        })
    };
    let set_terms = {
        let terms = terms.clone();
        use_callback((), move |words: Option<Terms>, ()| terms.set(words))
    };
    let shown = match &*terms {
        Some(words) => text.with_terms(words.clone()),
        None => (*text).clone(),
    };
    let context = Language {
        text: shown,
        choose,
        set_terms,
    };
    html! {
        <ContextProvider<Language> {context}>{ props.children.clone() }</ContextProvider<Language>>
    }
}

/// The reader's sentences.
#[hook]
pub fn use_text() -> Text {
    use_context::<Language>().map_or_else(|| Text::new(ENGLISH), |language| language.text)
}

/// What [`Speaking`] takes.
#[derive(Properties, PartialEq)]
pub struct SpeakingProps {
    /// The language.
    pub lang: Lang,
    /// What speaks it.
    pub children: Html,
}

/// Something in another language than the page around it, such as a sample of another page. Until the
/// words are there it speaks the reader's.
#[component]
pub fn Speaking(props: &SpeakingProps) -> Html {
    let own = use_text();
    let found = use_state(|| None::<Text>);
    {
        let found = found.clone();
        use_effect_with(props.lang, move |lang| {
            let lang = *lang;
            crate::session::spawn(async move {
                if words::fetched(lang).await {
                    found.set(Some(Text::new(lang)));
                }
            });
        });
    }
    let other = (*found).clone().filter(|text| text.lang() == props.lang);
    let context = Language {
        text: other
            .filter(|text| text.lang() != own.lang())
            .unwrap_or(own),
        choose: Callback::noop(),
        set_terms: Callback::noop(),
    };
    html! {
        <ContextProvider<Language> {context}>{ props.children.clone() }</ContextProvider<Language>>
    }
}

/// The reader's language with the way to change it.
#[hook]
pub fn use_language() -> Language {
    use_context::<Language>().unwrap_or_else(|| Language {
        text: Text::new(ENGLISH),
        choose: Callback::noop(),
        set_terms: Callback::noop(),
    })
}

#[cfg(target_arch = "wasm32")]
fn mark_document(lang: Lang) {
    let root = gloo::utils::document().document_element();
    if let Some(root) = root {
        let _ = root.set_attribute("lang", lang.language());
        let _ = root.set_attribute("dir", "ltr");
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn mark_document(_lang: Lang) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args;

    #[test]
    fn a_variable_names_a_word_in_each_of_its_forms() {
        let terms = Terms::built_in(ENGLISH);
        let word = |variable| terms.word(variable).map(Cow::into_owned);
        for (variable, said) in [
            ("product", "Salus"),
            ("person", "employee"),
            ("persons", "employees"),
            ("Person", "Employee"),
            ("Persons", "Employees"),
            ("person-article", "an"),
            ("supervisor-gender", "masculine"),
            ("Portals", "Portals"),
        ] {
            assert_eq!(word(variable).as_deref(), Some(said), "{variable}");
        }
        assert_eq!(word("days"), None);
    }

    #[test]
    fn a_portals_word_takes_the_place_of_the_built_in_one() {
        let text = Text::new(ENGLISH);
        let mut terms = Terms::built_in(ENGLISH);
        terms.product = "Acme Health".into();
        let branded = text.with_terms(terms);
        assert_eq!(branded.text("app-name"), "Acme Health");
    }

    #[test]
    fn an_unknown_message_shows_its_id() {
        assert_eq!(
            Text::new(SPANISH).text("no-such-message"),
            "no-such-message"
        );
    }

    #[test]
    fn counted_messages_choose_their_plural() {
        let text = Text::new(ENGLISH);
        assert_eq!(text.msg("nav-unread", args!(count = 1)), "1 unread");
    }
}
