# Signing in and out, and the account's own settings.
sign-in = Sign in
sign-in-title = Sign in to { $site }
sign-in-email = Email address
sign-in-password = Password
sign-in-show-password = Show password
sign-in-email-missing = Enter your email address
sign-in-password-missing = Enter your password
sign-out = Sign out

timeout-title = Do you want to stay signed in?
timeout-idle = You have not done anything for a while. For your privacy we sign you out in { $time }. What you typed is kept.
timeout-whole = This session ends in { $time }. Finish what you are doing; you can sign in again right away.
timeout-stay = Stay signed in

ended-signed-out = You are signed out.
ended-timed-out = You were signed out because nothing was done for a while. Sign in to go on where you were.
ended-by-server = Your session has ended. Sign in to go on where you were.
ended-replaced = Somebody else signed in with this browser, so this page was cleared.

sessions = Where you are signed in
sessions-lead = If you do not know one of these, end it and change your password.
sessions-this = This one
sessions-end = Sign out there
sessions-ended = Signed out there
sessions-active = Last active { $time }
sessions-since = Signed in { $time }
sessions-device = { $browser } on { $system }
sessions-device-unknown = An unknown device
mail-sign-in-closed-subject = Your sign-in is closed for { $minutes } minutes
mail-sign-in-closed-body =
    Somebody entered a wrong password for your account ten times. Nobody can sign in with it for { $minutes } minutes; your data is safe.

    If it was not you, tell the people who gave you access.
