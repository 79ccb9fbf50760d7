import type { StudioTask } from '#jobs/file-payload.ts'
import { audioArguments, generalArguments, videoArguments } from './stock-arguments.ts'
import { runFfmpeg } from './stock-ffmpeg.ts'
import { probe, type StockProbe } from './stock-probe.ts'
import type { Bench } from './stock-works.ts'

interface StudioRun {
  /** What is edited; `inputs` has its separated sound too, in the first task. */
  readonly path: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly bench: Bench
}

/**
 * One task of an edition: a whole new encode at the input's own size and rate (runner protocol 5.8).
 *
 * @throws Error for `remove-segments`, which is not imitated.
 */
export async function runStudioTask(task: StudioTask, run: StudioRun): Promise<void> {
  const source = await probe(run.path)
  switch (task.name) {
    case 'cut':
      return encode(run, source, [...run.inputs, ...cutArguments(task.options)])
    case 'add-intro':
    case 'add-outro': {
      const other = await run.bench.fetch(task.options.file)
      const parts = task.name === 'add-intro' ? [other, run.path] : [run.path, other]
      return encode(run, source, await concatArguments(parts, source))
    }
    case 'add-watermark': {
      const mark = await run.bench.fetch(task.options.file)
      return encode(run, source, [
        ...['-i', run.path, '-i', mark],
        ...[
          '-filter_complex',
          watermarkFilter(task.options, source),
          '-map',
          '[v]',
          '-map',
          '0:a?',
        ],
      ])
    }
    case 'remove-segments':
      throw new Error('This imitation cannot remove segments')
  }
}

function cutArguments({ start, end }: { start?: number | string; end?: number | string }) {
  return [
    ...(start === undefined ? [] : ['-ss', String(start)]),
    ...(end === undefined ? [] : ['-to', String(end)]),
  ]
}

/** Both parts in the main video's frame, silence where one has no sound. */
async function concatArguments(parts: readonly string[], main: StockProbe): Promise<string[]> {
  const { width = 0, height = 0 } = main.video ?? {}
  const fit = `${width}:${height}`
  const chains: string[] = []
  const labels: string[] = []
  for (const [index, part] of parts.entries()) {
    const { audio, durationSeconds } = await probe(part)
    const frame = `scale=${fit}:force_original_aspect_ratio=decrease,pad=${fit}:-1:-1`
    chains.push(`[${index}:v]${frame},setsar=1[v${index}]`)
    const sound = audio ? `[${index}:a]anull` : `anullsrc=duration=${durationSeconds}`
    chains.push(`${sound}[a${index}]`)
    labels.push(`[v${index}][a${index}]`)
  }
  const filter = `${chains.join(';')};${labels.join('')}concat=n=${parts.length}:v=1:a=1[v][a]`
  const inputs = parts.flatMap((part) => ['-i', part])
  return [...inputs, '-filter_complex', filter, '-map', '[v]', '-map', '[a]']
}

type WatermarkOptions = Extract<StudioTask, { readonly name: 'add-watermark' }>['options']

function watermarkFilter(options: WatermarkOptions, { video }: StockProbe): string {
  const { width = 0, height = 0 } = video ?? {}
  const { horizontalMarginRatio, horitonzalMarginRatio } = options
  const aside = Math.round(width * (horizontalMarginRatio ?? horitonzalMarginRatio ?? 0))
  const below = Math.round(height * options.verticalMarginRatio)
  const size = Math.round(height * options.watermarkSizeRatio)
  return `[1:v]scale=-2:${size}[m];[0:v][m]overlay=W-w-${aside}:H-h-${below}[v]`
}

/** Filters of its own leave no place for those of a plain encode. */
function encode(run: StudioRun, source: StockProbe, args: readonly string[]): Promise<void> {
  const { width = 0, height = 0, fps = 25 } = source.video ?? {}
  const target = { resolution: Math.min(width, height), fps }
  const pictures = videoArguments({ habits: run.bench.habits, source, target })
  const hasFilters = args.includes('-filter_complex')
  const filterAt = pictures.indexOf('-vf')
  return runFfmpeg({
    args: [
      ...args,
      ...generalArguments,
      ...(hasFilters ? pictures.toSpliced(filterAt, 2) : pictures),
      ...audioArguments(source, false),
      ...['-movflags', 'faststart', '-f', 'mp4', run.output],
    ],
    durationSeconds: 0,
    onProgress: () => undefined,
    signal: run.bench.signal,
  })
}
