# Appointments: booking, one's own visits, the clinic's calendar.

## Problems

problem-slot-taken = That time has just been taken
problem-slot-taken-detail = Somebody was quicker. Choose one of the other times.
problem-person-busy = There is another appointment at that time
problem-person-busy-detail = Nobody can be in two places. Choose another time, or give the other appointment back first.
problem-slot-not-offered = That time is not offered
problem-slot-not-offered-detail = Look at the free times again and choose one of them.
problem-hold-expired = The time is no longer kept for you
problem-hold-expired-detail = We keep a time for a few minutes only. Choose it again if it is still free.
problem-hold-limit = You have chosen many times within an hour
problem-hold-limit-detail = Wait a while before choosing another one, or call the clinic.
problem-notice-too-short = It is too late to do this here
problem-notice-too-short-detail = The clinic needs more notice. Please call, and they will help you.
problem-too-many-moves = This appointment was moved too often
problem-too-many-moves-detail = It stays where it is. Please call the clinic if you need another time.
problem-check-in-closed = You cannot check in now
problem-check-in-closed-detail = It is too early or too late. Please go to the desk or call the clinic.
problem-appointment-begun = The appointment has begun
problem-appointment-begun-detail = It can no longer be moved or given back here.
problem-past-due = Past due. Please contact the clinic to schedule.
problem-past-due-detail = What this appointment is for is past its date.
problem-limit-reached = You cannot book another one
problem-limit-reached-detail = You have as many appointments as can be booked here. The clinic can book more for you.
problem-link-expired = This link does not work any more
problem-link-expired-detail = It was used, the appointment has begun, or your address has changed. Sign in, or call the clinic.
problem-link-locked = Too many links that do not exist
problem-link-locked-detail = Wait a quarter of an hour and try again, or sign in.
problem-override-needed = A rule stands in the way
problem-override-needed-detail = Staff can set it aside by name, with a reason.
problem-override-reason-required = A reason is needed
problem-override-reason-required-detail = Say in at least 10 characters why the rule does not hold this time.
problem-comment-required = Please write a comment
problem-comment-required-detail = The clinic wants to know something before this appointment.
problem-search-window-too-wide = Too many days at once
problem-search-window-too-wide-detail = Look at 31 days or fewer at a time.
code-kept-for-moving = This time is kept for moving an appointment.
code-kept-for-another-visit = This time is kept for something else.
code-another-kind = The appointment is of another kind.
code-not-asked-for = No rule of this name stands in the way.
code-not-offered = This time is not offered.
code-unknown-reason = This reason cannot be given here.
code-unknown = This is not known.

## One's own appointments

appointments = My appointments
appointments-book = Schedule a new appointment
appointments-to-schedule = To be scheduled
appointments-upcoming = Coming up
appointments-past = Past
appointments-none = No appointments
appointments-none-text = When you book one, it appears here.
appointments-past-none = Nothing yet
appointments-past-none-text = Appointments of the last months appear here.
appointment = Appointment
appointment-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
appointment-with = With
appointment-where = Where
appointment-when = When
appointment-how = How
appointment-prepare = What to do before
appointment-bring = What to bring
appointment-fasting = Nothing but water from { $time }
appointment-your-comment = What you wrote
appointment-who-sees = The clinic sees this appointment and what you write.
appointment-who-sees-supervisor = Your { $supervisor } sees the time, the place and the name “{ $name }”, nothing else.
appointment-who-sees-not-supervisor = Your { $supervisor } does not see it.
appointment-attend = I will come
appointment-attends = You said that you will come.
appointment-attend-thanks = Thank you. The clinic knows.
appointment-check-in-title = Are you there?
appointment-check-in-lead = Tell the clinic that you have arrived.
appointment-check-in-comment = Anything the desk should know
appointment-check-in = Check in
appointment-ready = I am ready
appointment-checked-in-at = You checked in at { $time }. Please wait until you are called.
appointment-denied = The clinic could not agree to this appointment: { $reason }
appointment-move = Move this appointment
appointment-move-until = You can move it here until { $time }.
appointment-move-late = To move this appointment, please call the clinic.
appointment-cancel = Cancel this appointment
appointment-cancel-until = You can cancel here until { $time }.
appointment-cancel-late = It is too late to cancel here. Please call the clinic.
appointment-ask-clinic = Ask the clinic
appointment-cancel-title = Cancel this appointment?
appointment-cancel-lead = { $name }, { $time }. The time is free for others then.
appointment-cancel-why = Why do you cancel?
appointment-cancel-text = Anything the clinic should know
appointment-cancel-text-hint = Only the clinic reads this.
appointment-needed = Please answer this.
appointment-cancel-keep = Keep it
appointment-cancelled = The appointment is cancelled
appointment-cancelled-because = Cancelled: { $reason }
appointment-zone = Times are local to { $place }.
appointment-in-person = In person
appointment-telehealth = Online
appointment-state = { $state ->
    [pending] Waits for the clinic
    [booked] Booked
    [checked_in] You are checked in
    [in_progress] In progress
    [fulfilled] Done
    [no_show] Missed
    [cancelled] Cancelled
   *[other] Withdrawn
}

