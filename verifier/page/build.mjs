// Puts the page together: one file, everything inlined, and a policy that allows exactly that script and style and no connection.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const at = (path) => new URL(path, import.meta.url).pathname;
const read = (path) => readFileSync(at(path), "utf8");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const wasm = readFileSync(at("dist/verifier.wasm"));
const bundled = await build({
  entryPoints: [at("source/app.js")],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2022",
  legalComments: "inline",
  plugins: [
    {
      name: "wasm",
      setup(inlined) {
        inlined.onResolve({ filter: /^wasm-gzip-base64$/ }, ({ path }) => ({ path, namespace: "wasm" }));
        inlined.onLoad({ filter: /.*/, namespace: "wasm" }, () => ({ contents: `export default "${gzipSync(wasm, { level: 9 }).toString("base64")}"` }));
      },
    },
  ],
});
const script = bundled.outputFiles[0].text.replaceAll("</script", "<\\/script");
const style = (await build({ entryPoints: [at("source/style.css")], minify: true, write: false })).outputFiles[0].text.trim();
const version = JSON.parse(read("node_modules/@noble/curves/package.json")).version;
const parts = {
  policy: `default-src 'none'; script-src ${hash(script)} 'wasm-unsafe-eval'; style-src ${hash(style)}; img-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'`,
  licence: `\nThis page holds noble-curves and noble-hashes:\n${read("node_modules/@noble/curves/LICENSE")}`,
  edition: `Tradeseal's verifier as WebAssembly, SHA-256 ${createHash("sha256").update(wasm).digest("hex").slice(0, 16)}…; second opinion by noble-curves ${version}.`,
  style,
  script,
};
const page = read("source/index.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
writeFileSync(at("dist/verify.html"), page);
const kilobytes = (length) => `${(length / 1000).toFixed(0)} kB`;
console.log(`wasm ${kilobytes(wasm.length)} (${kilobytes(gzipSync(wasm, { level: 9 }).length)} gzipped)`);
console.log(`page ${kilobytes(page.length)} (${kilobytes(gzipSync(page, { level: 9 }).length)} gzipped)`);
