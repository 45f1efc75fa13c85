// A second opinion on the proof alone: the same bytes, other people's arithmetic (noble-curves), nothing of the Rust verifier.
//
// In scope: key, rows and proof from the files, and the Groth16 equation. Out of scope: everything else that a verdict needs.
// The request's digest is taken from the first verifier: it is a hash of the request, not part of the proof's arithmetic.
import { bn254, bn254_Fr } from "@noble/curves/bn254.js";
import { sha256 } from "@noble/hashes/sha2.js";

const { G1, G2, fields, pairingBatch } = bn254;
const MAGIC = "tradeseal/vk/v1\n";
const G1_BYTES = 64;
const G2_BYTES = 128;
const MAX_STATEMENT_BYTES = 64;

// Why the equation was not even reached; the message says so.
class Refused extends Error {}

/**
 * `{outcome: "holds" | "fails" | "unasked", detail}`. Unasked: the files name no key or hold no rows to ask about.
 * `requestDigest`: decimal text.
 */
export function secondOpinion(presentationBytes, trustBytes, requestDigest) {
  let question;
  try {
    question = read(presentationBytes, trustBytes, requestDigest);
  } catch (cause) {
    return { outcome: "unasked", detail: cause.message };
  }
  try {
    return holds(question)
      ? { outcome: "holds", detail: "the equation holds for the same key, rows and proof" }
      : { outcome: "fails", detail: "the equation does not hold" };
  } catch (cause) {
    if (cause instanceof Refused) return { outcome: "fails", detail: cause.message };
    throw cause;
  }
}

function read(presentationBytes, trustBytes, requestDigest) {
  const text = new TextDecoder("utf-8", { fatal: true });
  const presentation = JSON.parse(text.decode(presentationBytes));
  const trust = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(trustBytes));
  const entry = trust.keys.find((key) => key.key_id === presentation.key_id);
  if (!entry) throw new Error("the trust file does not name the key");
  const keyBytes = fromHex(entry.verifying_key);
  if (toHex(sha256(keyBytes)) !== presentation.key_id) throw new Error("the key is not the one of that id");
  const { note_root, dilution_root, nullifier } = presentation.rows;
  const rows = [note_root, dilution_root, nullifier, requestDigest].map((row) => {
    if (typeof row !== "string" || !/^(0|[1-9][0-9]*)$/.test(row)) throw new Error("a row is no decimal number");
    return BigInt(row);
  });
  return { keyBytes, rows, proof: fromHex(presentation.proof) };
}

function holds({ keyBytes, rows, proof }) {
  const key = readKey(keyBytes);
  if (rows.length !== key.inputs.length - 1) throw new Refused(`the key has ${key.inputs.length - 1} rows, not ${rows.length}`);
  if (rows.some((row) => row >= bn254_Fr.ORDER)) throw new Refused("a row is not below the group's order");
  if (proof.length !== 2 * G1_BYTES + G2_BYTES) throw new Refused(`the proof has ${proof.length} bytes`);
  const points = new Reader(proof);
  const [a, b, c] = [points.g1("A"), points.g2("B"), points.g1("C")];
  const inputs = rows.reduce((sum, row, at) => sum.add(key.inputs[at + 1].multiplyUnsafe(row)), key.inputs[0]);
  const pairs = [
    { g1: a.negate(), g2: b },
    { g1: key.alpha, g2: key.beta },
    { g1: c, g2: key.delta },
  ];
  // Rows that fold to the identity pair to 1.
  if (!inputs.is0()) pairs.push({ g1: inputs, g2: key.gamma });
  return fields.Fp12.eql(pairingBatch(pairs), fields.Fp12.ONE);
}

function readKey(bytes) {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, MAGIC.length + MAX_STATEMENT_BYTES + 1));
  const end = head.indexOf("\n", MAGIC.length);
  if (!head.startsWith(MAGIC) || end < 0) throw new Refused("the key is in another form");
  const points = new Reader(bytes.subarray(end + 1));
  const key = { alpha: points.g1("alpha"), beta: points.g2("beta"), gamma: points.g2("gamma"), delta: points.g2("delta") };
  const count = points.count();
  key.inputs = Array.from({ length: count }, (_, at) => points.g1(`input point ${at}`));
  if (!points.ended()) throw new Refused("the key is longer than it says");
  return key;
}

// Points as EIP-197 writes them: 32 bytes a coordinate, big-endian, imaginary parts first.
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(length) {
    const taken = this.bytes.subarray(this.at, this.at + length);
    if (taken.length !== length) throw new Refused("bytes are missing");
    this.at += length;
    return taken;
  }

  coordinate(name) {
    const value = BigInt(`0x${toHex(this.take(32))}`);
    if (value >= fields.Fp.ORDER) throw new Refused(`${name}: a coordinate is not below the field's modulus`);
    return value;
  }

  g1(name) {
    const [x, y] = [this.coordinate(name), this.coordinate(name)];
    return valid(name, () => G1.Point.fromAffine({ x, y }));
  }

  g2(name) {
    const [x1, x0, y1, y0] = Array.from({ length: 4 }, () => this.coordinate(name));
    const point = { x: fields.Fp2.create({ c0: x0, c1: x1 }), y: fields.Fp2.create({ c0: y0, c1: y1 }) };
    return valid(name, () => G2.Point.fromAffine(point));
  }

  count() {
    return new DataView(this.take(4).slice().buffer).getUint32(0);
  }

  ended() {
    return this.at === this.bytes.length;
  }
}

// On the curve, in the subgroup, and not the identity.
function valid(name, make) {
  let point;
  try {
    point = make();
    point.assertValidity();
  } catch (cause) {
    throw new Refused(`${name}: ${cause.message}`);
  }
  if (point.is0()) throw new Refused(`${name} is the identity`);
  return point;
}

function fromHex(text) {
  if (typeof text !== "string" || !/^([0-9a-f]{2})*$/.test(text)) throw new Error("not hexadecimal");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
