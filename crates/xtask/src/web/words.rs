//! The words of the apps: a file for each language, of which a browser fetches its own, and the
//! script that starts an app with them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::App;
use crate::process::{Outcome, file_error};
use crate::workspace::Workspace;

/// What the files' names begin with.
pub(super) const NAME: &str = "words-";
/// The languages; the first one is for whoever reads none of them.
const LANGUAGES: [&str; 2] = ["en", "es"];
const FOLDER: &str = "crates/types/locales";
/// What asks for messages in every app, beside its own pages.
const ASKING: [&str; 3] = ["crates/ui/src", "crates/types/src", "crates/domain/src"];

/// The messages of each language that an app can ask for. An id's first word is its area; an app
/// carries the areas that a text in its sources begins with, and those their messages refer to.
/// They are compiled, as `salus_messages` says.
pub(super) fn texts(workspace: &Workspace, app: App) -> Outcome<Vec<(&'static str, String)>> {
    let mut sources = String::new();
    for folder in ASKING {
        read_sources(&workspace.path(folder), &mut sources)?;
    }
    read_sources(&workspace.path(app.package()).join("src"), &mut sources)?;
    LANGUAGES
        .into_iter()
        .map(|language| {
            let all = all(workspace, language)?;
            let asked_for = asked_for(&all, &sources);
            let compiled = salus_messages::compile(&asked_for)
                .map_err(|problem| format!("the messages in {language}: {problem}"))?;
            Ok((language, compiled))
        })
        .collect()
}

fn read_sources(folder: &Path, into: &mut String) -> Outcome<()> {
    let entries = fs::read_dir(folder).map_err(|error| file_error("read", folder, &error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            read_sources(&path, into)?;
        } else {
            let text =
                fs::read_to_string(&path).map_err(|error| file_error("read", &path, &error))?;
            into.push_str(&text);
        }
    }
    Ok(())
}

fn all(workspace: &Workspace, language: &str) -> Outcome<String> {
    let folder = workspace.path(FOLDER).join(language);
    let entries = fs::read_dir(&folder).map_err(|error| file_error("read", &folder, &error))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut all = String::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| file_error("read", &file, &error))?;
        all.push_str(&text);
        all.push('\n');
    }
    Ok(all)
}

/// A message with its area.
struct Message {
    area: String,
    text: String,
}

/// The messages of a text, without what only translators read.
fn messages(text: &str) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|first: char| first.is_ascii_lowercase() || first == '-') {
            messages.push(Message {
                area: area(line),
                text: String::new(),
            });
        }
        if let Some(message) = messages.last_mut() {
            message.text.push_str(line);
            message.text.push('\n');
        }
    }
    messages
}

/// The first word of an id; a term's hyphen is not part of it.
fn area(id: &str) -> String {
    let word = id.trim_start_matches('-');
    let word = word.split(|letter: char| !letter.is_ascii_alphanumeric());
    word.take(1).collect()
}

/// The areas of the messages that a message refers to.
fn referred(text: &str) -> impl Iterator<Item = String> {
    let places = text.split('{').skip(1).map(str::trim_start);
    places.map(area).filter(|area| !area.is_empty())
}

fn asked_for(all: &str, sources: &str) -> String {
    let messages = messages(all);
    let mut areas: BTreeSet<String> = messages
        .iter()
        .map(|message| message.area.clone())
        .filter(|area| {
            let begins = |end: char| sources.contains(&format!("\"{area}{end}"));
            begins('-') || begins('"')
        })
        .collect();
    loop {
        let carried = messages.iter().filter(|one| areas.contains(&one.area));
        let more: BTreeSet<String> = carried.flat_map(|one| referred(&one.text)).collect();
        if more.is_subset(&areas) {
            break;
        }
        areas.extend(more);
    }
    let carried = messages.iter().filter(|one| areas.contains(&one.area));
    carried.map(|one| one.text.as_str()).collect()
}

