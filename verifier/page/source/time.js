// Times, always in UTC: a border post and a bank must read the same.

/** Unix seconds for people. */
export function utc(seconds) {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Unix seconds as a `datetime-local` field takes them. */
export function toField(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/** Unix seconds from such a field, or undefined. */
export function fromField(text) {
  const milliseconds = Date.parse(`${text}Z`);
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, Math.floor(milliseconds / 1000));
}

export function deviceTime() {
  return Math.floor(Date.now() / 1000);
}
