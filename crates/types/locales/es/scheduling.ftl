# Citas: reservar, las citas propias, el calendario de la clínica.

## Problems

problem-slot-taken = Esa hora acaba de ocuparse
problem-slot-taken-detail = Alguien fue más rápido. Elija otra de las horas.
problem-person-busy = Ya hay otra cita a esa hora
problem-person-busy-detail = Nadie puede estar en dos lugares. Elija otra hora o anule antes la otra cita.
problem-slot-not-offered = Esa hora no se ofrece
problem-slot-not-offered-detail = Mire de nuevo las horas libres y elija una de ellas.
problem-hold-expired = Ya no le guardamos esa hora
problem-hold-expired-detail = Guardamos una hora solo unos minutos. Elíjala de nuevo si sigue libre.
problem-hold-limit = Ha elegido muchas horas en poco tiempo
problem-hold-limit-detail = Espere un rato antes de elegir otra, o llame a la clínica.
problem-notice-too-short = Ya es tarde para hacerlo aquí
problem-notice-too-short-detail = La clínica necesita más aviso. Llame, por favor, y le ayudarán.
problem-too-many-moves = Esta cita ya se movió demasiadas veces
problem-too-many-moves-detail = Queda donde está. Llame a la clínica, por favor, si necesita otra hora.
problem-check-in-closed = Ahora no puede registrar su llegada
problem-check-in-closed-detail = Es demasiado pronto o demasiado tarde. Vaya al mostrador o llame a la clínica, por favor.
problem-appointment-begun = La cita ya empezó
problem-appointment-begun-detail = Ya no se puede cambiar ni anular aquí.
problem-past-due = Fuera de plazo. Comuníquese con la clínica para pedir la cita.
problem-past-due-detail = Aquello para lo que es esta cita ya pasó de fecha.
problem-limit-reached = No puede reservar otra
problem-limit-reached-detail = Ya tiene todas las citas que se pueden reservar aquí. La clínica puede darle más.
problem-link-expired = Este enlace ya no funciona
problem-link-expired-detail = Ya se usó, la cita ya empezó o su dirección cambió. Inicie sesión o llame a la clínica.
problem-link-locked = Demasiados enlaces que no existen
problem-link-locked-detail = Espere un cuarto de hora e inténtelo de nuevo, o inicie sesión.
problem-override-needed = Una regla lo impide
problem-override-needed-detail = El personal puede dejarla de lado por su nombre y con un motivo.
problem-override-reason-required = Hace falta un motivo
problem-override-reason-required-detail = Diga en al menos 10 caracteres por qué la regla no vale esta vez.
problem-comment-required = Escriba un comentario
problem-comment-required-detail = La clínica quiere saber algo antes de esta cita.
problem-search-window-too-wide = Demasiados días a la vez
problem-search-window-too-wide-detail = Mire 31 días o menos cada vez.
code-kept-for-moving = Esta hora se guarda para mover una cita.
code-kept-for-another-visit = Esta hora se guarda para otra cosa.
code-another-kind = La cita es de otro tipo.
code-not-asked-for = Ninguna regla con este nombre lo impide.
code-not-offered = Esta hora no se ofrece.
code-unknown-reason = Este motivo no se puede dar aquí.
code-unknown = Esto no se conoce.

## One's own appointments

