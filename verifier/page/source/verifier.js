// The Rust verifier, as WebAssembly. It imports nothing.
//
// In scope: handing files over and reading the answer. The module is replaced by a fresh one after any trap.

/**
 * From the module, gzipped, in base64: an object with `verify(handed, request, trust, now)`; `now` in unix seconds.
 * Without a request, `handed` is evidence.
 */
export async function loadVerifier(gzipBase64) {
  const gzipped = new Blob([Uint8Array.from(atob(gzipBase64), (char) => char.charCodeAt(0))]);
  const wasm = await new Response(gzipped.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const module = await WebAssembly.compile(wasm);
  let instance = await WebAssembly.instantiate(module, {});
  return {
    verify(handed, request, trust, now) {
      try {
        return ask(instance.exports, handed, request, trust, now);
      } catch (cause) {
        instance = new WebAssembly.Instance(module, {});
        throw cause;
      }
    },
  };
}

function ask(exports, handed, request, trust, now) {
  [handed, request ?? new Uint8Array(), trust].forEach((bytes, which) => {
    const at = exports.input(which, bytes.length);
    if (at === 0) throw new Error("a file is too large");
    new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  });
  const verify = request ? exports.verify : exports.verify_evidence_file;
  // Addresses come as signed numbers.
  const at = verify(BigInt(now)) >>> 0;
  const answer = new Uint8Array(exports.memory.buffer, at, exports.output_length());
  return JSON.parse(new TextDecoder().decode(answer));
}
