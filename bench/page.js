// Opens an HTML report in headless Chromium and prints milliseconds: node bench/page.js report.html [TIMES]
// Uses the Playwright that the tests bring; build them first.
"use strict";

const path = require("path"), fs = require("fs");
const [, , file, times = "5"] = process.argv;
const outputs = ["Release", "Debug"].map(c => path.join(__dirname, `../tests/QualityGate.Tests/bin/${c}/net10.0/.playwright/package`));
const { chromium } = require(outputs.find(fs.existsSync));

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.QUALITYGATE_TEST_BROWSER ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  for (let i = 0; i < Number(times); i++) {
    const page = await browser.newPage();
    const start = performance.now();
    await page.goto("file://" + path.resolve(file));
    const loaded = performance.now();
    await page.waitForSelector("html[data-drawn]", { state: "attached" });
    console.log(`opened in ${Math.round(loaded - start)} ms, all plots drawn after ${Math.round(performance.now() - start)} ms`);
    await page.close();
  }
  await browser.close();
})();
