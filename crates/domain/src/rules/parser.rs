//! Tokens to a tree, within the limits.

use super::functions::Builtin;
use super::lexer::{Token, tokens};
use super::syntax::{Arithmetic, Expr, Function, Node, Span};
use super::value::Value;
use super::{Reason, RuleError};
use std::collections::BTreeSet;

/// Longest rule, in characters.
pub const MAX_CHARACTERS: usize = 4_000;
/// Most parts in a rule.
pub const MAX_NODES: usize = 200;
/// Deepest nesting of a rule.
pub const MAX_DEPTH: usize = 32;

/// A rule that follows the grammar; its names and types are not checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The tree.
    pub expr: Expr,
    /// How many parts it has.
    pub nodes: usize,
}

impl Parsed {
    /// Every name the rule mentions, whether it exists or not.
    #[must_use]
    pub fn names(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        gather(&self.expr, &mut found);
        found
    }
}

fn gather(expr: &Expr, found: &mut BTreeSet<String>) {
    match &expr.node {
        Node::Literal(_) => {}
        Node::Name(name) => {
            found.insert(name.clone());
        }
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| gather(part, found)),
        Node::Not(inner) | Node::Negate(inner) => gather(inner, found),
        Node::Compare(_, left, right) | Node::Combine(_, left, right) => {
            gather(left, found);
            gather(right, found);
        }
        Node::In(value, list) => {
            gather(value, found);
            list.iter().for_each(|part| gather(part, found));
        }
        Node::Gather { group, each, .. } => {
            found.insert(group.clone());
            each.iter().for_each(|part| gather(part, found));
        }
        Node::Call { args, .. } => args.iter().for_each(|part| gather(part, found)),
    }
}

/// Reads a rule.
///
/// # Errors
/// The first place where the text leaves the grammar or a limit.
pub fn parse(source: &str) -> Result<Parsed, RuleError> {
    if source.chars().nth(MAX_CHARACTERS).is_some() {
        return Err(too_large(Span::default(), "characters", MAX_CHARACTERS));
    }
    let tokens = tokens(source)?;
    let mut parser = Parser {
        tokens,
        position: 0,
        nodes: 0,
        depth: 0,
    };
    let expr = parser.or()?;
    match parser.peek() {
        Token::End => Ok(Parsed {
            expr,
            nodes: parser.nodes,
        }),
        _ => Err(parser.unexpected("and, or, or the end")),
    }
}

fn too_large(at: Span, what: &'static str, limit: usize) -> RuleError {
    RuleError::new(at, Reason::TooLarge { what, limit })
}

struct Parser {
    tokens: Vec<(Token, Span)>,
    position: usize,
    nodes: usize,
    depth: usize,
}

