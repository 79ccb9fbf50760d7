import { basename } from 'node:path'
import { createVideo } from '#flow/create-video.ts'
import { offerSetup } from '#people/setup.ts'
import { getVideo } from '#videos/get.ts'
import type { Server } from '../../server.ts'
import { decideAccess } from '../http/access/access.ts'

/**
 * While there is no administrator, a link with which to become one: quietly where the machine is
 * trusted or there is a key, since nobody needs it there.
 */
export async function offerFirstLogin({ parts: { config, database }, url }: Server): Promise<void> {
  const token = await offerSetup(database)
  if (token === null) return
  const link = `${url}/setup#${token}`
  const isNeeded = config.adminKey === null && !decideAccess(config).trustsMachine
  if (!isNeeded) return console.log(`  first user        ${link}`)
  console.log('Nobody can log in yet. Make the first administrator within 24 hours at')
  console.log(`  ${link}`)
}

/** Makes a video of a file, and tells when it can be watched. */
export async function takeIn(server: Server, path: string): Promise<void> {
  const filename = basename(path)
  const source = { kind: 'file', path, filename } as const
  const videoId = await createVideo(server.parts, { source })
  announce(server, videoId, filename)
}

/** Tells when the video can be watched, and how it ended. */
function announce({ parts, url }: Server, videoId: string, filename: string): void {
  let told = ''
  const tell = (news: string, line: string): void => {
    if (told === news) return
    told = news
    console.log(line)
  }
  const look = async (): Promise<void> => {
    const video = await getVideo(parts.database, videoId, url)
    const page = `${url}/watch/${videoId}`
    if (!video || video.state === 'cancelled') forget()
    else if (video.state === 'failed') {
      forget()
      tell('failed', `${filename} failed: ${video.error?.message ?? 'no reason is known'}`)
    } else if (video.state === 'published') {
      forget()
      tell('published', `${filename} is published: ${page}`)
    } else if (video.playable) tell('playable', `${filename} can be watched already: ${page}`)
    else tell('taken in', `${filename} is being prepared: ${page}`)
  }
  const lookAndLog = (): void => {
    look().catch((error: unknown) => parts.log.warn({ err: error, videoId }, 'could not look'))
  }
  const forget = parts.notifications.on('video', (data) => {
    // After a lost connection handlers are called without data: anything may have happened.
    if (data.videoId === null || data.videoId === videoId) lookAndLog()
  })
  lookAndLog()
}
