import type { Told } from './told.ts'

/**
 * A thin event as Standard Webhooks advises: what happened, when, and to what. The rest is asked for
 * from the API, which says how things are now.
 */
export function writeStandard({ type, happenedAt, data }: Told): object {
  const { id, version, externalId, ...rest } = data
  return {
    type,
    timestamp: happenedAt.toISOString(),
    data: {
      ...(id === undefined ? {} : { id }),
      ...(version === undefined ? {} : { version }),
      ...(typeof externalId === 'string' ? { externalId } : {}),
      ...rest,
    },
  }
}
