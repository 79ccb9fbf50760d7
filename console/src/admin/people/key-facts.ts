/** How long a key may live, by what people choose; days, null: for ever. */
export const lives = [
  ['30', '30 days', 30],
  ['90', '90 days', 90],
  ['365', 'A year', 365],
  ['never', 'For ever', null],
] as const

/** When a key that is made now for so long ends; null: never. */
export function endOf(life: string, nowMs: number): string | null {
  const days = lives.find(([value]) => value === life)?.[2] ?? null
  return days === null ? null : new Date(nowMs + days * 86_400_000).toISOString()
}

/** Whether a key works at a time. */
export function isGood(
  key: { readonly revokedAt: string | null; readonly expiresAt: string | null },
  nowMs: number,
): boolean {
  return key.revokedAt === null && (key.expiresAt === null || Date.parse(key.expiresAt) > nowMs)
}

/** What a key may be limited to, in words. */
export const scopeWords = {
  'videos:read': 'See videos',
  'videos:write': 'Bring and change videos',
  runners: 'Runners and jobs',
  webhooks: 'Webhooks',
} as const

export type Scope = keyof typeof scopeWords
