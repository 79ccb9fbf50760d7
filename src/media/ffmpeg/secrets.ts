import { basename } from 'node:path'

/**
 * What of a program's arguments must not be shown in its messages, and what is shown instead: paths
 * of this machine by their last name, addresses (which are signed) by "the source".
 */
export function listSecrets(args: readonly string[]): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>()
  for (const arg of args) {
    if (/^https?:\/\//.test(arg)) secrets.set(arg, 'the source')
    const path = arg.replace(/^file:/, '')
    if (path.startsWith('/')) {
      secrets.set(arg, basename(path))
      secrets.set(path, basename(path))
    }
  }
  return secrets
}
