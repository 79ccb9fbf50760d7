import type { Config } from '#config/config.ts'
import { buildHttpServer } from '#edges/http/server.ts'
import type { Parts } from '#flow/parts.ts'
import { openTestParts } from './parts.ts'

/** An HTTP server that listens, on real parts that do no steps. */
export interface TestHttpServer {
  readonly parts: Parts
  /** Without a "/" at the end. */
  readonly url: string
}

/** Starts one on a free port of this machine; it ends with `t`. */
export async function openTestHttpServer(
  t: { readonly after: (hook: () => Promise<void> | void) => void },
  settings: Partial<Config> = {},
): Promise<TestHttpServer> {
  const parts = await openTestParts(t, settings)
  const app = await buildHttpServer(parts)
  t.after(() => app.close())
  return { parts, url: await app.listen({ host: '127.0.0.1', port: 0 }) }
}
