const mostTries = 5

/**
 * The shortest of some measurements in milliseconds, or the first that is below `enoughMs`. A machine
 * that does other things makes what is quick slow, but nothing that is slow quick.
 */
export async function measureQuickest(
  enoughMs: number,
  measure: () => Promise<number>,
): Promise<number> {
  let quickestMs = Number.POSITIVE_INFINITY
  for (let count = 0; count < mostTries && quickestMs >= enoughMs; count++) {
    quickestMs = Math.min(quickestMs, await measure())
  }
  return quickestMs
}
