# What a clinic sets up: schedules, blackouts, kinds of visits.

problem-schedule-has-appointments = Appointments lie ahead in this schedule
problem-schedule-has-appointments-detail = They stay booked when the schedule is deleted. Confirm to delete it.
problem-blackout-overlaps-appointments = Appointments lie in this time
problem-blackout-overlaps-appointments-detail = They stay booked, and a task to move them is opened. Confirm to go on.
code-duration = Choose 5 to 480 minutes, in steps of 5.
problem-resource-has-appointments = Appointments lie ahead with it
problem-resource-has-appointments-detail = They stay booked when it is deleted. Confirm to delete it.
problem-type-in-use = Appointments stand in the way
problem-type-in-use-detail = Appointments of this kind lie ahead. It can be made inactive, or changed for new appointments only.
code-type-code = Use 1 to 15 capital letters, digits and hyphens.
code-reason-code = Use 1 to 40 small letters, digits and underscores.
code-night-only = Nobody can choose this reason.
code-every-language = Write it in every language.
code-follows-itself = It would follow itself.
code-answered-elsewhere = Another kind of appointment answers this already.
code-taken = There is one like that already.
code-needed-to-book = Whoever books an appointment must be able to see it.
code-window-end = This must be later than the start, on the same day.
code-window-overlap = This overlaps another time of the same day.
code-weekday-only = Name a weekday, no date.
code-date-only = Name a date, no weekday.
code-interval = Choose 5, 10, 15, 20, 30 or 60 minutes.
code-offset = This must be less than the minutes between starts.
code-before-start = This must not be before the start.

## The clinic's set-up

