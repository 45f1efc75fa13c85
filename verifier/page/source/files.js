// Which file is which: by what it holds, else by its name. A wrong guess does no harm: the verifier refuses it and says so.

/** What a verification needs, in the order in which the verifier takes it. */
export const KINDS = [
  { kind: "presentation", title: "Presentation", about: "what you were handed", ending: ".presentation.json", keys: ["proof", "rows", "anchor"] },
  { kind: "request", title: "Request", about: "what was asked", ending: ".request.json", keys: ["policy", "verifier_key", "nonce"] },
  { kind: "trust", title: "Trust file", about: "which ledgers and keys you believe; take it from someone you know", ending: "trust.json", keys: ["logs", "keys"] },
];

/** The largest file read; the verifier's own bounds are lower. */
export const MAX_BYTES = 16 * 1024 * 1024;

/** The kind of a file, or undefined. */
export function kindOf(name, bytes) {
  const value = parsed(bytes);
  const byKeys = KINDS.find(({ keys }) => value !== undefined && keys.every((key) => Object.hasOwn(value, key)));
  return (byKeys ?? KINDS.find(({ ending }) => name.toLowerCase().endsWith(ending)))?.kind;
}

function parsed(bytes) {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
