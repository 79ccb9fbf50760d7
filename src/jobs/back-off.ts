const firstMs = 1000
const longestMs = 60_000

/** How long a job rests after its n-th failure: 1 s, 2 s, 4 s … 60 s. `failures` counts from 1. */
export function backOffMs(failures: number): number {
  return Math.min(longestMs, firstMs * 2 ** (failures - 1))
}