appointments = Mis citas
appointments-book = Programar una nueva cita
appointments-to-schedule = Por programar
appointments-upcoming = Próximas
appointments-past = Anteriores
appointments-none = Sin citas
appointments-none-text = Cuando reserve una, aparecerá aquí.
appointments-past-none = Nada todavía
appointments-past-none-text = Aquí aparecen las citas de los últimos meses.
appointment = Cita
appointment-minutes = { $minutes ->
    [one] 1 minuto
   *[other] { $minutes } minutos
}
appointment-with = Con
appointment-where = Dónde
appointment-when = Cuándo
appointment-how = Cómo
appointment-prepare = Qué hacer antes
appointment-bring = Qué traer
appointment-fasting = Solo agua desde { $time }
appointment-your-comment = Lo que usted escribió
appointment-who-sees = La clínica ve esta cita y lo que usted escribe.
appointment-who-sees-supervisor = Su { $supervisor } ve la hora, el lugar y el nombre «{ $name }», nada más.
appointment-who-sees-not-supervisor = Su { $supervisor } no la ve.
appointment-attend = Voy a ir
appointment-attends = Usted dijo que va a ir.
appointment-attend-thanks = Gracias. La clínica lo sabe.
appointment-check-in-title = ¿Ya está ahí?
appointment-check-in-lead = Avise a la clínica de que ha llegado.
appointment-check-in-comment = Algo que el mostrador deba saber
appointment-check-in = Registrar mi llegada
appointment-ready = Ya puedo empezar
appointment-checked-in-at = Registró su llegada a las { $time }. Espere, por favor, a que le llamen.
appointment-denied = La clínica no pudo aceptar esta cita: { $reason }
appointment-move = Mover esta cita
appointment-move-until = Puede moverla aquí hasta { $time }.
appointment-move-late = Para mover esta cita, llame a la clínica, por favor.
appointment-cancel = Anular esta cita
appointment-cancel-until = Puede anularla aquí hasta { $time }.
appointment-cancel-late = Ya es tarde para anularla aquí. Llame a la clínica, por favor.
appointment-ask-clinic = Preguntar a la clínica
appointment-cancel-title = ¿Anular esta cita?
appointment-cancel-lead = { $name }, { $time }. La hora queda libre para otros.
appointment-cancel-why = ¿Por qué la anula?
appointment-cancel-text = Algo que la clínica deba saber
appointment-cancel-text-hint = Solo lo lee la clínica.
appointment-needed = Responda esto, por favor.
appointment-cancel-keep = Conservarla
appointment-cancelled = La cita está anulada
appointment-cancelled-because = Anulada: { $reason }
appointment-zone = Las horas son las de { $place }.
appointment-in-person = En persona
appointment-telehealth = En línea
appointment-state = { $state ->
    [pending] Espera a la clínica
    [booked] Reservada
    [checked_in] Su llegada está registrada
    [in_progress] En curso
    [fulfilled] Hecha
    [no_show] No se presentó
    [cancelled] Anulada
   *[other] Retirada
}

appointment-add-to-calendar = Añadir a mi calendario
calendar-file-title = Cita - { $brand }

## Booking

book = Programar una cita
book-choose-type = ¿Qué necesita?
book-search-type = Buscar
book-no-types = No se puede reservar en línea
book-no-types-text = Llame a la clínica, por favor; le buscarán una hora.
book-choose-place = ¿Dónde?
book-choose-provider = ¿Con quién?
book-first-available = El primer profesional disponible
book-with = Con { $name }
book-map = Ver en un mapa
book-choose-day = Elija un día
book-choose-time = Elija una hora
book-morning = Mañana
book-afternoon = Tarde
book-evening = Noche
book-more-days = Mostrar más días
book-day-free = { $count ->
    [one] 1 hora libre
   *[other] { $count } horas libres
}
book-day-search = Mostrar un día
book-day-list = Mostrar de nuevo la lista
book-day-beyond = Elija un día del { $first } al { $last }.
book-none-on = No hay nada libre el { $date }
book-none-before = No hay hora libre antes del { $date }
book-none-before-text = Mire más adelante o llame a la clínica.
book-kept = Le guardamos esta hora { $time } más.
book-keep-longer = Guardarla más tiempo
book-comment = Algo que la clínica deba saber
book-comment-hint = Por ejemplo, que necesita un intérprete. No es para emergencias.
book-now = Reservar esta hora
book-other-time = Elegir otra hora
book-expired = Ya no le guardamos esa hora
book-expired-text = Lo que escribió sigue aquí. Elija de nuevo una hora.
book-again = Elegir de nuevo { $time }
book-others = Estas están libres
book-taken = Esa hora acaba de ocuparse
book-done = Su cita está reservada
book-done-pending = La clínica confirmará su cita
book-done-pending-text = La hora queda guardada para usted. La clínica le avisará.
book-done-forms = Antes de la visita
book-done-forms-text = Responda, por favor, las preguntas de esta cita.
book-done-forms-open = Abrir mis cuestionarios
book-done-see = Ver mis citas
book-step-type = Cita
book-step-time = Hora
book-step-confirm = Confirmar

