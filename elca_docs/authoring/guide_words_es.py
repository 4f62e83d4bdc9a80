"""The fixed words of the field guide in Spanish. Data only."""

from __future__ import annotations

from typing import Final

from elca_docs.authoring.guide_words import GuideWords

SPANISH: Final = GuideWords(
    language="es",
    title="Campos para plantillas de acuerdos",
    lead="Para quien redacta en Word la plantilla de un acuerdo. Esta guía sale de la tabla de campos del propio "
    "programa, así que está completa; `invoke templates.guide` la genera de nuevo.",
    five="Cinco cosas que hay que saber",
    things=(
        (
            "Redacte el acuerdo en Word como siempre. Donde va un dato, ponga su etiqueta: cópiela de esta guía y "
            "péguela con «Mantener solo texto». El dato sale con el formato de la etiqueta: en negrita si ella lo está."
        ),
        (
            "Un dato que puede faltar va dentro de una condición. Sin ella, el borrador muestra en su lugar un aviso "
            "en amarillo, y el documento se rechaza cuando va a enviarse a la firma."
        ),
        (
            "Un párrafo que puede desaparecer o repetirse va entre dos párrafos con una sola etiqueta cada uno y "
            "nada más; esas etiquetas empiezan por `{%p`. En las tablas, las filas hacen lo mismo con `{%tr`. Todo "
            "lo demás que esté junto a una etiqueta así se pierde."
        ),
        (
            "Lo que empieza tiene que acabar, en el mismo texto, celda o encabezado: cada `if` tiene su `endif` y cada "
            "`for` su `endfor`."
        ),
        (
            "Acepte todos los cambios y deje que el programa mire: `invoke templates.check` indica cada fallo y su "
            "lugar; `invoke templates.preview` rellena la plantilla con dos acuerdos ficticios, uno con todo y otro "
            "con lo mínimo."
        ),
    ),
    becomes="En qué se convierte una etiqueta",
    writes="Se escribe",
    prints="Sale",
    samples=(
        ("entre {{ partner.name }} y {{ counterpart.name }}", ""),
        (
            "{{ party.name }}{% if party.vat %}, número de IVA {{ party.vat }}{% endif %}",
            "sin número de IVA: solo el nombre",
        ),
    ),
    absent=("{{ party.address }}", "en amarillo, mientras los registros no tengan el domicilio"),
    fields="Todos los campos",
    legend={
        "needed": "sin ese dato nadie puede firmar: póngalo sin condición, para que el borrador muestre lo que falta",
        "open": "póngalo en una condición",
        "always": "no necesita condición",
    },
    tag="Etiqueta para copiar",
    meaning="Qué sale",
    kind="Tipo",
    source="De",
    example="Ejemplo",
    kinds={"text": "texto", "number": "número", "yes/no": "sí o no", "list": "lista", "group": "grupo"},
    fillings={"needed": "imprescindible", "open": "puede faltar", "always": "siempre está", "": ""},
    groups={
        "document": "El documento",
        "agreement": "El acuerdo",
        "project": "El proyecto",
        "mission": "La misión",
        "parties": "Las partes",
        "party": "Una parte",
        "substance": "Lo que acuerdan",
        "commitment": "Un compromiso",
    },
    notes={
        "party": "Cada campo tiene tres nombres: `party` dentro del bucle `{%p for party in parties %}`, `counterpart` "
        "para la primera contraparte y `partner` para el primer socio responsable en cualquier lugar. Es preferible el "
        "bucle: sirve tanto para dos partes como para cinco.",
        "commitment": "Dentro del bucle `{%p for commitment in commitments %}`.",
    },
    ready="Listo para copiar",
    ready_lead="Copie las líneas tal como están y ponga sus palabras alrededor de las etiquetas. El programa ha "
    "probado cada una con un acuerdo ficticio.",
    signing="Bloques de firma",
    signing_advice=(
        (
            "Haga que una fila de una tabla se repita para cada parte, como abajo: sirve tanto para dos partes como "
            "para cinco. Los bloques uno al lado del otro no dejan sitio a una tercera."
        ),
        (
            "Mantenga cada bloque en una página: en Word, Propiedades de tabla, Fila, sin marcar «Permitir dividir las "
            "filas entre páginas»."
        ),
        "El nombre y el cargo de quien firma vienen de los registros; a mano solo van la firma, el lugar y la fecha.",
    ),
    margins="Encabezado, pie y propiedades",
    margins_advice=(
        (
            "Ponga la referencia en el encabezado o el pie de todas las páginas: por ella se reconoce la copia firmada "
            "cuando vuelve. Con «Primera página diferente» va en los dos."
        ),
        (
            "Las propiedades del documento también admiten etiquetas. Como título: `{{ agreement.title }} {{ reference "
            "}}`."
        ),
        "Los números de página son de Word y se quedan como están.",
    ),
    word="Lo que Word hace con las etiquetas",
    word_advice=(
        (
            "Comillas: en una etiqueta, las “curvas” y ‘curvas’ se leen como rectas; las « » y „ son un fallo. Copie "
            "esas etiquetas de aquí o deshaga el cambio de Word con Ctrl+Z."
        ),
        (
            "Mayúsculas: los nombres van en minúscula. `{{ Party.name }}`, con la mayúscula que pone Word, es un "
            "nombre desconocido."
        ),
        (
            "Guiones y puntos: `-` puede volverse raya y los tres puntos un solo signo; ninguno de los dos puede "
            "estar en una etiqueta."
        ),
        "Formato: dé a toda la etiqueta un mismo formato, llaves incluidas.",
        "Control de cambios: una etiqueta borrada se sigue rellenando mientras no se acepte el borrado.",
        "Los comentarios, marcadores y enlaces que empiezan o acaban dentro de una etiqueta se pierden.",
    ),
    never="Nunca",
    never_advice=(
        "Nunca escriba a mano lo que da un campo: nombres, domicilios, números, fechas, la referencia.",
        "Nunca invente el nombre de un campo; lo que no está en esta guía se rechaza, indicando su lugar.",
        "Nunca ponga entera una lista ni un grupo; la lista se recorre con `for` y del grupo se ponen sus campos.",
        "Nunca empiece una condición o un bucle en una celda para acabarlo en otra.",
        "Nunca ponga dos etiquetas `{%p` en un párrafo, ni una en un párrafo con salto de sección.",
        (
            "Nunca ponga etiquetas en gráficos, SmartArt o la dirección de un enlace, donde no se rellena nada, ni "
            "en un campo de Word, que Word calcula de nuevo."
        ),
        "Nunca guarde como .docm o .dotx, ni incruste macros, objetos o imágenes de fuera: el archivo se rechaza.",
    ),
    click="Un clic en una etiqueta, o en un recuadro de líneas para copiar, lo selecciona entero.",
    skip="Ir a la guía",
)
