import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables, VersionState, Visibility } from '#database/tables.ts'
import { isAfter, type ListOrder, orderOf, type Position, usualOrder } from './list-order.ts'

/** Which videos; what is left out does not matter. */
export interface ListFilters {
  /** The newest first when left out. */
  readonly sort?: ListOrder | undefined
  /** `next` of the page before. */
  readonly cursor?: string | undefined
  /** Videos of a page. */
  readonly limit: number
  /** Who looks, where that is nobody who sees all: what is public, and the user's own; null: all. */
  readonly viewer?: { readonly userId: string | null } | null | undefined
  /** Any of these. */
  readonly states?: readonly VersionState[] | undefined
  readonly ownerId?: string | undefined
  readonly profile?: string | undefined
  readonly visibility?: Visibility | undefined
  readonly externalId?: string | undefined
  /** A part of the name, without regard to case. */
  readonly q?: string | undefined
  readonly createdAfter?: Date | undefined
  readonly createdBefore?: Date | undefined
  readonly playable?: boolean | undefined
  /** Top-level members: a text, or what JSON makes of it. */
  readonly metadata?: Readonly<Record<string, string>> | undefined
}

type Condition = RawBuilder<boolean>

/**
 * The places of a page's videos in their order. Each state, and each of the two reasons for which
 * somebody sees a video, has an index of its own in the order of the list: a page is merged from the
 * beginnings of those, so that none is read further than the page is long.
 */
export async function selectPage(
  database: Kysely<Tables>,
  filters: ListFilters,
): Promise<readonly Position[]> {
  const { by, orderBy } = orderOf(filters.sort ?? usualOrder)
  const common = conditionsOf(filters)
  const branches = branchesOf(filters).map((branch) => {
    const all = sql.join([sql`true`, ...common, ...branch], sql` and `)
    return sql`(select id, ${by} as place, created_at, name from videos where ${all}
      order by ${orderBy} limit ${filters.limit})`
  })
  if (branches.length === 0) return []
  const { rows } = await sql<Position>`
    select id, place::text as at from (${sql.join(branches, sql` union all `)}) as videos
    order by ${orderBy} limit ${filters.limit}
  `.execute(database)
  return rows
}

/** Sets of videos that share none, which together are what the filters name. */
function branchesOf({ states, viewer }: ListFilters): readonly (readonly Condition[])[] {
  const byState: (readonly Condition[])[] = states
    ? [...new Set(states)].map((state) => [sql<boolean>`state = ${state}`])
    : [[]]
  if (!viewer) return byState
  const isPublic = sql<boolean>`visibility = 'public'`
  const isOwn = sql<boolean>`visibility = 'private' and owner_id = ${viewer.userId}::uuid`
  const reasons = viewer.userId === null ? [isPublic] : [isPublic, isOwn]
  return byState.flatMap((state) => reasons.map((reason) => [...state, reason]))
}

function conditionsOf(filters: ListFilters): readonly Condition[] {
  const { profile, visibility, externalId, ownerId, createdAfter, createdBefore } = filters
  const given = <T>(value: T | undefined, condition: (value: T) => Condition): Condition[] =>
    value === undefined ? [] : [condition(value)]
  return [
    ...given(filters.cursor, (cursor) => isAfter(filters.sort ?? usualOrder, cursor)),
    ...given(profile, (value) => sql`profile = ${value}`),
    ...given(visibility, (value) => sql`visibility = ${value}`),
    ...given(externalId, (value) => sql`external_id = ${value}`),
    ...given(ownerId, (value) => sql`owner_id = ${value}::uuid`),
    ...given(createdAfter, (value) => sql`created_at > ${value}`),
    ...given(createdBefore, (value) => sql`created_at < ${value}`),
    ...given(filters.q, (value) => sql`name ilike ${`%${escapeLike(value)}%`}`),
    ...given(filters.playable, isPlayable),
    ...Object.entries(filters.metadata ?? {}).map(([name, value]) => holds(name, value)),
  ]
}

/** As `isPlayable` of to-video-view.ts has it: published, or growing. */
function isPlayable(wanted: boolean): Condition {
  // A value and not `exists`, which would be answered by reading all versions first (40 ms of 100 000).
  const isGrowing = sql<boolean>`(state not in ('failed', 'cancelled') and (
    select playable_at is not null from versions
    where video_id = videos.id and number = latest_version))`
  return wanted
    ? sql`(published_version is not null or ${isGrowing})`
    : sql`(published_version is null and not ${isGrowing})`
}

function holds(name: string, value: string): Condition {
  const asText = sql`metadata @> ${JSON.stringify({ [name]: value })}::jsonb`
  if (!/^(true|false|null|-?(0|[1-9]\d{0,14})(\.\d{1,15})?)$/.test(value)) return sql`${asText}`
  const asJson = sql`metadata @> ${JSON.stringify({ [name]: JSON.parse(value) as unknown })}::jsonb`
  return sql`(${asText} or ${asJson})`
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
