//! What leaves the portal about visits: when and where, and for no kind of visit what it is for, with whom,
//! or at which clinic.

use super::team::set_option;
use super::wait_list::{asked, kept_for, nobody_waits, wishes_earlier};
use super::*;
use salus_api::mail::Letter;
use salus_api::notifications::work_once;
use salus_api::sandbox::SALUS;
use salus_api::transaction::Tx;
use salus_api::words;
use salus_store::sealing::Place as Sealed;

/// Every kind of mail a person gets about visits.
const KINDS: [&str; 11] = [
    "appointment-booked",
    "appointment-cancelled",
    "appointment-confirmed",
    "appointment-denied",
    "appointment-moved",
    "appointment-pending",
    "appointment-preparation",
    "appointment-reminder",
    "offer-made",
    "offer-open",
    "something-new",
];

/// What is written by the people in it, for each other.
const WHY: &str = "Because of the left ear.";

/// Somebody with mails in one language, and who leads them.
struct Reader {
    user: &'static str,
    person: PersonId,
    language: &'static str,
    leader: &'static str,
}

fn readers() -> [Reader; 2] {
    let reader = |user, number, language, leader| Reader {
        user,
        person: TestApp::worker(number),
        language,
        leader,
    };
    [
        reader("employee", 4, "en", "supervisor"),
        reader("user7", 7, "es", "supervisor2"),
    ]
}

/// A mail as it goes out.
struct Mail {
    kind: String,
    language: String,
    to: String,
    /// Subject, words, what they were made of, and the calendar file with its lines put together.
    text: String,
}

impl Mail {
    fn of(kind: &str, language: &str, letter: Letter) -> Self {
        const NAMES: [&str; 11] = [
            "brand", "code", "link", "name", "time", "until", "place", "minutes", "support",
            "details", "answer",
        ];
        let named = |(name, value): &(String, String)| {
            let known = NAMES.into_iter().find(|known| known == name);
            (known.expect("a known variable"), value.clone())
        };
        let said: Vec<(&'static str, String)> = letter.variables.iter().map(named).collect();
        let part = |part: &str| {
            let id = format!("mail-{kind}-{part}");
            words::find(language, &id, &said).expect("its words")
        };
        let file = letter.calendar.unwrap_or_default().replace("\r\n ", "");
        let made_of = format!("{said:?}");
        Self {
            kind: kind.to_owned(),
            language: language.to_owned(),
            to: letter.to,
            text: [part("subject"), part("body"), made_of, file].join("\n"),
        }
    }
}

/// Everything that was written to anybody, sent or not.
async fn mails(app: &TestApp) -> Vec<Mail> {
    let rows = format!(
        "SELECT string_agg(concat_ws(' ', id, kind, language, encode(sealed, 'hex')), E'\\n' ORDER BY created_at, id)
           FROM outbox_mails WHERE provider_org_id = '{SALUS}'"
    );
    let rows = app.database.text(&rows).await;
    let opened = app.state.run_system(SALUS, "test", async |tx: &mut Tx| {
        let key = tx.organization_key().await?;
        let mut found = Vec::new();
        for row in rows.lines() {
            let columns: Vec<&str> = row.split(' ').collect();
            let place = Sealed {
                table: "outbox_mails",
                column: "sealed",
                row: columns[0].parse().expect("an id"),
            };
            let sealed = hex::decode(columns[3]).expect("bytes");
            let letter = key.open(&place, &sealed)?;
            let letter: Letter = serde_json::from_slice(&letter).expect("a letter");
            found.push(Mail::of(columns[1], columns[2], letter));
        }
        Ok(found)
    });
    opened.await.expect("mails")
}

/// How all kinds of visits are called, and who and what is at the clinics, and how those are called; and
/// the codes of the kinds.
async fn unsaid(app: &TestApp) -> (Vec<String>, Vec<String>) {
    let lines = async |query: &str| {
        let all = app.database.text(query).await;
        all.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let mut names = lines(
        "SELECT string_agg(name, E'\\n') FROM (
             SELECT name FROM appointment_types UNION SELECT public_name FROM appointment_type_texts
             UNION SELECT name FROM resources UNION SELECT name FROM locations WHERE kind = 'clinic') named",
    )
    .await;
    for name in ["Hearing test", "Injury follow-up", "Fort Wayne Clinic"] {
        assert!(names.iter().any(|known| known == name), "{names:?}");
    }
    names.extend(["J. Lee", "audiogram", "respirator", WHY].map(str::to_owned));
    let codes = lines("SELECT string_agg(code, E'\\n') FROM appointment_types").await;
    assert_eq!(codes.len(), 5, "each kind of visit has a test here");
    (names, codes)
}

/// A person to whom everything happens that is told of visits, with one kind of visit.
struct Story {
    app: TestApp,
    reader: Reader,
    client: Client,
    desk: Client,
    kind: AppointmentTypeId,
}

impl Story {
    /// Everybody may book and see all kinds of visits, and each has something to do before.
    async fn begin(kind: AppointmentTypeId, reader: Reader) -> Self {
        let app = nobody_waits().await;
        app.database
            .execute(
                "UPDATE appointment_types SET employee_bookable = true, supervisor_bookable = true,
                     visible_to_supervisor = true, clinic_confirms = true;
                 UPDATE appointment_type_texts SET prep_public = 'Come rested.' WHERE prep_public = ''",
            )
            .await;
        let module = "supervisor_scheduling";
        set_option(&app, "northwind-team", module, "mode", "\"request\"").await;
        Self {
            client: app.signed_in(reader.user).await,
            desk: app.scheduler().await,
            app,
            reader,
            kind,
        }
    }

