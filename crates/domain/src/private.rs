//! Values that must never reach a log.

use std::fmt;

/// Wraps a value about a person; its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Private<T>(pub T);

impl<T> Private<T> {
    /// The value itself, for the one place that needs it.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// Takes the value out.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Private<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[private]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_shows_nothing_of_a_private_value() {
        assert_eq!(format!("{:?}", Private("Ana Sample")), "[private]");
    }
}
