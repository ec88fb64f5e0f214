//! Cell values in the one spelling they are compared and stored in.

use super::known::Standing;

/// Reads a phone number: E.164, or a national number of North America. What is neither is kept as
/// typed and never used for sending.
#[must_use]
pub fn phone_e164(typed: &str) -> Option<String> {
    let spelled = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/');
    let (plus, rest) = match typed.trim().strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, typed.trim()),
    };
    if !rest.chars().all(spelled) {
        return None;
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let national = |digits: &str| {
        let area = digits.chars().next().is_some_and(|c| c >= '2');
        let exchange = digits.chars().nth(3).is_some_and(|c| c >= '2');
        digits.len() == 10 && area && exchange
    };
    match (plus, digits.strip_prefix('1')) {
        (_, Some(rest)) if national(rest) => Some(format!("+1{rest}")),
        (true, Some(_)) => None,
        (true, None) => {
            let plausible = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
            plausible.then(|| format!("+{digits}"))
        }
        (false, _) => national(&digits).then(|| format!("+1{digits}")),
    }
}

/// Whether something can be sent to an address: one `@`, a name before it, a host with a dot or a
/// reserved name after it, no spaces.
#[must_use]
pub fn is_email(typed: &str) -> bool {
    let Some((name, host)) = typed.split_once('@') else {
        return false;
    };
    let host_ok = !host.is_empty()
        && host.split('.').count() >= 2
        && host.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    let name_ok = !name.is_empty()
        && name.len() <= 64
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "()<>[]:;@\\,\"".contains(c));
    name_ok && host_ok && typed.len() <= 254
}

/// Reads a language tag in its usual casing (BCP 47): `es`, `pt-BR`, `zh-Hant`.
#[must_use]
pub fn language(typed: &str) -> Option<String> {
    let mut parts = typed.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    if !(2..=3).contains(&first.len()) || !first.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag = first.to_ascii_lowercase();
    for part in parts {
        if !(2..=8).contains(&part.len()) || !part.chars().all(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.chars().all(|c| c.is_ascii_alphabetic()) => {
                let (head, tail) = part.split_at(1);
                tag.push_str(&head.to_ascii_uppercase());
                tag.push_str(&tail.to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

/// Reads one of a few upper-case words.
#[must_use]
pub fn one_of(typed: &str, allowed: &[&str]) -> Option<String> {
    allowed
        .iter()
        .find(|word| word.eq_ignore_ascii_case(typed))
        .map(|word| (*word).to_owned())
}

/// Reads a code of upper-case letters and digits of a length.
#[must_use]
pub fn code(typed: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<String> {
    let fits = lengths.contains(&typed.len()) && typed.chars().all(|c| c.is_ascii_alphanumeric());
    fits.then(|| typed.to_ascii_uppercase())
}

/// Reads a work status by the usual words.
#[must_use]
pub fn standing(typed: &str) -> Option<Standing> {
    [Standing::Active, Standing::Leave, Standing::Ended]
        .into_iter()
        .find(|standing| standing.word().eq_ignore_ascii_case(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_kept_in_e164_where_they_can_be() {
        assert_eq!(phone_e164("815-555-0190").as_deref(), Some("+18155550190"));
        assert_eq!(
            phone_e164("+1 (629) 555-0199").as_deref(),
            Some("+16295550199")
        );
        assert_eq!(
            phone_e164("+52 55 1234 5678").as_deref(),
            Some("+525512345678")
        );
    }

    #[test]
    fn a_phone_that_cannot_exist_is_no_number_to_send_to() {
        for typed in [
            "118-555-0103",
            "+1 (026) 555-0124",
            "ext. 12",
            "",
            "+",
            "5550190",
        ] {
            assert_eq!(phone_e164(typed), None, "{typed}");
        }
    }

    #[test]
    fn addresses_need_a_name_and_a_host() {
        assert!(is_email("ana.sample@northwind.example"));
        for typed in [
            "ana",
            "ana@",
            "@host.example",
            "a b@host.example",
            "a@b@c.example",
        ] {
            assert!(!is_email(typed), "{typed}");
        }
    }

    #[test]
    fn languages_are_kept_in_their_usual_casing() {
        assert_eq!(language("PT_br").as_deref(), Some("pt-BR"));
        assert_eq!(language("zh-hant").as_deref(), Some("zh-Hant"));
        assert_eq!(language("english please"), None);
    }
}
