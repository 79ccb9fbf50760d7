import type { Parts } from '../parts.ts'
import { resumeHeldSteps } from './resume-held-steps.ts'

/**
 * Goes on with what waited for a policy as soon as that is changed, by whatever program. The returned
 * function ends that and waits for what is under way.
 */
export function followPolicies(parts: Parts): () => Promise<void> {
  let resuming: Promise<void> = Promise.resolve()
  const resume = async () =>
    resumeHeldSteps(parts).catch((error: unknown) => {
      // The regular look comes soon.
      parts.log.warn({ err: error }, 'what waited for a policy could not be taken up at once')
    })
  const forget = parts.notifications.on('policies', () => {
    resuming = resuming.then(resume)
  })
  return async () => {
    forget()
    await resuming
  }
}
