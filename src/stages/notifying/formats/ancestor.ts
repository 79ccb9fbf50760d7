import type { Result } from '../result.ts'

/**
 * The short form of the worker that was before assembly services (C-24): how it ended, and the keys of
 * input, output and thumbnail.
 */
export function writeAncestor({ state, source, outputs }: Result): object {
  if (state !== 'published') return { status: 'failure', inputObject: source.key }
  const find = (step: string) => outputs.find((output) => output.step === step)?.key ?? null
  return {
    status: 'success',
    inputObject: source.key,
    outputObject: find('mp4') ?? find('hls'),
    thumbnail: find('thumbnail'),
  }
}
