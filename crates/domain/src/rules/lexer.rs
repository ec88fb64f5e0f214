//! Characters to tokens.

use super::syntax::{Comparison, Span};
use super::{Reason, RuleError};
use rust_decimal::Decimal;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Word(String),
    Number(Decimal),
    Text(String),
    And,
    Or,
    Not,
    In,
    True,
    False,
    Compare(Comparison),
    Plus,
    Minus,
    Times,
    Divide,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    Dot,
    End,
}

impl Token {
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Word(word) => format!("\"{word}\""),
            Self::Number(number) => number.to_string(),
            Self::Text(_) => "a quoted text".to_owned(),
            Self::And => "and".to_owned(),
            Self::Or => "or".to_owned(),
            Self::Not => "not".to_owned(),
            Self::In => "in".to_owned(),
            Self::True => "true".to_owned(),
            Self::False => "false".to_owned(),
            Self::Compare(_) => "a comparison".to_owned(),
            Self::Plus => "+".to_owned(),
            Self::Minus => "-".to_owned(),
            Self::Times => "*".to_owned(),
            Self::Divide => "/".to_owned(),
            Self::Open => "(".to_owned(),
            Self::Close => ")".to_owned(),
            Self::OpenList => "[".to_owned(),
            Self::CloseList => "]".to_owned(),
            Self::Comma => ",".to_owned(),
            Self::Dot => ".".to_owned(),
            Self::End => "the end".to_owned(),
        }
    }
}

/// Splits a rule into tokens; the last is always [`Token::End`].
pub(super) fn tokens(source: &str) -> Result<Vec<(Token, Span)>, RuleError> {
    let mut lexer = Lexer {
        characters: source.chars().collect(),
        position: 0,
    };
    let mut found = Vec::new();
    loop {
        lexer.skip_space();
        let start = lexer.position;
        let token = lexer.token()?;
        let at = Span {
            start,
            end: lexer.position,
        };
        let ended = token == Token::End;
        found.push((token, at));
        if ended {
            return Ok(found);
        }
    }
}

struct Lexer {
    characters: Vec<char>,
    position: usize,
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.position).copied()
    }

    fn peek_next(&self) -> Option<char> {
        self.characters.get(self.position + 1).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.position += 1;
        }
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(character) = self.peek().filter(|c| keep(*c)) {
            taken.push(character);
            self.position += 1;
        }
        taken
    }

    fn error(&self, start: usize, expected: &'static str, found: impl Into<String>) -> RuleError {
        let at = Span {
            start,
            end: self.position,
        };
        RuleError::new(
            at,
            Reason::Syntax {
                expected,
                found: found.into(),
            },
        )
    }

    fn token(&mut self) -> Result<Token, RuleError> {
        let Some(first) = self.peek() else {
            return Ok(Token::End);
        };
        if first.is_ascii_alphabetic() || first == '_' {
            return Ok(self.word());
        }
        if first.is_ascii_digit() {
            return self.number();
        }
        if first == '"' {
            return self.text();
        }
        self.sign(first)
    }

    fn word(&mut self) -> Token {
        let word = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        match word.as_str() {
            "and" => Token::And,
            "or" => Token::Or,
            "not" => Token::Not,
            "in" => Token::In,
            "true" => Token::True,
            "false" => Token::False,
            _ => Token::Word(word),
        }
    }

    fn number(&mut self) -> Result<Token, RuleError> {
        let start = self.position;
        let mut digits = self.take_while(|c| c.is_ascii_digit());
        if self.peek() == Some('.') && self.peek_next().is_some_and(|c| c.is_ascii_digit()) {
            self.position += 1;
            digits.push('.');
            digits.push_str(&self.take_while(|c| c.is_ascii_digit()));
        }
        Decimal::from_str_exact(&digits)
            .map(Token::Number)
            .map_err(|_| self.error(start, "a number of at most 28 digits", digits))
    }

    fn text(&mut self) -> Result<Token, RuleError> {
        let start = self.position;
        self.position += 1;
        let mut text = String::new();
        while let Some(character) = self.peek() {
            self.position += 1;
            match character {
                '"' => return Ok(Token::Text(text)),
                '\\' => match self.peek() {
                    Some(escaped @ ('"' | '\\')) => {
                        text.push(escaped);
                        self.position += 1;
                    }
                    _ => text.push('\\'),
                },
                other => text.push(other),
            }
        }
        Err(self.error(start, "a closing quotation mark", "the end"))
    }

    fn sign(&mut self, first: char) -> Result<Token, RuleError> {
        let start = self.position;
        let second = self.peek_next();
        self.position += 1;
        let token = match (first, second) {
            ('=', Some('=')) => self.two(Comparison::Equal),
            ('!', Some('=')) => self.two(Comparison::NotEqual),
            ('<', Some('=')) => self.two(Comparison::LessOrEqual),
            ('>', Some('=')) => self.two(Comparison::GreaterOrEqual),
            ('<', _) => Token::Compare(Comparison::Less),
            ('>', _) => Token::Compare(Comparison::Greater),
            ('+', _) => Token::Plus,
            ('-', _) => Token::Minus,
            ('*', _) => Token::Times,
            ('/', _) => Token::Divide,
            ('(', _) => Token::Open,
            (')', _) => Token::Close,
            ('[', _) => Token::OpenList,
            (']', _) => Token::CloseList,
            (',', _) => Token::Comma,
            ('.', _) => Token::Dot,
            ('=', _) => return Err(self.error(start, "==", "=")),
            (other, _) => {
                return Err(self.error(start, "a name, a value or a sign", other.to_string()));
            }
        };
        Ok(token)
    }

    fn two(&mut self, comparison: Comparison) -> Token {
        self.position += 1;
        Token::Compare(comparison)
    }
}
