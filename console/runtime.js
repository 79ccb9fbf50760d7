import { useState } from 'preact/compat'

// React's API as Preact has it, with what react-router takes from React besides. The parts of it that
// would call these are not used here.
export * from 'preact/compat'
export { default } from 'preact/compat'

export const use = undefined

export function useOptimistic(state) {
  return [useState(state)[0], () => undefined]
}
