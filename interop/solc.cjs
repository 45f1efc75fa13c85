// Compiles the contract on stdin; prints the deployed code in hexadecimal. Any warning is an error.
const solc = require("solc");

const source = require("node:fs").readFileSync(0, "utf8");
const output = JSON.parse(
  solc.compile(
    JSON.stringify({
      language: "Solidity",
      sources: { "verifier.sol": { content: source } },
      settings: { optimizer: { enabled: true, runs: 1000 }, outputSelection: { "*": { "*": ["evm.deployedBytecode.object"] } } },
    }),
  ),
);
if (output.errors?.length) {
  console.error(output.errors.map((error) => error.formattedMessage).join("\n"));
  process.exit(1);
}
console.log(output.contracts["verifier.sol"].TradesealVerifier.evm.deployedBytecode.object);
