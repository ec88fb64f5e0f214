# The frame around the pages: places, language, colours, connection, home.
skip-to-content = Ir al contenido
nav-main = Principal
nav-main-phone = Principal, al pie de la página
nav-unread = { $count } sin leer
nav-home = Inicio
nav-appointments = Citas
nav-messages = Mensajes
nav-work-status = Aptitud laboral
nav-record-access = Quién abrió mi expediente
nav-questionnaires = Cuestionarios
nav-team = Mi equipo
nav-work-list = Lista de trabajo
nav-calendar = Calendario
nav-people = Personas
nav-reviews = Por revisar
nav-inbox = Bandeja de entrada
nav-setup = Configuración
nav-portals = Sitios
nav-audit = Auditoría
section-clinic = Clínica
section-administration = Administración

app-employee = Mi salud en el trabajo
app-supervisor = Mi equipo
app-admin = Clínica y administración

language = Idioma
theme = Colores
theme-system = Como mi dispositivo
theme-light = Claro
theme-dark = Oscuro
density = Filas de las tablas
density-compact = Compactas
density-comfortable = Amplias
settings = Ajustes
settings-look = Apariencia
settings-look-hint = Estas opciones se guardan en este dispositivo.

offline = Sin conexión. Puede seguir leyendo y escribiendo; no se pierde nada de lo que escribió.
offline-kept = Sin conexión. Lo que respondió se guarda en este dispositivo y se enviará cuando tenga conexión.
update-ready = Hay una versión más reciente de este sitio. Al cargarla se pierde lo que aún no guardó.
update-now = Cargarla ahora
install-title = Como una aplicación
install-text = Ponga este sitio en su pantalla de inicio, con su propio icono. Se abre más rápido y sin el navegador alrededor.
install-now = Instalar
busy = Hay mucha gente en este momento. Seguimos intentándolo; no tiene que hacer nada.
unsent-title = Algunas de sus respuestas aún no se han enviado
unsent-text = Solo están guardadas en este dispositivo y cerrar la sesión las borra. Espere a tener conexión y se enviarán solas.
unsent-stay = Seguir con la sesión
unsent-sign-out = Cerrar la sesión y borrarlas

not-found = No encontramos esa página
not-found-lead = Puede que se haya movido o que la dirección esté incompleta.
not-found-home = Ir a la página de inicio
portal-choice = ¿Cuál necesita?
portal-choice-lead = Tiene más de un sitio. Puede cambiarlo después en el menú con su nombre.
not-for-you = Esta parte no está abierta para usted
not-for-you-lead = Ha iniciado sesión, pero su cuenta no incluye esta parte.

home-greeting = Hola, { $name }
home-to-do = Pendiente
home-to-do-empty = Nada pendiente
home-to-do-empty-text = Cuando haya algo pendiente, aparecerá aquí.
home-next-appointment = Próxima cita
home-no-appointment = Sin cita
home-no-appointment-text = No tiene nada reservado.
home-all-appointments = Todas las citas
home-work-status = Aptitud laboral
home-messages = Mensajes
home-messages-none = No hay mensajes sin leer
home-messages-unread = { $count ->
    [one] 1 mensaje sin leer
   *[other] { $count } mensajes sin leer
}
home-all-messages = Todos los mensajes
home-book = Reservar: { $what }
home-book-one = Programar una cita
home-answer = Responder: { $what }
home-answer-on = Continuar con: { $what }
home-due = Vence { $date }
home-overdue = Vencido
home-upcoming = Próximo: { $what }, a partir del { $date }.
home-until = Hasta el { $date }
home-modules = Lo que puede hacer aquí
home-more = Más
home-minutes = { $count ->
    [one] alrededor de 1 minuto
   *[other] alrededor de { $count } minutos
}

chart = Expediente
chart-parts = Partes del expediente
chart-overview = Resumen
chart-restrictions = Restricciones
chart-due-items = Pendiente
chart-access-codes = Códigos de acceso
module-appointments = Mis citas
module-work-status = Aptitud laboral
module-send-message = Enviar un mensaje

sites-lead = Nombres, colores y módulos que las personas encuentran al iniciar sesión.
sites-none = Todavía no hay sitios
sites-none-text = Mientras no haya uno, se muestra la apariencia incluida.
site-name = Nombre
site-audience = Para
site-address = Dirección
site-modules = Módulos
site-state = Estado
site-open = Abierto
site-closed = Cerrado
site-for-persons = { $Persons }
site-for-supervisors = { $Supervisors }
site-for-applicants = { $Applicants }
module-medical-information = Mi información médica
module-injury-report = Notificar una lesión o enfermedad laboral
module-health-resources = Otros recursos de salud
module-orders = Órdenes
module-supervisor-scheduling = Programación
module-support = Ayuda

# Con qué frecuencia se avisa de todo junto

digest = Resumen por correo
digest-lead = Las novedades de las citas, en números y con un enlace. Si no hay nada nuevo, no hay correo.
digest-how-often = Con qué frecuencia
digest-daily = Los días hábiles, a las 7 de la mañana
digest-weekly = Los lunes, a las 7 de la mañana
digest-none = Nunca
digest-saved = Guardado. Vale desde ahora.
