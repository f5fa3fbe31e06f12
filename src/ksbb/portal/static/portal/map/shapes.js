// The outline of a mark as a path of SVG: round for areas, another shape for each kind of place.

// Circle; then square, triangle, diamond, pentagon, hexagon, triangle on its head.
const CORNERS = [0, 4, 3, 4, 5, 6, 3];
const TURNS = [0, Math.PI / 4, 0, 0, 0, 0, Math.PI];

export function shapePath(shape, x, y, radius) {
  const corners = CORNERS[shape % CORNERS.length];
  if (!corners) {
    const arc = `a${radius},${radius} 0 1,0`;
    return `M${x - radius},${y}${arc} ${radius * 2},0 ${arc} ${-radius * 2},0Z`;
  }
  // As large to the eye as the circle.
  const reach = radius * Math.sqrt((2 * Math.PI) / (corners * Math.sin((2 * Math.PI) / corners)));
  const points = Array.from({ length: corners }, (_, at) => {
    const angle = (2 * Math.PI * at) / corners - Math.PI / 2 + TURNS[shape % TURNS.length];
    return `${(x + reach * Math.cos(angle)).toFixed(1)},${(y + reach * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}Z`;
}

// The keys of the legend are drawn with the same hand.
export function drawKeys() {
  for (const key of document.querySelectorAll("path[data-shape]")) {
    key.setAttribute("d", shapePath(Number(key.dataset.shape), 0, 0, 8));
  }
}
