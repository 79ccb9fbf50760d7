/**
 * What a key may be limited to; what its role does not allow, no scope gives. People and keys are in
 * none: who governs them can give themselves everything, so only a key without limits may.
 */
export const scopes = ['videos:read', 'videos:write', 'runners', 'webhooks'] as const

export type Scope = (typeof scopes)[number]