type Parsing = Result<Expr, RuleError>;

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens
            .get(self.position)
            .map_or(&Token::End, |(token, _)| token)
    }

    fn at(&self) -> Span {
        self.tokens
            .get(self.position)
            .or(self.tokens.last())
            .map(|(_, at)| *at)
            .unwrap_or_default()
    }

    fn advance(&mut self) -> Span {
        let at = self.at();
        self.position += 1;
        at
    }

    fn accept(&mut self, token: &Token) -> bool {
        let found = self.peek() == token;
        if found {
            self.position += 1;
        }
        found
    }

    fn expect(&mut self, token: &Token, expected: &'static str) -> Result<Span, RuleError> {
        if self.peek() == token {
            Ok(self.advance())
        } else {
            Err(self.unexpected(expected))
        }
    }

    fn unexpected(&self, expected: &'static str) -> RuleError {
        let found = self.peek().describe();
        RuleError::new(self.at(), Reason::Syntax { expected, found })
    }

    fn make(&mut self, at: Span, node: Node) -> Parsing {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(too_large(at, "parts", MAX_NODES));
        }
        Ok(Expr { at, node })
    }

    fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Parsing) -> Parsing {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(too_large(self.at(), "levels", MAX_DEPTH));
        }
        let parsed = inner(self);
        self.depth -= 1;
        parsed
    }

    fn or(&mut self) -> Parsing {
        self.chain(&Token::Or, Self::and, Node::Or)
    }

    fn and(&mut self) -> Parsing {
        self.chain(&Token::And, Self::not, Node::And)
    }

    fn chain(
        &mut self,
        joint: &Token,
        part: fn(&mut Self) -> Parsing,
        node: fn(Vec<Expr>) -> Node,
    ) -> Parsing {
        let first = part(self)?;
        if self.peek() != joint {
            return Ok(first);
        }
        let start = first.at;
        let mut end = first.at;
        let mut parts = vec![first];
        while self.accept(joint) {
            let next = part(self)?;
            end = next.at;
            parts.push(next);
        }
        self.make(start.to(end), node(parts))
    }

    fn not(&mut self) -> Parsing {
        if self.peek() != &Token::Not {
            return self.comparison();
        }
        let start = self.advance();
        let inner = self.deeper(Self::not)?;
        self.make(start.to(inner.at), Node::Not(Box::new(inner)))
    }

    fn comparison(&mut self) -> Parsing {
        let left = self.sum()?;
        if let Token::Compare(comparison) = *self.peek() {
            self.advance();
            let right = self.sum()?;
            let at = left.at.to(right.at);
            let node = Node::Compare(comparison, Box::new(left), Box::new(right));
            return self.make(at, node);
        }
        if self.accept(&Token::In) {
            self.expect(&Token::OpenList, "[")?;
            let mut list = vec![self.deeper(Self::sum)?];
            while self.accept(&Token::Comma) {
                list.push(self.deeper(Self::sum)?);
            }
            let end = self.expect(&Token::CloseList, "a comma or ]")?;
            return self.make(left.at.to(end), Node::In(Box::new(left), list));
        }
        Ok(left)
    }

    fn sum(&mut self) -> Parsing {
        let mut left = self.term()?;
        loop {
            let arithmetic = match self.peek() {
                Token::Plus => Arithmetic::Add,
                Token::Minus => Arithmetic::Subtract,
                _ => return Ok(left),
            };
            self.advance();
            let right = self.term()?;
            left = self.combine(arithmetic, left, right)?;
        }
    }

    fn term(&mut self) -> Parsing {
        let mut left = self.unary()?;
        loop {
            let arithmetic = match self.peek() {
                Token::Times => Arithmetic::Multiply,
                Token::Divide => Arithmetic::Divide,
                _ => return Ok(left),
            };
            self.advance();
            let right = self.unary()?;
            left = self.combine(arithmetic, left, right)?;
        }
    }

    fn combine(&mut self, arithmetic: Arithmetic, left: Expr, right: Expr) -> Parsing {
        let at = left.at.to(right.at);
        let node = Node::Combine(arithmetic, Box::new(left), Box::new(right));
        self.make(at, node)
    }

    fn unary(&mut self) -> Parsing {
        if self.peek() != &Token::Minus {
            return self.primary();
        }
        let start = self.advance();
        let inner = self.deeper(Self::unary)?;
        self.make(start.to(inner.at), Node::Negate(Box::new(inner)))
    }

    fn primary(&mut self) -> Parsing {
        let value = match self.peek().clone() {
            Token::Word(word) => return self.word(word),
            Token::Open => {
                self.advance();
                let inner = self.deeper(Self::or)?;
                self.expect(&Token::Close, ")")?;
                return Ok(inner);
            }
            Token::Number(number) => Value::Number(number),
            Token::Text(text) => Value::Text(text),
            Token::True => Value::Bool(true),
            Token::False => Value::Bool(false),
            _ => return Err(self.unexpected("a name or a value")),
        };
        let at = self.advance();
        self.make(at, Node::Literal(value))
    }

    fn word(&mut self, word: String) -> Parsing {
        let start = self.advance();
        if self.peek() == &Token::Open {
            return self.call(start, &word);
        }
        let mut name = word;
        let mut end = start;
        while self.accept(&Token::Dot) {
            let (part, at) = self.field()?;
            name.push('.');
            name.push_str(&part);
            end = at;
        }
        self.make(start.to(end), Node::Name(name))
    }

    fn field(&mut self) -> Result<(String, Span), RuleError> {
        match self.peek().clone() {
            Token::Word(word) => Ok((word, self.advance())),
            _ => Err(self.unexpected("a name after the dot")),
        }
    }

    fn call(&mut self, start: Span, name: &str) -> Parsing {
        self.advance();
        let mut args = Vec::new();
        if self.peek() != &Token::Close {
            args.push(self.deeper(Self::or)?);
            while self.accept(&Token::Comma) {
                args.push(self.deeper(Self::or)?);
            }
        }
        let mut end = self.expect(&Token::Close, "a comma or )")?;
        let mut field = None;
        if self.accept(&Token::Dot) {
            let (part, at) = self.field()?;
            field = Some(part);
            end = at;
        }
        let function = match Builtin::find(name) {
            Some(builtin) => Function::Builtin(builtin),
            None => Function::Fact(name.to_owned()),
        };
        let node = Node::Call {
            function,
            args,
            field,
        };
        self.make(start.to(end), node)
    }
}
