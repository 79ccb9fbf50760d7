/** Counts by state, with 0 for those of which there are none. */
export function fillStates<State extends string>(
  states: readonly State[],
  rows: readonly { readonly state: State; readonly count: number }[],
): Readonly<Record<State, number>> {
  const counts = new Map(rows.map(({ state, count }) => [state, count]))
  // Sound: there is an entry for each of them.
  return Object.fromEntries(states.map((state) => [state, counts.get(state) ?? 0])) as Readonly<
    Record<State, number>
  >
}