appointment-add-to-calendar = Add to my calendar
calendar-file-title = Appointment - { $brand }

## Booking

book = Schedule an appointment
book-choose-type = What do you need?
book-search-type = Search
book-no-types = Nothing can be booked online
book-no-types-text = Please call the clinic; they will find a time for you.
book-choose-place = Where?
book-choose-provider = With whom?
book-first-available = First available provider
book-with = With { $name }
book-map = Show on a map
book-choose-day = Choose a day
book-choose-time = Choose a time
book-morning = Morning
book-afternoon = Afternoon
book-evening = Evening
book-more-days = Show more days
book-day-free = { $count ->
    [one] 1 time free
   *[other] { $count } times free
}
book-day-search = Show a day
book-day-list = Show the list again
book-day-beyond = Choose a day from { $first } to { $last }.
book-none-on = Nothing is free on { $date }
book-none-before = No free time before { $date }
book-none-before-text = Look further ahead, or call the clinic.
book-kept = We keep this time for you for { $time } more.
book-keep-longer = Keep it longer
book-comment = Anything the clinic should know
book-comment-hint = For example, that you need an interpreter. Not for emergencies.
book-now = Book this time
book-other-time = Choose another time
book-expired = The time is no longer kept for you
book-expired-text = What you wrote is still here. Choose a time again.
book-again = Choose { $time } again
book-others = These are free
book-taken = That time has just been taken
book-done = Your appointment is booked
book-done-pending = The clinic will confirm your appointment
book-done-pending-text = The time is kept for you. You will hear from the clinic.
book-done-forms = Before the visit
book-done-forms-text = Please answer the questions that belong to this appointment.
book-done-forms-open = Open my questionnaires
book-done-see = See my appointments
book-step-type = Appointment
book-step-time = Time
book-step-confirm = Confirm

## Moving

move = Move the appointment
move-now = Move it here
move-now-at = Now
move-stays = It stays there until you confirm another time.
move-done = Your appointment is moved
move-not = This appointment cannot be moved here
move-not-text = Please call the clinic; they will find another time for you.

## The team's appointments, for who leads it

team-appointments = Appointments
team-appointments-lead = You see when, where and the name everybody may know. Reasons are never shown here.
team-appointments-none = Nothing is scheduled
team-appointments-none-text = When somebody who reports to you has an appointment you may know of, it appears here.
team-appointments-over = Past, missed and cancelled
team-appointments-over-none-text = Appointments of the last 90 days appear here.
team-person-appointments-none = No appointment is scheduled.
team-to-schedule = To be scheduled
team-to-schedule-none = Nothing to schedule
team-ask-for-time = Ask the clinic for a time
team-visit-state = { $state ->
    [waiting_for_clinic] Waits for the clinic
    [booked] Booked
    [done] Done
    [missed] Missed
   *[cancelled] Cancelled
}

