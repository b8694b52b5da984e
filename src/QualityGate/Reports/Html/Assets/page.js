// The dialog of single images: opened by a tile or a point of the map, closed with Escape, arrow keys go through the gallery.
"use strict";

(() => {
  const { data, texts } = reportCharts;
  const viewer = document.getElementById("viewer"), title = document.getElementById("viewer-title"), body = document.getElementById("viewer-body");
  const previous = document.getElementById("viewer-previous"), next = document.getElementById("viewer-next");
  let tiles = [], at = -1;

  function element(name, text, css) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (css) made.className = css;
    return made;
  }

  // Pictures of galleries stand in the page once; only those of the map alone are in the data.
  function pictureOf(index) {
    const shown = document.querySelector(`img[data-of="${index}"]`);
    const source = shown ? shown.src : data.images[index]?.picture;
    if (!source?.startsWith("data:image/")) return element("p", texts.noPicture, "missing");
    const picture = element("img");
    picture.src = source;
    picture.alt = `${data.images[index].role}: ${data.images[index].id}`;
    if (!shown || shown.className === "dots") picture.onload = () => { if (Math.max(picture.naturalWidth, picture.naturalHeight) <= 64) picture.className = "dots"; };
    return picture;
  }

  function panel(index) {
    const image = data.images[index], part = element("div"), facts = element("dl", undefined, "facts");
    part.append(pictureOf(index));
    const rows = [[texts.set, image.role], [texts.path, image.id], ...(image.label === undefined ? [] : [[texts.class, image.label]]), ...image.scores];
    for (const [name, value] of rows) facts.append(element("dt", name), element("dd", value));
    part.append(facts);
    return part;
  }

  function show(image, partner, name) {
    title.textContent = name;
    body.replaceChildren(...[image, partner].filter(i => i !== undefined && data.images[i]).map(panel));
    previous.disabled = at <= 0;
    next.disabled = at < 0 || at >= tiles.length - 1;
    if (!viewer.open) viewer.showModal();
  }

  function showTile(index) {
    if (index < 0 || index >= tiles.length) return;
    at = index;
    const tile = tiles[at], image = Number(tile.dataset.image);
    show(image, tile.dataset.partner === undefined ? undefined : Number(tile.dataset.partner), data.images[image].id);
  }

  for (const gallery of document.querySelectorAll(".gallery")) {
    const own = [...gallery.querySelectorAll(".tile")];
    own.forEach((tile, index) => tile.addEventListener("click", () => { tiles = own; showTile(index); }));
    gallery.addEventListener("keydown", event => {
      const from = own.indexOf(document.activeElement);
      const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: own.length - 1 }[event.key];
      if (from >= 0 && own[to]) { own[to].focus(); event.preventDefault(); }
    });
  }

  document.addEventListener("report-point", event => {
    (tiles = []), (at = -1);
    const point = event.detail;
    if (point.image >= 0) return show(point.image, undefined, point.path);
    show(undefined, undefined, point.path);
    const facts = element("dl", undefined, "facts");
    for (const [name, value] of [[texts.set, point.set], [texts.class, point.class], [texts.path, point.path]]) facts.append(element("dt", name), element("dd", value));
    body.replaceChildren(facts);
  });
  previous.addEventListener("click", () => showTile(at - 1));
  next.addEventListener("click", () => showTile(at + 1));
  document.getElementById("viewer-close").addEventListener("click", () => viewer.close());
  viewer.addEventListener("keydown", event => {
    if (event.key === "ArrowRight") showTile(at + 1);
    if (event.key === "ArrowLeft") showTile(at - 1);
  });
  viewer.addEventListener("click", event => { if (event.target === viewer) viewer.close(); });
  viewer.addEventListener("close", () => tiles[at]?.focus());
})();
