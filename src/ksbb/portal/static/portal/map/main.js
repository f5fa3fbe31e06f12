// The map of what is missing. What is shown stands in the address: area, level, filters.

import { openPanel, stayOpen } from "./panel.js";
import {
  countOf,
  drawMarks,
  drawOutlines,
  fit,
  largestOf,
  makeMap,
  near,
  outsideOf,
  showHere,
  uncover,
  walkable,
} from "./draw.js";
import { drawKeys } from "./shapes.js";
import { follow } from "./page.js";
import { offerNear } from "./near.js";
import { spreadNames } from "./names.js";
import { say } from "./words.js";

const L = window.L;
const atlas = document.querySelector("#atlas");
const said = document.querySelector("#map-said");

const LEVELS = ["kota", "kecamatan", "kelurahan", "tempat"];
const LENGTHS = { kota: 5, kecamatan: 8, kelurahan: 13 };
const ZOOMS_A_LEVEL = 1.5;
const NEAR_ZOOM = 12;
const PLACES = "tempat";
// Boxes are asked for along lines of a fiftieth of a degree: two kilometres, whoever looks where.
const GRID = 50;

const offered = atlas.dataset.levels.trim().split(" ");
const top = levelBelow("");
const state = { area: atlas.dataset.area, level: atlas.dataset.level, marks: [], box: null };
let fitted = { zoom: 0, level: state.level };
let moving = true;
let turn = 0;

atlas.hidden = false;
drawKeys();
const map = makeMap();
const outlines = L.layerGroup().addTo(map);
const marks = L.layerGroup().addTo(map);
const here = L.layerGroup().addTo(map);
map.setView([-6.2, 106.83], 10, { animate: false });

function query({ box = state.box } = {}) {
  const asked = new URLSearchParams(location.search);
  ["wilayah", "tingkat", "kotak", "hal"].forEach((name) => asked.delete(name));
  if (state.area) asked.set("wilayah", state.area);
  if (state.level !== levelBelow(state.area)) asked.set("tingkat", state.level);
  if (box) asked.set("kotak", box.join(","));
  return asked;
}

function levelBelow(area) {
  const above = area.length || atlas.dataset.root.length;
  return LEVELS.find((level) => level === PLACES || LENGTHS[level] > above);
}

// Places of a large area are fetched for the part that is seen, and so are areas of which there
// were too many; everything else as a whole.
function boxFor() {
  if (state.area.length >= LENGTHS.kelurahan || (state.level !== PLACES && !state.coarse)) return null;
  const seen = map.getBounds().pad(0.3);
  const down = (value) => Math.floor(value * GRID) / GRID;
  const up = (value) => Math.ceil(value * GRID) / GRID;
  return [down(seen.getWest()), down(seen.getSouth()), up(seen.getEast()), up(seen.getNorth())];
}

async function load({ refit = false, keep = false, focus = false, table = true } = {}) {
  const mine = ++turn;
  state.box = refit ? null : boxFor();
  const asked = query();
  try {
    const answer = await fetch(`${atlas.dataset.marks.replace("LEVEL", state.level)}?${asked}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const told = await answer.json();
    if (mine !== turn) return;
    show(told, { refit, focus });
    if (!refit && !state.box && boxFor()) return load({ keep });
  } catch {
    if (mine === turn) document.querySelector("#map-outside").textContent = say("failed");
    return;
  }
  if (table) follow(asked, { keep });
  if (atlas.dataset.outlines) shade(asked, mine);
}

function show(told, { refit, focus }) {
  const held = state.marks.find((mark) => mark.layer?._path === document.activeElement)?.code;
  state.marks = told.rows.map((row) =>
    Object.fromEntries(told.columns.map((name, at) => [name, row[at]])),
  );
  state.shown = told.level;
  // Once there were too many, the part that is seen is asked for until level or area change.
  state.coarse = told.level !== state.level || Boolean(state.box && state.level !== PLACES);
  if (refit) place();
  const largest = drawMarks(map, marks, state.marks, { areas: told.level !== PLACES, open });
  document.querySelector("#map-largest").textContent =
    state.marks.length ? largestOf(largest) : "";
  spread();
  tellOutside();
  said.textContent = countOf(state.marks);
  const current = Math.max(0, state.marks.findIndex((mark) => mark.code === held));
  walkable(map, state.marks, { open, current });
  if (focus || held) state.marks[current]?.layer._path?.focus();
  stayOpen(state.marks);
}

// Names and what they must not cover: the marks, and the reader's own position.
function spread() {
  spreadNames(map, [...state.marks.map((mark) => mark.layer), ...here.getLayers()]);
}

function tellOutside() {
  const seen = map.getBounds();
  const outside = state.marks.filter((mark) => !seen.contains([mark.lat, mark.lon])).length;
  document.querySelector("#map-outside").textContent = outsideOf(outside);
}

function place() {
  moving = true;
  fit(map, near(state.marks.map((mark) => [mark.lat, mark.lon])));
  fitted = { zoom: map.getZoom(), level: state.level };
  moving = false;
}

async function shade(asked, mine) {
  const wanted = new URLSearchParams(asked);
  wanted.delete("tingkat");
  const address = `${atlas.dataset.outlines.replace("LEVEL", state.shown)}?${wanted}`;
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok || mine !== turn) return;
  drawOutlines(outlines, await answer.json(), state.marks, open);
}

function open(mark) {
  const inside = mark.kind ? null : () => go(mark.code, levelBelow(mark.code));
  openPanel(mark, { query: query({ box: null }), into: inside });
  uncover(map, mark, document.querySelector("#map-panel"));
}

function go(area, level, { focus = true } = {}) {
  state.area = area;
  state.level = level;
  load({ refit: true, keep: true, focus });
}

// The reader zooms: deeper than the area was fitted shows smaller areas, further out larger ones.
function levelAt(zoom) {
  const deeper = zoom - fitted.zoom;
  const steps = Math.sign(deeper) * Math.floor((Math.abs(deeper) + 0.5) / ZOOMS_A_LEVEL);
  const wanted = LEVELS.indexOf(fitted.level) + steps;
  return LEVELS[Math.min(Math.max(wanted, LEVELS.indexOf(top)), LEVELS.length - 1)];
}

map.on("moveend", () => {
  if (moving) return;
  spread();
  tellOutside();
  const level = levelAt(map.getZoom());
  const above = LENGTHS[LEVELS[LEVELS.indexOf(level) - 1]] ?? 0;
  const area = state.area.length > above ? state.area.slice(0, above) : state.area;
  const changed = level !== state.level || area !== state.area;
  if (changed) state.coarse = false;
  state.level = level;
  state.area = area.length > atlas.dataset.root.length ? area : "";
  const box = boxFor();
  if (changed || String(box) !== String(state.box)) load();
});

// Links of the table and of the way to an area move the map instead of the page.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#map-table a[data-area], #map-head a[data-area]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.dataset.area, levelBelow(link.dataset.area), { focus: false });
  document.querySelector("#map-title").scrollIntoView({ block: "nearest" });
});

addEventListener("popstate", () => location.reload());

offerNear((lat, lon) => {
  // No mark is asked for. The map moves to the rounded position only, so that neither streets nor
  // what is fetched later tell where in that kilometre the reader is.
  const rounded = [lat, lon].map((degrees) => Number(degrees.toFixed(2)));
  moving = true;
  map.setView(rounded, Math.max(map.getZoom(), NEAR_ZOOM), { animate: false });
  showHere(here, lat, lon);
  spread();
  moving = false;
});

if (offered.length) load({ refit: true, table: false });
