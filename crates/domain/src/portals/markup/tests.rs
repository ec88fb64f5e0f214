use super::{Address, LONGEST_ADDRESS, Span, parse, refused_addresses, says_something};
use proptest::prelude::*;

/// A text as it is drawn: `{b …}` bold, `{i …}` italic, `{a address|…}` a link.
fn drawn(source: &str) -> String {
    fn write(spans: &[Span], out: &mut String) {
        for span in spans {
            match span {
                Span::Text(text) => out.push_str(text),
                Span::Bold(inner) => {
                    out.push_str("{b ");
                    write(inner, out);
                    out.push('}');
                }
                Span::Italic(inner) => {
                    out.push_str("{i ");
                    write(inner, out);
                    out.push('}');
                }
                Span::Link(to, inner) => {
                    out.push_str(&format!("{{a {}|", to.as_str()));
                    write(inner, out);
                    out.push('}');
                }
            }
        }
    }
    let mut out = String::new();
    write(&parse(source), &mut out);
    out
}

/// The letters of a tree, without its addresses.
fn letters(spans: &[Span]) -> String {
    let of = |span: &Span| match span {
        Span::Text(text) => text.clone(),
        Span::Bold(inner) | Span::Italic(inner) | Span::Link(_, inner) => letters(inner),
    };
    spans.iter().map(of).collect()
}

fn links(spans: &[Span]) -> Vec<Address> {
    let of = |span: &Span| match span {
        Span::Text(_) => Vec::new(),
        Span::Bold(inner) | Span::Italic(inner) => links(inner),
        Span::Link(to, inner) => [vec![to.clone()], links(inner)].concat(),
    };
    spans.iter().flat_map(of).collect()
}

#[test]
fn bold_italic_and_links_are_read_and_everything_else_is_literal() {
    for (source, wanted) in [
        (
            "**a *b* c** [x](https://e.example) <b>d</b>",
            "{b a {i b} c} {a https://e.example|x} <b>d</b>",
        ),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("file_name_x", "file_name_x"),
        (r"\*no\*", "*no*"),
        ("***", "***"),
        ("**bold** and __bold__", "{b bold} and {b bold}"),
        ("*lean* and _lean_", "{i lean} and {i lean}"),
        ("***both***", "{b {i both}}"),
        ("**_both_**", "{b {i both}}"),
        ("_a **b** c_", "{i a {b b} c}"),
        ("[**a** *b*](/x)", "{a /x|{b a} {i b}}"),
        ("**see [here](/x) now**", "{b see {a /x|here} now}"),
        ("two\nlines\r\nof it", "two lines of it"),
        ("", ""),
    ] {
        assert_eq!(drawn(source), wanted, "{source:?}");
    }
}

