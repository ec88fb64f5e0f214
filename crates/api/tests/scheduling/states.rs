//! How far a visit has come as a supervisor is told, and how far what somebody waits for.

use super::team::elena;
use super::wait_list::{asked, gives_back, kept_for, mine, monday_is_free};
use super::*;
use serde_json::{Value, json};

const MONDAY: &str = "2027-03-01";

/// Everything a supervisor is sent of a visit.
const FIELDS: [&str; 12] = [
    "allowed",
    "ends_at",
    "id",
    "location",
    "modality",
    "person_id",
    "person_name",
    "public_name",
    "starts_at",
    "state",
    "version",
    "zone",
];

/// The word for a visit, and whether anything can be done with it; it has just the fields it may have.
fn word(visit: &Value) -> (String, bool) {
    let fields = visit.as_object().expect("fields").keys();
    let mut fields: Vec<&str> = fields.map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, FIELDS, "{visit}");
    assert_eq!(visit["person_id"], json!(elena()));
    let word = visit["state"].as_str().expect("a word");
    let acts = visit["allowed"].as_array().expect("acts");
    (word.to_owned(), !acts.is_empty())
}

async fn listed(supervisor: &Client, path: &str) -> Vec<Value> {
    let request = supervisor.request(Method::GET, path).expect("a request");
    let answer = supervisor.send(request).await.expect("an answer");
    let body: Value = answer.json().await.expect("JSON");
    body["items"].as_array().expect("items").clone()
}

