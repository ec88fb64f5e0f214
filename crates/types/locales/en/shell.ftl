# The frame around the pages: places, language, colours, connection, home.
skip-to-content = Skip to content
nav-main = Main
nav-main-phone = Main, bottom of the page
nav-unread = { $count } unread
nav-home = Home
nav-appointments = Appointments
nav-messages = Messages
nav-work-status = Work status
nav-record-access = Who opened my record
nav-questionnaires = Questionnaires
nav-team = My team
nav-work-list = Work list
nav-calendar = Calendar
nav-people = People
nav-reviews = To review
nav-inbox = Inbox
nav-setup = Set-up
nav-portals = Sites
nav-audit = Audit
section-clinic = Clinic
section-administration = Administration

app-employee = My health at work
app-supervisor = My team
app-admin = Clinic and administration

language = Language
theme = Colors
theme-system = As my device
theme-light = Light
theme-dark = Dark
density = Rows of tables
density-compact = Compact
density-comfortable = Comfortable
settings = Settings
settings-look = How this looks
settings-look-hint = These choices are kept on this device.

offline = No connection. You can keep reading and typing; nothing you typed is lost.
offline-kept = No connection. What you answered is kept on this device and will be sent when you are online.
update-ready = A newer version of this site is ready. What you have not saved is lost when you load it.
update-now = Load it now
install-title = Like an app
install-text = Put this site on your home screen, with its own icon. It opens faster and without the browser around it.
install-now = Install
busy = Many people are here right now. We keep trying; you need not do anything.
unsent-title = Some of your answers are not sent yet
unsent-text = They are kept on this device only, and signing out erases them. Wait until you are online, and they are sent by themselves.
unsent-stay = Stay signed in
unsent-sign-out = Sign out and erase them

not-found = We cannot find that page
not-found-lead = It may have moved, or the address is not complete.
not-found-home = Go to the start page
portal-choice = Which one do you need?
portal-choice-lead = You have more than one site. You can change it later in the menu with your name.
not-for-you = This part is not open to you
not-for-you-lead = You are signed in, but your account does not include this part.

home-greeting = Hello, { $name }
home-to-do = To do
home-to-do-empty = Nothing to do
home-to-do-empty-text = When something is due, it appears here.
home-next-appointment = Next appointment
home-no-appointment = No appointment
home-no-appointment-text = You have nothing booked.
home-all-appointments = All appointments
home-work-status = Work status
home-messages = Messages
home-messages-none = No unread messages
home-messages-unread = { $count ->
    [one] 1 unread message
   *[other] { $count } unread messages
}
home-all-messages = All messages
home-book = Book: { $what }
home-book-one = Schedule an appointment
home-answer = Answer: { $what }
home-answer-on = Go on with: { $what }
home-due = Due { $date }
home-overdue = Overdue
home-upcoming = Next: { $what }, from { $date }.
home-until = Until { $date }
home-modules = What you can do here
home-more = More
home-minutes = { $count ->
    [one] about 1 minute
   *[other] about { $count } minutes
}

chart = Chart
chart-parts = Parts of the chart
chart-overview = Overview
chart-restrictions = Restrictions
chart-due-items = Due
chart-access-codes = Access codes
module-appointments = My appointments
module-work-status = Work status
module-send-message = Send a message

sites-lead = Names, colors and modules people meet when they sign in.
sites-none = No sites yet
sites-none-text = Until there is one, people see the built-in look.
site-name = Name
site-audience = For
site-address = Address
site-modules = Modules
site-state = State
site-open = Open
site-closed = Closed
site-for-persons = { $Persons }
site-for-supervisors = { $Supervisors }
site-for-applicants = { $Applicants }
module-medical-information = My medical information
module-injury-report = Report a work injury or illness
module-health-resources = Other health resources
module-orders = Orders
module-supervisor-scheduling = Scheduling
module-support = Support

# How often one is told all in one

digest = Summary by e-mail
digest-lead = What is new about appointments, in numbers and with a link. Nothing new, no e-mail.
digest-how-often = How often
digest-daily = On working days, at 7 in the morning
digest-weekly = On Mondays, at 7 in the morning
digest-none = Never
digest-saved = Saved. It counts from now on.
