/** Tokens of runners, jobs, registrations and API keys, wherever they stand in a text. */
const tokens = /\b(ptrt|ptrjt|ptrrt|rmk)([-_])[\w-]+/g

/** Secrets and private keys of webhooks, in base64. */
const webhookSecrets = /\b(whsec|whsk)_[\w+/=-]+/g

/** The password of an address: `scheme://user:password@host`. */
const passwords = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi

/** Whatever is shown as a key: `Authorization: Bearer …`. */
const bearers = /\b(Bearer +)[^\s"'\\,]{8,}/gi

/** Shorter secrets would tear holes into ordinary words, and so give themselves away. */
const shortestSecret = 8

/**
 * The text with every secret replaced, safe to print: those that can be told by their form, and the
 * given ones, also as they stand in JSON.
 */
export function redactSecrets(text: string, secrets: readonly string[] = []): string {
  const known = secrets
    .filter(({ length }) => length >= shortestSecret)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
  return known
    .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)
    .replace(tokens, '$1$2[redacted]')
    .replace(webhookSecrets, '$1_[redacted]')
    .replace(bearers, '$1[redacted]')
    .replace(passwords, '$1:[redacted]@')
}
