import { forwardLine } from '#config/forward-line.ts'
import { importCallbacks } from '#edges/hooks/callback-paths.ts'
import { listenOn } from '#edges/http/listen-on.ts'
import { buildHttpServer } from '#edges/http/server.ts'
import { admitLocalRunners } from '#edges/local-runner/local-runners.ts'
import { OwnPaths } from '#edges/mount/own-paths.ts'
import { runnerProtocol } from '#edges/runner-protocol/runner-protocol.ts'
import { startCallingHooks } from '#flow/call-hooks.ts'
import type { Parts } from '#flow/parts.ts'
import { startJourney } from '#flow/start-journey.ts'
import { baseUrlOf } from '#videos/base-url.ts'
import type { Closer, Server, ServerOptions } from './server.ts'

/**
 * Starts all of a server that stands on its open parts: what answers, what works, and the runners in
 * its care. What was started is added to `closers` at once, also when a later part fails.
 */
export async function startAnswering(
  parts: Parts,
  options: ServerOptions,
  closers: Closer[],
): Promise<Pick<Server, 'http' | 'ownPaths' | 'startRunners'>> {
  const { log, listens = true } = options
  const { config } = parts
  const ownPaths = new OwnPaths()
  const http = await buildHttpServer(parts, (route) => ownPaths.add(route))
  closers.push(() => http.close())
  await http.register(runnerProtocol(parts), { prefix: '/api/v1/runners' })
  await (listens ? listenOn(http, config) : http.ready())
  // Before the first look for leases that ended: theirs ended with the server, not by them.
  const onLine = options.gathersLogs ? (line: string) => forwardLine(log, line) : undefined
  const runners = await admitLocalRunners(parts, onLine)
  closers.push(await startJourney(parts))
  closers.push(await startHooks(parts, options))
  closers.push(() => runners.stop())
  if (listens) runners.start(baseUrlOf({ ...config, publicUrl: null }))
  return { http, ownPaths, startRunners: (serverUrl) => runners.start(serverUrl) }
}

async function startHooks(parts: Parts, { hooks }: ServerOptions): Promise<Closer> {
  const own = hooks?.(parts) ?? []
  return startCallingHooks(parts, [...own, ...(await importCallbacks(parts))])
}
