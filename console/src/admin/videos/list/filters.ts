import type { Video } from '../../../api/client.ts'
import { videoStates } from '../../../words/video-states.ts'

/** What is looked for, as the page's address has it. */
export interface Filters {
  readonly q: string
  readonly state: Video['state'] | 'working' | ''
  readonly owner: string
  readonly profile: string
  readonly visibility: Video['visibility'] | ''
  /** Days back; empty: since ever. */
  readonly days: string
  readonly sort: Sort
}

/** Orders of the list, with their words. */
export const sorts = {
  '-createdAt': 'Newest first',
  createdAt: 'Oldest first',
  name: 'Name, A to Z',
  '-name': 'Name, Z to A',
} as const

export type Sort = keyof typeof sorts

/** Times to choose from: days back, and their words. */
export const periods = [
  ['1', 'Last 24 hours'],
  ['7', 'Last 7 days'],
  ['30', 'Last 30 days'],
  ['365', 'Last year'],
] as const

const working = ['uploading', 'probing', 'planning', 'encoding', 'packaging', 'publishing'] as const

/** Reads an address; what is none of ours counts as not chosen. */
export function readFilters(params: URLSearchParams): Filters {
  const get = (name: string) => params.get(name) ?? ''
  const state = get('state')
  const visibility = get('visibility')
  const sort = get('sort')
  return {
    q: get('q'),
    state:
      state === 'working' || Object.hasOwn(videoStates, state) ? (state as Video['state']) : '',
    owner: get('owner'),
    profile: get('profile'),
    visibility: visibility === 'public' || visibility === 'private' ? visibility : '',
    days: /^\d{1,4}$/.test(get('days')) ? get('days') : '',
    sort: Object.hasOwn(sorts, sort) ? (sort as Sort) : '-createdAt',
  }
}

/** The address with some of the filters changed; what is not chosen is not in it. */
export function writeFilters(params: URLSearchParams, changes: Partial<Filters>): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '' || (name === 'sort' && value === '-createdAt')) next.delete(name)
    else next.set(name, value)
  }
  return next
}

/** Whether anything is left out. */
export function isFiltered({ sort: _sort, ...filters }: Filters): boolean {
  return Object.values(filters).some((value) => value !== '')
}

const dayMs = 86_400_000

/**
 * What the API is asked. The beginning of a period is a whole minute, so that the same question stays
 * the same for a while.
 */
export function toQuery(filters: Filters, now: number) {
  const { q, state, owner, profile, visibility, days, sort } = filters
  const since = Math.floor((now - Number(days) * dayMs) / 60_000) * 60_000
  return {
    sort,
    ...(q.trim() === '' ? {} : { q: q.trim() }),
    ...(state === '' ? {} : { state: state === 'working' ? [...working] : [state] }),
    ...(owner === '' ? {} : { owner }),
    ...(profile === '' ? {} : { profile }),
    ...(visibility === '' ? {} : { visibility }),
    ...(days === '' ? {} : { createdAfter: new Date(since).toISOString() }),
  }
}