## Moving

move = Mover la cita
move-now = Moverla aquí
move-now-at = Ahora
move-stays = Queda ahí hasta que confirme otra hora.
move-done = Su cita está movida
move-not = Esta cita no se puede mover aquí
move-not-text = Llame a la clínica, por favor; le buscarán otra hora.

## Las citas del equipo, para quien lo dirige

team-appointments = Citas
team-appointments-lead = Usted ve cuándo, dónde y el nombre que todos pueden saber. Aquí nunca se muestran los motivos.
team-appointments-none = No hay nada programado
team-appointments-none-text = Cuando alguien a su cargo tenga una cita que usted pueda conocer, aparecerá aquí.
team-appointments-over = Anteriores, perdidas y anuladas
team-appointments-over-none-text = Aquí aparecen las citas de los últimos 90 días.
team-person-appointments-none = No hay ninguna cita programada.
team-to-schedule = Por programar
team-to-schedule-none = Nada que programar
team-ask-for-time = Pedir una hora a la clínica
team-visit-state = { $state ->
    [waiting_for_clinic] Espera a la clínica
    [booked] Reservada
    [done] Hecha
    [missed] Perdida
   *[cancelled] Anulada
}

## The clinic's calendar

calendar = Calendario
calendar-location = Lugar
calendar-date = Fecha
calendar-today = Hoy
calendar-before = { $span ->
    [week] Semana anterior
   *[day] Día anterior
}
calendar-after = { $span ->
    [week] Semana siguiente
   *[day] Día siguiente
}
calendar-span-label = Mostrar
calendar-span = { $span ->
    [week] Semana
    [list] Lista
   *[day] Día
}
calendar-shown = Calendarios
calendar-shown-all = Todos
calendar-shown-kind = { $kind ->
    [provider] Todos los profesionales
   *[room] Todas las salas
}
calendar-week-of = Semana del { $date }
calendar-week-columns = Calendario, una columna por día
calendar-empty = Sin citas
calendar-empty-text = Horarios de este día: { $schedules }
calendar-no-schedules = Nadie trabaja aquí este día.
calendar-cancelled = Anuladas, no presentadas o registradas por error
calendar-columns = Calendario, una columna por recurso
calendar-list = El día como lista
calendar-closed = Ausente
calendar-column-deleted = Eliminado: aún tiene citas
calendar-fasting = En ayunas
calendar-again = Reservar otra vez
calendar-again-lead = La misma cita para la misma persona en el mismo lugar, a otra hora.
calendar-history = Historial
calendar-step = { $kind ->
    [requested] Solicitada
    [booked] Reservada
    [confirmed] Aceptada
    [denied] No aceptada
    [moved] Movida
    [rearranged] Con otro profesional o de otra duración
    [attending] La persona vendrá
    [checked_in] La persona llegó
    [check_in_undone] Llegada deshecha
    [begun] Empezada
    [completed] Terminada
    [missed] La persona no vino
    [corrected] Corregida
    [cancelled] Anulada
    [restored] Anulación deshecha
   *[struck] Registrada por error
}
calendar-step-side = { $side ->
    [person] { $signed ->
        [yes] en su { $portal }
       *[no] por un enlace en un correo o un código en la puerta
    }
    [team] como { $supervisor }
    [clinic] clínica
   *[none] anotado por la noche
}
calendar-others = Otras citas de esta persona
calendar-others-none = Nada por delante ni en los últimos dos años.
calendar-unread = { $count ->
    [one] Formulario por leer
   *[other] { $count } formularios por leer
}
calendar-book = Reservar para una persona
calendar-person = Persona
calendar-type = Cita
calendar-provider = Profesional
calendar-any-provider = Cualquier profesional
calendar-from = Desde
calendar-free-none = Sin horas libres en estos días
calendar-booked = Reservada
calendar-comment = Comentario
calendar-comment-hint = La persona puede leerlo.
calendar-employer-title = ¿Para qué { $employer } es?
calendar-employer = { $Employer }
calendar-employer-go = Reservar
calendar-move = Mover la cita
calendar-moved = Movida
calendar-moved-to = A
calendar-move-here = Moverla aquí
calendar-move-elsewhere = U otra hora libre
calendar-act-confirm = Aceptar
calendar-act-deny = No aceptar
calendar-act-check-in = La persona está aquí
calendar-act-undo-check-in = No está, después de todo
calendar-act-begin = Empezar
calendar-act-finish = Hecha
calendar-act-miss = No vino
calendar-act-undo-cancel = Retomarla
calendar-act-correct = No faltó
calendar-deny-lead = La hora queda libre y { $name } lee su motivo.
calendar-deny-reason = Motivo, para que lo lea la persona
calendar-correct-state = ¿Qué pasó con ella?
calendar-correct-booked = Todavía está por venir
calendar-correct-fulfilled = Se hizo
calendar-correct-reason = Motivo, para el registro
calendar-act-strike = Marcar como registrada por error
calendar-strike-lead = Para cuando la cita nunca debió registrarse. Queda en el expediente de { $name }, marcada como registrada por error, y su hora queda libre. Esto no se puede deshacer.
calendar-struck = Por qué se registró por error
calendar-checked-in = Aquí desde
calendar-check-in-comment = Dicho en el mostrador
calendar-denial = Por qué la clínica no aceptó
calendar-attends = Va a venir
calendar-waiting = { $minutes ->
    [one] Espera 1 minuto
   *[other] Espera { $minutes } minutos
}
calendar-waiting-long = { $minutes ->
    [one] Espera larga: 1 minuto
   *[other] Espera larga: { $minutes } minutos
}
calendar-walk-in = La persona está aquí: empezar ahora
calendar-another-time = Otra hora
calendar-another-time-take = Tomar esta hora
calendar-override = Regla dejada de lado
calendar-override-title = Esto lo impide
calendar-override-kind = { $kind ->
    [double_book] Más personas a esta hora de lo previsto
    [outside_hours] Fuera del horario
    [inside_blackout] Alguien o algo no está
    [ignore_buffer] Sin tiempo libre antes o después
    [over_cap] Más citas este día de lo previsto
    [not_qualified] Sin la capacitación para esta cita
    [region] Nadie puede atender en línea donde estará la persona
   *[location_not_linked] Este lugar no está abierto para la empresa de la persona
}
calendar-override-reason = ¿Por qué de todos modos?
calendar-override-reason-hint = Al menos { $count } caracteres. Sus colegas lo ven en el calendario.
calendar-override-anyway = Hacerlo de todos modos
calendar-changed = Guardado
calendar-cancel = Anular la cita
calendar-cancel-lead = Se avisará a { $name }.
calendar-open-chart = Abrir el expediente
calendar-reason = Por qué
calendar-comment-booking = Escrito al reservar
calendar-comment-cancel = Escrito al anular
calendar-state = { $state ->
    [pending] Por confirmar
    [booked] Reservada
    [checked_in] Presente
    [in_progress] En curso
    [fulfilled] Hecha
    [no_show] No se presentó
    [cancelled] Anulada
   *[other] Registrada por error
}

