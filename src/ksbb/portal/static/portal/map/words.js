// Numbers and sentences in the reader's language; the sentences come with the page.

const atlas = document.querySelector("#atlas");
const words = document.querySelector("#map-words");
const written = new Intl.NumberFormat(atlas.dataset.language === "en" ? "en-GB" : "id-ID");

export const number = (value) => written.format(value);

// A part is never rounded to nothing or to the whole, as in the table.
export function percent(share) {
  const whole = Math.round(share * 100);
  if (whole === 0 && share > 0) return "<1%";
  if (whole === 100 && share < 1) return ">99%";
  return `${whole}%`;
}

export const say = (name) => words.dataset[name];

// “Kota Administrasi Jakarta Selatan” is “Jakarta Selatan” wherever there is little room.
const OFFICES = /^(Kota|Kabupaten) Administrasi /;

export const named = (mark) => mark.name.replace(OFFICES, "");

export function sentence(mark) {
  return say(mark.open > 0 ? "mark" : "full")
    .replace("NAME", named(mark))
    .replace("OPEN", number(mark.open))
    .replace("COVERAGE", percent(mark.coverage));
}

export const kinds = new Map(
  [...words.querySelectorAll("[data-kind]")].map((one) => [
    one.dataset.kind,
    { name: one.textContent, shape: Number(one.dataset.shape) },
  ]),
);
