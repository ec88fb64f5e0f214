//! Fields of a merge patch (RFC 7396): absent keeps, null clears, a value sets.

use serde::{Deserialize, Deserializer};

/// Reads a field that may be cleared: absent is the default (`None`), null is `Some(None)`.
///
/// # Errors
/// When the value is of another type.
pub fn clearable<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Change {
        #[serde(default, deserialize_with = "super::clearable")]
        comment: Option<Option<String>>,
    }

    #[test]
    fn absent_keeps_and_null_clears() {
        let read = |text| {
            serde_json::from_str::<Change>(text)
                .map(|change| change.comment)
                .ok()
        };
        assert_eq!(read("{}"), Some(None));
        assert_eq!(read(r#"{"comment":null}"#), Some(Some(None)));
        assert_eq!(read(r#"{"comment":"x"}"#), Some(Some(Some("x".to_owned()))));
    }
}
