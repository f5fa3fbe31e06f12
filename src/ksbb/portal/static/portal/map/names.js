// Names of marks. Each stands at the first side of its mark where it is neither cut off nor on
// another name, a mark or a button; where there is no such side, it is hidden.

// A side, which way a name is moved out of its mark, and by which part of its width aside.
const SIDES = [
  ["bottom", 0, 1, 0],
  ["top", 0, -1, 0],
  ["right", 1, 0, 0],
  ["left", -1, 0, 0],
  ["bottom", 0, 1, -0.4],
  ["bottom", 0, 1, 0.4],
  ["top", 0, -1, -0.4],
  ["top", 0, -1, 0.4],
];
const GAP = 2;
// Leaflet's style sheet moves a name away from its point by so much.
const ARROW = 6;
const EDGE = 2;

// Read once for each name: to read it after something was moved has the page laid out anew.
const sizes = new WeakMap();

export function nameIt(layer, text) {
  const name = document.createElement("span");
  name.textContent = text;
  return layer.bindTooltip(name, { permanent: true, direction: "bottom", className: "mark-name" });
}

export function spreadNames(map, layers) {
  const named = layers.filter((layer) => nameOf(layer));
  if (!named.length) return;
  const seen = map.getSize();
  const taken = [...buttons(map), ...layers.map((layer) => boxOf(map, layer))];
  const spots = named.map((layer) => {
    const spot = freeSpot(boxOf(map, layer), sizeOf(nameOf(layer)), seen, taken);
    if (spot) taken.push(spot.box);
    return spot;
  });
  named.forEach((layer, at) => {
    nameOf(layer).hidden = !spots[at];
    if (spots[at]) put(layer.getTooltip(), spots[at]);
  });
}

const nameOf = (layer) => layer.getTooltip()?.getElement();

function sizeOf(name) {
  if (!sizes.has(name)) sizes.set(name, [name.offsetWidth, name.offsetHeight]);
  return sizes.get(name);
}

function buttons(map) {
  const frame = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control")].map((one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return box(left - frame.left, top - frame.top, right - frame.left, bottom - frame.top);
  });
}

const box = (left, top, right, bottom) => ({ left, top, right, bottom });

function boxOf(map, layer) {
  const { x, y } = map.latLngToContainerPoint(layer.getLatLng());
  const radius = layer.options.radius;
  return box(x - radius, y - radius, x + radius, y + radius);
}

function freeSpot(mark, [width, height], seen, taken) {
  const radius = (mark.right - mark.left) / 2;
  const x = mark.left + radius;
  const y = mark.top + radius;
  if (x < 0 || y < 0 || x > seen.x || y > seen.y) return null;
  for (const [side, across, down, aside] of SIDES) {
    const left = x - width / 2 + across * (radius + GAP + width / 2);
    const top = y - height / 2 + down * (radius + GAP + height / 2);
    // Above and below its mark a name is also moved off the edge of the map.
    const kept = Math.min(Math.max(left + aside * width, EDGE), seen.x - EDGE - width);
    const moved = down ? kept - left : 0;
    const spot = box(left + moved, top, left + moved + width, top + height);
    if (isIn(spot, seen) && !taken.some((other) => touch(spot, other))) {
      const out = radius + GAP - ARROW;
      return { box: spot, side, offset: [across * out + moved, down * out] };
    }
  }
  return null;
}

const isIn = (one, seen) =>
  one.left >= 0 && one.top >= 0 && one.right <= seen.x && one.bottom <= seen.y;
const touch = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

function put(tooltip, { side, offset }) {
  const { options } = tooltip;
  if (options.direction === side && String(options.offset) === String(offset)) return;
  Object.assign(options, { direction: side, offset });
  tooltip.setLatLng(tooltip.getLatLng());
}
