"""How long one document of a batch takes: ours and docxtpl, side by side in one run on the same contexts.

Public tools only; the template is built here. Read the ratios, not the milliseconds: the rounds are interleaved, so a
busy machine slows all of them alike. Each row is checked first: both print the same paragraphs.

    python -m benchmarks.render_batch --documents 40 --paragraphs 20 100 400
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable

import docx
from docxtpl import DocxTemplate

from elca_docs.model.missing import Missing
from elca_docs.rendering import compile_template

CLAUSE = (
    "The parties meet at least once in each reporting period to review what was agreed, to exchange what they have "
    "learnt, and to decide on the next steps; neither party bears costs of the other unless this is agreed in writing."
)


def template_of(paragraphs: int) -> bytes:
    """Return a template of numbered clauses, three tags each, with a header, a footer and a table that grows."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ reference }}"
    section.footer.paragraphs[0].text = "{{ project.acronym }}"
    for number in range(1, paragraphs + 1):
        paragraph = document.add_paragraph(f"Clause {number}: {{{{ counterpart.name }}}} and ")
        paragraph.add_run("{{ parties[0].name }}").bold = True
        paragraph.add_run(f" {{% if project.acronym %}}under {{{{ reference }}}}{{% endif %}}. {CLAUSE}")
    table = document.add_table(rows=3, cols=2)
    rows = (["{%tr for party in parties %}", ""], ["{{ party.name }}", "{{ party.city }}"], ["{%tr endfor %}", ""])
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def contexts_of(documents: int) -> list[dict[str, object]]:
    """Return one context for each document."""
    return [
        {
            "reference": f"SAMPLE-CA-NORTH-{number:03}",
            "project": {"acronym": "SAMPLE"},
            "counterpart": {"name": f"Counterpart {number} & Sons"},
            "parties": [{"name": f"Party {index}", "city": "Harbour"} for index in range(4)],
        }
        for number in range(documents)
    ]


def fresh(data: bytes) -> Callable[[dict[str, object]], bytes]:
    """Return docxtpl's usual way: a new object for each document."""

    def render(context: dict[str, object]) -> bytes:
        return saved(DocxTemplate(io.BytesIO(data)), context)

    return render


def reused(data: bytes) -> Callable[[dict[str, object]], bytes]:
    """Return docxtpl with one object for all documents."""
    template = DocxTemplate(io.BytesIO(data))
    return lambda context: saved(template, context)


def saved(template: DocxTemplate, context: dict[str, object]) -> bytes:
    """Return docxtpl's document."""
    template.render(context, autoescape=True)
    written = io.BytesIO()
    template.save(written)
    return written.getvalue()


def gaps(context: dict[str, object]) -> dict[str, object]:
    """Return the context with a missing value, printed in every clause."""
    missing = Missing(label="name of the counterpart", field="counterpart.name", record="r", key="k", owner="")
    return context | {"counterpart": {"name": missing}}


def seconds(render: Callable[[dict[str, object]], bytes], contexts: list[dict[str, object]]) -> float:
    """Return the time of one document, taken over all contexts."""
    start = time.perf_counter()
    for context in contexts:
        render(context)
    return (time.perf_counter() - start) / len(contexts)


def words(document: bytes) -> list[str]:
    """Return the text of the body."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(document)).paragraphs]


def measured(paragraphs: int, documents: int, rounds: int) -> None:
    """Print the rows of one size."""
    data, contexts = template_of(paragraphs), contexts_of(documents)
    start = time.perf_counter()
    compiled = compile_template(data, name="benchmark.docx")
    compiling = time.perf_counter() - start
    contestants: dict[str, Callable[[dict[str, object]], bytes]] = {
        "ours": lambda context: compiled.render(context, mode="final"),
        "ours, draft, 1 gap a clause": lambda context: compiled.render(gaps(context)),
        "docxtpl, one object": reused(data),
        "docxtpl, fresh": fresh(data),
    }
    assert words(contestants["ours"](contexts[0])) == words(contestants["docxtpl, fresh"](contexts[0]))  # noqa: S101 - a benchmark of two different things would be none
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, render in contestants.items():
            few = contexts if name.startswith("ours") else contexts[: max(1, documents // 10)]
            times[name].append(seconds(render, few))
    base = statistics.median(times["ours"])
    print(f"\n{paragraphs} clauses, {len(data):,} bytes of template, compiled in {compiling * 1e3:.0f} ms")
    for name, taken in times.items():
        middle, spread = statistics.median(taken), (max(taken) - min(taken)) / 2
        print(f"  {name:28} {middle * 1e3:9.2f} ms ± {spread * 1e3:5.2f}   {middle / base:6.1f} ×")


def main() -> None:
    """Read the flags and print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=40, help="documents of a round (docxtpl gets a tenth of them)")
    parser.add_argument("--paragraphs", type=int, nargs="+", default=[20, 100, 400], help="clauses of the template")
    parser.add_argument("--rounds", type=int, default=5, help="rounds; the median is shown with half the spread")
    flags = parser.parse_args()
    for paragraphs in flags.paragraphs:
        measured(paragraphs, flags.documents, flags.rounds)


if __name__ == "__main__":
    main()
