## Correos

mail-something-new-subject = Hay algo nuevo para usted en { $brand }
mail-something-new-body =
    Hay algo nuevo para usted en { $brand }. Entre para leerlo: { $link }

    Por su privacidad, este mensaje no dice nada más. Las respuestas a él no se leen.

mail-appointment-booked-subject = Su cita en { $brand }
mail-appointment-booked-body =
    Su cita está reservada:

    { $time }
    { $details }

    Diga que vendrá, cámbiela o cancélela, sin iniciar sesión: { $answer }

    Vea qué hacer antes: { $link }

    Por su privacidad, este mensaje no dice para qué es. Las respuestas no se leen.
mail-appointment-pending-subject = Su cita en { $brand } espera a la clínica
mail-appointment-pending-body =
    Usted pidió esta hora. La clínica aún debe aceptarla, y le avisaremos cuando lo haga:

    { $time }
    { $details }

    Véala, cámbiela o cancélela: { $link }

    Por su privacidad, este mensaje no dice para qué es. Las respuestas no se leen.
mail-appointment-confirmed-subject = La clínica aceptó su cita en { $brand }
mail-appointment-confirmed-body =
    La clínica aceptó. Su cita:

    { $time }
    { $details }

    Diga que vendrá, cámbiela o cancélela, sin iniciar sesión: { $answer }

    Vea qué hacer antes: { $link }

    Por su privacidad, este mensaje no dice para qué es. Las respuestas no se leen.
mail-appointment-moved-subject = Su cita en { $brand } tiene otra hora
mail-appointment-moved-body =
    Su cita cambió. Ahora es:

    { $time }
    { $details }

    Diga que vendrá, cámbiela o cancélela, sin iniciar sesión: { $answer }

    Vea qué hacer antes: { $link }

    Por su privacidad, este mensaje no dice para qué es. Las respuestas no se leen.
mail-appointment-reminder-subject = Recordatorio de su cita en { $brand }
mail-appointment-reminder-body =
    Usted tiene una cita:

    { $time }
    { $details }

    Diga que vendrá, cámbiela o cancélela, sin iniciar sesión: { $answer }

    Vea qué hacer antes: { $link }

    Por su privacidad, este mensaje no dice para qué es. Las respuestas no se leen.
mail-appointment-preparation-subject = Qué hacer antes de su cita en { $brand }
mail-appointment-preparation-body =
    Su cita se acerca:

    { $time }
    { $details }

    Vea todo lo que hay que hacer antes: { $link }

    ¿No puede venir? Cámbiela o cancélela, sin iniciar sesión: { $answer }

    Por su privacidad, este mensaje no dice para qué es. Las respuestas no se leen.
mail-appointment-denied-subject = La clínica no aceptó una hora en { $brand }
mail-appointment-denied-body =
    La clínica no aceptó esta hora:

    { $time }
    { $details }

    Lea por qué y elija otra: { $link }

    Por su privacidad, este mensaje no dice para qué es. Las respuestas no se leen.
mail-appointment-cancelled-subject = Se canceló una cita en { $brand }
mail-appointment-cancelled-body =
    Se canceló esta cita:

    { $time }
    { $details }

    Véala o reserve otra: { $link }

    Por su privacidad, este mensaje no dice para qué es. Las respuestas no se leen.
mail-digest-daily-subject = Citas de hoy en { $brand }
mail-digest-daily-body =
    Novedades de las citas:

    { $details }

    Entre para verlas: { $link }

    En Ajustes puede elegir con qué frecuencia recibe este mensaje. Por privacidad, no dice nada más. Las respuestas no se leen.
mail-digest-weekly-subject = Citas de esta semana en { $brand }
mail-digest-weekly-body =
    Novedades de las citas desde la última vez:

    { $details }

    Entre para verlas: { $link }

    En Ajustes puede elegir con qué frecuencia recibe este mensaje. Por privacidad, no dice nada más. Las respuestas no se leen.
