import type { Output, Result } from '../result.ts'

const words: Readonly<Record<string, string>> = {
  published: 'ASSEMBLY_COMPLETED',
  cancelled: 'ASSEMBLY_CANCELED',
}

/**
 * The full details of an assembly, as encoding services tell them at its end (C-37): the uploads, and
 * for every step its results with name, size, mime and url; `ok`, or `error` and `message`.
 */
export function writeAssembly(result: Result): object {
  const { videoId, externalId, state, error, source } = result
  const size = source.sizeBytes
  return {
    id: videoId,
    assembly_id: externalId ?? videoId,
    state,
    ...(error
      ? { error: error.code.toUpperCase(), message: error.message }
      : { ok: words[state] ?? state }),
    uploads: [{ name: source.name, size }],
    results: groupBySteps(result.outputs),
  }
}

function groupBySteps(outputs: readonly Output[]): Record<string, object[]> {
  const steps = Map.groupBy(outputs, ({ step }) => step)
  return Object.fromEntries(
    [...steps].map(([step, made]) => [
      step,
      made.map(({ name, sizeBytes, mime, url }) => ({
        ...{ name, basename: name.replace(/\.[^.]*$/, ''), ext: name.split('.').at(-1) },
        ...{ size: sizeBytes, mime, url, ssl_url: url },
      })),
    ]),
  )
}
