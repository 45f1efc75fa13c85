// A report as a page: the sentence first, then who asked, claims, checks, limits, what it rests on, and how to check again.
//
// Everything shown is set as text, never as markup: the files come from strangers.
import { SLOTS } from "./files.js";
import { digestOf } from "./judgement.js";
import { commandFor } from "./offline.js";
import { utc } from "./time.js";

const LABELS = { verified: "Verified", inconclusive: "Inconclusive", not_verified: "Not verified" };
const OUTCOMES = { passed: "passed", failed: "FAILED", not_checked: "not checked" };
const PATHS = {
  passed: "M5 12.5l4.5 4.5L19 7.5",
  failed: "M6 6l12 12M18 6L6 18",
  not_checked: "M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 2v.4M12 18v.2",
};
PATHS.verified = PATHS.passed;
PATHS.not_verified = PATHS.failed;
PATHS.inconclusive = PATHS.not_checked;

/** Elements for a report; `context` holds the files, the time, whether it was set by hand, and the second opinion. */
export function reportElements(report, context) {
  return [
    verdict(report),
    asked(report, context),
    claims(report.claims),
    checks(report.checks, context.second),
    limits(report.not_established),
    basis(report),
    again(report, context),
  ];
}

/** Elements for files that cannot be used. */
export function errorElements(error) {
  const box = element("div", { class: "verdict not_verified" });
  box.append(icon("not_verified"), element("h2", { id: "verdict", tabindex: "-1" }, "Nothing was checked"));
  box.append(element("p", {}, sentence(error.message)), element("p", {}, sentence(error.remedy)));
  return [box];
}

function verdict(report) {
  const box = element("div", { class: `verdict ${report.verdict}` });
  const label = LABELS[report.verdict];
  const rest = report.sentence.startsWith(`${label}: `) ? report.sentence.slice(label.length + 2) : report.sentence;
  box.append(icon(report.verdict), element("h2", { id: "verdict", tabindex: "-1", "aria-describedby": "sentence" }, label), element("p", { id: "sentence" }, sentence(rest)));
  return box;
}

function asked({ asked, made_for: audiences = [], made }, { now, byHand }) {
  const rows = [];
  if (asked) {
    const by = asked.authenticated ? asked.by : `${asked.by} (not authenticated: the request's signature does not verify)`;
    rows.push(["Asked by", by], ["Signed with key", code(asked.key)], ["Statement", asked.statement]);
    rows.push(["Request holds", `${utc(asked.issued)} to ${utc(asked.expires)}`]);
  }
  for (const audience of audiences) rows.push(["Made for", `${audience.name}, ${utc(audience.made)} by its maker's clock`]);
  if (made) rows.push(["Evidence made", `${utc(made)} by its maker's clock`]);
  rows.push(["Checked as of", `${utc(now)}${byHand ? " (set by hand)" : " (this device's clock)"}`]);
  const note = "The name is the one that the request gives itself. Only the key is proven: compare it with the one you know.";
  return card("Who asked, for what, when", [list(rows), ...(asked ? [element("p", { class: "note" }, note)] : [])]);
}

function claims(claims) {
  const head = element("thead");
  const titles = element("tr");
  titles.append(...["Claim", "Requested", "Proven"].map((title) => element("th", { scope: "col" }, title)));
  head.append(titles);
  const body = element("tbody");
  for (const claim of claims) {
    const row = element("tr");
    const proven = claim.proven === null ? element("span", { class: "nothing" }, "nothing established") : claim.proven;
    row.append(element("th", { scope: "row" }, words(claim.name)), cell("Requested", claim.requested), cell("Proven", proven));
    body.append(row);
  }
  const table = element("table");
  table.append(head, body);
  return card("Requested and proven", [table]);
}

function checks(all, second) {
  const count = (outcome) => all.filter((check) => check.outcome === outcome).length;
  const items = element("ol", { class: "checks" });
  items.append(...all.map(({ meaning, outcome, name, detail }) => checkItem(meaning, outcome, OUTCOMES[outcome], `${name}: ${detail}`)));
  const shown = { agrees: ["passed", "agrees"], disagrees: ["failed", "DISAGREES"], unasked: ["not_checked", "not asked"] }[second.outcome];
  items.append(checkItem("A second verifier, written by others in another language, says the same of the proof", ...shown, `noble-curves: ${second.detail}`));
  return card("Checks performed", [
    element("p", { class: "tally" }, `${count("passed")} passed, ${count("failed")} failed, ${count("not_checked")} not checked`),
    items,
  ]);
}

