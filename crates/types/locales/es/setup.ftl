# Lo que configura una clínica: horarios, cierres, tipos de cita.

problem-schedule-has-appointments = Hay citas futuras en este horario
problem-schedule-has-appointments-detail = Siguen reservadas si se elimina el horario. Confirme para eliminarlo.
problem-blackout-overlaps-appointments = Hay citas en este tiempo
problem-blackout-overlaps-appointments-detail = Siguen reservadas y se abre una tarea para cambiarlas. Confirme para continuar.
code-duration = Elija de 5 a 480 minutos, de 5 en 5.
problem-resource-has-appointments = Hay citas futuras con él
problem-resource-has-appointments-detail = Siguen reservadas si se elimina. Confirme para eliminarlo.
problem-type-in-use = Hay citas que lo impiden
problem-type-in-use-detail = Hay citas futuras de este tipo. Puede desactivarse, o cambiarse solo para citas nuevas.
code-type-code = Use de 1 a 15 letras mayúsculas, cifras y guiones.
code-reason-code = Use de 1 a 40 letras minúsculas, cifras y guiones bajos.
code-night-only = Nadie puede elegir este motivo.
code-every-language = Escríbalo en todos los idiomas.
code-follows-itself = Se seguiría a sí mismo.
code-answered-elsewhere = Otro tipo de cita ya responde a esto.
code-taken = Ya hay uno así.
code-needed-to-book = Quien reserva una cita tiene que poder verla.
code-window-end = Tiene que ser después del inicio, en el mismo día.
code-window-overlap = Coincide con otra franja del mismo día.
code-weekday-only = Indique un día de la semana, no una fecha.
code-date-only = Indique una fecha, no un día de la semana.
code-interval = Elija 5, 10, 15, 20, 30 o 60 minutos.
code-offset = Tiene que ser menos que los minutos entre inicios.
code-before-start = No puede ser antes del inicio.

## La configuración de la clínica

