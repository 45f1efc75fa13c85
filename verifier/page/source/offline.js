// The command that says the same without this page.

/** `at`: unix seconds if the time was set by hand. */
export function commandFor(files, at) {
  const time = at === undefined ? "" : ` --at ${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
  const request = files.handed.kind === "evidence" ? "" : ` --request ${quoted(files.request.name)}`;
  return `tradeseal-verify ${quoted(files.handed.name)}${request} --trust ${quoted(files.trust.name)}${time}`;
}

/** For a POSIX shell; a file's name is a stranger's too. */
function quoted(name) {
  const path = name.startsWith("-") ? `./${name}` : name;
  return /^[A-Za-z0-9._/-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