mail-digest-staff-booked = Reservadas en línea: { $count }
mail-digest-staff-moved = Cambiadas en línea: { $count }
mail-digest-staff-cancelled = Canceladas en línea: { $count }
mail-digest-staff-ahead-daily = Con usted hasta el final del próximo día hábil: { $count }
mail-digest-staff-ahead-weekly = Con usted esta semana: { $count }
mail-digest-supervisor-booked = Reservadas para su gente: { $count }
mail-digest-supervisor-moved = Cambiadas: { $count }
mail-digest-supervisor-cancelled = Canceladas: { $count }
mail-digest-supervisor-ahead-daily = Reservadas por usted, hasta el final del próximo día hábil: { $count }
mail-digest-supervisor-ahead-weekly = Reservadas por usted para esta semana: { $count }
mail-offer-made-subject = Hay una hora libre para usted en { $brand }
mail-offer-made-body =
    Quedó libre una hora y se la guardamos:

    { $time }

    Es suya si la acepta hasta { $until }. Después se ofrece a la siguiente persona.

    Acéptela o déjela, sin iniciar sesión: { $answer }

    Vea todo lo demás: { $link }

    Por su privacidad, este mensaje no dice para qué es. Las respuestas no se leen.
mail-offer-open-subject = Hay una hora libre en { $brand }
mail-offer-open-body =
    Quedó libre una hora:

    { $time }

    Es suya si usted es la primera persona en aceptarla, a más tardar { $until }. También avisamos a otras personas.

    Acéptela o déjela, sin iniciar sesión: { $answer }

    Vea todo lo demás: { $link }

    Por su privacidad, este mensaje no dice para qué es. Las respuestas no se leen.
mail-appointment-phone = Teléfono: { $phone }
mail-appointment-code = Código para registrarse en la puerta: { $code }
mail-appointment-your-time = su hora
mail-appointment-there = En la clínica son las { $time }
mail-appointment-prep = Antes de venir: { $prep }
mail-appointment-fast = Nada más que agua desde { $time }

## Fechas en los correos

time-of-day = { $hour }:{ $minute } { $half ->
    [am] a. m.
   *[pm] p. m.
}
weekday-short = { $name ->
    [mon] lun
    [tue] mar
    [wed] mié
    [thu] jue
    [fri] vie
    [sat] sáb
   *[sun] dom
}
month-short = { $name ->
    [jan] ene
    [feb] feb
    [mar] mar
    [apr] abr
    [may] may
    [jun] jun
    [jul] jul
    [aug] ago
    [sep] sept
    [oct] oct
    [nov] nov
   *[dec] dic
}

## Una cita por el enlace de un correo

visit-link-offer-accept = Aceptar esta hora
visit-link-offer-accepted = La hora es suya. Le enviamos un correo.
visit-link-offer-refuse = No, gracias
visit-link-offer-refused = Se ofrece a la siguiente persona. ¡Gracias por avisarnos!
visit-link-offer-kept = Se la guardamos { $time } más
visit-link-offer-gone = Ya no se la guardamos.
visit-link-title = Su cita
visit-link-sign-in = Iniciar sesión para todo lo demás
visit-link-attend = Vendré
visit-link-attends = Usted dijo que vendrá. ¡Gracias!
visit-link-move = Otra hora
visit-link-move-choose = Elija una hora nueva. La anterior quedará libre.
visit-link-moved = Su cita cambió. Le enviamos la hora nueva.
visit-link-cancel = Cancelar la cita
visit-link-cancel-sure = ¿Cancelar esta cita? La hora quedará libre para otra persona.
visit-link-cancelled = Su cita se canceló.
visit-link-state-cancelled = Cancelada
visit-link-state-pending = La clínica aún debe aceptarla
visit-link-place = Dónde
visit-link-phone = Teléfono
visit-link-preparation = Antes de venir
visit-link-too-late = Se podía cancelar aquí hasta las { $time } del { $date }. Por favor, llame a la clínica.