## The clinic's calendar

calendar = Calendar
calendar-location = Location
calendar-date = Date
calendar-today = Today
calendar-before = { $span ->
    [week] Week before
   *[day] Day before
}
calendar-after = { $span ->
    [week] Week after
   *[day] Day after
}
calendar-span-label = Show
calendar-span = { $span ->
    [week] Week
    [list] List
   *[day] Day
}
calendar-shown = Calendars
calendar-shown-all = All
calendar-shown-kind = { $kind ->
    [provider] All providers
   *[room] All rooms
}
calendar-week-of = Week of { $date }
calendar-week-columns = Calendar, a column for each day
calendar-empty = No appointments
calendar-empty-text = Schedules for this day: { $schedules }
calendar-no-schedules = Nobody works here on this day.
calendar-cancelled = Cancelled, missed or entered in error
calendar-columns = Calendar, a column for each resource
calendar-list = The day as a list
calendar-closed = Away
calendar-column-deleted = Deleted: still has appointments
calendar-fasting = Fasting
calendar-again = Book again
calendar-again-lead = The same appointment for the same person at the same place, at another time.
calendar-history = History
calendar-step = { $kind ->
    [requested] Asked for
    [booked] Booked
    [confirmed] Agreed to
    [denied] Not agreed to
    [moved] Moved
    [rearranged] With another provider, or of another length
    [attending] The person will come
    [checked_in] The person came
    [check_in_undone] Check-in undone
    [begun] Begun
    [completed] Completed
    [missed] The person did not come
    [corrected] Put right
    [cancelled] Cancelled
    [restored] Cancellation undone
   *[struck] Entered in error
}
calendar-step-side = { $side ->
    [person] { $signed ->
        [yes] in the { $portal }
       *[no] by a link in a mail, or a code at the door
    }
    [team] as { $supervisor }
    [clinic] clinic
   *[none] noted overnight
}
calendar-others = Other appointments of this person
calendar-others-none = Nothing ahead, and nothing in the last two years.
calendar-unread = { $count ->
    [one] Form to read
   *[other] { $count } forms to read
}
calendar-book = Book for a person
calendar-person = Person
calendar-type = Appointment
calendar-provider = Provider
calendar-any-provider = Any provider
calendar-from = From
calendar-free-none = No free time on these days
calendar-booked = Booked
calendar-comment = Comment
calendar-comment-hint = The person can read it.
calendar-employer-title = Which { $employer } is this for?
calendar-employer = { $Employer }
calendar-employer-go = Book
calendar-move = Move the appointment
calendar-moved = Moved
calendar-moved-to = To
calendar-move-here = Move it here
calendar-move-elsewhere = Or another free time
calendar-act-confirm = Agree
calendar-act-deny = Do not agree
calendar-act-check-in = The person is there
calendar-act-undo-check-in = Not there after all
calendar-act-begin = Begin
calendar-act-finish = Done
calendar-act-miss = Did not come
calendar-act-undo-cancel = Take it up again
calendar-act-correct = Was not missed
calendar-deny-lead = The time is free again, and { $name } reads your reason.
calendar-deny-reason = Reason, for the person to read
calendar-correct-state = What became of it?
calendar-correct-booked = It is still to come
calendar-correct-fulfilled = It took place
calendar-correct-reason = Reason, for the record
calendar-act-strike = Mark as entered in error
calendar-strike-lead = Use this when the appointment should never have been recorded. It stays in the record of { $name }, marked as entered in error, and its time is free again. This cannot be undone.
calendar-struck = Why it was entered in error
calendar-checked-in = There since
calendar-check-in-comment = Said at the desk
calendar-denial = Why the clinic did not agree
calendar-attends = Will come
calendar-waiting = { $minutes ->
    [one] Waiting 1 minute
   *[other] Waiting { $minutes } minutes
}
calendar-waiting-long = { $minutes ->
    [one] Long wait: 1 minute
   *[other] Long wait: { $minutes } minutes
}
calendar-changed = Saved
calendar-walk-in = The person is here: start now
calendar-another-time = Another time
calendar-another-time-take = Take this time
calendar-override = Rule set aside
calendar-override-title = This stands in the way
calendar-override-kind = { $kind ->
    [double_book] More people at this time than planned
    [outside_hours] Outside the hours
    [inside_blackout] Somebody or something is away
    [ignore_buffer] No time kept free before or after
    [over_cap] More appointments on this day than planned
    [not_qualified] Not qualified for this appointment
    [region] Nobody may be seen online where the person will be
   *[location_not_linked] This location is not open to this person
}
calendar-override-reason = Why all the same?
calendar-override-reason-hint = At least { $count } characters. Your colleagues see it on the calendar.
calendar-override-anyway = Do it all the same
calendar-cancel = Cancel the appointment
calendar-cancel-lead = { $name } will be told.
calendar-open-chart = Open the chart
calendar-reason = Why
calendar-comment-booking = Written when booking
calendar-comment-cancel = Written when cancelling
calendar-state = { $state ->
    [pending] To confirm
    [booked] Booked
    [checked_in] Checked in
    [in_progress] In progress
    [fulfilled] Done
    [no_show] Missed
    [cancelled] Cancelled
   *[other] Entered in error
}

