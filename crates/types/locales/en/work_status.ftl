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
