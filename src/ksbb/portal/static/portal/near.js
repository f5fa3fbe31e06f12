// “Near me”: asks for the position only when pressed, and rounds it before it leaves the device.

const near = document.querySelector("[data-near]");

if (near && "geolocation" in navigator) {
  const form = near.closest("form");
  const said = near.querySelector("[role=status]");
  near.hidden = false;
  near.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.dekat.value = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
        if (said.dataset.filled) {
          said.textContent = said.dataset.filled;
          return;
        }
        form.elements.urut.value = "dekat";
        form.submit();
      },
      () => {
        said.textContent = said.dataset.denied;
      },
      { maximumAge: 300000, timeout: 15000 },
    );
  });
}