# A time for somebody who reports to one, and what they read of it.
appointment-comment-of-supervisor = What your { $supervisor } wrote
calendar-comment-supervisor = Written by the { $supervisor } who booked
team-schedule = Schedule
team-schedule-go = Schedule, move or cancel
team-schedule-request = Ask for a time
team-schedule-title = Schedule an appointment
team-schedule-pick = For whom?
team-schedule-search = Name
team-schedule-search-hint = Type a part of the name.
team-schedule-nobody = Nobody reports to you in { $product } yet
team-schedule-nobody-matches = Nobody of that name reports to you.
team-schedule-new = New appointment
team-schedule-what = What is it for?
team-schedule-coming = Coming up and missed
team-schedule-by-clinic = The clinic makes appointments
team-schedule-by-clinic-text = Please call the clinic; they will find a time.
team-schedule-who = For
team-schedule-comment = A comment
team-schedule-comment-hint = { $name } can read it, and so can the clinic. Write nothing about health.
team-schedule-will-be-told = { $name } will be told of the time and the place.
team-schedule-clinic-confirms = The clinic has to confirm this kind of appointment.
team-schedule-done = The appointment is booked
team-schedule-moved = The appointment is moved
team-schedule-told = { $name } has been told.
team-schedule-see = Back to the appointments
team-request-will-be-told = { $name } will be told that you asked. The clinic answers you and { $name }.
team-request-done-text = The clinic answers by { $time }. { $name } has been told that you asked.
team-request-done-text-soon = The clinic will answer. { $name } has been told that you asked.
team-request-write = Write to the clinic instead
team-past-due-clinic = Past due. The clinic must schedule this.
team-visit-move = Move
team-visit-cancel = Cancel
team-visit-cancel-of = Cancel: { $name }
team-cancel-lead = { $what }, { $time }. { $name } will be told.
home-past-due-warning = Past due. Please contact the clinic to schedule.
# Asking the clinic for an appointment

