"""The part of YAML that records use, with both of PyYAML's loaders: same trees, same problems, no guessed type."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.errors import Location
from elca_docs.records.grammar import DEEPEST, LOADERS, MOST_NODES, Loader, tree_of
from elca_docs.records.nodes import place_of, plain
from elca_docs.records.text import decoded

PATH = "f.yaml"
both = pytest.mark.parametrize("loader", LOADERS)


def read(text: str, loader: Loader) -> object:
    tree, problems = tree_of(PATH, text, loader)
    assert problems == ()
    assert tree is not None
    return plain(tree)


def problems_in(text: str, loader: Loader) -> list[tuple[str, str]]:
    tree, problems = tree_of(PATH, text, loader)
    assert problems or tree is not None
    return [(each.code, str(each.location).removeprefix("f.yaml:")) for each in problems]


@both
@pytest.mark.parametrize(
    "written",
    ["NO", "0042", "0089", "1.10", "1e5", "12:30:00", ".inf", "2026-02-01", "null", "~", "Null", "yes", "0x1F", "+1"],
)
def test_every_plain_value_is_its_text(written: str, loader: Loader):
    """Norway stays Norway, zeros stay, and `null` is a word: the table of traps in the notes on evidence (2.5)."""
    assert read(f"a: {written}\n", loader) == {"a": written}


@both
def test_an_empty_value_is_nothing_and_quotes_are_text(loader: Loader):
    """A key without a value is left out; an empty pair of quotes is an empty text."""
    assert read("a:\nb: ''\nc:   # later\nd: [x, '']\n", loader) == {"b": "", "d": ["x", ""]}


@both
@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_file_is_an_empty_value(text: str, loader: Loader):
    """A file without records is no mistake of grammar."""
    assert read(text, loader) is None


@both
def test_every_key_and_value_has_its_place(loader: Loader):
    """Line and column are those an editor shows, behind letters of any width too."""
    tree, _ = tree_of(PATH, "ä:\n  - b: ü\n    c: [d, é]\n", loader)
    assert tree is not None
    paths = [("ä",), ("ä", 0), ("ä", 0, "b"), ("ä", 0, "c"), ("ä", 0, "c", 1), ("ä", 0, "x"), ("ä", 7), ("y", "z")]
    assert [str(place_of(tree, path)) for path in paths] == [
        "f.yaml:2:3", "f.yaml:2:5", "f.yaml:2:8", "f.yaml:3:8", "f.yaml:3:12", "f.yaml:2:5", "f.yaml:2:3", "f.yaml:1:1",
    ]  # fmt: skip


@both
def test_texts_over_several_lines_are_joined_as_yaml_says(loader: Loader):
    """Folded, literal and quoted texts keep YAML's own meaning."""
    text = "a: >-\n  one\n  two\nb: |\n  x\n  y\nc: 'p\n  q'\nd: r\n  s\n"
    assert read(text, loader) == {"a": "one two", "b": "x\ny\n", "c": "p q", "d": "r s"}


@both
def test_a_no_break_space_on_the_keyboard_is_a_space(loader: Loader):
    """Pasted no-break spaces neither hide in names nor break the indentation; one written as an escape stays."""
    assert read('a:\u00a0x\u00a0y\nb:\n\u00a0\u00a0c: "1\\u00a02"\n', loader) == {"a": "x y", "b": {"c": "1\u00a02"}}


@both
def test_accents_are_composed_in_keys_and_values(loader: Loader):
    """What looks the same is the same."""
    assert read("cle\u0301: Leo\u0301n\n", loader) == {"clé": "León"}


@both
def test_a_tab_between_values_is_a_space(loader: Loader):
    """Only an indenting tab is a mistake; before a comment or in an empty line it means nothing."""
    assert read("a:\tb\t# c\n\t\n\t# d\ne: f\tg\n", loader) == {"a": "b", "e": "f g"}


