# What every page may say.
app-name = { $product }
close = Close
undo = Undo
choose = Choose
working = Working
loading = Loading
opens-new-tab = (opens in a new tab)
loading-slow = This is taking longer than usual. You can wait or try again.
try-again = Try again
continue = Continue
cancel = Cancel
save = Save
saved = Saved
change = Change
delete = Delete
edit = Edit
add = Add
search = Search
print = Print
download = Download
back = Back
yes = Yes
no = No
none = None
more = Show more
details = Details
who-sees = Who sees this:
step-done = (done)

field-optional = (optional)
field-characters-left = { $count ->
    [one] 1 character left
   *[other] { $count } characters left
}
form-problems = Please check these answers
date-day = Day
date-month = Month
date-year = Year
date-example = For example, 3 27 1985

day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday
day-in = { $count ->
    [one] in 1 day
   *[other] in { $count } days
}
day-ago = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
moment = { $weekday } { $day } { $month }, { $time } { $zone } ({ $place })
moment-year = { $weekday } { $day } { $month } { $year }, { $time } { $zone } ({ $place })
moment-here = { $weekday } { $day } { $month }, { $time } { $zone } where you are now

problem-offline = We cannot reach the server
problem-offline-detail = Check your connection. What you typed is still here.
problem-unreadable = Something went wrong
problem-unreadable-detail = It is not your fault. Try again; if it happens again, tell us.
problem-id = If you contact us, quote this number: { $id }
