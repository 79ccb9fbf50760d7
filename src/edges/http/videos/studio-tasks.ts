import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'

const seconds = Type.Number({ minimum: 0, maximum: 1e6, description: 'Seconds' })
const share = Type.Number({ minimum: 0, maximum: 1, description: "Share of the video's size" })
const file = Type.String({ minLength: 1, maxLength: 200, description: 'Field of the form' })

const taskKinds = [
  Type.Object({
    name: Type.Literal('cut'),
    options: Type.Object({ start: Type.Optional(seconds), end: Type.Optional(seconds) }),
  }),
  Type.Object({
    name: Type.Literal('remove-segments'),
    options: Type.Object({
      segments: Type.Array(Type.Object({ start: seconds, end: seconds }), {
        minItems: 1,
        maxItems: 100,
      }),
    }),
  }),
  Type.Object({
    name: Type.Union([Type.Literal('add-intro'), Type.Literal('add-outro')]),
    options: Type.Object({ file }),
  }),
  Type.Object({
    name: Type.Literal('add-watermark'),
    options: Type.Object({
      file,
      watermarkSizeRatio: share,
      horizontalMarginRatio: share,
      verticalMarginRatio: share,
    }),
  }),
] as const

/** What an edit does, one task after the other (runner protocol 2.4). */
export const StudioTasks = Type.Array(Type.Union([...taskKinds]), { maxItems: 20 })

/**
 * What is wrong with tasks, said of the kind that was meant; null: nothing with any one of them.
 * What a validator says of a choice of kinds is about the first of them.
 */
export function nameTaskFault(tasks: unknown): string | null {
  for (const [index, task] of Array.isArray(tasks) ? tasks.entries() : []) {
    const kind = taskKinds.find(({ properties }) => Value.Check(properties.name, task?.name))
    if (!kind) return `tasks/${index} has a name that is no task's`
    const [fault] = Value.Errors(kind, task)
    if (fault) return `tasks/${index}${fault.instancePath} ${fault.message}`
  }
  return null
}

/**
 * Refuses times that can leave nothing, or take nothing away, of any video; a runner would find out
 * much later. What lies behind the end of this one, only the runner knows: an intro may come before.
 *
 * @throws ReelmillError `invalid_request`.
 */
export function checkTimes(tasks: Static<typeof StudioTasks>): void {
  for (const { name, options } of tasks) {
    if (name === 'cut') checkCut(options)
    if (name === 'remove-segments' && options.segments.some(({ start, end }) => end <= start)) {
      throw new ReelmillError('invalid_request', 'A segment must end after its start.')
    }
  }
}

function checkCut({ start, end }: { readonly start?: number; readonly end?: number }): void {
  if (start === undefined && end === undefined) {
    throw new ReelmillError('invalid_request', 'A cut needs a start, an end, or both.')
  }
  if (end !== undefined && end <= (start ?? 0)) {
    throw new ReelmillError('invalid_request', 'A cut must end after its start.')
  }
}
