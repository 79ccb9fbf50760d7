/** A call that sends or takes nothing for so long is cut; how long it lasts in all is not limited. */
export const idleMs = 120_000
