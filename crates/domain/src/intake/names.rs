//! Names compared as people would: without marks, case, punctuation and suffixes.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name reduced to what is compared: NFKD without marks, case folded, letters and digits only,
/// suffixes (jr, sr, ii, iii, iv) set apart.
#[must_use]
pub fn normalized(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(folded)
        .filter(|word| !word.is_empty() && !is_suffix(word))
        .collect();
    if words.is_empty() {
        folded(name)
    } else {
        words.concat()
    }
}

fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "jr" | "sr" | "ii" | "iii" | "iv")
}

#[cfg(test)]
mod tests {
    use super::normalized;

    #[test]
    fn marks_case_apostrophes_and_suffixes_do_not_make_another_name() {
        assert_eq!(normalized("O'SAMPLE Jr"), normalized("Osample"));
        assert_eq!(normalized("JOSE"), normalized("José"));
    }

    #[test]
    fn a_name_that_is_only_a_suffix_is_still_a_name() {
        assert_eq!(normalized("Iv"), "iv");
    }

    #[test]
    fn scripts_without_case_are_kept() {
        assert_eq!(normalized("آل جعفر"), normalized("آل  جعفر"));
        assert_ne!(normalized("金"), "");
    }
}
