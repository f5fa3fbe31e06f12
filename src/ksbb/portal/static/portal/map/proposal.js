// The places of a proposal, drawn from the table below the map.

import { drawMarks, fit, makeMap, showHere, walkable } from "./draw.js";
import { nameIt, spreadNames } from "./names.js";

const L = window.L;
const atlas = document.querySelector("#atlas");
const rows = [...document.querySelectorAll("tr[data-lat]")];

const marks = rows.map((row) => ({
  row,
  name: row.dataset.name,
  number: row.dataset.number,
  lat: Number(row.dataset.lat),
  lon: Number(row.dataset.lon),
  open: Number(row.dataset.quantity),
  coverage: Number(row.dataset.coverage),
  grade: row.dataset.grade,
}));

function open(mark) {
  const box = mark.row.querySelector("input");
  box.scrollIntoView({ block: "center" });
  box.focus({ preventScroll: true });
}

function draw() {
  atlas.hidden = false;
  const map = makeMap();
  const layer = L.layerGroup().addTo(map);
  const here = L.layerGroup().addTo(map);
  const points = marks.map((mark) => [mark.lat, mark.lon]);
  const { lat, lon, km } = atlas.dataset;
  if (lat) {
    const start = [Number(lat), Number(lon)];
    map.setView(start, 12, { animate: false });
    const reach = L.circle(start, { radius: km * 1000, className: "reach", interactive: false });
    const around = reach.addTo(map).getBounds();
    points.push(around.getSouthWest(), around.getNorthEast());
    showHere(here, ...start);
  }
  fit(map, points);
  drawMarks(map, layer, marks, { areas: false, open });
  const layers = [...marks.map((mark) => nameIt(mark.layer, mark.number)), ...here.getLayers()];
  spreadNames(map, layers);
  map.on("moveend", () => spreadNames(map, layers));
  walkable(map, marks, { open, current: 0 });
}

if (marks.length) draw();
