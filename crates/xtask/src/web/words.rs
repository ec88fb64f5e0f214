//! The words of the apps: a file for each language, of which a browser fetches its own, and the
//! script that starts an app with them.

use std::fs;

use crate::process::{Outcome, file_error};
use crate::workspace::Workspace;

/// What the files' names begin with.
pub(super) const NAME: &str = "words-";
/// The languages; the first one is for whoever reads none of them.
const LANGUAGES: [&str; 2] = ["en", "es"];
const FOLDER: &str = "crates/types/locales";

/// All messages of each language.
pub(super) fn texts(workspace: &Workspace) -> Outcome<Vec<(&'static str, String)>> {
    LANGUAGES
        .into_iter()
        .map(|language| Ok((language, text(workspace, language)?)))
        .collect()
}

fn text(workspace: &Workspace, language: &str) -> Outcome<String> {
    let folder = workspace.path(FOLDER).join(language);
    let entries = fs::read_dir(&folder).map_err(|error| file_error("read", &folder, &error))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut all = String::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| file_error("read", &file, &error))?;
        all.push_str(&without_remarks(&text));
    }
    Ok(all)
}

/// Leaves out what only translators read.
fn without_remarks(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Starts the app. A file of its own, because a strict content policy blocks
/// script inside the page. The words are fetched while the module is on its
/// way. When the app cannot start, the page's own words for that are shown.
pub(super) fn loader(js: &str, wasm: &str, words: &[(&str, String)]) -> String {
    let files: Vec<String> = words
        .iter()
        .map(|(language, address)| format!("{language}: \"{address}\""))
        .collect();
    LOADER
        .replace("{{js}}", js)
        .replace("{{wasm}}", wasm)
        .replace("{{files}}", &files.join(", "))
        .replace("{{other}}", LANGUAGES[0])
}

const LOADER: &str = r#"import init from "{{js}}";
const files = { {{files}} };
const words = async (language) => {
  const answer = await fetch(files[language]);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
};
const language = () => {
  let chosen;
  try { chosen = localStorage.getItem("salus.language"); } catch {}
  const wanted = [chosen, ...navigator.languages].map((tag) => tag?.split("-")[0]);
  return wanted.find((tag) => Object.hasOwn(files, tag)) ?? "{{other}}";
};
try {
  const first = language();
  const [text, module] = await Promise.all([
    words(first),
    WebAssembly.compileStreaming(fetch("{{wasm}}")),
  ]);
  globalThis.salusWords = { first, text, fetch: words };
  await init({ module_or_path: module });
} catch (error) {
  document.querySelector("[data-start-failed]")?.removeAttribute("hidden");
  document.querySelector("[data-starting]")?.setAttribute("hidden", "");
  throw error;
}
"#;

#[cfg(test)]
mod tests {
    use super::{loader, without_remarks};

    #[test]
    fn the_loader_names_the_module_and_every_languages_words() {
        let words = [
            ("en", "/a/words-en-1.txt".into()),
            ("es", "/a/words-es-2.txt".into()),
        ];
        let text = loader("/a/a-3.js", "/a/a-4.wasm", &words);
        assert!(text.contains("import init from \"/a/a-3.js\""));
        assert!(text.contains("fetch(\"/a/a-4.wasm\")"));
        assert!(text.contains("{ en: \"/a/words-en-1.txt\", es: \"/a/words-es-2.txt\" }"));
        assert!(!text.contains("{{"));
    }

    #[test]
    fn remarks_are_left_out_of_the_words() {
        let text =
            "# About\none = One\n\n    more\ntwo = { $n ->\n    [one] # 1\n   *[other] n\n}\n";
        assert_eq!(
            without_remarks(text),
            "one = One\n\n    more\ntwo = { $n ->\n    [one] # 1\n   *[other] n\n}\n"
        );
    }
}
