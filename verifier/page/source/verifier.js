// The Rust verifier, as WebAssembly. It imports nothing.
//
// In scope: handing files over and reading the answer. The module is replaced by a fresh one after any trap.

/** From the module, gzipped, in base64: an object with `verify(presentation, request, trust, now)`; `now` in unix seconds. */
export async function loadVerifier(gzipBase64) {
  const gzipped = new Blob([Uint8Array.from(atob(gzipBase64), (char) => char.charCodeAt(0))]);
  const wasm = await new Response(gzipped.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const module = await WebAssembly.compile(wasm);
  let instance = await WebAssembly.instantiate(module, {});
  return {
    verify(presentation, request, trust, now) {
      try {
        return ask(instance.exports, [presentation, request, trust], now);
      } catch (cause) {
        instance = new WebAssembly.Instance(module, {});
        throw cause;
      }
    },
  };
}

function ask(exports, inputs, now) {
  inputs.forEach((bytes, which) => {
    const at = exports.input(which, bytes.length);
    if (at === 0) throw new Error("a file is too large");
    new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  });
  const at = exports.verify(BigInt(now));
  const answer = new Uint8Array(exports.memory.buffer, at, exports.output_length());
  return JSON.parse(new TextDecoder().decode(answer));
}
