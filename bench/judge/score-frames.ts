import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { execa } from 'execa'

interface Pair {
  readonly judge: string
  /** Both of the same size and rate; in the same folder, with names that need no quoting. */
  readonly distorted: string
  readonly reference: string
}

/** The part of libvmaf's log that is read. */
interface VmafLog {
  readonly frames: readonly { readonly metrics: { readonly vmaf: number } }[]
}

/**
 * VMAF (0 to 100) of every frame of a film against its reference, model vmaf_v0.6.1. Without
 * subsampling, since the worst frame is asked for.
 */
export async function scoreFrames({ judge, distorted, reference }: Pair): Promise<number[]> {
  const folder = dirname(distorted)
  const log = `${basename(distorted, '.mp4')}.vmaf.json`
  const graph = [
    `movie=${basename(distorted)},setpts=PTS-STARTPTS[d]`,
    `movie=${basename(reference)},setpts=PTS-STARTPTS[r]`,
    `[d][r]libvmaf=n_threads=2:model=version=vmaf_v0.6.1:log_fmt=json:log_path=${log}`,
  ].join(';')
  // Without `frame=` only one frame is scored.
  const show = ['-show_entries', 'frame=pts', '-of', 'csv']
  await execa(judge, ['-v', 'error', '-f', 'lavfi', '-i', graph, ...show], {
    cwd: folder,
    stdout: 'ignore',
    stderr: 'inherit',
  })
  const { frames } = JSON.parse(await readFile(join(folder, log), 'utf8')) as VmafLog
  return frames.map(({ metrics }) => metrics.vmaf)
}
