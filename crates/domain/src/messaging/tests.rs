use super::*;
use crate::access::{About, Actor, Hat, Refusal};
use crate::ids::ProviderOrgId;
use crate::time::Holiday;
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::America::New_York;
use proptest::prelude::*;
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn hours(days_off: &[NaiveDate]) -> BusinessHours {
    let once = |date: &NaiveDate| Holiday {
        date: *date,
        yearly: false,
    };
    BusinessHours {
        weekdays: vec![
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
        ],
        opens: NaiveTime::from_hms_opt(8, 0, 0).unwrap(),
        closes: NaiveTime::from_hms_opt(17, 0, 0).unwrap(),
        zone: New_York,
        holidays: days_off.iter().map(once).collect(),
    }
}

#[test]
fn an_answer_is_promised_over_a_weekend() {
    let due = hours(&[]).after(at("2026-12-04T20:00:00Z"), 9);
    assert_eq!(due, Some(at("2026-12-07T20:00:00Z")));
}

#[test]
fn time_written_on_a_saturday_starts_on_monday_and_may_end_with_the_day() {
    let due = hours(&[]).after(at("2026-12-05T16:00:00Z"), 18);
    assert_eq!(due, Some(at("2026-12-08T22:00:00Z")));
}

#[test]
fn a_holiday_is_no_working_time() {
    let christmas = NaiveDate::from_ymd_opt(2026, 12, 25).unwrap();
    let due = hours(&[christmas]).after(at("2026-12-24T21:00:00Z"), 9);
    assert_eq!(due, Some(at("2026-12-28T21:00:00Z")));
}

#[test]
fn the_wall_clock_counts_when_the_clocks_change() {
    let due = hours(&[]).after(at("2027-03-12T21:00:00Z"), 9);
    assert_eq!(due, Some(at("2027-03-15T20:00:00Z")));
}

#[test]
fn a_queue_without_working_days_promises_nothing() {
    let mut never = hours(&[]);
    never.weekdays.clear();
    assert_eq!(never.after(at("2026-12-04T20:00:00Z"), 9), None);
}

fn open() -> Conversation {
    Conversation {
        state: State::Open,
        closed_at: None,
        last_side: None,
        reply_due_at: None,
    }
}

#[test]
fn a_conversation_needs_a_reply_while_the_portal_side_wrote_last() {
    let asked = sent(open(), Side::Portal, Some(at("2026-12-07T20:00:00Z")));
    assert!(asked.needs_reply() && asked.overdue(at("2026-12-07T20:00:01Z")));
    let answered = sent(asked, Side::Clinic, None);
    assert!(!answered.needs_reply() && answered.reply_due_at.is_none());
}

#[test]
fn writing_again_does_not_postpone_the_promised_answer() {
    let first = Some(at("2026-12-07T20:00:00Z"));
    let asked = sent(open(), Side::Portal, first);
    let again = sent(asked, Side::Portal, Some(at("2026-12-08T20:00:00Z")));
    assert_eq!(again.reply_due_at, first);
}

#[test]
fn staff_who_close_what_needs_a_reply_say_why() {
    let now = at("2026-12-04T20:00:00Z");
    let asked = sent(open(), Side::Portal, None);
    assert_eq!(
        close(asked, Side::Clinic, false, now),
        Err(CloseError::NeedsReply)
    );
    let closed = close(asked, Side::Clinic, true, now).unwrap();
    assert!(!may_write(&closed) && !closed.needs_reply());
    assert!(close(asked, Side::Portal, false, now).is_ok());
    assert_eq!(
        close(closed, Side::Portal, false, now),
        Err(CloseError::Closed)
    );
}

#[test]
fn the_portal_side_reopens_within_90_days_and_staff_at_any_time() {
    let closed_at = at("2026-12-04T20:00:00Z");
    let closed = close(open(), Side::Portal, false, closed_at).unwrap();
    let after = |days| closed_at + Duration::days(days);
    assert!(reopen(closed, Side::Portal, after(90)).is_ok());
    assert_eq!(
        reopen(closed, Side::Portal, after(91)),
        Err(ReopenError::TooLate)
    );
    assert!(reopen(closed, Side::Clinic, after(1000)).is_ok());
    assert_eq!(
        reopen(open(), Side::Clinic, after(1)),
        Err(ReopenError::Open)
    );
}

#[test]
fn a_message_is_taken_back_within_five_minutes_and_only_unseen() {
    let sent_at = at("2026-12-04T20:00:00Z");
    let message = Sent {
        at: sent_at,
        seen: false,
        retracted: false,
    };
    assert!(
        retract(message, sent_at + Duration::seconds(299))
            .unwrap()
            .retracted
    );
    assert_eq!(
        retract(message, sent_at + Duration::seconds(301)),
        Err(RetractError::TooLate)
    );
    let seen = Sent {
        seen: true,
        ..message
    };
    assert_eq!(retract(seen, sent_at), Err(RetractError::TooLate));
}

