/** Lets things in that have a size, as long as they fit together, the others in turn. */
export interface Room {
  /**
   * Waits until there is room for so much; what comes back gives it free, and is to be called once.
   * What is larger than the room waits until it is empty.
   */
  take(size: number): Promise<() => void>
}

/** Makes a room for so much. */
export function makeRoom(total: number): Room {
  let free = total
  const waiting: { readonly size: number; readonly enter: () => void }[] = []
  const letIn = (): void => {
    for (let next = waiting[0]; next && next.size <= free; next = waiting[0]) {
      waiting.shift()
      free -= next.size
      next.enter()
    }
  }
  return {
    take: async (wanted) => {
      const size = Math.min(wanted, total)
      await new Promise<void>((resolve) => {
        waiting.push({ size, enter: resolve })
        letIn()
      })
      return () => {
        free += size
        letIn()
      }
    },
  }
}
