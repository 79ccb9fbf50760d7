/** Tokens of runners, jobs, registrations and API keys, wherever they stand in a text. */
const tokens = /\b(ptrt|ptrjt|ptrrt|rmk)([-_])[\w-]+/g

/** The password of an address: `scheme://user:password@host`. */
const passwords = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi

/** The text with every secret that can be told by its form replaced: safe to print. */
export function redactSecrets(text: string): string {
  return text.replace(tokens, '$1$2[redacted]').replace(passwords, '$1:[redacted]@')
}