setup = Set-up
setup-lead = When people and rooms are there, and what can be booked.
setup-schedules = Schedules
setup-saved = Saved
setup-restored = Restored
setup-restore = Restore
setup-deleted = Deleted
setup-deleted-done = Deleted
setup-deleted-none = Nothing was deleted.
setup-delete-anyway = Delete it anyway
setup-show-deleted = Show what was deleted
setup-acts = What can be done
setup-history = History
setup-history-none = Nothing was saved yet
setup-history-installation = the installation
setup-history-nothing = nothing
setup-history-then = then
setup-history-act = { $act ->
    [created] Set up
    [changed] Changed
    [deleted] Deleted
   *[restored] Restored
}
setup-weekday = { $day ->
    [d1] Mon
    [d2] Tue
    [d3] Wed
    [d4] Thu
    [d5] Fri
    [d6] Sat
   *[d7] Sun
}
setup-weeks = { $count ->
    [one] every week
   *[other] every { $count } weeks
}
setup-since = from { $date }
setup-kinds-all = All
setup-kinds-hint = None chosen means all.
setup-schedules-none = No schedules
setup-schedules-none-text = Without a schedule nothing can be booked. Set one up for each person and room.
setup-schedule-new = New schedule
setup-schedule-change = Change the schedule
setup-schedule-dates = Dates
setup-schedule-delete = Delete this schedule?
setup-schedule-delete-lead = { $name }, { $hours }. It can be restored.
setup-schedule-ahead = { $count ->
    [one] One appointment lies ahead in it and stays booked.
   *[other] { $count } appointments lie ahead in it and stay booked.
}
setup-pattern = Repeats
setup-pattern-weekly = Weekly
setup-pattern-dates = On certain dates
setup-days = Days
setup-date = Date
setup-hours-from = From
setup-hours-to = To
setup-hours-add = Add a time
setup-hours-remove = Remove this time
setup-more = More
setup-offset-hint = Minutes after the full hour at which starts begin to count.
setup-daily-cap-hint = Leave it empty for as many as fit.
setup-overbook-hint = How many more staff may force, 0 to 5.
setup-priority-hint = 1 to 9. Of two who are free, the higher one is chosen.
setup-opens-at-hint = Before, only the clinic sees these times. On your own clock.
setup-modality-both = In person and online
setup-audience-employee = { $Persons }
setup-audience-supervisor = { $Supervisors }
setup-audience-clinic = The clinic
setup-preview = The next 14 days
setup-preview-lead = Free times as they would be offered. Nothing is saved yet.
setup-preview-kind = For
setup-preview-invalid = Complete the schedule to see its times
setup-preview-none = No free time in these days
setup-preview-count = { $count ->
    [one] 1 free time
   *[other] { $count } free times
}
setup-preview-day = { $count ->
    [one] 1 time, { $first }
   *[other] { $count } times, { $first } to { $last }
}
setup-preview-day-none = none
setup-field-resource-id = Who or what
setup-field-location-id = Where
setup-field-modality = How
setup-field-appointment-type-ids = Kinds of appointments
setup-field-effective-from = First day
setup-field-effective-until = Last day
setup-field-every-n-weeks = How often
setup-field-windows = Hours
setup-field-interval = Minutes between starts
setup-field-offset = Shift of the starts
setup-field-capacity = At the same time
setup-field-daily-cap = At most on one day
setup-field-overbook = Beyond that
setup-field-opens-at = Open for booking from
setup-field-audience = Who is offered these times
setup-field-priority = Preference
setup-date-missing = Enter a date
setup-blackouts = Times away
setup-blackouts-none = Nobody is away
setup-blackouts-none-text = Holidays, training and repairs are entered here, so that nothing is booked meanwhile.
setup-blackout-new = New time away
setup-blackout-change = Change the time away
setup-blackout-delete = Delete this time away?
setup-blackout-restore = Restore this time away?
setup-blackout-anyway = Save it, they stay booked
setup-blackout-who = Who or where
setup-blackout-when = When
setup-blackout-repeats = Repeats
setup-blackout-everybody = Everybody
setup-blackout-yearly = each year
setup-blackout-once = once
setup-blackout-length = How long
setup-blackout-days = Whole days
setup-blackout-times = From one time to another
setup-blackout-first = First day
setup-blackout-last = Last day
setup-blackout-each-year = Comes back each year
setup-blackout-each-year-hint = 29 February comes back in leap years only.
setup-blackout-reason-hint = Only staff read it.
setup-blackout-under = { $count ->
    [one] 1 appointment lies in this time
   *[other] { $count } appointments lie in this time
}
setup-blackout-under-text = They stay booked. A task to move them is opened in the work list.
setup-field-reason = Reason
setup-field-starts-local = From
setup-field-ends-local = To
setup-field-whole-days = Whole days
setup-field-yearly = Each year
setup-overrides = Other times
setup-overrides-none = Everything takes its usual time
setup-overrides-none-text = Where somebody needs longer, or a place does, it is entered here.
setup-overrides-made = { $count ->
    [one] 1 was added
   *[other] { $count } were added
}
setup-overrides-left = { $count ->
    [one] 1 was there already and is as it was:
   *[other] { $count } were there already and are as they were:
}
setup-override-new = Other times for several at once
setup-override-kind = Appointment
setup-override-any = any
setup-override-usual = as usual
setup-override-any-hint = None chosen means any.
setup-override-lead = Leave empty what is as usual.
setup-override-delete = Delete these other times?
setup-override-delete-lead = New appointments take their usual time again. Those booked stay as they are.
setup-minutes = minutes
setup-field-duration = Takes
setup-field-shown-duration = The person is told
setup-field-buffer-before = Kept free before
setup-field-buffer-after = Kept free after
setup-kinds = Kinds of appointments
setup-kinds-none = No kinds of appointments
setup-kinds-none-text = Without a kind nothing can be booked.
setup-kind-new = New kind of appointment
setup-kind-change = Change the kind of appointment
setup-kind-delete = Delete this kind of appointment?
setup-kind-delete-lead = Only one that nobody has ahead of them can be deleted. Past appointments keep its name.
setup-kind-inactive = Inactive
setup-kind-code = Code
setup-kind-code-hint = 1 to 15 capital letters, digits and hyphens. It stays.
setup-kind-name-hint = Only the clinic reads this name.
setup-kind-public-name = Name everybody may know
setup-kind-english = Name everybody may know, in English
setup-kind-spanish = Name everybody may know, in Spanish
setup-kind-public-hint = It must not tell anything about health: others may read it.
setup-kind-who-books = Booked by
setup-kind-apply = The other times count for
setup-kind-new-only = New appointments
setup-kind-also-booked = Those booked already too
setup-kind-collide = { $count ->
    [one] 1 appointment would meet another one
   *[other] { $count } appointments would meet others
}
setup-kind-collide-text = Nothing was changed. Move them first, or let the change count for new appointments only.
setup-hours = hours
setup-colour-teal = Teal
setup-colour-indigo = Indigo
setup-colour-amber = Amber
setup-colour-rose = Rose
setup-field-name = Clinical name
setup-field-min-notice-to-book = Booked at least before
setup-field-cancel-notice = Given back at least before
setup-field-move-notice = Moved at least before
setup-field-max-per-day = At most for one person on one day
setup-field-fasting-hours = Nothing but water before
setup-field-modalities = How
setup-field-location-ids = Where
setup-field-employee-bookable = { $Persons } book it themselves
setup-field-supervisor-bookable = { $Supervisors } book it for their team
setup-field-visible-to-supervisor = { $Supervisors } may know of it
setup-field-clinic-confirms = The clinic agrees to each booking
setup-field-active = Can be booked
setup-field-colour = Colour on the calendar