# A time for somebody who reports to one, and what they read of it.
appointment-comment-of-supervisor = Lo que escribió su { $supervisor }
calendar-comment-supervisor = Escrito por { $supervisor } al reservar
team-schedule = Programar
team-schedule-go = Programar, cambiar o anular
team-schedule-request = Pedir una hora
team-schedule-title = Programar una cita
team-schedule-pick = ¿Para quién?
team-schedule-search = Nombre
team-schedule-search-hint = Escriba una parte del nombre.
team-schedule-nobody = Todavía nadie depende de usted en { $product }
team-schedule-nobody-matches = Nadie con ese nombre depende de usted.
team-schedule-new = Cita nueva
team-schedule-what = ¿Para qué es?
team-schedule-coming = Próximas y perdidas
team-schedule-by-clinic = La clínica hace las citas
team-schedule-by-clinic-text = Llame a la clínica; le buscarán una hora.
team-schedule-who = Para
team-schedule-comment = Un comentario
team-schedule-comment-hint = { $name } puede leerlo, y la clínica también. No escriba nada sobre la salud.
team-schedule-will-be-told = Se informará a { $name } de la hora y el lugar.
team-schedule-clinic-confirms = La clínica tiene que confirmar este tipo de cita.
team-schedule-done = La cita está reservada
team-schedule-moved = La cita se ha cambiado
team-schedule-told = Se ha informado a { $name }.
team-schedule-see = Volver a las citas
team-request-will-be-told = Se le dirá a { $name } que usted preguntó. La clínica les responde a usted y a { $name }.
team-request-done-text = La clínica responde antes de { $time }. Se le ha dicho a { $name } que usted preguntó.
team-request-done-text-soon = La clínica responderá. Se le ha dicho a { $name } que usted preguntó.
team-request-write = Escribir mejor a la clínica
team-past-due-clinic = Vencido. La clínica tiene que programarlo.
team-visit-move = Cambiar
team-visit-cancel = Anular
team-visit-cancel-of = Anular: { $name }
team-cancel-lead = { $what }, { $time }. Se informará a { $name }.
home-past-due-warning = Vencido. Póngase en contacto con la clínica para programarlo.
# Pedir una cita a la clínica

