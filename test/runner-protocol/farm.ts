import { createRegistrationToken } from '#runners/registration-tokens.ts'
import type { Profile } from '#stages/planning/profile.ts'
import { createTestDatabase } from '../support/database.ts'
import { makeFolder } from '../support/files.ts'
import { type Answer, describeWire, type Wire } from '../support/protocol-server.ts'
import { endAll, type ServerProgram, startServerProgram } from '../support/server-program.ts'

/** Real `reelmill serve` processes on one database and one DATA_DIR, without runners of their own. */
export interface Farm extends Wire {
  readonly servers: readonly ServerProgram[]
  readonly dataDir: string
  /** The wire of one of the servers; `url` and `post` of the farm itself are the first's. */
  readonly wires: readonly Wire[]
  /** Starts one more. */
  start(): Promise<ServerProgram>
}

interface Options {
  readonly servers?: number
  readonly env?: Readonly<Record<string, string>>
  readonly profiles?: readonly Profile[]
  /** The servers' own DATABASE_URL, made of the one by which the test itself looks. */
  readonly leadDatabase?: (databaseUrl: string) => Promise<string>
}

/** Starts them; all ends with the test. */
export async function openFarm(
  t: { readonly after: (hook: () => Promise<void> | void) => void },
  options: Options = {},
): Promise<Farm> {
  const { servers: count = 1, leadDatabase, profiles = [] } = options
  const dataDir = await makeFolder(t)
  const { database, url: databaseUrl } = await createTestDatabase(t)
  const url = leadDatabase ? await leadDatabase(databaseUrl) : databaseUrl
  const env = { DATABASE_URL: url, RUNNERS: '0', ...options.env }
  const start = () => startServerProgram({ dataDir, env, profiles })
  const servers = await Promise.all(Array.from({ length: count }, start))
  t.after(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await endAll(dataDir)
  })
  const { token } = await createRegistrationToken(database)
  const wires = servers.map(({ url }) => describeWire(database, url, token))
  const [first] = wires
  if (!first) throw new Error('a farm has at least one server')
  return {
    ...first,
    servers,
    wires,
    dataDir,
    start: async () => {
      const server = await start()
      servers.push(server)
      return server
    },
  }
}

/** The machine code of a problem; undefined where there is none. */
export function codeOf({ body }: Answer): string | undefined {
  return body?.['code']
}
