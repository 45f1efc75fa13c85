// The page in a real browser, opened from the disk with the network off, against the native verifier on a corpus made for this run.
//
// Needs `make page`, Chromium and the corpus: `make page-test` brings all three. PAGE_SCREENSHOTS names a folder for pictures.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const { NATIVE_VERIFIER: native, VERIFIER_CORPUS: corpusProgram, PAGE_SCREENSHOTS: screenshots } = process.env;
const PAGE = new URL("../dist/verify.html", import.meta.url).pathname;
const EXIT_CODES = { verified: 0, not_verified: 1, inconclusive: 3 };
const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

let folder, cases, browser;

before(async () => {
  assert.ok(native && corpusProgram, "NATIVE_VERIFIER and VERIFIER_CORPUS name the two programs: run `make page-test`");
  assert.ok(existsSync(PAGE), "run `make page` first");
  folder = mkdtempSync(join(tmpdir(), "tradeseal-page-"));
  execFileSync(corpusProgram, [folder]);
  cases = JSON.parse(readFileSync(join(folder, "corpus.json")));
  browser = await chromium.launch(CHROMIUM);
});

after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true });
});

const iso = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 19);
const paths = (name) => ["presentation", "request", "trust"].map((kind) => join(folder, name, `${kind}.json`));

function nativeReport({ name, as_of }) {
  const [presentation, request, trust] = paths(name);
  const run = spawnSync(native, [presentation, "--request", request, "--trust", trust, "--at", `${iso(as_of)}Z`, "--json"], { encoding: "utf8" });
  const report = JSON.parse(run.stdout);
  assert.equal(run.status, EXIT_CODES[report.verdict]);
  return report;
}

/** A page with no network, and everything it asked for and complained of. */
async function opened(options = {}) {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const asked = [];
  const complaints = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(pathToFileURL(PAGE).href);
  return { page, asked, complaints, close: () => context.close() };
}

async function give(page, { name, as_of }) {
  await page.fill("#as-of", iso(as_of));
  for (const [at, slot] of ["handed", "request", "trust"].entries()) {
    await page.setInputFiles(`#file-${slot}`, paths(name)[at]);
  }
  await page.waitForSelector("#result:not([hidden])");
}

const shown = (page) =>
  page.evaluate(() => ({
    verdict: document.querySelector("#result").dataset.verdict,
    second: document.querySelector("#result").dataset.second,
    sentence: document.querySelector("#sentence").textContent,
    checks: [...document.querySelectorAll(".check")].map((check) => [check.querySelector(".outcome").textContent, check.querySelector(".detail").textContent]),
  }));

test("native verifier, WebAssembly and the second opinion agree on every case", async () => {
  const outcomes = { passed: "passed", failed: "FAILED", not_checked: "not checked" };
  const seen = new Set();
  for (const each of cases) {
    const report = nativeReport(each);
    assert.equal(report.verdict, each.verdict, `${each.name}: ${report.sentence}`);
    const { page, complaints, close } = await opened();
    await give(page, each);
    const { verdict, second, sentence, checks } = await shown(page);
    assert.equal(verdict, report.verdict, each.name);
    assert.ok(report.sentence.toLowerCase().endsWith(sentence.toLowerCase()), `${each.name}: ${sentence}`);
    const expected = report.checks.map(({ name, outcome, detail }) => [outcomes[outcome], `${name}: ${detail}`]);
    assert.deepEqual(checks.slice(0, -1), expected, each.name);
    const reached = each.pairing !== "unasked";
    assert.equal(second, reached ? "agrees" : "unasked", `${each.name}: ${checks.at(-1)}`);
    assert.deepEqual(complaints, [], each.name);
    seen.add(each.pairing);
    await close();
  }
  assert.deepEqual([...seen].sort(), ["fails", "holds", "unasked"]);
  console.log(`agreed on ${cases.length} cases`);
});

