"""The main job with the client that openapi-python-client makes from the API's document.

`contract.mjs` generates the package `salus_client` and runs this with it.
"""

import datetime
import json
import sys
import uuid

from salus_client import AuthenticatedClient, Client
from salus_client.api.accounts import open_session
from salus_client.api.audit import list_my_access_ledger
from salus_client.api.messaging import (
    list_clinic_messages,
    list_my_message_types,
    list_my_messages,
    send_clinic_message,
    start_my_conversation,
)
from salus_client.api.questionnaires import (
    get_response,
    list_my_questionnaire_assignments,
    list_responses,
    review_response,
    save_my_answers,
    start_my_response,
    submit_my_response,
)
from salus_client.api.scheduling import book_my_appointment, hold_my_slot, list_my_appointments, list_my_slots
from salus_client.api.surveillance import list_my_due_items
from salus_client.api.work_status import get_team_work_status, list_team_people, write_restriction
from salus_client.models import (
    AnswerOperation,
    BookAppointment,
    HoldSlot,
    OpenSession,
    Problem,
    SaveAnswers,
    SendMessage,
    StartConversation,
    StartResponse,
    SubmitResponse,
    SubmitResponseAnswers,
    WeightFrequency,
    WeightLimit,
    WeightLimitShape,
    WeightLine,
    WeightUnit,
    WriteRestriction,
)

QUESTION = "Which gloves protect from the new solvent?"
REPLY = "The nitrile ones, changed every hour."
MEDICINE = "Zanthorvelin, one a day"
PROBLEM = "Rotator cuff strain"
HOW_TO = "Ask for a second pair of hands at the press."
# What the sandbox's form before an exam asks.
ANSWERS = {
    "noise_recent": True,
    "noise_hours": "2.5",
    "noise_protection": "sometimes",
    "ear_symptoms": ["none"],
    "respirator_use": "never",
    "smoker": False,
    "weight": {"value": "181", "unit": "[lb_av]"},
    "height": {"value": "70", "unit": "[in_i]"},
    "takes_medicines": True,
    "medicines": MEDICINE,
}

origin, password = sys.argv[1:]


def ask(operation, client, *path, **arguments):
    """Calls an operation, which must not answer a problem; gives back what it answered and its headers."""
    response = operation.sync_detailed(*path, client=client, **arguments)
    answer = response.parsed
    if isinstance(answer, Problem) or response.status_code >= 400:
        raise SystemExit(f"{operation.__name__}: {response.status_code} {response.content.decode()}")
    assert answer is not None, f"{operation.__name__}: {response.status_code} and nothing was read"
    return answer, response.headers


def got(operation, client, *path, **arguments):
    return ask(operation, client, *path, **arguments)[0]


def found(items, wanted, what):
    one = next((item for item in items if wanted(item)), None)
    assert one is not None, f"{what} is not there"
    return one


def step(text):
    print(f"    {text}", flush=True)


def day(after):
    return datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=after)


def signed_in(name):
    body = OpenSession(email=f"{name}@sandbox.example", password=password)
    opened = got(open_session, Client(base_url=origin), body=body)
    step(f"{name}: signed in as {opened.session.display_name}")
    client = AuthenticatedClient(base_url=origin, token=opened.access_token)
    return client, opened.session.display_name


employee, person = signed_in("employee")

due = got(list_my_due_items, employee).items
item = found(due, lambda one: "book" in one.allowed, "something to book")
step("employee: due are " + ", ".join(f"{one.name} by {one.due_on}" for one in due))

asked = {"type_": item.appointment_type_id, "item": item.id, "from_": day(1), "to": day(20)}
slots = got(list_my_slots, employee, **asked).items
slot = slots[0]
hold = got(
    hold_my_slot,
    employee,
    idempotency_key=str(uuid.uuid4()),
    body=HoldSlot(
        appointment_type_id=item.appointment_type_id,
        item_id=item.id,
        starts_at=slot.starts_at,
        location_id=slot.location_id,
        modality=slot.modality,
    ),
)
step(f"employee: holds {slot.local_date} {slot.local_time}, one of {len(slots)} times, for {hold.seconds_left} s")
visit = got(book_my_appointment, employee, body=BookAppointment(hold_id=hold.id))
assert visit.starts_at == slot.starts_at
found(got(list_my_appointments, employee).items, lambda one: one.id == visit.id, "the booked visit")
step(f"employee: booked {visit.public_name} ({visit.state})")

