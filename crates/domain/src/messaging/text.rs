//! What people type.

/// Characters of a message.
pub const MAX_TEXT: usize = 10_000;
/// Characters of a subject.
pub const MAX_SUBJECT: usize = 120;

/// Why a text is not acceptable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but spaces.
    #[error("there is no text")]
    Empty,
    /// Too many characters.
    #[error("more than {limit} characters")]
    TooLong {
        /// How many there may be.
        limit: usize,
    },
}

/// The text of a message: 1 to 10,000 characters, without space around it.
#[derive(Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`TextError`].
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        let text = typed.trim();
        match text.chars().count() {
            0 => Err(TextError::Empty),
            n if n > MAX_TEXT => Err(TextError::TooLong { limit: MAX_TEXT }),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[private]")
    }
}

/// The subject of a conversation: up to 120 characters on one line.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    /// Reads what was typed; nothing but spaces is no subject.
    ///
    /// # Errors
    /// [`TextError::TooLong`].
    pub fn parse(typed: &str) -> Result<Option<Self>, TextError> {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let subject = words.join(" ");
        match subject.chars().count() {
            0 => Ok(None),
            n if n > MAX_SUBJECT => Err(TextError::TooLong { limit: MAX_SUBJECT }),
            _ => Ok(Some(Self(subject))),
        }
    }

    /// The subject.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[private]")
    }
}