    fn modality(&self) -> Modality {
        match self.kind == VIDEO {
            true => Modality::Telehealth,
            false => Modality::InPerson,
        }
    }

    fn region(&self) -> Option<String> {
        (self.kind == VIDEO).then(|| "US-IN".to_owned())
    }

    async fn free(&self, date: &str) -> Vec<Slot> {
        let query = SlotsQuery {
            appointment_type_id: self.kind,
            location: None,
            resource: None,
            modality: Some(self.modality()),
            region: self.region(),
            item: None,
            moving: None,
            from: day(date),
            to: day(date),
            limit: Some(200),
            cursor: None,
        };
        let free = self.client.list_my_slots(&query).await;
        free.expect("free times").items
    }

    /// Books for somebody at the desk.
    async fn booked(&self, person: PersonId, slot: &Slot) -> ClinicAppointment {
        let command = BookForPerson {
            region: self.region(),
            ..for_person(person, self.kind, slot)
        };
        let booked = self.desk.book_appointment(&new_key(), &command).await;
        booked.expect("a booking").value
    }

    /// Books as the person does: the clinic has to agree.
    async fn wanted(&self, slot: &Slot) -> Appointment {
        let command = HoldSlot {
            region: self.region(),
            ..wish(self.kind, slot)
        };
        let held = self.client.hold_my_slot(&new_key(), &command).await;
        let command = BookAppointment {
            hold_id: held.expect("a hold").id,
            comment: Some(WHY.to_owned()),
        };
        let wanted = self.client.book_my_appointment(&new_key(), &command).await;
        let wanted = wanted.expect("a booking").value;
        assert_eq!(wanted.state, State::Pending);
        noted(&self.app).await;
        wanted
    }

    /// Somebody else has a time on that date and gives it back.
    async fn something_is_free_on(&self, date: &str) {
        let free = self.free(date).await;
        let theirs = self.booked(TestApp::worker(9), &free[0]).await;
        let gone = self
            .desk
            .cancel_appointment(theirs.id, theirs.version, &ill());
        gone.await.expect("given back");
        asked(&self.app).await;
        noted(&self.app).await;
    }

    /// The person has a visit, and is offered earlier times: one that is kept, one that is not.
    async fn is_offered_something_earlier(&self) -> AppointmentId {
        let free = self.free("2027-03-10").await;
        let booked = self.booked(self.reader.person, &free[0]).await;
        noted(&self.app).await;
        let visit = self.client.get_my_appointment(booked.id).await;
        wishes_earlier(&self.client, &visit.expect("the visit").value).await;
        self.something_is_free_on("2027-03-02").await;
        let offer = kept_for(&self.client).await;
        let left = self.client.refuse_my_offer(offer.id).await;
        left.expect("left to others");
        asked(&self.app).await;
        let to_several = "UPDATE locations SET offer_broadcast = true";
        self.app.database.execute(to_several).await;
        self.something_is_free_on("2027-03-03").await;
        booked.id
    }

    /// What the person asks for is answered twice; then who leads them asks.
    async fn asks_and_is_answered(&self) {
        let asking = RequestAppointment {
            appointment_type_id: self.kind,
            location_id: None,
            resource_id: None,
            modality: self.modality(),
            region: self.region(),
            preferences: Vec::new(),
            contact: Contact::Message,
            comment: Some(WHY.to_owned()),
        };
        let sent = self
            .client
            .request_my_appointment(&new_key(), &asking)
            .await;
        let sent = sent.expect("a request").value;
        noted(&self.app).await;
        let free = self.free("2027-03-04").await;
        let times = OfferTimes {
            times: vec![RequestTime {
                starts_at: free[0].starts_at,
                location_id: free[0].location_id,
                modality: free[0].modality,
                resource_id: None,
            }],
            hours: None,
            set_aside: None,
        };
        let desk = &self.desk;
        let offered = desk.offer_appointment_times(sent.id, sent.version, &times);
        let offered = offered.await.expect("offered").value;
        noted(&self.app).await;
        let command = DeclineRequest {
            reason: WHY.to_owned(),
            wait_list: false,
        };
        let declined = desk.decline_appointment_request(sent.id, offered.version, &command);
        declined.await.expect("declined");
        noted(&self.app).await;

        let leader = self.app.signed_in(self.reader.leader).await;
        let asking = RequestForReport {
            appointment_type_id: self.kind,
            location_id: None,
            resource_id: None,
            modality: self.modality(),
            region: self.region(),
            preferences: Vec::new(),
            comment: Some(WHY.to_owned()),
        };
        let sent = leader.request_for_report(self.reader.person, &new_key(), &asking);
        sent.await.expect("a request");
        noted(&self.app).await;
    }