assignments = got(list_my_questionnaire_assignments, employee).items
assignment = found(assignments, lambda one: one.state == "open", "a questionnaire to answer")
draft = got(start_my_response, employee, body=StartResponse(assignment_id=assignment.id))
answers = SubmitResponseAnswers.from_dict(ANSWERS)
operations = [
    AnswerOperation(op_id=uuid.uuid4(), path=f"/answers/{link}", base=0, value=answers[link]) for link in ANSWERS
]
saved = got(save_my_answers, employee, draft.id, body=SaveAnswers(operations=operations))
assert set(saved.answers.to_dict()) == set(ANSWERS)
sent = got(
    submit_my_response,
    employee,
    draft.id,
    body=SubmitResponse(
        person_id=draft.person_id, version=saved.version, today=saved.today, answers=answers, leave_blank=True
    ),
)
assert sent.state == "submitted"
step(f'employee: sent {len(operations)} answers to "{assignment.title["en"]}", receipt {sent.receipt}')

types = got(list_my_message_types, employee).items
kind = found(types, lambda one: one.clinical, "a clinical type of message")
body = StartConversation(type_id=kind.id, subject="Gloves", text=QUESTION)
conversation = got(start_my_conversation, employee, body=body)
step(f"employee: wrote to the clinic ({conversation.type_name})")

clinic, clinician = signed_in("clinician")

found(got(list_responses, clinic).items, lambda one: one.id == draft.id, "the sent answers")
read, headers = ask(get_response, clinic, draft.id)
medicine = found(read.answers, lambda one: one.link_id == "medicines", "the answer about medicines")
assert medicine.entered == MEDICINE
signed = got(review_response, clinic, draft.id, if_match=headers["etag"])
step(f"clinician: read {len(read.answers)} answers and {len(read.observations)} observations, now {signed.state}")

written = got(list_clinic_messages, clinic, conversation.id).items
found(written, lambda one: one.text == QUESTION, "the employee's message")
got(send_clinic_message, clinic, conversation.id, body=SendMessage(text=REPLY))
step("clinician: read the message and replied")

line = WeightLine(value="20", unit=WeightUnit.LB, frequency=WeightFrequency.ANY)
restriction = got(
    write_restriction,
    clinic,
    draft.person_id,
    body=WriteRestriction(
        kind="lift",
        limit=WeightLimit(shape=WeightLimitShape.WEIGHT, lines=[line]),
        ends=day(20).isoformat(),
        comment=HOW_TO,
        problem=PROBLEM,
    ),
)
step(f'clinician: wrote "{" ".join(one.text for one in restriction.sentences)}"')

supervisor, _ = signed_in("supervisor")

report = found(got(list_team_people, supervisor).items, lambda one: one.name == person, person)
status = got(get_team_work_status, supervisor, report.id)
shown = json.dumps([report.to_dict(), status.to_dict()])
assert "20 lb" in shown and HOW_TO in shown, "the supervisor does not see the restriction"
for secret in (QUESTION, REPLY, MEDICINE, PROBLEM):
    assert secret not in shown, f'a supervisor sees "{secret}"'
step(f"supervisor: {report.name} is {status.status}, {len(status.restrictions)} restrictions, nothing clinical")

answered = got(list_my_messages, employee, conversation.id).items
found(answered, lambda one: one.text == REPLY, "the reply")
ledger = got(list_my_access_ledger, employee).items
look = found(ledger, lambda one: one.by == clinician, f"{clinician} in the record's ledger")
step(f'employee: read the reply; "{look.by}" ({look.role}) opened the record: {look.data_class}, {look.act}')
