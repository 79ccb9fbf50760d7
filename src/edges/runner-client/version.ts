import { ReelmillError } from '#errors/reelmill-error.ts'
import { statusOf } from './call.ts'

interface Said {
  readonly version?: string
}

/**
 * Says the version with a call, for as long as the server takes it: one that answers 400 and names
 * the field is asked again without it, and never told it again (runner protocol 7.1).
 */
export function withVersion(version: string) {
  let isWelcome = true
  return {
    async tell<T>(call: (said: Said) => Promise<T>): Promise<T> {
      if (!isWelcome) return call({})
      try {
        return await call({ version })
      } catch (error) {
        if (!isAbout(error)) throw error
        isWelcome = false
        return call({})
      }
    },
  }
}

function isAbout(error: unknown): boolean {
  if (!(error instanceof ReelmillError) || statusOf(error) !== 400) return false
  const { invalidFields } = error.details
  const named = Array.isArray(invalidFields) && invalidFields.includes('version')
  return named || /\bversion\b/i.test(error.message)
}
