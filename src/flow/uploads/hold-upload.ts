import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '../parts.ts'
import { heldUntil } from './deadlines.ts'
import { hashUploadId, type Upload, uploadColumns } from './upload.ts'

/** Longer than a hold, so that a client that comes back after a crash gets through. */
const waitMs = 15_000
const lookEveryMs = 100

/** The sole right, among all servers, to add to an upload. */
export interface Hold {
  readonly idHash: Buffer
  /** In every where-clause of who adds: a hold that ran out and was taken by another has no effect. */
  readonly token: string
  /** Lets others go on. Safe to call twice. */
  release(): Promise<void>
}

/** An upload, and the right to add to it. */
export interface HeldUpload {
  readonly hold: Hold
  readonly upload: Upload
}

/** Takes the hold of an upload where nobody has it; null where somebody does. */
export async function tryHold(parts: Parts, idHash: Buffer): Promise<HeldUpload | null> {
  const token = randomUUID()
  const upload = await tryTake(parts.database, idHash, token)
  return upload && { hold: describeHold(parts, { idHash, token }, () => undefined), upload }
}

/**
 * Takes the hold of an upload. Whoever has it is asked to let go, on whichever server, for it is the
 * newest connection that the uploader has: the old one may hang for minutes on a network that broke.
 *
 * @param onAsked is called when somebody else wants it in turn.
 * @throws ReelmillError `upload_not_found`; `upload_held` when it is not let go of.
 */
export async function takeHold(parts: Parts, id: string, onAsked: () => void): Promise<HeldUpload> {
  const idHash = hashUploadId(id)
  const token = randomUUID()
  const endAtMs = performance.now() + waitMs
  for (;;) {
    const upload = await tryTake(parts.database, idHash, token)
    if (upload) return { hold: describeHold(parts, { idHash, token }, onAsked), upload }
    if (performance.now() > endAtMs) throw new ReelmillError('upload_held')
    await notify(parts.database, 'upload', { idHash: idHash.toString('hex') })
    await delay(lookEveryMs)
  }
}

/** The hold as whoever opened the upload has it. */
export function describeHold(
  parts: Parts,
  { idHash, token }: Pick<Hold, 'idHash' | 'token'>,
  onAsked: () => void,
): Hold {
  const name = idHash.toString('hex')
  const stopListening = parts.notifications.on('upload', (wanted) => {
    if (wanted.idHash === name) onAsked()
  })
  return {
    idHash,
    token,
    release: async () => {
      stopListening()
      await parts.database
        .updateTable('uploads')
        .set({ hold_token: null, held_until: null })
        .where('id_hash', '=', idHash)
        .where('hold_token', '=', token)
        .execute()
    },
  }
}

async function tryTake(
  database: Kysely<Tables>,
  idHash: Buffer,
  token: string,
): Promise<Upload | null> {
  const taken = await database
    .updateTable('uploads')
    .set({ hold_token: token, held_until: heldUntil() })
    .where('id_hash', '=', idHash)
    .where((where) =>
      where.or([where('hold_token', 'is', null), where('held_until', '<', sql<Date>`now()`)]),
    )
    .returning(uploadColumns)
    .executeTakeFirst()
  if (taken) return taken
  const known = await database
    .selectFrom('uploads')
    .select('id_hash')
    .where('id_hash', '=', idHash)
    .executeTakeFirst()
  if (!known) throw new ReelmillError('upload_not_found')
  return null
}
