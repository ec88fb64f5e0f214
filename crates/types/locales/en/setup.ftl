# What a clinic sets up: schedules, blackouts, kinds of visits.

problem-schedule-has-appointments = Appointments lie ahead in this schedule
problem-schedule-has-appointments-detail = They stay booked when the schedule is deleted. Confirm to delete it.
problem-blackout-overlaps-appointments = Appointments lie in this time
problem-blackout-overlaps-appointments-detail = They stay booked, and a task to move them is opened. Confirm to go on.
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