problem-offer-expired = This time is no longer kept for you
problem-offer-expired-detail = The clinic can propose another one.
problem-offer-taken = Somebody else was quicker
problem-offer-taken-detail = This time has gone. You go on waiting for the next one.
code-slot-taken = This time has just been taken.
code-person-busy = The person has another appointment at that time.
code-override-needed = A rule stands in the way of this time.
code-overlaps = This time overlaps another one.
code-too-many = At most { $limit } are possible.
request-said = I would like an appointment: { $name }
request = Request an appointment
request-lead = Say what you need and when it suits you. The clinic finds a time.
request-none = Nothing can be requested here
request-choose = What do you need?
request-where = Where?
request-anywhere = Anywhere
request-anybody = Anybody
request-when = When does it suit you?
request-when-hint = Up to three wishes. Without one, any time suits.
request-wish = Wish { $number }
request-from = From
request-to = Until
request-part = Part of the day
request-part-name = { $part ->
    [morning] Morning
    [afternoon] Afternoon
    [evening] Evening
   *[any] Any time of day
}
request-weekdays = Days of the week
request-weekdays-hint = None chosen means every day.
request-wish-add = Add another wish
request-wish-remove = Remove this wish
request-contact = How shall the clinic reach you?
request-contact-name = { $contact ->
    [phone] By phone
    [email] By e-mail
   *[message] By message here
}
request-comment = Anything the clinic should know
request-comment-hint = For example, which shift you work. Not for emergencies.
request-send = Send the request
request-done-open = Open the request
request-who-sees = The clinic sees what you write here. Your { $supervisor } does not.
request-done = Your request is sent
request-done-text = The clinic answers by { $time }. You find the request among your appointments.
request-done-text-soon = The clinic will answer. You find the request among your appointments.
requests = Requests
requests-none = No requests
requests-none-text = When you ask the clinic for a time, you follow it here.
request-asked-by-supervisor = Your { $supervisor } asked for this.
request-sent-at = Sent { $time }
request-step-sent = Sent
request-step-seen = Seen
request-step-offered = Times proposed
request-step-booked = Booked
request-state = { $state ->
    [open] Sent
    [seen] Seen by the clinic
    [offered] Choose a time
    [booked] Booked
    [declined] Declined
   *[withdrawn] Withdrawn
}
request-declined-because = The clinic has no time: { $reason }
request-booked-see = See the appointment
request-conversation = Messages about it
request-withdraw = Withdraw the request
request-withdraw-title = Withdraw this request?
request-withdraw-lead = The clinic stops looking for a time.
request-withdrawn = The request is withdrawn
request-offers = The clinic proposes
request-offers-lead = { $count ->
    [one] This time is kept for you. Take it, or say that it does not suit.
   *[other] These times are kept for you. Take one, or say that none suits.
}
request-offer-kept = Kept for { $time } more
request-offer-open = First come, first served for { $time } more
request-offer-gone = No longer kept
request-accept = Take { $time }
request-accepted = Your appointment is booked
request-refuse = None of these suits
request-refuse-title = Does none of these times suit?
request-refuse-lead = The times are free for others then, and the clinic looks again.
request-refused = The clinic looks for other times
request-wish-line = { $from } to { $to }
request-any-time = Any time suits
book-request-instead = Request an appointment
book-request-text = Nothing that suits? Ask the clinic for a time.
book-call = Call the clinic
book-call-text = Appointments are made by phone here.

# The clinic's list of requests

