import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP's second choice for scrypt: 32 MiB and three rounds, about a quarter of a second. */
const cost = { ln: 15, r: 8, p: 3 }
const hashBytes = 32

/** Characters of a password: at least, so that it cannot be guessed; at most, so that none is cut. */
export const passwordLength = { least: 10, most: 1000 } as const

/** What a password was compared with. */
export interface Verdict {
  readonly isRight: boolean
  /** Whether the hash is of another strength than those that are made now. */
  readonly isOutdated: boolean
}

/** The hash of a password with all that is needed to compare with it: `$scrypt$ln=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost)
  return `$scrypt$${describe(cost)}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/**
 * Whether a password is that of a hash. Without a hash (nobody has that name) it is wrong after just
 * as much work, so that nobody learns by the clock which names there are.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<Verdict> {
  const known = parse(hash ?? '')
  const { salt, digest, parameters } = known ?? decoy
  const derived = await derive(password, salt, parameters)
  const isSame = digest.length === derived.length && timingSafeEqual(digest, derived)
  return { isRight: known !== null && isSame, isOutdated: describe(parameters) !== describe(cost) }
}

/** A password for somebody who will change it: 20 letters and figures that are not mixed up. */
export function generatePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  return Array.from({ length: 20 }, () => letters[randomInt(letters.length)]).join('')
}

type Cost = typeof cost

const decoy = { salt: Buffer.alloc(16), digest: Buffer.alloc(hashBytes), parameters: cost }

function describe({ ln, r, p }: Cost): string {
  return `ln=${ln},r=${r},p=${p}`
}

function parse(hash: string) {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(hash)
  if (!match) return null
  const [, ln, r, p, salt = '', digest = ''] = match
  return {
    parameters: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    digest: Buffer.from(digest, 'base64url'),
  }
}

/** The last derivation that was begun: each takes 32 MiB and a thread, which files need too. */
let last: Promise<unknown> = Promise.resolve()

/** One at a time, in the order in which they were asked for. */
async function derive(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln
  // The same text typed on another keyboard may come in other code points (RFC 8265, 4.2).
  const text = password.normalize('NFKC')
  const run = () => runScrypt(text, salt, { N, r, p, maxmem: 256 * N * r })
  const mine = last.then(run, run)
  last = mine.catch(() => undefined)
  return mine
}

function runScrypt(text: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(text, salt, hashBytes, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
