import { availableParallelism } from 'node:os'

/**
 * How many jobs a runner does at once where nobody says so, when so many runners share the machine.
 * One encoder of all renditions keeps two cores busy; more at once would only disturb each other.
 */
export function slotsForCores(runners = 1): number {
  return Math.max(1, Math.floor(availableParallelism() / (2 * runners)))
}
