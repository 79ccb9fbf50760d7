import { sql } from 'kysely'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** What a list can be ordered by; with "-" from the last to the first. */
export const listOrders = ['-createdAt', 'createdAt', 'name', '-name'] as const

export type ListOrder = (typeof listOrders)[number]

/** The newest first. */
export const usualOrder: ListOrder = '-createdAt'

/** Where a video stands in an order. */
export interface Position {
  readonly id: string
  /** What the order is by, as PostgreSQL writes it: a time to the microsecond, or a name. */
  readonly at: string
}

/** The index that an order follows, and how its texts are read. */
const columns = {
  createdAt: { by: sql`videos.created_at`, type: sql`timestamptz` },
  name: { by: sql`lower(videos.name)`, type: sql`text` },
} as const

function parts(order: ListOrder) {
  const isDescending = order.startsWith('-')
  const column = order.endsWith('name') ? columns.name : columns.createdAt
  return { ...column, direction: isDescending ? sql`desc` : sql`asc`, isDescending }
}

/** What a list is ordered by, for the select and the order of a query. */
export function orderOf(order: ListOrder) {
  const { by, direction } = parts(order)
  return { by, orderBy: sql`${by} ${direction}, videos.id ${direction}` }
}

/** Whether a video comes after a position. Fails with `invalid_request` on what is no cursor of ours. */
export function isAfter(order: ListOrder, cursor: string) {
  const { id, at } = parseCursor(order, cursor)
  const { by, type, isDescending } = parts(order)
  const sign = isDescending ? sql`<` : sql`>`
  return sql<boolean>`(${by}, videos.id) ${sign} (${at}::${type}, ${id}::uuid)`
}

/** A position as clients pass it back. */
export function formatCursor(order: ListOrder, { id, at }: Position): string {
  return Buffer.from(JSON.stringify([order, at, id])).toString('base64url')
}

const time = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:[\d.]+[+-][\d:]+$/
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function parseCursor(order: ListOrder, cursor: string): Position {
  const [given, at, id] = readJson(Buffer.from(cursor, 'base64url').toString())
  const isOurs = typeof at === 'string' && typeof id === 'string' && uuid.test(id)
  const isFit = given === order && isOurs && (order.endsWith('name') || time.test(at))
  if (isFit && !at.includes('\0')) return { id, at }
  throw new ReelmillError(
    'invalid_request',
    'The cursor is not one that a list in this order has given.',
  )
}

function readJson(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch {
    // No cursor of ours, which is told above.
    return []
  }
}
