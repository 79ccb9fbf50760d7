import { BlockList, isIP } from 'node:net'
import { resolve } from 'node:path'

/** One setting: where it is read from, what it means, and how its text becomes a value. */
export interface Setting<T> {
  /** Name of the environment variable. */
  readonly name: string
  /** Older names that are read when `name` is unset. */
  readonly aliases: readonly string[]
  /** The default as an operator would type it; null when unset has a meaning of its own. */
  readonly fallback: string | null
  readonly sentence: string
  readonly unit: string | null
  /** True when the value must never be printed. */
  readonly secret: boolean
  /** What a good value looks like, for the message about a bad one: "a whole number from 0 to 9". */
  readonly expected: string
  /** The value of a text, or undefined when the text is not what is expected. */
  readonly parse: (text: string) => T | undefined
}

interface About {
  readonly name: string
  readonly fallback: string
  readonly sentence: string
  readonly unit?: string
  readonly aliases?: readonly string[]
  readonly secret?: boolean
}

interface Kind<T> {
  readonly expected: string
  readonly parse: (text: string) => T | undefined
}

function setting<T>(about: Omit<About, 'fallback'> & { fallback: string | null }, kind: Kind<T>) {
  const { name, fallback, sentence, unit = null, aliases = [], secret = false } = about
  return { name, fallback, sentence, unit, aliases, secret, ...kind } satisfies Setting<T>
}

/** Any text that is not empty. */
export function text(about: About): Setting<string> {
  return setting(about, { expected: 'a text', parse: (value) => value })
}

/** Any text, or null when it is unset. */
export function optionalText(about: Omit<About, 'fallback'>): Setting<string | null> {
  return setting({ ...about, fallback: null }, { expected: 'a text', parse: (value) => value })
}

/** A secret as Standard Webhooks writes it, or null when it is unset. */
export function optionalWebhookSecret(about: Omit<About, 'fallback'>): Setting<string | null> {
  return setting(
    { ...about, fallback: null },
    {
      expected: 'whsec_ and 24 to 64 bytes in base64',
      // 24 bytes are 32 characters, 64 are 88 with their padding.
      parse: (value) => (/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/.test(value) ? value : undefined),
    },
  )
}

/**
 * A program: a name that is looked up in PATH, or a path, made absolute because programs are started
 * in other folders than this process is in.
 */
export function program(about: About): Setting<string> {
  const parse = (value: string) => (value.includes('/') ? resolve(value) : value)
  return setting(about, { expected: 'a program', parse })
}

/** A whole number of `minimum` to `maximum`, both allowed. */
export function integer(about: About, minimum: number, maximum: number): Setting<number> {
  return setting(about, {
    expected: `a whole number from ${minimum} to ${maximum}`,
    parse: (value) => {
      const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN
      return number >= minimum && number <= maximum ? number : undefined
    },
  })
}

/** Yes or no, in any of the ways in which people write it. */
export function flag(about: About): Setting<boolean> {
  const words = new Map([
    ...['true', '1', 'yes', 'on'].map((word) => [word, true] as const),
    ...['false', '0', 'no', 'off'].map((word) => [word, false] as const),
  ])
  return setting(about, {
    expected: 'true or false',
    parse: (value) => words.get(value.toLowerCase()),
  })
}

/** Whole numbers above 0, separated by commas, at least one; brackets around them are let pass. */
export function integers(about: About): Setting<readonly number[]> {
  return setting(about, {
    expected: 'whole numbers separated by commas',
    parse: (value) => {
      const items = value
        .replace(/^\s*\[(.*)\]\s*$/, '$1')
        .split(',')
        .map((item) => item.trim())
      const isList = items.every((item) => /^[1-9]\d{0,5}$/.test(item))
      return isList ? Object.freeze(items.map(Number)) : undefined
    },
  })
}

/** One of a few words. */
export function choice<T extends string>(about: About, words: readonly T[]): Setting<T> {
  return setting(about, {
    expected: `one of ${words.join(', ')}`,
    parse: (value) => words.find((word) => word === value),
  })
}

/** An address with one of these schemes, or null when it is unset. A slash at its end is dropped. */
export function optionalUrl(
  about: Omit<About, 'fallback'>,
  schemes: readonly string[],
): Setting<string | null> {
  return setting(
    { ...about, fallback: null },
    {
      expected: `an address that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
      parse: (value) => {
        // PostgreSQL's addresses may leave out the host: postgres://user@/name?host=/run/postgresql
        const complete = value.replace('@/', '@localhost/')
        const protocol = URL.canParse(complete) ? new URL(complete).protocol : ''
        return schemes.includes(protocol.slice(0, -1)) ? value.replace(/\/+$/, '') : undefined
      },
    },
  )
}

/**
 * A host with or without port, scheme and path, or null when it is unset: "s3.example.org:9000",
 * "https://s3.example.org". A slash at its end is dropped.
 */
export function optionalHost(about: Omit<About, 'fallback'>): Setting<string | null> {
  return setting(
    { ...about, fallback: null },
    {
      expected: 'a host such as s3.example.org or an address such as https://s3.example.org',
      parse: (value) => {
        const address = value.includes('://') ? value : `https://${value}`
        const isAddress = /^https?:\/\/[^/?#@\s]+[^?#@\s]*$/.test(address) && URL.canParse(address)
        return isAddress ? value.replace(/\/+$/, '') : undefined
      },
    },
  )
}

