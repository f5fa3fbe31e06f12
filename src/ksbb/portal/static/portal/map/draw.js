// The map itself: circles and outlines in SVG, styled by classes alone.

import { kinds, named, number, say, sentence } from "./words.js";
import { nameIt } from "./names.js";
import { shapePath } from "./shapes.js";

const L = window.L;
const atlas = document.querySelector("#atlas");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const MOST_NAMES = 60;
const MANY_PLACES = 200;

const Mark = L.CircleMarker.extend({
  _updatePath() {
    const { x, y } = this._point;
    const path = shapePath(this.options.shape, x, y, Math.max(Math.round(this._radius), 1));
    this._path.setAttribute("d", path);
  },
});

export function makeMap() {
  const map = L.map("map", {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.25,
    zoomDelta: 1,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    inertia: !calm,
    scrollWheelZoom: false,
    dragging: false,
    maxZoom: 18,
  });
  L.control.attribution({ prefix: "Leaflet" }).addTo(map);
  L.control.zoom({ zoomInTitle: say("in"), zoomOutTitle: say("out") }).addTo(map);
  if (atlas.dataset.tiles) {
    const credit = document.createElement("i");
    credit.textContent = atlas.dataset.credit;
    L.tileLayer(atlas.dataset.tiles, { attribution: credit.innerHTML, maxZoom: 18 }).addTo(map);
  }
  map.createPane("outlines").style.zIndex = 350;
  map.getPane("outlines").setAttribute("aria-hidden", "true");
  letThePageScroll(map);
  return map;
}

// A finger or a wheel moves the page; a dragging mouse, two fingers or Ctrl + wheel move the map.
function letThePageScroll(map) {
  const box = map.getContainer();
  const drag = (event) => map.dragging[event.pointerType === "mouse" ? "enable" : "disable"]();
  box.addEventListener("pointerover", drag, true);
  box.addEventListener("pointerdown", drag, true);
  box.addEventListener(
    "wheel",
    (event) => map.scrollWheelZoom[event.ctrlKey || event.metaKey ? "enable" : "disable"](),
    true,
  );
}

export function fit(map, points) {
  const bounds = L.latLngBounds(points);
  if (bounds.isValid()) {
    map.fitBounds(bounds, { padding: [52, 44], maxZoom: 16, animate: false });
  }
}

// Areas far from all the others would leave the rest as a heap; they are reached by zooming out.
export function near(points) {
  if (points.length < 5) return points;
  const middle = [0, 1].map((side) => median(points.map((point) => point[side])));
  const far = points.map((point) => Math.hypot(point[0] - middle[0], point[1] - middle[1]));
  const limit = 3.5 * median(far);
  return points.filter((_, at) => far[at] <= limit);
}

function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

export function drawMarks(map, layer, marks, { areas, open }) {
  layer.clearLayers();
  const largest = Math.max(1, ...marks.map((mark) => mark.open));
  const [smallest, widest] = sizesFor(marks.length, areas, map.getSize().x);
  // The large ones first, so that small ones lie on top of them.
  for (const mark of [...marks].sort((one, other) => other.open - one.open)) {
    const share = Math.sqrt(mark.open / largest);
    mark.layer = new Mark([mark.lat, mark.lon], {
      className: `mark grade-${mark.grade}`,
      radius: smallest + (widest - smallest) * share,
      shape: kinds.get(mark.kind)?.shape ?? 0,
      weight: 1.5,
      bubblingMouseEvents: false,
    });
    mark.layer.on("click", () => open(mark)).addTo(layer);
  }
  if (areas && marks.length <= MOST_NAMES) marks.forEach((mark) => nameIt(mark.layer, named(mark)));
  return largest;
}

// Many marks, or marks on a small screen, are small: they are not to hide each other.
function sizesFor(count, areas, width) {
  if (!areas) return count <= MANY_PLACES ? [6, 15] : [4, 9];
  if (count <= 15) return [8, Math.min(30, width / 15)];
  return count <= MOST_NAMES ? [6, Math.min(20, width / 22)] : [4, Math.min(11, width / 40)];
}

export function drawOutlines(layer, geojson, marks, open) {
  layer.clearLayers();
  const known = new Map(marks.map((mark) => [mark.code, mark]));
  const drawn = L.geoJSON(geojson, {
    pane: "outlines",
    style: ({ id }) => ({
      className: known.has(id) ? `outline grade-${known.get(id).grade}` : "outline",
      weight: 1,
    }),
    onEachFeature: ({ id }, path) => {
      if (known.has(id)) path.on("click", () => open(known.get(id)));
    },
  });
  layer.addLayer(drawn);
}

export function showHere(layer, lat, lon) {
  layer.clearLayers();
  const point = L.circleMarker([lat, lon], { className: "mark--here", radius: 9, interactive: false });
  return nameIt(point, say("here")).addTo(layer);
}

// A wide screen lays the panel over the map: what was chosen moves out from under it.
export function uncover(map, mark, panel) {
  const over = getComputedStyle(panel).position === "absolute" ? panel.offsetWidth + 40 : 40;
  map.panInside([mark.lat, mark.lon], {
    paddingTopLeft: [40, 40],
    paddingBottomRight: [over, 40],
    animate: false,
  });
}

// One stop for Tab; the arrows go from mark to mark in the order of the table.
export function walkable(map, marks, { open, current }) {
  const paths = marks.map((mark) => mark.layer._path);
  if (!paths.length) return;
  const group = paths[0].parentNode;
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", say("marks"));
  marks.forEach((mark, at) => {
    const path = paths[at];
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", sentence(mark));
    path.setAttribute("tabindex", at === current ? 0 : -1);
    path.addEventListener("keydown", (event) => {
      const goal = step(event.key, at, marks.length);
      if (event.key === "Enter" || event.key === " ") open(mark);
      else if (goal === null) return;
      else {
        path.setAttribute("tabindex", -1);
        paths[goal].setAttribute("tabindex", 0);
        map.panInside(marks[goal].layer.getLatLng(), { padding: [40, 40], animate: false });
        paths[goal].focus();
      }
      event.preventDefault();
      event.stopPropagation();
    });
  });
}

function step(key, at, count) {
  const goals = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: count - 1,
  };
  return key in goals ? (goals[key] + count) % count : null;
}

export const countOf = (marks) => say("shown").replace("COUNT", number(marks.length));
export const outsideOf = (count) => (count ? say("outside").replace("COUNT", number(count)) : "");
export const largestOf = (count) => say("largest").replace("COUNT", number(count));