    async fn is_denied(&self) {
        let free = self.free("2027-03-09").await;
        let wanted = self.wanted(&free[0]).await;
        let why = DenyAppointment {
            reason: WHY.to_owned(),
        };
        let denied = self.desk.deny_appointment(wanted.id, wanted.version, &why);
        denied.await.expect("denied");
        noted(&self.app).await;
    }

    async fn is_agreed_to_and_moved(&self) {
        let free = self.free("2027-03-08").await;
        let wanted = self.wanted(&free[0]).await;
        let agreed = self.desk.confirm_appointment(wanted.id, wanted.version);
        let agreed = agreed.await.expect("agreed").value;
        noted(&self.app).await;
        let last = free.last().expect("a later time");
        let command = MoveForPerson {
            starts_at: last.starts_at,
            location_id: last.location_id,
            modality: last.modality,
            region: self.region(),
            resource_id: None,
            set_aside: None,
        };
        let moved = self
            .desk
            .move_appointment(agreed.id, agreed.version, &command);
        moved.await.expect("moved");
        noted(&self.app).await;
    }

    /// Time goes by until all reminders of the visit that was moved are written.
    async fn is_reminded(&self) {
        for at in [
            "2027-03-03T15:00:00Z",
            "2027-03-07T15:00:00Z",
            "2027-03-07T23:00:00Z",
        ] {
            self.app.state.clock.set(instant(at));
            reminded(&self.app, at).await;
        }
    }

    async fn is_cancelled(&self, visit: AppointmentId) {
        let version = self.desk.get_appointment(visit).await.expect("it").version;
        let command = CancelAppointment {
            reason: "clinic_cancels".to_owned(),
            comment: Some(WHY.to_owned()),
        };
        let cancelled = self.desk.cancel_appointment(visit, version, &command);
        cancelled.await.expect("cancelled");
        noted(&self.app).await;
    }

    /// What was told to the person is all there is to tell, and nothing of it, nor of what was told to
    /// others, says more than it may.
    async fn tells_nothing(&self) {
        let (names, codes) = unsaid(&self.app).await;
        let address = format!(
            "SELECT value FROM contact_points WHERE kind = 'email' AND person_id = '{}'",
            self.reader.person
        );
        let address = self.app.database.text(&address).await;
        let mails = mails(&self.app).await;
        let own: Vec<&Mail> = mails.iter().filter(|mail| mail.to == address).collect();
        for kind in KINDS {
            assert!(own.iter().any(|mail| mail.kind == kind), "no {kind}");
        }
        for mail in own {
            assert_eq!(mail.language, self.reader.language, "{}", mail.text);
            assert!(mail.text.contains("Northwind"), "{}", mail.text);
            let happened = ["booked", "confirmed", "moved", "cancelled"];
            let kind = mail.kind.strip_prefix("appointment-");
            if kind.is_some_and(|kind| happened.contains(&kind)) {
                assert!(mail.text.contains("BEGIN:VEVENT"), "{}", mail.text);
            }
        }
        for Mail { kind, text, .. } in &mails {
            let lower = text.to_lowercase();
            for name in &names {
                let said = lower.contains(&name.to_lowercase());
                assert!(!said, "{name} in {kind}: {text}");
            }
            for code in &codes {
                assert!(!text.contains(code), "{code} in {kind}: {text}");
            }
        }
    }
}

/// Has the reminders that are due written; the server's own worker may hold some.
async fn reminded(app: &TestApp, at: &str) {
    let left = format!(
        "SELECT count(*)::text FROM appointment_reminders WHERE state = 'waiting' AND due_at <= '{at}'"
    );
    for _ in 0..TRIES {
        work_once(&app.state).await.expect("written");
        if app.database.text(&left).await == "0" {
            return;
        }
    }
    panic!("some are never settled");
}

async fn nothing_is_told_of(kind: AppointmentTypeId) {
    for reader in readers() {
        let story = Story::begin(kind, reader).await;
        let visit = story.is_offered_something_earlier().await;
        story.asks_and_is_answered().await;
        story.is_denied().await;
        story.is_agreed_to_and_moved().await;
        story.is_reminded().await;
        story.is_cancelled(visit).await;
        story.tells_nothing().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_told_of_a_hearing_test_says_so() {
    nothing_is_told_of(AUDIO).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_told_of_a_fit_test_says_so() {
    nothing_is_told_of(FIT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_told_of_an_examination_says_so() {
    nothing_is_told_of(PHYS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_told_of_a_visit_after_an_injury_says_so() {
    nothing_is_told_of(FOLLOW_UP).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_told_of_a_talk_by_video_says_so() {
    nothing_is_told_of(VIDEO).await;
}
