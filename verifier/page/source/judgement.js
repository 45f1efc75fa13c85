// Two opinions made one: the Rust verifier judges everything; the JavaScript one judges the proof's equation again.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { secondOpinion } from "./second-opinion.js";

/**
 * `{report, second}` or `{error}`. `second.outcome` is `agrees`, `disagrees` or `unasked`. Two verifiers that disagree mean that one of
 * them is broken, and no verdict of either may be relied on: the report's is then taken back.
 */
export function judge(verifier, files, now) {
  const { handed, request, trust } = files;
  const evidence = handed.kind === "evidence";
  const answer = verifier.verify(handed.bytes, evidence ? undefined : request.bytes, trust.bytes, now);
  if (answer.error) return { error: answer.error };
  const { report } = answer;
  if (evidence) return { report, second: { outcome: "unasked", detail: "it is asked about presentations only, not about evidence" } };
  const second = compare(report, () => secondOpinion(handed.bytes, trust.bytes, answer.request_digest));
  if (second.outcome === "disagrees") {
    report.verdict = "inconclusive";
    report.sentence =
      "Inconclusive: the two verifiers in this page contradict each other about the proof, so at least one of them is broken. Rely on neither; check with tradeseal-verify on another machine.";
  }
  return { report, second };
}

function compare(report, ask) {
  const outcome = (name) => report.checks.find((check) => check.name === name)?.outcome;
  const first = outcome("proof_encoding") === "failed" ? "failed" : outcome("proof");
  if (first !== "passed" && first !== "failed") {
    return { outcome: "unasked", detail: "the first verifier did not come as far as the proof's equation" };
  }
  const second = ask();
  const agrees = second.outcome === (first === "passed" ? "holds" : "fails");
  return { outcome: agrees ? "agrees" : "disagrees", detail: second.detail };
}

export function digestOf(bytes) {
  return bytesToHex(sha256(bytes));
}
