//! Adding up what the test runners say.

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    passed: u64,
    failed: u64,
}

impl Counts {
    /// Reads a line of nextest's output: `Summary [ 1.2s] 5 tests run: 4 passed (1 slow), 1 failed, 0 skipped`.
    pub(super) fn nextest(&mut self, line: &str) {
        let plain = without_colour(line);
        let Some(rest) = plain.trim_start().strip_prefix("Summary [") else {
            return;
        };
        let Some((_, results)) = rest.split_once("run: ") else {
            return;
        };
        self.passed += before(results, " passed");
        self.failed += before(results, " failed") + before(results, " timed out");
    }

    /// Reads a line of cargo's own runner: `test result: ok. 3 passed; 0 failed; …`.
    pub(super) fn cargo_test(&mut self, line: &str) {
        let plain = without_colour(line);
        if let Some(results) = plain.strip_prefix("test result: ") {
            self.passed += before(results, " passed");
            self.failed += before(results, " failed");
        }
    }

    /// Reads a line of a TAP report's summary: `# pass 3`.
    pub(super) fn tap(&mut self, line: &str) {
        let number = |prefix: &str| {
            line.strip_prefix(prefix)
                .and_then(|text| text.trim().parse::<u64>().ok())
                .unwrap_or_default()
        };
        self.passed += number("# pass ");
        self.failed += number("# fail ") + number("# cancelled ");
    }

    /// The line that ends a run.
    pub(super) fn line(self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }

    /// Whether no test failed.
    pub(super) fn none_failed(self) -> bool {
        self.failed == 0
    }
}

/// The number right before a word.
fn before(text: &str, word: &str) -> u64 {
    text.find(word)
        .and_then(|end| text.get(..end))
        .and_then(|head| head.rsplit(|c: char| !c.is_ascii_digit()).next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_default()
}

fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((text, after)) = rest.split_once('\u{1b}') {
        plain.push_str(text);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn counted(read: impl Fn(&mut Counts, &str), lines: &[&str]) -> String {
        let mut counts = Counts::default();
        lines.iter().for_each(|line| read(&mut counts, line));
        counts.line()
    }

    #[test]
    fn nextest_summaries_are_added() {
        assert_eq!(
            counted(
                Counts::nextest,
                &[
                    "        PASS [   0.010s] 3 passed things",
                    "     Summary [   1.500s] 12 tests run: 9 passed (1 slow), 2 failed, 1 timed out, 4 skipped",
                    "\u{1b}[32;1m     Summary\u{1b}[0m [   0.1s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m passed, \u{1b}[1m0\u{1b}[0m skipped",
                ]
            ),
            "11 passed, 3 failed"
        );
    }

    #[test]
    fn results_of_cargos_runner_are_added() {
        assert_eq!(
            counted(
                Counts::cargo_test,
                &[
                    "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
                    "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
                ]
            ),
            "4 passed, 2 failed"
        );
    }

    #[test]
    fn a_tap_summary_is_added_and_its_tests_are_not_counted_twice() {
        assert_eq!(
            counted(
                Counts::tap,
                &[
                    "ok 1 - a",
                    "# tests 3",
                    "# pass 2",
                    "# fail 1",
                    "# cancelled 0"
                ]
            ),
            "2 passed, 1 failed"
        );
    }
}