setup-kind-times = How long it takes
setup-kind-texts = What people read
setup-kind-booking = Where, how and who books it
setup-kind-handed = Forms, and what it answers
setup-kind-order = Order
setup-kind-language = { $language ->
    [en] In English
   *[es] In Spanish
}
setup-kind-prep-public = How to prepare, in short
setup-kind-prep-public-hint = It goes into mails too.
setup-kind-prep-full = How to prepare, in full
setup-kind-bring = What to bring
setup-kind-bring-hint = One thing on each line, ten at most.
setup-kind-forms-hint = They are handed over at booking, to be answered before the appointment starts.
setup-kind-fulfils-hint = What is due of these is answered by such an appointment.
setup-kind-after-hint = Where both are due, they are planned together: the other one first. Whoever already has the other one is offered times this many hours after it.
setup-kind-least-hours = Hours between, at least
setup-kind-most-hours = Hours between, at most
setup-needs-lead = The first one leads: its schedule says when an appointment may start.
setup-needs-add = Add something
setup-needs-remove = Take it out
setup-need-which = Which one
setup-need-which-hint = Leave it as it is for any.
setup-need-skill = With the skill
setup-need-count = How many at once
setup-field-texts = What people read
setup-field-needs = What it takes
setup-field-questionnaire-ids = Forms
setup-field-fulfils = Answers
setup-field-after = Follows
setup-field-bundle-order = Place among those made in one go
setup-field-display-order = Place in lists
setup-field-max-moves = Times it can be moved
setup-templates = Templates
setup-templates-none = No templates yet. Keep these hours under a name to use them again.
setup-template-use = Fill in “{ $name }”
setup-template-delete = Delete “{ $name }”
setup-template-name = Keep these hours as
setup-template-hint = Not kept: who, where and from when.
setup-template-scope = For
setup-template-personal = me
setup-template-global = everybody here
setup-template-keep = Keep as a template
setup-template-kept = Kept as a template
setup-places = Places
setup-places-none = No places yet
setup-place-name = Name
setup-place-offers = Times that get free
setup-place-offers-lead = What gets free is offered to those on the wait list.
setup-place-night = At night
setup-address = Name, address and clocks
setup-address-change = Address
setup-address-zone-lead = The clocks of this place will show another time. Appointments stay when they are; each whose time of day was promised otherwise waits in the work list.
setup-field-public-label = Label in mails and calendars, such as the city
setup-field-street = Street
setup-field-city = City
setup-field-state = State
setup-field-zip = Postal code
setup-field-phone = Telephone
setup-field-zone = Time zone
setup-field-offer-lead-hours = Offer a time that starts at least so far ahead
setup-field-offer-minutes-soon = Keep it for each while the start is within three days
setup-field-offer-minutes-later = Keep it for each while the start is later
setup-field-offer-broadcast = Tell up to ten at once: it is kept for nobody, and whoever takes it first has it
setup-field-settles-no-shows = Appointments of the day before without a check-in count as missed
setup-reasons = Reasons for giving back
setup-reasons-none = No reasons
setup-reasons-none-text = Without a reason no appointment can be given back.
setup-reason = Reason
setup-reason-notes = Notes
setup-reason-night = Only the system
setup-reason-new = New reason
setup-reason-change = Change the reason
setup-reason-delete = Delete this reason?
setup-reason-delete-lead = Nobody is offered it any more. Appointments given back for it still name it, and it can be restored.
setup-reason-code-hint = 1 to 40 small letters, digits and underscores. It stays.
setup-reason-english = As people read it, in English
setup-reason-spanish = As people read it, in Spanish
setup-reason-text-hint = Up to 500 characters that only staff read.
setup-reason-active = Can be chosen
setup-position-hint = 1 to 99. The lower comes first.
setup-field-code = Code
setup-field-labels = As people read it
setup-field-used-by = Who may choose it
setup-field-no-show = Counts as not having come
setup-field-wants-text = A sentence is needed
setup-field-position = Place in the list
setup-resources = People and rooms
setup-resources-none = Nobody and nothing has a calendar
setup-resources-none-text = Add those who see people, the rooms and the equipment. Then give each of them a schedule.
setup-resource-name = Name
setup-resource-kind = What it is
setup-resource-kind-name = { $kind ->
    [provider] Provider
    [room] Room
   *[equipment] Equipment
}
setup-resource-new = New person, room or equipment
setup-resource-change = Change the person, room or equipment
setup-resource-delete = Delete it?
setup-resource-delete-lead = Nothing more is booked with it. It can be restored, with its schedules.
setup-resource-ahead = { $count ->
    [one] One appointment lies ahead with it and stays booked.
   *[other] { $count } appointments lie ahead with it and stay booked.
}
setup-resource-account-hint = Those who may work here as clinicians and have no calendar yet.
setup-resource-home-hint = Times away are on the clock there.
setup-resource-skills-hint = One on each line, such as audiometry. Kinds of appointments can ask for them.
setup-resource-active = In use
setup-field-account-id = Whose calendar
setup-field-home-location-id = Belongs to
setup-field-skills = Skills
setup-field-kind = What it is

