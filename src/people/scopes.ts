/** What a key may be limited to; what its role does not allow, no scope gives. */
export const scopes = ['videos:read', 'videos:write', 'runners', 'webhooks', 'people'] as const

export type Scope = (typeof scopes)[number]
