# What a person may do at work, and the pages that show it.

## Parts of sentences

work-status-weight =
    { $unit ->
        [kg] { $value } kg
       *[lb] { $value } lb
    }
work-status-often =
    { $frequency ->
        [once] once in a shift
        [occasional] up to a third of the shift
        [frequent] from a third to two thirds of the shift
        [constant] more than two thirds of the shift
       *[any] at any time
    }
work-status-hours =
    { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }
work-status-minutes =
    { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
work-status-arm =
    { $side ->
        [left] { " " }with the left arm
        [right] { " " }with the right arm
        [both] { " " }with both arms
       *[not_applicable] { "" }
    }
work-status-hand =
    { $side ->
        [left] the left hand
        [right] the right hand
        [both] either hand
       *[not_applicable] the hand
    }
work-status-foot =
    { $side ->
        [left] the left foot
        [right] the right foot
        [both] either foot
       *[not_applicable] the foot
    }

## One sentence for every kind of limit

work-status-lift-none = Do not lift anything{ work-status-arm }.
work-status-lift-weight = Lift no more than { work-status-weight }{ work-status-arm }, { work-status-often }.
work-status-lift-per-day = Lift for no more than { work-status-hours } a day.
work-status-lift-overhead-none = Do not lift anything above the head{ work-status-arm }.
work-status-lift-overhead-weight = Lift no more than { work-status-weight } above the head{ work-status-arm }, { work-status-often }.
work-status-lift-overhead-per-day = Lift above the head for no more than { work-status-hours } a day.
work-status-carry-none = Do not carry anything{ work-status-arm }.
work-status-carry-weight = Carry no more than { work-status-weight }{ work-status-arm }, { work-status-often }.
work-status-carry-per-day = Carry for no more than { work-status-hours } a day.
work-status-push-none = Do not push anything{ work-status-arm }.
work-status-push-weight = Push no more than { work-status-weight }{ work-status-arm }, { work-status-often }.
work-status-push-per-day = Push for no more than { work-status-hours } a day.
work-status-pull-none = Do not pull anything{ work-status-arm }.
work-status-pull-weight = Pull no more than { work-status-weight }{ work-status-arm }, { work-status-often }.
work-status-pull-per-day = Pull for no more than { work-status-hours } a day.
work-status-stand-none = Do not stand for work.
work-status-stand-per-day = Stand no more than { work-status-hours } a day.
work-status-stand-at-once = Stand no more than { work-status-hours } at a time.
work-status-walk-none = Do not walk for work.
work-status-walk-per-day = Walk no more than { work-status-hours } a day.
work-status-walk-at-once = Walk no more than { work-status-hours } at a time.
work-status-sit-none = Do not work sitting.
work-status-sit-per-day = Sit no more than { work-status-hours } a day.
work-status-sit-at-once = Sit no more than { work-status-hours } at a time.
work-status-drive-none = Do not drive.
work-status-drive-per-day = Drive no more than { work-status-hours } a day.
work-status-drive-at-once = Drive no more than { work-status-hours } at a time.
work-status-keyboard-none = Do not use a keyboard.
work-status-keyboard-per-day = Use a keyboard no more than { work-status-hours } a day.
work-status-keyboard-at-once = Use a keyboard no more than { work-status-hours } at a time.
work-status-total-hours-per-day = Work no more than { work-status-hours } a day.
work-status-climb-stairs-none = Do not climb stairs.
work-status-climb-stairs-per-day = Climb stairs no more than { work-status-hours } a day.
work-status-climb-stairs-at-once = Climb stairs no more than { work-status-hours } at a time.
work-status-climb-ladder-none = Do not climb ladders.
work-status-climb-ladder-per-day = Climb ladders no more than { work-status-hours } a day.
work-status-climb-ladder-at-once = Climb ladders no more than { work-status-hours } at a time.
work-status-bend-none = Do not bend at the waist.
work-status-bend-per-day = Bend at the waist no more than { work-status-hours } a day.
work-status-bend-at-once = Bend at the waist no more than { work-status-hours } at a time.
work-status-twist-none = Do not twist the body.
work-status-twist-per-day = Twist the body no more than { work-status-hours } a day.
work-status-twist-at-once = Twist the body no more than { work-status-hours } at a time.
work-status-crawl-none = Do not crawl.
work-status-crawl-per-day = Crawl no more than { work-status-hours } a day.
work-status-crawl-at-once = Crawl no more than { work-status-hours } at a time.
work-status-squat-none = Do not squat.
work-status-squat-per-day = Squat no more than { work-status-hours } a day.
work-status-squat-at-once = Squat no more than { work-status-hours } at a time.
work-status-kneel-none = Do not kneel.
work-status-kneel-per-day = Kneel no more than { work-status-hours } a day.
work-status-kneel-at-once = Kneel no more than { work-status-hours } at a time.
work-status-balance-none = Do not do work that needs balance.
work-status-balance-per-day = Do work that needs balance no more than { work-status-hours } a day.
work-status-balance-at-once = Do work that needs balance no more than { work-status-hours } at a time.
work-status-reach-above-shoulder-none = Do not reach above the shoulder{ work-status-arm }.
work-status-reach-above-shoulder-per-day = Reach above the shoulder{ work-status-arm } no more than { work-status-hours } a day.
work-status-reach-above-shoulder-at-once = Reach above the shoulder{ work-status-arm } no more than { work-status-hours } at a time.
work-status-reach-below-shoulder-none = Do not reach below the shoulder{ work-status-arm }.
work-status-reach-below-shoulder-per-day = Reach below the shoulder{ work-status-arm } no more than { work-status-hours } a day.
work-status-reach-below-shoulder-at-once = Reach below the shoulder{ work-status-arm } no more than { work-status-hours } at a time.
work-status-hand-grasp-none = Do not grasp with { work-status-hand }.
work-status-hand-grasp-per-day = Grasp with { work-status-hand } no more than { work-status-hours } a day.
work-status-hand-grasp-at-once = Grasp with { work-status-hand } no more than { work-status-hours } at a time.
work-status-hand-fine-none = Do not do fine work with { work-status-hand }.
work-status-hand-fine-per-day = Do fine work with { work-status-hand } no more than { work-status-hours } a day.
work-status-hand-fine-at-once = Do fine work with { work-status-hand } no more than { work-status-hours } at a time.
work-status-foot-raise-none = Do not raise { work-status-foot }.
work-status-foot-raise-per-day = Raise { work-status-foot } no more than { work-status-hours } a day.
work-status-foot-raise-at-once = Raise { work-status-foot } no more than { work-status-hours } at a time.
work-status-foot-pedal-none = Do not work a pedal with { work-status-foot }.
work-status-foot-pedal-per-day = Work a pedal with { work-status-foot } no more than { work-status-hours } a day.
work-status-foot-pedal-at-once = Work a pedal with { work-status-foot } no more than { work-status-hours } at a time.
work-status-heat-none = Do not work in heat.
work-status-heat-per-day = Work in heat no more than { work-status-hours } a day.
work-status-heat-at-once = Work in heat no more than { work-status-hours } at a time.
work-status-cold-none = Do not work in cold.
work-status-cold-per-day = Work in cold no more than { work-status-hours } a day.
work-status-cold-at-once = Work in cold no more than { work-status-hours } at a time.
work-status-humidity-none = Do not work in humid air.
work-status-humidity-per-day = Work in humid air no more than { work-status-hours } a day.
work-status-humidity-at-once = Work in humid air no more than { work-status-hours } at a time.
work-status-fumes-dust-none = Do not work in fumes or dust.
work-status-fumes-dust-per-day = Work in fumes or dust no more than { work-status-hours } a day.
work-status-fumes-dust-at-once = Work in fumes or dust no more than { work-status-hours } at a time.
work-status-noise-none = Do not work in noise.
work-status-noise-per-day = Work in noise no more than { work-status-hours } a day.
work-status-noise-at-once = Work in noise no more than { work-status-hours } at a time.
work-status-vibration-none = Do not work with vibration.
work-status-vibration-per-day = Work with vibration no more than { work-status-hours } a day.
work-status-vibration-at-once = Work with vibration no more than { work-status-hours } at a time.
work-status-uneven-ground-none = Do not work on uneven ground.
work-status-uneven-ground-per-day = Work on uneven ground no more than { work-status-hours } a day.
work-status-uneven-ground-at-once = Work on uneven ground no more than { work-status-hours } at a time.
work-status-work-at-height-none = Do not work at height.
work-status-operate-machinery-none = Do not operate machinery.
work-status-operate-forklift-none = Do not drive a forklift.
work-status-drive-commercial-none = Do not drive commercial vehicles.
work-status-safety-sensitive-work-none = Do not do safety-sensitive work.
work-status-respirator-use-none = Do not do work that needs a respirator.
work-status-patient-care-none = Do not care for patients.
work-status-food-handling-none = Do not handle food.
work-status-confined-space-none = Do not enter confined spaces.
work-status-work-alone-none = Do not work alone.
work-status-no-overtime-none = Do not work overtime.
work-status-no-night-shift-none = Do not work nights.
work-status-no-work-none = Do not work.
work-status-wear-thing =
    { $choice ->
        [ear_protection] ear protection
        [eye_protection] eye protection
        [face_mask] a face mask
        [face_shield] a face shield
        [gloves] gloves
        [hand_support] a hand or wrist support
        [back_support] a back support
        [knee_pads] knee pads
        [leg_support] a leg or ankle support
        [safety_shoes] safety shoes
        [sun_protection] sun protection
       *[tinted_glasses] tinted glasses
    }
work-status-wear-choice = Wear { work-status-wear-thing }.
work-status-alternate-sit-stand-every = Change between sitting and standing every { work-status-minutes }.
work-status-breaks-every = Take a break of { work-status-minutes } every { work-status-hours }.
work-status-days-per-week-most =
    { $days ->
        [one] Work no more than { $days } day a week.
       *[other] Work no more than { $days } days a week.
    }
work-status-other-text = { $text }

## Names of the types

work-status-type-lift = Lifting
work-status-type-lift-overhead = Lifting above the head
work-status-type-carry = Carrying
work-status-type-push = Pushing
work-status-type-pull = Pulling
work-status-type-stand = Standing
work-status-type-walk = Walking
work-status-type-sit = Sitting
work-status-type-drive = Driving
work-status-type-keyboard = Keyboard work
work-status-type-total-hours = All work together
work-status-type-climb-stairs = Climbing stairs
work-status-type-climb-ladder = Climbing ladders
work-status-type-bend = Bending
work-status-type-twist = Twisting
work-status-type-crawl = Crawling
work-status-type-squat = Squatting
work-status-type-kneel = Kneeling
work-status-type-balance = Balance
work-status-type-reach-above-shoulder = Reaching above the shoulder
work-status-type-reach-below-shoulder = Reaching below the shoulder
work-status-type-hand-grasp = Grasping
work-status-type-hand-fine = Fine hand work
work-status-type-foot-raise = Raising a foot
work-status-type-foot-pedal = Working a pedal
work-status-type-work-at-height = Work at height
work-status-type-operate-machinery = Operating machinery
work-status-type-operate-forklift = Driving a forklift
work-status-type-drive-commercial = Driving commercial vehicles
work-status-type-safety-sensitive-work = Safety-sensitive work
work-status-type-respirator-use = Work with a respirator
work-status-type-patient-care = Care of patients
work-status-type-food-handling = Handling food
work-status-type-confined-space = Confined spaces
work-status-type-work-alone = Working alone
work-status-type-heat = Heat
work-status-type-cold = Cold
work-status-type-humidity = Humid air
work-status-type-fumes-dust = Fumes and dust
work-status-type-noise = Noise
work-status-type-vibration = Vibration
work-status-type-uneven-ground = Uneven ground
work-status-type-wear = Something to wear
work-status-type-alternate-sit-stand = Sitting and standing in turn
work-status-type-breaks = Breaks
work-status-type-days-per-week = Days a week
work-status-type-no-overtime = No overtime
work-status-type-no-night-shift = No night shift
work-status-type-no-work = No work
work-status-type-other = Something else

## Problems

problem-end-required = When does it end?
problem-end-required-detail = Give an end or say that it is permanent.
problem-end-before-start = The end lies before the start
problem-end-before-start-detail = Choose an end on or after the start.
problem-end-and-permanent = Give an end or say permanent
problem-end-and-permanent-detail = A permanent restriction has no end.
problem-limit-invalid = This limit does not fit
problem-limit-invalid-detail = Check the values and what this type of restriction takes.
problem-ladder-not-falling = Weights must fall
problem-ladder-not-falling-detail = What is done more often must be lighter.
problem-side-required = Which side?
problem-side-required-detail = This type of restriction needs a side of the body.
problem-lint-confirmation-required = This text may say why
problem-lint-confirmation-required-detail = It is read outside the clinic. Take out what names a condition, or say why it has to stay.
problem-lint-token-stale = The text has changed
problem-lint-token-stale-detail = Look at it once more and confirm it again.
code-end-required = Give an end or say that it is permanent.
code-end-before-start = Choose an end on or after the start.
code-end-and-permanent = A permanent restriction has no end.
code-limit-invalid = This value does not fit.
code-ladder-not-falling = What is done more often must be lighter.
code-side-required = Choose a side.
code-always-affects-work = “No work” always affects work.
code-not-later = Choose a later end than there is now.
code-reason-length = Write 1 to { $limit } characters.
code-not-of-this-person = Choose restrictions of this person that have not ended.
code-health-information = This may say why.

## Pages

work-status-title = Work status
work-status-full-duty = Full duty
work-status-restricted = Restricted
work-status-off-work = Off work
work-status-not-employed = Not employed
work-status-part-day = It changes during the day.
work-status-released-full = You are released to regular duty.
work-status-released-full-from = You are released to regular duty from { $from }.
work-status-released-restricted = You are released to modified duty from { $from } to { $until }.
work-status-released-restricted-open = You are released to modified duty from { $from } until further notice.
work-status-released-off = You are not released to work from { $from } to { $until }.
work-status-released-off-open = You are not released to work from { $from } until further notice.
work-status-released-ended = The employment has ended.
work-status-valid-until = Valid through { $until }
work-status-valid-open = Valid until further notice
work-status-limits = What to keep to at work
work-status-none = No restrictions. You are released to regular duty.
work-status-from-to = { $from } to { $until }
work-status-from-on = From { $from }, until further notice
work-status-comment = The clinic adds: { $comment }
work-status-reason = Reason: { $reason }
work-status-ordered-by = Ordered by { $name }
work-status-personal = Only you see this
work-status-accommodations = What your { $employer } arranged
work-status-who-sees = Your { $supervisor } sees the status, its dates and the sentences above, except those marked “Only you see this”. Never a reason, a diagnosis or a note of the clinic.
work-status-kind-work-location = Another place of work
work-status-kind-transitional-duty = Other duties for a time
work-status-kind-transitional-duty-area = Work in a transitional area
work-status-kind-housing = Housing
work-status-kind-lost-time-occupational = Time away, occupational
work-status-kind-lost-time-non-occupational = Time away, not occupational
work-status-kind-lost-time-maternity = Time away, maternity
work-status-kind-lost-time-er-approved = Time away, approved
work-status-kind-lost-time = Time away

team-title = Team
team-lead = Reasons are never shown here.
team-empty = Nobody reports to you yet.
team-empty-hint = If that is wrong, ask support to check who you lead.
team-none-match = Nobody matches this choice.
team-show-all = Show everybody
team-filter = Show
team-filter-all = Everybody
team-filter-off-work = Off work
team-filter-restricted = Restricted
team-filter-ending = Changing this week
team-filter-past-due = Past due
team-column-name = Name
team-column-job = Job
team-column-status = Status
team-column-until = Until
team-column-restrictions = Restrictions
team-column-due = Next due
team-column-appointment = Next appointment
team-due = { $name }, { $due }
team-past-due = Past due
team-until-open = Until further notice
team-restrictions =
    { $count ->
        [0] None
       *[other] { $count }
    }
team-no-due = Nothing
team-no-appointment = None
team-person-limits = What { $name } may do
team-person-none = No restrictions. Released to regular duty.
team-person-released-full = Released to regular duty.
team-person-released-full-from = Released to regular duty from { $from }.
team-person-released-restricted = Released to modified duty from { $from } to { $until }.
team-person-released-restricted-open = Released to modified duty from { $from } until further notice.
team-person-released-off = Not released to work from { $from } to { $until }.
team-person-released-off-open = Not released to work from { $from } until further notice.
team-person-accommodations = Accommodations
team-person-due = What is due
team-person-due-none = Nothing is due.
team-person-follow-up = Next appointment
team-person-clinic = Questions? Ask { $clinic }.
team-person-clinic-phone = Questions? Ask { $clinic }, { $phone }.
team-person-booked = Booked

restrictions-title = Restrictions
restrictions-add = Write a restriction
restrictions-show-ended = Show ended
restrictions-none = No restrictions.
restrictions-none-hint = What you write here, the { $person } and their { $supervisor } read as plain sentences.
restrictions-end-all = End all
restrictions-end-all-title = End all restrictions?
restrictions-end-all-lead = Active ones end today at 23:59, planned ones are cancelled.
restrictions-end-all-confirm = End { $count } restrictions
restrictions-end = End
restrictions-end-now = End now
restrictions-cancel = Cancel it
restrictions-extend = Extend
restrictions-extend-title = Extend this restriction
restrictions-extend-to = New last day
restrictions-extend-missing = Enter the new last day.
restrictions-extend-save = Extend through this day
restrictions-ended = Ended
restrictions-cancelled = Cancelled
restrictions-error = Entered in error
restrictions-active = Active
restrictions-planned = Planned
restrictions-personal = Personal
restrictions-error-mark = Mark as a mistake
restrictions-error-reason = Why is it a mistake?
restrictions-saved = Saved
restrictions-form-title = New restriction
restrictions-kind = What is limited
restrictions-how = How much is allowed
restrictions-how-none = Not at all
restrictions-how-weight = Up to a weight
restrictions-how-hours = Up to so many hours
restrictions-value = Weight
restrictions-unit = Unit
restrictions-unit-lb = lb
restrictions-unit-kg = kg
restrictions-frequency = How often
restrictions-frequency-once = Once in a shift
restrictions-frequency-occasional = Up to a third of the shift
restrictions-frequency-frequent = A third to two thirds
restrictions-frequency-constant = More than two thirds
restrictions-frequency-any = At any time
restrictions-add-line = Add a weight
restrictions-remove-line = Remove this weight
restrictions-per-day = Hours a day
restrictions-at-once = Hours at a time
restrictions-minutes = Minutes
restrictions-every-hours = Every so many hours
restrictions-days = Days a week
restrictions-choice = What to wear
restrictions-text = In words
restrictions-side = Side
restrictions-side-left = Left
restrictions-side-right = Right
restrictions-side-both = Both
restrictions-side-not-applicable = Not named
restrictions-starts = First day
restrictions-ends = Last day
restrictions-permanent = Permanent
restrictions-affects-work = Affects work: the { $supervisor } sees it
restrictions-comment = For the { $person } and their { $supervisor }
restrictions-comment-hint = What to do, not why. The { $supervisor } reads this.
restrictions-note = For the clinic only
restrictions-problem = What it is about
restrictions-problem-hint = The clinic only, unless you release it.
restrictions-release = Release this to the { $person }
restrictions-preview = What the { $supervisor } sees
restrictions-preview-nothing = Nothing: this restriction is personal.
restrictions-preview-incomplete = Fill in the limit to see the sentence.
restrictions-save = Save restriction
restrictions-lint-reason = Why does it have to stay?
restrictions-lint-save = Save it all the same
restrictions-lint-hint = 10 to 200 characters; kept in the audit trail.
restrictions-change = Change
restrictions-change-title = Change this restriction

accommodations-title = Accommodations
accommodations-not-answered = Not accommodated yet
accommodations-add = Write an accommodation
accommodations-none = No accommodations.
accommodations-none-hint = What the { $employer } arranges so that the restrictions can be kept to.
accommodations-answers = Answers: { $restrictions }
accommodations-form-title = New accommodation
accommodations-change-title = Change this accommodation
accommodations-kind = What is arranged
accommodations-preview-away = Off work. Nothing of this is shown.
accommodations-ends-hint = Leave it empty for as long as it is needed.
accommodations-restrictions = Which restrictions it answers
accommodations-coverage = How far
accommodations-coverage-full = In full
accommodations-coverage-for-now = For now
accommodations-save = Save accommodation
