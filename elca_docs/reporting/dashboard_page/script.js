"use strict";
/* Search, filters and sorting. Without it the page shows everything. No row is ever written as text of a page. */
(() => {
  const PAGE = 50;
  const root = document.documentElement;
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const make = (name, text) => Object.assign(document.createElement(name), { type: "button", textContent: text });
  root.classList.add("js");

  const keyOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.key ?? cell.textContent.trim();
  };

  /* One table: all its rows, those that fit the filters, and as many of them on the page as one can look at. */
  const lists = [...document.querySelectorAll("table.rows")].map((table) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({
      row,
      text: plain(row.textContent),
      count: Number(row.dataset.count || 1),
      partner: (row.dataset.partner ?? "").split("|"),
      class: [row.dataset.class],
      mission: [row.dataset.mission],
      state: (row.dataset.state ?? "").split("|"),
    }));
    const pager = make("button", "");
    const line = document.createElement("p");
    const list = { table, body, rows, fitting: rows, all: false };
    line.className = "pager small";
    line.hidden = true;
    line.append(pager);
    table.after(line);
    list.draw = () => {
      const shown = list.all ? list.fitting : list.fitting.slice(0, PAGE);
      body.replaceChildren(...shown.map((each) => each.row));
      line.hidden = shown.length === list.fitting.length;
      pager.textContent = `Show all ${list.fitting.length} (${PAGE} are shown)`;
    };
    pager.addEventListener("click", () => {
      list.all = true;
      list.draw();
      body.rows[PAGE].tabIndex = -1;
      body.rows[PAGE].focus();
    });
    sortable(list);
    list.draw();
    return list;
  });

  function sortable(list) {
    const heads = [...list.table.tHead.rows[0].cells];
    list.table.tHead.classList.add("sorts");
    heads.forEach((head, column) => {
      const button = make("button", head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        const sign = down ? -1 : 1;
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keys = new Map(list.rows.map((each) => [each, keyOf(each.row, column)]));
        const compare = (one, other) => {
          const [a, b] = [keys.get(one), keys.get(other)];
          /* What has no value stands last, whichever way round. */
          if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
          return sign * order.compare(a, b);
        };
        list.rows.sort(compare);
        list.fitting = [...list.fitting].sort(compare);
        list.draw();
      });
    });
  }

  const form = document.querySelector("form.filters");
  if (form) {
    const field = (name) => document.getElementById(`f-${name}`);
    const names = ["partner", "class", "mission", "state"].filter((name) => field(name));
    const agreements = lists.filter((list) => list.table.dataset.list);
    const said = form.querySelector("output");
    const sum = (rows) => rows.reduce((total, each) => total + each.count, 0);
    const filter = () => {
      const words = plain(field("text").value).split(/\s+/).filter(Boolean);
      const wanted = names.map((name) => [name, field(name).value]).filter(([, value]) => value);
      let [shown, every] = [0, 0];
      for (const list of agreements) {
        list.fitting = list.rows.filter(
          (each) =>
            wanted.every(([name, value]) => each[name].includes(value)) && words.every((word) => each.text.includes(word)),
        );
        list.all = false;
        list.draw();
        list.table.closest("section").hidden = !list.fitting.length;
        shown += sum(list.fitting);
        every += sum(list.rows);
      }
      said.textContent = shown === every ? `All ${every} are shown.` : `${shown} of ${every} are shown.`;
    };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    filter();
  }

  /* On paper everything that fits the filters is there; what is closed stays closed. */
  addEventListener("beforeprint", () => {
    lists.forEach((list) => list.body.replaceChildren(...list.fitting.map((each) => each.row)));
  });
  addEventListener("afterprint", () => lists.forEach((list) => list.draw()));
})();
