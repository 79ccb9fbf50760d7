import { Command, InvalidArgumentError, Option } from 'commander'
import type { VersionState } from '#database/tables.ts'
import type { VideoView } from '#videos/video-view.ts'
import type { VideoDesk } from './desk/desk.ts'
import { openDesk } from './desk/open-desk.ts'
import { printJson, printTable } from './print.ts'

interface Options {
  readonly json?: true
  readonly server?: string
  readonly key?: string
}

interface ListOptions extends Options {
  readonly state?: VersionState
  readonly limit: number
}

/** `videos list|show|delete|cancel|retry` */
export function videosCommand(): Command {
  return new Command('videos')
    .description('List, show, delete, cancel or retry videos.')
    .addCommand(listCommand())
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
  return withServer(new Command('list'))
    .description('List videos, the newest first.')
    .option('--state <state>', 'only those in this state')
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
  run: (desk: VideoDesk, id: string, options: Options) => Promise<void>,
): Command {
  return withServer(new Command(name))
    .description(description)
    .argument('<id>', 'id of the video')
    .action(async (id: string, options: Options) =>
      withDesk(options, (desk) => run(desk, id, options)),
    )
}

function withServer(command: Command): Command {
  return command
    .option('--json', 'one JSON document on standard output')
    .option('--server <url>', "a server's API instead of this machine's database")
    .addOption(new Option('--key <key>', "the server's key").env('ADMIN_KEY'))
}

async function withDesk(options: Options, run: (desk: VideoDesk) => Promise<void>): Promise<void> {
  const desk = await openDesk(options.server ?? null, options.key ?? null)
  try {
    await run(desk)
  } finally {
    await desk.close()
  }
}

function printState(video: VideoView, { json }: Options): void {
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
    ['chunks', `${video.chunks.done} of ${video.chunks.total}`],
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

/** A name may hold anything; on a terminal it must not move the cursor. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ')
}

function parseLimit(text: string): number {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new InvalidArgumentError('It must be a whole number above 0.')
}
