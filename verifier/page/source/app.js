// The page: takes files, asks both verifiers when it has all of them, shows what they say.
import wasmGzipBase64 from "wasm-gzip-base64";
import { MAX_BYTES, SLOTS, kindOf, needed } from "./files.js";
import { judge } from "./judgement.js";
import { errorElements, reportElements } from "./report.js";
import { deviceTime, fromField, toField, utc } from "./time.js";
import { loadVerifier } from "./verifier.js";

const byId = (id) => document.getElementById(id);
const files = {};
const verifier = loadVerifier(wasmGzipBase64);
let timeByHand = false;

function showSlots() {
  byId("slots").replaceChildren(...SLOTS.map(showSlot));
}

function showSlot({ slot, title, about }) {
  const file = files[slot];
  const item = document.createElement("li");
  item.className = file ? "filled" : "";
  item.innerHTML =
    '<svg class="dot" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="2"/></svg><span><strong></strong><span class="about"></span></span><label class="button"><input type="file"><span></span></label>';
  if (file) item.querySelector("svg").insertAdjacentHTML("beforeend", '<path d="M7.5 12.5l3 3 6-6.5" fill="none" stroke="currentColor" stroke-width="2.4"/>');
  item.querySelector("strong").textContent = title;
  item.querySelector(".about").textContent = file ? `${file.name}, ${file.bytes.length.toLocaleString("en")} bytes` : about;
  item.querySelector("label span").textContent = file ? "Change" : "Choose";
  const input = item.querySelector("input");
  input.id = `file-${slot}`;
  input.setAttribute("aria-label", `${title}: ${file ? "change" : "choose"} the file`);
  input.addEventListener("change", () => take([...input.files], slot));
  return item;
}

/** Reads files; `slot` if the user said what it is for. */
async function take(chosen, slot) {
  const problems = [];
  for (const file of chosen) {
    if (file.size > MAX_BYTES) {
      problems.push(`${file.name} is too large to be any of these files.`);
      continue;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const found = kindOf(file.name, bytes);
    const place = slot ?? found?.slot;
    if (place) files[place] = { name: file.name, bytes, kind: found?.kind };
    else problems.push(`${file.name} is neither a presentation, evidence, a request nor a trust file. If it is one that was damaged, choose it in its own place.`);
  }
  showSlots();
  await check(problems);
}

async function check(problems = []) {
  const missing = needed(files).filter(({ slot }) => !files[slot]);
  const begun = Object.keys(files).length > 0 && missing.length > 0;
  const wanted = begun ? `Still needed: ${missing.map(({ title }) => title.toLowerCase()).join(" and ")}.` : "";
  byId("message").textContent = [...problems, wanted].filter(Boolean).join(" ");
  byId("message").classList.toggle("problem", problems.length > 0);
  byId("result").hidden = missing.length > 0;
  if (missing.length > 0) return;
  const now = timeByHand ? fromField(byId("as-of").value) : deviceTime();
  if (now === undefined) {
    byId("message").textContent = "Give the time as of which to check.";
    byId("result").hidden = true;
    return;
  }
  const judged = judge(await verifier, files, now);
  const shown = judged.error ? errorElements(judged.error) : reportElements(judged.report, { files, now, byHand: timeByHand, second: judged.second });
  byId("result").replaceChildren(...shown);
  byId("result").dataset.verdict = judged.error ? "error" : judged.report.verdict;
  byId("result").dataset.second = judged.second?.outcome ?? "unasked";
  byId("verdict").focus({ preventScroll: true });
  byId("verdict").scrollIntoView({ block: "center" });
}

function showTime() {
  if (!timeByHand) byId("as-of").value = toField(deviceTime());
  byId("as-of-note").textContent = timeByHand ? `set by hand; it is ${utc(deviceTime())} by this device's clock` : "this device's clock";
}

function start() {
  showSlots();
  showTime();
  setInterval(showTime, 1000);
  byId("any").addEventListener("change", (event) => take([...event.target.files]));
  byId("as-of").addEventListener("change", () => {
    timeByHand = true;
    showTime();
    check();
  });
  byId("now").addEventListener("click", () => {
    timeByHand = false;
    showTime();
    check();
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      document.body.classList.toggle("dropping", name === "dragover");
      if (name === "drop") take([...event.dataTransfer.files]);
    });
  }
}

start();
