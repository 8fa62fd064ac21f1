// The weights of the priority page: moves of the sliders rank the table again, in the whole numbers that
// helpers.analysis.priority uses, so that both print the same digits. No library, no request.
(() => {
  "use strict";
  const MOST = 100, FIRST = 3;

  const ranked = (places, weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const rows = places.map(([code, name, scores], index) => {
      const known = total > 0 && scores.every((score, i) => !weights[i] || score !== null);
      const points = known ? scores.reduce((sum, score, i) => sum + weights[i] * (score ?? 0), 0) : null;
      return { code, name, index, points };
    });
    for (const row of rows) {
      if (row.points === null) continue;
      row.rank = 1 + rows.filter(other => other.points !== null && other.points > row.points).length;
      row.tied = rows.some(other => other !== row && other.points === row.points);
      row.tenths = Math.floor((2 * row.points + total) / (2 * total));
    }
    const last = row => row.rank ?? places.length + 1;
    return rows.sort((a, b) => last(a) - last(b) || (a.code < b.code ? -1 : 1));
  };

  const read = (fragment, names) => {
    const given = new URLSearchParams(fragment.replace(/^#/, ""));
    if (!names.some(name => given.has(name))) return undefined;
    const weights = names.map(name => given.get(name) ?? "0");
    return weights.every(text => /^\d{1,3}$/.test(text) && Number(text) <= MOST) ? weights.map(Number) : null;
  };

  const start = block => {
    const data = JSON.parse(block.querySelector("script[type='application/json']").textContent);
    const sliders = [...block.querySelectorAll("input[type=range]")];
    const outputs = [...block.querySelectorAll("output")];
    const status = block.querySelector("[role=status]"), body = block.querySelector("tbody");
    const own = [...block.querySelectorAll("tbody tr")].map(line => ({
      line, rank: [...line.cells[1].childNodes], score: [...line.cells[2].childNodes] }));
    const shown = outputs.map(output => [...output.childNodes]);
    const names = data.names, standard = data.weights;
    const alone = document.body.classList.contains("brief-page");
    let waiting;

    const rankOf = row => (row.tied ? data.words.tied : data.words.rank).replace("{n}", row.rank);
    const scoreOf = row => `${Math.floor(row.tenths / 10)}.${row.tenths % 10}`;
    const sentence = rows => {
      const first = rows.filter(row => row.rank <= FIRST);
      if (!first.length) return data.words.none;
      const items = first.slice(0, FIRST).map(row => data.words.item.replace("{place}", () => row.name)
        .replace("{rank}", rankOf(row)).replace("{score}", scoreOf(row)));
      const more = first.length - items.length;
      return data.words.first.replace("{items}", () => items.join(data.words.comma))
        + (more ? data.words.more.replace("{n}", more) : "");
    };

    const show = (weights, told, kept) => {
      const same = weights.every((weight, i) => weight === standard[i]);
      weights.forEach((weight, i) => {
        sliders[i].value = weight;
        if (weight === standard[i]) outputs[i].replaceChildren(...shown[i]);
        else outputs[i].textContent = weight;
      });
      const rows = ranked(data.places, weights);
      for (const row of rows) {
        const { line, rank, score } = own[row.index];
        if (same) {
          line.cells[1].replaceChildren(...rank);
          line.cells[2].replaceChildren(...score);
        } else {
          line.cells[1].textContent = row.rank ? rankOf(row) : data.words.missing;
          line.cells[2].textContent = row.rank ? scoreOf(row) : data.words.missing;
        }
      }
      body.append(...rows.map(row => own[row.index].line));
      clearTimeout(waiting);
      waiting = setTimeout(() => {  // once a move has ended: browsers refuse an address that changes too often
        status.textContent = told ?? sentence(rows);
        if (kept) keep(weights, same);
      }, 300);
    };

    const keep = (weights, same) => {
      if (!alone) return;
      const fragment = same ? "" : "#" + names.map((name, i) => `${name}=${weights[i]}`).join("&");
      history.replaceState(null, "", location.pathname + location.search + fragment);
    };
    const moved = () => show(sliders.map(slider => Number(slider.value)), undefined, true);
    const arrived = () => {
      const found = alone ? read(location.hash, names) : undefined;
      if (found) show(found);
      else if (found === null) show(standard, data.words.unreadable);
    };

    for (const slider of sliders) slider.addEventListener("input", moved);
    block.querySelector("button[data-reset]").addEventListener("click", () => show(standard, undefined, true));
    addEventListener("hashchange", arrived);
    sliders.forEach((slider, i) => { slider.value = standard[i]; });
    arrived();
  };

  for (const block of document.querySelectorAll(".brief-weights:not([data-ready])")) {
    block.dataset.ready = "";
    start(block);
  }
})();
