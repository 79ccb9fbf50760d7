import type { Server, Socket } from 'socket.io'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError, toErrorRecord } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import type { Principal } from '#people/principal.ts'
import { requireRole, requireScope } from '#people/rights.ts'
import type { Access } from '../http/access/access.ts'
import { guardOrigin } from '../http/access/guard-origin.ts'
import { principalOf, principalOfKey } from '../http/access/principal-of.ts'
import { VideoState } from '../http/schemas.ts'
import { type Following, followFeed, type LiveMessage, tellVideos } from './follow-feed.ts'
import { keepAdmitted } from './keep-admitted.ts'

const Wish = Type.Object(
  {
    /** All that may be seen, when left out. */
    videos: Type.Optional(Type.Array(Type.String({ maxLength: 36 }), { maxItems: 100 })),
    state: Type.Optional(VideoState),
    /** The id of the event that was seen last. */
    after: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
)

/** Messages, of some 5 kB. It connects again and says what it saw last. */
const mostUnsent = 1_000

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Says that the wish was understood, or why not. */
type Acknowledge = (answer: { readonly ok: true } | { readonly error: object }) => void

/**
 * The namespace `/live` for browsers and programs (M-37): whoever may call the API, by the session's
 * cookie or `auth: {key}`, sends `subscribe` ({videos?, state?, after?}) and gets `message`s
 * {type: "videos", resource: video}, {type: "events", resource: event} and {type: "deleted",
 * resource: {id}}. A later `subscribe` takes the place of the one before.
 */
export function openLiveSockets(parts: Parts, io: Server, access: Access): void {
  const live = io.of('/live')
  live.use((socket, next) => void admit(parts, access, socket, next))
  live.on('connection', (socket) => serve(parts, access, socket))
}

function serve(parts: Parts, access: Access, socket: Socket): void {
  const tell = limitedSender(socket)
  let stop = (): void => undefined
  // One wish after the other: the last one holds.
  let turn = Promise.resolve()
  socket.on('subscribe', (wish: unknown, acknowledge?: Acknowledge) => {
    turn = turn.then(async () => {
      try {
        stop()
        stop = await follow(parts, socket, wish, tell)
        if (socket.disconnected) stop()
        acknowledge?.({ ok: true })
      } catch (error) {
        stop = () => undefined
        acknowledge?.({ error: toErrorRecord(error) })
      }
    })
  })
  const stopLooking = keepAdmitted(
    async () => {
      socket.data.principal = await identify(access, socket)
    },
    () => socket.disconnect(),
  )
  socket.on('unsubscribe', () => {
    turn = turn.then(() => stop())
  })
  socket.on('disconnect', () => {
    stopLooking()
    turn = turn.then(() => stop())
  })
}

async function follow(
  parts: Parts,
  socket: Socket,
  wish: unknown,
  tell: (message: LiveMessage) => void,
): Promise<() => void> {
  const { videos, state = null, after = null } = readWish(wish)
  const following: Following = {
    // Whoever it is by now: a role may have changed since.
    get principal() {
      return socket.data.principal as Principal
    },
    state,
    afterId: after,
    videoIds: videos ? new Set(videos) : null,
    isGone: () => socket.disconnected,
  }
  const stop = await followFeed(parts, following, tell)
  if (videos && after === null) await tellVideos(parts, following, videos, tell)
  return stop
}

/** Sends to a watcher, and lets one go that does not read before it holds much of our memory. */
function limitedSender(socket: Socket): (message: LiveMessage) => void {
  let unsent = 0
  // Said whenever all that waited was handed to the network.
  socket.conn.on('drain', () => {
    unsent = 0
  })
  return (message) => {
    unsent += 1
    if (unsent > mostUnsent) socket.disconnect(true)
    else socket.send(toWire(message))
  }
}

function readWish(wish: unknown) {
  const given = wish ?? {}
  if (!Value.Check(Wish, given)) {
    throw new ReelmillError('invalid_request', 'A wish is {videos?, state?, after?}.')
  }
  const videos = given.videos?.map((id) => id.toLowerCase())
  if (videos?.every((id) => uuid.test(id)) === false) throw new ReelmillError('video_not_found')
  return { ...given, videos }
}

const words = { change: 'events', video: 'videos', deleted: 'deleted' } as const

function toWire(message: LiveMessage): object {
  const resource = message.kind === 'change' ? { ...message.data, id: message.id } : message.data
  return { type: words[message.kind], resource }
}

async function admit(
  parts: Parts,
  access: Access,
  socket: Socket,
  next: (refusal?: Error) => void,
): Promise<void> {
  try {
    socket.data.principal = await identify(access, socket)
    next()
  } catch (error) {
    if (error instanceof ReelmillError && error.status < 500) return next(error)
    parts.log.error({ err: error }, 'a watcher could not be told from a stranger')
    // A refusal would be final for its client, which tries again by itself after a lost connection.
    socket.conn.close()
  }
}

/** Fails with `unauthorized` or `forbidden`, as the API does, and for pages of other sites. */
async function identify(access: Access, { handshake }: Socket): Promise<Principal> {
  const { headers, auth, address } = handshake
  const key: unknown = auth['key']
  const principal =
    typeof key === 'string'
      ? await principalOfKey(access, key)
      : await principalOf(access, { headers, socket: { remoteAddress: address } })
  // Browsers let any page open a socket, and send the cookie with it.
  guardOrigin(access, { method: 'POST', headers }, principal)
  requireRole(principal, 'viewer')
  requireScope(principal, 'videos:read')
  return principal
}
