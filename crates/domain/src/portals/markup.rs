//! Bold, italic and links in what an administrator writes. Everything else is literal text.
//!
//! `**bold**` or `__bold__`, `*italic*` or `_italic_`, `[text](address)`, and a backslash before
//! `* _ [ ] ( ) \` for the character itself.

#[cfg(test)]
mod tests;

/// The most characters of a link's address.
pub const LONGEST_ADDRESS: usize = 2048;

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// As it stands.
    Text(String),
    /// Bold.
    Bold(Vec<Span>),
    /// Italic.
    Italic(Vec<Span>),
    /// Leads somewhere.
    Link(Address, Vec<Span>),
}

/// Where a link may lead: a page of the web, a mailbox, a telephone, or a page of this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The address, if a link may lead there.
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        // Browsers leave some of these out, and read a backslash as a slash.
        let clean = |c: char| c != '\\' && is_visible(c);
        if address.chars().count() > LONGEST_ADDRESS || !address.chars().all(clean) {
            return None;
        }
        let allowed = match address.strip_prefix('/') {
            Some(rest) => !rest.starts_with('/'),
            None => address.split_once(':').is_some_and(|(scheme, rest)| {
                match scheme.to_ascii_lowercase().as_str() {
                    "https" | "http" => rest
                        .strip_prefix("//")
                        .and_then(|host| host.chars().next())
                        .is_some_and(|first| first.is_alphanumeric() || first == '['),
                    "mailto" | "tel" => !rest.is_empty(),
                    _ => false,
                }
            }),
        };
        allowed.then(|| Self(address.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it leads to a page of another site.
    #[must_use]
    pub fn is_external(&self) -> bool {
        let scheme = self.0.split_once(':').map_or("", |(scheme, _)| scheme);
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
    }
}

/// What a text says, read once from its beginning to its end. Whatever is written, no letter is lost.
#[must_use]
pub fn parse(source: &str) -> Vec<Span> {
    let (pieces, _) = pieces(source);
    let parts = paired(pieces);
    tree(&parts, 0, parts.len(), Within::default())
}

/// The addresses of links that lead where no link may lead.
#[must_use]
pub fn refused_addresses(source: &str) -> Vec<String> {
    pieces(source).1
}

/// Whether there is anything to see.
#[must_use]
pub fn says_something(source: &str) -> bool {
    source.chars().any(is_visible)
}

/// Neither space, nor control, nor one of the characters that only steer others.
fn is_visible(c: char) -> bool {
    let steers = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    !c.is_whitespace() && !c.is_control() && !steers
}

fn is_special(c: char) -> bool {
    matches!(c, '*' | '_' | '[' | ']' | '(' | ')' | '\\')
}

/// A part of a text before it is known what belongs together.
enum Piece {
    Text(String),
    /// So many of a mark, and whether they can open and close.
    Run(char, usize, bool, bool),
    LinkBegins(Option<Address>),
    /// As it is written.
    LinkEnds(String),
}

/// A part of a text of which it is known where it ends.
enum Part {
    Text(String),
    /// Until which part.
    Begins(Style, usize),
    /// As it is written.
    Ends(String),
}

/// Marks as they are written.
enum Style {
    Bold(String),
    Italic(String),
    Link(Address),
}

/// The pieces of a text with its links found, and the addresses that were refused.
fn pieces(source: &str) -> (Vec<Piece>, Vec<String>) {
    let chars: Vec<char> = source.replace("\r\n", "\n").chars().map(one_line).collect();
    let at = |place: usize| chars.get(place).copied();
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    // The brackets that are open.
    let mut open: Vec<usize> = Vec::new();
    let mut place = 0;
    while let Some(c) = at(place) {
        let mut taken = 1;
        let piece = match c {
            '\\' => match at(place + 1).filter(|next| is_special(*next)) {
                Some(next) => {
                    taken = 2;
                    Piece::Text(next.into())
                }
                None => Piece::Text(c.into()),
            },
            '*' | '_' => {
                let after = chars.iter().skip(place);
                taken = after.take_while(|next| **next == c).count();
                let before = place.checked_sub(1).and_then(at);
                run(c, taken, before, at(place + taken))
            }
            '[' => {
                open.push(found.len());
                Piece::LinkBegins(None)
            }
            ']' => {
                let target = (at(place + 1) == Some('('))
                    .then(|| address(&chars, place + 2))
                    .flatten();
                let begun = open.pop();
                let words = begun.and_then(|begun| found.get(begun + 1..));
                match (begun, words, target) {
                    (Some(begun), Some(words), Some((written, next))) => {
                        let to = Address::parse(&written);
                        if to.is_none() {
                            refused.push(written);
                        }
                        let to = to.filter(|_| words.iter().any(Piece::is_seen));
                        if let (Some(to), Some(piece)) = (to, found.get_mut(begun)) {
                            *piece = Piece::LinkBegins(Some(to));
                            // A link around a link is none.
                            open.clear();
                            taken = next - place;
                            Piece::LinkEnds(chars.iter().skip(place).take(taken).collect())
                        } else {
                            Piece::Text(c.into())
                        }
                    }
                    _ => Piece::Text(c.into()),
                }
            }
            _ => Piece::Text(c.into()),
        };
        found.push(piece);
        place += taken;
    }
    (found, refused)
}

/// Line breaks are spaces.
fn one_line(c: char) -> char {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        other => other,
    }
}

