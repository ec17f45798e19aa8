"use strict";
// The page can be read without this. It reckons nothing: all that it shows stands in the page.

// What fits needs no stop of the tab key; what is wider than the screen does, to be moved by arrows.
(() => {
  const boxes = document.querySelectorAll(".scroll");
  const fit = () => boxes.forEach((box) => {
    if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  });
  addEventListener("resize", fit);
  document.fonts.ready.then(fit);
  fit();
})();

// Chooses which position of which slider is told.
(() => {
  const panel = document.getElementById("what-if-panel");
  if (!panel) return;
  const { usual, levers } = JSON.parse(document.getElementById("what-if-data").textContent);
  const sliders = [...panel.querySelectorAll("input")];
  const places = [...panel.querySelectorAll(".at")];
  const cells = [...panel.querySelectorAll("td.moved")];
  const [range, mean] = panel.querySelectorAll(".bar.moved .range, .bar.moved .mean");

  const show = (position) => {
    position.cells.forEach((text, row) => { cells[row].textContent = text; });
    range.style.left = `${position.bar.low / 10}%`;
    range.style.right = `${100 - position.bar.high / 10}%`;
    mean.style.left = `${position.bar.mean / 10}%`;
  };
  const tell = (number) => {
    const position = levers[number][sliders[number].value];
    places[number].textContent = position.at;
    sliders[number].setAttribute("aria-valuetext", position.said);
    return position;
  };
  const back = (moved) => sliders.forEach((slider, number) => {
    if (number === moved) return;
    slider.value = slider.dataset.start;
    tell(number);
  });

  sliders.forEach((slider, number) => slider.addEventListener("input", () => {
    back(number);
    show(tell(number));
  }));
  panel.querySelector("button").addEventListener("click", () => {
    back();
    show(usual);
  });
  back();
  panel.hidden = false;
})();
