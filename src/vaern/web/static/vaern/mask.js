// Drawing what is to be covered, on top of a page that works with typed numbers alone. A box is two opposite corners:
// two taps or clicks, or a drag with the mouse. A drag with the finger is left to scrolling.
"use strict";

const SIDES = ["left", "top", "width", "height"];
const SVG = "http://www.w3.org/2000/svg";

function startDrawing(around) {
  const form = around.closest("form");
  const drawing = around.querySelector("svg");
  const rows = form.querySelector("[data-mask-rows]");
  const total = form.querySelector("[name=box-TOTAL_FORMS]");
  const said = form.querySelector("[data-mask-said]");
  const most = Number(form.querySelector("[name=box-MAX_NUM_FORMS]").value);
  let corner = null;
  let pressed = null;
  let dragged = false;

  const say = (words, n) => { said.textContent = words.replace("{n}", n); };
  const field = (row, side) => row.querySelector(`[data-side=${side}]`);
  const values = (row) => SIDES.map((side) => field(row, side).value);
  const all = () => Array.from(rows.querySelectorAll("[data-box]"));

  function rect(sides, name) {
    const shape = document.createElementNS(SVG, "rect");
    ["x", "y", "width", "height"].forEach((key, at) => shape.setAttribute(key, `${sides[at]}%`));
    if (name) shape.setAttribute("class", name);
    return shape;
  }

  function draw(extra) {
    drawing.querySelectorAll("rect").forEach((shape) => shape.remove());
    for (const row of all()) {
      const sides = values(row).map(Number);
      if (!values(row).includes("") && sides.every((side) => side >= 0 && side <= 100)) drawing.append(rect(sides));
    }
    if (extra) drawing.append(rect(extra, "vaern-drawn"));
  }

  function blank() {
    const free = all().find((row) => values(row).every((value) => value === ""));
    if (free || all().length >= most) return free;
    const at = total.value;
    const piece = form.querySelector("[data-mask-row]").content.cloneNode(true);
    for (const node of piece.querySelectorAll("[name],[id],[for]")) {
      for (const key of ["name", "id", "for"]) {
        if (node.hasAttribute(key)) node.setAttribute(key, node.getAttribute(key).replace("__prefix__", at));
      }
    }
    piece.querySelector("[data-number]").textContent = Number(at) + 1;
    rows.append(piece);
    total.value = Number(at) + 1;
    const row = all().at(-1);
    follow(row);
    return row;
  }

  function point(event) {
    const place = drawing.getBoundingClientRect();
    const part = (value, length) => Math.min(100, Math.max(0, (value / length) * 100));
    return [part(event.clientX - place.left, place.width), part(event.clientY - place.top, place.height)];
  }

  function between(one, other) {
    const round = (value) => Math.round(value * 100) / 100;
    return [
      round(Math.min(one[0], other[0])), round(Math.min(one[1], other[1])),
      round(Math.abs(one[0] - other[0])), round(Math.abs(one[1] - other[1])),
    ];
  }

  function add(one, other) {
    const sides = between(one, other);
    const row = sides[2] > 0 && sides[3] > 0 ? blank() : null;
    if (row) {
      SIDES.forEach((side, at) => { field(row, side).value = sides[at]; });
      say(said.dataset.drawn, all().indexOf(row) + 1);
    }
    corner = null;
    draw();
  }

  function follow(row) {
    row.addEventListener("input", () => draw());
    const remove = row.querySelector("[data-remove]");
    remove.hidden = false;
    remove.addEventListener("click", () => {
      SIDES.forEach((side) => { field(row, side).value = ""; });
      say(said.dataset.gone, all().indexOf(row) + 1);
      draw();
      field(row, "left").focus();
    });
  }

  drawing.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return;
    event.preventDefault();
    pressed = point(event);
    dragged = false;
    drawing.setPointerCapture(event.pointerId);
  });
  drawing.addEventListener("pointermove", (event) => {
    const from = pressed || corner;
    if (!from || event.pointerType === "touch") return;
    const sides = between(from, point(event));
    if (pressed && (sides[2] > 1 || sides[3] > 1)) dragged = true;
    draw(sides);
  });
  drawing.addEventListener("pointerup", (event) => {
    if (pressed && dragged) add(pressed, point(event));
    pressed = null;
  });
  drawing.addEventListener("pointercancel", () => { pressed = null; draw(); });
  drawing.addEventListener("click", (event) => {
    if (dragged) { dragged = false; return; }
    if (corner) { add(corner, point(event)); return; }
    corner = point(event);
    say(said.dataset.corner, "");
    draw([corner[0] - 0.5, corner[1] - 0.5, 1, 1].map((side) => Math.max(0, side)));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && corner) { corner = null; draw(); }
  });
  all().forEach(follow);
  draw();
}

function startChoosing(button) {
  const text = document.querySelector("[data-mask-text]");
  const list = document.getElementById(button.dataset.maskAdd);
  button.addEventListener("click", () => {
    const words = text.value.slice(text.selectionStart, text.selectionEnd).trim().replace(/\s+/g, " ");
    if (!words) { text.focus(); return; }
    const there = list.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!there.includes(words)) there.push(words);
    list.value = there.join("\n");
  });
}

document.querySelectorAll("[data-mask-help]").forEach((help) => { help.hidden = false; });
document.querySelectorAll("[data-mask]").forEach(startDrawing);
document.querySelectorAll("[data-mask-add]").forEach(startChoosing);
