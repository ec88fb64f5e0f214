//! The policy, printed and committed, so that a change of a right is reviewed as a change of a line.
#![cfg(test)]

use salus_domain::access::matrix;

#[test]
fn the_committed_matrix_is_the_policy() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/policy-matrix.md");
    let text = format!(
        "# Who may do what\n\nPrinted from the rules; what is not here is refused.\n\n{}",
        matrix()
    );
    if std::env::var_os("SALUS_UPDATE").is_some() {
        std::fs::write(file, &text).unwrap();
    }
    let committed = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(
        committed, text,
        "print it again with SALUS_UPDATE=1 and review the difference"
    );
}
