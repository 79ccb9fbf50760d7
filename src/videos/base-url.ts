import type { Config } from '#config/config.ts'

/** Where people and players reach the server, without a "/" at the end. */
export function baseUrlOf(config: Pick<Config, 'publicUrl' | 'host' | 'port'>): string {
  if (config.publicUrl) return config.publicUrl.replace(/\/+$/, '')
  return `http://${reachableHost(config.host)}:${config.port}`
}

/** "Every address" is nowhere to go to; this machine is among them. */
function reachableHost(host: string): string {
  if (['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
