import { ReelmillError } from '#errors/reelmill-error.ts'

/** Names, numbers and language tags: nothing that begins another option or filter of ffmpeg. */
const plainWord = /^[\w.+-]*$/

/** Read by other rules, or by nobody: no part of what ffmpeg is told. */
const freeTexts: ReadonlySet<string> = new Set(['url', 'storageUrl', 'path', 'title'])

/**
 * Refuses a payload of Reelmill's own types that says more to ffmpeg than it should: its fields
 * become parts of filters and of options, where `movie=…` would read any file of this machine.
 *
 * @throws ReelmillError `runner_failed`, naming the field.
 */
export function requirePlainWords(payload: object, place = ''): void {
  for (const [name, value] of Object.entries(payload)) {
    const field = `${place}/${name}`
    if (typeof value === 'object' && value !== null) requirePlainWords(value, field)
    else if (typeof value === 'string' && !freeTexts.has(name) && !plainWord.test(value)) {
      throw new ReelmillError(
        'runner_failed',
        `The job's payload cannot be worked by: ${field} must be a plain word.`,
      )
    }
  }
}
