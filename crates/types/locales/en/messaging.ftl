# Conversations with the clinic: problems, pages.
problem-conversation-closed = This conversation is closed
problem-conversation-closed-detail = Open it again to write here. What you typed is kept.
problem-reopen-too-late = This conversation can no longer be opened
problem-reopen-too-late-detail = Start a new conversation about this.
problem-needs-reply = Somebody waits for an answer
problem-needs-reply-detail = Say why you close this conversation without one.
problem-type-not-sendable = You cannot write about this here
problem-type-not-sendable-detail = Choose another kind of message. What you typed is kept.
problem-message-empty = There is no text
problem-message-empty-detail = Write something, then send it.
problem-retract-too-late = This message can no longer be taken back
problem-retract-too-late-detail = It was seen, or more than 5 minutes have passed.
code-not-a-report = This is not one of your team.

message-emergency = If this is an emergency, call 911.

messages = Messages
messages-lead = Write to the clinic. Nobody at work can read this.
messages-new = New message
messages-none = No messages
messages-none-text = Write to the clinic.
messages-open = Open
messages-closed = Closed
messages-you = You: { $text }
messages-retracted = Message taken back
messages-unread = { $count ->
    [one] 1 unread
   *[other] { $count } unread
}
messages-waiting = Waiting for the clinic

message-new-title = New message
message-about = About { $name }
message-types = What is it about?
message-choose-type = Choose what it is about
message-subject = Subject
message-subject-hint = A few words, for example: lifting last week
message-text = Your message
message-text-missing = Write your message
message-send = Send
message-send-hint = Ctrl + Enter sends
message-sent = Message sent
message-offline = It will not be sent while you are offline. Your text stays here.
message-draft-saved = Draft saved { $time }

message-readers = { $roles } can read this. Nobody at work can.
message-readers-clinician = The clinic's doctors and nurses
message-readers-scheduler = The clinic's front desk, doctors and nurses
message-reply-by = We usually answer by { $time }.

conversation-with-clinic = The clinic
conversation-state-closed = Closed { $time }
conversation-close = Close conversation
conversation-close-title = Close this conversation?
conversation-close-text = No one can write here while it is closed. You can open it again within 90 days.
conversation-reopen = Open again
conversation-new-about = Start a new conversation about this
conversation-closed-note = This conversation is closed.
conversation-closed-said = Conversation closed
conversation-reopened-said = Conversation open again
conversation-mark-unread = Mark unread
conversation-marked-unread = Marked unread
conversation-retract = Take back
conversation-retracted = Message taken back

receipt-sent = Sent
receipt-delivered = Delivered
receipt-seen = Seen { $time }
receipt-seen-by = Seen { $time } by { $name }

inbox = Inbox
inbox-needs-reply = Needs a reply
inbox-open = Open
inbox-closed = Closed
chart-messages = Messages
inbox-new = New message
inbox-new-to = Whom do you write to?
inbox-to = To { $name }
inbox-person-none = No messages
inbox-person-none-text = Write to this { $person }; the answer appears here and in the inbox.
inbox-none = Nothing waits for you
inbox-none-text = When somebody writes to the clinic, it appears here.
inbox-due = Answer by { $time }
inbox-overdue = Late since { $time }
inbox-person = Person
inbox-subject = About
inbox-last = Last message
inbox-reply = Reply
inbox-reply-text = Your reply
inbox-readers = { $name } reads this, and the clinic's doctors and nurses.
inbox-close-why = Why is it closed without an answer?
work-list = Work list
work-list-lead = What waits for the clinic, the most urgent first.
work-conversations = Messages that need a reply
work-responses = Questionnaires to review
work-scheduling-tasks = Scheduling tasks
work-appointments = Appointments today
work-overdue = { $count ->
    [one] 1 late
   *[other] { $count } late
}
work-none = Nothing waits for you
