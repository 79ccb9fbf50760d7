import { InvalidArgumentError } from 'commander'

/** A uuid, of a video or a job. */
export function parseUuid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text
  throw new InvalidArgumentError('It must be an id, as the lists show it.')
}

/** The address of a server's pages and API; it may be below a path. */
export function parseServerUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new InvalidArgumentError('It must begin with http:// or https://.')
}

/** A number of rows. */
export function parseLimit(text: string): number {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new InvalidArgumentError('It must be a whole number above 0.')
}

/** A time in hours. */
export function parseHours(text: string): number {
  const hours = Number(text)
  if (text.trim() !== '' && hours >= 0 && hours < 1e6) return hours
  throw new InvalidArgumentError('It must be a number of hours.')
}
