/** What hls.js takes from a package for the id of a session. */
export function uuid(): string {
  return Math.random().toString(36).slice(2)
}
