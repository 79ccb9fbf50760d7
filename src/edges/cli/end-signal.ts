import { constants } from 'node:os'

/**
 * Settles at the first SIGINT or SIGTERM; a second one ends the process at once. The listeners stay:
 * libraries that clean up after child processes end the process themselves as soon as they find
 * theirs to be the only one.
 */
export function waitForEndSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let isEnding = false
    const take = (signal: 'SIGINT' | 'SIGTERM'): void => {
      if (isEnding) process.exit(128 + constants.signals[signal])
      isEnding = true
      resolve(signal)
    }
    process.on('SIGINT', take).on('SIGTERM', take)
  })
}