test("the page asks for nothing but itself", async () => {
  const { page, asked, close } = await opened();
  await give(page, cases[0]);
  assert.deepEqual(asked.filter((url) => !url.startsWith("data:") && !url.startsWith("blob:")), [pathToFileURL(PAGE).href]);
  const reached = await page.evaluate(() => fetch("http://127.0.0.1:9/").then(() => "reached", () => "refused"));
  assert.equal(reached, "refused");
  const text = readFileSync(PAGE, "utf8");
  assert.match(text, /connect-src 'none'/);
  assert.doesNotMatch(text, /<(script|link|img|iframe)[^>]+(src|href)="?(https?:)?\/\//);
  await close();
});

test("files are recognised together, in any order, and a stranger's text is shown as text", async () => {
  const { page, close } = await opened();
  await page.setInputFiles("#any", paths("good").reverse());
  await page.waitForSelector("#result:not([hidden])");
  assert.equal((await shown(page)).verdict, "inconclusive");
  await page.setInputFiles("#any", { name: "<img src=x onerror=alert(1)>.txt", mimeType: "text/plain", buffer: Buffer.from("no json") });
  await page.waitForSelector("#message.problem");
  assert.match(await page.textContent("#message"), /<img src=x/);
  assert.equal(await page.locator("#message img").count(), 0);
  await close();
});

test("evidence needs a trust file and no request, and gets the native verdict", async () => {
  const trust = paths("good")[2];
  const evidence = join(folder, "rubbish.evidence.json");
  writeFileSync(evidence, '{"subject": 1, "summary": 2, "log": 3}');
  const run = spawnSync(native, [evidence, "--trust", trust, "--json"], { encoding: "utf8" });
  const report = JSON.parse(run.stdout);
  assert.equal(report.verdict, "not_verified");
  const { page, complaints, close } = await opened();
  await page.setInputFiles("#any", [evidence, trust]);
  await page.waitForSelector("#result:not([hidden])");
  const { verdict, second, checks } = await shown(page);
  assert.deepEqual([verdict, second, complaints], ["not_verified", "unasked", []]);
  assert.deepEqual(checks.slice(0, -1).map(([, detail]) => detail), report.checks.map(({ name, detail }) => `${name}: ${detail}`));
  await close();
});

test("it is used with the keyboard alone", async () => {
  const { page, close } = await opened();
  const stops = [];
  for (let press = 0; press < 24; press += 1) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => document.activeElement.id || document.activeElement.className));
  }
  for (const stop of ["skip", "file-handed", "file-request", "file-trust", "any", "as-of", "now"]) {
    assert.ok(stops.includes(stop), `${stop} is not among ${stops}`);
  }
  await give(page, cases[0]);
  assert.equal(await page.evaluate(() => document.activeElement.id), "verdict");
  await close();
});

test("each field has a name, headings stand in order, and nothing is wider than a phone", async () => {
  const { page, close } = await opened({ viewport: { width: 360, height: 740 } });
  await give(page, cases[0]);
  const found = await page.evaluate(() => ({
    unnamed: [...document.querySelectorAll("input, button")].filter((field) => !field.labels?.length && !field.textContent && !field.getAttribute("aria-label")).map((field) => field.outerHTML),
    headings: [...document.querySelectorAll("h1, h2, h3")].map((heading) => heading.tagName).join(),
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  assert.deepEqual(found.unnamed, []);
  assert.match(found.headings, /^H1(,H2)+$/);
  assert.equal(found.overflow, 0);
  await close();
});

test("text stands out from its ground, in light and in dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const name of ["good", "a-negated"]) {
      const { page, close } = await opened({ colorScheme });
      await give(page, cases.find((each) => each.name === name));
      const weakest = await page.evaluate(weakestContrast);
      assert.ok(weakest.ratio >= 4.5, `${colorScheme}: ${JSON.stringify(weakest)}`);
      await close();
    }
  }
});

/** WCAG 2: the lowest contrast of any text with what lies behind it. Runs in the page. */
function weakestContrast() {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  let weakest = { ratio: 99 };
  for (const node of document.querySelectorAll("body *:not(script, style, noscript)")) {
    const text = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE).map((child) => child.data.trim()).join("");
    if (!text || node.getClientRects().length === 0) continue;
    const pair = [luminance(getComputedStyle(node).color), luminance(ground(node))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < weakest.ratio) weakest = { ratio, text: text.slice(0, 40) };
  }
  return weakest;
}

test("pictures for whoever wants to look", { skip: !screenshots && "PAGE_SCREENSHOTS is not set" }, async () => {
  const views = [
    ["empty", null, {}],
    ["inconclusive", "good", {}],
    ["development-key", "development-key", { colorScheme: "dark" }],
    ["not-verified", "a-negated", {}],
    ["phone", "good", { viewport: { width: 390, height: 844 } }],
    ["phone-dark", "expired", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
  ];
  for (const [name, each, options] of views) {
    const { page, close } = await opened({ viewport: { width: 1100, height: 900 }, ...options });
    if (each) await give(page, cases.find((one) => one.name === each));
    await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
    await close();
  }
});
