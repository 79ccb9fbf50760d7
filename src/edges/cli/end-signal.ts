/** Settles at the first SIGINT or SIGTERM; a second one ends the process as usual. */
export function waitForEndSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const take = (signal: NodeJS.Signals): void => {
      process.off('SIGINT', take).off('SIGTERM', take)
      resolve(signal)
    }
    process.on('SIGINT', take).on('SIGTERM', take)
  })
}
