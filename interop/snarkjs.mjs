// Reads lines {"key", "proof", "public"} (parsed files) from stdin; answers each with true, false or an error's text, one JSON a line.
import { createInterface } from "node:readline";
import { groth16 } from "snarkjs";

for await (const line of createInterface({ input: process.stdin })) {
  const { key, proof, public: rows } = JSON.parse(line);
  let answer;
  try {
    answer = await groth16.verify(key, rows, proof);
  } catch (cause) {
    answer = `refused: ${cause.message}`;
  }
  console.log(JSON.stringify(answer));
}
process.exit(0);