/// The word for the only visit of Elena's, if a supervisor may know of it.
async fn only_word(supervisor: &Client) -> Option<(String, bool)> {
    let path = format!("/api/v1/team/people/{}/appointments", elena());
    let visits = listed(supervisor, &path).await;
    assert!(visits.len() <= 1, "{visits:?}");
    visits.first().map(word)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_reads_the_same_fields_and_one_of_few_words_however_far_a_visit_has_come() {
    let app = start().await;
    let (employee, supervisor) = (app.employee().await, app.supervisor().await);
    let (desk, clinician) = (app.scheduler().await, app.clinician().await);
    let says = async |word: &str, acts: bool| {
        assert_eq!(only_word(&supervisor).await, Some((word.to_owned(), acts)));
    };
    let free = slots(&employee, PHYS, MONDAY, 1).await;
    let asked = book(&employee, PHYS, &free[0]).await.expect("a booking");
    says("waiting_for_clinic", true).await;
    let agreed = desk.confirm_appointment(asked.id, asked.version).await;
    let (id, agreed) = (asked.id, agreed.expect("agreed").value);
    says("booked", true).await;

    app.state.clock.set(agreed.starts_at);
    says("booked", false).await;
    let here = CheckIn::default();
    let there = desk.check_in_appointment(id, agreed.version, &here).await;
    says("done", false).await;
    let back = desk.undo_check_in(id, there.expect("there").version).await;
    says("booked", false).await;
    let missed = desk.miss_appointment(id, back.expect("back").version).await;
    says("missed", false).await;
    let right = CorrectAppointment {
        state: State::Booked,
        reason: "Stood at the other door.".to_owned(),
    };
    let missed = missed.expect("missed").version;
    let put_right = desk.correct_appointment(id, missed, &right).await;
    says("booked", false).await;
    let put_right = put_right.expect("put right").version;
    let there = desk.check_in_appointment(id, put_right, &here).await;
    let begun = desk.begin_appointment(id, there.expect("there").version);
    let begun = begun.await.expect("begun").version;
    says("done", false).await;
    let done = clinician.complete_appointment(id, begun).await;
    assert_eq!(done.expect("done").value.state, State::Fulfilled);
    says("done", false).await;

    let struck = "UPDATE appointments SET state = 'entered_in_error'";
    app.database.execute(struck).await;
    assert_eq!(only_word(&supervisor).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_back_or_not_agreed_to_is_cancelled_for_a_supervisor_and_not_why() {
    let app = start().await;
    let (employee, supervisor) = (app.employee().await, app.supervisor().await);
    let cancelled = ("cancelled".to_owned(), false);
    let free = slots(&employee, PHYS, MONDAY, 1).await;
    let asked = book(&employee, PHYS, &free[0]).await.expect("a booking");
    let why = DenyAppointment {
        reason: "Please come fasting on another day.".to_owned(),
    };
    let desk = app.scheduler().await;
    let denied = desk.deny_appointment(asked.id, asked.version, &why).await;
    denied.expect("denied");
    assert_eq!(only_word(&supervisor).await, Some(cancelled.clone()));

    let free = slots(&employee, FIT, "2027-03-02", 1).await;
    let booked = book(&employee, FIT, &free[0]).await.expect("a booking");
    let ahead = "/api/v1/team/appointments?view=upcoming";
    let told = listed(&supervisor, ahead).await;
    assert_eq!(told.len(), 1);
    assert_eq!(word(&told[0]), ("booked".to_owned(), true));
    let path = format!("/api/v1/team/appointments/{}/cancellation", booked.id);
    let request = supervisor.request(Method::POST, &path).expect("a request");
    let request = request.header("if-match", format!("\"{}\"", booked.version));
    let answer = supervisor.send(request.json(&())).await;
    let answer: Value = answer.expect("given back").json().await.expect("JSON");
    assert_eq!(answer["id"], json!(booked.id));
    assert_eq!(word(&answer), cancelled);

    assert!(listed(&supervisor, ahead).await.is_empty());
    let over = listed(&supervisor, "/api/v1/team/appointments?view=past").await;
    assert_eq!(over.len(), 2);
    for visit in &over {
        assert_eq!(word(visit), cancelled);
        let all = visit.to_string();
        for secret in ["fasting", "PHYS", "Periodic", "1910", "J. Lee", "glasses"] {
            assert!(!all.contains(secret), "{secret} in {all}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_open_then_offered_then_booked_open_again_and_at_last_closed() {
    let app = start().await;
    let aisha = TestApp::worker(6);
    let only_hers = format!(
        "UPDATE due_items SET status = 'not_needed', closed_at = '2027-02-01T00:00:00Z'
          WHERE closed_at IS NULL AND person_id <> '{aisha}';
         UPDATE due_items SET visible_on = '2027-01-01', due_on = '2027-03-05' WHERE person_id = '{aisha}';
         UPDATE locations SET time_zone = 'America/Indiana/Indianapolis'"
    );
    app.database.execute(&only_hers).await;
    let (client, desk) = (app.employee2().await, app.scheduler().await);
    let item = mine(&client).await.remove(0);
    let version = async || {
        let query = format!(
            "SELECT version::text FROM wait_list_items WHERE id = '{}'",
            item.id
        );
        let version = app.database.text(&query).await;
        version.parse::<i32>().expect("a version")
    };
    // Changes nothing, and says how far it has come.
    let state = async || {
        let nothing = ChangeWaitListItem::default();
        let same = client.change_my_wait_list_item(item.id, version().await, &nothing);
        Ok::<_, Error>(same.await?.value.state)
    };
    assert_eq!(item.state, ItemState::Open);
    assert_eq!(state().await.expect("it"), ItemState::Open);
    monday_is_free(&app).await;
    asked(&app).await;
    assert_eq!(state().await.expect("it"), ItemState::Offered);
    let offer = kept_for(&client).await;
    let visit = client.accept_my_offer(offer.id).await.expect("taken");
    assert_eq!(state().await.expect("it"), ItemState::Booked);
    assert!(mine(&client).await.is_empty());
    gives_back(&client, &visit).await;
    assert_eq!(state().await.expect("it"), ItemState::Open);
    assert_eq!(mine(&client).await.len(), 1);
    let closed = desk.close_wait_list_item(item.id, version().await).await;
    assert_eq!(closed.expect("closed").value.state, ItemState::Closed);
    assert!(mine(&client).await.is_empty());
    let refused = state().await.expect_err("closed");
    assert!(refused.is(WRONG_STATE), "{}", slug(&refused));
}
