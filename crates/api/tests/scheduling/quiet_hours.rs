//! When somebody does not want to be disturbed.

use super::*;
use salus_types::accounts::{QuietHours, QuietStretch, ReplaceQuietHours};
use salus_types::problem::INVALID;

fn hours(from: &str, until: &str) -> ReplaceQuietHours {
    let time = |text: &str| text.parse().expect("a time");
    ReplaceQuietHours {
        mail: Some(QuietStretch {
            from: time(from),
            until: time(until),
        }),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_quiet_hours_until_they_choose_them_and_they_can_be_taken_back() {
    let app = start().await;
    let employee = app.employee().await;
    let none = QuietHours {
        mail: None,
        version: 0,
    };
    assert_eq!(employee.get_quiet_hours().await.expect("none"), none);
    let night = hours("21:00:00", "07:00:00");
    let chosen = employee.replace_quiet_hours(0, &night).await;
    let chosen = chosen.expect("chosen").value;
    assert_eq!((chosen.mail, chosen.version), (night.mail, 1));
    let stale = employee.replace_quiet_hours(0, &night).await;
    assert!(stale.expect_err("stale").is(VERSION_CONFLICT));
    let back = ReplaceQuietHours { mail: None };
    let back = employee.replace_quiet_hours(1, &back).await;
    assert_eq!(back.expect("taken back").value.mail, None);
    assert_eq!(employee.get_quiet_hours().await.expect("none").version, 2);
    let other = app.employee2().await;
    assert_eq!(other.get_quiet_hours().await.expect("none"), none);
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_end_at_another_minute_than_they_begin() {
    let app = start().await;
    let employee = app.employee().await;
    for (wrong, at) in [
        (hours("21:00:00", "21:00:00"), "/mail/until"),
        (hours("21:00:30", "07:00:00"), "/mail/from"),
    ] {
        let refused = employee.replace_quiet_hours(0, &wrong).await;
        let refused = refused.expect_err("no quiet hours");
        assert!(refused.is(INVALID));
        let problem = refused.problem().expect("a problem");
        assert_eq!(problem.errors[0].pointer, at);
    }
}
