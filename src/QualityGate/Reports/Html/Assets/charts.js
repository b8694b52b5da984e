// Specifications of the page's plots. Vega evaluates their expressions with its interpreter: the page's policy forbids code from text.
"use strict";

const reportCharts = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const texts = data.texts;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = getComputedStyle(document.body).fontFamily;
  const classColors = ["#4c78a8", "#f58518", "#54a24b", "#e45756", "#b279a2", "#9d755d", "#72b7b2", "#eeca3b", "#ff9da6", "#8a8f98",
    "#2f5d8a", "#b35f0c", "#2f7a2c", "#a8322f", "#7d4a70", "#6a4c3b", "#3e8783", "#b39720", "#c76e77", "#5c626b"];

  function config() {
    const ink = color("--ink"), soft = color("--soft"), line = color("--line");
    return {
      background: null, font,
      view: { stroke: null },
      axis: { labelColor: soft, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, titleFontWeight: 400, titleFontSize: 12, labelFontSize: 11, titlePadding: 8 },
      legend: { labelColor: ink, titleColor: soft, labelFontSize: 12, symbolOpacity: 1, orient: "bottom", title: null, columns: 4 },
      point: { filled: true }, text: { fill: ink },
    };
  }

  function mapSpec(chart, choice, width) {
    const [x, y] = choice.projection === "tsne" ? [3, 4] : [1, 2];
    const byClass = choice.colour === "class" && chart.classes.length > 0;
    const roles = [texts.reference, texts.candidate];
    const values = chart.points.map(p => ({ x: p[x], y: p[y], set: roles[p[0]], class: p[5] < 0 ? "…" : chart.classes[p[5]], image: p[6], path: p[7] }));
    const axis = n => choice.projection === "tsne" ? null : { title: `${texts.component} ${n}`, grid: false, ticks: false, labels: false };
    const scale = { zero: false, nice: false, padding: 12 };
    const shape = { field: "set", type: "nominal", scale: { domain: roles, range: ["circle", "triangle-up"] } };
    return {
      data: { values }, width, height: Math.min(560, Math.max(320, width * 0.62)),
      mark: { type: "point", filled: true, size: 34, cursor: "pointer" },
      params: matchMedia("(pointer: fine)").matches
        ? [{ name: "grid", select: { type: "interval", zoom: "wheel![event.ctrlKey]", clear: "dblclick" }, bind: "scales" }] : [],
      encoding: {
        x: { field: "x", type: "quantitative", scale, axis: axis(1) },
        y: { field: "y", type: "quantitative", scale, axis: axis(2) },
        color: byClass
          ? { field: "class", type: "nominal", scale: { domain: chart.classes, range: classColors } }
          : { field: "set", type: "nominal", scale: { domain: roles, range: [color("--reference"), color("--candidate")] } },
        shape,
        opacity: { value: 0.62 },
        tooltip: [{ field: "path", type: "nominal", title: texts.path }, { field: "set", type: "nominal", title: texts.set }, { field: "class", type: "nominal", title: texts.class }],
      },
    };
  }

  function planeSpec(chart, choice, width) {
    const top = Math.max(1, ...chart.points.map(p => p.fidelity)), right = Math.max(1, ...chart.points.map(p => p.variety));
    const side = Math.min(width, 420);
    const x = { field: "variety", type: "quantitative", scale: { domain: [0, right], nice: false }, axis: { title: `${texts.variety} →`, tickCount: 5 } };
    const y = { field: "fidelity", type: "quantitative", scale: { domain: [0, top], nice: false }, axis: { title: `${texts.fidelity} →`, tickCount: 5 } };
    const pairs = [...new Set(chart.points.map(p => p.pair))];
    const hue = { field: "pair", type: "nominal", scale: { domain: pairs, range: [color("--candidate"), color("--reference"), color("--unclear"), color("--pass"), color("--warn")] }, legend: { columns: 2 } };
    const tooltip = ["pair", "run", "fidelity", "variety"].map(f => ({ field: f, title: texts[f] ?? f, type: f === "pair" || f === "run" ? "nominal" : "quantitative" }));
    return {
      data: { values: chart.points.map(p => ({ ...p, order: p.now ? 1 : 0 })) }, width: side, height: side * 0.8,
      layer: [
        { mark: { type: "line", strokeDash: [4, 3], opacity: 0.6 }, encoding: { x, y, color: hue, order: { field: "order", type: "quantitative" } } },
        { transform: [{ filter: "!datum.now" }], mark: { type: "point", filled: false, size: 90 }, encoding: { x, y, color: hue, tooltip } },
        { transform: [{ filter: "datum.now" }], mark: { type: "point", filled: true, size: 130, opacity: 1 }, encoding: { x, y, color: hue, tooltip } },
      ],
    };
  }

  function prdSpec(chart, choice, width) {
    const side = Math.min(width, 420), unit = { domain: [0, 1], nice: false };
    const values = chart.points.map(p => ({ recall: p[0], precision: p[1] })).sort((a, b) => a.recall - b.recall);
    return {
      data: { values }, width: side, height: side * 0.8,
      mark: { type: "area", line: { color: color("--candidate"), strokeWidth: 2 }, color: color("--candidate"), opacity: 0.18, interpolate: "linear" },
      encoding: {
        x: { field: "recall", type: "quantitative", scale: unit, axis: { title: `${texts.recall} →`, tickCount: 5 } },
        y: { field: "precision", type: "quantitative", stack: null, scale: unit, axis: { title: `${texts.precision} →`, tickCount: 5 } },
      },
    };
  }

  function histogramSpec(chart, choice, width) {
    const values = chart.bins.map(b => ({ from: b[0], to: b[1], count: b[2] }));
    const bars = {
      mark: { type: "bar", color: color("--candidate"), opacity: 0.85, binSpacing: 1 },
      encoding: {
        x: { field: "from", bin: "binned", type: "quantitative", axis: { title: chart.score, grid: false, tickCount: 6 } }, x2: { field: "to" },
        y: { field: "count", type: "quantitative", axis: { title: texts.images, tickCount: 4 } },
        tooltip: [{ field: "from", type: "quantitative" }, { field: "to", type: "quantitative" }, { field: "count", type: "quantitative", title: texts.images }],
      },
    };
    const border = { data: { values: [{ border: chart.border }] }, mark: { type: "rule", color: color("--ink"), strokeDash: [5, 4] }, encoding: { x: { field: "border", type: "quantitative" } } };
    return { data: { values }, width, height: 200, layer: chart.border === null ? [bars] : [bars, border] };
  }

  function trendSpec(chart, choice, width) {
    const values = chart.points.map((p, i) => ({ ...p, index: i, now: i === chart.points.length - 1 }));
    const x = { field: "index", type: "quantitative", scale: { nice: false, padding: 10 }, axis: null };
    const y = { field: "value", type: "quantitative", scale: { zero: false, padding: 8 }, axis: { title: null, tickCount: 4 } };
    const tooltip = [{ field: "when", type: "nominal", title: texts.when }, { field: "commit", type: "nominal" }, { field: "value", type: "quantitative", title: texts.value }];
    return {
      data: { values }, width, height: 120,
      layer: [
        { data: { values: chart.limits.map(l => ({ limit: l })) }, mark: { type: "rule", strokeDash: [5, 4], color: color("--fail") }, encoding: { y: { field: "limit", type: "quantitative" } } },
        { mark: { type: "line", color: color("--soft") }, encoding: { x, y } },
        { mark: { type: "point", filled: true, opacity: 1 }, encoding: { x, y, tooltip, size: { condition: { test: "datum.now", value: 110 }, value: 36 }, color: { condition: { test: "datum.now", value: color("--candidate") }, value: color("--soft") } } },
      ],
    };
  }

  const kinds = { map: mapSpec, plane: planeSpec, prd: prdSpec, histogram: histogramSpec, trend: trendSpec };
  const views = new Map();

  async function draw(chart) {
    const element = document.getElementById(chart.id);
    if (!element) return;
    const choice = Object.fromEntries([...document.querySelectorAll(`[data-for="${chart.id}"] input:checked`)].map(i => [i.name, i.value]));
    const spec = kinds[chart.kind](chart, choice, Math.max(200, element.clientWidth));
    spec.autosize = { type: "fit", contains: "padding" };
    const compiled = vegaLite.compile(spec, { config: config() }).spec;
    // A text direction of its own would only matter for marks with text of users, of which there are none.
    const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
      expr: vegaInterpreter, renderer: chart.kind === "map" ? "canvas" : "svg", logLevel: vega.Error, loader: { load: () => Promise.reject(new Error("nothing is loaded")), sanitize: () => Promise.reject(new Error("nothing is linked")) },
    });
    views.get(chart.id)?.finalize();
    views.set(chart.id, view);
    // Vega names what it draws in by its own lights; the element around it is named by what the plot shows.
    const stage = document.createElement("div");
    stage.setAttribute("aria-hidden", "true");
    element.replaceChildren(stage);
    view.initialize(stage);
    if (chart.kind === "map") {
      view.addEventListener("click", (event, item) => { if (item?.datum?.path !== undefined) document.dispatchEvent(new CustomEvent("report-point", { detail: item.datum })); });
    }
    await view.runAsync();
    element.dataset.drawn = "true";
  }

  async function drawAll() {
    for (const chart of data.charts) {
      await draw(chart);
      await new Promise(done => setTimeout(done));
    }
    document.documentElement.dataset.drawn = "true";
  }

  for (const controls of document.querySelectorAll("[data-for]")) {
    controls.addEventListener("change", () => draw(data.charts.find(c => c.id === controls.dataset.for)));
  }
  dark.addEventListener("change", drawAll);
  let width = innerWidth, waiting = 0;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 150);
  });
  drawAll();
  return { data, texts };
})();