/// Starts the app. A file of its own, because a strict content policy blocks
/// script inside the page. The words are fetched while the module is on its
/// way, and so is the session of whoever was signed in here: `salusSession` is what became of it. When
/// the app cannot start, the page's own words for that are shown. Once the app runs, it is kept on the
/// device; `salusInstall` and `salusUpdate` are what the app may offer then.
pub(super) fn loader(app: App, js: &str, wasm: &str, words: &[(&str, String)]) -> String {
    let files: Vec<String> = words
        .iter()
        .map(|(language, address)| format!("{language}: \"{address}\""))
        .collect();
    LOADER
        .replace("{{js}}", js)
        .replace("{{wasm}}", wasm)
        .replace("{{files}}", &files.join(", "))
        .replace("{{other}}", LANGUAGES[0])
        .replace("{{worker}}", &format!("/{}/sw.js", app.name()))
}

const LOADER: &str = r#"import init from "{{js}}";
const files = { {{files}} };
const held = () => {
  try { return localStorage.getItem("salus.session"); } catch { return null; }
};
const renewed = async () => {
  const answer = await fetch("/api/v1/auth/refresh", { method: "POST" });
  return answer.ok ? answer.text() : undefined;
};
if (held()) globalThis.salusSession = renewed().catch(() => undefined);
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
// An offer to install the app comes once, maybe before the app listens.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  globalThis.salusInstall = event;
  dispatchEvent(new Event("salus-install"));
});
const worker = navigator.serviceWorker;
const takeOver = (waiting) => {
  // Another window may have taken it already.
  if (!waiting) return location.reload();
  // Not before it is ready: a page asked for meanwhile would wait for it, and it for the page.
  waiting.addEventListener("statechange", () => {
    if (waiting.state === "activated" || waiting.state === "redundant") location.reload();
  });
  waiting.postMessage("take over");
};
const keep = async () => {
  const policy = globalThis.trustedTypes?.createPolicy("salus", { createScriptURL: () => "{{worker}}" });
  const address = policy?.createScriptURL("") ?? "{{worker}}";
  const registration = await worker.register(address, { updateViaCache: "none" });
  const tell = () => {
    if (!registration.waiting || !worker.controller) return;
    globalThis.salusUpdate = () => takeOver(registration.waiting);
    dispatchEvent(new Event("salus-update"));
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", tell);
  });
  tell();
  setInterval(() => registration.update().catch(() => {}), 3_600_000);
};
// What opens the app goes first. A version that waits takes over by itself once the app is closed.
if (worker) setTimeout(() => keep().catch(() => {}), 5_000);
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
    use super::{App, asked_for, loader};

    #[test]
    fn the_loader_names_the_module_and_every_languages_words() {
        let words = [
            ("en", "/a/words-en-1.txt".into()),
            ("es", "/a/words-es-2.txt".into()),
        ];
        let text = loader(App::Employee, "/a/a-3.js", "/a/a-4.wasm", &words);
        assert!(text.contains("import init from \"/a/a-3.js\""));
        assert!(text.contains("fetch(\"/a/a-4.wasm\")"));
        assert!(text.contains("{ en: \"/a/words-en-1.txt\", es: \"/a/words-es-2.txt\" }"));
        assert!(text.contains("createScriptURL: () => \"/employee/sw.js\""));
        assert!(!text.contains("{{"));
    }

    const ALL: &str = "# Times\nbook-time = Time\n\n    of day\nbook-of = { $n ->\n    [one] { day-one }\n   *[other] { -many }\n}\n\
                       day-one = A day\n-many = Days\nfeed-run = Run\nmore = More\n";

    #[test]
    fn an_app_carries_the_areas_its_sources_begin_a_text_with() {
        let words = asked_for(ALL, "t.text(\"more\"); format!(\"feed-{what}\")");
        assert_eq!(words, "feed-run = Run\nmore = More\n");
    }

    #[test]
    fn what_a_message_refers_to_comes_with_it_and_remarks_do_not() {
        let words = asked_for(ALL, "part(\"book\", what)");
        assert_eq!(
            words,
            "book-time = Time\n\n    of day\nbook-of = { $n ->\n    [one] { day-one }\n   *[other] { -many }\n}\n\
             day-one = A day\n-many = Days\n"
        );
    }
}