BROKEN = [
    ("a: b: c\n", "1:5", "a colon stands where no key can be"),
    ("a\nb: 1\n", "2:2", "a colon stands where no key can be"),
    ("a:\n\tb: 1\n", "2:1", "a tab indents this line"),
    ("a:\n  \tb: 1\n", "2:3", "a tab indents this line"),
    ("a: [1,2\nb: 3\n", "1:4", "the list that opens with '[' here is not closed"),
    ("a: {b: 1\n", "1:4", "the braces that open here are not closed"),
    ("a: [b, - c]\n", "1:8", None),
    ("a: 'x\nb: 3\n", "1:4", "the quote that opens here is never closed"),
    ("a: @x\n", "1:4", "a value cannot begin with '@'"),
    ("a: `x\n", "1:4", "a value cannot begin with '`'"),
    ("a: %x\n", "1:4", "a value cannot begin with '%'"),
    ("- a\nb: 1\n", "2:1", "this line does not go on with the list above it"),
    ("a: 'x' y\n", "1:8", "this line does not go on with the keys above it"),
    ("a: - b\n", "1:4", "a dash stands where no list can begin"),
    ("a: }\n", "1:4", "a value is expected here, and something else stands there"),
    ("name: x\nfoo\n", "2:1", "this line is no 'key: value'"),
    ('a: "\\q"\n', None, "double quotes give the backslash a meaning, and this one has none"),
    ("a: *\n", "1:5", "'*' begins the name of a value written elsewhere"),
    ("a: &\n", "1:5", "'&' begins the name of a value"),
    ("a: !<x\n", "1:7", "'!' begins a tag"),
    ("a: |2x\n b\n", "1:6", "the text behind '|' or '>' cannot be read"),
    ("%YAML 3.0\n---\na: 1\n", "1:1", "this line cannot be read as YAML"),
    ("a: 1\n---\nb: 2\n", "2:1", "a second document begins here"),
    ("? [a]\n: b\n", "1:3", "a list or mapping stands where a key is wanted"),
    ("'': b\n", "1:1", "a key is empty"),
    ("a: 1\n  - b\n", "2:3", "this line begins with a dash, but still belongs to the value above"),
]


@both
@pytest.mark.parametrize(("text", "place", "message"), BROKEN)
def test_broken_yaml_gets_one_sentence_of_ours(text: str, place: str | None, message: str | None, loader: Loader):
    """Each mistake people make is said in plain words, at the place to mend, the same with both loaders."""
    _, problems = tree_of(PATH, text, loader)
    assert len(problems) == 1
    assert problems[0].code == "yaml-syntax"
    assert problems[0].fix
    assert message is None or problems[0].message == message
    assert place is None or str(problems[0].location) == f"f.yaml:{place}"


@both
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: Foo #1 Ltd\n", [("value-cut-by-comment", "1:4")]),
        ("a: #1 Ltd\nb: 2\n", [("value-cut-by-comment", "1:3")]),
        ("- Foo #1\n- Bar\t#2\n", [("value-cut-by-comment", "1:3"), ("value-cut-by-comment", "2:3")]),
        ("a: one\n  two #3 four\n", [("value-cut-by-comment", "1:4")]),
        ("a: Foo # a comment\n", []),
        ("a: Foo ## a heading\n", []),
        ("a: 'Foo #1 Ltd' #1\n", []),
        ("a: Foo#1\n", []),
        ("a: #\nb:\n", []),
        ("a: [x] #1\n", []),
        ("a: | #1\n  x\n", []),
    ],
)
def test_a_value_cut_by_a_comment_is_asked_back(text: str, expected: list[tuple[str, str]], loader: Loader):
    """`Foo #1 Ltd` would silently become `Foo`; a comment with a space behind its # is a comment."""
    assert problems_in(text, loader) == expected


@both
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: *x\n", [("alias-not-allowed", "1:4"), ("alias-not-allowed", "2:4")]),
        ("a: *nope\n", [("alias-not-allowed", "1:4")]),
        ("a: &x [*x]\n", [("alias-not-allowed", "1:4"), ("alias-not-allowed", "1:8")]),
        ("a: !!python/object/apply:os.system [x]\n", [("tag-not-allowed", "1:4")]),
        ("a: !!int 1\n", [("tag-not-allowed", "1:4")]),
    ],
)
def test_aliases_and_tags_are_refused(text: str, expected: list[tuple[str, str]], loader: Loader):
    """Nothing stands for something else, and nothing but our own types reads a value."""
    assert problems_in(text, loader) == expected