problem-offer-expired = Esta hora ya no está guardada para usted
problem-offer-expired-detail = La clínica puede proponerle otra.
problem-offer-taken = Otra persona fue más rápida
problem-offer-taken-detail = Esta hora ya no está libre. Usted sigue esperando la próxima.
code-slot-taken = Esta hora se acaba de ocupar.
code-person-busy = La persona tiene otra cita a esa hora.
code-override-needed = Una regla impide esta hora.
code-overlaps = Esta hora coincide con otra.
code-too-many = Como máximo { $limit }.
request-said = Quisiera una cita: { $name }
request = Pedir una cita
request-lead = Diga qué necesita y cuándo le conviene. La clínica busca una hora.
request-none = Aquí no se puede pedir nada
request-choose = ¿Qué necesita?
request-where = ¿Dónde?
request-anywhere = En cualquier lugar
request-anybody = Cualquiera
request-when = ¿Cuándo le conviene?
request-when-hint = Hasta tres deseos. Sin ninguno, conviene cualquier hora.
request-wish = Deseo { $number }
request-from = Desde
request-to = Hasta
request-part = Parte del día
request-part-name = { $part ->
    [morning] Mañana
    [afternoon] Tarde
    [evening] Noche
   *[any] A cualquier hora
}
request-weekdays = Días de la semana
request-weekdays-hint = Si no elige ninguno, vale cualquier día.
request-wish-add = Añadir otro deseo
request-wish-remove = Quitar este deseo
request-contact = ¿Cómo debe contactarle la clínica?
request-contact-name = { $contact ->
    [phone] Por teléfono
    [email] Por correo electrónico
   *[message] Con un mensaje aquí
}
request-comment = Algo que la clínica deba saber
request-comment-hint = Por ejemplo, en qué turno trabaja. No para emergencias.
request-send = Enviar la solicitud
request-done-open = Abrir la solicitud
request-who-sees = La clínica ve lo que usted escribe aquí. Su { $supervisor } no.
request-done = Su solicitud está enviada
request-done-text = La clínica responde antes de { $time }. Encontrará la solicitud entre sus citas.
request-done-text-soon = La clínica responderá. Encontrará la solicitud entre sus citas.
requests = Solicitudes
requests-none = Sin solicitudes
requests-none-text = Cuando pida una hora a la clínica, podrá seguirla aquí.
request-asked-by-supervisor = Lo pidió su { $supervisor }.
request-sent-at = Enviada { $time }
request-step-sent = Enviada
request-step-seen = Vista
request-step-offered = Horas propuestas
request-step-booked = Reservada
request-state = { $state ->
    [open] Enviada
    [seen] Vista por la clínica
    [offered] Elija una hora
    [booked] Reservada
    [declined] Rechazada
   *[withdrawn] Retirada
}
request-declined-because = La clínica no tiene hora: { $reason }
request-booked-see = Ver la cita
request-conversation = Mensajes sobre ella
request-withdraw = Retirar la solicitud
request-withdraw-title = ¿Retirar esta solicitud?
request-withdraw-lead = La clínica deja de buscar una hora.
request-withdrawn = La solicitud está retirada
request-offers = La clínica propone
request-offers-lead = { $count ->
    [one] Esta hora está guardada para usted. Tómela o diga que no le conviene.
   *[other] Estas horas están guardadas para usted. Tome una o diga que ninguna le conviene.
}
request-offer-kept = Guardada { $time } más
request-offer-open = Para quien llegue primero, { $time } más
request-offer-gone = Ya no está guardada
request-accept = Tomar { $time }
request-accepted = Su cita está reservada
request-refuse = Ninguna me conviene
request-refuse-title = ¿No le conviene ninguna de estas horas?
request-refuse-lead = Las horas quedan libres para otros y la clínica vuelve a buscar.
request-refused = La clínica busca otras horas
request-wish-line = { $from } a { $to }
request-any-time = Cualquier hora conviene
book-request-instead = Pedir una cita
book-request-text = ¿Nada le conviene? Pida una hora a la clínica.
book-call = Llame a la clínica
book-call-text = Aquí las citas se acuerdan por teléfono.