function checkItem(meaning, outcome, label, detail) {
  const item = element("li", { class: "check" });
  const line = element("span", {}, meaning);
  line.append(element("span", { class: `outcome ${outcome}` }, label));
  item.append(icon(outcome), line, element("span", { class: "detail" }, detail));
  return item;
}

function limits(limits) {
  const items = element("ul", { class: "limits" });
  items.append(...limits.map((limit) => element("li", {}, limit)));
  return card("What this does not establish", [items]);
}

function basis(report) {
  const rows = report.file ? evidenceBasis(report.basis) : presentationBasis(report.basis);
  return card("What it rests on", [rows.length > 0 ? list(rows) : element("p", { class: "note" }, "Nothing that could be read.")]);
}

function presentationBasis({ key_id: key, provenance, log, state_time: time, cosigned = [] }) {
  const rows = key === null ? [] : keyRows(key, provenance);
  if (log !== null) rows.push(["Ledger", log.origin], ["Place in its log", `entry ${log.index} of ${log.size}`]);
  if (time !== null) rows.push(["State of", utc(time)]);
  return [...rows, ...witnessRows(cosigned)];
}

function evidenceBasis({ keys, log, required, checkpoints, moment }) {
  const rows = keys.flatMap(({ key_id: key, provenance }) => keyRows(key, provenance));
  if (log !== null) rows.push(["Ledger", log]);
  if (moment !== null) rows.push(["Holds as of", `${utc(moment.time)} by the ledger's clock, entry ${moment.index}`]);
  if (required !== null) rows.push(["Must be cosigned by", required]);
  for (const checkpoint of checkpoints) rows.push(["Checkpoint", `${checkpoint.size} entries`], ...witnessRows(checkpoint.cosigned));
  return rows;
}

function keyRows(key, provenance) {
  const development = "development set-up: whoever made it can forge";
  const made = provenance === null ? "not in the trust file" : provenance === "insecure_dev" ? development : `ceremony, transcript ${provenance.ceremony.transcript}`;
  return [["Proven under key", code(key)], ["How it was made", made]];
}

function witnessRows(cosigned) {
  return cosigned.map(({ name, time }) => ["Cosigned by", `${name}, ${utc(time)}`]);
}

function again(report, { files, now, byHand }) {
  const command = commandFor(files, byHand ? now : undefined);
  const copy = element("button", { type: "button" }, "Copy the command");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(command);
    copy.textContent = "Copied";
  });
  const save = element("button", { type: "button" }, "Save the report (JSON)");
  save.addEventListener("click", () => download(`${JSON.stringify(report, null, 2)}\n`));
  const actions = element("div", { class: "actions" });
  actions.append(copy, save);
  const used = SLOTS.filter(({ slot }) => files[slot] && !(slot === "request" && files.handed.kind === "evidence"));
  const digests = used.map(({ slot }) => [`SHA-256 of ${files[slot].name}`, code(digestOf(files[slot].bytes))]);
  return card("Check it again without this page", [element("pre", { class: "command code" }, command), list(digests), element("p"), actions]);
}

function download(text) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: "report.json" });
  link.click();
  URL.revokeObjectURL(link.href);
}

function card(title, children) {
  const section = element("section", { class: "card" });
  section.append(element("h2", {}, title), ...children);
  return section;
}

function list(rows) {
  const box = element("dl");
  for (const [term, value] of rows) {
    const description = element("dd");
    description.append(value);
    box.append(element("dt", {}, term), description);
  }
  return box;
}

function cell(label, content) {
  const box = element("td", { "data-label": label });
  box.append(content);
  return box;
}

function code(text) {
  return element("code", {}, text);
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: `icon ${name}`, "aria-hidden": "true" })) svg.setAttribute(key, value);
  for (const [key, value] of Object.entries({ d: PATHS[name], fill: "none", stroke: "currentColor", "stroke-width": "2.4", "stroke-linecap": "round", "stroke-linejoin": "round" })) path.setAttribute(key, value);
  svg.append(path);
  return svg;
}

function element(name, attributes = {}, text) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function words(name) {
  return sentence(name.replaceAll("_", " "));
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