/** A JSON object with texts under some of these names; nothing when it is unset. */
export function jsonTexts<Name extends string>(
  about: Omit<About, 'fallback'>,
  known: readonly Name[],
): Setting<Readonly<Partial<Record<Name, string>>>> {
  const names: readonly string[] = known
  return setting(
    { ...about, fallback: '{}' },
    {
      expected: `a JSON object of texts with any of ${known.join(', ')}`,
      parse: (value) => {
        const fields = parseJsonObject(value)
        const entries = Object.entries(fields ?? {})
        const fits = entries.every(
          ([name, text]) => names.includes(name) && typeof text === 'string',
        )
        // Sound: no other names and nothing but texts are in it.
        return fields && fits ? (Object.freeze(fields) as Partial<Record<Name, string>>) : undefined
      },
    },
  )
}

function parseJsonObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    // Not JSON, which is the answer.
    return null
  }
}

/** Plain names, separated by commas. */
export function names(about: About): Setting<readonly string[]> {
  return setting(about, {
    expected: 'names separated by commas',
    parse: (value) => {
      const list = value.split(',').map((item) => item.trim())
      return list.every((item) => /^[\w-][\w.-]*$/.test(item)) ? Object.freeze(list) : undefined
    },
  })
}

/** Codes of languages, separated by commas, or null when it is unset. */
export function optionalLanguages(
  about: Omit<About, 'fallback'>,
): Setting<readonly string[] | null> {
  return setting(
    { ...about, fallback: null },
    {
      expected: 'codes of ISO 639 such as en,de,fr',
      parse: (value) => {
        const list = value.split(',').map((item) => item.trim())
        return list.every((item) => /^[a-z]{2,3}$/.test(item)) ? Object.freeze(list) : undefined
      },
    },
  )
}

/** Addresses and networks, separated by commas; none when it is unset. */
export function networks(about: Omit<About, 'fallback'>): Setting<readonly string[]> {
  return setting(
    { ...about, fallback: '' },
    {
      expected: 'IP addresses or networks such as 10.0.0.0/8, separated by commas',
      parse: (value) => {
        const list = value
          .split(',')
          .map((item) => item.trim())
          .filter((item) => item !== '')
        return list.every(isNetwork) ? Object.freeze(list) : undefined
      },
    },
  )
}

const hostName = /^(?=.{1,253}$)[a-z\d_]([a-z\d_-]*[a-z\d_])?(\.[a-z\d_]([a-z\d_-]*[a-z\d_])?)*$/i

/** Networks, addresses and host names, separated by commas; none when it is unset. */
export function places(about: Omit<About, 'fallback'>): Setting<readonly string[]> {
  return setting(
    { ...about, fallback: '' },
    {
      expected:
        'networks, addresses or host names such as 10.0.0.0/8,intranet, separated by commas',
      parse: (value) => {
        const items = value.split(',').map((item) => item.trim())
        const list = items.filter((item) => item !== '')
        const areFit = list.every((item) => isNetwork(item) || hostName.test(item))
        return areFit ? Object.freeze(list) : undefined
      },
    },
  )
}

/**
 * Names of hosts separated by commas, or null when it is unset; brackets around the list and quotes
 * around a name are let pass. `.example.org` is all names below it too, `*` every name.
 */
export function optionalHosts(about: Omit<About, 'fallback'>): Setting<readonly string[] | null> {
  return setting(
    { ...about, fallback: null },
    {
      expected: 'names of hosts separated by commas, without ports',
      parse: (value) => {
        const items = value
          .replace(/^\s*\[(.*)\]\s*$/, '$1')
          .split(',')
          .map((item) => item.trim().replace(/^(['"])(.*)\1$/, '$2'))
          .filter((item) => item !== '')
          .map((item) => (isIP(item) === 6 ? `[${item}]` : item.toLowerCase()))
        const isList = items.every((item) =>
          /^(\*|\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[\da-f:.]+\])$/i.test(item),
        )
        return isList && items.length > 0 ? Object.freeze(items) : undefined
      },
    },
  )
}

/** A place on a network. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

/**
 * Names or addresses with ports, separated by commas, none when it is unset. One without a port has
 * `defaultPort`; an IPv6 address stands in brackets.
 */
export function endpoints(
  about: Omit<About, 'fallback'>,
  defaultPort: number,
): Setting<readonly Endpoint[]> {
  return setting(
    { ...about, fallback: '' },
    {
      expected: `host:port, separated by commas, such as one:${defaultPort},two:${defaultPort}`,
      parse: (value) => {
        const items = value.split(',').filter((item) => item.trim() !== '')
        const list = items.flatMap((item) => parseEndpoint(item.trim(), defaultPort) ?? [])
        return list.length === items.length ? Object.freeze(list) : undefined
      },
    },
  )
}

function parseEndpoint(value: string, defaultPort: number): Endpoint | null {
  const match = /^(?:\[([\da-f:]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(value)
  const port = Number(match?.[3] ?? defaultPort)
  return match && port > 0 && port < 65_536 ? { host: match[1] ?? match[2] ?? '', port } : null
}

function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  if (bits === undefined) return true
  if (!/^\d{1,3}$/.test(bits)) return false
  try {
    new BlockList().addSubnet(address, Number(bits), version === 6 ? 'ipv6' : 'ipv4')
    return true
  } catch {
    // A prefix longer than the address has bits: not a network, which is the answer.
    return false
  }
}