# La lista de solicitudes de la clínica

nav-requests = Solicitudes
work-requests = Solicitudes de cita
requests-clinic = Solicitudes de cita
requests-clinic-lead = Lo que se pide a la clínica, lo más antiguo primero.
requests-clinic-none = Nadie espera una hora
requests-clinic-ended = Terminadas
requests-clinic-waiting = En espera
requests-clinic-show = Mostrar
requests-clinic-ended-none = Todavía no terminó ninguna
requests-waits = { $hours ->
    [0] Espera menos de una hora
    [one] Espera 1 hora
   *[other] Espera { $hours } horas
}
requests-waits-days = { $days ->
    [one] Espera 1 día
   *[other] Espera { $days } días
}
requests-overdue = Con retraso
requests-answer-by = Respuesta prometida para
requests-clinic-state = { $state ->
    [open] Nueva
    [seen] Vista
    [offered] Horas propuestas
    [booked] Reservada
    [declined] Rechazada
   *[withdrawn] Retirada
}
requests-sent = Enviada
requests-asked-by = Pedida por
requests-asked-by-person = La persona
requests-asked-by-team = Alguien a quien rinde cuentas
requests-wishes = Deseos
requests-contact = Respuesta deseada
requests-comment = Lo que se escribió
requests-proposed = Propuesto
requests-proposed-until = hasta { $time }
requests-find = Buscar horas
requests-find-hint = Elija una para reservarla, o hasta cinco para proponerlas.
requests-another-time-choose = Elegir esta hora
requests-book-comment-hint = Va con una reserva, no con una propuesta. La persona puede leerlo.
requests-suits-only = Solo horas que convienen
requests-chosen = { $count ->
    [0] Nada elegido
    [one] 1 hora elegida
   *[other] { $count } horas elegidas
}
requests-chosen-remove = Quitar { $time }
requests-none-suits = Ninguna hora libre de estos días conviene. Muestre todas las horas o busque otros días.
requests-hours = Guardarlas durante
requests-hours-count = { $hours ->
    [one] 1 hora
   *[other] { $hours } horas
}
requests-offer = { $count ->
    [one] Proponer esta hora
   *[other] Proponer estas { $count } horas
}
requests-offered = Las horas están guardadas y propuestas
requests-offer-again = Lo que está propuesto ahora se retira.
requests-book = Reservar esta hora
requests-booked = Reservada
requests-decline = Rechazar
requests-decline-lead = { $name } lee su motivo.
requests-decline-reason = Motivo, para que lo lea la persona
requests-declined = Rechazada
requests-ask = Preguntar a la persona
requests-clinic-show-state = Estado
requests-see-visits = Sus citas
home-choose = Elija una hora: { $what }

