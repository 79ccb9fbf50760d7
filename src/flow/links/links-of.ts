import type {
  PostPolicy,
  SignedForm,
  SignedGet,
  SignedPut,
  SignedRequest,
  StorageSigner,
} from '#storage/contract.ts'
import { checkKey } from '#storage/keys.ts'
import type { Parts } from '../parts.ts'
import { type Grant, sealGrant } from './grant.ts'
import { readLinkKey } from './link-key.ts'

/** Where the server's own links are, below its origin. */
export const linksPath = '/api/v1/links'

/** Addresses of single objects that need no other credentials and expire (StorageSigner). */
export type Links = Omit<StorageSigner, 'publicUrl'>

/**
 * Links to objects of the storage: its own where it signs, so that the bytes do not pass through the
 * server; else addresses of this server that it signs itself, in the same shapes. `origin` is where
 * the holder reaches this server, without a "/" at the end.
 */
export function linksOf({ storage, database, config }: Parts, origin: string): Links {
  if (storage.signer) return storage.signer
  const address = async (grant: Grant): Promise<string> =>
    `${origin}${linksPath}/${sealGrant(await readLinkKey(database), grant)}`
  return {
    async get(key, { expiresSeconds, filename }: SignedGet): Promise<string> {
      const name = filename === undefined ? {} : { filename }
      return address({ ...start(key, expiresSeconds), allows: 'get', ...name })
    },

    async put(key, { expiresSeconds, contentType, sizeBytes }: SignedPut): Promise<SignedRequest> {
      const url = await address({
        ...start(key, expiresSeconds),
        allows: 'put',
        maxBytes: sizeBytes ?? config.sourceMaxBytes,
        ...(sizeBytes === undefined ? {} : { sizeBytes }),
        ...(contentType === undefined ? {} : { contentType }),
      })
      return { url, headers: contentType === undefined ? {} : { 'content-type': contentType } }
    },

    async post(key, policy: PostPolicy): Promise<SignedForm> {
      const { expiresSeconds, maxBytes, contentTypePrefix } = policy
      const limits = { maxBytes, contentTypePrefix }
      const url = await address({ ...start(key, expiresSeconds), allows: 'post', ...limits })
      return { url, fields: { key } }
    },
  }
}

function start(key: string, expiresSeconds: number): { key: string; expiresAtMs: number } {
  return { key: checkKey(key), expiresAtMs: Date.now() + expiresSeconds * 1000 }
}
