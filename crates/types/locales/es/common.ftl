# What every page may say.
app-name = { $product }
close = Cerrar
undo = Deshacer
choose = Elija
working = En curso
loading = Cargando
opens-new-tab = (se abre en una pestaña nueva)
loading-slow = Tarda más de lo normal. Puede esperar o intentarlo de nuevo.
try-again = Intentar de nuevo
continue = Continuar
cancel = Cancelar
save = Guardar
saved = Guardado
change = Cambiar
delete = Eliminar
edit = Editar
add = Añadir
search = Buscar
print = Imprimir
download = Descargar
back = Atrás
yes = Sí
no = No
none = Ninguno
more = Mostrar más
details = Detalles
who-sees = Quién ve esto:
step-done = (hecho)

field-optional = (opcional)
field-characters-left = { $count ->
    [one] Queda 1 carácter
   *[other] Quedan { $count } caracteres
}
form-problems = Revise estas respuestas
date-day = Día
date-month = Mes
date-year = Año
date-example = Por ejemplo, 27 3 1985

day-today = hoy
day-tomorrow = mañana
day-yesterday = ayer
day-in = { $count ->
    [one] dentro de 1 día
   *[other] dentro de { $count } días
}
day-ago = { $count ->
    [one] hace 1 día
   *[other] hace { $count } días
}
moment = { $weekday } { $day } { $month }, { $time } { $zone } ({ $place })
moment-year = { $weekday } { $day } { $month } { $year }, { $time } { $zone } ({ $place })
moment-here = { $weekday } { $day } { $month }, { $time } { $zone } donde está ahora

problem-offline = No podemos conectar con el servidor
problem-offline-detail = Compruebe su conexión. Lo que escribió sigue aquí.
problem-unreadable = Algo salió mal
problem-unreadable-detail = No es culpa suya. Inténtelo de nuevo; si vuelve a ocurrir, avísenos.
problem-id = Si nos contacta, indique este número: { $id }