#[test]
fn what_only_looks_like_markup_stays_as_it_is_written() {
    for (source, wanted) in [
        // Marks.
        ("*", "*"),
        ("**", "**"),
        ("_", "_"),
        ("__", "__"),
        ("****", "****"),
        ("*****", "*****"),
        ("**a", "**a"),
        ("a**", "a**"),
        ("*a", "*a"),
        ("a*", "a*"),
        ("** a **", "** a **"),
        ("* a *", "* a *"),
        ("**a **", "**a **"),
        ("** a**", "** a**"),
        ("*a *", "*a *"),
        ("****a****", "****a****"),
        ("**a*", "**a*"),
        ("*a**", "{i a}*"),
        ("**a *b**", "{b a *b}"),
        ("*a **b*", "{i a **b}"),
        ("**a __b__ c**", "{b a __b__ c}"),
        ("*a _b_ c*", "{i a _b_ c}"),
        ("**a *b __c__ d* e**", "{b a {i b __c__ d} e}"),
        ("__init__.py", "{b init}.py"),
        ("a__init__b", "a__init__b"),
        ("snake_case_name_", "snake_case_name_"),
        ("a_b_c", "a_b_c"),
        ("_a_b", "_a_b"),
        ("*a_", "*a_"),
        ("**a__", "**a__"),
        ("*a* *", "{i a} *"),
        ("2*3*4", "2{i 3}4"),
        ("~~gone~~ `code` # head", "~~gone~~ `code` # head"),
        ("- one\n- two", "- one - two"),
        ("1. one", "1. one"),
        ("> said", "> said"),
        ("![picture](/x)", "!{a /x|picture}"),
        // Escapes.
        (r"\", r"\"),
        (r"\\", r"\"),
        (r"\a", r"\a"),
        (r"\\*a*", r"\{i a}"),
        (r"\**a*", "*{i a}"),
        (r"*a\*", "*a*"),
        (r"\[a](/x)", "[a](/x)"),
        (r"[a\](/x)", "[a](/x)"),
        (r"[a]\(/x)", "[a](/x)"),
        (r"[a\]b](/x)", "{a /x|a]b}"),
        // Brackets.
        ("[", "["),
        ("]", "]"),
        ("[]", "[]"),
        ("[a]", "[a]"),
        ("[a](", "[a]("),
        ("[a]()", "[a]()"),
        ("[a](/x", "[a](/x"),
        ("[a] (/x)", "[a] (/x)"),
        ("[](/x)", "[](/x)"),
        ("[ ](/x)", "[ ](/x)"),
        ("[\u{200b}](/x)", "[\u{200b}](/x)"),
        ("a](/x)", "a](/x)"),
        ("[a [b](/x) c](/y)", "[a {a /x|b} c](/y)"),
        ("[a [b] c](/x)", "{a /x|a [b] c}"),
        ("[[a]](/x)", "{a /x|[a]}"),
        ("*[a*](/x)", "*{a /x|a*}"),
        ("[*a](/x)*", "{a /x|*a}*"),
        ("**a [b** c](/x)", "**a {a /x|b** c}"),
        ("[a](/x)[b](/y)", "{a /x|a}{a /y|b}"),
        ("[a](/x_(y))", "{a /x_(y)|a}"),
        (r"[a](/x\))", "{a /x)|a}"),
        ("[a][b]", "[a][b]"),
        ("<https://e.example>", "<https://e.example>"),
        ("https://e.example", "https://e.example"),
        // Addresses.
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](JaVaScRiPt:alert(1))", "[a](JaVaScRiPt:alert(1))"),
        ("[a](java\nscript:x)", "[a](java script:x)"),
        ("[a](java\tscript:x)", "[a](java\tscript:x)"),
        ("[a]( javascript:x)", "[a]( javascript:x)"),
        ("[a](\u{1}javascript:x)", "[a](\u{1}javascript:x)"),
        ("[a](data:text/html,<b>)", "[a](data:text/html,<b>)"),
        ("[a](vbscript:x)", "[a](vbscript:x)"),
        (
            "[a](blob:https://e.example/x)",
            "[a](blob:https://e.example/x)",
        ),
        ("[a](file:///etc/passwd)", "[a](file:///etc/passwd)"),
        ("[a](ftp://e.example)", "[a](ftp://e.example)"),
        ("[a](//evil.example)", "[a](//evil.example)"),
        ("[a](///evil.example)", "[a](///evil.example)"),
        (r"[a](/\\evil.example)", r"[a](/\evil.example)"),
        (r"[a](\/evil.example)", r"[a](\/evil.example)"),
        ("[a](/\t/evil.example)", "[a](/\t/evil.example)"),
        ("[a](https:evil.example)", "[a](https:evil.example)"),
        ("[a](https:/evil.example)", "[a](https:/evil.example)"),
        ("[a](https:///evil.example)", "[a](https:///evil.example)"),
        ("[a](https://)", "[a](https://)"),
        (r"[a](https:\\\\evil.example)", r"[a](https:\\evil.example)"),
        ("[a](https://@evil.example)", "[a](https://@evil.example)"),
        ("[a](mailto:)", "[a](mailto:)"),
        ("[a](tel:)", "[a](tel:)"),
        ("[a](:)", "[a](:)"),
        ("[a](page)", "[a](page)"),
        ("[a](#part)", "[a](#part)"),
        ("[a](?x=1)", "[a](?x=1)"),
        ("[a](./x)", "[a](./x)"),
        ("[a](&#106;avascript:x)", "[a](&#106;avascript:x)"),
        ("[a](%6aavascript:x)", "[a](%6aavascript:x)"),
        ("[a](/x\u{202e}y)", "[a](/x\u{202e}y)"),
        ("[a](/x \"title\")", "[a](/x \"title\")"),
        ("[a](/x\" onclick=\"y)", "[a](/x\" onclick=\"y)"),
        // What other readers would take for something.
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        (
            "<img src=x onerror=alert(1)>",
            "<img src=x onerror=alert(1)>",
        ),
        ("&lt;b&gt; &amp; &#42;", "&lt;b&gt; &amp; &#42;"),
        ("{{constructor}} ${x}", "{{constructor}} ${x}"),
        ("<!-- gone -->", "<!-- gone -->"),
        ("**<b>*x*</b>**", "{b <b>{i x}</b>}"),
    ] {
        assert_eq!(drawn(source), wanted, "{source:?}");
    }
}

#[test]
fn links_lead_to_the_web_to_mailboxes_to_telephones_and_within_the_site() {
    for (address, external) in [
        ("https://e.example", true),
        ("HTTP://e.example/a?b=c#d", true),
        ("http://[::1]/", true),
        ("mailto:clinic@e.example", false),
        ("tel:+12605550100", false),
        ("/", false),
        ("/employee/appointments", false),
        ("/a:b//c", false),
    ] {
        let to = Address::parse(address).unwrap_or_else(|| panic!("{address}"));
        assert_eq!((to.as_str(), to.is_external()), (address, external));
    }
    let long = |count: usize| format!("/{}", "a".repeat(count - 1));
    assert!(Address::parse(&long(LONGEST_ADDRESS)).is_some());
    assert!(Address::parse(&long(LONGEST_ADDRESS + 1)).is_none());
}

#[test]
fn an_address_that_is_refused_is_told() {
    let source = "[a](/ok) [b](javascript:alert(1)) **[c](//evil.example)** [d](x";
    assert_eq!(
        refused_addresses(source),
        ["javascript:alert(1)", "//evil.example"]
    );
    assert!(refused_addresses("[a](/x) and [b](mailto:c@e.example)").is_empty());
}

#[test]
fn spaces_and_what_steers_other_letters_say_nothing() {
    for nothing in ["", " ", "\n\t", "\u{200b}\u{feff}", "\u{202e}", "\u{0}"] {
        assert!(!says_something(nothing), "{nothing:?}");
    }
    assert!(says_something(" . "));
}

/// Any text, with many of the characters that mean something.
fn any_source() -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "__",
        "[",
        "]",
        "(",
        ")",
        "](",
        "\\",
        " ",
        "\n",
        "a",
        "é",
        "/x",
        ":",
        "https://e.example",
        "javascript:",
        "//",
        "<b>",
        "\u{200b}",
    ]);
    let one =
        prop_oneof![4 => marks.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(one, 0..60).prop_map(|parts| parts.concat())
}