setup = Configuración
setup-lead = Cuándo están las personas y las salas, y qué se puede reservar.
setup-schedules = Horarios
setup-saved = Guardado
setup-restored = Recuperado
setup-restore = Recuperar
setup-deleted = Eliminado
setup-deleted-done = Eliminado
setup-deleted-none = No se eliminó nada.
setup-delete-anyway = Eliminarlo de todos modos
setup-show-deleted = Mostrar lo eliminado
setup-acts = Qué se puede hacer
setup-history = Historial
setup-history-none = Todavía no se guardó nada
setup-history-installation = la instalación
setup-history-nothing = nada
setup-history-then = después
setup-history-act = { $act ->
    [created] Creado
    [changed] Cambiado
    [deleted] Eliminado
   *[restored] Recuperado
}
setup-weekday = { $day ->
    [d1] lun
    [d2] mar
    [d3] mié
    [d4] jue
    [d5] vie
    [d6] sáb
   *[d7] dom
}
setup-weeks = { $count ->
    [one] cada semana
   *[other] cada { $count } semanas
}
setup-since = desde el { $date }
setup-kinds-all = Todos
setup-kinds-hint = Si no elige ninguno, valen todos.
setup-schedules-none = No hay horarios
setup-schedules-none-text = Sin horario no se puede reservar nada. Cree uno para cada persona y cada sala.
setup-schedule-new = Horario nuevo
setup-schedule-change = Cambiar el horario
setup-schedule-dates = Fechas
setup-schedule-delete = ¿Eliminar este horario?
setup-schedule-delete-lead = { $name }, { $hours }. Se puede recuperar.
setup-schedule-ahead = { $count ->
    [one] Contiene una cita futura, que sigue reservada.
   *[other] Contiene { $count } citas futuras, que siguen reservadas.
}
setup-pattern = Se repite
setup-pattern-weekly = Cada semana
setup-pattern-dates = En ciertas fechas
setup-days = Días
setup-date = Fecha
setup-hours-from = De
setup-hours-to = A
setup-hours-add = Añadir una franja
setup-hours-remove = Quitar esta franja
setup-more = Más
setup-offset-hint = Minutos después de la hora en punto desde los que se cuentan los inicios.
setup-daily-cap-hint = Déjelo vacío para admitir todas las que quepan.
setup-overbook-hint = Cuántas más puede forzar el personal, de 0 a 5.
setup-priority-hint = De 1 a 9. Entre dos libres se elige el más alto.
setup-opens-at-hint = Antes, solo la clínica ve estas horas. Según su propio reloj.
setup-modality-both = En persona y en línea
setup-audience-employee = { $Persons }
setup-audience-supervisor = { $Supervisors }
setup-audience-clinic = La clínica
setup-preview = Los próximos 14 días
setup-preview-lead = Las horas libres tal como se ofrecerían. Todavía no se guarda nada.
setup-preview-kind = Para
setup-preview-invalid = Complete el horario para ver sus horas
setup-preview-none = No hay horas libres en estos días
setup-preview-count = { $count ->
    [one] 1 hora libre
   *[other] { $count } horas libres
}
setup-preview-day = { $count ->
    [one] 1 hora, { $first }
   *[other] { $count } horas, de { $first } a { $last }
}
setup-preview-day-none = ninguna
setup-field-resource-id = Quién o qué
setup-field-location-id = Dónde
setup-field-modality = Cómo
setup-field-appointment-type-ids = Tipos de cita
setup-field-effective-from = Primer día
setup-field-effective-until = Último día
setup-field-every-n-weeks = Con qué frecuencia
setup-field-windows = Horas
setup-field-interval = Minutos entre inicios
setup-field-offset = Desplazamiento de los inicios
setup-field-capacity = Al mismo tiempo
setup-field-daily-cap = Como máximo en un día
setup-field-overbook = Además de eso
setup-field-opens-at = Abierto para reservar desde
setup-field-audience = A quién se ofrecen estas horas
setup-field-priority = Preferencia
setup-date-missing = Indique una fecha
setup-blackouts = Ausencias
setup-blackouts-none = No falta nadie
setup-blackouts-none-text = Aquí se anotan festivos, cursos y reparaciones, para que no se reserve nada mientras tanto.
setup-blackout-new = Ausencia nueva
setup-blackout-change = Cambiar la ausencia
setup-blackout-delete = ¿Eliminar esta ausencia?
setup-blackout-restore = ¿Recuperar esta ausencia?
setup-blackout-anyway = Guardar, siguen reservadas
setup-blackout-who = Quién o dónde
setup-blackout-when = Cuándo
setup-blackout-repeats = Se repite
setup-blackout-everybody = Todos
setup-blackout-yearly = cada año
setup-blackout-once = una vez
setup-blackout-length = Cuánto tiempo
setup-blackout-days = Días enteros
setup-blackout-times = De una hora a otra
setup-blackout-first = Primer día
setup-blackout-last = Último día
setup-blackout-each-year = Vuelve cada año
setup-blackout-each-year-hint = El 29 de febrero vuelve solo en años bisiestos.
setup-blackout-reason-hint = Solo lo lee el personal.
setup-blackout-under = { $count ->
    [one] Hay 1 cita en este tiempo
   *[other] Hay { $count } citas en este tiempo
}
setup-blackout-under-text = Siguen reservadas. Se abre una tarea en la lista de trabajo para cambiarlas.
setup-field-reason = Motivo
setup-field-starts-local = De
setup-field-ends-local = A
setup-field-whole-days = Días enteros
setup-field-yearly = Cada año
setup-overrides = Otros tiempos
setup-overrides-none = Todo dura lo habitual
setup-overrides-none-text = Aquí se anota si una persona o un lugar necesita otro tiempo.
setup-overrides-made = { $count ->
    [one] Se añadió 1
   *[other] Se añadieron { $count }
}
setup-overrides-left = { $count ->
    [one] 1 ya existía y sigue igual:
   *[other] { $count } ya existían y siguen igual:
}
setup-override-new = Otros tiempos para varios a la vez
setup-override-kind = Cita
setup-override-any = cualquiera
setup-override-usual = lo habitual
setup-override-any-hint = Si no elige ninguno, vale cualquiera.
setup-override-lead = Deje vacío lo que sea habitual.
setup-override-delete = ¿Eliminar estos otros tiempos?
setup-override-delete-lead = Las citas nuevas vuelven a durar lo habitual. Las reservadas siguen igual.
setup-minutes = minutos
setup-field-duration = Dura
setup-field-shown-duration = Se le dice a la persona
setup-field-buffer-before = Libre antes
setup-field-buffer-after = Libre después
setup-kinds = Tipos de cita
setup-kinds-none = No hay tipos de cita
setup-kinds-none-text = Sin un tipo no se puede reservar nada.
setup-kind-new = Tipo de cita nuevo
setup-kind-change = Cambiar el tipo de cita
setup-kind-delete = ¿Eliminar este tipo de cita?
setup-kind-delete-lead = Solo se puede eliminar si nadie tiene una cita futura. Las citas pasadas conservan su nombre.
setup-kind-inactive = Inactivo
setup-kind-code = Código
setup-kind-code-hint = De 1 a 15 letras mayúsculas, cifras y guiones. No cambia.
setup-kind-name-hint = Solo la clínica lee este nombre.
setup-kind-public-name = Nombre que todos pueden saber
setup-kind-english = Nombre que todos pueden saber, en inglés
setup-kind-spanish = Nombre que todos pueden saber, en español
setup-kind-public-hint = No debe decir nada sobre la salud: otros pueden leerlo.
setup-kind-who-books = La reservan
setup-kind-apply = Los otros tiempos valen para
setup-kind-new-only = Las citas nuevas
setup-kind-also-booked = También las ya reservadas
setup-kind-collide = { $count ->
    [one] 1 cita coincidiría con otra
   *[other] { $count } citas coincidirían con otras
}
setup-kind-collide-text = No se cambió nada. Cámbielas primero, o aplique el cambio solo a las citas nuevas.
setup-hours = horas
setup-colour-teal = Verde azulado
setup-colour-indigo = Índigo
setup-colour-amber = Ámbar
setup-colour-rose = Rosa
setup-field-name = Nombre clínico
setup-field-min-notice-to-book = Se reserva al menos antes
setup-field-cancel-notice = Se anula al menos antes
setup-field-move-notice = Se cambia al menos antes
setup-field-max-per-day = Como máximo por persona y día
setup-field-fasting-hours = Solo agua antes
setup-field-modalities = Cómo
setup-field-location-ids = Dónde
setup-field-employee-bookable = { $Persons }: la reservan por su cuenta
setup-field-supervisor-bookable = { $Supervisors }: la reservan para su equipo
setup-field-visible-to-supervisor = { $Supervisors }: pueden saber de ella
setup-field-clinic-confirms = La clínica acepta cada reserva
setup-field-active = Se puede reservar
setup-field-colour = Color en el calendario

