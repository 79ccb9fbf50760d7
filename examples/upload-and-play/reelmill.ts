import { createReelmill } from 'reelmill'

/** A Reelmill that the application uses. */
export interface Connection {
  readonly url: string
  /** Of its API; undefined for one that trusts its machine. */
  readonly key: string | undefined
  readonly close: () => Promise<void>
}

/** The one that the environment names, or one that lives in this process. */
export async function connectToReelmill(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Connection> {
  const { REELMILL_URL: url, REELMILL_KEY: key, DATA_DIR: dataDir = './data/example' } = environment
  if (url) return { url, key, close: async () => undefined }
  // Webhooks go to public addresses only, unless it is said otherwise; this application is on loopback.
  const reelmill = createReelmill({ dataDir, environment: { URL_ALLOW: '127.0.0.1,localhost' } })
  await reelmill.start()
  return { url: reelmill.url, key: undefined, close: () => reelmill.close() }
}
