import type { TestContext } from 'node:test'
import { makeFolder } from '../support/files.ts'
import {
  endAll,
  type ServerOptions,
  type ServerProgram,
  startServerProgram,
} from '../support/server-program.ts'

/** A server process on a DATA_DIR of its own; both go with the test. */
export async function openSite(
  t: TestContext,
  options: Omit<ServerOptions, 'dataDir'> = {},
): Promise<{ readonly server: ServerProgram; readonly dataDir: string }> {
  const dataDir = await makeFolder(t)
  const server = await startServerProgram({ dataDir, ...options })
  t.after(() => closeSite(server))
  return { server, dataDir }
}

/** Ends a server as Ctrl-C does, and whatever a failed test left with it. */
export async function closeSite(server: ServerProgram): Promise<void> {
  await server.stop()
  await endAll(server.dataDir)
}