setup-kind-times = Cuánto dura
setup-kind-texts = Lo que se lee
setup-kind-booking = Dónde, cómo y quién la reserva
setup-kind-handed = Formularios, y a qué responde
setup-kind-order = Orden
setup-kind-language = { $language ->
    [en] En inglés
   *[es] En español
}
setup-kind-prep-public = Cómo prepararse, en breve
setup-kind-prep-public-hint = También va en los correos.
setup-kind-prep-full = Cómo prepararse, completo
setup-kind-bring = Qué traer
setup-kind-bring-hint = Una cosa por línea, diez como máximo.
setup-kind-forms-hint = Se entregan al reservar, para responderlos antes de que empiece la cita.
setup-kind-fulfils-hint = Lo pendiente de estos se responde con una cita así.
setup-kind-after-hint = Si ambas están pendientes, se planean juntas: la otra primero. A quien tiene la otra se le ofrecen horas dentro de estas horas después de ella.
setup-kind-least-hours = Horas entre ambas, como mínimo
setup-kind-most-hours = Horas entre ambas, como máximo
setup-needs-lead = Lo primero manda: su horario dice cuándo puede empezar una cita.
setup-needs-add = Añadir algo
setup-needs-remove = Quitarlo
setup-need-which = Cuál
setup-need-which-hint = Déjelo así para cualquiera.
setup-need-skill = Con la capacidad
setup-need-count = Cuántos a la vez
setup-field-texts = Lo que se lee
setup-field-needs = Qué necesita
setup-field-questionnaire-ids = Formularios
setup-field-fulfils = Responde a
setup-field-after = Sigue a
setup-field-bundle-order = Lugar entre las que se hacen seguidas
setup-field-display-order = Lugar en las listas
setup-field-max-moves = Veces que se puede cambiar
setup-templates = Plantillas
setup-templates-none = Todavía no hay plantillas. Guarde estas horas con un nombre para usarlas otra vez.
setup-template-use = Rellenar con «{ $name }»
setup-template-delete = Eliminar «{ $name }»
setup-template-name = Guardar estas horas como
setup-template-hint = No se guarda quién, dónde ni desde cuándo.
setup-template-scope = Para
setup-template-personal = mí
setup-template-global = todos aquí
setup-template-keep = Guardar como plantilla
setup-template-kept = Guardado como plantilla
setup-places = Lugares
setup-places-none = Aún no hay lugares
setup-place-name = Nombre
setup-place-offers = Horas que quedan libres
setup-place-offers-lead = Lo que queda libre se ofrece a quienes están en la lista de espera.
setup-place-night = Por la noche
setup-address = Nombre, dirección y hora
setup-address-change = Dirección
setup-address-zone-lead = Los relojes de este lugar mostrarán otra hora. Las citas quedan como están; cada una cuya hora se prometió de otro modo espera en la lista de trabajo.
setup-field-public-label = Etiqueta en correos y calendarios, como la ciudad
setup-field-street = Calle
setup-field-city = Ciudad
setup-field-state = Estado
setup-field-zip = Código postal
setup-field-phone = Teléfono
setup-field-zone = Zona horaria
setup-field-offer-lead-hours = Ofrecer una hora que empiece al menos con esta antelación
setup-field-offer-minutes-soon = Guardarla para cada persona si empieza dentro de tres días
setup-field-offer-minutes-later = Guardarla para cada persona si empieza más tarde
setup-field-offer-broadcast = Avisar hasta a diez personas a la vez: no se guarda para nadie y es de quien la acepte primero
setup-field-settles-no-shows = Las citas del día anterior sin registro de llegada cuentan como faltas
setup-reasons = Motivos de anulación
setup-reasons-none = No hay motivos
setup-reasons-none-text = Sin un motivo no se puede anular ninguna cita.
setup-reason = Motivo
setup-reason-notes = Notas
setup-reason-night = Solo el sistema
setup-reason-new = Motivo nuevo
setup-reason-change = Cambiar el motivo
setup-reason-delete = ¿Eliminar este motivo?
setup-reason-delete-lead = Ya no se ofrece a nadie. Las citas anuladas por él lo conservan, y se puede recuperar.
setup-reason-code-hint = De 1 a 40 letras minúsculas, cifras y guiones bajos. No cambia.
setup-reason-english = Como se lee, en inglés
setup-reason-spanish = Como se lee, en español
setup-reason-text-hint = Hasta 500 caracteres que solo lee el personal.
setup-reason-active = Se puede elegir
setup-position-hint = De 1 a 99. El menor va primero.
setup-field-code = Código
setup-field-labels = Como se lee
setup-field-used-by = Quién puede elegirlo
setup-field-no-show = Cuenta como no haber venido
setup-field-wants-text = Hace falta una frase
setup-field-position = Lugar en la lista
setup-resources = Personas y salas
setup-resources-none = Nadie ni nada tiene calendario
setup-resources-none-text = Añada a quienes atienden, las salas y los equipos. Después dé un horario a cada uno.
setup-resource-name = Nombre
setup-resource-kind = Qué es
setup-resource-kind-name = { $kind ->
    [provider] Profesional
    [room] Sala
   *[equipment] Equipo
}
setup-resource-new = Nueva persona, sala o equipo
setup-resource-change = Cambiar la persona, la sala o el equipo
setup-resource-delete = ¿Eliminarlo?
setup-resource-delete-lead = No se reserva nada más con él. Se puede recuperar, con sus horarios.
setup-resource-ahead = { $count ->
    [one] Hay una cita futura con él y sigue reservada.
   *[other] Hay { $count } citas futuras con él y siguen reservadas.
}
setup-resource-account-hint = Quienes pueden trabajar aquí como clínicos y aún no tienen calendario.
setup-resource-home-hint = Los tiempos de ausencia van por el reloj de allí.
setup-resource-skills-hint = Una por línea, como audiometría. Los tipos de cita pueden pedirlas.
setup-resource-active = En uso
setup-field-account-id = De quién es el calendario
setup-field-home-location-id = Pertenece a
setup-field-skills = Capacidades
setup-field-kind = Qué es

