"""Record sets gone wrong: the files of a whole project, changed by a seed in ways that people, editors and disks know.

The same seed gives the same files on every machine. Half of the sets are only changed in what a value may be, so that
they can be read and all that is made of records meets odd values; the other half is damaged in any way.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy

from mutations import GENTLE, PROJECTS, Change, Files, Mutation, Tree, project, values_of


def odd_value(mutation: Mutation) -> None:
    """Write any odd text in place of any value."""
    path, tree, every = mutation.opened()
    if every:
        holder, key = mutation.chance.choice(every)
        holder[key] = mutation.scalar()
        mutation.write(path, tree)


def odd_key(mutation: Mutation) -> None:
    """Rename a key: misspelt, another one of the project, or any odd text."""
    path, tree, every = mutation.opened()
    keyed = [(holder, key) for holder, key in every if isinstance(key, str)]
    if keyed:
        holder, key = mutation.chance.choice(keyed)
        others = (
            key[:-1],
            key + "s",
            key.upper(),
            mutation.scalar(),
            mutation.chance.choice(sorted(values_of(mutation.number))),
        )
        holder[mutation.chance.choice(others)] = holder.pop(key)
        mutation.write(path, tree)


def swapped(mutation: Mutation) -> None:
    """Exchange any two values of a file."""
    path, tree, every = mutation.opened()
    if len(every) > 1:
        (one, first), (other, second) = mutation.chance.sample(every, 2)
        one[first], other[second] = deepcopy(other[second]), deepcopy(one[first])
        mutation.write(path, tree)


def reshaped(mutation: Mutation) -> None:
    """Make a list or a group of a value, or the other way round."""
    path, tree, every = mutation.opened()
    if not every:
        return
    holder, key = mutation.chance.choice(every)
    value = holder[key]
    shapes: list[Tree] = [[value], {"id": value}, [value, deepcopy(value)], {mutation.scalar(): value}]
    if isinstance(value, list):
        shapes += [dict(enumerate(map(str, value))), value[0] if value else "", value * 40]
    elif isinstance(value, dict):
        shapes += [list(value.values()), list(value), str(value), {**value, **{str(each): "x" for each in range(400)}}]
    holder[key] = mutation.chance.choice(shapes)
    mutation.write(path, tree)


def record_twice(mutation: Mutation) -> None:
    """Write a record twice: in its file or in one of a folder, with its id, or one that differs by capitals."""
    path, tree, _ = mutation.opened()
    if isinstance(tree, list) and tree and isinstance(tree[0], dict):
        copy = deepcopy(mutation.chance.choice(tree))
        if not isinstance(copy, dict):
            return
        if isinstance(copy.get("id"), str):
            copy["id"] = mutation.chance.choice(
                (copy["id"], copy["id"].swapcase(), f"{copy['id']}-2", mutation.scalar())
            )
        if mutation.chance.random() < 0.5:
            mutation.write(path, [*tree, copy])
        else:
            mutation.write(f"{path.removesuffix('.yaml')}/more.yaml", [copy])


def deepened(mutation: Mutation) -> None:
    """Nest a value: just too deep, or ten thousand times."""
    levels = mutation.chance.choice((45, 51, 10_000))
    opening, closing = mutation.chance.choice((("[", "]"), ("{a: ", "}")))
    replaced_value(mutation, f"{opening * levels}x{closing * levels}")


def bombed(mutation: Mutation) -> None:
    """Put names for values, aliases, tags or other things of YAML in the place of a value."""
    bomb = "[&a [x,x,x,x,x,x,x,x,x]" + "".join(
        f",&{now} [{','.join(f'*{before}' for _ in range(9))}]"
        for before, now in zip("abcdefgh", "bcdefghi", strict=True)
    )
    replaced_value(mutation, mutation.chance.choice((
        bomb + "]", "&a x", "*a", "&a [*a]", f"&{'a' * 300} x", "<<: *a", "!!python/object/apply:os.system [x]",
        "!!int 1", "!x", "? [a]\n: b", "|\n  x\n   y", ">-\n\n\n  x", "---", "...", "%YAML 9.9", '"\\ud83d"', '"\\x00"',
        '"\\u202e"', "'", '"', "[", "{", "x #1", "#1", "# x", "- x", "a: b: c", "\t", "@x", "`x", "%x", "''", '""',
        "x" * 200_000, "[" + "a," * 20_000 + "]",
    )))  # fmt: skip


def replaced_value(mutation: Mutation, written: str) -> None:
    """Write something behind the colon of a line."""
    path = mutation.path()
    lines = mutation.text(path).split("\n")
    chosen = mutation.chance.randrange(len(lines))
    key, colon, _ = lines[chosen].partition(": ")
    lines[chosen] = f"{key}{colon}{written}"
    mutation.files[path] = "\n".join(lines).encode()


def line_changed(mutation: Mutation) -> None:
    """Take a line away, write it twice, move it, indent it, or let a tab indent it."""
    path = mutation.path()
    lines = mutation.text(path).split("\n")
    at, to = mutation.chance.randrange(len(lines)), mutation.chance.randrange(len(lines))
    changes: tuple[Callable[[], object], ...] = (
        lambda: lines.pop(at),
        lambda: lines.insert(at, lines[at]),
        lambda: lines.insert(to, lines[at]),
        lambda: lines.__setitem__(at, f"  {lines[at]}"),
        lambda: lines.__setitem__(at, lines[at][1:]),
        lambda: lines.__setitem__(at, f"\t{lines[at]}"),
        lambda: lines.__setitem__(at, lines[at].replace("  ", "\t")),
        lambda: lines.__setitem__(at, f"{lines[at]} #{mutation.scalar()}"),
        lambda: lines.__setitem__(at, f"{lines[at]}{mutation.scalar()}"),
    )
    mutation.chance.choice(changes)()
    mutation.files[path] = "\n".join(lines).encode()


def bytes_changed(mutation: Mutation) -> None:
    """Cut, flip, lose or add bytes; change encoding or line ends."""
    path = mutation.path(mutation.chance.choice((".yaml", ".yaml", ".yaml", ".md")))
    data, chance = mutation.files.get(path, b""), mutation.chance
    at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    text = data.decode("utf-8", "replace")
    flipped = bytearray(data)
    foreign = chance.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x00", b"\xc0\xaf", b"\xf4\x90\x80\x80"))
    for _ in range(min(chance.choice((1, 3, 30)), len(flipped))):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    mutation.files[path] = chance.choice((
        data[:at], data[at:], data[:at] + data[to:], data[:to] + data[at:], bytes(flipped), b"", b"\n" * 5000, data * 2,
        b"\xef\xbb\xbf" + data, b"\xef\xbb\xbf" * 2 + data, data.replace(b"\n", b"\r\n"), data.replace(b"\n", b"\r"),
        data[:at] + foreign + data[at:], text.encode("utf-16"), text.encode("utf-16-le"),
        text.encode("latin-1", "replace"), data[:at] + b"\t" + data[at:],
        data[:at] + mutation.scalar().encode() + data[at:], chance.randbytes(200), data + b"#" * 1_000_001,
    ))  # fmt: skip


def files_changed(mutation: Mutation) -> None:
    """Lose, exchange, copy, misplace or misname whole files."""
    one, other, chance, files = mutation.path(), mutation.path(), mutation.chance, mutation.files
    one_data, stem = files.get(one, b""), one.removesuffix(".yaml")
    changes: tuple[Callable[[], object], ...] = (
        lambda: files.pop(one, None),
        lambda: files.update({one: files.get(other, b""), other: one_data}),
        lambda: files.update({one: files.get(other, b"")}),
        lambda: files.update({f"{stem}/again.yaml": one_data}),
        lambda: files.update({f"{stem}.yml": files.pop(one, b"")}),
        lambda: files.update({stem.swapcase() + ".yaml": one_data}),
        lambda: files.update({f"records/{mutation.scalar()}.yaml": one_data}),
        lambda: files.update({f"records/deliverables/{mutation.scalar()}.yaml": one_data}),
        lambda: files.update({f"records/deliverables/{mutation.scalar()}/{mutation.scalar()}.md": b"# x\n"}),
        lambda: files.update({f"records/events/{each:03}.yaml": b"" for each in range(200)}),
        lambda: files.update({f"{stem}/deep/er.yaml": one_data}),
    )
    chance.choice(changes)()


ROUGH: tuple[Change, ...] = (
    odd_value, odd_value, odd_key, swapped, reshaped, record_twice, deepened, bombed, line_changed, line_changed,
    bytes_changed, bytes_changed, files_changed,
)  # fmt: skip


def mutated(seed: int, *, weights: tuple[int, int, int] = (1, 2, 2)) -> Files:
    """Return the set of a seed: a project of which one to five things were changed, drawn with these weights."""
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret here
    number = chance.choices(range(len(PROJECTS)), weights=weights)[0]
    mutation = Mutation(chance, number, dict(project(number)))
    gentle = chance.random() < 0.5
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        chance.choice(GENTLE if gentle or chance.random() < 0.3 else ROUGH)(mutation)
    return mutation.files