/// A run of marks between two characters. It opens before something and closes after something; an
/// underscore within a word does neither, or names of files would lean.
fn run(mark: char, count: usize, before: Option<char>, after: Option<char>) -> Piece {
    let stands = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let letter = |c: Option<char>| mark == '_' && c.is_some_and(char::is_alphanumeric);
    let opens = stands(after) && !letter(before);
    let closes = stands(before) && !letter(after);
    Piece::Run(mark, count, opens, closes)
}

/// The address from a place on to the parenthesis that ends it, and where the text goes on.
fn address(chars: &[char], from: usize) -> Option<(String, usize)> {
    let (mut written, mut depth, mut place) = (String::new(), 0_usize, from);
    loop {
        let c = *chars.get(place)?;
        place += 1;
        match c {
            '\\' => match chars.get(place).filter(|next| is_special(**next)) {
                Some(next) => {
                    written.push(*next);
                    place += 1;
                }
                None => written.push(c),
            },
            ')' if depth == 0 => return Some((written, place)),
            ')' => {
                depth -= 1;
                written.push(c);
            }
            '(' => {
                depth += 1;
                written.push(c);
            }
            other => written.push(other),
        }
    }
}

impl Piece {
    fn is_seen(&self) -> bool {
        match self {
            Self::Text(text) => says_something(text),
            _ => true,
        }
    }
}

/// A mark that is open, or the beginning of the link that is.
enum Open {
    Mark(char, usize, usize),
    Link(usize, Address),
}

/// The pieces with each mark either part of a pair or text.
fn paired(pieces: Vec<Piece>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::LinkBegins(Some(to)) => {
                open.push(Open::Link(out.len(), to));
                out.push(Part::Text("[".to_owned()));
            }
            Piece::LinkBegins(None) => out.push(Part::Text("[".to_owned())),
            Piece::LinkEnds(written) => {
                // What is open within a link ends with it.
                let link = |one: &Open| matches!(one, Open::Link(..));
                let begun = open.iter().rposition(link);
                let begun = begun.and_then(|begun| open.drain(begun..).next());
                if let Some(Open::Link(begun, to)) = begun {
                    let end = out.len();
                    put(&mut out, begun, Part::Begins(Style::Link(to), end));
                }
                out.push(Part::Ends(written));
            }
            Piece::Run(mark, count, opens, closes) if count <= 3 => {
                let mut left = count;
                while let Some(at) = closed_by(&open, mark, left).filter(|_| closes) {
                    if let Some(Open::Mark(_, width, begun)) = open.drain(at..).next() {
                        let written = mark.to_string().repeat(width);
                        let style = if width == 2 {
                            Style::Bold(written.clone())
                        } else {
                            Style::Italic(written.clone())
                        };
                        let end = out.len();
                        put(&mut out, begun, Part::Begins(style, end));
                        out.push(Part::Ends(written));
                        left -= width;
                    }
                }
                while left > 0 {
                    let width = left.min(2);
                    if opens {
                        open.push(Open::Mark(mark, width, out.len()));
                    }
                    out.push(Part::Text(mark.to_string().repeat(width)));
                    left -= width;
                }
            }
            Piece::Run(mark, count, ..) => out.push(Part::Text(mark.to_string().repeat(count))),
            Piece::Text(text) => out.push(Part::Text(text)),
        }
    }
    out
}

fn put(parts: &mut [Part], at: usize, part: Part) {
    if let Some(place) = parts.get_mut(at) {
        *place = part;
    }
}

/// Which of what is open so many marks close: two rather a pair than one, three whatever is nearest.
fn closed_by(open: &[Open], mark: char, left: usize) -> Option<usize> {
    let link = |one: &Open| matches!(one, Open::Link(..));
    let from = open.iter().rposition(link).map_or(0, |link| link + 1);
    let nearest = |fits: &dyn Fn(usize) -> bool| {
        let fit = |one: &Open| match one {
            Open::Mark(known, width, _) => *known == mark && fits(*width),
            Open::Link(..) => false,
        };
        let within = open.get(from..)?;
        within.iter().rposition(fit).map(|place| from + place)
    };
    match left {
        0 => None,
        2 => nearest(&|width| width == 2).or_else(|| nearest(&|width| width == 1)),
        left => nearest(&|width| width <= left),
    }
}

/// What is around a part.
#[derive(Clone, Copy, Default)]
struct Within {
    bold: bool,
    italic: bool,
}

/// The tree of some parts; bold within bold and italic within italic is literal.
fn tree(parts: &[Part], from: usize, to: usize, within: Within) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut place = from;
    while let Some(part) = parts.get(place).filter(|_| place < to) {
        place += 1;
        match part {
            Part::Text(text) | Part::Ends(text) => say(&mut found, text),
            Part::Begins(Style::Bold(mark), _) if within.bold => say(&mut found, mark),
            Part::Begins(Style::Italic(mark), _) if within.italic => say(&mut found, mark),
            Part::Begins(style, end) => {
                let inner = Within {
                    bold: within.bold || matches!(style, Style::Bold(_)),
                    italic: within.italic || matches!(style, Style::Italic(_)),
                };
                let inner = tree(parts, place, *end, inner);
                found.push(match style {
                    Style::Bold(_) => Span::Bold(inner),
                    Style::Italic(_) => Span::Italic(inner),
                    Style::Link(to) => Span::Link(to.clone(), inner),
                });
                place = end + 1;
            }
        }
    }
    found
}

/// Adds text, to the text before it if there is some.
fn say(spans: &mut Vec<Span>, text: &str) {
    match spans.last_mut() {
        Some(Span::Text(before)) => before.push_str(text),
        _ => spans.push(Span::Text(text.to_owned())),
    }
}
