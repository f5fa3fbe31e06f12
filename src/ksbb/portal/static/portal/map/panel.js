// What one mark says, and where it leads. Nothing is kept in: Escape or Close goes back to the mark.

import { kinds, named, number, percent } from "./words.js";

const atlas = document.querySelector("#atlas");
const panel = document.querySelector("#map-panel");
let opener = null;

export function openPanel(mark, { query, into }) {
  close();
  opener = mark;
  const kind = kinds.get(mark.kind);
  const slots = {
    name: named(mark),
    kind: kind?.name ?? "",
    open: number(mark.open),
    need: number(mark.need),
    committed: number(mark.committed),
    coverage: percent(mark.coverage),
    places: number(mark.places),
    missing: number(mark.missing),
    others: number(mark.others),
  };
  for (const [name, text] of Object.entries(slots)) {
    panel.querySelector(`[data-slot=${name}]`).textContent = text;
  }
  panel.querySelectorAll("[data-area-only]").forEach((one) => (one.hidden = Boolean(kind)));
  panel.querySelectorAll("[data-others-only]").forEach((one) => (one.hidden = !mark.others));
  lead(mark, query, into);
  mark.layer._path?.classList.add("mark--chosen");
  panel.hidden = false;
  panel.querySelector("h3").focus();
}

function lead(mark, query, into) {
  const { list, give, place, aid, phase } = atlas.dataset;
  const here = new URLSearchParams(query);
  ["tingkat", "kotak", "hal"].forEach((name) => here.delete(name));
  const gift = new URLSearchParams({ bantuan: aid, fase: phase });
  if (mark.kind) gift.set("sasaran", mark.code);
  else {
    here.set("wilayah", mark.code);
    gift.set("wilayah", mark.code);
  }
  way("into", into ? `?${here}` : "", into);
  way("place", mark.kind ? place.replace("CODE", mark.code) : "");
  way("list", mark.kind ? "" : `${list}?${here}`);
  way("give", give && mark.open > 0 ? `${give}?${gift}` : "");
}

function way(name, address, act) {
  const link = panel.querySelector(`[data-go=${name}]`);
  if (!link) return;
  link.hidden = !address;
  link.href = address;
  link.onclick = act
    ? (event) => {
        event.preventDefault();
        act();
      }
    : null;
}

// The marks were drawn anew: the panel stays with its mark, or closes where that is gone.
export function stayOpen(marks) {
  if (panel.hidden) return;
  const same = marks.find((mark) => mark.code === opener.code);
  if (!same) return close();
  opener = same;
  same.layer._path?.classList.add("mark--chosen");
}

function close({ back = false } = {}) {
  panel.hidden = true;
  opener?.layer?._path?.classList.remove("mark--chosen");
  if (back) opener?.layer?._path?.focus();
  opener = null;
}

panel.querySelector("[data-go=close]").addEventListener("click", () => close({ back: true }));
atlas.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) close({ back: true });
});
