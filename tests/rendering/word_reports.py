"""Blocks of a made-up report: charts of every kind, pictures, wide tables, references and footnotes."""

from __future__ import annotations

import io

from PIL import Image as Pictures

from elca_docs.model.blocks import (
    Cell,
    Chart,
    Column,
    Contents,
    Heading,
    Image,
    ListOf,
    PageBreak,
    Paragraph,
    Series,
    Span,
    Table,
    cell,
    line,
)


def picture(form="PNG", size=(60, 30), colour="#1F4E79") -> bytes:
    stream = io.BytesIO()
    Pictures.new("RGB", size, colour).save(stream, form)
    return stream.getvalue()


def chart(kind, *, series=2, caption="Nests by wood", **more) -> Chart:
    names = (
        ("offset", "Planned", "Held", "More", "Yet more", "Last") if kind == "steps" else ("Planned", "Found", "Lost")
    )
    names = (*names, *(f"Row {each}" for each in range(9)))
    rows = tuple(
        Series(name=names[each], values=(3.0 + each, None if each else 0.0, 5.0 - each)) for each in range(series)
    )
    about = {"alt": "How many nests there are", "categories": ("Oak", "Beech & elm", "=1+1"), "unit": "Nests"}
    return Chart(caption=caption, kind=kind, series=rows, **(about | more))


def table(caption="Nests", *, wide=False, rows=2, anchor="") -> Table:
    columns = (Column(heading="Name", share=1), Column(heading="Eggs", share=2, align="right"))
    content = tuple((cell(f"Wren {each}"), cell("5")) for each in range(rows))
    return Table(caption=caption, columns=columns, rows=content, wide=wide, anchor=anchor)


def image(**more) -> Image:
    return Image(**({"data": picture(), "alt": "A blue box", "caption": "A box"} | more))


def report(chapters=2, rows=30) -> tuple:
    """Return a report with everything in it, of several pages for each chapter."""
    text = Paragraph(spans=line("Nests are counted where birds breed, and counted again a year later. " * 20))
    refers = (Span(text="See "), Span(text="", refers_to="wide"), Span(text=".", footnote=line("A note.")))
    blocks = [
        Paragraph(spans=line("Report on nests"), style="title"),
        PageBreak(),
        Contents(),
        ListOf(what="tables", heading="Tables"),
        ListOf(what="figures", heading="Figures"),
        PageBreak(),
        Heading(text="Where we stand"),
        Paragraph(spans=refers),
        *(chart(kind, caption=f"Nests as {kind}") for kind in ("bars", "stacked", "columns", "lines", "steps")),
        image(),
        Heading(text="Wide things"),
        table("All nests", wide=True, anchor="wide"),
        Paragraph(spans=line("Counted twice."), style="note"),
    ]
    for number in range(1, chapters + 1):
        blocks += [Heading(text=f"Chapter {number}"), text, Heading(text=f"Part of {number}", level=2), text]
        blocks.append(table(f"Nests of chapter {number}", rows=rows))
    return (*blocks, Table(caption="Last", columns=(Column(heading="A"),), rows=((Cell(flagged=True),),), wide=True))
