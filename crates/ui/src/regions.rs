//! Where somebody will be during a visit online: a state of the United States, or a country.

use crate::i18n::{Text, use_text};
use crate::parts::{Choice, Select};
use yew::prelude::*;

/// The states and territories (ISO 3166-2) by name.
const STATES: &str = "US-AL Alabama|US-AK Alaska|US-AS American Samoa|US-AZ Arizona|US-AR Arkansas|\
US-CA California|US-CO Colorado|US-CT Connecticut|US-DE Delaware|US-DC District of Columbia|\
US-FL Florida|US-GA Georgia|US-GU Guam|US-HI Hawaii|US-ID Idaho|US-IL Illinois|US-IN Indiana|\
US-IA Iowa|US-KS Kansas|US-KY Kentucky|US-LA Louisiana|US-ME Maine|US-MD Maryland|\
US-MA Massachusetts|US-MI Michigan|US-MN Minnesota|US-MS Mississippi|US-MO Missouri|\
US-MT Montana|US-NE Nebraska|US-NV Nevada|US-NH New Hampshire|US-NJ New Jersey|\
US-NM New Mexico|US-NY New York|US-NC North Carolina|US-ND North Dakota|\
US-MP Northern Mariana Islands|US-OH Ohio|US-OK Oklahoma|US-OR Oregon|US-PA Pennsylvania|\
US-PR Puerto Rico|US-RI Rhode Island|US-SC South Carolina|US-SD South Dakota|US-TN Tennessee|\
US-TX Texas|US-UT Utah|US-VT Vermont|US-VI Virgin Islands|US-VA Virginia|US-WA Washington|\
US-WV West Virginia|US-WI Wisconsin|US-WY Wyoming";

/// The countries beside the United States (ISO 3166-1); the browser knows their names.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ \
FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM \
JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MQ MR \
MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PS PT PW PY QA RE RO RS \
RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ \
UA UG UY UZ VA VC VE VG VN VU WF WS YE YT ZA ZM ZW";

/// The name of a state or a country; the code itself where nobody knows one.
#[must_use]
pub fn region_name(t: &Text, code: &str) -> String {
    let mut states = states();
    match states.find(|(known, _)| *known == code) {
        Some((_, name)) => name.to_owned(),
        None => names(t.locale(), &[code]).pop().unwrap_or_default(),
    }
}

fn states() -> impl Iterator<Item = (&'static str, &'static str)> {
    STATES.split('|').filter_map(|one| one.split_once(' '))
}

fn choices(t: &Text) -> Vec<Choice> {
    let countries: Vec<&str> = COUNTRIES.split_whitespace().collect();
    let mut named: Vec<_> = names(t.locale(), &countries)
        .into_iter()
        .zip(countries)
        .collect();
    named.sort_unstable();
    let states = states().map(|(code, name)| Choice::new(code, name));
    let countries = named.into_iter();
    states
        .chain(countries.map(|(name, code)| Choice::new(code, name)))
        .collect()
}

/// What [`RegionField`] takes.
#[derive(Properties, PartialEq)]
pub struct RegionFieldProps {
    /// The code that was chosen.
    #[prop_or_default]
    pub value: Option<String>,
    /// Another one was chosen.
    pub on_change: Callback<Option<String>>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Whether it is somebody else who will be there.
    #[prop_or_default]
    pub of_somebody: bool,
}

/// Asks in which state or country somebody will be during a visit online.
#[component]
pub fn RegionField(props: &RegionFieldProps) -> Html {
    let t = use_text();
    let choices = use_memo(t.locale().to_owned(), |_| choices(&t));
    let on_change = props
        .on_change
        .reform(|code: String| (!code.is_empty()).then_some(code));
    let label = match props.of_somebody {
        true => "region-field-of-somebody",
        false => "region-field",
    };
    html! {
        <Select name="region" label={t.text(label)} hint={t.text("region-field-hint")} error={props.error.clone()}
            choices={(*choices).clone()} value={props.value.clone().unwrap_or_default()} {on_change} />
    }
}

#[cfg(target_arch = "wasm32")]
fn names(locale: &str, codes: &[&str]) -> Vec<String> {
    use js_sys::{Array, Function, Object, Reflect};
    use wasm_bindgen::{JsCast, JsValue};

    let read = |of: &JsValue, name: &str| Reflect::get(of, &name.into());
    let named = || -> Result<Vec<String>, JsValue> {
        let intl = read(&js_sys::global(), "Intl")?;
        let class: Function = read(&intl, "DisplayNames")?.dyn_into()?;
        let options = Object::new();
        Reflect::set(&options, &"type".into(), &"region".into())?;
        let arguments = Array::of2(&locale.into(), &options);
        let known = Reflect::construct(&class, &arguments)?;
        let of: Function = read(&known, "of")?.dyn_into()?;
        let name = |code: &&str| {
            let name = of.call1(&known, &(*code).into()).ok();
            name.and_then(|name| name.as_string())
                .unwrap_or_else(|| (*code).to_owned())
        };
        Ok(codes.iter().map(name).collect())
    };
    named().unwrap_or_else(|_| codes.iter().map(|code| (*code).to_owned()).collect())
}

/// Outside a browser, for tests: the codes themselves.
#[cfg(not(target_arch = "wasm32"))]
fn names(_locale: &str, codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::ENGLISH;

    #[test]
    fn every_state_and_country_is_there_once() {
        let all = choices(&Text::new(ENGLISH));
        let mut codes: Vec<String> = all.iter().map(|one| one.value.to_string()).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        assert_eq!(states().count(), 56);
        assert!(codes.contains(&"US-IN".to_owned()) && codes.contains(&"CA".to_owned()));
    }

    #[test]
    fn a_state_is_told_by_its_name() {
        let t = Text::new(ENGLISH);
        assert_eq!(region_name(&t, "US-IN"), "Indiana");
        assert_eq!(region_name(&t, "CA"), "CA");
    }
}