#[test]
fn a_message_has_text() {
    assert_eq!(Text::parse(" \n\t ").unwrap_err(), TextError::Empty);
    assert_eq!(Text::parse(" é ").unwrap().as_str(), "é");
    assert!(Text::parse(&"é".repeat(10_000)).is_ok());
    assert_eq!(
        Text::parse(&"é".repeat(10_001)).unwrap_err(),
        TextError::TooLong { limit: 10_000 }
    );
    assert_eq!(Subject::parse("  ").unwrap(), None);
    assert_eq!(
        Subject::parse("My\n ear").unwrap().unwrap().as_str(),
        "My ear"
    );
}

#[test]
fn marking_unread_counts_from_the_chosen_message() {
    let message = |seq, side, retracted| Counted {
        seq,
        side,
        retracted,
    };
    let mut thread = vec![
        message(1, Side::Clinic, false),
        message(2, Side::Clinic, false),
        message(3, Side::Clinic, false),
        message(4, Side::Portal, false),
    ];
    assert_eq!(unread(&thread, Side::Portal, 0), 3);
    let read = read_up_to(0, 4, 4);
    assert_eq!(unread(&thread, Side::Portal, read), 0);
    let read = unread_from(read, 2);
    assert_eq!(unread(&thread, Side::Portal, read), 2);
    thread.push(message(5, Side::Clinic, false));
    assert_eq!(unread(&thread, Side::Portal, read), 3);
    thread.pop();
    thread.push(message(5, Side::Clinic, true));
    assert_eq!(unread(&thread, Side::Portal, read), 2);
}

#[derive(Clone, Debug)]
enum Step {
    Send(Side),
    Read(i32),
    Unread(i32),
    Retract(usize),
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop_oneof![
        Just(Step::Send(Side::Portal)),
        Just(Step::Send(Side::Clinic)),
        (0..30i32).prop_map(Step::Read),
        (0..30i32).prop_map(Step::Unread),
        (0..30usize).prop_map(Step::Retract),
    ];
    prop::collection::vec((0..3usize, step), 0..60)
}

proptest! {
    /// Counters kept step by step, as a list would keep them, agree with counting anew.
    #[test]
    fn the_badge_is_the_sum_of_the_list_and_a_recount(steps in steps()) {
        let mut threads: Vec<(Vec<Counted>, i32)> = vec![(Vec::new(), 0); 3];
        let mut unseen: Vec<std::collections::BTreeSet<i32>> = vec![Default::default(); 3];
        for (n, step) in steps {
            let (thread, pointer) = &mut threads[n];
            let last = i32::try_from(thread.len()).unwrap();
            match step {
                Step::Send(side) => {
                    thread.push(Counted { seq: last + 1, side, retracted: false });
                    if side == Side::Clinic {
                        unseen[n].insert(last + 1);
                    }
                }
                Step::Read(seq) => {
                    let before = *pointer;
                    *pointer = read_up_to(*pointer, seq, last);
                    prop_assert!(*pointer >= before && *pointer <= last);
                    unseen[n].retain(|seq| *seq > *pointer);
                }
                Step::Unread(seq) => {
                    *pointer = unread_from(*pointer, seq);
                    let from = *pointer;
                    let again = thread.iter().filter(|m| m.side == Side::Clinic && !m.retracted && m.seq > from);
                    unseen[n].extend(again.map(|m| m.seq));
                }
                Step::Retract(index) => {
                    if let Some(message) = thread.get_mut(index) {
                        message.retracted = true;
                        unseen[n].remove(&message.seq);
                    }
                }
            }
        }
        let list: Vec<usize> = threads.iter().map(|(thread, read)| unread(thread, Side::Portal, *read)).collect();
        let kept: Vec<usize> = unseen.iter().map(std::collections::BTreeSet::len).collect();
        prop_assert_eq!(&list, &kept);
        prop_assert_eq!(list.iter().sum::<usize>(), kept.iter().sum::<usize>());
    }
}

#[test]
fn who_will_see_this_is_what_the_policy_admits() {
    assert_eq!(readers(false), vec![Role::Clinician]);
    assert_eq!(readers(true), vec![Role::Clinician, Role::Scheduler]);
    for scheduling in [false, true] {
        for role in Role::ALL {
            let staff = Actor {
                hat: Hat::Clinic,
                roles: vec![role],
                ..Actor::system(ProviderOrgId(Uuid::from_u128(1)))
            };
            let about = About::default().scheduling(scheduling);
            let admitted = staff.allow(Act::Read, DataClass::Message, about, ());
            assert_eq!(
                admitted.is_ok(),
                readers(scheduling).contains(&role),
                "{role:?}"
            );
        }
    }
}

#[test]
fn a_scheduler_does_not_know_of_clinical_threads() {
    let scheduler = Actor {
        hat: Hat::Clinic,
        roles: vec![Role::Scheduler],
        ..Actor::system(ProviderOrgId(Uuid::from_u128(1)))
    };
    let clinical = scheduler.allow(Act::Read, DataClass::Message, About::default(), ());
    assert_eq!(clinical.err(), Some(Refusal::Hidden));
}
