import { Command, Option } from 'commander'
import type { VersionState } from '#database/tables.ts'
import { activeStates } from '#flow/states.ts'
import type { VideoView } from '#videos/video-view.ts'
import { parseLimit } from './arguments.ts'
import type { VideoDesk } from './desk/desk.ts'
import { openDesk } from './desk/open-desk.ts'
import { type DeskOptions, withDeskOptions } from './desk/options.ts'
import { oneLine, printJson, printTable } from './print.ts'

const states = [...activeStates, 'published', 'failed', 'cancelled'] as const

interface ListOptions extends DeskOptions {
  readonly state?: VersionState
  readonly limit: number
}

/** `videos list|show|delete|cancel|retry` */
export function videosCommand(): Command {
  return new Command('videos')
    .description('List, show, delete, cancel or retry videos.')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(
      oneVideo('show', 'Show a video.', async (desk, id, { json }) => {
        const video = await desk.get(id)
        if (json) printJson(video)
        else printTable(describeVideo(video))
      }),
    )
    .addCommand(
      oneVideo('delete', 'Delete a video with all its files.', async (desk, id, { json }) => {
        await desk.delete(id)
        if (json) printJson({ id, deleted: true })
        else console.log(`Deleted video: ${id}`)
      }),
    )
    .addCommand(
      oneVideo('cancel', 'Stop the work on a video.', async (desk, id, options) =>
        printState(await desk.cancel(id), options),
      ),
    )
    .addCommand(
      oneVideo('retry', 'Take up a failed or cancelled video again.', async (desk, id, options) =>
        printState(await desk.retry(id), options),
      ),
    )
}

function listCommand(): Command {
  return withDeskOptions(new Command('list'))
    .description('List videos, the newest first.')
    .addOption(new Option('--state <state>', 'only those in this state').choices(states))
    .option('--limit <n>', 'at most so many', parseLimit, 50)
    .action(async (options: ListOptions) =>
      withDesk(options, async (desk) => {
        const videos = await desk.list({ state: options.state, limit: options.limit })
        if (options.json) printJson(videos)
        else printTable([['ID', 'STATE', 'PROGRESS', 'NAME'], ...videos.map(listRow)])
      }),
    )
}

function oneVideo(
  name: string,
  description: string,
  run: (desk: VideoDesk, id: string, options: DeskOptions) => Promise<void>,
): Command {
  return withDeskOptions(new Command(name))
    .description(description)
    .argument('<id>', 'id of the video')
    .action(async (id: string, options: DeskOptions) =>
      withDesk(options, (desk) => run(desk, id, options)),
    )
}

async function withDesk(
  options: DeskOptions,
  run: (desk: VideoDesk) => Promise<void>,
): Promise<void> {
  const desk = await openDesk(options.server ?? null, options.key ?? null)
  try {
    await run(desk)
  } finally {
    await desk.close()
  }
}

function printState(video: VideoView, { json }: DeskOptions): void {
  if (json) printJson(video)
  else console.log(`Video ${video.id} is now: ${video.state}`)
}

function listRow({ id, state, progress, name }: VideoView): string[] {
  return [id, state, percent(progress), oneLine(name)]
}

function describeVideo(video: VideoView): string[][] {
  return [
    ['id', video.id],
    ['name', oneLine(video.name)],
    ['state', video.state],
    ['progress', percent(video.progress)],
    ...(video.error ? [['error', oneLine(`${video.error.code}: ${video.error.message}`)]] : []),
    ['profile', video.profile],
    ...(video.chunks.total > 0
      ? [['chunks', `${video.chunks.done} of ${video.chunks.total}`]]
      : []),
    ...video.renditions.map(({ name, codec, progress }) => [name, `${codec} ${percent(progress)}`]),
    ['hls', video.urls.hls ?? '-'],
    ['dash', video.urls.dash ?? '-'],
    ['created', video.createdAt],
    ['published', video.publishedAt ?? '-'],
  ]
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`
}
