import type { ErrorCode } from './catalogue.ts'
import type { ReelmillError } from './reelmill-error.ts'

/** What passes by itself, however long it takes: no work is thrown away for it. */
const outages: ReadonlySet<string> = new Set<ErrorCode>([
  'storage_unavailable',
  'database_unavailable',
  'disk_full',
])

/** Whether an error means that storage, database or room on the disk is away. */
export function isOutage({ code }: ReelmillError): boolean {
  return outages.has(code)
}