## One visit for everything due

problem-plan-stale = Estos horarios ya no están libres
problem-plan-stale-detail = No se reservó nada. Mire los planes otra vez: se hacen de nuevo.
visit-plans = Una visita para todo lo pendiente
visit-plans-card = Tiene varias cosas pendientes. Pueden hacerse una tras otra.
visit-plans-saves = { $count ->
    [one] ahorra 1 visita
   *[other] ahorra { $count } visitas
}
visit-plans-look = Ver los planes
visit-plans-visits = { $count ->
    [one] Todo en 1 visita
   *[other] Todo en { $count } visitas
}
visit-plans-choose = Elegir este plan
visit-plans-late = después de su fecha límite
visit-plans-left-out = No está en estos planes: { $names }. Resérvelo aparte o llame a la clínica.
visit-plans-none = No se puede juntar nada
visit-plans-none-text = No hay horarios que se sigan uno a otro. Reserve cada cita por separado o llame a la clínica.
visit-plans-check = Revise y confirme
visit-plans-visit = Visita { $number }
visit-plans-not-kept = Estos horarios no se le guardan hasta que los reserve.
visit-plans-book = { $count ->
    [one] Reservar esta visita
   *[other] Reservar las { $count } visitas
}
visit-plans-other = Elegir otro plan
visit-plans-done = Todo está reservado
visit-plans-done-pending = La clínica aún debe confirmar una parte. La clínica le avisará.
visit-plans-step-plan = Plan
visit-plans-step-confirm = Confirmar

## La lista de espera

wait-list-offer = Hay una hora libre para usted
wait-list-offer-lead = Se la guardamos un rato. Después se ofrece a la siguiente persona.
wait-list-offer-open-lead = También avisamos a otras personas: es de quien la acepte primero.
wait-list-offer-moves = Si la acepta, su cita de { $time } pasa a esa hora.
wait-list-accepted = La hora es suya
wait-list-refuse = No, gracias
wait-list-refused = Se ofrece a la siguiente persona
wait-list-earlier = Una hora anterior
wait-list-earlier-lead = Le avisamos cuando quede libre una hora anterior a esta. Su cita sigue igual hasta que acepte otra.
wait-list-earlier-wish = Avíseme si queda libre una hora anterior
wait-list-earlier-wished = Le avisamos cuando quede libre una hora anterior.
wait-list-earlier-stop = No me avise más
wait-list-earlier-stopped = Ya no le avisamos
wait-list-due = Usted ya espera una hora: le avisamos cuando quede una libre.
wait-list-own = Usted espera una hora
wait-list-own-lead = Cuando quede libre una que le convenga, se la ofrecemos.
wait-list-own-any = Le conviene cualquier hora
wait-list-own-change = Qué horas le convienen
wait-list-own-saved = Guardado: solo le ofrecemos lo que le conviene
wait-list-own-any-way = De cualquier manera