## The scheduling work queue

tasks = Scheduling tasks
tasks-lead = What is to be done about appointments. A task is done when none of its appointments is left.
tasks-none = Nothing to do
tasks-closed = Closed
tasks-close = Leave them as they are
tasks-move = { $count ->
    [one] Move 1 appointment
   *[other] Move { $count } appointments
}
tasks-reason = Away: { $reason }

# What a site says about booking

booking-options = Booking options
booking-none = This site has nothing about appointments
booking-draft = Changed and not published yet
booking-draft-text = Saved { $time } by { $name }. People see what is published.
booking-unmet = Two options do not go together
booking-unmet-text = Requests need a message with which the clinic can be asked for an appointment, and a comment can be needed only where comments are allowed. Change one or the other before publishing.
booking-save = Save the draft
booking-saved = The draft is saved
booking-publish = Publish
booking-publish-title = Publish these options?
booking-publish-text = Everybody sees them from the next page on.
booking-published = Published
booking-discard = Discard the draft
booking-note = What is new
booking-versions = What was published
booking-version = Version { $number }
booking-version-now = Seen now
booking-version-back = Bring back
booking-version-back-of = Bring back version { $number }
booking-version-back-title = Publish version { $number } again?
booking-sample = How it looks
booking-sample-due = Hearing test, due last week
booking-planned = To be published { $time }
booking-planned-back = Version { $number } comes back { $time }
booking-planned-text = Planned by { $name }. Until then nothing can be changed here.
booking-planned-done = It will be published
booking-planned-off = Call it off
booking-planned-off-done = It will not be published
booking-planned-failed = It was not published
booking-planned-failed-text = Something it names was gone { $time }. Look through the draft and publish it again.
booking-plan = Publish later
booking-later = Publish at a later time
booking-later-day = Day
booking-later-time = Time
booking-later-zone = On the clocks of { $zone }, five minutes ahead at least
booking-later-needed = Enter a day and a time.
booking-overtaken = Somebody else was quicker
booking-overtaken-text = The draft was changed or published while you looked at it. Read it again before you publish.
booking-overtaken-read = Read it again
booking-compare = Compare two versions
booking-compare-earlier = This version
booking-compare-later = with this one
booking-changes = What changes
booking-changes-none = Nothing changes.
booking-change = { $before } → { $after }
booking-change-nothing = nothing
booking-change-something = set
booking-change-on = yes
booking-change-off = no
booking-change-words = “{ $words }”
booking-sample-language = Language
booking-sample-colours = Colours
booking-sample-theme = { $theme ->
    [dark] Dark
   *[other] Light
}
booking-sample-provider = Alex Sample
booking-sample-visit = Hearing test, Tuesday
portal-part-brand-color = Colour
portal-part-name = Name
portal-part-welcome = Welcome
portal-part-logo = Logo
portal-part-logo-alt = What the logo shows
portal-part-languages = Languages
portal-part-default-language = First language
portal-part-emergency-text = Emergency line
portal-part-terms = Words
portal-part-module-order = Order of the parts
portal-part-columns = Columns on the start page
portal-part-support-contacts = Whom to ask for help
portal-part-reminders = Reminders
portal-part-other = Something else
booking-minutes = minutes
booking-days = days
booking-group-name = What it is called
booking-group-alert = Notice
booking-group-ways = Ways to an appointment
booking-group-due = What is due
booking-group-days = Days
booking-group-choice = Choice
booking-group-words = Words and comments
booking-group-limits = Limits and check-in
booking-name = { $language ->
    [en] Name in English
    [es] Name in Spanish
   *[other] Name ({ $language })
}
booking-mode = { $mode ->
    [request] They ask the clinic
    [schedule] They take a free time
   *[other] Neither
}
booking-words-in = { $language ->
    [en] { $label } (English)
    [es] { $label } (Spanish)
   *[other] { $label } ({ $language })
}
booking-option-address = Where it leads
booking-option-alert-text = What stands above the appointments
booking-hint-alert-text = Nothing when it is empty. Write **bold**, *italic* and [words](https://address).
booking-option-mode = How they get a time for somebody
booking-option-allow-cancel = They may cancel appointments of their people
booking-option-schedule = People book by themselves
booking-option-request = People can ask the clinic for a time
booking-option-one-visit = Everything due can be booked as one visit
booking-option-earlier-offers = Times that become free are offered to those who wait
booking-option-allow-past-due = What is past due can still be booked
booking-option-past-due-warning = What stands beside it
booking-hint-past-due-warning = Without words of your own: Past due. Please contact the clinic to schedule.
booking-option-ignore-visible-date = Show what is due before its first day
booking-option-days-out = Booked at most ahead
booking-option-days-before-showing = Shown at a time
booking-hint-days-before-showing = 0 shows every day at once.
booking-option-disable-calendar-search = Only days of the list can be chosen
booking-hint-disable-calendar-search = Otherwise people can also look up one day.
booking-option-days-past = Past appointments reach back
booking-option-first-available = The first available provider heads the list
booking-option-force-any-provider = The clinic chooses the provider
booking-hint-force-any-provider = The name appears after booking.
booking-option-excluded-types = Not offered here
booking-option-comment-required-types = Booked only with a comment
booking-option-new-button-text = The button for a new appointment
booking-hint-new-button-text = Without words of your own: Schedule a new appointment
booking-option-disable-comments = No comments
booking-option-comment-prompt = What stands above the comment
booking-option-disable-emails = No e-mails when something is booked, moved or cancelled
booking-option-hold-minutes = A chosen time is kept
booking-option-max-open = Appointments ahead for one person
booking-option-use-checkin = People check in by themselves
booking-option-checkin-before-minutes = From before the start
booking-option-checkin-after-minutes = Until after the start
# Visits somebody has to look after
tasks-ended = { $count ->
    [one] { $count } appointment of somebody who no longer works there
   *[other] { $count } appointments of somebody who no longer works there
}
tasks-ended-lead = The employment has ended. Cancel what is not to take place, or leave it as it is.
tasks-zone = An appointment would start at another time of day
tasks-zone-lead = The clocks of its place have changed since it was booked. Move it, or tell the person and leave it as it is.
tasks-not-confirmed = Nobody confirmed this appointment
tasks-not-confirmed-lead = It was cancelled because nobody answered in time. Call the person, and close this when it is settled.

# How people are seen online, and the doors they check in at
setup-providers = Online and check-in
setup-provider = Who sees people
setup-providers-none = Nobody sees people here yet
setup-field-join-link = Link for joining
setup-join-link-hint = An address that begins with https. { $template } in it becomes the appointment's number.
setup-join-link-none = none
setup-field-regions = Where people may be
setup-regions-any = anywhere
setup-regions-hint = Codes with commas between them: US-IN for Indiana, US for the whole country, CA for Canada. Empty means anywhere.
setup-doors = Screens for checking in
setup-doors-lead = Open the page on a screen at the door. People type the code of their appointment; the screen shows neither names nor reasons.

# When places do not work
setup-holidays = Holidays
setup-holidays-lead = Reminders and answers that are counted in business days leave these days out. To keep a day from being booked, enter it under Times away too.
setup-holidays-place = Place
setup-holidays-nowhere = There is no place yet
setup-holidays-none = No holidays
setup-holidays-none-text = Every day from Monday to Friday is a business day here.
setup-holiday-new = New holiday
setup-holiday-add = Add the holiday
setup-holiday-date = Date
setup-holiday-name = Name
setup-holiday-yearly = Every year on this date
setup-holiday-yearly-hint = 29 February comes back in leap years only.

# What the front desk hears of at once
tasks-booked-online = Booked online
tasks-moved-online = Moved online
tasks-cancelled-online = Cancelled online
tasks-online-lead = It is about today or the next business day. Nothing has to be done; close it when you have seen it.
tasks-to-confirm = Somebody waits for your answer
tasks-to-confirm-lead = Open the appointment to agree to it or not. The time is kept meanwhile.
tasks-due = Answer by { $time }
tasks-moved-from = Before that: { $time }
tasks-seen = Seen

# When people of a site are reminded
reminders = Reminders
reminders-none = Nobody is reminded on this site
reminders-lead = By e-mail. It counts for appointments that are booked or moved once it is published; what is switched off ends at once.
reminders-publish-all = Publishing publishes everything that was changed on this site.
reminders-three-days = First reminder
reminders-one-day = Second reminder
reminders-preparation = What to do before
reminders-preparation-lead = Only where there is something to do. Who fasts is told two hours before the fast begins, if that is earlier.
reminders-on = Send it
reminders-business-days = Business days before
reminders-days = Days before
reminders-hours = Hours before
reminders-time = Time of day
reminders-time-hint = On the clocks of whoever reads it.

# Making a site, and which parts it shows
site-make = New site
site-make-title = Make a site
site-make-lead = Nobody sees it before it is published. Until then people keep the site they have.
site-made = The site is made. Choose what it shows, then publish it.
site-owner = Belongs to
site-owner-hint = The site of { $organization } is for everybody whose { $employer } has none of its own.
site-for = For whom
site-slug = Address name
site-slug-hint = 3 to 40 lower-case letters, digits and hyphens. People enter at { $address }.
site-copy = Begin as a copy of
site-copy-hint = What another site shows. Somebody else's name, logo, welcome, contacts and links are left out.
site-exists = Open that site
site-in-setup = Not published yet
site-changed = Changed
site-changed-at = Last change
site-modules-lead = Which parts people see, and in which order. The navigation has the same order.
site-modules-off = Not shown
site-module-up = Move up
site-module-down = Move down
site-module-moved = { $name } is number { $place } of { $count } now.
site-module-later = There is no page for it yet: people do not see it.
site-module-always = The team is always the start page, whatever is chosen here.
site-module-link = Where it leads
site-module-link-hint = An address such as https://intranet.example/safety, or a page here that begins with one /.
site-columns = Columns on the start page
site-columns-hint = Tablets show two at most, phones one.
module-case-review-status = Case review status
module-order-status = Order status
module-health-surveillance = Health surveillance
module-reports = Reports
module-job-tasks = Job task analysis
module-forms = Forms
module-questionnaire-1 = Questionnaire 1
module-questionnaire-2 = Questionnaire 2
module-questionnaire-3 = Questionnaire 3
module-questionnaire-link-1 = Questionnaire 1
module-questionnaire-link-2 = Questionnaire 2
module-questionnaire-link-3 = Questionnaire 3
module-form-link-1 = Form 1
module-form-link-2 = Form 2
module-form-link-3 = Form 3
module-page-link-1 = Link 1
module-page-link-2 = Link 2
module-page-link-3 = Link 3
