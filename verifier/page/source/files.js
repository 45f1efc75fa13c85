// Which file is which: by what it holds, else by its name. A wrong guess does no harm: the verifier refuses it and says so.

/** Places for files, in the order in which the verifier takes them. Evidence takes the place of a presentation and of its request. */
export const SLOTS = [
  { slot: "handed", title: "Presentation or evidence", about: "what you were handed" },
  { slot: "request", title: "Request", about: "what was asked; evidence brings its own" },
  { slot: "trust", title: "Trust file", about: "which ledgers and keys you believe; take it from someone you know" },
];

const KINDS = [
  { kind: "presentation", slot: "handed", ending: ".presentation.json", keys: ["proof", "rows", "anchor"] },
  { kind: "evidence", slot: "handed", ending: ".evidence.json", keys: ["subject", "summary", "log"] },
  { kind: "request", slot: "request", ending: ".request.json", keys: ["policy", "verifier_key", "nonce"] },
  { kind: "trust", slot: "trust", ending: "trust.json", keys: ["logs", "keys", "allow_insecure_dev"] },
];

/** The largest file read; the verifier's own bounds are lower. */
export const MAX_BYTES = 16 * 1024 * 1024;

/** `{kind, slot}` of a file, or undefined. */
export function kindOf(name, bytes) {
  const value = parsed(bytes);
  const byKeys = KINDS.find(({ keys }) => value !== undefined && keys.every((key) => Object.hasOwn(value, key)));
  return byKeys ?? KINDS.find(({ ending }) => name.toLowerCase().endsWith(ending));
}

/** The slots that must be filled before anything can be checked. */
export function needed(files) {
  return files.handed?.kind === "evidence" ? SLOTS.filter(({ slot }) => slot !== "request") : SLOTS;
}

function parsed(bytes) {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