nav-wait-list = Lista de espera
wait-list = Lista de espera
wait-list-lead = Quién espera una hora, primero quien espera más. Lo que queda libre se ofrece a uno tras otro.
wait-list-none = Nadie espera una hora
wait-list-none-text = Nadie espera, o nadie de los que busca.
wait-list-any-resource = Con cualquiera
wait-list-any-place = En cualquier lugar
wait-list-any-kind = De cualquier tipo
wait-list-due-by = Vence hasta
wait-list-hide-future = Ocultar lo que las personas aún no ven
wait-list-waits-for = Espera
wait-list-waits-for-name = { $what ->
    [earlier] Una hora anterior
    [request] Una solicitud sin hora
   *[due_item] Algo pendiente
}
wait-list-due-on = vence el { $date }
wait-list-visible-on = visible desde el { $date }
wait-list-instead-of = en lugar de { $time }
wait-list-past-due = Vencido
wait-list-wishes = Deseos
wait-list-since = Espera desde
wait-list-first = Primero en la fila
wait-list-offered = Ofrecida hasta { $time }
wait-list-escalate = Poner primero
wait-list-escalate-back = Volver a la fila
wait-list-close = Ya no espera
wait-list-close-title = ¿Quitar de la lista de espera?
wait-list-close-lead = A { $name } ya no se le ofrecen horas para esto. Lo pendiente sigue pendiente.
wait-list-closed = Quitado de la lista de espera
wait-list-more = Más para { $name }
wait-list-log = Ofertas
wait-list-log-of = Ofertas a { $name }
wait-list-log-all = Horas que quedaron libres
wait-list-log-none = Aún no quedó libre ninguna hora
wait-list-freed = { $by ->
    [move] cambiada a otra hora
    [refusal] propuesta y no aceptada
    [blackout_ended] terminó una ausencia
    [capacity_added] añadida al horario
   *[cancellation] cancelada
}
wait-list-broadcast = avisada a varias personas a la vez
wait-list-outcome = { $outcome ->
    [taken] Aceptada
    [nobody] Nadie la aceptó
    [too_late] Ya empieza demasiado pronto
   *[open] Se está ofreciendo
}
wait-list-turn-offer = { $state ->
    [held] se le pregunta ahora
    [accepted] la aceptó
    [declined] no la quiso
    [expired] no contestó a tiempo
    [beaten] no fue la primera persona
   *[withdrawn] ya no la necesitaba
}
wait-list-turn-skip = { $reason ->
    [no_channel] se omitió: no hay dirección a la que escribir
    [person_busy] se omitió: tiene otra cita a esa hora
    [live_offer] se omitió: ya se le guarda otra hora
    [offers_in_week] se omitió: tres ofertas en siete días
   *[quiet_hours] se omitió: horas de descanso
}
wait-list-put = Ponerla en la lista de espera por si queda libre una hora
wait-list-look-again = Continúa a las { $time }
# Citas en línea y la pantalla en la puerta de la clínica
problem-region-not-covered = A esa hora nadie puede atender a personas que están allí
problem-region-not-covered-detail = Quienes trabajan entonces solo pueden atender en otros estados o países. Elija otra hora o llame a la clínica.
problem-check-in-locked = Demasiados códigos equivocados
problem-check-in-locked-detail = Espere un cuarto de hora o vaya al mostrador.
code-not-covered = Nadie de los que trabajan entonces puede atender a personas que están allí.
code-not-a-link = No es una dirección web que empiece por https. Como máximo { $limit } caracteres.
code-no-provider = Solo quien atiende a personas puede tener un enlace.
region-field = ¿En qué estado o país estará?
region-field-of-somebody = ¿En qué estado o país estará la persona?
region-field-hint = En línea solo se puede atender a quien está donde el profesional tiene licencia.
book-choose-region-first = Elija dónde; entonces aparecen las horas libres.
book-choose-provider-first = Elija un profesional para ver las horas libres.
appointment-region = Dónde estará
appointment-join = Entrar
appointment-join-from = Puede entrar a partir de las { $time }.
appointment-check-in-code = Código para registrarse
appointment-check-in-qr = El código como imagen, para el lector de la entrada
kiosk-title = Registrarse
kiosk-lead = Escriba el código de su correo o de la página de la cita, o acerque su imagen al lector.
kiosk-code = Su código
kiosk-code-hint = Seis letras y números, por ejemplo K7M-2PX
kiosk-done = Ya está registrado
kiosk-done-at = a las { $time }
kiosk-done-lead = Tome asiento, por favor. Le llamarán.
kiosk-next = Siguiente persona
kiosk-unknown = Ninguna cita de aquí tiene ahora este código
kiosk-unknown-text = Compruebe el código e inténtelo otra vez, o pregunte en el mostrador.
kiosk-failed = No ha funcionado
book-time-there = { $time } en la clínica

# Cuándo no se quiere que lo molesten

quiet-hours = Horas de descanso
quiet-hours-lead = En estas horas ningún correo le recuerda una cita y no se le ofrece ninguna hora que quede libre. Los recordatorios llegan cuando terminan. Si cambia algo de su cita, se lo decimos enseguida.
quiet-hours-on = Tengo horas de descanso
quiet-hours-from = Desde
quiet-hours-until = Hasta
