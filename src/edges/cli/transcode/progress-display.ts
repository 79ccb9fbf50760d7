import { MultiBar, type SingleBar } from 'cli-progress'
import type { VideoView } from '#videos/video-view.ts'

export interface ProgressDisplay {
  /** How often it is worth showing something new. */
  readonly refreshMs: number
  show(video: VideoView): void
  close(): void
}

/** Bars on a terminal; elsewhere a line for each state and each tenth of the work. */
export function openProgressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY ? openBars(stream) : openLines(stream)
}

const format = '{name} {bar} {percentage} %  {speed}  {left}'
const resolution = 1000

function openBars(stream: NodeJS.WriteStream): ProgressDisplay {
  const bars = new MultiBar({ stream, format, hideCursor: true, barsize: 30 })
  const byKey = new Map<string, SingleBar>()
  const startedAtMs = performance.now()
  const update = (key: string, name: string, progress: number, video: VideoView): void => {
    const pace = measurePace(progress, (performance.now() - startedAtMs) / 1000, video)
    const bar = byKey.get(key) ?? bars.create(resolution, 0, { name, ...pace })
    byKey.set(key, bar)
    bar.update(Math.floor(progress * resolution), { name: name.padEnd(10), ...pace })
  }
  return {
    refreshMs: 1000,
    show(video) {
      update('', video.state, video.progress, video)
      for (const { name, progress } of video.renditions) update(name, name, progress, video)
    },
    close: () => bars.stop(),
  }
}

function openLines(stream: NodeJS.WriteStream): ProgressDisplay {
  let last = ''
  return {
    refreshMs: 5000,
    show({ state, progress }) {
      const line = state === 'encoding' ? `${state} ${Math.floor(progress * 10) * 10} %` : state
      if (line !== last) stream.write(`${line}\n`)
      last = line
    },
    close: () => undefined,
  }
}

/** Seconds of video per second, and the time that is left at this pace. */
function measurePace(
  progress: number,
  elapsedSeconds: number,
  { source }: VideoView,
): { readonly speed: string; readonly left: string } {
  if (progress <= 0 || elapsedSeconds < 1) return { speed: '', left: '' }
  const leftSeconds = Math.round((elapsedSeconds * (1 - progress)) / progress)
  const speed = ((source.durationSeconds ?? 0) * progress) / elapsedSeconds
  const minutes = Math.floor(leftSeconds / 60)
  const seconds = String(leftSeconds % 60).padStart(2, '0')
  return { speed: `${speed.toFixed(2)} ×`, left: progress < 1 ? `${minutes}:${seconds} left` : '' }
}