nav-requests = Requests
work-requests = Appointment requests
requests-clinic = Appointment requests
requests-clinic-lead = What people ask the clinic for, the oldest first.
requests-clinic-none = Nobody waits for a time
requests-clinic-ended = Ended
requests-clinic-waiting = Waiting
requests-clinic-show = Show
requests-clinic-ended-none = Nothing ended yet
requests-waits = { $hours ->
    [0] Waits less than an hour
    [one] Waits 1 hour
   *[other] Waits { $hours } hours
}
requests-waits-days = { $days ->
    [one] Waits 1 day
   *[other] Waits { $days } days
}
requests-overdue = Late
requests-answer-by = Answer promised by
requests-clinic-state = { $state ->
    [open] New
    [seen] Seen
    [offered] Times proposed
    [booked] Booked
    [declined] Declined
   *[withdrawn] Withdrawn
}
requests-sent = Sent
requests-asked-by = Asked by
requests-asked-by-person = The person
requests-asked-by-team = Somebody they report to
requests-wishes = Wishes
requests-contact = Answer wanted
requests-comment = What was written
requests-proposed = Proposed
requests-proposed-until = until { $time }
requests-find = Find times
requests-find-hint = Choose one to book it, or up to five to propose them.
requests-suits-only = Only times that suit
requests-another-time-choose = Choose this time
requests-book-comment-hint = It goes with a booking, not with a proposal. The person can read it.
requests-chosen = { $count ->
    [0] Nothing chosen
    [one] 1 time chosen
   *[other] { $count } times chosen
}
requests-chosen-remove = Remove { $time }
requests-none-suits = No free time on these days suits. Show all times, or look at other days.
requests-hours = Keep them for
requests-hours-count = { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
requests-offer = { $count ->
    [one] Propose this time
   *[other] Propose these { $count } times
}
requests-offered = The times are kept and proposed
requests-offer-again = What is proposed now is taken back.
requests-book = Book this time
requests-booked = Booked
requests-decline = Decline
requests-decline-lead = { $name } reads your reason.
requests-decline-reason = Reason, for the person to read
requests-declined = Declined
requests-ask = Ask the person
requests-clinic-show-state = State
requests-see-visits = Their appointments
home-choose = Choose a time: { $what }

## One visit for everything due

problem-plan-stale = These times are not free any more
problem-plan-stale-detail = Nothing was booked. Look at the plans again: they are made anew.
visit-plans = One visit for everything due
visit-plans-card = Several things are due. They can be done one after the other.
visit-plans-saves = { $count ->
    [one] saves 1 visit
   *[other] saves { $count } visits
}
visit-plans-look = Show the plans
visit-plans-visits = { $count ->
    [one] All in 1 visit
   *[other] All in { $count } visits
}
visit-plans-choose = Choose this plan
visit-plans-late = after its due date
visit-plans-left-out = Not in these plans: { $names }. Please book that by itself, or call the clinic.
visit-plans-none = Nothing can be put together
visit-plans-none-text = No times were found that follow each other. Book each appointment by itself, or call the clinic.
visit-plans-check = Check and confirm
visit-plans-visit = Visit { $number }
visit-plans-not-kept = These times are not kept for you until you book.
visit-plans-book = { $count ->
    [one] Book this visit
   *[other] Book all { $count } visits
}
visit-plans-other = Choose another plan
visit-plans-done = Everything is booked
visit-plans-done-pending = The clinic still has to confirm part of it. You will hear from the clinic.
visit-plans-step-plan = Plan
visit-plans-step-confirm = Confirm

## Waiting for a time

wait-list-offer = A time is free for you
wait-list-offer-lead = It is kept for you for a while. Then it goes to the next person.
wait-list-offer-open-lead = Others were told of it too: whoever takes it first has it.
wait-list-offer-moves = If you take it, your appointment of { $time } is moved there.
wait-list-accepted = The time is yours
wait-list-refuse = No thanks
wait-list-refused = It goes to the next person
wait-list-earlier = An earlier time
wait-list-earlier-lead = We tell you when a time before this one gets free. Your appointment stays until you take another one.
wait-list-earlier-wish = Tell me if an earlier time gets free
wait-list-earlier-wished = We tell you when an earlier time gets free.
wait-list-earlier-stop = Do not tell me any more
wait-list-earlier-stopped = We do not tell you any more
wait-list-due = You wait for a time already: we tell you when one gets free.
wait-list-own = You wait for a time
wait-list-own-lead = When one gets free that suits you, we offer it to you.
wait-list-own-any = Any time suits
wait-list-own-change = Which times suit
wait-list-own-saved = Saved: we offer you only what suits
wait-list-own-any-way = Any way

nav-wait-list = Wait list
wait-list = Wait list
wait-list-lead = Who waits for a time, the longest first. What gets free is offered to one after the other.
wait-list-none = Nobody waits for a time
wait-list-none-text = Nobody waits, or nobody whom you look for.
wait-list-any-resource = With anybody
wait-list-any-place = Anywhere
wait-list-any-kind = Any kind
wait-list-due-by = Due by
wait-list-hide-future = Hide what people do not see yet
wait-list-waits-for = Waits for
wait-list-waits-for-name = { $what ->
    [earlier] An earlier time
    [request] A request without a time
   *[due_item] Something due
}
wait-list-due-on = due { $date }
wait-list-visible-on = seen from { $date }
wait-list-instead-of = instead of { $time }
wait-list-past-due = Past due
wait-list-wishes = Wishes
wait-list-since = Waits since
wait-list-first = First in line
wait-list-offered = Offered until { $time }
wait-list-escalate = Put first
wait-list-escalate-back = Put back in line
wait-list-close = Waits no more
wait-list-close-title = Take off the wait list?
wait-list-close-lead = { $name } is offered no more times for this. What is due stays due.
wait-list-closed = Taken off the wait list
wait-list-more = More for { $name }
wait-list-log = Offers
wait-list-log-of = Offers to { $name }
wait-list-log-all = Times that got free
wait-list-log-none = No time got free yet
wait-list-freed = { $by ->
    [move] moved away
    [refusal] not taken when proposed
    [blackout_ended] a time away ended
    [capacity_added] added to the hours
   *[cancellation] cancelled
}
wait-list-broadcast = told to several at once
wait-list-outcome = { $outcome ->
    [taken] Taken
    [nobody] Nobody took it
    [too_late] It starts too soon now
   *[open] Being offered
}
wait-list-turn-offer = { $state ->
    [held] is asked now
    [accepted] took it
    [declined] did not want it
    [expired] did not answer in time
    [beaten] was not the first
   *[withdrawn] did not need it any more
}
wait-list-turn-skip = { $reason ->
    [no_channel] was passed over: no address to write to
    [person_busy] was passed over: elsewhere at that time
    [live_offer] was passed over: another time is kept for them
    [offers_in_week] was passed over: three offers in seven days
   *[quiet_hours] was passed over: quiet hours
}
wait-list-put = Put them on the wait list for a time that gets free
wait-list-look-again = Goes on at { $time }
# Visits online, and the screen at the clinic's door
problem-region-not-covered = Nobody can see people there at this time
problem-region-not-covered-detail = Those who work then may see people only in other states or countries. Choose another time or call the clinic.
problem-check-in-locked = Too many wrong codes
problem-check-in-locked-detail = Wait a quarter of an hour, or go to the desk.
code-not-covered = Nobody who works then may see people there.
code-not-a-link = This is not a web address that begins with https. At most { $limit } characters.
code-no-provider = Only somebody who sees people can have a link.
region-field = In which state or country will you be?
region-field-of-somebody = In which state or country will the person be?
region-field-hint = Clinicians may see people online only where they are licensed.
book-choose-region-first = Choose where, then the free times appear.
book-choose-provider-first = Choose a provider to see the free times.
appointment-region = Where you will be
appointment-join = Join
appointment-join-from = You can join from { $time }.
appointment-check-in-code = Code for checking in
appointment-check-in-qr = The code as a picture, for the scanner at the door
kiosk-title = Check in
kiosk-lead = Type the code from your e-mail or from the appointment's page, or hold its picture to the scanner.
kiosk-code = Your code
kiosk-code-hint = Six letters and numbers, such as K7M-2PX
kiosk-done = You are checked in
kiosk-done-at = at { $time }
kiosk-done-lead = Please take a seat. Somebody will call you.
kiosk-next = Next person
kiosk-unknown = No appointment here has this code now
kiosk-unknown-text = Check the code and try again, or ask at the desk.
kiosk-failed = It did not work
book-time-there = { $time } at the clinic

# When one does not want to be disturbed

quiet-hours = Quiet hours
quiet-hours-lead = In these hours no e-mail reminds you of an appointment, and no time that gets free is offered to you. Reminders come when the quiet hours end. If something about your appointment changes, you hear of it at once.
quiet-hours-on = I have quiet hours
quiet-hours-from = From
quiet-hours-until = Until
