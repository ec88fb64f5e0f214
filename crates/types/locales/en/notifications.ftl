## E-mails

mail-something-new-subject = You have something new in { $brand }
mail-something-new-body =
    There is something new for you in { $brand }. Sign in to read it: { $link }

    For your privacy this message says no more. Replies to it are not read.

mail-appointment-booked-subject = Your appointment in { $brand }
mail-appointment-booked-body =
    Your appointment is booked:

    { $time }
    { $details }

    Say that you will come, move it or cancel it, without signing in: { $answer }

    See what to do before: { $link }

    For your privacy this message does not say what it is for. Replies to it are not read.
mail-appointment-pending-subject = Your appointment in { $brand } waits for the clinic
mail-appointment-pending-body =
    You asked for this time. The clinic still has to agree, and we tell you when it does:

    { $time }
    { $details }

    Look it up, move it or cancel it: { $link }

    For your privacy this message does not say what it is for. Replies to it are not read.
mail-appointment-confirmed-subject = The clinic agreed to your appointment in { $brand }
mail-appointment-confirmed-body =
    The clinic agreed. Your appointment:

    { $time }
    { $details }

    Say that you will come, move it or cancel it, without signing in: { $answer }

    See what to do before: { $link }

    For your privacy this message does not say what it is for. Replies to it are not read.
mail-appointment-moved-subject = Your appointment in { $brand } has a new time
mail-appointment-moved-body =
    Your appointment was moved. It is now:

    { $time }
    { $details }

    Say that you will come, move it or cancel it, without signing in: { $answer }

    See what to do before: { $link }

    For your privacy this message does not say what it is for. Replies to it are not read.
mail-appointment-reminder-subject = A reminder of your appointment in { $brand }
mail-appointment-reminder-body =
    You have an appointment:

    { $time }
    { $details }

    Say that you will come, move it or cancel it, without signing in: { $answer }

    See what to do before: { $link }

    For your privacy this message does not say what it is for. Replies to it are not read.
mail-appointment-preparation-subject = What to do before your appointment in { $brand }
mail-appointment-preparation-body =
    Your appointment comes nearer:

    { $time }
    { $details }

    See all there is to do before: { $link }

    You cannot come? Move it or cancel it, without signing in: { $answer }

    For your privacy this message does not say what it is for. Replies to it are not read.
mail-appointment-denied-subject = The clinic did not agree to a time in { $brand }
mail-appointment-denied-body =
    The clinic did not agree to this time:

    { $time }
    { $details }

    Read why, and choose another one: { $link }

    For your privacy this message does not say what it is for. Replies to it are not read.
mail-appointment-cancelled-subject = An appointment in { $brand } was cancelled
mail-appointment-cancelled-body =
    This appointment was cancelled:

    { $time }
    { $details }

    Look it up, or book another one: { $link }

    For your privacy this message does not say what it is for. Replies to it are not read.
mail-digest-daily-subject = Appointments in { $brand } today
mail-digest-daily-body =
    What is new about appointments:

    { $details }

    Sign in to see them: { $link }

    You can choose under Settings how often you get this. For privacy this message says no more. Replies to it are not read.
mail-digest-weekly-subject = Appointments in { $brand } this week
mail-digest-weekly-body =
    What was new about appointments since last time:

    { $details }

    Sign in to see them: { $link }

    You can choose under Settings how often you get this. For privacy this message says no more. Replies to it are not read.
mail-digest-staff-booked = Booked online: { $count }
mail-digest-staff-moved = Moved online: { $count }
mail-digest-staff-cancelled = Cancelled online: { $count }
mail-digest-staff-ahead-daily = With you by the end of the next business day: { $count }
mail-digest-staff-ahead-weekly = With you this week: { $count }
mail-digest-supervisor-booked = Booked for your people: { $count }
mail-digest-supervisor-moved = Moved: { $count }
mail-digest-supervisor-cancelled = Cancelled: { $count }
mail-digest-supervisor-ahead-daily = Booked by you, by the end of the next business day: { $count }
mail-digest-supervisor-ahead-weekly = Booked by you for this week: { $count }
mail-offer-made-subject = A time is free for you in { $brand }
mail-offer-made-body =
    A time became free, and it is kept for you:

    { $time }

    It is yours if you take it by { $until }. After that it goes to the next person.

    Take it or leave it, without signing in: { $answer }

    See everything else: { $link }

    For your privacy this message does not say what it is for. Replies to it are not read.
mail-offer-open-subject = A time is free in { $brand }
mail-offer-open-body =
    A time became free:

    { $time }

    It is yours if you are the first to take it, by { $until } at the latest. Others were told of it too.

    Take it or leave it, without signing in: { $answer }

    See everything else: { $link }

    For your privacy this message does not say what it is for. Replies to it are not read.
mail-appointment-phone = Telephone: { $phone }
mail-appointment-code = Code for checking in at the door: { $code }
mail-appointment-your-time = your time
mail-appointment-there = At the clinic that is { $time }
mail-appointment-prep = Before you come: { $prep }
mail-appointment-fast = Nothing but water from { $time }

## Dates in e-mails

time-of-day = { $hour }:{ $minute } { $half ->
    [am] AM
   *[pm] PM
}
weekday-short = { $name ->
    [mon] Mon
    [tue] Tue
    [wed] Wed
    [thu] Thu
    [fri] Fri
    [sat] Sat
   *[sun] Sun
}
month-short = { $name ->
    [jan] Jan
    [feb] Feb
    [mar] Mar
    [apr] Apr
    [may] May
    [jun] Jun
    [jul] Jul
    [aug] Aug
    [sep] Sep
    [oct] Oct
    [nov] Nov
   *[dec] Dec
}

## An appointment by the link in a mail

visit-link-offer-accept = Take this time
visit-link-offer-accepted = The time is yours. We sent you an e-mail about it.
visit-link-offer-refuse = No thanks
visit-link-offer-refused = It goes to the next person. Thank you for telling us!
visit-link-offer-kept = Kept for you for { $time } more
visit-link-offer-gone = It is no longer kept for you.

visit-link-title = Your appointment
visit-link-sign-in = Sign in for everything else
visit-link-attend = I will come
visit-link-attends = You said that you will come. Thank you!
visit-link-move = Another time
visit-link-move-choose = Choose a new time. Your old one is free again then.
visit-link-moved = Your appointment was moved. We sent you the new time.
visit-link-cancel = Cancel the appointment
visit-link-cancel-sure = Cancel this appointment? The time is free for somebody else then.
visit-link-cancelled = Your appointment was cancelled.
visit-link-state-cancelled = Cancelled
visit-link-state-pending = The clinic still has to agree
visit-link-place = Where
visit-link-phone = Telephone
visit-link-preparation = Before you come
visit-link-too-late = It could be cancelled here until { $time } on { $date }. Please call the clinic.