## La lista de tareas de citas

tasks = Tareas de citas
tasks-lead = Lo que hay que hacer con las citas. Una tarea termina cuando no le queda ninguna cita.
tasks-none = No hay nada que hacer
tasks-closed = Cerrada
tasks-close = Dejarlas como están
tasks-move = { $count ->
    [one] Cambiar 1 cita
   *[other] Cambiar { $count } citas
}
tasks-reason = Ausencia: { $reason }

# What a site says about booking

booking-options = Opciones de citas
booking-none = Este sitio no tiene nada sobre citas
booking-draft = Cambiado y aún no publicado
booking-draft-text = Guardado el { $time } por { $name }. La gente ve lo que está publicado.
booking-unmet = Dos opciones no van juntas
booking-unmet-text = Las solicitudes necesitan un mensaje con el que se pueda pedir una cita a la clínica, y un comentario solo puede ser obligatorio donde se permiten comentarios. Cambie una cosa o la otra antes de publicar.
booking-save = Guardar el borrador
booking-saved = El borrador está guardado
booking-publish = Publicar
booking-publish-title = ¿Publicar estas opciones?
booking-publish-text = Todos las ven desde la próxima página.
booking-published = Publicado
booking-discard = Descartar el borrador
booking-note = Qué hay de nuevo
booking-versions = Lo que se publicó
booking-version = Versión { $number }
booking-version-now = Se ve ahora
booking-version-back = Recuperar
booking-version-back-of = Recuperar la versión { $number }
booking-version-back-title = ¿Publicar de nuevo la versión { $number }?
booking-sample = Cómo se ve
booking-sample-due = Prueba de audición, vencida la semana pasada
booking-planned = Se publicará { $time }
booking-planned-back = La versión { $number } vuelve { $time }
booking-planned-text = Previsto por { $name }. Hasta entonces aquí no se puede cambiar nada.
booking-planned-done = Se publicará
booking-planned-off = Anular
booking-planned-off-done = No se publicará
booking-planned-failed = No se publicó
booking-planned-failed-text = Algo que nombra ya no existía { $time }. Revise el borrador y publíquelo de nuevo.
booking-plan = Publicar más tarde
booking-later = Publicar más tarde
booking-later-day = Día
booking-later-time = Hora
booking-later-zone = En la hora de { $zone }, con cinco minutos de antelación como mínimo
booking-later-needed = Indique un día y una hora.
booking-overtaken = Otra persona se adelantó
booking-overtaken-text = El borrador se cambió o se publicó mientras lo miraba. Vuelva a leerlo antes de publicar.
booking-overtaken-read = Volver a leerlo
booking-compare = Comparar dos versiones
booking-compare-earlier = Esta versión
booking-compare-later = con esta
booking-changes = Lo que cambia
booking-changes-none = No cambia nada.
booking-change = { $before } → { $after }
booking-change-nothing = nada
booking-change-something = definido
booking-change-on = sí
booking-change-off = no
booking-change-words = «{ $words }»
booking-sample-language = Idioma
booking-sample-colours = Colores
booking-sample-theme = { $theme ->
    [dark] Oscuros
   *[other] Claros
}
booking-sample-provider = Alex Sample
booking-sample-visit = Prueba de audición, martes
portal-part-brand-color = Color
portal-part-name = Nombre
portal-part-welcome = Bienvenida
portal-part-logo = Logotipo
portal-part-logo-alt = Lo que muestra el logotipo
portal-part-languages = Idiomas
portal-part-default-language = Primer idioma
portal-part-emergency-text = Línea de emergencia
portal-part-terms = Palabras
portal-part-module-order = Orden de las partes
portal-part-columns = Columnas de la página de inicio
portal-part-support-contacts = A quién pedir ayuda
portal-part-reminders = Recordatorios
portal-part-other = Otra cosa
booking-minutes = minutos
booking-days = días
booking-group-name = Cómo se llama
booking-group-alert = Aviso
booking-group-ways = Maneras de obtener una cita
booking-group-due = Lo pendiente
booking-group-days = Días
booking-group-choice = Elección
booking-group-words = Textos y comentarios
booking-group-limits = Límites y llegada
booking-name = { $language ->
    [en] Nombre en inglés
    [es] Nombre en español
   *[other] Nombre ({ $language })
}
booking-mode = { $mode ->
    [request] Preguntan a la clínica
    [schedule] Toman una hora libre
   *[other] Ninguna de las dos
}
booking-words-in = { $language ->
    [en] { $label } (inglés)
    [es] { $label } (español)
   *[other] { $label } ({ $language })
}
booking-option-address = Adónde lleva
booking-option-alert-text = Lo que aparece sobre las citas
booking-hint-alert-text = Nada si está vacío. Escriba **negrita**, *cursiva* y [palabras](https://dirección).
booking-option-mode = Cómo obtienen una hora para alguien
booking-option-allow-cancel = Pueden cancelar citas de su gente
booking-option-schedule = Cada quien reserva por su cuenta
booking-option-request = Se puede pedir una hora a la clínica
booking-option-one-visit = Todo lo pendiente puede reservarse en una visita
booking-option-earlier-offers = Las horas que quedan libres se ofrecen a quienes esperan
booking-option-allow-past-due = Lo vencido aún puede reservarse
booking-option-past-due-warning = Lo que aparece al lado
booking-hint-past-due-warning = Sin palabras propias: Vencido. Póngase en contacto con la clínica para programarlo.
booking-option-ignore-visible-date = Mostrar lo pendiente antes de su primer día
booking-option-days-out = Se reserva como máximo con
booking-option-days-before-showing = Se muestran cada vez
booking-hint-days-before-showing = Con 0 se muestran todos los días a la vez.
booking-option-disable-calendar-search = Solo se eligen días de la lista
booking-hint-disable-calendar-search = Si no, también se puede buscar un día.
booking-option-days-past = Las citas pasadas se remontan a
booking-option-first-available = El primer profesional disponible encabeza la lista
booking-option-force-any-provider = La clínica elige al profesional
booking-hint-force-any-provider = El nombre aparece después de reservar.
booking-option-excluded-types = No se ofrece aquí
booking-option-comment-required-types = Solo se reserva con un comentario
booking-option-new-button-text = El botón para una cita nueva
booking-hint-new-button-text = Sin palabras propias: Programar una nueva cita
booking-option-disable-comments = Sin comentarios
booking-option-comment-prompt = Lo que aparece sobre el comentario
booking-option-disable-emails = Sin correos al reservar, mover o cancelar
booking-option-hold-minutes = Una hora elegida se guarda
booking-option-max-open = Citas futuras por persona
booking-option-use-checkin = Cada quien registra su llegada
booking-option-checkin-before-minutes = Desde antes del inicio
booking-option-checkin-after-minutes = Hasta después del inicio
# Citas de las que alguien tiene que ocuparse
tasks-ended = { $count ->
    [one] { $count } cita de alguien que ya no trabaja allí
   *[other] { $count } citas de alguien que ya no trabaja allí
}
tasks-ended-lead = La relación laboral ha terminado. Anule lo que no deba celebrarse o déjelo como está.
tasks-zone = Una cita empezaría a otra hora del día
tasks-zone-lead = Los relojes del lugar han cambiado desde que se reservó. Muévala, o avise a la persona y déjela como está.
tasks-not-confirmed = Nadie confirmó esta cita
tasks-not-confirmed-lead = Se anuló porque nadie respondió a tiempo. Llame a la persona y cierre esto cuando esté resuelto.

# Cómo se atiende en línea y las puertas donde la gente se registra
setup-providers = En línea y registro
setup-provider = Quién atiende
setup-providers-none = Todavía nadie atiende aquí
setup-field-join-link = Enlace para entrar
setup-join-link-hint = Una dirección que empiece por https. { $template } se convierte en el número de la cita.
setup-join-link-none = ninguno
setup-field-regions = Dónde pueden estar las personas
setup-regions-any = en cualquier lugar
setup-regions-hint = Códigos separados por comas: US-IN para Indiana, US para todo el país, CA para Canadá. Vacío significa en cualquier lugar.
setup-doors = Pantallas para registrarse
setup-doors-lead = Abra la página en una pantalla junto a la puerta. La gente escribe el código de su cita; la pantalla no muestra nombres ni motivos.

# Cuándo no se trabaja en un lugar
setup-holidays = Festivos
setup-holidays-lead = Los recordatorios y las respuestas que se cuentan en días hábiles no cuentan estos días. Para que tampoco se reserve nada, anote el día también en las ausencias.
setup-holidays-place = Lugar
setup-holidays-nowhere = Todavía no hay ningún lugar
setup-holidays-none = Ningún festivo
setup-holidays-none-text = Aquí todos los días de lunes a viernes son hábiles.
setup-holiday-new = Nuevo festivo
setup-holiday-add = Añadir el festivo
setup-holiday-date = Fecha
setup-holiday-name = Nombre
setup-holiday-yearly = Todos los años en esta fecha
setup-holiday-yearly-hint = El 29 de febrero vuelve solo en los años bisiestos.

# De qué se entera la recepción enseguida
tasks-booked-online = Reservada en línea
tasks-moved-online = Cambiada en línea
tasks-cancelled-online = Cancelada en línea
tasks-online-lead = Es para hoy o para el próximo día hábil. No hay que hacer nada; ciérrela cuando la haya visto.
tasks-to-confirm = Alguien espera su respuesta
tasks-to-confirm-lead = Abra la cita para aceptarla o no. Mientras tanto, la hora queda guardada.
tasks-due = Responda antes de: { $time }
tasks-moved-from = Antes: { $time }
tasks-seen = Vista

# Cuándo se recuerda a la gente de un sitio
reminders = Recordatorios
reminders-none = En este sitio no se recuerda nada a nadie
reminders-lead = Por correo. Vale para las citas que se reserven o cambien desde que se publique; lo que se desactiva termina enseguida.
reminders-publish-all = Al publicar se publica todo lo que se haya cambiado en este sitio.
reminders-three-days = Primer recordatorio
reminders-one-day = Segundo recordatorio
reminders-preparation = Qué hacer antes
reminders-preparation-lead = Solo cuando hay algo que hacer. Quien debe ayunar recibe el aviso dos horas antes de empezar, si es más temprano.
reminders-on = Enviarlo
reminders-business-days = Días hábiles antes
reminders-days = Días antes
reminders-hours = Horas antes
reminders-time = Hora del día
reminders-time-hint = Según el reloj de quien lo lee.

# Crear un sitio, y qué partes muestra
site-make = Sitio nuevo
site-make-title = Crear un sitio
site-make-lead = Nadie lo ve antes de que se publique. Hasta entonces cada quien conserva el sitio que tiene.
site-made = El sitio está creado. Elija qué muestra y publíquelo.
site-owner = Pertenece a
site-owner-hint = El sitio de { $organization } es para quienes no tienen uno de su { $employer }.
site-for = Para quién
site-slug = Nombre de la dirección
site-slug-hint = De 3 a 40 letras minúsculas, cifras y guiones. Se entra por { $address }.
site-copy = Empezar como copia de
site-copy-hint = Lo que muestra otro sitio. El nombre, el logotipo, la bienvenida, los contactos y los enlaces de otra entidad se omiten.
site-exists = Abrir ese sitio
site-in-setup = Aún no publicado
site-changed = Cambiado
site-changed-at = Último cambio
site-modules-lead = Qué partes se ven y en qué orden. La navegación tiene el mismo orden.
site-modules-off = No se muestran
site-module-up = Subir
site-module-down = Bajar
site-module-moved = { $name } es ahora el número { $place } de { $count }.
site-module-later = Aún no tiene página: nadie la ve.
site-module-always = El equipo es siempre la página de inicio, se elija lo que se elija aquí.
site-module-link = Adónde lleva
site-module-link-hint = Una dirección como https://intranet.example/seguridad, o una página de aquí que empiece por una sola /.
site-columns = Columnas de la página de inicio
site-columns-hint = Las tabletas muestran dos como máximo; los teléfonos, una.
module-case-review-status = Estado de las revisiones
module-order-status = Estado de las órdenes
module-health-surveillance = Vigilancia de la salud
module-reports = Informes
module-job-tasks = Análisis de tareas del puesto
module-forms = Formularios
module-questionnaire-1 = Cuestionario 1
module-questionnaire-2 = Cuestionario 2
module-questionnaire-3 = Cuestionario 3
module-questionnaire-link-1 = Cuestionario 1
module-questionnaire-link-2 = Cuestionario 2
module-questionnaire-link-3 = Cuestionario 3
module-form-link-1 = Formulario 1
module-form-link-2 = Formulario 2
module-form-link-3 = Formulario 3
module-page-link-1 = Enlace 1
module-page-link-2 = Enlace 2
module-page-link-3 = Enlace 3