@both
@pytest.mark.parametrize("mark", ["*", "&"])
def test_a_long_name_of_a_value_is_cut_in_the_message(mark: str, loader: Loader):
    """However long the name is, the message stays one line that can be read."""
    _, (problem,) = tree_of(PATH, f"a: {mark}{'x' * 5_000} \n", loader)
    assert problem.code == "alias-not-allowed"
    assert len(problem.message) < 130


@both
def test_a_heap_of_accents_hides_in_no_escape(loader: Loader):
    """What may not be typed may not be written as an escape either, and is not put in order."""
    assert problems_in(f'a: "x{chr(92)}u0301{(chr(92) + "u0327") * 40}"\n', loader) == [("control-character", "1:4")]


@both
def test_a_bomb_of_aliases_never_grows(loader: Loader):
    """The billion laughs of the notes on evidence (2.5) are refused before they are counted out."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{now}: &{now} [{','.join(f'*{before}' for _ in range(9))}]\n"
        for before, now in zip("abcdefg", "bcdefgh", strict=True)
    )
    tree, problems = tree_of(PATH, bomb, loader)
    assert tree is None
    assert {each.code for each in problems} == {"alias-not-allowed"}


@both
def test_a_repeated_key_is_told_with_its_first_place(loader: Loader):
    """PyYAML would keep the last value silently; here the first one stays and the second one is a problem."""
    tree, problems = tree_of(PATH, "a: 1\nb:\n  c: 2\n  c: {d: 3}\na: 4\n", loader)
    assert [(each.code, each.location, each.message) for each in problems] == [
        ("duplicate-key", Location(PATH, 4, 3), "'c' stands twice; the first one is in line 3"),
        ("duplicate-key", Location(PATH, 5, 1), "'a' stands twice; the first one is in line 1"),
    ]
    assert tree is not None
    assert plain(tree) == {"a": "1", "b": {"c": "2"}}


@both
@pytest.mark.parametrize("escape", ["\\u202e", "\\x01", "\\t", "\\ufdd0"])
def test_an_escape_does_not_hide_a_forbidden_character(escape: str, loader: Loader):
    """Double quotes could write what may not be typed; the value is refused all the same."""
    assert problems_in(f'a: "x{escape}y"\n', loader) == [("control-character", "1:4")]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
@both
def test_depth_is_bounded(opening: str, closing: str, loader: Loader):
    """The deepest allowed nesting reads, one level more does not, and 100,000 levels do no harm."""
    assert problems_in(opening * DEEPEST + "x" + closing * DEEPEST, loader) == []
    for levels in (DEEPEST + 1, 100_000):
        assert [code for code, _ in problems_in(opening * levels, loader)] == ["too-deep"]


def test_the_number_of_values_is_bounded():
    """A file of small values cannot fill the memory."""
    _, problems = tree_of(PATH, "[" + ",".join("a" for _ in range(MOST_NODES)) + "]")
    assert [each.code for each in problems] == ["too-many-values"]


@given(st.text(alphabet="ab1 :-[]{}#'\"&*!|>%@\n,?\\é", max_size=60))
@settings(max_examples=150)
def test_both_loaders_read_the_same(text: str):
    """Whether the C library is there or not, a file that one loader accepts gives the same tree with the other."""
    trees = [tree_of(PATH, text, loader) for loader in LOADERS]
    accepted = [plain(tree) for tree, problems in trees if tree is not None and not problems]
    if len(accepted) == len(LOADERS):
        assert all(each == accepted[0] for each in accepted)


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_no_text_is_too_odd(text: str):
    """Any text that was read from bytes gives a tree or problems, never an exception."""
    clean, _ = decoded(PATH, text.encode("utf-8", "ignore"))
    assert clean is not None
    for loader in LOADERS:
        tree, problems = tree_of(PATH, clean, loader)
        assert tree is not None or problems


_VALUES = st.recursive(
    st.text(alphabet="abc xyz:#-'0", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet="abcdef", min_size=1), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(alphabet="abcdef", min_size=1, max_size=6), _VALUES, max_size=4))
@settings(max_examples=60)
def test_what_is_written_in_quotes_is_read_back(value: dict[str, object]):
    """parse(format(x)) == x for every tree of texts, lists and mappings."""
    import yaml

    written = yaml.dump(value, default_style="'", allow_unicode=True, width=10_000)
    for loader in LOADERS:
        assert read(written, loader) == (value or {})
