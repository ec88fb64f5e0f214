# Pick-up codes and HR files.

## Problems

problem-code-not-usable = This code was already used
problem-code-not-usable-detail = Sign in, or ask for help.
problem-code-expired = This code has expired
problem-code-expired-detail = Ask the clinic for a new one.
problem-code-locked = This code is locked
problem-code-locked-detail = Too many answers were wrong. Call the clinic; they can give you a new code.
problem-verification-failed = That does not match
problem-verification-failed-detail = Check what you typed and try again.
problem-someone-else-code-needed = This code is for the person themselves
problem-someone-else-code-needed-detail = To act for somebody else, ask the clinic for a code made for that.
problem-code-needs-staff = We need to help you with this
problem-code-needs-staff-detail = There is nothing on file we could ask you for. Call the clinic.
problem-redemption-over = This took too long
problem-redemption-over-detail = Start again with your code; it still works.
problem-no-address = There is no e-mail address on file
problem-no-address-detail = Show the code instead and give it to the person.
problem-feed-duplicate-file = This file was sent before
problem-feed-duplicate-file-detail = The same bytes came within 30 days. Ask for a replay if you mean it.
problem-feed-unreadable = The file cannot be read
problem-feed-unreadable-detail = It is not text in UTF-8 or UTF-16, or a quotation mark never closes. The byte offset says where.
problem-feed-header = The header row is wrong
problem-feed-header-detail = A header stands twice, or the column with people's numbers is missing.
problem-feed-too-large = The file is too large
problem-feed-too-large-detail = At most 200 MB and 500,000 rows.
problem-feed-run-not-paused = This run does not wait for a decision
problem-feed-run-not-paused-detail = It was decided already, or has expired.
problem-feed-run-busy = Another file is being applied
problem-feed-run-busy-detail = Try again in a moment.
code-length = This is too short or too long.

## E-mails

mail-pickup-code-subject = Your access code
mail-pickup-code-body =
    Use this code to open your own access: { $code }

    { $link }

    You will be asked for your birth date and to choose a password. The code works once.
mail-code-check-subject = { $code } is your check code
mail-code-check-body =
    Type these six digits on the page where you entered your address: { $code }

    They work for 15 minutes. If you did not ask for them, do nothing.
mail-code-check-known-subject = You already have an account
mail-code-check-known-body =
    Somebody, perhaps you, entered this address to open a new access. There is an account with this address already.

    Sign in here and add the code under Settings: { $link }

    If it was not you, do nothing.

## Opening one's own access

code-page-title = Open your access
code-page-lead = You need the code you were given. It takes about a minute.
code-page-step = Step { $step } of { $steps }
code-enter = Your code
code-enter-hint = Twelve letters and digits, such as 1001-ABCD-EFGH. Capital letters and hyphens do not matter.
code-enter-missing = Enter the code you were given
code-birth-date = Your birth date
code-birth-date-missing = Enter your birth date
code-phone = The last four digits of your phone number
code-phone-hint = The number your { $employer } or the clinic has on file.
code-phone-missing = Enter four digits
code-who = Who is this access for?
code-who-myself = Myself
code-who-someone-else = Someone else
code-who-missing = Choose one
code-email = Your e-mail address
code-email-hint = You sign in with it. We send six digits there to check it.
code-email-missing = Enter your e-mail address
code-email-sent = We sent a message to { $email }.
code-digits = The six digits from the message
code-digits-missing = Enter six digits
code-digits-again = Send another message
code-digits-other = Use another address
code-password = Choose a password
code-password-hint = At least 15 characters. Several words you can remember are best.
code-password-missing = Choose a password
code-finish = Open my access
code-tries-left = { $count ->
    [one] One try is left.
   *[other] { $count } tries are left.
}
code-start-again = Start again

## The panel on a person's page

codes-title = Access codes
codes-lead = A code lets this person open their own access with a birth date. It works once.
codes-none = No code was made yet
codes-make = Make a code
codes-make-email = Make and send by e-mail
codes-void = Take back
codes-voided = The code no longer works
codes-made-title = Give this code to the person
codes-made-lead = It is shown only now. It works once, until { $until }.
codes-made-sent = It was also sent to the address on file.
codes-ends-in = ends in { $last }
codes-until = works until { $time }
codes-state = { $state ->
    [pending] Waiting to be used
    [redeemed] Used
    [locked] Locked after wrong answers
    [expired] Expired
   *[void] Taken back
}
codes-account = { $state ->
    [active] This person can sign in.
    [invited] This person has an account and cannot sign in yet.
    [sso_ready] This person signs in through the { $employer }.
    [suspended] This person's account is suspended.
   *[none] This person has no account yet.
}