/// A tree that can be written: words, each in one style, and links.
fn any_spans() -> impl Strategy<Value = Vec<Span>> {
    let word = "[a-z*_()\\[\\]\\\\<&]{1,6}";
    let text = word.prop_map(Span::Text);
    let styled = (0..4_u8, word).prop_map(|(style, word)| {
        let text = vec![Span::Text(word)];
        match style {
            0 => Span::Bold(text),
            1 => Span::Italic(text),
            2 => Span::Bold(vec![Span::Italic(text)]),
            _ => Span::Italic(vec![Span::Bold(text)]),
        }
    });
    let plain = prop_oneof![text, styled];
    let link = (plain.clone(), "/[a-z(]{0,3}").prop_filter_map("no address", |(inner, to)| {
        Some(Span::Link(Address::parse(&to)?, vec![inner]))
    });
    prop::collection::vec(prop_oneof![plain, link], 0..6)
}

/// How a tree is written, a space between its parts.
fn written(spans: &[Span]) -> String {
    let escaped = |text: &str| {
        let escape = |c: char| match c {
            '*' | '_' | '[' | ']' | '(' | ')' | '\\' => format!("\\{c}"),
            other => other.to_string(),
        };
        text.chars().map(escape).collect::<String>()
    };
    let of = |span: &Span| match span {
        Span::Text(text) => escaped(text),
        Span::Bold(inner) => format!("**{}**", written(inner)),
        Span::Italic(inner) => format!("_{}_", written(inner)),
        Span::Link(to, inner) => format!("[{}]({})", written(inner), escaped(to.as_str())),
    };
    spans.iter().map(of).collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_and_leads_nowhere_it_may_not(source in any_source()) {
        for to in links(&parse(&source)) {
            prop_assert_eq!(Address::parse(to.as_str()), Some(to));
        }
    }

    #[test]
    fn no_letter_is_lost_but_those_of_addresses(source in any_source()) {
        let tree = parse(&source);
        let addresses: String = links(&tree).iter().map(|to| to.as_str().to_owned()).collect();
        let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        prop_assert_eq!(count(&letters(&tree)) + count(&addresses), count(&source));
    }

    #[test]
    fn text_without_marks_stays_as_it_is(source in "[^*_\\[\\]()\\\\\n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}]{0,80}") {
        let wanted = if source.is_empty() { vec![] } else { vec![Span::Text(source.clone())] };
        prop_assert_eq!(parse(&source), wanted);
    }

    #[test]
    fn a_tree_that_is_written_down_is_read_as_the_same_tree(tree in any_spans()) {
        let mut wanted: Vec<Span> = Vec::new();
        for (place, span) in tree.iter().enumerate() {
            if place > 0 {
                super::say(&mut wanted, " ");
            }
            match span {
                Span::Text(text) => super::say(&mut wanted, text),
                other => wanted.push(other.clone()),
            }
        }
        prop_assert_eq!(parse(&written(&tree)), wanted);
    }

    #[test]
    fn a_long_text_of_marks_is_read_soon(mark in "[*_\\[\\]()\\\\a ]{1,4}") {
        let source = mark.repeat(500);
        let tree = parse(&source);
        prop_assert!(letters(&tree).chars().count() <= source.chars().count());
    }
}
